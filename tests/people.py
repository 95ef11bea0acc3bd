"""Accounts for the tests of signing in: in a copy of the demo database, or in a small one."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import bcrypt
import pytest

from hsf_kpi import ROOT
from hsf_kpi.access import password
from hsf_kpi.access.password import hashed
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.role import Grant
from hsf_kpi.store.store import Store

PASSWORD = "rätt häst batteri"
LEADER, HEAD, NEWCOMER, GONE, ADMIN = "ledare", "chef", "nykomling", "slutat", "admin"
"""Sees everything; one klinik; must change the password; is disabled; administers."""


def with_people(demo_database: str, folder: Path) -> str:
    """The address of a copy of the demo database that knows the people above."""
    path = folder / "people.sqlite3"
    shutil.copyfile(demo_database.removeprefix("sqlite:///"), path)
    url = f"sqlite:///{path}"
    store = Store.open(url)
    add_people(store)
    store.close()
    return url


@contextmanager
def cheap_passwords() -> Iterator[None]:
    """Passwords hashed with few rounds: the same work, done sooner."""
    salt = bcrypt.gensalt(4)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bcrypt, "gensalt", lambda: salt)
        password._nobody.cache_clear()
        yield
    password._nobody.cache_clear()


def only_people(folder: Path) -> Path:
    """A database file with the people and no figures, as if real."""
    path = folder / "only_people.sqlite3"
    store = Store.create(f"sqlite:///{path}", "real", read_catalogue(ROOT / "data"), dt.date(2026, 3, 1))
    add_people(store)
    store.close()
    return path


def add_people(store: Store) -> None:
    catalogue = read_catalogue(ROOT / "data")
    kept = hashed(PASSWORD)
    accounts = store.accounts
    for login, name, grant in (
        (LEADER, "Ledningen", Grant("ledning")),
        (HEAD, "Klinikchefen", Grant("verksamhetschef", "kirurgkliniken")),
        (GONE, "Gunnar Gången", Grant("ledning")),
        (ADMIN, "Ada Min", Grant("admin")),
    ):
        accounts.add(login, name, "test", password=kept)
        accounts.grant(login, grant, catalogue, "test")
    accounts.add(NEWCOMER, "Ny Komling", "test", password=kept, must_change=True)
    accounts.grant(NEWCOMER, Grant("ledning"), catalogue, "test")
    accounts.set_active(GONE, False, "test")
