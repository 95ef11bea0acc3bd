"""One measure over time, and the small trend of a tile, which is the same without words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hsf_kpi.figures.figure import Figure, FigureKind, Mark, Role
from hsf_kpi.figures.shape import records
from hsf_kpi.render.alt import readable
from hsf_kpi.render.native import along
from hsf_kpi.render.native.limits import is_lone_signal, limit_lines, signals, step_names
from hsf_kpi.render.native.names import Drawn, Name, named
from hsf_kpi.render.native.types import Dash, Ink, Look, NativeChart, NativeSeries, Shape, Symbol
from hsf_kpi.render.points import Record, curve, is_zero_line, limited
from hsf_kpi.render.trend_labels import missing_runs, run_name

MOVED = "Omorganisation"
AIR = 0.12
"""Left free above and below dots, for their words."""


def charts(figure: Figure) -> tuple[NativeChart, ...]:
    """One chart of lines, of dots for yearly measures and delår."""
    points = list(records(figure))
    drawn = [
        *_outcome(figure, points),
        *_targets(figure, len(points)),
        *_last_year(figure, points),
        *_national(figure, points),
        *(_judged(figure, points) if limited(figure) else ()),
    ]
    axis = along.axis(
        (series for series, _ in drawn),
        figure.unit,
        zero=figure.options.get("zero") == "yes",
        air=0.0 if curve(figure) else AIR,
    )
    assert axis.low is not None
    assert axis.high is not None
    if figure.kind is FigureKind.SPARK:
        series = tuple(replace(one, labels={}) for one, _ in drawn)
    else:
        series = named(drawn, axis.low, axis.high)
    months = curve(figure)
    return (
        NativeChart(
            Shape.LINE,
            series,
            tuple(along.month_name(p["date"]) if months else str(p["period"]) for p in points),
            value=axis,
            every=along.every(len(points), months=months),
        ),
    )


def _outcome(figure: Figure, points: list[Record]) -> Iterator[Drawn]:
    """The outcome; year by year where it starts again each January, since a line over New Year would be no change."""
    found = along.values(points, "outcome")
    title = _title(figure, Role.OUTCOME)
    if not curve(figure):
        yield _dots(title, points, found)
        return
    years = _years(points) if figure.options.get("resets") == "yes" else [("", range(len(points)))]
    valued = along.known(found)
    for year, places in years:
        own = along.only(found, places)
        if not (at := along.known(own)):
            continue
        latest = at[-1] == valued[-1]
        series = _curve(f"{title} {year}".rstrip(), figure, points, own, at[-1] if latest else None)
        words = Name(tuple(reversed(at)), year)
        if latest and limited(figure) and is_lone_signal(points, at[-1]):
            words = Name(tuple(reversed(at[:-1])), title)  # the signal's words begin with the value
        elif latest:
            words = Name((at[-1],), _latest_words(figure, points, at[-1]))
        yield series, (words, *_notes(figure, points, at))


def _judged(figure: Figure, points: list[Record]) -> Iterator[Drawn]:
    at = along.known(along.values(points, "outcome"))
    yield from limit_lines(figure, points)
    if at:
        yield from signals(points, at[-1], _latest_words(figure, points, at[-1]))


def _years(points: Sequence[Record]) -> list[tuple[str, list[int]]]:
    """(year, its places), in order."""
    found: dict[str, list[int]] = {}
    for i, point in enumerate(points):
        date = point["date"]
        found.setdefault(str(date.year) if isinstance(date, dt.date) else "", []).append(i)
    return list(found.items())


def _curve(
    name: str, figure: Figure, points: Sequence[Record], found: tuple[float | None, ...], latest: int | None
) -> NativeSeries:
    """Grey with a small dot each month where limits are shown, else a strong line with a dot on the latest value."""
    ink = Ink.GREY if limited(figure) else Ink.DATA
    looks = along.alone(found, ink)
    if latest is not None:
        looks[latest] = Look(ink, Symbol.CIRCLE, 7)
    stars = {
        i: "*" for i in along.known(found) if i != latest and str(points[i]["outcome_text"]).endswith("*")
    }
    return NativeSeries(
        name,
        found,
        ink=ink,
        width=along.THIN if limited(figure) else along.STRONG,
        symbol=Symbol.CIRCLE if limited(figure) else Symbol.NONE,
        size=4,
        points=looks,
        labels=stars,
    )


def _dots(title: str, points: Sequence[Record], found: tuple[float | None, ...]) -> Drawn:
    """A dot for each period with its value in words, the latest larger."""
    at = along.known(found)
    series = NativeSeries(
        title,
        found,
        width=0,
        symbol=Symbol.CIRCLE,
        size=8,
        points={i: Look(Ink.DATA, Symbol.CIRCLE, 10) for i in at[-1:]},
    )
    named_ones = reversed(at) if len(at) <= along.WRITTEN else at[-1:]
    return series, tuple(Name((i,), str(points[i]["outcome_text"])) for i in named_ones)


def _latest_words(figure: Figure, points: list[Record], at: int) -> str:
    """«5,1 % oktober», and the months after it that have no value."""
    words = f"{points[at]['outcome_text']} {figure.options.get('latest', '')}".strip()
    after = (gap for gap in missing_runs(points) if gap[0] > at)
    return ", ".join((words, *(f"{run_name(points, first, last)} {why}" for first, last, why in after)))


def _notes(figure: Figure, points: list[Record], at: Sequence[int]) -> Iterator[Name]:
    """Words beside the curve that the text around it tells as well: gaps, reorganisations, new limits."""
    if limited(figure):
        yield from step_names(figure, points, at)
    for first, last, why in missing_runs(points):
        beside = [i for i in (first - 1, last + 1) if i in at]
        if beside and last < at[-1]:
            yield Name(tuple(beside), f"{run_name(points, first, last)} {why}", needed=False)
    for mark in figure.marks:
        if mark.role is Role.NOTE and mark.at is not None:
            after = [i for i in at if _date(points[i]) >= mark.at]
            yield Name(tuple(after[:1]), MOVED, needed=False)


def _date(point: Record) -> dt.date:
    date = point["date"]
    assert isinstance(date, dt.date)
    return date


def _targets(figure: Figure, count: int) -> Iterator[Drawn]:
    """A target's line from the row that it holds for, two for a band. Zero is the zero line, solid."""
    for mark in figure.marks:
        if mark.low is None or mark.high is None:
            continue
        band = mark.low != mark.high
        names = (("Mål, högst", mark.high), ("Mål, lägst", mark.low)) if band else (("Mål", mark.low),)
        for name, value in names:
            yield _target(figure, mark, name, value, count, said=name != "Mål, lägst")


