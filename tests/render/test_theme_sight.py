"""No mark is told from another by its colour alone: not by the colour-blind, nor in a grey print.

Two things are held: colours that share a kind of mark stay apart for every sight, and each mark whose colour says something
says it with a shape, a dash, a width or a word too. The second holds in grey print, where the first does not.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

import pytest

from hsf_kpi.figures.figure import Figure, FigureKind
from hsf_kpi.render.screen import data, is_drawn, spec
from hsf_kpi.render.theme import DARK, LIGHT, Colours
from hsf_kpi.workspace import Workspace
from tests.render.drawn_references import one_of_each
from tests.render.seeing import SIGHTS, apart, lab

SEEN = 10.0
"""ΔE that is seen at a glance."""
SHARED = (
    ("signal, rank and funnel points", ("grey", "blue", "orange")),
    ("status shapes", ("blue", "grey", "orange", "background")),
    ("bars", ("data", "data2", "blue", "orange")),
    ("bars of a timeline", ("grey", "blue", "orange")),
    ("solid lines", ("data", "data2", "blue")),
    ("small lines", ("data", "grey", "orange")),
    ("the gap beside the target", ("plum", "orange")),
)
"""Colours that meet in one kind of mark. Plum is a dashed line or a word, and meets blue in none."""
CUES = {
    "gap": ("end",),
    "bar": ("number", "sign"),
    "interval": ("dot",),
    "across": (),
    "down": (),
}
"""Layer whose colour is of its row, and which has no shape → the layers that say the same. A grid's rules say nothing."""
WIDER = 0.5
"""Pixels that tell two whole lines apart beside each other."""


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("c", [LIGHT, DARK], ids=["light", "dark"])
def test_colours_that_share_a_kind_of_mark_stay_apart_for_every_sight(c: Colours, sight: str) -> None:
    near = {
        (what, a, b): round(found, 1)
        for what, roles in SHARED
        for a, b in itertools.combinations(roles, 2)
        if (found := apart(getattr(c, a), getattr(c, b), SIGHTS[sight])) < SEEN
    }
    assert near == {}


def test_in_grey_print_colours_alone_do_not_suffice() -> None:
    """The reason for the shapes: orange and grey are as dark as each other."""
    assert abs(lab(LIGHT.orange)[0] - lab(LIGHT.grey)[0]) < SEEN


@pytest.fixture(scope="module")
def figures(demo: Workspace) -> list[Figure]:
    return one_of_each(demo)


def test_every_mark_whose_colour_tells_something_tells_it_another_way_too(figures: list[Figure]) -> None:
    assert {one.kind for one in figures} == {kind for kind in FigureKind if is_drawn(kind)}
    assert [
        fault for figure in figures for dark in (False, True) for fault in colour_alone(figure, dark)
    ] == []


def test_a_mark_that_only_has_a_colour_is_found(figures: list[Figure]) -> None:
    goals = next(one for one in figures if one.kind is FigureKind.GOALS)
    layers = [dict(one) for one in spec(goals)["layer"]]
    marked = next(one for one in layers if name_of(one) == "mark")
    marked["encoding"] = {channel: of for channel, of in marked["encoding"].items() if channel != "shape"}
    assert list(faults(layers, {"mark": {"met", "missed"}})) == ["mark: a point with no shape of its own"]
    line = {
        "mark": {"type": "line", "color": "#1E3140", "strokeWidth": 2},
        "transform": layers[0]["transform"],
    }
    other = {**line, "mark": {**line["mark"], "color": "#D1600A"}}
    assert "differ in colour alone" in next(iter(faults([line, other], {})))


def colour_alone(figure: Figure, dark: bool) -> Iterator[str]:
    rows = data(figure)
    tones = {str(layer): set(of["tone"]) for layer, of in rows.groupby("layer")}
    for fault in faults(spec(figure, dark)["layer"], tones):
        yield f"{figure.kind}, {fault}"


def faults(layers: list[dict[str, Any]], tones: dict[str, set[str]]) -> Iterator[str]:
    """What is told by colour alone. tones: by layer, those that its rows have."""
    names = {name_of(one) for one in layers}
    for one in layers:
        name, mark, encoding = name_of(one), one["mark"], one.get("encoding", {})
        coloured = [
            c
            for c in ("color", "fill", "stroke")
            if "field" in encoding.get(c, {}) or "expr" in str(mark.get(c))
        ]
        if not coloured or mark["type"] == "text" or len(tones.get(name, set())) < 2:
            continue
        if mark["type"] == "point":
            if "shape" not in encoding and not isinstance(mark.get("shape"), dict):
                yield f"{name}: a point with no shape of its own"
        elif name not in CUES or (CUES[name] and not names.intersection(CUES[name])):
            yield f"{name}: a {mark['type']} with a colour alone"
    lines = [
        one
        for one in layers
        if one["mark"]["type"] in ("line", "rule") and isinstance(one["mark"].get("color"), str)
    ]
    for one, two in itertools.combinations(lines, 2):
        a, b = one["mark"], two["mark"]
        quiet = {LIGHT.axis, LIGHT.grid, LIGHT.hairline, DARK.axis, DARK.grid, DARK.hairline} & {
            a["color"],
            b["color"],
        }
        ways = a["type"] != b["type"] or a.get("strokeDash") != b.get("strokeDash")
        if not (
            quiet or ways or a["color"] == b["color"] or abs(a["strokeWidth"] - b["strokeWidth"]) >= WIDER
        ):
            yield f"{name_of(one)} and {name_of(two)} differ in colour alone"


def name_of(layer: dict[str, Any]) -> str:
    found = re.search(r"datum\.layer === '(\w+)'", str(layer.get("transform", "")))
    return found[1] if found else ""
