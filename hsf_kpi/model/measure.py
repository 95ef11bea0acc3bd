"""A measure (nyckeltal): one thing measured, with one definition. The plan's 48 rows are measures with a target."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.codes import Direction, Persons, Sex, UnitOfMeasure
from hsf_kpi.model.period import Month, Window
from hsf_kpi.model.target import Baseline, Target


class Counted(StrEnum):
    """What a ratio counts, where it counts something: decides the limits of a funnel and the interval of a value."""

    SHARE = "share"
    """The numerator counts some of what the denominator counts (patients within 90 days of all patients)."""
    RATE = "rate"
    """The numerator counts events for an amount of something (persons who left for the mean number employed)."""


@dataclass(frozen=True, slots=True)
class Definition:
    """What «Om nyckeltalet» tells. Swedish text; numerator and denominator are empty where there is none."""

    what: str
    why: str
    numerator: str = ""
    denominator: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ExternalSeries:
    """A public series, e.g. Kolada U70446. `window`: what a value of the series covers (a spring measurement is delår 1).

    role «outcome»: same definition and scope as the plan's row, serves as its outcome and gives the national value.
    role «related»: something else under a similar name, shown beside, never in the same series.
    """

    register: str
    id: str
    role: str
    note: str = ""
    window: Window = Window.YEAR


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How close to a target counts as «nära». Our convention. `relative`: a share of the target (5 %), else absolute."""

    amount: Decimal
    relative: bool


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a measure's observations are made from the ledger at each load, so that the two can't disagree.

    rule: result_deviation, result_change, forecast_deviation, cost_growth, account_ratio, cost_per_hour, accumulated.
    numerator, denominator: accounts, for the rules that take them. hours: the measure whose numerator is the
    denominator of cost_per_hour. first: the first month derived.
    """

    rule: str
    numerator: tuple[str, ...] = ()
    denominator: tuple[str, ...] = ()
    hours: str = ""
    first: Month | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure. `key` is the indicator's id, with a part after a dot: «sjukfranvaro», «vardgaranti.telefon».

    `scale` turns the quotient of stored components into the unit of measure. `windows` are the cadences in the plan's
    own order («Månad, Delår, År»); `measured` the windows that observations exist for. `row` is the plan's row, 1–48,
    None for a nyckeltal outside the plan.
    """

    key: str
    indicator: str
    part: str
    name: str
    short_name: str
    row: int | None
    goal_area: str
    goal: str
    definition: Definition
    unit_of_measure: UnitOfMeasure
    direction: Direction
    aggregation: Aggregation
    scale: Fraction
    decimals: int
    by_sex: bool
    applies_to: tuple[str, ...]
    measured_at: tuple[str, ...]
    reporting: str
    measured: tuple[Window, ...]
    due_day: int
    persons: Persons
    threshold: int
    tolerance: Tolerance | None
    source: str
    targets: tuple[Target, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    external: tuple[ExternalSeries, ...] = ()
    related: tuple[str, ...] = ()
    component_unit: str = ""
    subject: str = ""
    """How a sentence about the measure begins («Hyrpersonalens andel»); "" for the short name."""
    threshold_by_sex: int | None = None
    """The threshold for women and men apart, where it differs."""
    person_hours: int | None = None
    """Where what counts persons is in hours: the hours of one person in a month, which turn a sum into a group's size."""
    sources_note: str = ""
    derived: Derivation | None = None
    counted: Counted | None = None
    """None where chance says nothing of the numbers: amounts (kronor), or events that hang together (care days)."""
    counted_unit: str = ""
    """What the denominator counts («personmånader»), where it is not `component_unit`."""

    @property
    def in_sentence(self) -> str:
        return self.subject or self.short_name

    @property
    def monthly(self) -> bool:
        return Window.MONTH in self.measured

    def target_for(self, year: int) -> Target | None:
        """The target for everybody: the plan's targets carry no sex, and the total's applies."""
        return next((t for t in self.targets if t.year == year and t.sex is Sex.ALL), None)

    def outcome_series(self, register: str = "kolada") -> str | None:
        """The id of the public series that serves as this measure's outcome, if any."""
        return next((x.id for x in self.external if x.register == register and x.role == "outcome"), None)
