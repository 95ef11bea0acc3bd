"""«Räknat så här»: the rows behind a shown value, down to file, row and load."""

from __future__ import annotations

from functools import lru_cache

from hsf_kpi.composing.ask import KEPT, Ask
from hsf_kpi.composing.choices import ACCOUNT
from hsf_kpi.composing.composed import Composed
from hsf_kpi.composing.economy import months_of_view
from hsf_kpi.figures.quality.contributions import contributions_table, ledger_contributions_table
from hsf_kpi.model.account_plan import LedgerAccount
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.problems import NotFound, Problem

NO_SUCH_ACCOUNT = "Kontot i länken finns inte."


@lru_cache(maxsize=KEPT)
def rows(ask: Ask) -> Composed | None:
    """Those of the measure asked about; None where there is no value."""
    key = ask.measure or ""
    found = ask.quality.contributions(ask.scope, ask.selection, key)
    if found is None:
        return None
    outcome = ask.workspace.assessment(ask.scope, ask.selection, key).outcome
    names = ask.names(row.unit for row in found.rows)
    figure = contributions_table(found, outcome, names, context=ask.context())
    return Composed(figure, named=tuple(names), keys=(key,))


def accounts(ask: Ask) -> dict[str, LedgerAccount]:
    """The accounts that can hold an outcome, by id."""
    return {account.id: account for account in ask.catalogue.ledger_accounts if not account.budget_only}


@lru_cache(maxsize=KEPT)
def entries(ask: Ask) -> Composed | None:
    """Those of the chosen account's outcome; None where nothing is booked. NotFound, in words, for an unknown account."""
    account = accounts(ask).get(ask.extra(ACCOUNT))
    if account is None:
        raise NotFound(Problem(NO_SUCH_ACCOUNT))
    found = ask.quality.ledger_contributions(
        ask.scope, ask.selection, account.id, AmountKind.ACTUAL, months_of_view(ask)
    )
    if found is None:
        return None
    figure = ledger_contributions_table(
        found,
        account,
        ask.names(unit for row in found.rows for unit in (row.unit, row.counterpart)),
        context=ask.context(),
    )
    named = tuple(dict.fromkeys(row.unit for row in found.rows))
    return Composed(figure, named=named, keys=(ask.economy.seen_with,))
