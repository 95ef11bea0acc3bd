"""Sign-ins kept on the server. Of a token only its SHA-256 (64 hex digits) is ever given or kept."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from hsf_kpi.model.account import Account, Session
from hsf_kpi.model.event import Event
from hsf_kpi.model.problems import DataError, NotFound, Problem, StoreError
from hsf_kpi.store import tables
from hsf_kpi.store.account_rows import COLUMNS, WITH_GRANTS, account_number, accounts_of
from hsf_kpi.store.audit import log
from hsf_kpi.store.engine import reading, writing
from hsf_kpi.store.throttle import CLOCKS_DIFFER

SEEN_STEP: Final = dt.timedelta(minutes=1)
"""How often the last click is written down, at most."""
ADDRESS_LENGTH: Final = 100
"""So many characters are kept of an address."""
_TOKEN = re.compile(r"[0-9a-f]{64}")
_S, _T, _U = tables.session.c, tables.ticket.c, tables.user_account.c
_SESSION: tuple[ColumnElement[Any], ...] = (
    _S.id, _U.login, _S.way, _S.began, _S.seen, _S.ends, _S.ended, _S.address
)  # fmt: skip
_HOLDS = and_(
    _S.ended.is_(None), _U.active, or_(_U.password_changed.is_(None), _U.password_changed <= _S.began)
)

_VALID = (
    select(*COLUMNS, *_SESSION)
    .select_from(WITH_GRANTS.join(tables.session, _S.user_id == _U.id))
    .where(
        _S.token == bindparam("token"), _S.ends > bindparam("now"), _S.began <= bindparam("latest"), _HOLDS
    )
    .order_by(tables.role_grant.c.id)
)
"""Put together once: it is asked at every click."""


class Sessions:
    """Every beginning and end writes the audit log (SIGNED_IN, SIGNED_OUT, SESSION_ENDED): the callers need not."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(
        self, login: str, way: str, token: str, ends: dt.datetime, address: str, now: dt.datetime
    ) -> Session:
        """NotFound for an unknown or disabled account. DataError for a token that has had a session before, held or
        ended: it begins nothing again (`valid` tells whether it still holds).
        """
        with writing(self._engine) as connection:
            user = _active(connection, login)
            return _begin(connection, user, way, _checked(token), ends, address, now)

    def valid(self, token: str, now: dt.datetime) -> tuple[Account, Session] | None:
        """None when it is unknown, ended or expired, the account disabled, or its password changed later; or when it began
        in what is now the future: a clock was wrong, and it would hold for as long as that. Asked at every click: one
        query, and the last click written down at most once a minute.
        """
        if not _TOKEN.fullmatch(token):
            return None
        with reading(self._engine) as connection:
            asked = {"token": token, "now": now, "latest": now + CLOCKS_DIFFER}
            rows = connection.execute(_VALID, asked).all()
        if not rows:
            return None
        session = Session(*rows[0][len(COLUMNS) :])
        if now - session.seen >= SEEN_STEP:
            self._see(session.number, now)
        return accounts_of(rows)[0], session

    def end(self, number: int, by: str) -> None:
        """Ends it: signed out, when it is one's own. Nothing happens to one that has ended. NotFound for an unknown."""
        with writing(self._engine) as connection:
            query = select(_U.login).join_from(tables.user_account, tables.session).where(_S.id == number)
            login = connection.execute(query).scalar()
            if login is None:
                raise NotFound(
                    Problem(f"Inloggningen {number} finns inte.", "", "Se listan över inloggningar.")
                )
            if end_sessions(connection, _S.id == number):
                own = login == by
                log(connection, by, Event.SIGNED_OUT if own else Event.SESSION_ENDED, "" if own else login)

    def end_all(self, login: str, by: str) -> int:
        """Ends every session of the account, and says how many."""
        with writing(self._engine) as connection:
            user = account_number(connection, login)
            ended = end_of_account(connection, user)
            if ended:
                log(connection, by, Event.SESSION_ENDED, f"{login.strip().lower()}: {ended}")
        return ended

    def open(self, now: dt.datetime) -> list[Session]:
        """Those that hold now, the latest seen first."""
        return self._read((_S.seen.desc(), _S.id.desc()), _S.ends > now, _HOLDS)

    def latest(self, limit: int) -> list[Session]:
        """Those that began last, also ended ones, newest first."""
        return self._read((_S.began.desc(), _S.id.desc()), limit=limit)

    def last_sign_ins(self) -> dict[str, dt.datetime]:
        """Login → when its last session began; without those who never signed in, or whose sessions have been erased."""
        query = select(_U.login, func.max(_S.began)).join_from(tables.session, tables.user_account)
        with reading(self._engine) as connection:
            return dict(connection.execute(query.group_by(_U.login)).all())

    def hand_over(
        self, login: str, way: str, ticket: str, until: dt.datetime, now: dt.datetime, address: str
    ) -> None:
        """Keeps a ticket that `redeem` makes a session of, once. NotFound for an unknown or disabled account."""
        with writing(self._engine) as connection:
            forget_tickets(connection, _T.until <= now)
            values = {"token": _checked(ticket), "user_id": _active(connection, login), "way": way}
            rest = {"address": address[:ADDRESS_LENGTH], "until": until}
            connection.execute(insert(tables.ticket).values(**values, **rest))

    def redeem(self, ticket: str, token: str, ends: dt.datetime, now: dt.datetime) -> Session | None:
        """None when it is unknown, redeemed, too late, or the account has been disabled since."""
        if not _TOKEN.fullmatch(ticket):
            return None
        taken = delete(tables.ticket).where(_T.token == ticket)
        with writing(self._engine) as connection:
            # The one who erases the ticket has it: two at once can't both.
            found = connection.execute(
                taken.returning(_T.user_id, _T.way, _T.address, _T.until)
            ).one_or_none()
            if found is None or found.until <= now:
                return None
            active = select(_U.active).where(_U.id == found.user_id)
            if not connection.execute(active).scalar():
                return None
            return _begin(connection, found.user_id, found.way, _checked(token), ends, found.address, now)

    def prune(self, before: dt.datetime) -> int:
        """Erases those that ended, or ran out, before the time, and says how many."""
        with writing(self._engine) as connection:
            old = func.coalesce(_S.ended, _S.ends) < before
            return connection.execute(delete(tables.session).where(old)).rowcount

    def _read(
        self, order: tuple[ColumnElement[Any], ...], *where: ColumnElement[bool], limit: int | None = None
    ) -> list[Session]:
        query = select(*_SESSION).join_from(tables.session, tables.user_account)
        with reading(self._engine) as connection:
            rows = connection.execute(query.where(*where).order_by(*order).limit(limit))
            return [Session(*row) for row in rows]

    def _see(self, number: int, now: dt.datetime) -> None:
        """Not worth waiting for: while data are being loaded, no page stands still for it."""
        query = update(tables.session).where(_S.id == number, _S.seen < now).values(seen=now)
        try:
            with writing(self._engine, wait=0) as connection:
                connection.execute(query)
        except StoreError:
            return


