"""A timeline as stacked lying bars over the years: an invisible foot, then the bar in the colour of its status.

A row for each bar: an office program puts all the bars of a row after each other, so that a lane of several takes several
rows. A heading has a row, and so has each line in time («okt 2023»), marked where it is. What happens on a day has no
breadth: the sign before its words stands there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil

from hsf_kpi.figures.figure import Figure
from hsf_kpi.model.follow_up import Stage
from hsf_kpi.render.alt import alternative_text, readable
from hsf_kpi.render.native.parts import WORDS, room, until
from hsf_kpi.render.native.types import Ink, NativeAxis, NativeChart, NativeSeries, Number, Shape
from hsf_kpi.render.timeline_lanes import Lane, Span, lanes, year_at, years
from hsf_kpi.swedish.numbers import SPACE
from hsf_kpi.swedish.words import sentence_start

FOOT, PLAIN = "Början (år)", "Längd (år)"
NOW = "▼"
INKS = {
    Stage.DONE: Ink.BETTER,
    Stage.ONGOING: Ink.GREY,
    Stage.LATE: Ink.WORSE,
    Stage.NOT_STARTED: Ink.DATA2,
}
CELLS = "0.00"
MOST = 12
"""Rows of a chart, at the most."""
GAP = 60
LINES = 12
"""Years that are named on the axis, at the most."""


@dataclass(frozen=True, slots=True)
class _Bar:
    """One row. start: None for a heading. length: of a bar, in years. state: the word of its status. words: at its end."""

    name: str
    start: float | None = None
    length: float | None = None
    status: Stage | None = None
    state: str = ""
    words: str = ""
    is_lane: bool = False


def charts(figure: Figure) -> tuple[NativeChart, ...]:
    """The first lane at the top; of more rows than a slide has room for several charts, with the same axis."""
    found = lanes(figure)
    low, high = years(figure, found)
    marks = list(_marks(figure))
    parts = [[*marks, *part] for part in _parts(found, low, MOST - len(marks))]
    beyond = max((_beyond(bar, low, high) for part in parts for bar in part), default=0.0)
    axis = NativeAxis(
        until("0", high), low, high + beyond, years=max(1, ceil((high - low) / LINES)), cells=CELLS
    )
    return tuple(
        NativeChart(
            Shape.BAR,
            tuple(_series(part)),
            categories=tuple(bar.name for bar in part),
            value=axis,
            stacked=True,
            gap=GAP,
            whole=True,
            alt=f"{alternative_text(figure)} {_part(k, parts)}" if len(parts) > 1 else "",
        )
        for k, part in enumerate(parts)
    )


def _part(k: int, parts: Sequence[Sequence[_Bar]]) -> str:
    """«Del 2 av 3, från L. Etablera … till V. Ta fram …»"""
    first, last = (next(bar.name for bar in bars if bar.is_lane) for bars in (parts[k], parts[k][::-1]))
    return f"Del {k + 1} av {len(parts)}, från {first} till {last}."


def _parts(found: Sequence[Lane], low: int, most: int) -> list[list[_Bar]]:
    """At most so many rows in each, a group in one part where it has room; one that goes on has its heading again."""
    parts: list[list[_Bar]] = [[]]
    for group, of in groupby(found, key=lambda lane: lane.group):
        bars = [_bar(lane.name, span, low) for lane in of for span in lane.spans]
        heading = [_Bar(group.upper())] if group else []
        if parts[-1] and len(parts[-1]) + len(heading) + len(bars) > most:
            parts.append([])
        each = max(1, most - len(heading))
        for at in range(0, len(bars), each):
            if at:
                parts.append([])
            parts[-1] += [*heading, *bars[at : at + each]]
    return parts


def _marks(figure: Figure) -> Iterator[_Bar]:
    for mark in figure.marks:
        if mark.at is not None:
            yield _Bar(mark.label, year_at(mark.at), words=NOW)


def _bar(name: str, span: Span, low: int) -> _Bar:
    parts = (f"{span.sign}{SPACE}{span.state}".rstrip(SPACE) if span.state else "", span.note)
    words = readable(", ".join(part for part in parts if part))
    if span.start is None or span.end is None:
        return _Bar(name, float(low), words=words, is_lane=True)
    if span.is_point:
        told = words if span.state else f"{span.sign}{SPACE}{words}".rstrip(SPACE)
        return _Bar(name, span.start, words=told, is_lane=True)
    return _Bar(name, span.start, span.end - span.start, span.status, span.state, words, is_lane=True)


def _beyond(bar: _Bar, low: int, high: int) -> float:
    """Years that the words need past the last one."""
    end = (bar.start or low) + (bar.length or 0.0)
    return max(0.0, end - high + room([bar.words] if bar.words else [], high - low))


def _series(bars: Sequence[_Bar]) -> Iterator[NativeSeries]:
    """The foot first: what comes after it stands on it. A status that no bar has has no series; one that bars tell in
    different words has one for each.
    """
    yield NativeSeries(FOOT, tuple(bar.start for bar in bars), ink=Ink.NONE)
    kinds = {(bar.status, bar.state) for bar in bars if bar.length is not None}
    order = (None, *Stage)
    for status, state in sorted(kinds, key=lambda kind: (order.index(kind[0]), kind[1])):
        lengths: tuple[Number, ...] = tuple(
            bar.length if (bar.status, bar.state) == (status, state) else None for bar in bars
        )
        name = PLAIN if status is None else f"{sentence_start(state)} (år)"
        yield NativeSeries(name, lengths, ink=Ink.DATA2 if status is None else INKS[status])
    ends = tuple(None if bar.start is None else 0.0 for bar in bars)
    words = {i: bar.words for i, bar in enumerate(bars) if bar.words}
    yield NativeSeries(WORDS, ends, ink=Ink.NONE, labels=words)
