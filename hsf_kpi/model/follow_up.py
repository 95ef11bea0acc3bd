"""How it goes with what has been promised: follow-ups of the plan's åtgärder, of the activities of HoS 2029 and of the
controls, and the register that is filled while HoS 2029 goes on.

Nothing is overwritten: a change is a new version, with who and when. Everything is told for a month: what stands in a chosen
month is the latest version told for it or for a month before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from hsf_kpi.model.dialogue import Written
from hsf_kpi.model.period import Month


class Subject(StrEnum):
    """What is followed up. The key of one: the letter of an åtgärd, the id of an activity, the id of a risk."""

    ACTION = "atgard"
    ACTIVITY = "aktivitet"
    CONTROL = "kontroll"


class Stage(StrEnum):
    """How far an åtgärd, an activity or a delmål has come."""

    NOT_STARTED = "ej_paborjad"
    ONGOING = "pagar"
    DONE = "klar"
    LATE = "forsenad"


class ControlResult(StrEnum):
    """What a control of intern kontroll has shown. (Our words: the plan has none.)"""

    NOT_DONE = "ej_genomford"
    CLEAN = "utan_avvikelse"
    MINOR = "mindre_avvikelse"
    MAJOR = "vasentlig_avvikelse"


STATES: Mapping[Subject, type[Stage] | type[ControlResult]] = MappingProxyType(
    {Subject.ACTION: Stage, Subject.ACTIVITY: Stage, Subject.CONTROL: ControlResult}
)
"""Which words a follow-up of each can have."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What is said of one, told for a month. state: one of `STATES`. `written` is None before it is saved."""

    subject: Subject
    key: str
    month: Month
    state: Stage | ControlResult
    text: str
    written: Written | None = None


class EntryKind(StrEnum):
    RESPONSIBLE = "ansvarig"
    """The function that is responsible for the activity; the latest one stands."""
    MILESTONE = "delmal"
    DEPENDENCY = "beroende"
    RISK = "risk"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line in the register of an activity of HoS 2029, told for a month.

    text: the function, the delmål, what the dependency or the risk is about. due, state: of a delmål. other: the id of the
    activity that it depends on, "" for what lies outside HoS 2029. likelihood, consequence: of a risk, 1–`HIGHEST`.
    number: None before it is saved. removed: withdrawn, and kept in the history.
    """

    activity: str
    kind: EntryKind
    month: Month
    text: str
    due: Month | None = None
    state: Stage | None = None
    other: str = ""
    likelihood: int | None = None
    consequence: int | None = None
    number: int | None = None
    removed: bool = False
    written: Written | None = None

    @property
    def risk_value(self) -> int | None:
        """Sannolikhet × konsekvens."""
        if self.likelihood is None or self.consequence is None:
            return None
        return self.likelihood * self.consequence
