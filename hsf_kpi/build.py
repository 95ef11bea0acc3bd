"""Creates the database, or brings it up to date with the definitions. Nothing half-done is ever left behind."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.ingest.demo import SOURCE, generate_all, handins_of, read_settings
from hsf_kpi.ingest.published import read_external, read_published
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.problems import Problem, StoreError
from hsf_kpi.settings import Settings
from hsf_kpi.store.load import Delivery
from hsf_kpi.store.store import Store

Tell = Callable[[str], object]


def bring_up_to_date(settings: Settings, *, tell: Tell = lambda _text: None) -> str:
    """Builds what is missing or out of date and says, in one Swedish sentence, how things stand.

    A demo database is made anew when the definitions have changed: beside the old one, then put in its place.
    A real one keeps every load and only takes over the new definitions.
    """
    catalogue = read_catalogue(settings.data_dir)
    if not Store.is_there(settings.database_url):
        tell(f"Skapar databasen ({_kind_word(settings.data_kind)}) …")
        _create(settings, catalogue)
        return "Databasen är skapad."
    with closing(Store.open(settings.database_url)) as store:
        state = store.state()
        if state.fingerprint == catalogue.fingerprint:
            return f"Databasen är aktuell ({_kind_word(state.kind)})."
        if state.kind == "real" or settings.sqlite_path is None:
            tell("Definitionerna har ändrats, uppdaterar databasen …")
            store.sync_definitions(
                catalogue, _deliveries(settings.data_dir, catalogue, demo=state.kind == "demo")
            )
            return "Databasen är uppdaterad efter definitionerna."
    tell("Definitionerna har ändrats, bygger om demodatabasen …")
    _create(settings, catalogue)
    return "Demodatabasen är ombyggd efter definitionerna."


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
            store.release(read_settings(settings.data_dir / "demo").general.released)


def _deliveries(folder: Path, catalogue: Catalogue, *, demo: bool) -> tuple[Delivery, ...]:
    """The published figures and, in a demo, the generated ones with their ledger. Every file is read before anything is
    written.
    """
    published = Delivery(
        "Publicerade uppgifter",
        Origin.PUBLISHED,
        read_published(folder, catalogue),
        tuple(read_external(folder)),
    )
    if not demo:
        return (published,)
    settings = read_settings(folder / "demo")
    table, made = generate_all(catalogue, settings)
    return published, Delivery(
        SOURCE,
        Origin.DEMO,
        table.rename(columns={"end": "month"}),
        ledger=made.entries,
        forecasts=made.forecasts,
        moves=made.moves,
        improvements=made.improvements,
        handins=handins_of(settings.dialogue),
    )


def _side_files(path: Path) -> tuple[Path, ...]:
    return tuple(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))


def _cannot_write(path: Path) -> Problem:
    return Problem(
        f"mappen {path.parent} går inte att skriva i.", "HSF_KPI_DATABASE_URL", "Välj en annan plats."
    )


def _kind_word(kind: str) -> str:
    return "demodata" if kind == "demo" else "verkliga uppgifter"