def _target(figure: Figure, mark: Mark, name: str, value: float, count: int, *, said: bool) -> Drawn:
    since = mark.since or 0
    series = along.level(name, value, count, since=since)
    if is_zero_line(figure, mark):
        series = replace(series, ink=Ink.TEXT, width=along.THIN, dash=Dash.SOLID)
    places = tuple(range(count - 1, since - 1, -1))
    return series, (Name(places, readable(mark.label)),) if said else ()


def _last_year(figure: Figure, points: Sequence[Record]) -> Iterator[Drawn]:
    """A thin grey line; dots where the line would have to break each January."""
    found = along.values(points, "last_year")
    if not (at := along.known(found)):
        return
    title, dotted = _title(figure, Role.LAST_YEAR), figure.options.get("resets") == "yes"
    series = NativeSeries(
        title,
        found,
        ink=Ink.DATA2,
        width=0 if dotted else along.THIN,
        symbol=Symbol.CIRCLE if dotted else Symbol.NONE,
        size=4,
        points={} if dotted else along.alone(found, Ink.DATA2),
    )
    words = f"{title} {points[at[-1]]['last_year_text']}"
    yield series, (Name(tuple(reversed(at)), words, title),)


def _national(figure: Figure, points: Sequence[Record]) -> Iterator[Drawn]:
    found = along.values(points, "national")
    if not (at := along.known(found)):
        return
    title = _title(figure, Role.NATIONAL)
    series = NativeSeries(title, found, ink=Ink.GREY, width=0, symbol=Symbol.RING, size=7)
    yield series, (Name(tuple(reversed(at)), f"{title} {points[at[-1]]['national_text']}", title),)


def _title(figure: Figure, role: Role) -> str:
    """The heading of the column with that role."""
    return next(column.title for column in figure.columns if column.role is role)
