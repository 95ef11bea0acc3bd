"""Creates the database, or brings it up to date with the definitions. Nothing half-done is ever left behind."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from hsf_kpi.analysis.economy.books import our_books
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.ingest.demo import (
    SOURCE,
    DemoSettings,
    entries_of,
    follow_ups_of,
    generate_all,
    handins_of,
    loads_of,
    read_settings,
)
from hsf_kpi.ingest.demo.dialogue import LOGIN as DEMO_LOGIN
from hsf_kpi.ingest.published import read_external, read_published
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import OrgView, Origin
from hsf_kpi.model.month_step import Books, Reconciliation, Step
from hsf_kpi.model.period import View
from hsf_kpi.model.problems import Problem, StoreError
from hsf_kpi.model.scope import Scope
from hsf_kpi.settings import Settings
from hsf_kpi.store.load import Delivery
from hsf_kpi.store.store import NotEmpty, Store

Tell = Callable[[str], object]


def bring_up_to_date(settings: Settings, *, tell: Tell = lambda _text: None) -> str:
    """Builds what is missing or out of date and says, in one Swedish sentence, how things stand.

    A demo database is made anew when the definitions in the folder have changed: beside the old one, then put in its place,
    without what had been loaded into it. A real one keeps every load, those of definitions too, and only takes over the new.
    """
    if not Store.is_there(settings.database_url):
        catalogue = read_catalogue(settings.data_dir)
        tell(f"Skapar databasen ({_kind_word(settings.data_kind)}) …")
        try:
            _create(settings, catalogue)
        except NotEmpty:
            # Another server, started at the same time, has made it while this one waited.
            if not Store.is_there(settings.database_url):
                raise
        else:
            return "Databasen är skapad."
    with closing(Store.open(settings.database_url)) as store:
        state, loaded = store.state(), store.definitions.overlay()
        catalogue = read_catalogue(settings.data_dir, loaded)
        if state.fingerprint == catalogue.fingerprint:
            return f"Databasen är aktuell ({_kind_word(state.kind)})."
        if state.kind == "real" or settings.sqlite_path is None:
            tell("Definitionerna har ändrats, uppdaterar databasen …")
            store.sync_definitions(
                catalogue, _deliveries(settings.data_dir, catalogue, demo=state.kind == "demo")
            )
            return "Databasen är uppdaterad efter definitionerna."
    tell("Definitionerna har ändrats, bygger om demodatabasen …")
    _create(settings, read_catalogue(settings.data_dir))
    left = " Det som hade lästs in i den är borta." if loaded else ""
    return f"Demodatabasen är ombyggd efter definitionerna.{left}"


def _create(settings: Settings, catalogue: Catalogue) -> None:
    path = settings.sqlite_path
    if path is None:
        _fill(settings.database_url, settings, catalogue)
        return
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(_cannot_write(path)) from error
    try:
        _fill(f"sqlite:///{fresh}", settings, catalogue)
        os.replace(fresh, path)
        for leftover in _side_files(path):
            leftover.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(_cannot_write(path)) from error
    finally:
        for leftover in (fresh, *_side_files(fresh)):
            leftover.unlink(missing_ok=True)


def _fill(url: str, settings: Settings, catalogue: Catalogue) -> None:
    demo = settings.data_kind == "demo"
    as_of = read_settings(settings.data_dir / "demo").general.as_of if demo else dt.date.today()
    deliveries = _deliveries(settings.data_dir, catalogue, demo=demo)
    with closing(Store.create(url, settings.data_kind, catalogue, as_of, deliveries)) as store:
        if demo:
            _take_the_months_on(store, catalogue, read_settings(settings.data_dir / "demo"))


def _take_the_months_on(store: Store, catalogue: Catalogue, demo: DemoSettings) -> None:
    """The demo's months are reconciled, released and opened again as its settings tell, up to the one that is released;
    those that it has values of.
    """
    root = catalogue.organisation.root
    ledger = store.ledger.read(Scope.of([root]), catalogue, [root], OrgView.TODAY)[root]
    name, months, first = demo.months.name, store.months, store.state().first
    for one in demo.months.step:
        if first is None or one.month < first:
            continue
        if one.step is Step.RELEASED:
            months.release(one.month, one.note, by=DEMO_LOGIN, name=name, at=one.at)
        elif one.step is Step.REOPENED:
            months.reopen(one.month, one.note, by=DEMO_LOGIN, name=name, at=one.at)
        elif (ours := our_books(ledger, one.month)) is not None:
            books = ours.books[View.YTD]
            revenue, cost = books.revenue + one.revenue, books.cost + one.cost
            held = Reconciliation(View.YTD, books, Books(revenue, cost, revenue - cost))
            months.reconcile(one.month, held, one.note, by=DEMO_LOGIN, name=name, at=one.at)
    store.release(demo.general.released)


def _deliveries(folder: Path, catalogue: Catalogue, *, demo: bool) -> tuple[Delivery, ...]:
    """The published figures and, in a demo, the generated ones with their ledger. Every file is read before anything is
    written.
    """
    external = read_external(folder, catalogue)
    published = Delivery(
        "Publicerade uppgifter", Origin.PUBLISHED, read_published(folder, catalogue, external), external
    )
    if not demo:
        return (published,)
    settings = read_settings(folder / "demo")
    table, made = generate_all(catalogue, settings)
    loads = list(
        loads_of(settings.loads, table.rename(columns={"end": "month"}), made.entries, made.forecasts)
    )
    deliveries = [
        Delivery(
            SOURCE, Origin.DEMO, load.observations, ledger=load.entries, forecasts=load.forecasts, at=load.at
        )
        for load in loads
    ]
    deliveries[-1] = replace(
        deliveries[-1],
        moves=made.moves,
        improvements=made.improvements,
        handins=handins_of(settings.dialogue),
        follow_ups=follow_ups_of(catalogue, settings.follow_ups),
        entries=entries_of(catalogue, settings.follow_ups),
    )
    return replace(published, at=settings.loads.published.replace(tzinfo=dt.UTC)), *deliveries


def _side_files(path: Path) -> tuple[Path, ...]:
    return tuple(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))


def _cannot_write(path: Path) -> Problem:
    return Problem(
        f"mappen {path.parent} går inte att skriva i.", "HSF_KPI_DATABASE_URL", "Välj en annan plats."
    )


def _kind_word(kind: str) -> str:
    return "demodata" if kind == "demo" else "verkliga uppgifter"
