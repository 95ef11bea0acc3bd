"""The words of a trajectory: names at the right edge, the latest outcome, the paths, missing months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from hsf_kpi.figures.figure import Figure, Mark, Role
from hsf_kpi.render.frame import Row
from hsf_kpi.render.free_place import Space
from hsf_kpi.render.layout import spread
from hsf_kpi.render.page import wrap
from hsf_kpi.render.points import Record, number
from hsf_kpi.render.theme import NAME_SIZE
from hsf_kpi.render.trend_labels import run_name

PLOT_HEIGHT = 320
"""Pixels between the ends of the value axis."""
LINE_HEIGHT = 19
EDGE_DX, UNDATED_DX = 24, 38
"""Pixels right of the plot where the names begin: after the gap's bar, and after the diamond without a date."""
UNDATED_WIDTH = 175
_SIDES = (
    ("right", -13, 7),
    ("right", -10, 15),
    ("right", -10, -15),
    ("left", 10, -15),
    ("left", 10, 15),
    ("left", 4, -17),
    ("left", 4, 19),
    ("right", -10, 30),
    ("right", -10, -30),
    ("right", -10, 40),
)
BEYOND = 7
"""Pixels right of the plot that are free before the bar of the gap."""


def gaps(points: list[Record], places: list[float], low: float, high: float) -> Iterator[Row]:
    """Runs of months without an outcome: thin stems and «aug saknas», «jan–mars saknas» at their foot."""
    for first, last in missing_runs(points):
        for i in range(first, last + 1):
            yield Row("stem", places[i], low, high)
        words = gap_words(points, first, last)
        late = last > 8
        yield Row("note", places[last], low, dy=-9, dx=-5 if late else 5, text=words, short=words,
                  align="right" if late else "left")  # fmt: skip


def missing_runs(points: list[Record]) -> Iterator[tuple[int, int]]:
    """(first, last) of each run of months whose outcome should be there and is not."""
    start = None
    for i, gone in enumerate([*(number(p["outcome"]) is None and bool(p["note"]) for p in points), False]):
        if gone and start is None:
            start = i
        elif not gone and start is not None:
            yield start, i - 1
            start = None


def gap_words(points: list[Record], first: int, last: int) -> str:
    """«aug saknas», «jan–mars saknas»"""
    return f"{run_name(points, first, last)} saknas"


def names(
    figure: Figure, points: list[Record], places: list[float], low: float, high: float
) -> Iterator[Row]:
    """The words inside the plot: the latest outcome, the name of the path, the first submitted forecast."""
    seen = _obstacles(figure, points, places)
    marks = list(_marks(figure, points, places))
    space = Space(seen, places[0] - 1, places[-1], high - low, PLOT_HEIGHT, marks, BEYOND, low)
    yield from _outcome(figure, points, places, space)
    if not any(mark.role is Role.LAST_YEAR for mark in figure.marks):
        yield from _path_name(figure, points, places)
    yield from _forecast_name(figure, places, space)
    yield from _statistical_name(points, places, space)
    for mark in figure.marks:
        if mark.role is Role.BUDGET and mark.low == 0:
            above = -10 if low < 0 else 10
            yield Row("note", places[0] - 1, 0.0, dx=3, dy=above, short=mark.label, tone="data")
        if mark.role is Role.LAST_YEAR and mark.at is not None:
            x, words = float(mark.at.year * 12 + mark.at.month - 1), mark.label
            yield from space.beside(x, mark.low or 0.0, words, words.removeprefix("samma period "), _SIDES)


def _obstacles(figure: Figure, points: list[Record], places: list[float]) -> list[tuple[float, float]]:
    """Points that words should stay off: the lines, four to a month."""
    found = [(places[0] - 1 + k / 4, 0.0) for k in range(4 * len(places) + 1)]
    for key in ("outcome", "target", "middle", "low", "high"):
        before: tuple[float, float] | None = (places[0] - 1, 0.0) if key in ("outcome", "target") else None
        for point, place in zip(points, places, strict=True):
            value = number(point[key])
            if value is not None and before is not None:
                found += [(before[0] + (place - before[0]) * k / 4, before[1] + (value - before[1]) * k / 4)
                          for k in range(1, 5)]  # fmt: skip
            before = None if value is None else (place, value)
    return found


def _marks(figure: Figure, points: list[Record], places: list[float]) -> Iterator[tuple[float, float]]:
    """The diamonds of forecasts, and the dot of the latest outcome."""
    for mark in figure.marks:
        if mark.role is Role.FORECAST and mark.at:
            yield min(max(day_x(mark.at), places[0] - 1), places[-1]), mark.low or 0.0
    known = [
        (place, value)
        for point, place in zip(points, places, strict=True)
        if (value := number(point["outcome"])) is not None
    ]
    yield from known[-1:]


def day_x(day: dt.date) -> float:
    """A day among the ends of months, roughly."""
    return day.year * 12 + day.month - 2 + day.day / 31


