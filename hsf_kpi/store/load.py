"""Writing a delivery: one transaction that checks, supersedes, inserts, and makes the sums anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, exists, select, update

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.load import LoadKind
from hsf_kpi.model.observation import ExternalValue
from hsf_kpi.model.problems import DataError, Problem, StoreError
from hsf_kpi.store import tables
from hsf_kpi.store.batch import Batch, batch
from hsf_kpi.store.bulk import insert_rows
from hsf_kpi.store.checks import external_problems, problems_of
from hsf_kpi.store.codes import ORIGIN
from hsf_kpi.store.delivery import Delivery
from hsf_kpi.store.derive_load import by_hand, ledger_origins, newly_derived, takes_hours, withdraw
from hsf_kpi.store.extent import Extent, extent_of_books, extent_of_rows
from hsf_kpi.store.files import keep_file
from hsf_kpi.store.follow_up_load import take_follow_ups
from hsf_kpi.store.handin_load import take_handins
from hsf_kpi.store.ledger_load import ledger_batch, write_ledger
from hsf_kpi.store.ledger_sums import recompute_ledger
from hsf_kpi.store.loads import register
from hsf_kpi.store.observations import supersede, write_observations
from hsf_kpi.store.refresh import define, recompute, same_organisation
from hsf_kpi.store.registers import take_registers
from hsf_kpi.store.state import demand_seen, read_meta, state_of, write_meta

__all__ = ["Delivery", "load", "refresh", "settle", "write"]

_DERIVED = "Beräknat ur huvudboken"
_MOST_PROBLEMS = 1000


@dataclass(frozen=True, slots=True)
class Written:
    """What a delivery has written, before the sums are made anew. measures: those that changed; None: any may have.
    books: whether the ledger changed.
    """

    version: int
    number: int
    measures: frozenset[str] | None
    books: bool


def load(connection: Connection, catalogue: Catalogue, delivery: Delivery) -> int:
    """Returns the new data version. DataError with every problem, StoreError when the database is of the
    wrong kind.
    """
    before = read_meta(connection, lock=True)
    written = write(connection, catalogue, delivery)
    settle(connection, catalogue, before, [written], delivery)
    return written.version


def write(connection: Connection, catalogue: Catalogue, delivery: Delivery) -> Written:
    """Checks and writes a delivery, and what the ledger then makes of itself, but no sums: `settle` makes them."""
    meta = read_meta(connection, lock=True)
    demand_seen(meta, delivery.seen, delivery.source)
    if delivery.origin is Origin.DEMO and meta["kind"] != "demo":
        raise StoreError(
            Problem(
                "Demodata kan inte läsas in i en skarp databas.",
                delivery.source,
                "Skapa en demodatabas för att prova med demodata.",
            )
        )
    books = ledger_batch(delivery)
    origins = ledger_origins(connection)
    problems = [*external_problems(delivery.external), *books.problems(catalogue)]
    redefined = meta["fingerprint"] != catalogue.fingerprint
    if redefined:
        define(connection, catalogue)
    version = int(meta["data_version"]) + 1
    number = register(connection, delivery, len(books), version)
    day = (delivery.at or dt.datetime.now(dt.UTC)).date()
    if delivery.file is not None:
        delivery.tell("Sparar filen", 0.0)
        keep_file(connection, delivery.file, delivery.by, delivery.at or dt.datetime.now(dt.UTC))
    for take in (take_registers, take_handins, take_follow_ups):
        try:
            take(connection, catalogue, delivery, number)
        except DataError as error:
            problems.extend(error.problems)
    ours = delivery.origin in origins or len(books) > 0
    found, wrong = _Observed(), list[Problem]()
    for some, of_file in _batches(delivery):
        if len(wrong) < _MOST_PROBLEMS:
            wrong.extend(problems_of(some, catalogue, delivery.origin))
            wrong.extend(by_hand(some, catalogue, has_ledger=ours))
        if not problems and not wrong and len(some):
            write_observations(connection, some, delivery.source, number, day, of_file=of_file)
            found.add(some, catalogue)
            delivery.tell("Skriver värdena", found.rows / max(found.rows + 200_000, 1))
    if wrong or problems:
        raise DataError([*wrong, *problems])
    if found.measures:
        supersede(connection, found.measures, number)
    if len(books):
        write_ledger(connection, catalogue, books, number)
    _count(connection, number, found.rows + len(books) + _others(delivery))
    changes = len(books) > 0 or found.hours
    extent = found.extent | extent_of_books(books)
    measures = frozenset(found.measures)
    if ours and (changes or redefined):
        more, reached = _derive(connection, catalogue, delivery, number, day)
        measures, extent = measures | more, extent | reached
    # What another origin's figures are made of may be this one's, where it is the stronger.
    others = {one for one in origins if one is not delivery.origin}
    touched = {one for one in others if redefined or (changes and ORIGIN[one] > ORIGIN[delivery.origin])}
    measures |= derive_again(connection, catalogue, version, touched)
    if delivery.external:
        write_external(connection, delivery.external, number)
    changed = {"data_version": str(version)} | extent.widened(meta)
    if delivery.as_of:
        changed["as_of"] = delivery.as_of.isoformat()
    write_meta(connection, changed)
    return Written(version, number, None if redefined else measures, len(books) > 0)


def settle(
    connection: Connection,
    catalogue: Catalogue,
    before: dict[str, str],
    written: Sequence[Written],
    delivery: Delivery | None = None,
) -> None:
    """Makes the sums anew that the written deliveries have changed. before: `meta` as it was before the first of them."""
    if not written:
        return
    after = read_meta(connection)
    moved = not same_organisation(catalogue.organisation, state_of(before).today, state_of(after).today)
    measures: frozenset[str] | None = frozenset()
    for one in written:
        measures = None if measures is None or one.measures is None else measures | one.measures
    if moved:
        measures = None
    tell = delivery.tell if delivery is not None else lambda _what, _share: None
    first = min(one.number for one in written)
    all_anew = recompute(connection, catalogue, after, measures, first, before=before, tell=tell)
    if any(one.books for one in written) or (all_anew and ledger_origins(connection)):
        recompute_ledger(connection, catalogue, state_of(after).today)


def refresh(connection: Connection, catalogue: Catalogue, since: int | None = None) -> None:
    """Makes everything that is computed anew by the definitions: derived observations, then every sum. since: the number of
    the first load that came in the same transaction.
    """
    meta = read_meta(connection)
    origins = ledger_origins(connection)
    derive_again(connection, catalogue, int(meta["data_version"]), origins)
    recompute(connection, catalogue, meta, None, since)
    if origins:
        recompute_ledger(connection, catalogue, state_of(meta).today)


def derive_again(
    connection: Connection, catalogue: Catalogue, version: int, origins: Iterable[Origin]
) -> frozenset[str]:
    """Stores the derived observations that changed definitions, or another origin's ledger, have made others: a load of its
    own for each origin. The measures that have changed.
    """
    changed: frozenset[str] = frozenset()
    for origin in sorted(origins):
        anew = newly_derived(connection, catalogue, origin)
        if anew is not None:
            delivery = Delivery(_DERIVED, origin, ())
            number = register(connection, delivery, len(anew.fresh), version, LoadKind.DERIVED)
            withdraw(connection, anew, number)
            if len(anew.fresh):
                day = dt.datetime.now(dt.UTC).date()
                write_observations(connection, anew.fresh, _DERIVED, number, day)
                supersede(connection, anew.fresh_measures, number)
            changed |= anew.measures
    return changed


def _derive(
    connection: Connection, catalogue: Catalogue, delivery: Delivery, number: int, day: dt.date
) -> tuple[frozenset[str], Extent]:
    """What the ledger, or the hours, of the delivery make anew, under its own number."""
    anew = newly_derived(connection, catalogue, delivery.origin)
    if anew is None:
        return frozenset(), Extent()
    withdraw(connection, anew, number)
    if len(anew.fresh):
        write_observations(connection, anew.fresh, delivery.source, number, day)
        supersede(connection, anew.fresh_measures, number)
    return anew.measures, extent_of_rows(anew.fresh)


def derive_of(
    connection: Connection, catalogue: Catalogue, origin: Origin, version: int, number: int
) -> frozenset[str]:
    """What the ledgers make when one of this origin has been undone by the load `number`: the measures that have changed."""
    day = dt.datetime.now(dt.UTC).date()
    measures, _ = _derive(connection, catalogue, Delivery(_DERIVED, origin, ()), number, day)
    weaker = {one for one in ledger_origins(connection) if ORIGIN[one] > ORIGIN[origin]}
    return measures | derive_again(connection, catalogue, version, weaker)


class _Observed:
    """What the observations of a delivery were, gathered as they are written."""

    def __init__(self) -> None:
        self.rows = 0
        self.measures: set[str] = set()
        self.hours = False
        self.extent = Extent()

    def add(self, some: Batch, catalogue: Catalogue) -> None:
        self.rows += len(some)
        self.measures.update(some.frame["measure"].unique().tolist())
        self.hours = self.hours or takes_hours(some, catalogue)
        self.extent |= extent_of_rows(some)


def _batches(delivery: Delivery) -> Iterator[tuple[Batch, bool]]:
    """Each with whether its rows are those of a file."""
    yield batch(delivery.observations, delivery.origin), False
    for frame in delivery.slices() if delivery.slices is not None else ():
        yield batch(frame, delivery.origin), True


def _others(delivery: Delivery) -> int:
    """Rows of what is neither figures nor ledger."""
    return len(delivery.external) + sum(len(m.parts) for m in delivery.moves) + len(delivery.improvements)


def _count(connection: Connection, number: int, rows: int) -> None:
    connection.execute(update(tables.load).where(tables.load.c.id == number).values(rows=rows))


def write_external(connection: Connection, values: Sequence[ExternalValue], number: int) -> None:
    """A newer value of a public series takes the place of the older, which stays."""
    columns = ("register", "series", "region_id", "year", "region", "value", "load_id")
    rows = ((v.register, v.series, v.region_id, v.year, v.region, v.value, number) for v in values)
    insert_rows(connection, tables.external_value, columns, rows)
    old, new = tables.external_value, tables.external_value.alias("new")
    same = and_(*(new.c[name] == old.c[name] for name in columns[:4]), new.c.load_id == number)
    connection.execute(
        update(old)
        .where(
            old.c.superseded_by.is_(None),
            old.c.load_id < number,
            exists(select(1).select_from(new).where(same)),
        )
        .values(superseded_by=number)
    )
