"""The accounts' keys to the API. Of a key only its SHA-256 (64 hex digits) is ever given or kept."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Engine, delete, func, insert, or_, select, update

from hsf_kpi.access.token import hint, kept
from hsf_kpi.model.account import Account, login_of
from hsf_kpi.model.event import Event
from hsf_kpi.model.problems import DataError, NotFound, Problem
from hsf_kpi.model.token import DAYS, LONGEST_NAME, MOST_DAYS, MOST_KEYS, Token
from hsf_kpi.store import tables
from hsf_kpi.store.account_rows import COLUMNS, WITH_GRANTS, account_number, accounts_of
from hsf_kpi.store.audit import log
from hsf_kpi.store.engine import reading, writing
from hsf_kpi.store.handin_text import line
from hsf_kpi.store.moment import SWEDEN
from hsf_kpi.store.register_rows import MOST_NUMBER
from hsf_kpi.store.tables_tokens import api_token
from hsf_kpi.store.throttle import UNKNOWN, counted_at
from hsf_kpi.store.typed import of_text, problems

_HASH: Final = re.compile(r"[0-9a-f]{64}")
_T, _U = api_token.c, tables.user_account.c
_TOKEN: tuple[ColumnElement[Any], ...] = (
    _T.id, _U.login, _T.name, _T.hint, _T.created, _T.ends, _T.used, _T.ended
)  # fmt: skip
_ALL = select(*_TOKEN).join_from(api_token, tables.user_account)


class Tokens:
    """Every beginning and end, the first use of a day and every failure that is counted write the audit log."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, login: str, name: str, token: str, by: str, now: dt.datetime, days: int = DAYS) -> Token:
        """`token`: the key itself; its hash and its beginning are kept. NotFound for an unknown or disabled account.
        DataError with everything that is wrong.
        """
        name = line(name)
        _demand_fits(name, days)
        with writing(self._engine) as connection:
            user = account_number(connection, login, lock=True)
            account = connection.execute(select(_U.active, _U.must_change).where(_U.id == user)).one()
            if not account.active:
                raise NotFound(Problem(f"Användaren ”{login}” finns inte.", "användarnamn", "Se user list."))
            if account.must_change:
                raise DataError(
                    Problem("Kontots lösenord ska bytas först.", "användarnamn", "Logga in och byt det.")
                )
            holds = (_T.user_id == user, _T.ended.is_(None), _T.ends > now)
            count = connection.execute(select(func.count()).select_from(api_token).where(*holds)).scalar_one()
            if count >= MOST_KEYS:
                raise DataError(
                    Problem(
                        f"Kontot har redan {MOST_KEYS} nycklar som gäller.",
                        "nyckel",
                        "Ta tillbaka en som inte används.",
                    )
                )
            values = {"token": kept(token), "user_id": user, "name": name, "hint": hint(token)}
            times = {"created": now, "ends": now + dt.timedelta(days=days)}
            made = connection.execute(insert(api_token).values(**values, **times).returning(_T.id))
            found = connection.execute(_ALL.where(_T.id == made.scalar_one())).one()
            log(connection, by, Event.KEY_MADE, _told(found, by), now)
            return Token(*found)

    def valid(self, token: str, now: dt.datetime) -> tuple[Account, Token] | None:
        """By the key's hash. None when it is unknown, taken back or too old, and when the account is disabled or must
        change its password. The first use of a day is in the log before anything is answered: StoreError where it can't be.
        """
        if not _HASH.fullmatch(token):
            return None
        query = select(*COLUMNS, *_TOKEN).select_from(WITH_GRANTS.join(api_token, _T.user_id == _U.id))
        holds = (_T.token == token, _T.ended.is_(None), _T.ends > now, _U.active, _U.must_change.is_(False))
        with reading(self._engine) as connection:
            rows = connection.execute(query.where(*holds).order_by(tables.role_grant.c.id)).all()
        if not rows:
            return None
        found = Token(*rows[0][len(COLUMNS) :])
        self._use(found, now)
        return accounts_of(rows)[0], found

    def refused(self, token: str, address: str, now: dt.datetime) -> dt.timedelta:
        """A key that is not `valid`: counted against the address and logged, in the owner's name where it has been one.
        How long until the next is; 0 when this one was.
        """
        with reading(self._engine) as connection:
            left = counted_at(connection, address, now, only_ask=True)
        if left:
            return left
        with writing(self._engine) as connection:
            left = counted_at(connection, address, now)
            if not left:
                found = connection.execute(_ALL.where(_T.token == token)).one_or_none()
                who, what = (found.login, _named(found)) if found is not None else (UNKNOWN, "")
                log(connection, who, Event.KEY_FAILED, what, now)
            return left

    def of(self, login: str) -> list[Token]:
        """The account's, newest first, those that hold no longer too."""
        return self._read(_U.login == (login_of(login) or ""))

    def all(self) -> list[Token]:
        """Everybody's, newest first."""
        return self._read()

    def end(self, number: int, by: str, now: dt.datetime, *, login: str | None = None) -> None:
        """Takes it back, for ever. Nothing happens to one that has ended. NotFound for an unknown number.
        login: whose it must be.
        """
        whose = () if login is None else (_U.login == login,)
        with writing(self._engine) as connection:
            query = _ALL.where(_T.id == number, *whose)
            found = connection.execute(query).one_or_none() if 0 < number <= MOST_NUMBER else None
            if found is None:
                raise NotFound(Problem(f"Nyckeln {number} finns inte.", "nyckel", "Se listan över nycklar."))
            if end_tokens(connection, now, _T.id == number):
                log(connection, by, Event.KEY_ENDED, _told(found, by), now)

    def prune(self, before: dt.datetime) -> int:
        """Erases those that ended, or ran out, before the time, and says how many."""
        with writing(self._engine) as connection:
            old = func.coalesce(_T.ended, _T.ends) < before
            return connection.execute(delete(api_token).where(old)).rowcount

    def _read(self, *where: ColumnElement[bool]) -> list[Token]:
        with reading(self._engine) as connection:
            rows = connection.execute(_ALL.where(*where).order_by(_T.created.desc(), _T.id.desc()))
            return [Token(*row) for row in rows]

    def _use(self, token: Token, now: dt.datetime) -> None:
        today = now.astimezone(SWEDEN).date()
        if token.used is not None and token.used >= today:
            return
        first = or_(_T.used.is_(None), _T.used < today)
        query = update(api_token).where(_T.id == token.number, first).values(used=today)
        with writing(self._engine) as connection:
            # Of two calls at once, one is the day's first.
            if connection.execute(query).rowcount:
                log(connection, token.login, Event.KEY_USED, _named(token), now)


