"""What covers what in a drawn chart: its words against each other, and against the points that they stand among."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from hsf_kpi.render.page import text_width

_SVG = "{http://www.w3.org/2000/svg}"
_PLACE = re.compile(r"translate\(([-\d.e]+),([-\d.e]+)\)")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_CAP, _DEPTH = 0.66, 0.04
"""The height of a capital above the line it stands on, and what is told below it, as shares of the size."""
SLACK = 1.0
"""Pixels that two things may share before they are said to cover each other."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Words, or "" for a point, and where they are drawn."""

    words: str
    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: Thing) -> bool:
        return (
            min(self.right, other.right) - max(self.left, other.left) > SLACK
            and min(self.bottom, other.bottom) - max(self.top, other.top) > SLACK
        )


def overlaps(drawing: str, *, points: bool = False) -> list[tuple[str, str]]:
    """(words, what they cover) of each pair that covers each other; "" for a point, which is looked for only if asked."""
    things = list(_things(ET.fromstring(drawing), 0.0, 0.0, ""))
    words = [thing for thing in things if thing.words]
    found = [(one.words, two.words) for i, one in enumerate(words) for two in words[:i] if one.covers(two)]
    if points:
        found += [(one.words, "") for one in words for two in things if not two.words and one.covers(two)]
    return found


def _things(node: ET.Element, x: float, y: float, kind: str) -> Iterator[Thing]:
    moved = _PLACE.search(node.get("transform", ""))
    if moved:
        x, y = x + float(moved[1]), y + float(moved[2])
    kind = node.get("class", kind)
    if node.tag == f"{_SVG}text":
        yield from _words(node, x, y)
    elif node.tag == f"{_SVG}path" and "mark-symbol role-mark" in kind and _is_seen(node):
        yield from _point(node, x, y)
    for child in node:
        yield from _things(child, x, y, kind)


def _is_seen(node: ET.Element) -> bool:
    """Points that hold a tooltip alone are drawn clear."""
    return node.get("opacity") != "0" and not (
        node.get("fill") in (None, "transparent") and not node.get("stroke")
    )


def _words(node: ET.Element, x: float, y: float) -> Iterator[Thing]:
    if node.get("stroke-width") or node.get("opacity") == "0":
        return  # the halo behind the words
    size = float(node.get("font-size", "0px").removesuffix("px"))
    weight = int(node.get("font-weight", "400"))
    parts = [part for part in node if part.tag == f"{_SVG}tspan"]
    for k, text in enumerate([part.text or "" for part in parts] or [node.text or ""]):
        if not text.strip():
            continue
        line = y + sum(float(part.get("dy", 0)) for part in parts[: k + 1])
        wide = text_width(text, size, weight)
        left = x - {"middle": wide / 2, "end": wide}.get(node.get("text-anchor", "start"), 0.0)
        yield Thing(text, left, line - _CAP * size, left + wide, line + _DEPTH * size)


def _point(node: ET.Element, x: float, y: float) -> Iterator[Thing]:
    shape = node.get("d", "")
    if "A" in shape:
        radius = abs(float(_NUMBER.findall(shape)[0]))
        yield Thing("", x - radius, y - radius, x + radius, y + radius)
        return
    found = [abs(float(number)) for number in _NUMBER.findall(shape)]
    if found:
        extent = max(found)
        yield Thing("", x - extent, y - extent, x + extent, y + extent)
