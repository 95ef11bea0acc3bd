"""The rows of a timeline: names, bars with the shape of their status, notes at their ends, the years above and «now».

As `bars`, everything stands at pixels from above that the rows know, one set for a wide and one for a narrow screen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from math import ceil

from hsf_kpi.figures.figure import Figure
from hsf_kpi.render import layers
from hsf_kpi.render.bars import GAP, LINE_HEIGHT
from hsf_kpi.render.frame import Row
from hsf_kpi.render.page import text_width
from hsf_kpi.render.theme import NAME_SIZE
from hsf_kpi.render.timeline_lanes import POINT, Lane, Span, lanes, told, year_at, years
from hsf_kpi.render.timeline_places import (
    NARROW_PLOT,
    NOTE_GAP,
    PLOT,
    SIGN,
    Place,
    Placed,
    Places,
    Scale,
    narrow_places,
    wide_places,
)

HEAD_LINE, HEAD_AIR = 18, 6
"""Pixels of each line over the lanes (the years, the tertials, «now»), and under them."""
YEAR_WIDTH, TERTIAL_WIDTH = 38, 18
"""Pixels that the name of a year, of a tertial needs."""
SMALL_PLOT = 190
"""Pixels of the plot, about, that the years' names are thinned for where they have no room."""
TERTIALS = 6
"""Years, at the most, whose tertials are named."""
FAR = 0.15
"""Of the plot, from its ends: the words of a line there stand beside it, not over it."""
NOW_HALF = 9
"""Half of what a line down takes at each bar on a narrow screen, in pixels."""
BELOW = 6
PLAIN = "plain"
"""The tone of a bar without status."""
LAYERS = ("year", "tick", "bar", "sign", "now", "note", "head", "now_name", "told")
BESIDE = ("lane", "group", "name")
"""The layers whose x is in pixels."""


def timeline_rows(figure: Figure) -> list[Row]:
    """x, x2: years; of names pixels left of the plot, of the room beside it pixels right of it (wide, narrow). y, y2: pixels
    from above, wide and narrow; of what stands from y to y2 on a wide screen, from dx to dy on a narrow one.
    """
    found = lanes(figure)
    low, high = years(figure, found)
    top = _top(figure, low, high)
    wide = wide_places(found, Scale(low, high, PLOT), top)
    narrow = narrow_places(found, Scale(low, high, NARROW_PLOT), top)
    left = -(GAP + _names_width(wide.lanes))
    rows = [
        Row("corner", low, 0.0),
        Row("corner", high, 0.0),
        Row("room", x=wide.room, x2=narrow.room, y=0.0),
    ]
    rows += _axis(figure, low, high, wide.bottom, narrow.bottom)
    rows += _now(figure, found, wide, narrow, Scale(low, high, PLOT))
    for lane, at, small in zip(found, wide.lanes, narrow.lanes, strict=True):
        rows += _lane(lane, at, small, left, low)
    return [*rows, *layers.unseen(rows, LAYERS, low, 0.0), *layers.unseen(rows, BESIDE, 0.0, 0.0)]


def timeline_height(figure: Figure) -> int:
    """Pixels of the chart on a wide screen."""
    found = lanes(figure)
    low, high = years(figure, found)
    return round(wide_places(found, Scale(low, high, PLOT), _top(figure, low, high)).bottom) + BELOW


def _names_width(places: Sequence[Place]) -> float:
    return max((text_width(line, NAME_SIZE) for at in places for line in at.lines), default=0.0)


# Over the lanes


def _named_tertials(figure: Figure, low: int, high: int) -> bool:
    return figure.options.get("grain") == "tertial" and high - low <= TERTIALS


def _dated(figure: Figure) -> list[tuple[float, str]]:
    return [(year_at(mark.at), mark.label) for mark in figure.marks if mark.at is not None]


def _top(figure: Figure, low: int, high: int) -> float:
    lines = 1 + _named_tertials(figure, low, high) + len(_dated(figure))
    return float(lines * HEAD_LINE + HEAD_AIR)


def _axis(figure: Figure, low: int, high: int, bottom: float, narrow_bottom: float) -> Iterator[Row]:
    """The years with their lines; of tertials a tick, and their names where they have room."""
    count = high - low
    step = ceil(count * YEAR_WIDTH / SMALL_PLOT)
    for year in range(low, high + 1):
        yield Row("year", year, 2.0, bottom, dx=2.0, dy=narrow_bottom)
        if year < high:
            short = str(year) if (year - low) % step == 0 else ""
            yield _head(year + 0.5, 0, str(year), short, count * YEAR_WIDTH)
    if figure.options.get("grain") != "tertial":
        return
    named = _named_tertials(figure, low, high)
    start = HEAD_LINE + (0.0 if named else -6.0)
    for year in range(low, high):
        starts = [year_at(dt.date(year, month, 1)) for month in (1, 5, 9)]
        for k, (at, after) in enumerate(pairwise((*starts, year + 1.0)), 1):
            if k > 1:
                yield Row("tick", at, start, bottom, dx=start, dy=narrow_bottom)
            if named:
                yield _head((at + after) / 2, 1, f"T{k}", "", count * 3 * TERTIAL_WIDTH)


