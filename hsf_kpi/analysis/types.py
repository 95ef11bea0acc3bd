"""The answers of the analysis: an outcome, and an outcome held against its target."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from hsf_kpi.model.cell import Cell
from hsf_kpi.model.codes import Missing, Origin, Sex, Status
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.organisation import Organisation
from hsf_kpi.model.period import Month, Period
from hsf_kpi.model.target import Target


@dataclass(frozen=True, slots=True)
class Outcome:
    """One value with all that must be said of it.

    `period` is the outcome's own (October 2023 shows a yearly measure's 2022). Either `value` or `missing` is
    set.
    `note` is the count for an incomplete sum («10 av 11 verksamheter»), shown with `*`; "" when complete.
    """

    measure: Measure
    unit: str
    sex: Sex
    period: Period
    value: Fraction | None
    missing: Missing | None
    note: str
    cell: Cell | None
    why: str = ""
    """A sentence for what is missing, where the kind of missing alone does not tell; "" elsewhere."""

    @property
    def starred(self) -> bool:
        return bool(self.note)

    @property
    def origin(self) -> Origin | None:
        return self.cell.origin if self.cell else None


@dataclass(frozen=True, slots=True)
class Assessment:
    """An outcome held against the target of the chosen month's year, and against the same period last year.

    gap: value − the bound that decides, signed so that plus is on the right side of the target; None when not
    assessable. reason: one Swedish sentence that gives the verdict its ground. inherited_from: the name of
    the unit above that the target comes from. change: value − last year's, in the unit of measure.
    """

    measure: Measure
    outcome: Outcome
    target: Target | None
    inherited_from: str | None
    status: Status
    gap: Fraction | None
    reason: str
    last_year: Outcome
    change: Fraction | None
    bound: Fraction | None
    """What it was compared with (95, last year's value, the national value); None when there is none."""
    judged: Outcome | None = None
    """The outcome that the verdict is about, where it is not the shown one: the budget's year to date."""
    compared: Outcome | None = None
    """The earlier outcome that a comparing target was held against; last year's, or a fixed year's."""
    not_compared: str = ""
    """Why the shown outcome is not compared with last year's though both may be known; "" elsewhere."""


@dataclass(frozen=True)
class Setting:
    """What stands around a series when it is assessed.

    national: measure key → year → the national value. as_of: the day the data are looked at (decides
    «försenat»). today: the month whose organisation is «dagens».
    """

    organisation: Organisation
    national: Mapping[str, Mapping[int, Fraction]]
    as_of: dt.date
    today: Month
