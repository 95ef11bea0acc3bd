"""Accounts and the roles that they hold. Every change writes the audit log in the same transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, Engine, insert, update
from sqlalchemy.exc import IntegrityError

from hsf_kpi.access.password import is_hash
from hsf_kpi.model.account import Account, login_of
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.event import Event
from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.model.role import Grant
from hsf_kpi.store import tables
from hsf_kpi.store.account_rows import account_number, account_rows, accounts_of
from hsf_kpi.store.administrators import administered, keep_administrator
from hsf_kpi.store.audit import log
from hsf_kpi.store.engine import reading, writing
from hsf_kpi.store.grants import add_grant, shorten
from hsf_kpi.store.sessions import end_of_account
from hsf_kpi.store.throttle import UNKNOWN
from hsf_kpi.store.tokens import end_tokens_of
from hsf_kpi.swedish.sorting import swedish_key

RESERVED: Final = frozenset({"system", "kommandoraden", UNKNOWN})
"""What the log writes where nobody is signed in."""
_NAME = 200
_U = tables.user_account.c


class Accounts:
    """`by`: who makes the change, a login or «kommandoraden». A login in any case finds its account.

    NotFound for a login or number that does not exist, DataError for what can't be done; then nothing has changed.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def find(self, login: str) -> Account | None:
        with reading(self._engine) as connection:
            rows = connection.execute(account_rows().where(_U.login == (login_of(login) or "")))
            return next(iter(accounts_of(rows)), None)

    def all(self) -> list[Account]:
        """By name, as Swedish sorts."""
        with reading(self._engine) as connection:
            found = accounts_of(connection.execute(account_rows()))
        return sorted(found, key=lambda account: (swedish_key(account.name), account.login))

    def add(
        self,
        login: str,
        name: str,
        by: str,
        *,
        password: str | None = None,
        must_change: bool = False,
        grants: Sequence[Grant] = (),
        catalogue: Catalogue | None = None,
    ) -> Account:
        """password: a hash (`access.password.hashed`). grants: given in the same transaction, by the catalogue's roles."""
        login, name = _new_login(login), _checked_name(name)
        values: dict[str, Any] = {"login": login, "name": name, "active": True, "must_change": must_change}
        values |= {"password": _checked_hash(password) if password is not None else None}
        with writing(self._engine) as connection:
            try:
                connection.execute(
                    insert(tables.user_account).values(created=dt.datetime.now(dt.UTC), **values)
                )
            except IntegrityError as error:
                raise DataError(_taken(login)) from error
            _changed(connection, by, login, "ny användare")
            for grant in grants:
                assert catalogue is not None
                self._give(connection, login, grant, catalogue, by)
            return accounts_of(connection.execute(account_rows().where(_U.login == login)))[0]

    def rename(self, login: str, name: str, by: str) -> None:
        name = _checked_name(name)
        with writing(self._engine) as connection:
            _set(connection, account_number(connection, login), name=name)
            _changed(connection, by, login, "nytt namn")

    def set_active(self, login: str, active: bool, by: str) -> None:
        """Disabling ends every session and takes back every key. The last administrator can't be disabled."""
        with writing(self._engine) as connection:
            user = account_number(connection, login)
            if not active:
                keep_administrator(connection, dt.date.today(), without_user=user)
                end_of_account(connection, user)
                end_tokens_of(connection, user)
            _set(connection, user, active=active)
            _changed(connection, by, login, "aktiverad" if active else "inaktiverad")

    def set_password(self, login: str, password: str, by: str, *, must_change: bool = False) -> None:
        """A hash. Ends every session, also the one that asks, and takes back every key. Begin a session after it, with a
        time taken after it.
        """
        password = _checked_hash(password)
        with writing(self._engine) as connection:
            user = account_number(connection, login)
            now = dt.datetime.now(dt.UTC)
            _set(connection, user, password=password, must_change=must_change, password_changed=now)
            end_of_account(connection, user)
            end_tokens_of(connection, user)
            _changed(connection, by, login, "nytt lösenord")

    def grant(self, login: str, grant: Grant, catalogue: Catalogue, by: str) -> int:
        """Gives the role, and says the grant's number. A role held already at the unit in that time is refused."""
        with writing(self._engine) as connection:
            return self._give(connection, login, grant, catalogue, by)

    def end_grant(self, number: int, last: dt.date, by: str) -> None:
        """The role holds to and with `last`: yesterday takes it away at once. It can be shortened, never prolonged."""
        with writing(self._engine) as connection:
            login, told = shorten(connection, number, last)
            _changed(connection, by, login, f"rollen {told}")

    def has_administrator(self, day: dt.date) -> bool:
        """Whether anybody active holds a role that administers on the day."""
        with reading(self._engine) as connection:
            return administered(connection, day)

    @staticmethod
    def _give(connection: Connection, login: str, grant: Grant, catalogue: Catalogue, by: str) -> int:
        user = account_number(connection, login, lock=True)
        number, told = add_grant(connection, user, grant, catalogue)
        _changed(connection, by, login, f"fick rollen {told}")
        return number


def _set(connection: Connection, user: int, **values: Any) -> None:
    connection.execute(update(tables.user_account).where(_U.id == user).values(**values))


def _changed(connection: Connection, by: str, login: str, how: str) -> None:
    log(connection, by, Event.USER_CHANGED, f"{login_of(login) or login}: {how}")


def _taken(login: str) -> Problem:
    return Problem(f"Användaren ”{login}” finns redan.", "användarnamn", "Välj ett annat användarnamn.")


def _new_login(text: str) -> str:
    login = login_of(text)
    if login is None or login in RESERVED:
        raise DataError(
            Problem(
                f"”{text.strip()}” går inte att ha som användarnamn."
                if text.strip()
                else "Användarnamn saknas.",
                "användarnamn",
                "Skriv bokstäver, siffror och . _ @ + - |, högst 200 tecken.",
            )
        )
    return login


def _checked_name(text: str) -> str:
    name = " ".join(text.split())
    if not name or len(name) > _NAME or not name.isprintable():
        raise DataError(Problem("Namnet saknas eller går inte att använda.", "namn", "Skriv 1–200 tecken."))
    return name


def _checked_hash(password: str) -> str:
    if not is_hash(password):
        raise ValueError("a password is given as its bcrypt hash")
    return password
