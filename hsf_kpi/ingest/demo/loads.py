"""The demo in the order in which it became known: what each of its loads brings, and what the next one corrects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import pandas as pd
from pydantic import Field, model_validator

from hsf_kpi.ingest.demo.settings_base import MonthText, Section
from hsf_kpi.model.aggregation import FIXED
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Sex
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.period import Window
from hsf_kpi.model.problems import Problem

_CHANGED = (Sex.ALL.value, Sex.WOMEN.value)
"""Women's value is otherwise by as much as the total, so that it still is the sum of both."""


class LoadSettings(Section):
    """One load: everything up to and with a month, read at a moment (Swedish wall-clock time is taken as UTC)."""

    through: MonthText
    at: dt.datetime

    @model_validator(mode="after")
    def _after(self) -> Self:
        if self.at.date() <= self.through.last_day:
            raise ValueError("at ska ligga efter månadens slut")
        return self


class LateSettings(Section):
    """A monthly value that the load which first brought it had otherwise: its numerator by so much, and women's with it."""

    measure: str
    unit: str
    month: MonthText
    numerator: int


class LoadsSettings(Section):
    """loads.toml."""

    published: dt.datetime
    """When the published figures were read."""
    load: tuple[LoadSettings, ...] = Field(min_length=1)
    late: tuple[LateSettings, ...] = ()

    @model_validator(mode="after")
    def _order(self) -> Self:
        for before, after in zip(self.load, self.load[1:], strict=False):
            if after.through <= before.through or after.at <= before.at:
                raise ValueError("inläsningarna ska stå i tidsordning")
        if self.published >= self.load[0].at:
            raise ValueError("published ska ligga före den första inläsningen")
        return self


@dataclass(frozen=True)
class DemoLoad:
    """at: when it became known, in UTC. The frames are parts of the demo's own, in their order."""

    at: dt.datetime
    observations: pd.DataFrame
    entries: pd.DataFrame
    forecasts: pd.DataFrame


def loads_of(
    settings: LoadsSettings, table: pd.DataFrame, entries: pd.DataFrame, forecasts: pd.DataFrame
) -> Iterator[DemoLoad]:
    """The loads in their order. table: columns of table.COLUMNS with `month` for `end`. The last load has all that the
    others lack; budgets come with the first.
    """
    before = -1
    for number, load in enumerate(settings.load):
        last = load.through.index if number + 1 < len(settings.load) else 10**6
        rows = table["month"].between(before + 1, last)
        booked = entries["month"].between(before + 1, last)
        if AmountKind.BUDGET.value in set(entries["kind"]):
            budget = entries["kind"].astype(str) == AmountKind.BUDGET.value
            booked = (booked & ~budget) | (budget & (number == 0))
        days = pd.to_datetime(forecasts["made"]) if len(forecasts) else forecasts["made"]
        made = pd.Series(
            [day.year * 12 + day.month - 1 for day in days], index=forecasts.index, dtype="int64"
        )
        observations = table[rows]
        late = [one for one in settings.late if before < one.month.index <= last]
        right = [one for one in settings.late if one.month.index <= before]
        if late:
            observations = _otherwise(observations, late)
        if right:
            observations = pd.concat([table[_which(table, right)], observations])
        yield DemoLoad(
            load.at.replace(tzinfo=dt.UTC),
            observations,
            entries[booked],
            forecasts[made.between(before + 1, last)],
        )
        before = last


def load_problems(settings: LoadsSettings, catalogue: Catalogue) -> Iterator[Problem]:
    for number, late in enumerate(settings.late, start=1):
        where = f"demo/loads.toml, fältet late[{number}]"
        if late.measure not in catalogue.measures:
            yield Problem(f"Nyckeltalet ”{late.measure}” finns inte.", where, "Rätta namnet.")
        if late.unit not in catalogue.organisation.units:
            yield Problem(f"Verksamheten ”{late.unit}” finns inte.", where, "Rätta namnet.")


def _which(table: pd.DataFrame, late: list[LateSettings]) -> pd.Series:
    found = pd.Series(False, index=table.index)
    for one in late:
        found |= (
            (table["measure"] == one.measure)
            & (table["unit"] == one.unit)
            & (table["month"] == one.month.index)
            & (table["window"] == Window.MONTH.value)
            & table["sex"].isin(_CHANGED)
        )
    return found


def _otherwise(observations: pd.DataFrame, late: list[LateSettings]) -> pd.DataFrame:
    changed = observations.copy()
    for one in late:
        rows = _which(changed, [one])
        changed.loc[rows, "numerator"] = (changed.loc[rows, "numerator"] + one.numerator * FIXED).clip(
            lower=0
        )
    return changed
