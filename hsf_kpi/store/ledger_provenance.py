"""The entries that an amount of the ledger is made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Connection, cast, func, select

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import OrgView
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.period import Month
from hsf_kpi.model.provenance import MOST_ROWS, Came, LedgerContribution, LedgerContributions
from hsf_kpi.model.scope import Scope
from hsf_kpi.store import tables
from hsf_kpi.store.codes import AMOUNT_KIND, ORG, ORIGIN_OF, month_of
from hsf_kpi.store.refresh import ids_of
from hsf_kpi.store.state import read_meta, state_of

_E, _L = tables.ledger_entry.c, tables.load.c


def read_ledger_contributions(
    connection: Connection,
    scope: Scope,
    catalogue: Catalogue,
    unit: str,
    account: str,
    kind: AmountKind,
    months: Sequence[Month],
    org: OrgView,
) -> LedgerContributions | None:
    """Uppdragsprojekt apart, the largest first. Units outside the scope, and months not to be seen there, in one sum."""
    seen_with = catalogue.ledger_seen_with
    end = scope.through(unit, seen_with)
    actual = kind is AmountKind.ACTUAL
    asked = [month.index for month in months if not actual or end is None or month <= end]
    number = ids_of(connection, tables.ledger_account).get(account, -1)
    sums = _summed(connection, unit, number, kind, asked, org)
    if sums is None:
        return None
    gross, eliminated = sums
    organisation, today = catalogue.organisation, state_of(read_meta(connection)).today
    rows: list[LedgerContribution] = []
    outside = False
    for key, month, amount, centre, counterpart, came in _entries(connection, number, kind, asked):
        at = month_of(month)
        if key not in organisation.units or unit not in organisation.ancestors(key, at, org, today):
            continue
        if not (
            scope.reaches_month(key, seen_with, at) if actual else scope.allows(key, seen_with)
        ):  # fmt: skip
            outside = True
            continue
        known = not counterpart or scope.sees(counterpart)
        rows.append(LedgerContribution(key, at, amount, centre, counterpart if known else None, came))
    order = {key: at for at, key in enumerate(organisation.units)}
    rows.sort(key=lambda row: (-abs(row.amount), -row.month.index, order[row.unit], row.cost_centre))
    named, later = rows[:MOST_ROWS], rows[MOST_ROWS:]
    rest = gross - sum(row.amount for row in rows)
    return LedgerContributions(
        unit,
        account,
        kind,
        tuple(named),
        len(later),
        sum(row.amount for row in later),
        rest if outside else None,
        eliminated,
    )


def _summed(
    connection: Connection, unit: str, number: int, kind: AmountKind, months: Sequence[int], org: OrgView
) -> tuple[int, int] | None:
    """(gross amount, internal part of it) as the sums have them; None where nothing is booked on the account."""
    s, u = tables.ledger_sum.c, tables.unit.c
    touched = connection.execute(select(u.touched).where(u.key == unit)).scalar()
    view = org if touched else OrgView.AS_WAS
    query = (
        select(
            func.count(), cast(func.sum(s.amount), BigInteger), cast(func.sum(s.internal), BigInteger)
        )
        .join_from(tables.ledger_sum, tables.unit, u.id == s.unit)
        .where(u.key == unit, s.org == ORG[view], s.project == 0, s.kind == AMOUNT_KIND[kind])
        .where(s.account == number, s.month.in_(months))
    )  # fmt: skip
    count, gross, internal = connection.execute(query).one()
    return (int(gross), int(internal)) if count else None


def _entries(
    connection: Connection, number: int, kind: AmountKind, months: Sequence[int]
) -> list[tuple[str, int, int, str, str, Came]]:
    """(unit, month, amount, kostnadsställe, counterpart or "", how it came in) of the entries that count."""
    strongest = _strongest(connection, kind, months)
    units = {identity: key for key, identity in ids_of(connection, tables.unit).items()}
    brought, stood = tables.load.alias("brought"), tables.load.alias("stood")
    b = brought.c
    query = (
        select(
            _E.unit, _E.month, _E.amount, _E.cost_centre, _E.counterpart, stood.c.origin, _E.row,
            b.id, b.origin, b.source, b.created_at, b.created_by, b.file_name, b.profile,
        )
        .join_from(tables.ledger_entry, brought, b.id == func.coalesce(_E.given_by, _E.load_id))
        .join(stood, stood.c.id == _E.load_id)
        .where(
            _E.account == number,
            _E.kind == AMOUNT_KIND[kind],
            _E.month.in_(months),
            _E.project == 0,
            _E.superseded_by.is_(None),
        )
    )  # fmt: skip
    found: list[tuple[str, int, int, str, str, Came]] = []
    for unit, month, amount, centre, counterpart, origin, row, *came in connection.execute(query):
        if strongest[unit, month] == origin:
            load, came_origin, source, at, by, file, profile = came
            told = Came(load, ORIGIN_OF[came_origin], source, at, by, file, row, profile)
            found.append((units[unit], month, amount, centre, units.get(counterpart, ""), told))
    return found


def _strongest(connection: Connection, kind: AmountKind, months: Sequence[int]) -> dict[Any, int]:
    """(unit, month) → the code of the strongest origin that has booked anything there: it stands alone."""
    query = (
        select(_E.unit, _E.month, func.min(_L.origin))
        .join_from(tables.ledger_entry, tables.load, _L.id == _E.load_id)
        .where(_E.kind == AMOUNT_KIND[kind], _E.month.in_(months))
        .where(_E.project == 0, _E.superseded_by.is_(None))
        .group_by(_E.unit, _E.month)
    )
    return {(unit, month): origin for unit, month, origin in connection.execute(query)}
