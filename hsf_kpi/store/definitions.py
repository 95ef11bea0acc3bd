"""Definitions that were loaded from files: texts by their path below data/, read beside the files that lie there.

A text is never overwritten: a later load of the same path supersedes it, and undoing that load writes it again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, insert, inspect, or_, select, update

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.event import Event
from hsf_kpi.model.load import Load, LoadKind
from hsf_kpi.model.problems import DataError, Problem, StoreError
from hsf_kpi.store import tables
from hsf_kpi.store.administrators import know_roles
from hsf_kpi.store.audit import log
from hsf_kpi.store.delivery import Delivery
from hsf_kpi.store.engine import LOADS_WAIT, in_memory, open_engine, parse_url, reading, writing
from hsf_kpi.store.files import keep_file
from hsf_kpi.store.load import refresh
from hsf_kpi.store.loads import load_of, register
from hsf_kpi.store.refresh import define
from hsf_kpi.store.state import demand_seen, read_meta, write_meta
from hsf_kpi.store.tables_loading import definition_file

_D, _L = definition_file.c, tables.load.c
Texts = Sequence[tuple[str, str]]
"""Path below data/ («targets/2024-andringar.toml») and text."""


class DefinitionStore:
    """What has been loaded of definitions, and loading and undoing them.

    The store can't read definitions: who loads or undoes brings the catalogue as it then becomes.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def overlay(self) -> dict[str, str]:
        """The texts that hold now, by path."""
        with reading(self._engine) as connection:
            return overlay(connection)

    def overlay_as_of(self, load: int) -> dict[str, str]:
        """The texts that held when the load of that number was the last."""
        known = _D.load_id <= load, or_(_D.superseded_by.is_(None), _D.superseded_by > load)
        with reading(self._engine) as connection:
            query = select(_D.path, _D.text).where(*known).order_by(_D.path)
            return dict(connection.execute(query).all())

    def overlay_without(self, number: int) -> dict[str, str]:
        """The texts that hold when the load has been undone. NotFound and DataError as `undo`."""
        with reading(self._engine) as connection:
            return dict(_undone(connection, number).overlay)

    def take(self, catalogue: Catalogue, delivery: Delivery, *, before: str, rows: int = 0) -> int:
        """Loads the delivery's definitions, in one transaction with what they change of the sums; the number of the load.
        catalogue: the one that is made of them. before: the fingerprint of the one that they were laid upon.

        StoreError where units or accounts that have values would vanish, and where the definitions in the database are
        others than those of `before`.
        """
        with writing(self._engine, wait=LOADS_WAIT) as connection:
            version = _next(connection, before, delivery.seen)
            number = register(connection, delivery, rows, version, LoadKind.DEFINITIONS)
            if delivery.file is not None:
                keep_file(connection, delivery.file, delivery.by, delivery.at or dt.datetime.now(dt.UTC))
            apply_definitions(connection, catalogue, delivery.definitions, number)
            told = f"{delivery.source} (definitioner), dataversion {version}"
            log(connection, delivery.by, Event.LOADED, told)
        return number

    def undo(self, catalogue: Catalogue, number: int, by: str, *, before: str) -> int:
        """Takes the load back, so that the texts before it hold again, and makes the sums anew. catalogue: the one that is
        made of `overlay_without(number)`. before: as of `take`. The new data version.

        NotFound where there is no such load; DataError where it can't be undone: it brought no definitions, has been
        undone, or later loads have replaced what it brought; StoreError as `take`.
        """
        with writing(self._engine, wait=LOADS_WAIT) as connection:
            version = _next(connection, before)
            load = load_of(connection, number)
            delivery = Delivery(
                f"Ångrad inläsning {number}: {load.source}", load.origin, (), by=by, profile=load.profile
            )
            undoing = register(connection, delivery, load.rows, version, LoadKind.UNDO)
            paths = undo_definitions(connection, number, undoing)
            _redefine(connection, catalogue, paths, undoing)
            log(connection, by, Event.UNDONE, f"inläsning {number} (definitioner), dataversion {version}")
        return version


def overlay(connection: Connection) -> dict[str, str]:
    """The texts that hold, by path."""
    query = select(_D.path, _D.text).where(_D.superseded_by.is_(None)).order_by(_D.path)
    return dict(connection.execute(query).all())


def overlay_at(address: str | Path) -> dict[str, str]:
    """The texts of the database at the address, which is left as it is; none where it is not there, or is older than they.

    StoreError when a server can't be reached.
    """
    url = parse_url(address)
    if url.get_backend_name() == "sqlite" and (in_memory(url) or not Path(str(url.database)).is_file()):
        return {}
    engine = open_engine(url)
    try:
        with reading(engine) as connection:
            known = inspect(connection).has_table(definition_file.name)
            return overlay(connection) if known else {}
    finally:
        engine.dispose()


