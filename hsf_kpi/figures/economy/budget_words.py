"""The words of Budget och ramar: which kinds of cost and revenue make the deviation, and the page's tiles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hsf_kpi.analysis.economy.types import BudgetLine, Yardstick
from hsf_kpi.figures.economy.words import mnkr, mnkr_text, shown
from hsf_kpi.figures.findings import LONGEST_HEADING
from hsf_kpi.figures.words_tile import WordsTile
from hsf_kpi.model.account_plan import Side
from hsf_kpi.swedish.words import inside

AGAINST = {
    Yardstick.BUDGET: "budget",
    Yardstick.PROVISION: "budgeten utan underskottspost",
    Yardstick.LAST_YEAR: "förra året",
}
"""Characters of the sentence over a page."""


def against_words(yardstick: Yardstick, *, own_budget: bool) -> str:
    """«budget», «budgeten utan underskottspost», «förra året»; a unit without a provision has its own budget for both."""
    return "egen budget" if own_budget and yardstick is not Yardstick.LAST_YEAR else AGAINST[yardstick]


def budget_finding(lines: Sequence[BudgetLine], yardstick: Yardstick, *, own_budget: bool) -> str:
    """«Resultatet är 194,3 mnkr sämre än underskottsposten; egen personal gör mest, −61,2 mnkr»"""
    result = _result(lines)
    if result.period.actual is None:
        return "Inget resultat är bokfört för perioden"
    amount = result.period.amount
    if amount is None:
        if not result.period.complete:
            return f"Resultatet är {mnkr_text(result.period.actual)} på ett underlag som inte är helt"
        return f"Resultatet är {mnkr_text(result.period.actual)}; {_missing(yardstick)} saknas"
    against = against_words(yardstick, own_budget=own_budget)
    if not shown(amount):
        return f"Resultatet är lika med {against}"
    word = "bättre" if amount > 0 else "sämre"
    start = f"Resultatet är {mnkr_text(abs(amount))} {word} än {against}"
    return next((s for s in _with_most(start, lines, amount) if len(s) <= LONGEST_HEADING), start)


def _with_most(start: str, lines: Sequence[BudgetLine], whole: int) -> Iterator[str]:
    most = _most(lines, whole)
    if most is None or most.account is None or most.period.amount is None:
        return
    amount = mnkr_text(most.period.amount, sign=True)
    if most.account.budget_only:
        yield f"{start}, varav underskottsposten {amount}"
    else:
        yield f"{start}; {inside(most.title)} gör mest, {amount}"


def budget_tiles(
    lines: Sequence[BudgetLine], yardstick: Yardstick, *, own_budget: bool
) -> tuple[WordsTile, ...]:
    """Result, revenue, the largest group of costs, and other costs: outcome, with the deviation under it."""
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
        _tile("ovriga", "Övriga kostnader" if costs else "Kostnader", costs[1:], against),
    ]
    return tuple(tiles)


def _tile(id_: str, name: str, lines: Sequence[BudgetLine], against: str) -> WordsTile:
    actual = [line.period.actual for line in lines if line.period.actual is not None]
    if not actual:
        return WordsTile(id_, name, "–", "", ("Inget är bokfört.",))
    star = "" if all(line.period.complete for line in lines) else "*"
    return WordsTile(id_, name, f"{mnkr(sum(actual))}{star}", "mnkr", (_under(lines, against),))


def _under(lines: Sequence[BudgetLine], against: str) -> str:
    if not all(line.period.complete for line in lines):
        return "* underlaget är inte helt, bedöms inte"
    amounts = [line.period.amount for line in lines if line.period.amount is not None]
    if len(amounts) < len(lines):
        last_year = against == AGAINST[Yardstick.LAST_YEAR]
        return f"Kan inte jämföras: {'förra årets utfall' if last_year else 'budget'} saknas."
    total = sum(amounts)
    if not shown(total):
        return f"Lika med {against}"
    return f"{mnkr_text(abs(total))} {'bättre' if total > 0 else 'sämre'} än {against}"


def _result(lines: Sequence[BudgetLine]) -> BudgetLine:
    return next(line for line in reversed(lines) if line.account is None and line.group is None)


def _most(lines: Sequence[BudgetLine], whole: int) -> BudgetLine | None:
    """The account that does most in the direction of the whole deviation; the provision is one, where it is a line."""
    accounts = [line for line in lines if line.account is not None]
    same = [line for line in accounts if shown(line.period.amount or 0) * whole > 0]
    return max(same, key=lambda line: abs(line.period.amount or 0), default=None)


def _missing(yardstick: Yardstick) -> str:
    return "förra årets utfall" if yardstick is Yardstick.LAST_YEAR else "budget"