def _head(at: float, line: int, text: str, short: str, wide: int) -> Row:
    """A name over the lanes. wide: pixels that the plot must have for all of its kind to be written."""
    return Row("head", at, _line(line), _line(line), size=wide, text=text, short=short, align="center")


def _now(figure: Figure, found: Sequence[Lane], wide: Places, narrow: Places, scale: Scale) -> Iterator[Row]:
    """Each mark's line down, from its own words above the lanes; it stops for the notes that stand across it. On a narrow
    screen, where the names stand across the plot too, it crosses the bars alone.
    """
    low, high = scale.low, scale.high
    before = 1 + _named_tertials(figure, low, high)
    for k, (at, label) in enumerate(_dated(figure)):
        share = (at - low) / (high - low)
        align, dx = ("left", -1) if share < FAR else ("right", 1) if share > 1 - FAR else ("center", 0)
        y = _line(before + k)
        yield Row("now_name", at, y, y, dx=dx, text=label, short=label, tone="data", align=align)
        top = y + HEAD_LINE / 2
        start = top
        for middle, half in sorted(_crossed(at, found, wide, scale)):
            yield Row("now", at, start, max(start, middle - half), dx=top, dy=top)
            start = max(start, middle + half)
        yield Row("now", at, start, wide.bottom, dx=top, dy=top + NOW_HALF)
        hidden = {middle for middle, _ in _crossed(at, found, narrow, replace(scale, plot=NARROW_PLOT))}
        for placed in (one.at for lane in narrow.lanes for one in lane.placed):
            if placed not in hidden:
                yield Row("now", at, top, top, dx=placed - NOW_HALF, dy=placed + NOW_HALF)


def _crossed(at: float, found: Sequence[Lane], places: Places, scale: Scale) -> Iterator[tuple[float, float]]:
    """(middle, half of the height) of each note at the end of its bar that may stand across a line there. A wider plot than
    the scale's only brings a note's end nearer to its bar.
    """
    for lane, place in zip(found, places.lanes, strict=True):
        for span, one in zip(lane.spans, place.placed, strict=True):
            if (
                span.label
                and one.note_at is None
                and (span.end or scale.low) < at < scale.reach(span, one.note)[1]
            ):
                yield one.at, len(one.note) * LINE_HEIGHT / 2


def _line(number: int) -> float:
    """The middle of a line over the lanes."""
    return (number + 0.5) * HEAD_LINE


# The lanes


def _lane(lane: Lane, at: Place, small: Place, left: float, low: int) -> Iterator[Row]:
    yield Row("lane", left, at.top, small.top, 0.0)
    if at.group:
        heading = "\n".join(small.group)
        yield Row("group", left, at.heading, small.heading, 0.0, text=lane.group, short=heading)
    names = "\n".join(at.lines), "\n".join(small.lines)
    yield Row("name", left, at.name, small.name, 0.0, text=names[0], short=names[1], tone="text")
    for span, one, narrow in zip(lane.spans, at.placed, small.placed, strict=True):
        yield from _span(span, one, narrow, low)
        middle = low if span.start is None or span.end is None else (span.start + span.end) / 2
        yield Row("told", middle, one.at, narrow.at, size=300, tip=told(lane, span))


def _span(span: Span, at: Placed, small: Placed, low: int) -> Iterator[Row]:
    """The bar, its sign, and its note: on a wide screen at its end, on a narrow one there or over it."""
    tone, end = span.status.value if span.status else PLAIN, float(low)
    if span.start is not None and span.end is not None:
        end = span.end
        if not span.is_point:
            yield Row("bar", span.start, at.at, small.at, span.end, tone=tone)
        if span.sign:
            yield Row(
                "sign", span.start, at.at, small.at, tone=tone, segment=POINT if span.is_point else tone
            )
    if not span.label:
        return
    after = SIGN + NOTE_GAP / 2 if span.is_point else NOTE_GAP + 2
    over = small.note_at is not None
    yield Row(
        "note",
        end,
        at.at - (len(at.note) - 1) / 2 * LINE_HEIGHT,
        small.at if small.note_at is None else small.note_at,
        low if over else end,
        after,
        -SIGN if over else after,
        text="\n".join(at.note),
        short="\n".join(small.note),
    )
