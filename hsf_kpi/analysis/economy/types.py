"""What the analysis of the economy answers with. Amounts in whole kronor; plus is better in every deviation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from hsf_kpi.model.account_plan import AccountGroup, LedgerAccount
from hsf_kpi.model.ledger import Submitted
from hsf_kpi.model.period import Month


class Yardstick(StrEnum):
    """What an outcome is held against (Jämför mot); in links budget, underskott, fjol. Never changes the outcome."""

    BUDGET = "budget"
    """The budget with the provision: 0 for the förvaltning."""
    PROVISION = "underskott"
    """The budget without the provision: −800 for the förvaltning, the own budget for every operating unit."""
    LAST_YEAR = "fjol"


class Phasing(StrEnum):
    """How a year's amount is spread over its months; in links inlast, jamn, sasong."""

    LOADED = "inlast"
    EVEN = "jamn"
    SEASONAL = "sasong"


@dataclass(frozen=True, slots=True)
class TargetPath:
    """A year's result by budget, accumulated by month: twelve amounts, the last is the year's.

    yardstick: BUDGET or PROVISION. The two are one where there is no provision; then only BUDGET is told.
    phasing: the one used, which is EVEN where the wanted one can't be made (`why_even` then says why).
    """

    yardstick: Yardstick
    year_end: int
    accumulated: tuple[int, ...]
    phasing: Phasing
    why_even: str = ""


@dataclass(frozen=True, slots=True)
class RunRate:
    """What each month left must give on average: actual + months left × needed = target, exactly. kr a month.

    needed is None in December and where the result to date is incomplete.
    """

    yardstick: Yardstick
    target: int
    months_left: int
    needed: Fraction | None


@dataclass(frozen=True, slots=True)
class Backtest:
    """How the method would have done: forecasts of the year's result made after each month of earlier years.

    years: those tried. error, naive_error: mean absolute error in kronor of the method and of «same as last year +
    drift». covered, tried: how many of the outcomes fell inside the 80 % interval.
    """

    years: tuple[int, ...]
    error: int
    naive_error: int
    covered: int
    tried: int


@dataclass(frozen=True, slots=True)
class StatisticalForecast:
    """The year's result by statistics, made after `month`. Every amount is accumulated from January, kronor.

    months: those left of the year. middle, low80, high80, low50, high50: one for each of them; the last is the year's.
    method: Swedish words for how it was made; it is the naive one where nothing better was found (`is_naive`).
    """

    month: Month
    months: tuple[Month, ...]
    middle: tuple[int, ...]
    low80: tuple[int, ...]
    high80: tuple[int, ...]
    low50: tuple[int, ...]
    high50: tuple[int, ...]
    method: str
    is_naive: bool
    backtest: Backtest | None

    @property
    def landing(self) -> int:
        return self.middle[-1]


@dataclass(frozen=True, slots=True)
class NoForecast:
    """Why there is no statistical forecast, as a Swedish sentence."""

    why: str


@dataclass(frozen=True)
class Trajectory:
    """The result of one year, accumulated. `months`: January–December; the lists have one place for each.

    monthly: the month's own result up to and with `month`, None where it is not booked (or after `month`).
    accumulated: the sum so far of the months that are booked; None in a month that is not, and after `month`.
    gaps: months up to `month` without an outcome. partial: those in which some unit below has not booked.
    to_date: the latest sum; None where nothing is booked. average: to_date by the number of months booked, kr.
    last_year_to_date: the same months last year, None unless all of them are booked.
    """

    unit: str
    year: int
    month: Month
    months: tuple[Month, ...]
    monthly: tuple[int | None, ...]
    accumulated: tuple[int | None, ...]
    to_date: int | None
    average: Fraction | None
    last_year_to_date: int | None
    targets: tuple[TargetPath, ...]
    run_rates: tuple[RunRate, ...]
    submitted: tuple[Submitted, ...]
    statistical: StatisticalForecast | NoForecast
    gaps: tuple[Month, ...] = ()
    partial: tuple[Month, ...] = ()

    @property
    def judged(self) -> bool:
        """Whether the sum to date may be held against anything: nothing is missing in it."""
        return self.to_date is not None and not self.gaps and not self.partial

    @property
    def latest(self) -> Submitted | None:
        """The latest submitted forecast."""
        return self.submitted[-1] if self.submitted else None

    def target(self, yardstick: Yardstick) -> TargetPath | None:
        """The path of that yardstick; where there is no provision the budget's serves for both."""
        by = {path.yardstick: path for path in self.targets}
        return by.get(yardstick) or (by.get(Yardstick.BUDGET) if yardstick is Yardstick.PROVISION else None)


@dataclass(frozen=True, slots=True)
class Deviation:
    """An outcome held against a yardstick over the same months. Each None where it is not known.

    complete: nothing is missing in the outcome. amount = actual − against for a result and for revenue, against − actual
    for a cost, so that plus is better.
    """

    actual: int | None
    against: int | None
    amount: int | None
    complete: bool = True

    @property
    def share(self) -> Fraction | None:
        """The deviation in percent of what it is held against; None without a base."""
        if self.amount is None or not self.against:
            return None
        return Fraction(self.amount * 100, abs(self.against))


