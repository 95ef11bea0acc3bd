"""Sign-in slowed down by time, so that passwords can't be tried out and nobody can lock another out for good.

A form calls `attempt` once for each try, then `failed(..., counted=True)` or `succeeded`. `wait` only asks.

Counts: a browser that has signed in to the account before (it carries a secret of its own) stands on a count of its
own, which nobody else can raise. Everybody else stands on three: the account at the address, the address over all
accounts (higher, and sinking by itself: a whole hospital may share one), and the account from everywhere, which is
higher too, sinks, and binds only those addresses that have failed at the account themselves. So an attack never delays
the owner's own browser, nor a new one at an address that the attack does not come from.

What remains: at an address shared with somebody who keeps trying, a browser that has never signed in must wait its
turn. The log tells of it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import ipaddress
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Engine, and_, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from hsf_kpi.model.account import login_of
from hsf_kpi.model.event import Event
from hsf_kpi.store import tables
from hsf_kpi.store.audit import log
from hsf_kpi.store.engine import is_sqlite, reading, writing

ACCOUNT_FREE: Final = 5
"""So many failures before the first wait."""
ADDRESS_FREE: Final = 50
EVERYWHERE_FREE: Final = 50
EVERYWHERE_BINDS: Final = 3
"""After so many failures of its own at an account, an address is bound by the account's failures from everywhere."""
DEVICES: Final = 20
"""So many browsers are remembered for an account, those seen last."""
REMEMBERED: Final = dt.timedelta(days=180)
FIRST: Final = dt.timedelta(seconds=30)
"""The first wait; doubled by every failure after it."""
CAP: Final = dt.timedelta(minutes=15)
QUIET: Final = dt.timedelta(hours=1)
"""After so long without a failure, all is forgotten."""
SINKS: Final = dt.timedelta(minutes=1)
"""How long it takes for the higher counts to sink by one."""
CLOCKS_DIFFER: Final = dt.timedelta(minutes=5)
"""So far apart two servers' clocks may be. A count from further ahead is of a clock that was wrong."""
UNKNOWN: Final = "okänd"
_NOW: Final = dt.timedelta(0)
_F = tables.sign_in_failure.c
_D = tables.device.c


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


def counted_at(
    connection: Connection, address: str, now: dt.datetime, *, only_ask: bool = False
) -> dt.timedelta:
    """A failure that names no account (a key that does not hold), on the address's own count of such. How long until the
    next is counted; 0 when this one was, or would be.
    """
    subject = _subject("key", _network(address))
    if not only_ask:
        _hold(connection, subject, now)
    left = _left(connection, subject, now, ADDRESS_FREE, SINKS)
    if not left and not only_ask:
        _count(connection, subject, now, SINKS)
    return left


