"""Accounts as rows: what accounts and sessions both read, one row for each grant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, select

from hsf_kpi.model.account import Account, HeldGrant, login_of
from hsf_kpi.model.problems import NotFound, Problem
from hsf_kpi.model.role import Grant
from hsf_kpi.store import tables

_U, _G = tables.user_account.c, tables.role_grant.c
WITH_GRANTS = tables.user_account.outerjoin(
    tables.role_grant.outerjoin(tables.unit, tables.unit.c.id == _G.unit), _G.user_id == _U.id
)
"""Accounts with their grants and the grants' units."""
COLUMNS: tuple[ColumnElement[Any], ...] = (
    _U.login, _U.name, _U.active, _U.created, _U.password, _U.must_change,
    _G.id, _G.role, tables.unit.c.key, _G.valid_from, _G.valid_to,
)  # fmt: skip


def account_rows() -> Select[Any]:
    """To be narrowed by the caller; an account's grants come in the order given."""
    return select(*COLUMNS).select_from(WITH_GRANTS).order_by(_U.id, _G.id)


def accounts_of(rows: Iterable[Row[Any]]) -> list[Account]:
    """Rows whose first columns are `COLUMNS` → accounts, in the order of the rows."""
    accounts: dict[str, Account] = {}
    held: dict[str, list[HeldGrant]] = {}
    for row in rows:
        login, name, active, created, password, must_change, number, *grant = row[: len(COLUMNS)]
        if login not in accounts:
            accounts[login] = Account(login, name, active, created, password, must_change)
            held[login] = []
        if number is not None:
            held[login].append(HeldGrant(number, Grant(*grant)))
    return [replace(account, held=tuple(held[login])) for login, account in accounts.items()]


def account_number(connection: Connection, login: str, *, lock: bool = False) -> int:
    """The row's number. NotFound when there is no such account."""
    query = select(_U.id).where(_U.login == (login_of(login) or ""))
    number = connection.execute(query.with_for_update() if lock else query).scalar()
    if number is None:
        raise NotFound(
            Problem(f"Användaren ”{login}” finns inte.", "användarnamn", "Se listan över användare.")
        )
    return int(number)
