"""Opening, creating, and all the ways in which a database can be wrong."""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import exc, text

from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.problems import StoreError
from hsf_kpi.store import Store, schema, tables
from hsf_kpi.store.engine import open_engine, parse_url, reading, shown, translated, writing
from tests.store.builders import SMALL, catalogue, measure

CAT = catalogue(SMALL, [measure("belopp", Aggregation.AMOUNT)])
AS_OF = dt.date(2023, 11, 14)


def create(address: str | Path, kind: str = "demo") -> Store:
    return Store.create(address, kind, CAT, AS_OF)


def test_the_migrations_make_the_tables(database_url: str) -> None:
    create(database_url).close()
    with reading(open_engine(parse_url(database_url))) as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []


def test_rollup_rows_of_a_unit_lie_side_by_side(database_url: str) -> None:
    create(database_url).close()
    engine = open_engine(parse_url(database_url))
    with reading(engine) as connection:
        key = [column.name for column in tables.rollup.primary_key.columns]
        assert key == ["unit", "org", "window", "sex", "measure", "month"]
        if engine.dialect.name == "sqlite":
            sql = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'rollup'")).scalar_one()
            assert "WITHOUT ROWID" in sql


def test_every_version_is_known() -> None:
    scripts = [script.revision for script in ScriptDirectory(str(schema.MIGRATIONS)).walk_revisions()]
    assert tuple(reversed(scripts)) == schema.VERSIONS


def test_what_is_not_there_is_empty(tmp_path: Path) -> None:
    for address in (tmp_path / "finns-inte.db", "sqlite://", tmp_path):
        with pytest.raises(StoreError, match="tom eller finns inte"):
            Store.open(address)
    assert not (tmp_path / "finns-inte.db").exists(), "opening creates nothing"


def test_whether_a_database_is_there(database_url: str) -> None:
    assert not Store.is_there(database_url)
    create(database_url).close()
    assert Store.is_there(database_url)


def test_an_empty_postgresql_is_empty(postgres_url: str) -> None:
    with pytest.raises(StoreError, match="tom eller finns inte"):
        Store.open(postgres_url)


def test_tables_without_content_are_empty(database_url: str) -> None:
    engine = open_engine(parse_url(database_url))
    with writing(engine) as connection:
        schema.migrate(connection)
    with pytest.raises(StoreError, match="tom eller finns inte"):
        Store.open(database_url)


def test_a_newer_database_is_refused(database_url: str) -> None:
    create(database_url).close()
    with writing(open_engine(parse_url(database_url))) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="version 9999, som är nyare än programmet"):
        Store.open(database_url)


def test_an_older_database_is_brought_up(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    create(database_url).close()
    done = []
    newest = schema.VERSIONS[-1]
    monkeypatch.setattr(schema, "VERSIONS", (*schema.VERSIONS, "9998"))
    monkeypatch.setattr(schema, "migrate", lambda connection: done.append(schema.version(connection)))
    Store.open(database_url).close()
    assert done == [newest]


def test_something_that_is_no_database(tmp_path: Path) -> None:
    file = tmp_path / "text.db"
    file.write_text("detta är ingen databas, bara text " * 50)
    with pytest.raises(StoreError, match="Databasen kan inte nås"):
        Store.open(file)


def test_an_unreachable_server_is_told_without_its_password() -> None:
    with pytest.raises(StoreError, match="Databasen kan inte nås") as caught:
        Store.open("postgresql://jag:hemligt@127.0.0.1:1/kpi")
    assert "hemligt" not in str(caught.value)
    assert "127.0.0.1" in str(caught.value)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    with pytest.raises(StoreError, match="mapp kan inte skapas"):
        create(tmp_path / "fil" / "under" / "x.db")


@pytest.mark.parametrize("address", ["mysql://a/b", "://", "oracle://x", "postgresql://a:b:c"])
def test_other_addresses(address: str) -> None:
    with pytest.raises(StoreError, match="adress kan inte tolkas"):
        parse_url(address)


def test_addresses(tmp_path: Path) -> None:
    assert shown(parse_url("postgres://a:b@c/d")) == "postgresql+psycopg://a:***@c/d"
    assert shown(parse_url("postgresql://a:b@c/d")) == "postgresql+psycopg://a:***@c/d"
    assert parse_url(tmp_path / "x.db").database == str(tmp_path / "x.db")
    assert parse_url("sqlite:///x.db").database == "x.db"


def test_a_database_is_created_once(database_url: str) -> None:
    create(database_url).close()
    with pytest.raises(StoreError, match="inte tom"):
        create(database_url, "real")
    store = Store.open(database_url)
    assert store.state().kind == "demo"
    store.close()


def test_a_database_is_demo_or_real(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="slaget ”test”"):
        create(tmp_path / "x.db", "test")
    assert not (tmp_path / "x.db").exists()


def test_folders_are_made(tmp_path: Path) -> None:
    create(tmp_path / "a" / "b" / "x.db").close()
    Store.open(tmp_path / "a" / "b" / "x.db").close()


def test_pragmas(tmp_path: Path) -> None:
    create(tmp_path / "x.db").close()
    with reading(open_engine(parse_url(tmp_path / "x.db"))) as connection:

        def pragma(name: str) -> Any:
            return connection.execute(text(f"PRAGMA {name}")).scalar()

        assert (pragma("journal_mode"), pragma("foreign_keys"), pragma("busy_timeout")) == ("wal", 1, 10000)


def test_a_reader_sees_before_or_after(database_url: str) -> None:
    """One that has begun reading keeps to what it saw first, while a writer is at work and after it."""
    create(database_url).close()
    engine = open_engine(parse_url(database_url))
    with writing(engine) as writer:
        writer.execute(text("UPDATE meta SET value = '7' WHERE key = 'data_version'"))
        seen = []
        reader = threading.Thread(target=lambda: seen.append(Store.open(database_url).state().data_version))
        reader.start()
        reader.join()
    assert seen == [0]
    assert Store.open(database_url).state().data_version == 7
    engine.dispose()


def test_a_busy_database_is_told_as_busy(tmp_path: Path) -> None:
    create(tmp_path / "x.db").close()
    other = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    engine = open_engine(parse_url(tmp_path / "x.db"))
    with reading(engine) as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 10")
    with pytest.raises(StoreError, match="upptagen"), writing(engine):
        pytest.fail("two writers at once")
    other.close()


def test_faults_of_ours_are_not_disguised(database_url: str) -> None:
    create(database_url).close()
    engine = open_engine(parse_url(database_url))
    with pytest.raises(exc.IntegrityError), writing(engine) as connection:
        connection.execute(text("INSERT INTO meta (key, value) VALUES ('kind', 'x')"))
    engine.dispose()


def test_a_driver_that_gives_up_is_unreachable() -> None:
    with pytest.raises(StoreError, match="kan inte nås"), translated(parse_url("x.db")):
        raise exc.InterfaceError("SELECT 1", None, Exception("gone"))
