"""The words and thin lines of a trend: names at the right edge, gaps, stars, reorganisations, periods."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from hsf_kpi.figures.figure import Figure, Role
from hsf_kpi.render.frame import Row
from hsf_kpi.render.layout import spread
from hsf_kpi.render.points import NARROW_ROOM, PLOT_HEIGHT, Record, curve, is_zero_line, month_number, number
from hsf_kpi.render.theme import SHORT_MONTHS

LINE_HEIGHT = 18
LONG_LABEL = 14
"""A target's wording that is longer than this is cut at its comma on a narrow screen."""


def period_names(points: list[Record], places: list[float], low: float) -> Iterator[Row]:
    """The periods' names under the plot, «delår 1» over «2023». Narrow: some of them, always the last."""
    step = -(-len(points) // NARROW_ROOM)
    for i, (point, place) in enumerate(zip(points, places, strict=True)):
        words, _, year = str(point["period"]).rpartition(" ")
        text = f"{words}\n{year}" if words else year
        short = text if (len(points) - 1 - i) % step == 0 else ""
        yield Row("name", place, low, dy=10, text=text, short=short, align="center")


def moves(
    figure: Figure, points: list[Record], places: list[float], low: float, high: float
) -> Iterator[Row]:
    """A reorganisation: a vertical line, named above the plot; what it was is told under the picture."""
    for at in sorted({m.at for m in figure.marks if m.at is not None and m.role is Role.NOTE}):
        place = month_number(at)
        yield Row("move", place, low, high)
        left = not places or place <= (places[0] + places[-1]) / 2
        yield Row(
            "note",
            place,
            high,
            dy=-10,
            dx=-3 if left else 3,
            text="Omorganisation",
            short="Omorganisation",
            align="left" if left else "right",
        )


def gaps(figure: Figure, points: list[Record], places: list[float], low: float, high: float) -> Iterator[Row]:
    """Runs of periods without a value: a thin stem for each, and one label a run where there is room."""
    width = max(len(points), 1)
    free_from = float("-inf")
    for first, last, reason in missing_runs(points):
        if last - first < 3:
            for i in range(first, last + 1):
                yield Row("stem", places[i], low, high)
        words = f"{run_name(points, first, last)} {reason}" if curve(figure) else reason
        middle = (places[first] + places[last]) / 2
        half = len(words) * 7 / 2 * width / 800
        align, near = "center", middle - (places[0] if places else 0)
        start = middle - half
        if near < half:
            align, start = "left", middle
        elif places[-1] - middle < half:
            align, start = "right", middle - 2 * half
        text = words if start >= free_from else ""
        if text:
            free_from = start + 2 * half
        yield Row("note", middle, low, dy=-9, text=text, align=align)


def missing_runs(points: list[Record]) -> Iterator[tuple[int, int, str]]:
    """(first, last, why) for each run of missing periods with one reason."""
    start = None
    reasons = [str(p["note"]) if number(p["outcome"]) is None else None for p in points]
    for i, reason in enumerate([*reasons, None]):
        if start is not None and reason != reasons[start]:
            why = reasons[start] or ""
            yield start, i - 1, "saknas" if why == "inte rapporterat" else why
            start = None
        if start is None and reason is not None:
            start = i


def run_name(points: list[Record], first: int, last: int) -> str:
    """«aug», «aug–okt», «nov 2022–jan 2023»."""
    a, b = points[first]["date"], points[last]["date"]
    assert isinstance(a, dt.date)
    assert isinstance(b, dt.date)
    one, two = SHORT_MONTHS[a.month - 1], SHORT_MONTHS[b.month - 1]
    if first == last:
        return one
    return f"{one}–{two}" if a.year == b.year else f"{one} {a.year}–{two} {b.year}"


def stars(points: list[Record], places: list[float]) -> Iterator[Row]:
    """A star over each incomplete value of a curve; the last one has it in its label."""
    valued = [i for i, point in enumerate(points) if number(point["outcome"]) is not None]
    for i in valued[:-1]:
        words = str(points[i]["outcome_text"])
        if words.endswith("*"):
            value = number(points[i]["outcome"])
            yield Row("note", places[i], value, dy=-8, text="*", short="*", align="center", tone="data")


def told(points: list[Record], places: list[float]) -> Iterator[Row]:
    """Unseen points that a pointer finds and a screen reader reads: «oktober 2023: 5,1 %»."""
    for point, place in zip(points, places, strict=True):
        if (value := number(point["outcome"])) is not None:
            note = f", {point['note']}" if point["note"] else ""
            yield Row("told", place, value, tip=f"{point['period']}: {point['outcome_text']}{note}", size=200)


def end_labels(figure: Figure, points: list[Record], low: float, high: float) -> list[Row]:
    """The names at the right edge, moved apart: outcome, target, last year, national value."""
    named = [*outcome_label(figure, points), *mark_labels(figure), *_other_labels(figure, points)]
    return apart(named, low, high)


def apart(labels: list[Row], low: float, high: float) -> list[Row]:
    """The names moved so that none covers another, at the right edge."""
    scale = PLOT_HEIGHT / (high - low)
    at = spread([((row.y or 0.0) - low) * scale for row in labels], LINE_HEIGHT, 0, PLOT_HEIGHT)
    return [
        Row("end", y=low + place / scale, text=row.text, short=row.short, tone=row.tone, dx=10)
        for row, place in zip(labels, at, strict=True)
    ]


def outcome_label(figure: Figure, points: list[Record]) -> Iterator[Row]:
    """The latest value of a curve."""
    if not curve(figure):
        return
    for point in reversed(points):
        if (value := number(point["outcome"])) is not None:
            words = str(point["outcome_text"])
            text = f"{words} {figure.options.get('latest', '')}".strip()
            yield Row("end", y=value, text=text, short=words, tone="data")
            return


def mark_labels(figure: Figure) -> Iterator[Row]:
    """The targets."""
    for mark in figure.marks:
        if mark.low is not None and mark.high is not None:
            short = mark.label if len(mark.label) <= LONG_LABEL else mark.label.partition(", ")[0]
            tone = "data" if is_zero_line(figure, mark) else "plum"
            yield Row("end", y=(mark.low + mark.high) / 2, text=mark.label, short=short, tone=tone)


def _other_labels(figure: Figure, points: list[Record]) -> Iterator[Row]:
    if points and (value := number(points[-1]["last_year"])) is not None:
        words = str(points[-1]["last_year_text"])
        yield Row("end", y=value, text=f"Föregående år {words}", short="Fg år")
    if not curve(figure):
        for point in reversed(points):
            if (value := number(point["national"])) is not None:
                yield Row("end", y=value, text=f"Riket {point['national_text']}", short="Riket")
                return
