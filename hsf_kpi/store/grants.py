"""Roles given and ended. A grant is never erased: who could see what, and when, can always be told."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlalchemy import Connection, insert, select, update

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.problems import DataError, NotFound, Problem
from hsf_kpi.model.role import Grant
from hsf_kpi.store import tables
from hsf_kpi.store.administrators import keep_administrator, know_roles

_U, _G = tables.user_account.c, tables.role_grant.c
_DAY = dt.timedelta(days=1)
_MOST = 2**31 - 1
"""The largest number that the table can hold; a database refuses to look for a larger one."""


def add_grant(connection: Connection, user: int, grant: Grant, catalogue: Catalogue) -> tuple[int, str]:
    """The new grant's number, and what the log tells of it. DataError with every problem."""
    problems = _problems(grant, catalogue)
    if problems:
        raise DataError(problems)
    unit = _unit_number(connection, grant.unit)
    grant = _from_today(connection, user, grant, unit)
    if _overlaps(connection, user, grant, unit):
        raise DataError(
            Problem(
                f"Användaren har redan rollen {_named(grant, catalogue)} i den tiden.",
                "roll",
                "Avsluta den först, eller välj en annan tid.",
            )
        )
    know_roles(connection, catalogue)
    values = {"user_id": user, "role": grant.role, "unit": unit}
    made = connection.execute(
        insert(tables.role_grant)
        .values(**values, valid_from=grant.first, valid_to=grant.last)
        .returning(_G.id)
    )
    span = f"{f' från {grant.first}' if grant.first else ''}{f' till {grant.last}' if grant.last else ''}"
    return made.scalar_one(), f"{told(grant.role, grant.unit)}{span}"


def shorten(connection: Connection, number: int, last: dt.date) -> tuple[str, str]:
    """Lets the grant hold to and with `last`. Whose it is, and what the log tells."""
    query = (
        select(_U.login, _G.role, tables.unit.c.key, _G.valid_from, _G.valid_to)
        .join_from(tables.role_grant, tables.user_account)
        .outerjoin(tables.unit, tables.unit.c.id == _G.unit)
        .where(_G.id == number)
    )
    row = connection.execute(query).one_or_none() if 0 < number <= _MOST else None
    if row is None:
        raise NotFound(Problem(f"Rolltilldelningen {number} finns inte.", "roll", "Se användarens roller."))
    if row.valid_to is not None and last > row.valid_to:
        raise DataError(
            Problem(
                f"Rollen slutar redan {row.valid_to} och kan inte förlängas.",
                "till och med",
                "Ge rollen på nytt, från dagen efter.",
            )
        )
    if row.valid_from is not None and last < row.valid_from:
        # The day before the first is enough for it never to hold.
        last = _before(row.valid_from)
    keep_administrator(connection, max(dt.date.today(), _after(last)), without_grant=number)
    connection.execute(update(tables.role_grant).where(_G.id == number).values(valid_to=last))
    return row.login, f"{told(row.role, row.key)} slutar {last}"


def _before(day: dt.date) -> dt.date:
    """The day before; the first day that there is stands for itself."""
    return max(day, dt.date.min + _DAY) - _DAY


def _after(day: dt.date) -> dt.date:
    return min(day, dt.date.max - _DAY) + _DAY


def told(role: str, unit: str | None) -> str:
    """«verksamhetschef (kirurgkliniken)», as the log has it: ids, which never change."""
    return f"{role} ({unit})" if unit else role


def _problems(grant: Grant, catalogue: Catalogue) -> list[Problem]:
    found = []
    role = catalogue.roles.get(grant.role)
    if role is None:
        roles = ", ".join(catalogue.roles)
        found.append(Problem(f"Rollen ”{grant.role}” finns inte.", "roll", f"Rollerna är {roles}."))
    elif role.needs_unit and not grant.unit:
        found.append(
            Problem(f"Rollen {role.title} gäller en verksamhet.", "verksamhet", "Välj verksamheten.")
        )
    elif not role.needs_unit and grant.unit is not None:
        found.append(
            Problem(f"Rollen {role.title} gäller inte en viss verksamhet.", "verksamhet", "Utelämna den.")
        )
    if grant.unit and grant.unit not in catalogue.organisation.units:
        found.append(
            Problem(f"Verksamheten ”{grant.unit}” finns inte.", "verksamhet", "Välj en verksamhet i listan.")
        )
    if grant.first and grant.last and grant.last < grant.first:
        found.append(
            Problem("Sista dagen är före den första.", "till och med", "Välj samma dag eller en senare.")
        )
    return found


def _unit_number(connection: Connection, key: str | None) -> int | None:
    if key is None:
        return None
    number = connection.execute(select(tables.unit.c.id).where(tables.unit.c.key == key)).scalar()
    if number is None:
        raise DataError(
            Problem(
                f"Verksamheten ”{key}” finns inte i databasen.",
                "verksamhet",
                "Läs in definitionerna: python -m hsf_kpi build.",
            )
        )
    return int(number)


def _overlaps(connection: Connection, user: int, grant: Grant, unit: int | None) -> bool:
    same = _G.unit == unit if unit is not None else _G.unit.is_(None)
    query = select(_G.valid_from, _G.valid_to).where(_G.user_id == user, _G.role == grant.role, same)
    first, last = grant.first or dt.date.min, grant.last or dt.date.max
    return any(
        (row.valid_from or dt.date.min) <= last
        and first <= (row.valid_to or dt.date.max)
        and (row.valid_from or dt.date.min) <= (row.valid_to or dt.date.max)
        for row in connection.execute(query)
    )


def _from_today(connection: Connection, user: int, grant: Grant, unit: int | None) -> Grant:
    """Given anew without a first day, when an earlier one has ended: from today, so that what was held stays told."""
    today = dt.date.today()
    if grant.first is not None or (grant.last is not None and grant.last < today):
        return grant
    anew = replace(grant, first=today)
    return (
        anew
        if _overlaps(connection, user, grant, unit) and not _overlaps(connection, user, anew, unit)
        else grant
    )


def _named(grant: Grant, catalogue: Catalogue) -> str:
    title = catalogue.roles[grant.role].title
    if grant.unit is None:
        return title
    return f"{title} för {catalogue.organisation.get(grant.unit).name}"
