"""Production against staff and cost: as index of a base year, for each årsarbetare, and against what was agreed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hsf_kpi.analysis.economy.types import IndexSeries
from hsf_kpi.analysis.types import Outcome
from hsf_kpi.model.account_plan import Side
from hsf_kpi.model.aggregation import FIXED
from hsf_kpi.model.ledger import AmountKind, UnitLedger, months_of
from hsf_kpi.model.period import Month
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.numbers import number

Amounts = Mapping[Month, Fraction | None]
"""A quantity by month, None where not known."""

BASE_YEAR = 2019
STAFF, TOTAL_STAFF, COST, DRG = "arsarbetare", "total-bemanning", "kostnad", "drg-per-arsarbetare"
"""Keys of the quantities that are no production of their own; DRG is told by the numerator of its measure."""

_PER_STAFF = f"-per-{STAFF}"

TITLE: Mapping[str, str] = {
    "besok": "Besök",
    "vardtillfallen": "Vårdtillfällen",
    "operationer": "Operationer",
    DRG: "DRG-poäng",
    STAFF: "Årsarbetare",
    TOTAL_STAFF: "Total bemanning",
    COST: "Bruttokostnad",
}
AGREED: Mapping[str, str] = {
    "besok": "besok-overenskomna",
    "vardtillfallen": "vardtillfallen-overenskomna",
    "operationer": "operationer-overenskomna",
    DRG: "drg-overenskomna",
}
"""Production → the measure that tells what was agreed of it."""


@dataclass(frozen=True, slots=True)
class AgainstAgreed:
    """Outcome and agreed over the same months. Each None where not known; `why_none` then says why, in Swedish.

    difference: outcome − agreed, plus is more than agreed. percent: outcome in percent of agreed.
    """

    key: str
    title: str
    outcome: Fraction | None
    agreed: Fraction | None
    why_none: str = ""

    @property
    def difference(self) -> Fraction | None:
        if self.outcome is None or self.agreed is None:
            return None
        return self.outcome - self.agreed

    @property
    def percent(self) -> Fraction | None:
        if self.outcome is None or not self.agreed:
            return None
        return self.outcome * 100 / self.agreed


@dataclass(frozen=True, slots=True)
class SinceBase:
    """The chosen months against the same months of the base year, so that seasons do not matter. Sums (for staff too: of
    months, which gives the same percent as their mean). percent: the change; None with `why_none`.
    """

    key: str
    title: str
    base_year: int
    now: Fraction | None
    base: Fraction | None
    last_year: Fraction | None
    why_none: str = ""

    @property
    def percent(self) -> Fraction | None:
        return _growth(self.now, self.base)

    @property
    def percent_last_year(self) -> Fraction | None:
        """The change against the same months last year."""
        return _growth(self.now, self.last_year)


@dataclass(frozen=True)
class Production:
    """series: the quantities as index, in the order given. productivity: production's index by that of own årsarbetare
    (key «besok-per-arsarbetare»; 100 = as in the base year; amounts per årsarbetare). since: the same quantities over the
    chosen months. against: those that something can be agreed about.
    """

    base_year: int
    series: tuple[IndexSeries, ...]
    productivity: tuple[IndexSeries, ...]
    since: tuple[SinceBase, ...]
    against: tuple[AgainstAgreed, ...]


def production(
    amounts: Mapping[str, Amounts],
    months: Sequence[Month],
    chosen: Sequence[Month],
    agreed: Mapping[str, Amounts],
    *,
    rolling: bool = False,
    base_year: int = BASE_YEAR,
) -> Production:
    """Everything of the page. amounts, agreed: key (of `TITLE`) → months; what is not in TITLE is left out.

    months: those drawn. chosen: those summed (`deviations.months_in`). rolling: each index of the mean of twelve months.
    """
    keys = [key for key in amounts if key in TITLE]
    series = {
        key: index_series(
            key, amounts[key], months, agreed=agreed.get(key), rolling=rolling, base_year=base_year
        )
        for key in keys
    }
    made = [key for key in keys if key in AGREED]
    staff = series.get(STAFF)
    return Production(
        base_year,
        tuple(series.values()),
        tuple(per_staff(series[key], staff) for key in made) if staff is not None else (),
        tuple(since_base(key, amounts[key], chosen, base_year) for key in keys),
        tuple(against_agreed(key, amounts[key], agreed.get(key, {}), chosen) for key in made),
    )


def index_series(
    key: str,
    amounts: Amounts,
    months: Sequence[Month],
    *,
    agreed: Amounts | None = None,
    rolling: bool = False,
    base_year: int = BASE_YEAR,
) -> IndexSeries:
    """A quantity with the base year's mean month as 100; `agreed` in the quantity's own unit, as its amounts.

    rolling: each amount is the mean of the twelve months up to it, so that the base year's December is 100. KeyError for a
    key that has no title.
    """
    base, why = _base(amounts, base_year)
    found = tuple(_amount(amounts, month, rolling=rolling) for month in months)
    values = tuple(None if base is None or amount is None else amount * 100 / base for amount in found)
    return IndexSeries(
        key,
        TITLE[key],
        base_year,
        tuple(months),
        values,
        found,
        why,
        tuple(_amount(agreed, month, rolling=rolling) for month in months) if agreed else (),
    )


def per_staff(made: IndexSeries, staff: IndexSeries) -> IndexSeries:
    """The index of what is produced by that of årsarbetare: 100 where each gives what it gave in the base year."""
    return IndexSeries(
        f"{made.key.removesuffix(_PER_STAFF)}{_PER_STAFF}",
        f"{made.title} per årsarbetare",
        made.base_year,
        made.months,
        _ratio(made.values, staff.values, 100),
        _ratio(made.amounts, staff.amounts, 1),
        made.why_none or staff.why_none,
    )


def against_agreed(key: str, amounts: Amounts, agreed: Amounts, chosen: Sequence[Month]) -> AgainstAgreed:
    """Both summed over the chosen months; neither is told where a month of it is not known."""
    lacks_outcome, lacks_agreed = _unknown(amounts, chosen), _unknown(agreed, chosen)
    why = ""
    if lacks_agreed == len(chosen):
        why = "Ingen överenskommen produktion finns för de valda månaderna."
    elif lacks_agreed:
        why = f"Överenskommen produktion saknas för {_of(lacks_agreed, len(chosen))} valda månader."
    elif lacks_outcome:
        why = f"Utfall saknas för {_of(lacks_outcome, len(chosen))} valda månader."
    return AgainstAgreed(key, TITLE[key], _sum(amounts, chosen), _sum(agreed, chosen), why)


def since_base(key: str, amounts: Amounts, chosen: Sequence[Month], base_year: int = BASE_YEAR) -> SinceBase:
    """The chosen months against the same months of the base year, and of last year."""
    then = [Month.of(base_year, month.number) for month in chosen]
    now, base = _sum(amounts, chosen), _sum(amounts, then)
    why = ""
    if now is None:
        why = f"Utfall saknas för {_of(_unknown(amounts, chosen), len(chosen))} valda månader."
    elif not base:
        why = _base(amounts, base_year)[1] or f"Samma månader {base_year} är noll."
    last_year = _sum(amounts, [month - 12 for month in chosen])
    return SinceBase(key, TITLE[key], base_year, now, base, last_year, why)


def gross_cost(ledger: UnitLedger, months: Iterable[Month]) -> dict[Month, Fraction | None]:
    """Every cost but the provision, amounts between units below taken out, kronor; None where not fully booked."""
    costs = [one.id for one in ledger.accounts if one.side is Side.COST and not one.budget_only]
    return {
        month: Fraction(sum(ledger.amount(AmountKind.ACTUAL, account, month) or 0 for account in costs))
        if ledger.complete(month)
        else None
        for month in months
    }


def amounts_of(outcomes: Iterable[Outcome], *, numerator: bool = False) -> dict[Month, Fraction | None]:
    """Outcomes of single months as amounts, or their numerators (DRG-poäng). None where missing, masked or incomplete."""
    return {
        one.period.end: None if one.starred else _numerator(one) if numerator else one.value
        for one in outcomes
    }


def _numerator(outcome: Outcome) -> Fraction | None:
    cell = outcome.cell
    if outcome.value is None or cell is None or cell.numerator is None:
        return None
    return Fraction(cell.numerator, FIXED)


def _base(amounts: Amounts, base_year: int) -> tuple[Fraction | None, str]:
    """The base year's mean month, or why there is none, as a Swedish sentence."""
    year = list(months_of(base_year))
    lacking = _unknown(amounts, year)
    if lacking == len(year):
        first = min((month for month, amount in amounts.items() if amount is not None), default=None)
        if first is None:
            return None, "Det finns inga uppgifter."
        begins = f": de börjar i {month_text(first)}" if first > year[-1] else ""
        return None, f"Det finns inga uppgifter för basåret {base_year}{begins}."
    if lacking:
        return None, f"Uppgifter saknas för {_of(lacking, len(year))} månader under basåret {base_year}."
    mean = (_sum(amounts, year) or Fraction(0)) / len(year)
    return (mean, "") if mean > 0 else (None, f"Basåret {base_year} är noll, så något index kan inte räknas.")


def _amount(amounts: Amounts, month: Month, *, rolling: bool) -> Fraction | None:
    if not rolling:
        return amounts.get(month)
    total = _sum(amounts, [month - n for n in range(12)])
    return None if total is None else total / 12


def _sum(amounts: Amounts, months: Sequence[Month]) -> Fraction | None:
    """None unless every month is known."""
    known = [amount for month in months if (amount := amounts.get(month)) is not None]
    return sum(known, Fraction(0)) if known and len(known) == len(months) else None


def _unknown(amounts: Amounts, months: Sequence[Month]) -> int:
    return sum(amounts.get(month) is None for month in months)


def _of(lacking: int, months: int) -> str:
    return f"{number(lacking, 0)} av {number(months, 0)}"


def _ratio(
    above: Sequence[Fraction | None], below: Sequence[Fraction | None], scale: int
) -> tuple[Fraction | None, ...]:
    return tuple(None if a is None or not b else a * scale / b for a, b in zip(above, below, strict=True))


def _growth(now: Fraction | None, then: Fraction | None) -> Fraction | None:
    return None if now is None or not then else (now / then - 1) * 100
