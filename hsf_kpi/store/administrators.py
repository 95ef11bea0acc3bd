"""There is always somebody who can let others in: the last administrator can't be taken away."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.model.role import Permission
from hsf_kpi.store import tables
from hsf_kpi.store.state import read_meta, write_meta

_KEY = "administering"
_U, _G = tables.user_account.c, tables.role_grant.c


def know_roles(connection: Connection, catalogue: Catalogue) -> None:
    """Writes down which roles administer, so that the rule holds without the definitions at hand."""
    ids = sorted(role.id for role in catalogue.roles.values() if Permission.ADMINISTER in role.may)
    if read_meta(connection).get(_KEY, "") != " ".join(ids):
        write_meta(connection, {_KEY: " ".join(ids)})


def administered(connection: Connection, day: dt.date) -> bool:
    return _anybody(connection, day)


def keep_administrator(
    connection: Connection, day: dt.date, *, without_user: int | None = None, without_grant: int | None = None
) -> None:
    """DataError when the account or grant is what keeps somebody administering on the day, or for good: a deputy whose role
    runs out is not enough. Two who take each other away at the same time wait for one another.
    """
    connection.execute(select(_U.id).order_by(_U.id).with_for_update()).all()
    theirs = _U.id == without_user if without_user is not None else _G.id == without_grant
    if any(
        _anybody(connection, when, theirs) and not _anybody(connection, when, ~theirs)
        for when in (day, dt.date.max)
    ):
        raise DataError(
            Problem(
                "Det måste alltid finnas en aktiv administratör, och det här är den sista.",
                "administratör",
                "Ge rollen Administratör tills vidare till någon annan först.",
            )
        )


def _anybody(connection: Connection, day: dt.date, *which: ColumnElement[bool]) -> bool:
    roles = read_meta(connection).get(_KEY, "").split()
    holds = and_(
        or_(_G.valid_from.is_(None), _G.valid_from <= day), or_(_G.valid_to.is_(None), _G.valid_to >= day)
    )
    query = (
        select(_G.id)
        .join_from(tables.role_grant, tables.user_account)
        .where(_U.active, _G.role.in_(roles), holds, *which)
        .limit(1)
    )
    return connection.execute(query).first() is not None
