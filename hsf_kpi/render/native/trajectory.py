"""Vägen till −800: the accumulated result, its lines, the forecasts and where the year lands, each a series."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hsf_kpi.figures.figure import Figure, Mark, Role
from hsf_kpi.figures.shape import records
from hsf_kpi.render.alt import readable
from hsf_kpi.render.native import along
from hsf_kpi.render.native.names import Drawn, Name, named
from hsf_kpi.render.native.types import Dash, Ink, Look, NativeChart, NativeSeries, Shape, Symbol
from hsf_kpi.render.page import wrap
from hsf_kpi.render.points import Record
from hsf_kpi.render.theme import NAME_SIZE
from hsf_kpi.render.trajectory_labels import gap_words, missing_runs
from hsf_kpi.swedish.words import sentence_start

LANDING = "Vid årets slut"
UNDATED = "Prognos utan år"
UNDATED_AT = "år ej angivet"
UNDATED_WIDTH = 125
DIAMOND = 9


def charts(figure: Figure) -> tuple[NativeChart, ...]:
    """One chart of lines over the year's months; a forecast without a date stands in a category of its own before them:
    after them it would stand in the way of the names that the lines end in.
    """
    points = list(records(figure))
    titles = {column.key: column.title for column in figure.columns}
    drawn = [
        *_outcome(figure, points, titles["outcome"]),
        *_landing(figure, len(points)),
        *_path(figure, points, "target", titles["target"]),
        *_path(figure, points, "budget", titles["budget"]),
        *_submitted(figure, points, titles["submitted"]),
        *_statistical(figure, points, titles),
        *_last_year(figure, points),
    ]
    categories = [along.month_name(point["date"]) for point in points]
    if undated := list(_undated(figure, len(points))):
        categories.insert(0, UNDATED_AT)
        drawn = [*(_moved(*one) for one in drawn), *undated]
    axis = along.axis((series for series, _ in drawn), figure.unit, zero=True, more=(0.0,))
    assert axis.low is not None
    assert axis.high is not None
    return (NativeChart(Shape.LINE, named(drawn, axis.low, axis.high), tuple(categories), value=axis),)


def _moved(series: NativeSeries, names: tuple[Name, ...]) -> Drawn:
    """The series with a category more before its first."""
    longer = replace(
        series,
        values=(None, *series.values),
        points={i + 1: look for i, look in series.points.items()},
        bounds=((None, None), *series.bounds) if series.bounds else (),
    )
    return longer, tuple(replace(name, at=tuple(i + 1 for i in name.at)) for name in names)


def _outcome(figure: Figure, points: list[Record], title: str) -> Iterator[Drawn]:
    found = along.values(points, "outcome")
    at = along.known(found)
    looks = along.alone(found, Ink.DATA) | {i: Look(Ink.DATA, Symbol.CIRCLE, 8) for i in at[-1:]}
    names = []
    if at and not _ended(figure):
        words = f"Utfall {figure.options.get('latest', '')} {points[at[-1]]['outcome_text']}"
        names.append(Name((at[-1],), words))
    for first, last in missing_runs(points):
        beside = tuple(i for i in (first - 1, last + 1, *at) if i in at)
        names.append(Name(beside, gap_words(points, first, last)))
    yield NativeSeries(title, found, width=along.STRONG, points=looks), tuple(names)


def _ended(figure: Figure) -> bool:
    """Whether the year has landed in its outcome, which then has the name."""
    return any(mark.label.endswith(" utfall") for mark in _of(figure, Role.OUTCOME))


def _landing(figure: Figure, count: int) -> Iterator[Drawn]:
    """Where the year lands, with the bar from there to the target: «−978 lämnad prognos, 178 mnkr under»."""
    for mark in _of(figure, Role.OUTCOME):
        gap = next(iter(_of(figure, Role.CHANGE)), None)
        worse = gap is not None and (gap.high or 0.0) < (gap.low or 0.0)
        ends = (None, None) if gap is None else (_lower(gap), _upper(gap))
        series = NativeSeries(
            LANDING,
            (*(None,) * (count - 1), mark.low),
            ink=Ink.DATA if gap is None else Ink.WORSE if worse else Ink.BETTER,
            width=0,
            symbol=Symbol.HOLLOW_DIAMOND if mark.at is not None else Symbol.CIRCLE,
            size=DIAMOND,
            points={count - 1: Look(Ink.DATA)},
            bounds=() if gap is None else (*((None, None),) * (count - 1), ends),
        )
        words = ", ".join(text for text in (mark.label, gap.label if gap else "") if text)
        yield series, (Name((count - 1,), readable(words)),)


def _lower(mark: Mark) -> float:
    return min(mark.low or 0.0, mark.high or 0.0)


def _upper(mark: Mark) -> float:
    return max(mark.low or 0.0, mark.high or 0.0)


def _path(figure: Figure, points: Sequence[Record], key: str, title: str) -> Iterator[Drawn]:
    """The budgeted path: dashed what is held against, solid the budget with the provision, which may be zero."""
    found = along.values(points, key)
    if not (at := along.known(found)):
        return
    decided = key == "target"
    series = NativeSeries(
        title,
        found,
        ink=Ink.DECIDED if decided else Ink.TEXT,
        width=along.PLAIN if decided else along.THIN,
        dash=Dash.DASH if decided else Dash.SOLID,
    )
    end = next(iter(_of(figure, Role.TARGET_LOW if decided else Role.BUDGET)), None)
    is_level = len({found[i] for i in at}) == 1
    words = readable(end.label) if end else title
    yield series, (Name(tuple(reversed(at)), words, words if is_level else title),)


def _submitted(figure: Figure, points: Sequence[Record], title: str) -> Iterator[Drawn]:
    """A diamond for each submitted forecast at its month; what a month has no room for is a series of its own."""
    found = along.values(points, "submitted")
    if at := along.known(found):
        first = points[at[0]]["submitted_text"]
        words = f"Lämnade prognoser, först {first}" if len(at) > 1 else f"{title} {first}"
        yield _diamonds(title, found), (Name(tuple(at), words, "Lämnade prognoser"),)
    missing = Counter(mark.low for mark in _of(figure, Role.FORECAST))
    missing.subtract(value for value in found if value is not None)
    more: list[list[float | None]] = []
    for mark in _of(figure, Role.FORECAST):
        if missing[mark.low] > 0 and mark.at is not None:
            missing[mark.low] -= 1
            _put(more, _month_of(mark.at, points), mark.low, len(points))
    for k, values in enumerate(more, 1):
        own = f"{title}, fler" if k == 1 else f"{title}, fler ({k})"
        yield _diamonds(own, tuple(values)), ()


def _put(more: list[list[float | None]], at: int, value: float | None, count: int) -> None:
    """The value in the first list that has room for it there."""
    for values in more:
        if values[at] is None:
            values[at] = value
            return
    more.append([value if i == at else None for i in range(count)])


def _month_of(day: dt.date, points: Sequence[Record]) -> int:
    """The place of the day's month; of one outside the year its nearest end."""
    first = points[0]["date"]
    assert isinstance(first, dt.date)
    months = (day.year - first.year) * 12 + day.month - first.month
    return min(max(months, 0), len(points) - 1)


