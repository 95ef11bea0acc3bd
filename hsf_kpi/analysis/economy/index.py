"""A quantity over time as index of a base year's mean month, and its sums: nothing is told of what is not all known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from hsf_kpi.analysis.economy.types import IndexSeries
from hsf_kpi.model.ledger import months_of
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
    COST: "Kostnad utan interna köp",
}


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
    base, why = base_of(amounts, base_year)
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


def whole_sum(amounts: Amounts, months: Sequence[Month]) -> Fraction | None:
    """None unless every month is known."""
    known = [amount for month in months if (amount := amounts.get(month)) is not None]
    return sum(known, Fraction(0)) if known and len(known) == len(months) else None


def unknown_in(amounts: Amounts, months: Sequence[Month]) -> int:
    """How many of the months are not known."""
    return sum(amounts.get(month) is None for month in months)


def so_many(lacking: int, months: int) -> str:
    """«2 av 12»"""
    return f"{number(lacking, 0)} av {number(months, 0)}"


def base_of(amounts: Amounts, base_year: int) -> tuple[Fraction | None, str]:
    """The base year's mean month, or why there is none, as a Swedish sentence."""
    year = list(months_of(base_year))
    lacking = unknown_in(amounts, year)
    if lacking == len(year):
        first = min((month for month, amount in amounts.items() if amount is not None), default=None)
        if first is None:
            return None, "Det finns inga uppgifter."
        begins = f": de börjar i {month_text(first)}" if first > year[-1] else ""
        return None, f"Det finns inga uppgifter för basåret {base_year}{begins}."
    if lacking:
        return None, f"Uppgifter saknas för {so_many(lacking, len(year))} månader under basåret {base_year}."
    mean = (whole_sum(amounts, year) or Fraction(0)) / len(year)
    return (mean, "") if mean > 0 else (None, f"Basåret {base_year} är noll, så något index kan inte räknas.")


def _amount(amounts: Amounts, month: Month, *, rolling: bool) -> Fraction | None:
    if not rolling:
        return amounts.get(month)
    total = whole_sum(amounts, [month - n for n in range(12)])
    return None if total is None else total / 12


def _ratio(
    above: Sequence[Fraction | None], below: Sequence[Fraction | None], scale: int
) -> tuple[Fraction | None, ...]:
    return tuple(None if a is None or not b else a * scale / b for a, b in zip(above, below, strict=True))
