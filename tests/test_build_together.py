"""Two servers that start at once on one PostgreSQL: one makes the database, or brings up its tables, and both go on."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from hsf_kpi import ROOT, build
from hsf_kpi.build import bring_up_to_date
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.event import Event
from hsf_kpi.model.problems import Problem
from hsf_kpi.settings import Settings
from hsf_kpi.store import schema, tables
from hsf_kpi.store.engine import open_engine, parse_url, writing
from hsf_kpi.store.state import write_meta
from hsf_kpi.store.store import NotEmpty, Store


def both(work: Callable[[], object]) -> list[object]:
    """What two threads that begin together return, or raise."""
    begin, found = threading.Barrier(2), list[object]()

    def run() -> None:
        begin.wait(30)
        try:
            found.append(work())
        except Exception as error:
            found.append(error)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return found


@pytest.mark.postgres
def test_an_empty_database_is_made_by_one_of_them(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "_deliveries", lambda *_args, **_options: ())
    looked = threading.Barrier(2)
    is_there = Store.is_there

    def both_have_looked(address: str | Path) -> bool:
        """None of them makes anything before the other has seen that there is nothing either."""
        found = is_there(address)
        if not found:
            looked.wait(30)
        return found

    monkeypatch.setattr(Store, "is_there", both_have_looked)
    settings = Settings(postgres_url, "real", ROOT / "data", 8501)
    said = both(lambda: bring_up_to_date(settings))
    assert sorted(map(str, said)) == ["Databasen är aktuell (verkliga uppgifter).", "Databasen är skapad."]
    with closing(Store.open(postgres_url)) as store:
        made = [what for _, _, what, _ in store.audit() if what == Event.CREATED]
        assert len(made) == 1
        assert store.state().fingerprint == read_catalogue(ROOT / "data").fingerprint


@pytest.mark.postgres
def test_old_tables_are_brought_up_by_one_of_them(postgres_url: str) -> None:
    engine = open_engine(parse_url(postgres_url))
    with writing(engine) as connection:
        as_the_version_before(connection)
    opened = both(lambda: Store.open(postgres_url))
    assert [type(one) for one in opened] == [Store, Store], opened
    for one in opened:
        assert isinstance(one, Store)
        one.close()
    with writing(engine) as connection:
        assert schema.version(connection) == schema.VERSIONS[-1]


def as_the_version_before(connection: Connection) -> None:
    """A database whose tables the program of before has made."""
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, schema.VERSIONS[-2])
    write_meta(connection, {"kind": "real", "as_of": "2026-03-01", "data_version": "0"})


@pytest.mark.postgres
def test_what_holds_something_else_is_left_alone(postgres_url: str) -> None:
    with writing(open_engine(parse_url(postgres_url))) as connection:
        tables.audit_log.create(connection)
    with pytest.raises(NotEmpty, match="inte tom"):
        bring_up_to_date(Settings(postgres_url, "real", ROOT / "data", 8501))


def test_who_comes_second_takes_what_the_first_has_made(
    demo_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = tmp_path / "hsf.sqlite3"

    def made_by_another(*_args: object) -> None:
        shutil.copyfile(demo_database.removeprefix("sqlite:///"), mine)
        raise NotEmpty(Problem("Databasen är inte tom.", "", ""))

    monkeypatch.setattr(build, "_create", made_by_another)
    said = bring_up_to_date(Settings(f"sqlite:///{mine}", "demo", ROOT / "data", 8501))
    assert said == "Databasen är aktuell (demodata)."


def test_what_is_in_the_way_and_no_database_of_ours_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_the_way(*_args: object) -> None:
        raise NotEmpty(Problem("Databasen är inte tom.", "", ""))

    monkeypatch.setattr(build, "_create", in_the_way)
    with pytest.raises(NotEmpty):
        bring_up_to_date(Settings(f"sqlite:///{tmp_path / 'x'}", "demo", ROOT / "data", 8501))