@dataclass(frozen=True, slots=True)
class ContributionRow:
    """What one unit makes of the whole deviation. unit None: what no listed unit makes (outside the scope, or ended).

    provision: the part that is the deficit provision itself, 0 but for the unit that carries it against BUDGET.
    """

    unit: str | None
    deviation: Deviation
    provision: int = 0


@dataclass(frozen=True)
class Contribution:
    """The rows sum to `whole`'s amount exactly; worst first, the row without a unit last."""

    yardstick: Yardstick
    months: tuple[Month, ...]
    whole: Deviation
    rows: tuple[ContributionRow, ...]


@dataclass(frozen=True, slots=True)
class BridgeStep:
    id: str
    title: str
    amount: int


@dataclass(frozen=True, slots=True)
class Bridge:
    """start + Σ steps = end, exactly, in kronor. Plus is better. `title`s are Swedish."""

    id: str
    start_title: str
    start: int
    steps: tuple[BridgeStep, ...]
    end_title: str
    end: int


@dataclass(frozen=True)
class BudgetLine:
    """A line of the budget table: an account, a group's sum, or the result (both None).

    period: the chosen months. year_budget, year_forecast: of the whole year (None where unknown). internal: the amount
    eliminated on it in the period, outcome.
    """

    account: LedgerAccount | None
    group: AccountGroup | None
    title: str
    period: Deviation
    year_budget: int | None
    year_forecast: int | None
    last_year: int | None
    internal: int | None = None


@dataclass(frozen=True, slots=True)
class Pull:
    """A lever pulled: `value` in its unit, or an own line (`lever` None) with `title` and kronor a month, from `start`."""

    lever: str | None
    value: Fraction
    start: Month
    title: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    pulls: tuple[Pull, ...] = ()


@dataclass(frozen=True, slots=True)
class PullEffect:
    """What one pull does to the result of each month left, kronor (plus is better), and in all."""

    pull: Pull
    title: str
    assumption: str
    by_month: tuple[int, ...]
    total: int
    why_nothing: str = ""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The landing recomputed: base + Σ effects = landing. base_is: «den lämnade prognosen» or «den statistiska prognosen».

    gap: landing − the target without the provision's help (−800 for the förvaltning); plus is better.
    """

    base: int
    base_is: str
    months: tuple[Month, ...]
    effects: tuple[PullEffect, ...]
    landing: int
    target: int | None
    gap: int | None


class Verdict(StrEnum):
    """Whether a unit did as an assignment says in a month."""

    COMPLIED = "complied"
    BROKE = "broke"
    MOVED = "moved"
    """It grew, by no more than a decided and financed move."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ComplianceCell:
    """value: the month's (persons, or kronor); change: against the month before; moved: by decided and financed moves.

    own: change − moved, what is judged. masked: there is a value, but few persons. why: for UNKNOWN, in Swedish.
    """

    month: Month
    value: Fraction | None
    change: Fraction | None
    moved: int
    own: Fraction | None
    verdict: Verdict
    why: str = ""
    starred: bool = False


@dataclass(frozen=True)
class ComplianceRow:
    """in_row: how many months in a row up to the last it has complied (COMPLIED or MOVED); broke_in_row: has not.

    since: the sum of `own` since the December before, None where a month is unknown. ended: the row of months was ended
    by a missing one (unknown), not by a verdict.
    """

    unit: str
    cells: tuple[ComplianceCell, ...]
    in_row: int
    broke_in_row: int
    since: Fraction | None
    ended_unknown: bool = False


@dataclass(frozen=True)
class Compliance:
    """Units by months of the year up to the chosen one. whole: the chosen unit itself, judged by its own rule."""

    assignment: str
    """«medarbetare» or «hyrpersonal»"""
    months: tuple[Month, ...]
    whole: ComplianceRow
    rows: tuple[ComplianceRow, ...]

    def complied(self, month: Month) -> tuple[str, ...]:
        """The units below that complied in the month."""
        return tuple(row.unit for row in self.rows for cell in row.cells
                     if cell.month == month and cell.verdict in (Verdict.COMPLIED, Verdict.MOVED))  # fmt: skip

    def judged(self, month: Month) -> tuple[str, ...]:
        return tuple(row.unit for row in self.rows for cell in row.cells
                     if cell.month == month and cell.verdict is not Verdict.UNKNOWN)  # fmt: skip


@dataclass(frozen=True)
class IndexSeries:
    """A quantity over time as index, the base year's mean month = 100. values: None where unknown or no base.

    key: the measure («besok») or «kostnad»; amounts: what the index is made of, in the quantity's own unit.
    """

    key: str
    title: str
    base_year: int
    months: tuple[Month, ...]
    values: tuple[Fraction | None, ...]
    amounts: tuple[Fraction | None, ...]
    why_none: str = ""
    agreed: tuple[Fraction | None, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)
