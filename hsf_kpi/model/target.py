"""What the plan says should be reached, and the value it started from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from hsf_kpi.model.codes import Sex
from hsf_kpi.model.period import Period


class TargetKind(StrEnum):
    AT_LEAST = "at_least"
    ABOVE = "above"
    AT_MOST = "at_most"
    BELOW = "below"
    BETWEEN = "between"
    MORE_THAN_LAST_YEAR = "more_than_last_year"
    LESS_THAN_LAST_YEAR = "less_than_last_year"
    LESS_THAN_FIXED_YEAR = "less_than_fixed_year"
    BETTER_THAN_NATIONAL = "better_than_national"
    ON_BUDGET = "on_budget"
    AMOUNT_AT_LEAST = "amount_at_least"
    ACCORDING_TO_PLAN = "according_to_plan"

    @property
    def needs_low(self) -> bool:
        return self in _LOW

    @property
    def needs_high(self) -> bool:
        return self in _HIGH


_LOW = {TargetKind.AT_LEAST, TargetKind.ABOVE, TargetKind.BETWEEN, TargetKind.AMOUNT_AT_LEAST}
_HIGH = {TargetKind.AT_MOST, TargetKind.BELOW, TargetKind.BETWEEN}


@dataclass(frozen=True, slots=True)
class Target:
    """A target for one year. `wording` is the plan's own, untouched (line breaks joined).

    low and high are in the measure's unit of measure (95 for 95 %, 8 for 8 min, -800 for −800 mnkr).
    """

    year: int
    kind: TargetKind
    wording: str
    source: str
    low: Decimal | None = None
    high: Decimal | None = None
    fixed_year: int | None = None
    sex: Sex = Sex.ALL


@dataclass(frozen=True, slots=True)
class Baseline:
    """A «nuvärde»: the value the plan states as the starting point, for its own date.

    `period` is None where the plan's date is no single period of ours («2020/2021»). `decimals` are those printed.
    `anchors` says that demo months must agree with it.
    """

    label: str
    wording: str
    sex: Sex
    value: Decimal | None
    decimals: int
    period: Period | None
    kind: str
    source: str
    note: str = ""
