"""Frozen reports, kept as they are: added, never changed. Knows their bytes, not what they mean.

An edition is seen by those who may see something of its unit in its month. What of it they may see is judged by the
caller, figure by figure.
"""

from __future__ import annotations

import datetime as dt
import re
import zlib
from typing import Any, Final

from sqlalchemy import Connection, Engine, Row, Select, insert, select

from hsf_kpi.model.edition import FORMAT, HASH_SIGNS, Edition, edition_id, report_hash
from hsf_kpi.model.event import Event
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import NotFound, NotPermitted, Problem, StoreError
from hsf_kpi.model.scope import Scope
from hsf_kpi.store import tables
from hsf_kpi.store.audit import log
from hsf_kpi.store.engine import reading, writing
from hsf_kpi.store.handin_text import line
from hsf_kpi.store.refresh import ids_of
from hsf_kpi.store.state import read_meta
from hsf_kpi.store.tables_editions import report_edition
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.words import sentence_start

_E = report_edition.c
_TOLD = [column for column in report_edition.columns if column.name not in ("unit", "content")]
_KEPT: Final = 200
"""As the columns of login and name hold it."""
_HASH: Final = 64
_ID: Final = re.compile("[a-z0-9-]{1,200}")
"""A link may hold anything, also what no database can be asked for."""


class EditionStore:
    """Every question takes a scope first."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def save(
        self,
        scope: Scope,
        content: bytes,
        *,
        template: str,
        title: str,
        unit: str,
        month: Month,
        by: str,
        name: str = "",
        data: int = 0,
        format: int = FORMAT,
        at: dt.datetime | None = None,
    ) -> tuple[Edition, bool]:
        """Keeps a frozen report, and whether it is new: the same content of the same unit and month is one edition, and the
        first who froze it stands. The log is written. data: the number of the latest load that the report knew of, 0 for
        none. at: now when not given.

        NotPermitted outside the scope.
        """
        _demand_month(scope, unit, month)
        at, digest = at or dt.datetime.now(dt.UTC), report_hash(content)
        packed = zlib.compress(content, 6)
        with writing(self._engine) as connection:
            # Who waited for the lock reads what the other one has added.
            read_meta(connection, lock=True)
            number = ids_of(connection, tables.unit)[unit]
            key, before = _place(connection, month, unit, digest)
            if before is not None:
                return before, False
            values = {
                "id": key,
                "hash": digest,
                "template": template,
                "title": line(title),
                "unit": number,
                "month": month.index,
                "at": at,
                "by": by[:_KEPT],
                "name": line(name or by)[:_KEPT],
                "load_id": data or None,
                "format": format,
                "size": len(content),
                "content": packed,
            }
            connection.execute(insert(report_edition), values)
            log(connection, by, Event.FROZEN, f"{key}, {line(title)}", at)
            return _demand(_read(connection, key)), True

    def list(self, scope: Scope, unit: str | None = None) -> tuple[Edition, ...]:
        """Newest first, of the unit or of all that may be seen. NotPermitted for a unit outside the scope."""
        if unit is not None:
            scope.demand(unit)
        units = scope.units if unit is None else {unit}
        query = _query().where(tables.unit.c.key.in_(units)).order_by(_E.at.desc(), _E.id)
        with reading(self._engine) as connection:
            found = [_edition(row) for row in connection.execute(query)]
        return tuple(one for one in found if _may_see(scope, one.unit, one.month))

    def get(self, scope: Scope, id: str) -> tuple[Edition, bytes]:
        """The edition and what is frozen in it. NotFound for an unknown one, NotPermitted, in the same words, for one of a
        unit or month outside the scope. StoreError when a single bit of it is another than the day it was frozen.
        """
        if not _ID.fullmatch(id):
            raise NotFound(_unknown(id))
        with reading(self._engine) as connection:
            edition = _read(connection, id)
            if edition is None:
                raise NotFound(_unknown(id))
            if not _may_see(scope, edition.unit, edition.month):
                raise NotPermitted(_unknown(id))
            packed = connection.execute(select(_E.content).where(_E.id == id)).scalar_one()
        return edition, _verified(edition, packed)


def _place(connection: Connection, month: Month, unit: str, digest: str) -> tuple[str, Edition | None]:
    """The id, and the edition that has it already with the same hash. More of the hash where another content has it."""
    for signs in range(HASH_SIGNS, _HASH + 1):
        key = edition_id(month, unit, digest, signs)
        before = _read(connection, key)
        if before is None or before.hash == digest:
            break
    return key, before


def _verified(edition: Edition, packed: bytes) -> bytes:
    """What is packed, as it was frozen. The hash is also in the id, which stands in links and files."""
    unpack = zlib.decompressobj()
    try:
        content = unpack.decompress(packed, edition.size + 1)
    except zlib.error:
        content = b""
    start = edition_id(edition.month, edition.unit, "")
    whole = unpack.eof and report_hash(content) == edition.hash
    if not whole or edition.id != f"{start}{edition.hash[: len(edition.id) - len(start)]}":
        raise StoreError(
            Problem(
                "Utgåvan har ändrats sedan den skapades, och visas inte.",
                f"utgåva {edition.id}",
                "Be den som sköter servern att hämta den ur en säkerhetskopia.",
            )
        )
    return content


def _may_see(scope: Scope, unit: str, month: Month) -> bool:
    """Whether anything of the unit may be seen in the month."""
    return any(
        unit in reach.units and (reach.through is None or month <= reach.through) for reach in scope.reaches
    )


def _demand_month(scope: Scope, unit: str, month: Month) -> None:
    scope.demand(unit)
    if not _may_see(scope, unit, month):
        name = sentence_start(month_text(month))
        raise NotPermitted(
            Problem(f"{name} ingår inte i din behörighet.", "månad", "Välj en tidigare månad.")
        )


def _query() -> Select[Any]:
    unit = tables.unit.c
    return select(*_TOLD, unit.key.label("unit_key")).join(tables.unit, unit.id == _E.unit)


def _read(connection: Connection, id: str) -> Edition | None:
    row = connection.execute(_query().where(_E.id == id)).one_or_none()
    return None if row is None else _edition(row)


def _edition(row: Row[Any]) -> Edition:
    return Edition(
        id=row.id,
        hash=row.hash,
        template=row.template,
        title=row.title,
        unit=row.unit_key,
        month=Month(row.month),
        by=row.by,
        by_name=row.name,
        at=row.at,
        data=row.load_id or 0,
        format=row.format,
        size=row.size,
    )


def _demand(edition: Edition | None) -> Edition:
    assert edition is not None, "it was written in this transaction"
    return edition


def _unknown(id: str) -> Problem:
    return Problem(
        f"Utgåvan ”{id}” finns inte eller ingår inte i din behörighet.", "utgåva", "Välj en utgåva i listan."
    )