def end_sessions(connection: Connection, *where: ColumnElement[bool]) -> int:
    now = dt.datetime.now(dt.UTC)
    query = update(tables.session).where(_S.ended.is_(None), *where).values(ended=now)
    return connection.execute(query).rowcount


def end_of_account(connection: Connection, user: int) -> int:
    """Ends the account's sessions, and what could become one. Says how many still held."""
    forget_tickets(connection, _T.user_id == user)
    alive = _S.ends > dt.datetime.now(dt.UTC)
    ended = end_sessions(connection, _S.user_id == user, alive)
    end_sessions(connection, _S.user_id == user)
    return ended


def forget_tickets(connection: Connection, *where: ColumnElement[bool]) -> None:
    connection.execute(delete(tables.ticket).where(*where))


def _begin(
    connection: Connection,
    user: int,
    way: str,
    token: str,
    ends: dt.datetime,
    address: str,
    now: dt.datetime,
) -> Session:
    values = {"token": token, "user_id": user, "way": way, "address": address[:ADDRESS_LENGTH]}
    times = {"began": now, "seen": now, "ends": ends}
    try:
        made = connection.execute(insert(tables.session).values(**values, **times).returning(_S.id))
        number = made.scalar_one()
    except IntegrityError as error:
        raise DataError(
            Problem("Inloggningen har redan använts.", "inloggning", "Logga in på nytt.")
        ) from error
    login = connection.execute(select(_U.login).where(_U.id == user)).scalar_one()
    log(connection, login, Event.SIGNED_IN, way, now)
    return Session(number, login, way, now, now, ends, None, address[:ADDRESS_LENGTH])


def _active(connection: Connection, login: str) -> int:
    """The number of an active account; a disabled one is told in the words for the unknown."""
    user = account_number(connection, login)
    if not connection.execute(select(_U.active).where(_U.id == user)).scalar():
        raise NotFound(
            Problem(f"Användaren ”{login}” finns inte.", "användarnamn", "Se listan över användare.")
        )
    return user


def _checked(token: str) -> str:
    if not _TOKEN.fullmatch(token):
        raise ValueError("a token is given as its SHA-256, 64 hex digits")
    return token