def _outcome(figure: Figure, points: list[Record], places: list[float], space: Space) -> Iterator[Row]:
    known = [i for i, point in enumerate(points) if number(point["outcome"]) is not None]
    named = any(mark.role is Role.OUTCOME and mark.label.endswith(" utfall") for mark in figure.marks)
    if not known or named:
        return
    i = known[-1]
    value, words = number(points[i]["outcome"]) or 0.0, str(points[i]["outcome_text"])
    text = f"Utfall {figure.options.get('latest', '')} {words}"
    early = i < 3
    sides = [side for side in _SIDES if not early or side[0] == "left"]
    yield from space.beside(places[i], value, text, words, sides, "data")


def _path_name(figure: Figure, points: list[Record], places: list[float]) -> Iterator[Row]:
    """«Vägen till −800» on the side of the dashed line where the outcome is not."""
    i = min(len(points) - 1, 6)
    target = number(points[i]["target"])
    if target is None:
        return
    held = [(number(p["outcome"]), number(p["target"])) for p in points]
    below = sum((o < t) - (o > t) for o, t in held if o is not None and t is not None) >= 0
    falling = (number(points[-1]["target"]) or 0.0) <= 0
    column = next(column for column in figure.columns if column.key == "target")
    align = "left" if below == falling else "right"
    dx = 4 if align == "left" else -4
    words = column.title
    yield Row("note", places[i], target, dx=dx, dy=-13 if below else 13, text=words, short=words if len(words) < 16 else "",
              tone="plum", align=align)  # fmt: skip


def _forecast_name(figure: Figure, places: list[float], space: Space) -> Iterator[Row]:
    """The first submitted forecast, when a later one stands named at the edge."""
    marks = [mark for mark in figure.marks if mark.role is Role.FORECAST and mark.at is not None]
    if len(marks) < 2:
        return
    first = marks[0]
    assert first.at is not None
    value = first.label.rpartition(": ")[2].partition("\N{NO-BREAK SPACE}mnkr")[0]
    words = f"Lämnade prognoser, först {value}"
    x = min(max(day_x(first.at), places[0] - 1), places[-1])
    sides = [("left", -6, 16), ("left", -6, -16)] if x < places[5] else [("right", 6, 16), ("right", 6, -16)]
    yield from space.beside(x, first.low or 0.0, words, "Prognoser", sides)


def _statistical_name(points: list[Record], places: list[float], space: Space) -> Iterator[Row]:
    """What the dotted line is, beside its middle, where there is room."""
    known = [i for i, point in enumerate(points) if number(point["middle"]) is not None]
    if len(known) < 2:
        return
    i = known[len(known) // 2]
    value = number(points[i]["middle"]) or 0.0
    sides = [
        ("right", -6, 16),
        ("right", -6, -16),
        ("left", 6, -16),
        ("left", 6, 16),
        ("right", -6, 28),
        ("right", -6, 40),
        ("right", -6, -40),
    ]
    yield from space.beside(places[i], value, "Statistisk prognos", "Statistisk", sides, must=False)


def end_labels(figure: Figure, low: float, high: float) -> list[Row]:
    """The names at the right edge, moved apart; on a narrow screen only the numbers."""
    found = [row for mark in figure.marks for row in _end(mark)]
    found.sort(key=lambda row: -(row.y or 0.0))
    scale = PLOT_HEIGHT / (high - low)
    lines = [row.text.count("\n") + 1 for row in found]
    at = _apart([((row.y or 0.0) - low) * scale for row in found], lines)
    rows: list[Row] = []
    for row, place in zip(found, at, strict=True):
        y = low + place / scale
        if row.layer == "undated":
            rows.append(Row("undated", y=y, size=90))
        dx = UNDATED_DX if row.layer == "undated" else EDGE_DX
        down = -7.0 if row.text.count("\n") else 0.0
        rows.append(Row("end", y=y, text=row.text, short=row.short, tone=row.tone, dx=dx, dy=down + row.dy))
    return rows


def _apart(positions: list[float], lines: list[int]) -> list[float]:
    """Moved apart from the top down, a name of more lines taking as many; in the order given (from above)."""
    places = [p for p, n in zip(positions, lines, strict=True) for _ in range(n)]
    spread_out = iter(sorted(spread(places, LINE_HEIGHT, -2 * LINE_HEIGHT, PLOT_HEIGHT), reverse=True))
    answer = []
    for n in lines:
        taken = [next(spread_out) for _ in range(n)]
        answer.append(sum(taken) / n)
    return answer


def _end(mark: Mark) -> Iterator[Row]:
    number_, _, _ = mark.label.partition(" ")
    if mark.role is Role.BUDGET:
        short = "" if mark.low == 0 else number_
        yield Row("end", y=mark.low, text=mark.label, short=short, tone="data")
    elif mark.role is Role.TARGET_LOW:
        yield Row("end", y=mark.low, text=mark.label, short=number_, tone="plum")
    elif mark.role is Role.OUTCOME:
        yield Row("end", y=mark.low, text=mark.label, short=number_, tone="data")
    elif mark.role is Role.CHANGE:
        worse = (mark.high or 0.0) < (mark.low or 0.0)
        middle = ((mark.low or 0.0) + (mark.high or 0.0)) / 2
        yield Row("end", y=middle, text=mark.label, tone="worse_text" if worse else "better")
    elif mark.role is Role.NOTE:
        text = "\n".join(wrap(mark.label, UNDATED_WIDTH, NAME_SIZE))
        yield Row("undated", y=mark.low, text=text, tone="muted")