def take_definitions(connection: Connection, files: Texts, number: int) -> None:
    """Writes the texts under the load's number. An earlier one of the same path is superseded."""
    for path, text in files:
        _end(connection, path, number)
        _write(connection, path, text, number)


def apply_definitions(connection: Connection, catalogue: Catalogue, files: Texts, number: int) -> None:
    """`take_definitions`, and what they change: numbers for what is new, the fingerprint, every sum. The caller holds the
    lock of `meta` and has raised the data version. StoreError as `DefinitionStore.take`.
    """
    take_definitions(connection, files, number)
    _redefine(connection, catalogue, [path for path, _ in files], number)


def undo_definitions(connection: Connection, number: int, undoing: int) -> list[str]:
    """Ends the texts that the load brought, and writes those that it had replaced under the number of the undoing; marks the
    load as undone. The paths; the definitions themselves are the caller's.
    """
    found = _undone(connection, number)
    connection.execute(update(tables.load).where(_L.id == undoing).values(undoes=number))
    marked = {"undone_by": undoing, "undone_at": dt.datetime.now(dt.UTC)}
    connection.execute(update(tables.load).where(_L.id == number).values(marked))
    for path in found.ended:
        _end(connection, path, undoing)
    for path, text in found.restored.items():
        _write(connection, path, text, undoing)
    return list(found.ended)


def _next(connection: Connection, before: str, seen: int | None = None) -> int:
    """Raises the data version. StoreError when the definitions are others than they were thought to be, DataError when
    the data are others than those of the version `seen`.
    """
    meta = read_meta(connection, lock=True)
    demand_seen(meta, seen, "definitioner")
    if meta["fingerprint"] != before:
        raise _changed()
    version = int(meta["data_version"]) + 1
    write_meta(connection, {"data_version": str(version)})
    return version


def _redefine(connection: Connection, catalogue: Catalogue, paths: Sequence[str], number: int) -> None:
    """Takes over the catalogue, which must be made of just the texts that now hold. paths: those that changed."""
    if dict(catalogue.loaded) != overlay(connection):
        raise _changed()
    define(connection, catalogue)
    know_roles(connection, catalogue)
    # No sum is made of targets and baselines.
    if not all(path.startswith("targets/") for path in paths):
        refresh(connection, catalogue, number)


def _changed() -> StoreError:
    return StoreError(
        Problem(
            "Definitionerna har ändrats under tiden.",
            "definitioner",
            "Kontrollera filen på nytt och läs in den igen. Har mappen data/ ändrats: uppdatera databasen först.",
        )
    )


def _write(connection: Connection, path: str, text: str, number: int) -> None:
    connection.execute(insert(definition_file).values(path=path, load_id=number, text=text))


def _end(connection: Connection, path: str, number: int) -> None:
    live = _D.path == path, _D.superseded_by.is_(None)
    connection.execute(update(definition_file).where(*live).values(superseded_by=number))


@dataclass(frozen=True, slots=True)
class _Undone:
    """What undoing ends, and what it restores."""

    ended: Sequence[str]
    restored: Mapping[str, str]
    overlay: Mapping[str, str]


def _undone(connection: Connection, number: int) -> _Undone:
    """DataError where the load can't be undone."""
    load = load_of(connection, number)
    rows = connection.execute(select(definition_file)).all()
    undoes = dict(connection.execute(select(_L.id, _L.undoes).where(_L.undoes.is_not(None))).all())
    own = {row.path: row for row in rows if row.load_id == number}
    live = {row.path: row for row in rows if row.superseded_by is None}
    _demand(load, {_brought_by(rows, undoes, live[path]) if path in live else 0 for path in own} - {number})
    before = {row.path: row.text for row in rows if row.superseded_by == number}
    kept = {path: row.text for path, row in live.items() if path not in own}
    return _Undone(sorted(own), before, dict(sorted({**kept, **before}.items())))


def _demand(load: Load, later: set[int]) -> None:
    where = f"inläsning {load.number}"
    again = "Läs in filen på nytt om den ska gälla."
    if load.kind is not LoadKind.DEFINITIONS:
        raise DataError(Problem("Inläsningen gällde inte definitioner.", where, "Välj en annan inläsning."))
    if load.undone_by is not None:
        raise DataError(Problem("Inläsningen är redan ångrad.", where, again))
    if later:
        named = ", ".join(str(number) for number in sorted(later))
        raise DataError(
            Problem(
                f"Senare inläsningar har ersatt delar av den: {named}.",
                where,
                "Ångra dem först, den senaste först, eller läs in en rättelse.",
            )
        )


def _brought_by(rows: Sequence[Any], undoes: Mapping[int, int], row: Any) -> int:
    """The load that the text came with, past the undoings that have restored it."""
    while row.load_id in undoes:
        undone = undoes[row.load_id]
        row = next(one for one in rows if one.path == row.path and one.superseded_by == undone)
    return int(row.load_id)
