"""Running text over as many slides as it needs: nothing is cut away, and no slide holds more than it has room for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from hsf_kpi.render.powerpoint.text import LEADING, paragraph, run, wrapped


@dataclass(frozen=True, slots=True)
class Words:
    """One paragraph. size, before: points of the text and above it. point: with a bullet, as the layout has it."""

    text: str
    size: float
    bold: bool = False
    before: float = 0.0
    point: bool = False


def pages(texts: Iterable[Words], room: float, high: float) -> list[list[Words]]:
    """What stands on each slide of `high` points; a paragraph that no slide has room for goes on on the next. A bold one (a
    heading) never stands last on a slide.
    """
    found: list[list[Words]] = [[]]
    left = high
    for each in texts:
        for part in _parts(each, room, high):
            if tall([part], room) > left and found[-1]:
                heading = len(found[-1]) > 1 and found[-1][-1].bold
                carried = [found[-1].pop()] if heading else []
                found.append(carried)
                left = high - tall(carried, room)
            found[-1].append(part)
            left -= tall([part], room)
    return found


def tall(texts: Iterable[Words], room: float) -> float:
    """Points that they take together, `room` points wide."""
    return sum(
        len(wrapped(one.text, room, one.size, bold=one.bold)) * one.size * LEADING + one.before
        for one in texts
    )


def written(texts: Iterable[Words], colour: str = "") -> list[str]:
    """As DrawingML."""
    return [
        paragraph(
            run(one.text, size=one.size, bold=one.bold, colour=colour), before=one.before, plain=not one.point
        )
        for one in texts
    ]


def _parts(words: Words, room: float, high: float) -> Iterator[Words]:
    """The paragraph, in parts of at most half a slide where it is longer than a slide."""
    lines = wrapped(words.text, room, words.size, bold=words.bold)
    whole = int(high / (words.size * LEADING))
    if len(lines) < whole:
        yield words
        return
    half = max(1, whole // 2)
    for start in range(0, len(lines), half):
        yield replace(
            words, text=" ".join(lines[start : start + half]), before=words.before if not start else 0.0
        )
