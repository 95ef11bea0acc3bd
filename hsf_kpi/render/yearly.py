"""The series of a figure of lines, as every medium draws them: year by year, broken where a year is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hsf_kpi.figures.figure import Figure, Role
from hsf_kpi.figures.lines import FORECAST, OTHER, OWN
from hsf_kpi.render.points import number
from hsf_kpi.swedish.numbers import number as swedish

_ROLES = (Role.LABEL, Role.TIME, Role.OUTCOME, Role.STATUS)


@dataclass(frozen=True, slots=True)
class Yearly:
    """One series. look: one of `figures.lines.LOOKS`. values: year → number, only the years that have one. texts: the
    same as people read it.
    """

    name: str
    look: str
    values: Mapping[int, float]
    texts: Mapping[int, str]

    @property
    def last(self) -> int:
        return max(self.values)

    @property
    def is_named(self) -> bool:
        return self.look != OTHER


def yearly(figure: Figure) -> list[Yearly]:
    """The series that have a value, in the figure's order; none in a figure without the columns of lines."""
    label, at, outcome, look = (figure.column(role) for role in _ROLES)
    if label is None or at is None or outcome is None or look is None:
        return []
    said = _said(figure, outcome)
    looks: dict[str, str] = {}
    values: dict[str, dict[int, float]] = {}
    texts: dict[str, dict[int, str]] = {}
    for row in figure.rows:
        name, date, value = str(row[label]), row[at], number(row[outcome])
        if value is None or not isinstance(date, dt.date):
            continue
        looks.setdefault(name, str(row[look]))
        values.setdefault(name, {})[date.year] = value
        texts.setdefault(name, {})[date.year] = (
            swedish(value, figure.decimals) if said is None else str(row[said])
        )
    return [Yearly(name, looks[name], found, texts[name]) for name, found in values.items()]


def years(series: Sequence[Yearly]) -> range:
    """All from the first that any of them has to the last; none without series."""
    found = [year for one in series for year in one.values]
    return range(min(found), max(found) + 1) if found else range(0)


def joined(series: Sequence[Yearly], one: Yearly) -> Mapping[int, float]:
    """What is drawn of it: a forecast begins in the own line's latest value, where that is the year before."""
    own = next((other for other in series if other.look == OWN), None)
    if one.look != FORECAST or own is None or own.last + 1 != min(one.values):
        return one.values
    return {own.last: own.values[own.last], **one.values}


def _said(figure: Figure, outcome: int) -> int | None:
    """The index of the column with what people read of the values."""
    key = f"{figure.columns[outcome].key}_text"
    return next((i for i, column in enumerate(figure.columns) if column.key == key), None)
