"""Rows that are only added: a change is a new version of what has the same key, with who and when. The highest stands.

Inside a transaction that the caller has begun. Saving what stands already, by the same login, adds nothing: a second click
on the same button is not a change by somebody else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from sqlalchemy import Connection, Engine, Row, Select, Table, and_, func, insert, select
from sqlalchemy.exc import IntegrityError

from hsf_kpi.model.dialogue import Written
from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.store.engine import writing

MOST_VERSIONS: Final = 200
"""Of what has one key. Against floods; nobody comes near it by working."""
_KEPT: Final = 200

Key = int | str


@dataclass(frozen=True, slots=True)
class Who:
    """by: the login; name: as shown now; at: when, with its time zone."""

    by: str
    name: str
    at: dt.datetime

    @classmethod
    def now(cls, by: str, name: str) -> Who:
        return cls(by, name, dt.datetime.now(dt.UTC))

    def writes(self, version: int) -> Written:
        return Written(self.by[:_KEPT], self.name[:_KEPT], self.at, version)


def versions(connection: Connection, table: Table, **key: Key) -> list[Row[Any]]:
    """Every version of what has the key, newest first."""
    same = and_(*(table.c[name] == value for name, value in key.items()))
    return list(connection.execute(select(table).where(same).order_by(table.c.version.desc())))


def newest(connection: Connection, table: Table, **key: Key) -> Row[Any] | None:
    same = and_(*(table.c[name] == value for name, value in key.items()))
    query = select(table).where(same).order_by(table.c.version.desc()).limit(1)
    return connection.execute(query).one_or_none()


def count_of(connection: Connection, table: Table, **key: Key) -> int:
    same = and_(*(table.c[name] == value for name, value in key.items()))
    return connection.execute(select(func.count()).select_from(table).where(same)).scalar_one()


def count_all(connection: Connection, tables: tuple[Table, ...]) -> int:
    """The rows of all of them together. Rows are only added, so it grows with each change."""
    return sum(connection.execute(_counts(tables)).one())


@cache  # asked at every click: to put the question together takes as long as to answer it
def _counts(tables: tuple[Table, ...]) -> Select[Any]:
    return select(*(select(func.count()).select_from(table).scalar_subquery() for table in tables))


def add(connection: Connection, table: Table, written: Written, **values: Any) -> None:
    """One row. IntegrityError when somebody has written that version already."""
    who = {"at": written.at, "by": written.by, "name": written.name, "version": written.version}
    connection.execute(insert(table).values(**values, **who))


def written_of(row: Row[Any]) -> Written:
    return Written(row.by, row.name, row.at, row.version)


@contextmanager
def changing(engine: Engine, what: str, where: str) -> Iterator[Connection]:
    """A transaction in which a version that somebody else has just written is told in the words of any other."""
    try:
        with writing(engine) as connection:
            yield connection
    except IntegrityError as error:
        raise changed(what, where) from error


def changed(what: str, where: str) -> DataError:
    """Somebody else was there before."""
    return DataError(
        Problem(
            f"Någon annan har ändrat {what} sedan du öppnade sidan.",
            where,
            "Kopiera det du har skrivit, ladda om sidan och gör om din ändring.",
        )
    )


def again(stands: Written | None, who: Who) -> bool:
    """Whether the one who writes has written what stands."""
    return stands is not None and stands.by == who.by[:_KEPT]


def following(stands: Written | None) -> int:
    """The number of the next version."""
    return 1 if stands is None else stands.version + 1


def demand_seen(stands: Written | None, seen: Written | None, what: str, where: str) -> None:
    if (stands.version if stands else 0) != (seen.version if seen else 0):
        raise changed(what, where)


def demand_few(connection: Connection, table: Table, what: str, where: str, key: dict[str, Any]) -> None:
    if count_of(connection, table, **key) >= MOST_VERSIONS:
        raise DataError(
            Problem(
                f"{what} har ändrats {MOST_VERSIONS} gånger för månaden, och kan inte ändras fler gånger.",
                where,
                "Skriv det som är nytt i nästa månad.",
            )
        )
