"""The shape of dialogue.toml: what heads of units have handed in for the dialogue."""

from __future__ import annotations

import datetime as dt
from typing import Self

from pydantic import Field, model_validator

from hsf_kpi.ingest.demo.settings_base import MonthText, Section
from hsf_kpi.model.dialogue import YearEnd


class AnalysisSettings(Section):
    """What is said of a figure. Several of one figure are versions, the last one standing."""

    measure: str
    text: str = Field(min_length=1)
    year_end: YearEnd | None = None
    reason: str = ""
    """Of the helårsbedömning."""
    on: dt.date | None = None
    """None: the day of the whole."""


class ActionSettings(Section):
    """An åtgärd; amount in whole kronor a year."""

    measure: str
    what: str = Field(min_length=1)
    responsible: str = Field(min_length=1)
    """A function."""
    due: MonthText
    effect: str = Field(min_length=1)
    amount: int | None = Field(default=None, ge=0)


class HandInSettings(Section):
    """What one unit has handed in for one month, written by one head on one day."""

    unit: str
    month: MonthText
    on: dt.date
    name: str = Field(min_length=1)
    """A function."""
    ready: bool = False
    forecast: int | None = None
    """The year's result in whole kronor; a deficit is negative."""
    forecast_reason: str = ""
    analysis: tuple[AnalysisSettings, ...] = ()
    action: tuple[ActionSettings, ...] = ()

    @model_validator(mode="after")
    def _order(self) -> Self:
        if self.on <= self.month.last_day:
            raise ValueError("on ska ligga efter månadens slut")
        if (self.forecast is None) != (not self.forecast_reason):
            raise ValueError("forecast och forecast_reason ska anges tillsammans")
        if any((one.year_end is None) != (not one.reason) for one in self.analysis):
            raise ValueError("year_end och reason ska anges tillsammans")
        return self


class DialogueSettings(Section):
    """dialogue.toml."""

    hand_in: tuple[HandInSettings, ...] = ()
