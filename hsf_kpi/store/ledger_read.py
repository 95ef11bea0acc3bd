"""Reading the ledger's sums: one statement per question, rows straight into lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Connection, Select, case, literal, select

from hsf_kpi.model.account_plan import LedgerAccount
from hsf_kpi.model.codes import OrgView
from hsf_kpi.model.ledger import AmountKind, CostCentreLine, Line, Submitted, UnitLedger
from hsf_kpi.model.period import Month
from hsf_kpi.store import tables
from hsf_kpi.store.ancestry import Bools, Ints
from hsf_kpi.store.codes import AMOUNT_KIND, AMOUNT_KIND_OF, ORG, month_of
from hsf_kpi.store.ledger_books import origin_of, strongest
from hsf_kpi.store.ledger_facts import LedgerFacts
from hsf_kpi.store.refresh import ids_of

_Lines = dict[tuple[AmountKind, str], Line]


def read_ledgers(
    connection: Connection,
    accounts: Sequence[LedgerAccount],
    units: Sequence[str],
    org: OrgView,
    facts: LedgerFacts,
    year: int | None = None,
) -> dict[str, UnitLedger]:
    """A ledger for each unit, with no months where nothing is booked in the whole database. year: only its months."""
    months = tuple(month for month in facts.months if year is None or month.year == year)
    s = tables.ledger_sum.c
    query = _of(
        tables.ledger_sum, units, org, s.unit, s.project, s.kind, s.account, s.month, s.amount, s.internal
    )
    c = tables.ledger_cover.c
    covered = _of(tables.ledger_cover, units, org, c.unit, c.month, c.reported, c.expected)
    if year is not None:
        first, last = Month.of(year, 1).index, Month.of(year, 12).index
        query = query.where(s.month.between(first, last))
        covered = covered.where(c.month.between(first, last))
    table = _table(connection.execute(query).all(), 7)
    cover = _table(connection.execute(covered).all(), 4)
    numbers = ids_of(connection, tables.unit)
    account_numbers = ids_of(connection, tables.ledger_account)
    stored = np.array([account_numbers.get(account.id, -1) for account in accounts], dtype=np.int64)
    return {
        unit: _ledger(
            unit, accounts, stored, org, facts, months,
            table[table[:, 0] == numbers.get(unit, -1)], cover[cover[:, 0] == numbers.get(unit, -1)],
        )
        for unit in units
    }  # fmt: skip


def read_submitted(
    connection: Connection, accounts: Sequence[LedgerAccount], units: Sequence[str], org: OrgView
) -> dict[str, tuple[Submitted, ...]]:
    """Every forecast of each unit, oldest first."""
    f = tables.forecast_sum.c
    account_keys = {number: key for key, number in ids_of(connection, tables.ledger_account).items()}
    keys = {number: key for key, number in ids_of(connection, tables.unit).items()}
    sign = {account.id: account.side.sign for account in accounts}
    budgets = _budget_results(connection, accounts, units, org)
    amounts: dict[tuple[int, int, int], dict[str, int]] = {}
    heads: dict[tuple[int, int, int], tuple[Any, str, int, int]] = {}
    query = _of(
        tables.forecast_sum, units, org, f.unit, f.year, f.month, f.account, f.amount, f.made, f.author,
        f.units, f.expected,
    )  # fmt: skip
    for unit, year, month, account, amount, made, author, count, expected in connection.execute(query):
        # An account that is no longer defined has no side, and so no place in a result.
        if account_keys[account] in sign:
            amounts.setdefault((unit, month, year), {})[account_keys[account]] = amount
            heads[unit, month, year] = made, author, count, expected
    found: dict[str, list[Submitted]] = {unit: [] for unit in units}
    for (unit, month, year), by_account in sorted(amounts.items()):
        made, author, count, expected = heads[unit, month, year]
        result = sum(sign[account] * amount for account, amount in by_account.items())
        budget = budgets.get((unit, year))
        deviation = None if budget is None else result - budget
        found[keys[unit]].append(
            Submitted(
                keys[unit],
                made,
                month_of(month),
                year,
                author,
                result,
                deviation,
                by_account,
                count,
                expected,
            )
        )
    return {unit: tuple(submitted) for unit, submitted in found.items()}


def read_cost_centres(
    connection: Connection,
    accounts: Sequence[LedgerAccount],
    unit: str,
    first: Month,
    last: Month,
    through: Month | None,
) -> tuple[CostCentreLine, ...]:
    """Ordered by cost centre (those without one last), then by account in the plan's order. Uppdragsprojekt apart."""
    t = tables.ledger_entry.c
    number = ids_of(connection, tables.unit).get(unit, -1)
    query = select(t.kind, t.month, t.account, t.cost_centre, t.load_id, t.amount).where(
        t.unit == number,
        t.project == 0,
        t.month.between(first.index, last.index),
        t.superseded_by.is_(None),
    )
    rows = connection.execute(query).all()
    if not rows:
        return ()
    load_id, kind, month = (np.array([row[at] for row in rows], dtype=np.int64) for at in (4, 0, 1))
    kept = strongest(origin_of(connection, load_id), kind, month)
    if through is not None:
        kept &= (month <= through.index) | (kind != AMOUNT_KIND[AmountKind.ACTUAL])
    sums: dict[tuple[str, int], dict[AmountKind, int]] = {}
    for keep, (code, _month, account, centre, _load, amount) in zip(kept.tolist(), rows, strict=True):
        if keep:
            by_kind = sums.setdefault((centre, account), {})
            by_kind[AMOUNT_KIND_OF[code]] = by_kind.get(AMOUNT_KIND_OF[code], 0) + amount
    stored = ids_of(connection, tables.ledger_account)
    centres = sorted({centre for centre, _ in sums}, key=lambda centre: (not centre, centre))
    return tuple(
        CostCentreLine(centre, account.id, found.get(AmountKind.ACTUAL), found.get(AmountKind.BUDGET))
        for centre in centres
        for account in accounts
        if (found := sums.get((centre, stored.get(account.id, -1)))) is not None
    )


