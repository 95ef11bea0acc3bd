"""The store: one object per database, safe to share between threads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd
from sqlalchemy import Connection, Engine, inspect, select
from sqlalchemy.engine import URL

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.cell import MeasureSeries
from hsf_kpi.model.codes import OrgView, Origin, Sex
from hsf_kpi.model.event import Event
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.observation import ExternalValue, Observation
from hsf_kpi.model.peers import PeerValues, Withheld
from hsf_kpi.model.period import Month, Period, View
from hsf_kpi.model.problems import Problem, StoreError
from hsf_kpi.model.scope import Scope
from hsf_kpi.store import schema, tables
from hsf_kpi.store.accounts import Accounts
from hsf_kpi.store.administrators import know_roles
from hsf_kpi.store.audit import Audit
from hsf_kpi.store.audit import log as _log
from hsf_kpi.store.definitions import DefinitionStore
from hsf_kpi.store.delivery import Delivery
from hsf_kpi.store.editions import EditionStore
from hsf_kpi.store.engine import (
    LOADS_WAIT,
    FileIdentity,
    identity,
    in_memory,
    open_engine,
    parse_url,
    reading,
    shown,
    writing,
)
from hsf_kpi.store.follow_ups import FollowUpStore
from hsf_kpi.store.habits import HabitStore
from hsf_kpi.store.handins import HandInStore
from hsf_kpi.store.ledger import LedgerStore
from hsf_kpi.store.load import Written, load, refresh, settle, write
from hsf_kpi.store.loads import LoadStore
from hsf_kpi.store.months import MonthStore
from hsf_kpi.store.peers import demand_period, read_peers
from hsf_kpi.store.preview import PreviewStore
from hsf_kpi.store.profiles import ProfileStore
from hsf_kpi.store.provenance import ProvenanceStore
from hsf_kpi.store.pulse import Pulse, pulse
from hsf_kpi.store.quality import QualityStore
from hsf_kpi.store.queries import read_external, read_unit, read_units
from hsf_kpi.store.refresh import define, ids_of
from hsf_kpi.store.registers import RegisterStore
from hsf_kpi.store.series import SeriesStore
from hsf_kpi.store.sessions import Sessions
from hsf_kpi.store.state import KINDS, StoreState, read_meta, state_of, write_meta
from hsf_kpi.store.throttle import Throttle
from hsf_kpi.store.tokens import Tokens
from hsf_kpi.swedish.words import ORIGIN_WORD


class NotEmpty(StoreError):
    """The database that was to be made holds something already."""


class Store:
    """Open with `Store.open` or `Store.create`. Every question about the organisation's figures takes a scope
    first.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._file = _file_of(engine)
        self._numbers: Mapping[str, int] = {}
        self.accounts = Accounts(engine)
        self.sessions = Sessions(engine)
        self.throttle = Throttle(engine)
        self.tokens = Tokens(engine)
        self.audit_log = Audit(engine)
        self.ledger = LedgerStore(engine)
        self.registers = RegisterStore(engine)
        self.handins = HandInStore(engine)
        self.follow_ups = FollowUpStore(engine)
        self.series = SeriesStore(engine)
        self.loads = LoadStore(engine)
        self.definitions = DefinitionStore(engine)
        self.months = MonthStore(engine)
        self.profiles = ProfileStore(engine)
        self.preview = PreviewStore(engine)
        self.quality = QualityStore(engine)
        self.provenance = ProvenanceStore(engine)
        self.editions = EditionStore(engine)
        self.habits = HabitStore(engine)

    @classmethod
    def open(cls, address: str | Path) -> Store:
        """An existing database. StoreError when it is unreachable, empty, or of a version that this code does
        not know.
        """
        url = parse_url(address)
        if url.get_backend_name() == "sqlite" and (in_memory(url) or not Path(str(url.database)).is_file()):
            raise _empty(url)
        engine = open_engine(url, make=False)
        with reading(engine) as connection:
            version = schema.version(connection)
            has_meta = version is not None and bool(read_meta(connection))
        if version is not None and version not in schema.VERSIONS:
            raise StoreError(
                Problem(
                    f"Databasen har version {version}, som är nyare än programmet.",
                    shown(url),
                    "Uppdatera programmet, eller använd en annan databas.",
                )
            )
        if not has_meta:
            raise _empty(url)
        if version != schema.VERSIONS[-1]:
            with writing(engine) as connection:
                schema.migrate(connection)
        return cls(engine)

    @classmethod
    def create(
        cls,
        address: str | Path,
        kind: str,
        catalogue: Catalogue,
        as_of: dt.date,
        deliveries: Sequence[Delivery] = (),
    ) -> Store:
        """A new database with its tables, units and measures, and what is delivered with it, in one transaction.
        `kind` is «demo» or «real», for ever.

        NotEmpty when the database already holds something, maybe since another server has just made it; then it is left
        as it is.
        """
        url = parse_url(address)
        if kind not in KINDS:
            raise StoreError(
                Problem(f"En databas kan inte vara av slaget ”{kind}”.", shown(url), "Välj demo eller real.")
            )
        if url.get_backend_name() == "sqlite" and not in_memory(url):
            try:
                Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreError(
                    Problem(
                        "Databasens mapp kan inte skapas.", shown(url), "Välj en mapp som går att skriva i."
                    )
                ) from error
        engine = open_engine(url)
        with writing(engine) as connection:
            schema.alone(connection)
            if inspect(connection).get_table_names():
                raise NotEmpty(
                    Problem(
                        "Databasen är inte tom.",
                        shown(url),
                        "Öppna den som den är, eller välj en ny databas.",
                    )
                )
            schema.migrate(connection)
            write_meta(connection, {"kind": kind, "as_of": as_of.isoformat(), "data_version": "0"})
            define(connection, catalogue)
            know_roles(connection, catalogue)
            _log(connection, "system", Event.CREATED, kind)
            before = read_meta(connection)
            # The sums are made once, of all that came.
            settle(connection, catalogue, before, _write_all(connection, catalogue, deliveries))
        return cls(engine)

    @classmethod
    def is_there(cls, address: str | Path) -> bool:
        """Whether a database with content answers at the address. StoreError when a server can't be reached."""
        url = parse_url(address)
        if url.get_backend_name() == "sqlite" and (in_memory(url) or not Path(str(url.database)).is_file()):
            return False
        engine = open_engine(url)
        try:
            with reading(engine) as connection:
                return schema.version(connection) is not None and bool(read_meta(connection))
        finally:
            engine.dispose()

    def is_replaced(self) -> bool:
        """Whether another SQLite file has got the name of the one that this store was opened on."""
        found = _file_of(self._engine)
        return found is not None and found != self._file

    def close(self) -> None:
        """Gives back every connection."""
        self._engine.dispose()

    def pulse(self) -> Pulse:
        """How the database is, for who watches the server. StoreError when it can't be reached."""
        return pulse(self._engine)

    def state(self) -> StoreState:
        with reading(self._engine) as connection:
            return state_of(read_meta(connection))

    def load(
        self,
        catalogue: Catalogue,
        source: str,
        origin: Origin,
        observations: Iterable[Observation] | pd.DataFrame,
        external: Iterable[ExternalValue] = (),
        *,
        sha256: str | None = None,
        by: str = "system",
        as_of: dt.date | None = None,
    ) -> int:
        """Loads all of it or nothing, makes the sums anew, and returns the new data version.

        `observations` may be a frame (see `batch.batch`). An observation that exists already (same measure,
        unit, period, sex, origin and form) is superseded. `as_of` moves the day that the data are looked at.
        DataError with every problem and its first rows; StoreError for demo data in a real database.
        """
        return self.take(
            catalogue, Delivery(source, origin, observations, tuple(external), sha256, by, as_of)
        )

    def take(self, catalogue: Catalogue, delivery: Delivery) -> int:
        """Loads a whole delivery, with ledger, registers and what is handed in, or nothing of it; else as `load`."""
        with writing(self._engine, wait=LOADS_WAIT) as connection:
            version = load(connection, catalogue, delivery)
            _log(connection, delivery.by, Event.LOADED, _told(delivery, version))
        return version

    def sync_definitions(self, catalogue: Catalogue, deliveries: Sequence[Delivery] = ()) -> bool:
        """Takes in changed definitions, and what is delivered with them, in one transaction: new units and measures,
        every sum made anew. False when nothing has changed.
        """
        with writing(self._engine) as connection:
            meta = read_meta(connection, lock=True)
            if meta["fingerprint"] == catalogue.fingerprint:
                return False
            define(connection, catalogue)
            know_roles(connection, catalogue)
            write_meta(connection, {"data_version": str(int(meta["data_version"]) + 1)})
            written = _write_all(connection, catalogue, deliveries)
            refresh(connection, catalogue, min((one.number for one in written), default=None))
            _log(connection, "system", Event.DEFINED, catalogue.fingerprint)
        return True

    def release(self, month: Month, by: str = "system") -> None:
        """Makes the months up to and with `month` final (see `months.release`)."""
        self.months.release(month, by=by)

    def unit_series(
        self,
        scope: Scope,
        catalogue: Catalogue,
        unit: str,
        view: View,
        sex: Sex,
        org: OrgView,
        measures: Sequence[str] | None = None,
    ) -> dict[str, MeasureSeries]:
        """Every measure that the scope allows at the unit (or those of `measures`): the window of `view` of monthly
        ones, else as measured, up to the last month that the scope allows.

        A series for each, empty where nothing is known. NotPermitted outside the scope, NotFound for an
        unknown measure.
        """
        scope.demand(unit)
        if measures is None:
            asked = [m for m in catalogue.measures.values() if scope.allows(unit, m.key)]
        else:
            asked = [catalogue.measure(key) for key in measures]
        ends = {measure.key: scope.through(unit, measure.key) for measure in asked}
        with reading(self._engine) as connection:
            numbered = {self._number(connection, measure): measure for measure in asked}
            found = read_unit(connection, unit, numbered, view, sex, org)
        return {key: series.until(ends[key]) for key, series in found.items()}

    def units_series(
        self,
        scope: Scope,
        catalogue: Catalogue,
        units: Sequence[str],
        measure: str,
        view: View,
        sex: Sex,
        org: OrgView,
        since: Month | None = None,
    ) -> dict[str, MeasureSeries]:
        """One measure for several units, a series each. NotPermitted when it is outside the scope at one of
        them.

        `since`: the first month wanted of a monthly measure. What is measured for longer spans comes whole.
        """
        asked = catalogue.measure(measure)
        for unit in units:
            scope.demand_measure(unit, measure)
        ends = {unit: scope.through(unit, measure) for unit in units}
        with reading(self._engine) as connection:
            number = self._number(connection, asked)
            found = read_units(connection, units, number, asked, view, sex, org, since)
        return {unit: series.until(ends[unit]) for unit, series in found.items()}

    def peers(
        self,
        scope: Scope,
        catalogue: Catalogue,
        unit: str,
        group: Collection[str],
        measure: str,
        period: Period,
        sex: Sex,
        org: OrgView,
        most_missing: float,
    ) -> PeerValues | Withheld:
        """The measure at `unit` and at the comparable units of `group`: by name within the scope, else values alone,
        or why they are withheld (see `store.peers`). NotPermitted when `unit` itself is outside the scope.
        """
        asked = catalogue.measure(measure)
        demand_period(scope, unit, measure, period)
        with reading(self._engine) as connection:
            number = self._number(connection, asked)
            return read_peers(connection, scope, unit, group, number, asked, period, sex, org, most_missing)

    def external(
        self, register: str, series: Collection[str], region_ids: Collection[str] | None = None
    ) -> list[ExternalValue]:
        """Public values, of all regions where none are named: no scope."""
        with reading(self._engine) as connection:
            return read_external(connection, register, series, region_ids)

    def log(self, who: str, what: str, detail: str = "") -> None:
        """Writes to the audit log."""
        with writing(self._engine) as connection:
            _log(connection, who, what, detail)

    def _number(self, connection: Connection, measure: Measure) -> int:
        """The measure's stored number, kept since it never changes. StoreError when the database does not
        have it yet.
        """
        if measure.key not in self._numbers:
            self._numbers = ids_of(connection, tables.measure)
        try:
            return self._numbers[measure.key]
        except KeyError:
            raise StoreError(
                Problem(
                    f"Nyckeltalet ”{measure.key}” finns i definitionerna men inte i databasen.",
                    shown(self._engine.url),
                    "Läs in definitionerna på nytt.",
                )
            ) from None

    def audit(self, limit: int = 100) -> list[tuple[dt.datetime, str, str, str]]:
        """The latest entries of the audit log, newest first: when, who, what, detail."""
        c = tables.audit_log.c
        query = select(c.at, c.who, c.what, c.detail).order_by(c.id.desc()).limit(limit)
        with reading(self._engine) as connection:
            return [(at, who, what, detail) for at, who, what, detail in connection.execute(query)]


def _file_of(engine: Engine) -> FileIdentity | None:
    at_hand = engine.url.get_backend_name() == "sqlite" and not in_memory(engine.url)
    return identity(Path(str(engine.url.database))) if at_hand else None


def _write_all(connection: Connection, catalogue: Catalogue, deliveries: Sequence[Delivery]) -> list[Written]:
    found = []
    for delivery in deliveries:
        found.append(write(connection, catalogue, delivery))
        _log(connection, delivery.by, Event.LOADED, _told(delivery, found[-1].version))
    return found


def _told(delivery: Delivery, version: int) -> str:
    return f"{delivery.source} ({ORIGIN_WORD[delivery.origin].lower()}), dataversion {version}"


def _empty(url: URL) -> StoreError:
    return StoreError(
        Problem("Databasen är tom eller finns inte.", shown(url), "Skapa databasen: python -m hsf_kpi build.")
    )
