"""The audit log: who did what, and when. Read newest first, erased only by the region's decision on gallring."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, delete, func, insert, select

from hsf_kpi.model.event import Event
from hsf_kpi.store import tables
from hsf_kpi.store.engine import reading, writing
from hsf_kpi.store.moment import day_start

_C = tables.audit_log.c
_WHO, _WHAT, _DETAIL = 200, 80, 2000
"""The most that is kept of a text, in characters."""


@dataclass(frozen=True, slots=True)
class Entry:
    """at: in UTC. what: a verb (`model.event.Event`)."""

    at: dt.datetime
    who: str
    what: str
    detail: str


class Audit:
    """Days are Swedish days (Europe/Stockholm), both included."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def entries(
        self,
        *,
        who: str = "",
        what: Collection[str] = (),
        first: dt.date | None = None,
        last: dt.date | None = None,
        limit: int = 100,
        offset: int = 0,
    ) -> list[Entry]:
        """Newest first. who: a part of the name, upper and lower case alike; empty for everybody. what: () for all."""
        query = select(_C.at, _C.who, _C.what, _C.detail).order_by(_C.at.desc(), _C.id.desc())
        query = query.where(*_chosen(who, what, first, last)).limit(limit).offset(offset)
        with reading(self._engine) as connection:
            return [Entry(*row) for row in connection.execute(query)]

    def count(
        self,
        *,
        who: str = "",
        what: Collection[str] = (),
        first: dt.date | None = None,
        last: dt.date | None = None,
    ) -> int:
        query: Select[Any] = select(func.count()).select_from(tables.audit_log)
        with reading(self._engine) as connection:
            return int(connection.execute(query.where(*_chosen(who, what, first, last))).scalar_one())

    def write(self, who: str, what: str, detail: str = "", now: dt.datetime | None = None) -> None:
        with writing(self._engine) as connection:
            log(connection, who, what, detail, now)

    def prune(self, before: dt.date, by: str) -> int:
        """Erases what is older than the day, and says how many entries. Writes that it did, when there were any."""
        with writing(self._engine) as connection:
            erased = connection.execute(delete(tables.audit_log).where(_C.at < day_start(before))).rowcount
            if erased:
                log(connection, by, Event.LOG_PRUNED, f"{erased} rader före {before.isoformat()}")
        return erased


def log(
    connection: Connection, who: str, what: str, detail: str = "", now: dt.datetime | None = None
) -> None:
    """Writes an entry in the connection's transaction: with what it tells of, or not at all. A text may come from
    anywhere (a link, a form); what no database can keep in it is replaced.
    """
    values = {"who": _kept(who, _WHO), "what": _kept(what, _WHAT), "detail": _kept(detail, _DETAIL)}
    connection.execute(insert(tables.audit_log).values(at=now or dt.datetime.now(dt.UTC), **values))


def _chosen(
    who: str, what: Collection[str], first: dt.date | None, last: dt.date | None
) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if who:
        found.append(func.lower(_C.who).contains(_kept(who, _WHO).lower(), autoescape=True))
    if what:
        found.append(_C.what.in_([str(one) for one in what]))
    if first is not None:
        found.append(_C.at >= day_start(first))
    if last is not None:
        found.append(_C.at < day_start(last + dt.timedelta(days=1)))
    return found


def _kept(text: str, most: int) -> str:
    return (
        str(text).encode("utf-8", "replace").decode("utf-8").replace("\0", "\N{REPLACEMENT CHARACTER}")[:most]
    )
