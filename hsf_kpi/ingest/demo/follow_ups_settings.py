"""The shape of followups.toml: how it goes with what has been promised, as the demo tells it."""

from __future__ import annotations

import datetime as dt
from typing import Self

from pydantic import Field, model_validator

from hsf_kpi.ingest.demo.settings_base import MonthText, Section
from hsf_kpi.model.follow_up import STATES, ControlResult, EntryKind, Stage, Subject


class FollowUpSettings(Section):
    """What is said of one. Several of the same key are told for different months, or are versions in the file's order."""

    subject: Subject
    key: str
    """The letter of an åtgärd, the id of an activity of HoS 2029 or of a risk."""
    month: MonthText
    on: dt.date
    name: str = Field(min_length=1)
    """A function."""
    state: Stage | ControlResult
    text: str = ""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.on <= self.month.last_day:
            raise ValueError("on ska ligga efter månadens slut")
        if not isinstance(self.state, STATES[self.subject]):
            words = ", ".join(STATES[self.subject])
            raise ValueError(f"state ska vara ett av {words}")
        return self


class EntrySettings(Section):
    """A line in the register of an activity of HoS 2029; which fields it has depends on its kind."""

    activity: str
    kind: EntryKind
    month: MonthText
    on: dt.date
    name: str = Field(min_length=1)
    """A function."""
    text: str = Field(min_length=1)
    due: MonthText | None = None
    state: Stage | None = None
    other: str = ""
    likelihood: int | None = None
    consequence: int | None = None

    @model_validator(mode="after")
    def _order(self) -> Self:
        if self.on <= self.month.last_day:
            raise ValueError("on ska ligga efter månadens slut")
        return self


class FollowUpsSettings(Section):
    """followups.toml."""

    follow_up: tuple[FollowUpSettings, ...] = ()
    entry: tuple[EntrySettings, ...] = ()