class Throttle:
    """`device` is what the server keeps (SHA-256) of the secret that a browser was given at its first sign-in; "" for
    a browser without one.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def wait(self, login: str, address: str, now: dt.datetime, device: str = "") -> dt.timedelta:
        """How long until the next try is taken; 0 when it may be made now. Only asks, counts nothing."""
        with reading(self._engine) as connection:
            return _wait(connection, _place(connection, login, address, device), now)

    def attempt(self, login: str, address: str, now: dt.datetime, device: str = "") -> dt.timedelta:
        """As `wait`; when it is 0 the try is counted against the account in the same transaction, as if it had failed,
        so that many tries at the same time are not all let through. `succeeded` takes it back.
        """
        with writing(self._engine) as connection:
            place = _place(connection, login, address, device)
            _hold(connection, place.own, now)
            _set_clock_back(connection, place, now)
            left = _wait(connection, place, now)
            if not left:
                _count(connection, place.own, now)
        return left

    def failed(
        self, login: str, address: str, now: dt.datetime, device: str = "", *, counted: bool = False
    ) -> None:
        """A wrong password or an unknown login. Writes the audit log (an unknown login as «okänd»: somebody may have
        typed the password there). counted: `attempt` has counted it against the account.
        """
        with writing(self._engine) as connection:
            place = _place(connection, login, address, device)
            if not counted:
                _count(connection, place.own, now)
            if not place.known:
                _count(connection, place.address, now, SINKS)
                _count(connection, place.everywhere, now, SINKS)
            log(connection, _known_login(connection, login), Event.SIGN_IN_FAILED, now=now)
            _clear(connection, now)

    def succeeded(self, login: str, address: str, now: dt.datetime, device: str = "") -> None:
        """Clears the account's counts, not the address's."""
        with writing(self._engine) as connection:
            place = _place(connection, login, address, device)
            mine = [place.own, place.everywhere]
            connection.execute(delete(tables.sign_in_failure).where(_F.subject.in_(mine)))

    def knows(self, device: str) -> bool:
        """Whether the browser has signed in to any account."""
        with reading(self._engine) as connection:
            return connection.execute(select(_D.token).where(_D.token == device)).first() is not None

    def remember(self, login: str, device: str, now: dt.datetime) -> None:
        """The browser has signed in to the account: from now on it stands on a count of its own."""
        with writing(self._engine) as connection:
            query = select(tables.user_account.c.id).where(tables.user_account.c.login == _name(login))
            user = connection.execute(query).scalar()
            if user is None:
                return
            connection.execute(delete(tables.device).where(_D.user_id == user, _D.token == device))
            connection.execute(insert(tables.device).values(user_id=user, token=device, seen=now))
            kept = (
                select(_D.token).where(_D.user_id == user).order_by(_D.seen.desc(), _D.token).limit(DEVICES)
            )
            tokens = list(connection.execute(kept).scalars())
            connection.execute(delete(tables.device).where(_D.user_id == user, _D.token.not_in(tokens)))

    def clear(self, now: dt.datetime) -> None:
        """Erases the counts that have been forgotten, and the browsers not seen for long."""
        with writing(self._engine) as connection:
            _clear(connection, now)
            connection.execute(delete(tables.device).where(_D.seen <= now - REMEMBERED))


@dataclass(frozen=True, slots=True)
class _Place:
    """The counts that a try stands on, by their subjects. `known`: on its own alone."""

    known: bool
    own: str
    address: str
    everywhere: str


def _place(connection: Connection, login: str, address: str, device: str) -> _Place:
    name, network = _name(login), _network(address)
    known = bool(device) and connection.execute(
        select(_D.token)
        .join(tables.user_account, tables.user_account.c.id == _D.user_id)
        .where(tables.user_account.c.login == name, _D.token == device)
    ).first() is not None  # fmt: skip
    own = _subject("device", name, device) if known else _subject("pair", name, network)
    return _Place(known, own, _subject("address", network), _subject("account", name))


def _clear(connection: Connection, now: dt.datetime) -> None:
    """Erases the counts that have been forgotten. Never waits for a row that another holds: it would be a deadlock."""
    old = select(_F.subject).where(_F.latest <= now - QUIET).with_for_update(skip_locked=True)
    connection.execute(delete(tables.sign_in_failure).where(_F.subject.in_(old)))


def _wait(connection: Connection, place: _Place, now: dt.datetime) -> dt.timedelta:
    left = _left(connection, place.own, now, ACCOUNT_FREE, None)
    if place.known:
        return left
    left = max(left, _left(connection, place.address, now, ADDRESS_FREE, SINKS))
    failures = connection.execute(select(_F.failures).where(_F.subject == place.own)).scalar() or 0
    if failures >= EVERYWHERE_BINDS:
        left = max(left, _left(connection, place.everywhere, now, EVERYWHERE_FREE, SINKS))
    return left


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


def _set_clock_back(connection: Connection, place: _Place, now: dt.datetime) -> None:
    """What was counted by a clock that was ahead counts from now: nothing of it is forgotten, and it does not delay for as
    long as the clock was wrong.
    """
    mine = [place.own, place.address, place.everywhere]
    ahead = and_(_F.subject.in_(mine), _F.latest > now + CLOCKS_DIFFER)
    connection.execute(update(tables.sign_in_failure).where(ahead).values(latest=now))


def _hold(connection: Connection, subject: str, now: dt.datetime) -> None:
    """Makes the row when it is missing and keeps it to this transaction (SQLite's writers are alone anyway)."""
    values = {"subject": subject, "failures": 0, "latest": now}
    table = tables.sign_in_failure
    if is_sqlite(connection):
        connection.execute(sqlite.insert(table).values(values).on_conflict_do_nothing())
    else:
        connection.execute(postgresql.insert(table).values(values).on_conflict_do_nothing())
    connection.execute(select(_F.subject).where(_F.subject == subject).with_for_update())


def _known_login(connection: Connection, login: str) -> str:
    query = select(tables.user_account.c.login).where(tables.user_account.c.login == _name(login))
    return connection.execute(query).scalar() or UNKNOWN


def _name(login: str) -> str:
    """Everything that can't be a login stands on one count of its own kind: it is never anybody's account."""
    return login_of(login) or ""


def _network(address: str) -> str:
    """What one subscriber holds: an IPv4 address, or the 2⁶⁴ addresses of an IPv6 network, each of which is as easy to
    try from as the first. An IPv4 address written as IPv6 is itself. What is no address stands for itself.
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, 64), strict=False))


def _subject(kind: str, *parts: str) -> str:
    return hashlib.sha256("\0".join((kind, *parts)).encode("utf-8", "replace")).hexdigest()
