"""A curve with control limits as rows for its chart: limits phase by phase, signals, and the words beside them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from hsf_kpi.figures.figure import Figure, Role
from hsf_kpi.figures.shape import records
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.render import trend_labels as labels
from hsf_kpi.render.frame import Row
from hsf_kpi.render.layout import value_range
from hsf_kpi.render.points import Record, month_number, number
from hsf_kpi.render.signal_note import signal_words
from hsf_kpi.render.trend_data import corners, ends_of, places_of, series, targets, unseen

LIMIT_LAYERS = (
    "limits",
    "band",
    "stem",
    "move",
    "step",
    "zero",
    "limit",
    "mean",
    "target",
    "line",
    "dot",
    "signal",
    "note",
    "end",
    "told",
)
"""The layers that trend_limits_chart draws."""

LINES = ("mean", "limit_low", "limit_high")
DOT, LATEST, SIGNAL, LATEST_SIGNAL = 26.0, 64.0, 80.0, 130.0
"""Areas of the points in square pixels."""

NAMES = {
    "limit_high": ("Övre gräns", "Övre"),
    "mean": ("Medel", "Medel"),
    "limit_low": ("Undre gräns", "Undre"),
}
"""A line's name at its end, on a wide and on a narrow screen."""
_NAME_ROOM = 100
"""Pixels that a name above the plot takes, about."""
_WIDE_PLOT = 760
"""Pixels of the plot on a wide screen, at the least."""


def limits_rows(figure: Figure) -> list[Row]:
    """All rows. Their order is the order of drawing inside each layer."""
    points = list(records(figure))
    places = places_of(figure, points)
    low, high = _range(figure, points)
    rows = [*corners(places, low, high), *targets(figure, places, low, high)]
    rows += _limits(points, places)
    rows += series("line", "outcome", figure, points, places)
    rows += _dots(points, places)
    moves = list(labels.moves(figure, points, places, low, high))
    rows += moves
    rows += _steps(figure, places, low, high, [row.x for row in moves if row.x is not None])
    rows += labels.gaps(figure, points, places, low, high)
    rows += labels.stars(points, places)
    rows += signal_words(figure, points, places, low, high)
    rows += labels.told([_with_signal(point) for point in points], places)
    named = [*labels.outcome_label(figure, points), *_limit_labels(points), *labels.mark_labels(figure)]
    rows += labels.apart(named, low, high)
    return [*rows, *unseen(rows, LIMIT_LAYERS, ends_of(places)[0], low)]


def _range(figure: Figure, points: list[Record]) -> tuple[float, float]:
    """The ends of the value axis: neither a value nor a limit nor a target is cut off."""
    values = [v for point in points for key in ("outcome", *LINES) if (v := number(point[key])) is not None]
    values += [bound for mark in figure.marks for bound in (mark.low, mark.high) if bound is not None]
    ceiling = 100.0 if figure.unit is UnitOfMeasure.PERCENT else None
    return value_range(values, zero=figure.options.get("zero") == "yes", ceiling=ceiling)


def _limits(points: list[Record], places: list[float]) -> Iterator[Row]:
    """Field, mean and limits of each phase: from half a month before its first month to half a month after its last,
    where another phase lies beside it. They follow the months of a seasonal series.
    """
    known = [i for i, point in enumerate(points) if number(point["mean"]) is not None]
    together = groupby(enumerate(known), key=lambda at: (points[at[1]]["phase"], at[1] - at[0]))
    for n, (_, run) in enumerate(together):
        span = [i for _, i in run]
        along = [(places[i], points[i]) for i in span]
        if _beside_another(points, span[0], span[0] - 1):
            along.insert(0, (places[span[0]] - 0.5, points[span[0]]))
        if _beside_another(points, span[-1], span[-1] + 1):
            along.append((places[span[-1]] + 0.5, points[span[-1]]))
        for place, point in along:
            mean, under, over = (number(point[key]) for key in LINES)
            yield Row("limits", place, under, over, segment=f"{n}")
            yield Row("mean", place, mean, segment=f"{n}")
            yield Row("limit", place, under, segment=f"{n} under")
            yield Row("limit", place, over, segment=f"{n} over")


def _beside_another(points: list[Record], at: int, other: int) -> bool:
    """Whether the month at `other` is shown and belongs to another phase than the one at `at`."""
    return 0 <= other < len(points) and points[other]["phase"] not in ("", points[at]["phase"])


def _dots(points: list[Record], places: list[float]) -> Iterator[Row]:
    """A small dot a month, the latest larger; a special cause in its shape."""
    valued = [i for i, point in enumerate(points) if number(point["outcome"]) is not None]
    for i in valued:
        value, signal, latest = number(points[i]["outcome"]), str(points[i]["signal"]), i == valued[-1]
        if signal:
            tone = "data" if signal == "neither" else signal
            yield Row("signal", places[i], value, size=LATEST_SIGNAL if latest else SIGNAL, tone=tone)
        else:
            yield Row("dot", places[i], value, size=LATEST if latest else DOT)


def _steps(figure: Figure, places: list[float], low: float, high: float, taken: list[float]) -> Iterator[Row]:
    """Where limits are worked out anew: a vertical line between two months, named above the plot where there is room.

    taken: the places of the reorganisations, which are named there already; one in the same month is line enough.
    """
    room = _NAME_ROOM * max(len(places), 1) / _WIDE_PLOT
    named = [*taken]
    for mark in figure.marks:
        if mark.at is None or mark.role is not Role.MEAN:
            continue
        place = month_number(mark.at) - 0.5
        if place + 0.5 in taken:
            continue
        yield Row("step", place, low, high)
        free = all(abs(place - other) > room for other in named)
        left = place <= (places[0] + places[-1]) / 2
        words = mark.label if free else ""
        named.append(place)
        align = "left" if left else "right"
        yield Row("note", place, high, dy=-10, dx=-3 if left else 3, text=words, short=words, align=align)


def _limit_labels(points: list[Record]) -> Iterator[Row]:
    """«Övre gräns 7,8 %», as the lines end."""
    last = next((point for point in reversed(points) if number(point["mean"]) is not None), None)
    if last is None:
        return
    for key, (name, short) in NAMES.items():
        words = last[f"{key}_text"]
        yield Row("end", y=number(last[key]), text=f"{name} {words}", short=f"{short} {words}")


def _with_signal(point: Record) -> Record:
    """The point with its signal among the notes that a pointer and a screen reader are told."""
    text = str(point["signal_text"])
    notes = (str(point["note"] or ""), f"{text[:1].lower()}{text[1:]}")
    return {**point, "note": ", ".join(note for note in notes if note)}
