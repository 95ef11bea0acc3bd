"""What a figure of lines draws: its lines, lone points, levels, and the names at the lines' ends."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from hsf_kpi.figures.figure import Figure, Mark
from hsf_kpi.figures.lines import BEST, CHOSEN, FORECAST, NATIONAL, OWN
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.render import end_names
from hsf_kpi.render.end_names import End, end_rows
from hsf_kpi.render.frame import UNSEEN, Row
from hsf_kpi.render.layout import value_range
from hsf_kpi.render.page import text_width
from hsf_kpi.render.theme import NAME_SIZE, SEMIBOLD
from hsf_kpi.render.yearly import Yearly, joined, yearly, years

HEIGHT = 320
STEP = 40
"""Pixels that the height grows by where there are many names."""
PATTERNS = 6
"""Chosen lines that differ by their dashes; more share a look, and are told by their names."""
CHOSEN_LAYERS = tuple(f"chosen{i}" for i in range(PATTERNS))
LAYERS = (
    "other",
    *CHOSEN_LAYERS,
    "best",
    "national",
    "forecast",
    "own",
    "dot",
    "target",
    *end_names.LAYERS,
    "told",
)
_TONES: Mapping[str, str] = {OWN: "data", FORECAST: "text", NATIONAL: "text", BEST: "better"}
_DOT, _LONE = 70, 30
"""Areas of the dot at the own line's end, and of a value without a line."""
AIR = 0.04
ONE_LINE = 96
"""Pixels of a value and its name on one line of a narrow screen: wider, they would take the room of the lines."""


def lines_rows(figure: Figure) -> list[Row]:
    """x: year; y: in the unit of measure."""
    series = yearly(figure)
    low, high = value_ends(figure, series)
    every = years(series)
    first, last = (every[0], every[-1]) if every else (0, 1)
    # A year that is alone stands in the middle, and no other is named.
    air = 0.5 if first == last else 0.0
    rows = [Row("corner", first - air, low), Row("corner", last + air, high)]
    for one, layer in zip(series, _layers(series), strict=True):
        rows += _line(layer, one, joined(series, one), every)
    rows += (Row("target", y=bound) for mark in figure.marks for bound in bounds(mark))
    rows += end_rows(_ends(figure, series, last), low, high, lines_height(figure))
    there = {row.layer for row in rows}
    return [*rows, *(Row(name, first, low, low, first, tone=UNSEEN) for name in LAYERS if name not in there)]


def lines_height(figure: Figure) -> int:
    """Pixels of the plot: more where the names need more."""
    series = yearly(figure)
    needed = end_names.room(_ends(figure, series, years(series)[-1] if series else 0))
    return max(HEIGHT, math.ceil(needed / STEP) * STEP)


def value_ends(figure: Figure, series: Sequence[Yearly]) -> tuple[float, float]:
    """The ends of the value axis: every value and every target is inside."""
    found = [value for one in series for value in one.values.values()]
    found += [bound for mark in figure.marks for bound in bounds(mark)]
    ceiling = 100.0 if figure.unit is UnitOfMeasure.PERCENT else None
    return value_range(found, zero=False, ceiling=ceiling, air=AIR)


def bounds(mark: Mark) -> list[float]:
    """One value of a line, two of a band; an open one is no line."""
    return sorted({bound for bound in (mark.low, mark.high) if bound is not None})


def _layers(series: Sequence[Yearly]) -> Iterator[str]:
    chosen = 0
    for one in series:
        if one.look == CHOSEN:
            yield CHOSEN_LAYERS[chosen % PATTERNS]
            chosen += 1
        else:
            yield one.look


def _line(layer: str, one: Yearly, drawn: Mapping[int, float], every: range) -> Iterator[Row]:
    for year in every:
        value = drawn.get(year)
        # The row without a value breaks the line.
        yield Row(layer, year, value, segment=one.name)
        if value is None or year not in one.values:
            continue
        if one.look == OWN and year == one.last:
            yield Row("dot", year, value, size=_DOT, tone="data")
        elif year - 1 not in drawn and year + 1 not in drawn:
            yield Row("dot", year, value, size=_LONE, tone=_TONES.get(one.look, "grey"))
        yield Row("told", year, value, tip=f"{one.name}, {year}: {one.texts[year]}", size=120)


def _ends(figure: Figure, series: Sequence[Yearly], last: int) -> list[End]:
    """«34,5 % Västmanland» at the latest value; a line that ends before the others says when."""
    ends = []
    for one in series:
        if one.is_named:
            when = "" if one.last == last else f" ({one.last})"
            value, name = one.texts[one.last], f"{one.name}{when}"
            text = f"{value} {name}"
            short = text if text_width(text, NAME_SIZE, SEMIBOLD) <= ONE_LINE else f"{value}\n{name}"
            ends.append(End(one.values[one.last], text, short, _TONES.get(one.look, "muted")))
    for mark in figure.marks:
        if found := bounds(mark):
            ends.append(End(sum(found) / len(found), mark.label, mark.label, "plum"))
    return ends