def end_tokens(connection: Connection, now: dt.datetime, *where: ColumnElement[bool]) -> int:
    query = update(api_token).where(_T.ended.is_(None), *where).values(ended=now)
    return connection.execute(query).rowcount


def end_tokens_of(connection: Connection, user: int) -> None:
    """Takes back every key of the account, for ever: with the account, or with its password."""
    end_tokens(connection, dt.datetime.now(dt.UTC), _T.user_id == user)


def _named(token: Any) -> str:
    """As the log has it: never the name, which is text of its owner's choice."""
    return token.hint.rstrip("…")  # type: ignore[no-any-return]


def _told(found: Any, by: str) -> str:
    return _named(found) if found.login == by else f"{found.login}: {_named(found)}"


def _demand_fits(name: str, days: int) -> None:
    found = problems(of_text(name, LONGEST_NAME, "namn"))
    if not any(unicodedata.category(sign)[0] in "LNPS" for sign in name):
        found.append(Problem("Nyckeln har inget namn.", "namn", "Skriv vad den ska användas till."))
    if not 1 <= days <= MOST_DAYS:
        found.append(Problem(f"Nyckeln kan inte gälla {days} dagar.", "dagar", f"Välj 1–{MOST_DAYS} dagar."))
    if found:
        raise DataError(found)