def _of(table: Any, units: Sequence[str], org: OrgView, *columns: ColumnElement[Any]) -> Select[Any]:
    """Rows of the units in the view. A unit that both views agree about is stored once, as it was."""
    u = tables.unit.c
    as_was = literal(ORG[OrgView.AS_WAS])
    view = as_was if org is OrgView.AS_WAS else case((u.touched, ORG[OrgView.TODAY]), else_=as_was)
    return (
        select(*columns)
        .join_from(tables.unit, table, table.c.unit == u.id)
        .where(u.key.in_(units), table.c.org == view)
    )


def _table(rows: Sequence[Any], width: int) -> Ints:
    flat = np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=len(rows) * width)
    return flat.reshape(-1, width)


def _ledger(
    unit: str,
    accounts: Sequence[LedgerAccount],
    stored: Ints,
    org: OrgView,
    facts: LedgerFacts,
    months: tuple[Month, ...],
    table: Ints,
    cover: Ints,
) -> UnitLedger:
    start = months[0].index if months else 0
    _unit, project, kind, account, month, amount, internal = table.T
    amounts: _Lines = {}
    meets: _Lines = {}
    apart: _Lines = {}
    for amount_kind, code in AMOUNT_KIND.items():
        of_kind = kind == code
        plain, projects = of_kind & (project == 0), of_kind & (project == 1)
        booked = np.zeros(len(months), dtype=np.bool_)
        booked[month[plain] - start] = True
        either = booked.copy()
        either[month[projects] - start] = True
        for one, number in zip(accounts, stored.tolist(), strict=True):
            here, there = plain & (account == number), projects & (account == number)
            key = amount_kind, one.id
            amounts[key] = _line(booked, month[here] - start, amount[here])
            if internal[here].any():
                meets[key] = _line(booked, month[here] - start, internal[here])
            if there.any():
                apart[key] = _line(either, month[there] - start, amount[there])
    reported, expected = np.zeros(len(months), np.int64), np.zeros(len(months), np.int64)
    at = cover[:, 1] - start
    reported[at], expected[at] = cover[:, 2], cover[:, 3]
    return UnitLedger(
        unit, months, tuple(accounts), amounts, meets, apart,
        tuple(reported.tolist()), tuple(expected.tolist()),
        facts.origins_of(unit, org), facts.sources(unit, org),
    )  # fmt: skip


def _line(booked: Bools, at: Ints, values: Ints) -> Line:
    """0 where the month is booked and the account has nothing, None where the month is not."""
    line = np.zeros(len(booked), dtype=np.int64)
    line[at] = values
    if booked.all():
        return tuple(line.tolist())
    return tuple(
        value if known else None for value, known in zip(line.tolist(), booked.tolist(), strict=True)
    )


def _budget_results(
    connection: Connection, accounts: Sequence[LedgerAccount], units: Sequence[str], org: OrgView
) -> dict[tuple[int, int], int]:
    """(unit, year) → the budget's result with the provision, of the years with a budget for every month."""
    s = tables.ledger_sum.c
    account_numbers = ids_of(connection, tables.ledger_account)
    signs = {account_numbers[a.id]: a.side.sign for a in accounts if a.id in account_numbers}
    query = _of(tables.ledger_sum, units, org, s.unit, s.month, s.account, s.amount).where(
        s.kind == AMOUNT_KIND[AmountKind.BUDGET], s.project == 0
    )
    results: dict[tuple[int, int], int] = {}
    booked: dict[tuple[int, int], set[int]] = {}
    for unit, month, account, amount in connection.execute(query):
        key = unit, month // 12
        results[key] = results.get(key, 0) + signs.get(account, 0) * amount
        booked.setdefault(key, set()).add(month)
    return {key: result for key, result in results.items() if len(booked[key]) == 12}
