"""The cells of a preview's tables: values, names and counts as people read them."""

from __future__ import annotations

from fractions import Fraction

from hsf_kpi.figures.economy.cells import UNKNOWN, with_mnkr
from hsf_kpi.figures.incoming_words import KIND_WORD
from hsf_kpi.figures.phrases import difference, how_many
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Period
from hsf_kpi.model.preview import Change, TotalMove
from hsf_kpi.swedish.dates import period_text
from hsf_kpi.swedish.numbers import SPACE, decimals_to_tell_apart, number, value_text
from hsf_kpi.swedish.periods import period_words


def amounts(
    before: Fraction | None, after: Fraction | None, measure: Measure | None, *, exactly: bool = False
) -> tuple[str, str]:
    """Both in the decimals that tell them apart. Without a measure kronor: exactly, or as mnkr."""
    if measure is None:
        one, other = (kronor(amount, exactly) for amount in (before, after))
        return one, other
    decimals = None
    if before is not None and after is not None:
        decimals = decimals_to_tell_apart(before, after, measure)
    one, other = (
        UNKNOWN if value is None else value_text(value, measure, decimals=decimals)
        for value in (before, after)
    )
    return one, other


def kronor(amount: Fraction | None, exactly: bool, *, sign: bool = False) -> str:
    if amount is None:
        return UNKNOWN
    return f"{number(amount, 0, sign=sign)}{SPACE}kr" if exactly else with_mnkr(amount, sign=sign)


def moved_cell(amount: Fraction | None, measure: Measure | None, *, exactly: bool = False) -> str:
    if amount is None:
        return UNKNOWN
    return kronor(amount, exactly, sign=True) if measure is None else difference(amount, measure, sign=True)


def period_cell(period: Period, measure: Measure | None) -> str:
    return period_text(period) if measure is None else period_words(measure, period)


def unit_name(unit: str, catalogue: Catalogue) -> str:
    return catalogue.organisation.units[unit].name if unit in catalogue.organisation.units else unit


def measure_name(key: str, catalogue: Catalogue) -> str:
    return catalogue.measure(key).short_name if key else "utfall i huvudboken"


def total_name(total: TotalMove, catalogue: Catalogue) -> str:
    if total.kind is None:
        return catalogue.measure(total.key).name
    groups = {account.group.id: account.group.title for account in catalogue.ledger_accounts}
    return f"{groups.get(total.key, total.key)}, {KIND_WORD[total.kind]}"


def account_name(change: Change, catalogue: Catalogue) -> str:
    titles = {account.id: account.title for account in catalogue.ledger_accounts}
    title = titles.get(change.key, change.key)
    return f"{title}, {KIND_WORD[change.kind] if change.kind is not None else 'prognos'}"


def row_cell(row: int) -> str:
    return number(row, 0) if row else ""


def counted(count: int, one: str, many: str) -> str:
    """one: the whole phrase of one («Ett värde sticker ut»); many: what stands after the number."""
    return one if count == 1 else f"{how_many(count, capital=True)} {many}"
