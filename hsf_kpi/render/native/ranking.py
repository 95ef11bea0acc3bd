"""A ranking: units in order as bars with their intervals, coloured where they differ from the median by more than chance.

Above them the median and the target, which every bar has as a stroke.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.peers import OWN
from hsf_kpi.figures.shape import records
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.render.native.formats import axis_format
from hsf_kpi.render.native.parts import SIDE_INK, WORDS, Reference, references, room, until, value_ends
from hsf_kpi.render.native.types import (
    Ink,
    Look,
    NativeAxis,
    NativeChart,
    NativeSeries,
    Number,
    Shape,
    Symbol,
)
from hsf_kpi.render.points import Record, number
from hsf_kpi.swedish.numbers import SPACE

MOST = 30
"""Rows that have room for their names and numbers; of more, only the own unit has its number written."""
OWN_SIGN = f"►{SPACE}"
"""Before the own unit's name."""
STROKE = 12
"""Points of a stroke."""
STROKE_AIR = 0.006
"""Between a stroke and words, as a share of the axis."""
GAP = 60


def charts(figure: Figure) -> tuple[NativeChart, ...]:
    """One chart; the first place at the top. Units outside the scope stay without a name."""
    found = list(records(figure))
    held = list(references(figure))
    groups = list(dict.fromkeys(one.group for one in held))
    ends = [v for r in found for key in ("value", "low", "high") if (v := number(r[key])) is not None]
    low, high = value_ends(figure, ends, zero=True)
    words = _words(found, held, len(groups), high - low)
    furthest = max((end for end in words.values if end is not None), default=high)
    longest = max(high, furthest + room(words.labels.values(), high - low))
    form = axis_format(figure.unit, low, high)
    return (
        NativeChart(
            Shape.BAR,
            (_bars(figure, found, len(groups)), *_strokes(held, groups, len(found)), words),
            categories=(*groups, *(_name(record) for record in found)),
            value=NativeAxis(until(form, 100) if _past(figure, high, longest) else form, low, longest),
            every=max(1, ceil((len(groups) + len(found)) / (MOST + len(groups)))),
            gap=GAP,
        ),
    )


def _past(figure: Figure, high: float, longest: float) -> bool:
    """Whether the axis has numbers above 100 % that no share can have."""
    return figure.unit is UnitOfMeasure.PERCENT and high <= 100 < longest


def _bars(figure: Figure, found: Sequence[Record], above: int) -> NativeSeries:
    """The values, with their intervals; above: rows before the units."""
    lows, highs = ([number(record[key]) for record in found] for key in ("low", "high"))
    none: tuple[Number, ...] = (None,) * above
    bounds: tuple[tuple[Number, Number], ...] = ((None, None),) * above + tuple(zip(lows, highs, strict=True))
    return NativeSeries(
        next(column.title for column in figure.columns if column.key == "value"),
        none + tuple(number(record["value"]) for record in found),
        ink=Ink.DATA2,
        points={above + i: look for i, r in enumerate(found) if (look := _look(r)) is not None},
        bounds=bounds if any(bound is not None for bound in highs) else (),
    )


def _words(found: Sequence[Record], held: Sequence[Reference], above: int, span: float) -> NativeSeries:
    """Unseen bars that end where the words begin: at the end of the interval or the value, and past every stroke that
    the words would cover.
    """
    strokes = sorted(one.at for one in held)
    ends: list[Number] = [None] * above
    labels: dict[int, str] = {}
    for i, record in enumerate(found, above):
        end = max(number(record["high"]) or 0.0, number(record["value"]) or 0.0)
        ends.append(None)
        if len(found) <= MOST or record["whose"] == OWN:
            labels[i] = _told(record)
            width = room([labels[i]], span)
            for stroke in strokes:
                if end - STROKE_AIR * span < stroke < end + width:
                    end = stroke + STROKE_AIR * span
            ends[-1] = end
    return NativeSeries(WORDS, tuple(ends), ink=Ink.NONE, labels=labels)


def _look(record: Record) -> Look | None:
    """Coloured where it differs from the median by more than chance, dark where it is the own one."""
    side = str(record["apart"])
    return Look(SIDE_INK[side]) if side else Look(Ink.DATA) if record["whose"] == OWN else None


def _strokes(held: Sequence[Reference], groups: Sequence[str], units: int) -> Iterator[NativeSeries]:
    """A stroke over every unit and on the row of its own name, where its words are."""
    for one in held:
        row = groups.index(one.group)
        own: list[Number] = [one.at if i == row else None for i in range(len(groups))]
        yield NativeSeries(
            one.name,
            (*own, *(one.at,) * units),
            ink=one.ink,
            width=0,
            dash=one.dash,
            symbol=Symbol.BAR,
            size=STROKE,
            labels={row: _after(one.group, one.label)} if one.label else {},
        )


def _after(name: str, label: str) -> str:
    """«5,9 %» of «Median 5,9 %», whose first word names the row."""
    return label.removeprefix(name).lstrip(f":, {SPACE}") or label


def _name(record: Record) -> str:
    return f"{OWN_SIGN if record['whose'] == OWN else ''}{record['name']}"


def _told(record: Record) -> str:
    """«3,4 %», «3,4 % ● bättre» where it is told apart from the median."""
    return f"{record['value_text']}  {record['apart_text']}".rstrip()