def _diamonds(name: str, values: tuple[float | None, ...]) -> NativeSeries:
    return NativeSeries(name, values, width=0, symbol=Symbol.HOLLOW_DIAMOND, size=DIAMOND)


def _statistical(figure: Figure, points: Sequence[Record], titles: dict[str, str]) -> Iterator[Drawn]:
    """The middle dotted with the inner interval as bars, the ends of the outer one as lines, named once: «80 %»."""
    found = along.values(points, "middle")
    if not (at := along.known(found)):
        return
    bounds = tuple(zip(along.values(points, "low50"), along.values(points, "high50"), strict=True))
    series = NativeSeries(
        titles["middle"],
        found,
        width=along.PLAIN,
        dash=Dash.DOT,
        points=along.alone(found, Ink.DATA),
        bounds=bounds,
    )
    words = f"{titles['middle']} {points[at[-1]]['statistical_text']}"
    told = any(mark.label.endswith(words.partition(" ")[2]) for mark in _of(figure, Role.OUTCOME))
    yield series, (Name(tuple(reversed(at)), titles["middle"] if told else words, titles["middle"]),)
    landed = [mark.low for mark in _of(figure, Role.OUTCOME) if mark.low is not None]
    named_one = "low" if landed and landed[0] >= (found[at[-1]] or 0.0) else "high"
    for key in ("low", "high"):
        edge = along.values(points, key)
        drawn = NativeSeries(
            titles[key], edge, ink=Ink.AXIS, width=along.HAIR, points=along.alone(edge, Ink.AXIS)
        )
        name = titles[key].partition(",")[0]
        yield drawn, (Name(tuple(reversed(at)), name),) if key == named_one else ()


def _last_year(figure: Figure, points: Sequence[Record]) -> Iterator[Drawn]:
    for mark in _of(figure, Role.LAST_YEAR):
        if mark.at is None or mark.low is None:
            continue
        at = _month_of(mark.at, points)
        values = tuple(mark.low if i == at else None for i in range(len(points)))
        series = NativeSeries(
            "Samma period föregående år", values, ink=Ink.GREY, width=0, symbol=Symbol.RING, size=8
        )
        yield series, (Name((at,), sentence_start(mark.label)),)


def _undated(figure: Figure, count: int) -> Iterator[Drawn]:
    """A forecast that no date is stated for, before the months."""
    for k, mark in enumerate(_of(figure, Role.NOTE)):
        name = UNDATED if not k else f"{UNDATED} ({k + 1})"
        series = NativeSeries(
            name,
            (mark.low, *(None,) * count),
            ink=Ink.GREY,
            width=0,
            symbol=Symbol.HOLLOW_DIAMOND,
            size=DIAMOND,
        )
        words = "\n".join(wrap(readable(mark.label), UNDATED_WIDTH, NAME_SIZE))
        yield series, (Name((0,), words),)


def _of(figure: Figure, role: Role) -> list[Mark]:
    return [mark for mark in figure.marks if mark.role is role]
