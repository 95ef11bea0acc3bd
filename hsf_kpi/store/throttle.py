"""Sign-in slowed down by time, so that passwords can't be tried out and nobody can lock another out for good.

A form calls `attempt` once for each try, then `failed(..., counted=True)` or `succeeded`. `wait` only asks.

Failures are counted for each account, but on a count of its own where the account has signed in from the address
before: an attack from elsewhere never delays the owner's own place. An address has a count of its own, over all
accounts; it is higher, sinks by itself, and does not bind those who have signed in from there before, since a whole
hospital may share one address.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Final

from sqlalchemy import Connection, Engine, delete, exists, select, update
from sqlalchemy.dialects import postgresql, sqlite

from hsf_kpi.model.account import login_of
from hsf_kpi.model.event import Event
from hsf_kpi.store import tables
from hsf_kpi.store.audit import log
from hsf_kpi.store.engine import is_sqlite, reading, writing
from hsf_kpi.store.sessions import ADDRESS_LENGTH

ACCOUNT_FREE: Final = 5
"""So many failures before the first wait."""
ADDRESS_FREE: Final = 50
FIRST: Final = dt.timedelta(seconds=30)
"""The first wait; doubled by every failure after it."""
CAP: Final = dt.timedelta(minutes=15)
QUIET: Final = dt.timedelta(hours=1)
"""After so long without a failure, all is forgotten."""
SINKS: Final = dt.timedelta(minutes=1)
"""How long it takes for an address's count to sink by one."""
UNKNOWN: Final = "okänd"
_NOW: Final = dt.timedelta(0)
_F = tables.sign_in_failure.c


def delay(failures: float, free: int) -> dt.timedelta:
    """How long the failures delay the next try, counted from the last of them."""
    if failures < free:
        return _NOW
    return min(CAP, FIRST * 2 ** min(failures - free, 10))


def standing(failures: float, since: dt.timedelta, sinks: dt.timedelta | None = None) -> float:
    """How many failures still count, `since` after the last of them. An address's sink bit by bit."""
    if since >= QUIET:
        return 0.0
    return failures if sinks is None else max(0.0, failures - since / sinks)


def remaining(
    failures: float, since: dt.timedelta, free: int, sinks: dt.timedelta | None = None
) -> dt.timedelta:
    """What is left of the wait. `since` may be negative by a little: clocks differ."""
    since = max(since, _NOW)
    return max(_NOW, delay(standing(failures, since, sinks), free) - since)


class Throttle:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def wait(self, login: str, address: str, now: dt.datetime) -> dt.timedelta:
        """How long until the next try is taken; 0 when it may be made now. Only asks, counts nothing."""
        with reading(self._engine) as connection:
            return _wait(connection, login, address, now)

    def attempt(self, login: str, address: str, now: dt.datetime) -> dt.timedelta:
        """As `wait`; when it is 0 the try is counted against the account in the same transaction, as if it had failed,
        so that many tries at the same time are not all let through. `succeeded` takes it back.
        """
        with writing(self._engine) as connection:
            _hold(connection, _account_subject(connection, login, address), now)
            left = _wait(connection, login, address, now)
            if not left:
                _count(connection, _account_subject(connection, login, address), now)
        return left

    def failed(self, login: str, address: str, now: dt.datetime, *, counted: bool = False) -> None:
        """A wrong password or an unknown login. Writes the audit log (an unknown login as «okänd»: somebody may have
        typed the password there). counted: `attempt` has counted it against the account.
        """
        with writing(self._engine) as connection:
            if not counted:
                _count(connection, _account_subject(connection, login, address), now)
            _count(connection, _subject("address", address), now, SINKS)
            log(connection, _known_login(connection, login), Event.SIGN_IN_FAILED, now=now)
            _clear(connection, now)

    def succeeded(self, login: str, address: str, now: dt.datetime) -> None:
        """Clears the account's counts, not the address's."""
        mine = [_subject("account", _name(login)), _subject("pair", _name(login), address)]
        with writing(self._engine) as connection:
            connection.execute(delete(tables.sign_in_failure).where(_F.subject.in_(mine)))

    def clear(self, now: dt.datetime) -> None:
        """Erases the counts that have been forgotten."""
        with writing(self._engine) as connection:
            _clear(connection, now)


def _clear(connection: Connection, now: dt.datetime) -> None:
    """Erases the counts that have been forgotten. Never waits for a row that another holds: it would be a deadlock."""
    old = select(_F.subject).where(_F.latest <= now - QUIET).with_for_update(skip_locked=True)
    connection.execute(delete(tables.sign_in_failure).where(_F.subject.in_(old)))


def _wait(connection: Connection, login: str, address: str, now: dt.datetime) -> dt.timedelta:
    mine = _account_subject(connection, login, address)
    left = _left(connection, mine, now, ACCOUNT_FREE, None)
    if mine == _subject("pair", _name(login), address):
        return left
    return max(left, _left(connection, _subject("address", address), now, ADDRESS_FREE, SINKS))


def _left(
    connection: Connection, subject: str, now: dt.datetime, free: int, sinks: dt.timedelta | None
) -> dt.timedelta:
    row = connection.execute(select(_F.failures, _F.latest).where(_F.subject == subject)).one_or_none()
    return remaining(row.failures, now - row.latest, free, sinks) if row else _NOW


def _count(connection: Connection, subject: str, now: dt.datetime, sinks: dt.timedelta | None = None) -> None:
    _hold(connection, subject, now)
    row = connection.execute(select(_F.failures, _F.latest).where(_F.subject == subject)).one()
    failures = standing(row.failures, max(now - row.latest, _NOW), sinks) + 1
    connection.execute(
        update(tables.sign_in_failure)
        .where(_F.subject == subject)
        .values(failures=failures, latest=max(now, row.latest))
    )


def _hold(connection: Connection, subject: str, now: dt.datetime) -> None:
    """Makes the row when it is missing and keeps it to this transaction (SQLite's writers are alone anyway)."""
    values = {"subject": subject, "failures": 0, "latest": now}
    table = tables.sign_in_failure
    if is_sqlite(connection):
        connection.execute(sqlite.insert(table).values(values).on_conflict_do_nothing())
    else:
        connection.execute(postgresql.insert(table).values(values).on_conflict_do_nothing())
    connection.execute(select(_F.subject).where(_F.subject == subject).with_for_update())


def _account_subject(connection: Connection, login: str, address: str) -> str:
    """The count that the try stands on: the account's, or the account's at this address where it is known there."""
    known = exists().where(
        tables.session.c.user_id == tables.user_account.c.id,
        tables.session.c.address == address[:ADDRESS_LENGTH],
    )
    query = select(tables.user_account.c.id).where(tables.user_account.c.login == _name(login), known)
    if connection.execute(query).first() is not None:
        return _subject("pair", _name(login), address)
    return _subject("account", _name(login))


def _known_login(connection: Connection, login: str) -> str:
    query = select(tables.user_account.c.login).where(tables.user_account.c.login == _name(login))
    return connection.execute(query).scalar() or UNKNOWN


def _name(login: str) -> str:
    """Everything that can't be a login stands on one count of its own kind: it is never anybody's account."""
    return login_of(login) or ""


def _subject(kind: str, *parts: str) -> str:
    return hashlib.sha256("\0".join((kind, *parts)).encode("utf-8", "replace")).hexdigest()
