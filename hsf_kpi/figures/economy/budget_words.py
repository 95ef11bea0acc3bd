"""The words of Budget och ramar: which kinds of cost and revenue make the deviation, and the page's tiles."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hsf_kpi.analysis.economy.types import BudgetLine, Yardstick
from hsf_kpi.figures.words_tile import WordsTile
from hsf_kpi.model.account_plan import Side
from hsf_kpi.model.ledger import MNKR
from hsf_kpi.swedish.numbers import SPACE, number

AGAINST = {
    Yardstick.BUDGET: "budget",
    Yardstick.PROVISION: "underskottsposten",
    Yardstick.LAST_YEAR: "förra året",
}


def against_words(yardstick: Yardstick, *, own_budget: bool) -> str:
    """«budget», «underskottsposten», «förra året»; a unit without a provision has its own budget for both."""
    return "egen budget" if own_budget and yardstick is not Yardstick.LAST_YEAR else AGAINST[yardstick]


def budget_finding(lines: Sequence[BudgetLine], yardstick: Yardstick, *, own_budget: bool) -> str:
    """«Resultatet är 194,3 mnkr sämre än underskottsposten; egen personal gör mest, −61,2 mnkr»"""
    result = _result(lines)
    if result.period.actual is None:
        return "Inget utfall är bokfört för perioden"
    amount = result.period.amount
    if amount is None:
        why = "underlaget är inte helt" if not result.period.complete else f"{_missing(yardstick)} saknas"
        return f"Resultatet är {_mnkr(result.period.actual)}; {why}"
    against = against_words(yardstick, own_budget=own_budget)
    if not round(Fraction(amount * 10, MNKR)):
        return f"Resultatet är lika med {against}"
    word = "bättre" if amount > 0 else "sämre"
    start = f"Resultatet är {_mnkr(abs(amount))} {word} än {against}"
    most = _most(lines, amount)
    if most is None or most.period.amount is None:
        return start
    whole = f"{start}; {_inside(most.title)} gör mest, {_mnkr(most.period.amount, sign=True)}"
    return whole if len(whole) <= 100 else start


def budget_tiles(
    lines: Sequence[BudgetLine], yardstick: Yardstick, *, own_budget: bool
) -> tuple[WordsTile, ...]:
    """Result, revenue, staff cost as told by its group, and other costs: outcome, with the deviation under it."""
    result = _result(lines)
    sums = [line for line in lines if line.account is None and line.group is not None]
    revenue = [line for line in sums if line.group is not None and line.group.side is Side.REVENUE]
    costs = [line for line in sums if line.group is not None and line.group.side is Side.COST]
    costs.sort(key=lambda line: -(line.period.actual or 0))
    against = against_words(yardstick, own_budget=own_budget)
    tiles = [
        _tile("resultat", "Resultat", [result], against),
        _tile("intakter", "Intäkter", revenue, against),
        *(_tile(line.group.id, line.title, [line], against) for line in costs[:1] if line.group is not None),
        _tile("ovriga", "Övriga kostnader", costs[1:], against),
    ]
    return tuple(tiles)


def _tile(id_: str, name: str, lines: Sequence[BudgetLine], against: str) -> WordsTile:
    actual = [line.period.actual for line in lines if line.period.actual is not None]
    if not actual:
        return WordsTile(id_, name, "–", "", ("Inget är bokfört.",))
    amounts = [line.period.amount for line in lines]
    if any(amount is None for amount in amounts):
        under = "Kan inte jämföras: budget eller utfall saknas."
    else:
        total = sum(amount for amount in amounts if amount is not None)
        under = f"{_mnkr(abs(total))} {'bättre' if total >= 0 else 'sämre'} än {against}"
    return WordsTile(id_, name, number(Fraction(sum(actual), MNKR), 1), "mnkr", (under,))


def _result(lines: Sequence[BudgetLine]) -> BudgetLine:
    return next(line for line in reversed(lines) if line.account is None and line.group is None)


def _most(lines: Sequence[BudgetLine], whole: int) -> BudgetLine | None:
    """The account that does most in the direction of the whole deviation."""
    accounts = [line for line in lines if line.account is not None and not line.account.budget_only]
    same = [line for line in accounts if line.period.amount is not None and line.period.amount * whole > 0]
    return max(same, key=lambda line: abs(line.period.amount or 0), default=None)


def _missing(yardstick: Yardstick) -> str:
    return "förra årets utfall" if yardstick is Yardstick.LAST_YEAR else "budget"


def _inside(title: str) -> str:
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _mnkr(amount: int, *, sign: bool = False) -> str:
    return f"{number(Fraction(amount, MNKR), 1, sign=sign)}{SPACE}mnkr"
