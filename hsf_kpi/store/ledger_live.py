"""What must hold of the ledger as it stands after a load, whatever the load brought: trade has two sides, a budget sums."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from sqlalchemy import BigInteger, Connection, cast, func, select

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.problems import Problem
from hsf_kpi.store import tables
from hsf_kpi.store.codes import AMOUNT_KIND, ORIGIN
from hsf_kpi.store.ledger_budget import Coded, balance_problems
from hsf_kpi.store.ledger_checks import trade_problems, unmirrored
from hsf_kpi.store.refresh import ids_of


def left_alone(connection: Connection, catalogue: Catalogue, origin: Origin) -> list[Problem]:
    """The live internal amounts of the origin whose two sides differ (see `unmirrored`)."""
    e, load, account = tables.ledger_entry.c, tables.load.c, tables.ledger_account.c
    columns = (e.unit, e.counterpart, e.month, e.kind, e.project, account.key)
    query = (
        select(*columns, cast(func.sum(e.amount), BigInteger))
        .join_from(tables.ledger_entry, tables.load, load.id == e.load_id)
        .join(tables.ledger_account, account.id == e.account)
        .where(e.counterpart != 0, e.superseded_by.is_(None), load.origin == ORIGIN[origin])
        .group_by(*columns)
    )
    signs = {one.id: one.side.sign for one in catalogue.ledger_accounts}
    rows = [(*row[:5], signs.get(row[5], 0), row[6]) for row in connection.execute(query)]
    if not rows:
        return []
    wrong = unmirrored(*np.array(rows, dtype=np.int64).reshape(-1, 7).T)
    return list(
        trade_problems(wrong, {number: key for key, number in ids_of(connection, tables.unit).items()})
    )


def unbalanced(
    connection: Connection, catalogue: Catalogue, origin: Origin, years: Collection[int]
) -> list[Problem]:
    """The years whose live budget of the origin has a provision and all units, and does not break even."""
    if not years:
        return []
    e, load = tables.ledger_entry.c, tables.load.c
    year = e.month - e.month % 12
    query = (
        select(e.unit, e.account, year, cast(func.sum(e.amount), BigInteger))
        .join_from(tables.ledger_entry, tables.load, load.id == e.load_id)
        .where(e.superseded_by.is_(None), load.origin == ORIGIN[origin], e.project == 0)
        .where(e.kind == AMOUNT_KIND[AmountKind.BUDGET])
        .where(e.month >= min(years) * 12, e.month < (max(years) + 1) * 12)
        .group_by(e.unit, e.account, year)
    )
    units, accounts = ids_of(connection, tables.unit), ids_of(connection, tables.ledger_account)
    unit_at = {units[key]: at for at, key in enumerate(catalogue.organisation.units)}
    account_at = {accounts[one.id]: at for at, one in enumerate(catalogue.ledger_accounts)}
    rows = [
        (unit_at[unit], account_at[account], month, amount)
        for unit, account, month, amount in connection.execute(query)
    ]
    unit, account, month, amount = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    signs = np.array([one.side.sign for one in catalogue.ledger_accounts] or [0], dtype=np.int64)
    none = np.full(len(rows), -1, dtype=np.int64)
    kind = np.full(len(rows), AMOUNT_KIND[AmountKind.BUDGET], dtype=np.int64)
    plain = np.zeros(len(rows), dtype=np.bool_)
    these = Coded(unit, account, kind, none, month, amount, plain, signs[account])
    return [problem for one in sorted(years) for problem in balance_problems(these, one, catalogue)]
