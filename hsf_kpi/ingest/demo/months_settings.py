"""The shape of months.toml: when the demo's months were reconciled, released and opened again."""

from __future__ import annotations

import datetime as dt
from typing import Final, Self
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator

from hsf_kpi.ingest.demo.settings_base import MonthText, Section
from hsf_kpi.model.month_step import LONGEST_NOTE, SHORTEST_NOTE, Step

_SWEDEN: Final = ZoneInfo("Europe/Stockholm")
_TIMES: Final = {
    Step.REOPENED: dt.time(8, 5),
    Step.RECONCILED: dt.time(13, 20),
    Step.RELEASED: dt.time(15, 45),
}


class StepSettings(Section):
    """One step. revenue, cost: whole kronor that the ledger's own report has more than ours, of the year so far."""

    month: MonthText
    step: Step
    on: dt.date
    note: str = Field(default="", max_length=LONGEST_NOTE)
    revenue: int = 0
    cost: int = 0

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.on <= self.month.last_day:
            raise ValueError("on ska ligga efter månadens slut")
        differs = bool(self.revenue or self.cost)
        if differs and self.step is not Step.RECONCILED:
            raise ValueError("revenue och cost hör till en avstämning (reconciled)")
        if (differs or self.step is Step.REOPENED) and not self.note:
            raise ValueError("note ska säga varför")
        if self.note and len(self.note) < SHORTEST_NOTE:
            raise ValueError(f"note ska ha minst {SHORTEST_NOTE} tecken")
        return self

    @property
    def at(self) -> dt.datetime:
        """A time of the day, so that a month that is opened again is so before it is corrected."""
        return dt.datetime.combine(self.on, _TIMES[self.step], _SWEDEN)


class MonthsSettings(Section):
    """months.toml. name: who did it, a function."""

    name: str = Field(default="Controller", min_length=1)
    step: tuple[StepSettings, ...] = ()
