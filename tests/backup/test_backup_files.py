"""A copy that can't be used is refused in words before anything changes, and a copy is made whole or not at all."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import stat
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from hsf_kpi.backup.archive import MANIFEST, Archive, Manifest, Writer, read_archive
from hsf_kpi.backup.make import back_up, default_name
from hsf_kpi.backup.restore import restore
from hsf_kpi.cli.main import main
from hsf_kpi.model.event import Event
from hsf_kpi.model.problems import DataError, StoreError
from hsf_kpi.settings import Settings, read_settings
from hsf_kpi.store import Store, schema
from hsf_kpi.store.engine import open_engine, parse_url, writing
from tests.backup.whole import everything, unequal
from tests.store.asking import AS_OF
from tests.store.killing import CAT, made

NOW = dt.datetime(2026, 3, 1, 12, 0, tzinfo=dt.UTC)


def settings(url: str, kind: str = "demo") -> Settings:
    return read_settings({"HSF_KPI_DATABASE_URL": url, "HSF_KPI_DATA": kind, "HSF_KPI_SIGN_IN": "local"})


@cache
def database_file(amount: int) -> bytes:
    """An SQLite file that holds a load, made once."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.db"
        _fill(f"sqlite:///{path}", amount)
        return path.read_bytes()


def filled(url: str, amount: int = 3) -> str:
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(database_file(amount))
    else:
        _fill(url, amount)
    return url


def _fill(url: str, amount: int) -> None:
    with closing(Store.create(url, "demo", CAT, AS_OF)) as store:
        store.take(CAT, made(amount))


@pytest.fixture
def url(database_url: str) -> str:
    return filled(database_url)


@cache
def copy_file() -> bytes:
    """A copy of another database, with the definitions of the folder in use, made once."""
    with tempfile.TemporaryDirectory() as folder:
        source = filled(f"sqlite:///{Path(folder) / 'source.db'}", 7)
        return back_up(settings(source), Path(folder) / "kopia.zip", NOW).path.read_bytes()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """What it was made of lies beside."""
    filled(f"sqlite:///{tmp_path / 'source.db'}", 7)
    path = tmp_path / "kopia.zip"
    path.write_bytes(copy_file())
    return path


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A copy with few definitions: most of its bytes are of its tables."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "definitions" / "a").mkdir(parents=True)
    (folder / "definitions" / "organisation.toml").write_text("# påhittad\n" * 50, "utf-8")
    (folder / "definitions" / "a" / "b.toml").write_text("b = 1\n", "utf-8")
    told = {
        "HSF_KPI_DATABASE_URL": filled(f"sqlite:///{folder / 'source.db'}"),
        "HSF_KPI_DATA_DIR": str(folder / "definitions"),
    }
    return back_up(read_settings(told), folder / "kopia.zip", NOW).path.read_bytes()


@pytest.fixture(scope="module")
def told_by_small(small: bytes, tmp_path_factory: pytest.TempPathFactory) -> tuple[Manifest, list[list[Any]]]:
    path = tmp_path_factory.mktemp("told") / "hel.zip"
    path.write_bytes(small)
    return told_by(read_archive(path, schema.VERSIONS))


def told_by(found: Archive) -> tuple[Manifest, list[list[Any]]]:
    return found.manifest, [list(found.rows(part)) for part in found.manifest.tables]


def rewritten(copy: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """The copy with another manifest."""
    other = copy.with_name("annan.zip")
    with zipfile.ZipFile(copy) as old, zipfile.ZipFile(other, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == MANIFEST:
                told = json.loads(content)
                change(told)
                content = json.dumps(told).encode()
            new.writestr(info.filename, content)
    return other


def test_a_copy_is_its_owners_alone_and_never_overwrites(url: str, tmp_path: Path) -> None:
    done = back_up(settings(url), tmp_path, NOW)
    assert (
        done.path
        == tmp_path / default_name(NOW)
        == tmp_path / "hsf-nyckeltal-2026-03-01-130000.hsf-kopia.zip"
    )
    assert stat.S_IMODE(done.path.stat().st_mode) == 0o600
    content = done.path.read_bytes()
    with pytest.raises(DataError, match="finns redan"):
        back_up(settings(url), tmp_path, NOW)
    assert done.path.read_bytes() == content
    with closing(Store.open(url)) as store:
        assert store.audit(1)[0][2] == Event.BACKED_UP
    assert [p.name for p in tmp_path.iterdir() if "kopia" in p.name] == [done.path.name]


def test_another_file_that_came_meanwhile_is_not_overwritten(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, close = tmp_path / "kopia.zip", Writer.close

    def meanwhile(self: Writer, about: dict[str, object]) -> object:
        target.write_text("någon annans")
        return close(self, about)

    monkeypatch.setattr(Writer, "close", meanwhile)
    with pytest.raises(DataError, match="finns redan"):
        back_up(settings(url), target, NOW)
    assert target.read_text() == "någon annans"
    assert not list(tmp_path.glob(".hsf-kopia-*"))


def test_where_nothing_can_be_written_there_is_no_copy(url: str, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="går inte att skriva i"):
        back_up(settings(url), tmp_path / "saknas" / "kopia.zip", NOW)
    with pytest.raises(StoreError, match="tom eller finns inte"):
        back_up(settings(f"sqlite:///{tmp_path / 'ingen.db'}"), tmp_path / "kopia.zip", NOW)
    assert not list(tmp_path.glob("*kopia*"))
    assert not list(tmp_path.glob(".hsf-kopia-*"))


def test_no_secret_of_the_settings_and_no_sign_in_is_in_a_copy(tmp_path: Path) -> None:
    url = filled(f"sqlite:///{tmp_path / 'x.db'}")
    secret = "hemlighet-som-aldrig-far-folja-med-000"
    told = read_settings(
        {
            "HSF_KPI_DATABASE_URL": url, "HSF_KPI_SIGN_IN": "oidc", "HSF_KPI_COOKIE_SECRET": secret,
            "HSF_KPI_OIDC_METADATA_URL": "https://x.se", "HSF_KPI_OIDC_CLIENT_ID": "klient",
            "HSF_KPI_OIDC_CLIENT_SECRET": secret, "HSF_KPI_OIDC_REDIRECT_URL": "https://y.se/oauth2callback",
        }
    )  # fmt: skip
    with closing(Store.open(url)) as store:
        store.accounts.add("chef", "Chef", "test")
        store.sessions.begin("chef", "local", "c" * 64, NOW + dt.timedelta(hours=1), "", NOW)
    done = back_up(told, tmp_path / "kopia.zip", NOW)
    with zipfile.ZipFile(done.path) as found:
        content = b"".join(found.read(name) for name in found.namelist())
        assert "tables/session.jsonl" not in found.namelist()
    assert secret.encode() not in content
    assert b"c" * 64 not in content
    assert b'"chef"' in content


@given(data=st.data())
@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_copy_cut_off_anywhere_is_refused(small: bytes, tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "avbruten.zip"
    path.write_bytes(small[: data.draw(st.integers(0, len(small) - 1))])
    with pytest.raises(DataError, match=r"skadad eller avbruten|ingen säkerhetskopia"):
        read_archive(path, schema.VERSIONS)


@given(data=st.data())
@hypothesis_settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_copy_with_a_changed_byte_is_refused_or_tells_the_same(
    small: bytes, told_by_small: tuple[Manifest, list[list[Any]]], tmp_path: Path, data: st.DataObject
) -> None:
    """A ZIP has bytes that say nothing (a time, an attribute); every one that says something is missed."""
    at = data.draw(st.integers(0, len(small) - 1))
    changed = bytearray(small)
    changed[at] ^= data.draw(st.integers(1, 255))
    path = tmp_path / "andrad.zip"
    path.write_bytes(bytes(changed))
    try:
        found = read_archive(path, schema.VERSIONS)
    except DataError:
        return
    assert told_by(found) == told_by_small


Change = Callable[[dict[str, Any]], object]
UNUSABLE: list[tuple[Change, str]] = [
    (lambda m: m.update(format="annat"), "ingen säkerhetskopia av HSF"),
    (lambda m: m.update(format_version=2), "nyare version"),
    (lambda m: m.update(migration="9999"), "nyare version"),
    (lambda m: m.update(kind="real"), "verkliga uppgifter"),
    (lambda m: m["parts"].pop(0), "skadad"),
    (lambda m: m["parts"][0].update(rows=99), "skadad"),
    (lambda m: m["parts"][0].update(sha256="0" * 64), "skadad"),
    (lambda m: m.pop("kind"), "skadad"),
    (lambda m: m["parts"][0].update(columns=[["id", "plain"]]), "inte den som version"),
]


@pytest.mark.parametrize(("change", "told"), UNUSABLE)
def test_a_foreign_or_newer_or_changed_file_is_refused_before_anything_changes(
    copy: Path, tmp_path: Path, change: Change, told: str
) -> None:
    url = filled(f"sqlite:///{tmp_path / 'test.db'}")
    before = everything(url)
    with pytest.raises((DataError, StoreError), match=told):
        restore(settings(url), rewritten(copy, change), replace=True)
    assert unequal(before, everything(url)) == []


@pytest.mark.postgres
def test_on_a_server_too_such_a_file_changes_nothing(postgres_url: str, copy: Path) -> None:
    """One database for them all: it is as before after each."""
    before = everything(filled(postgres_url))
    for change, told in UNUSABLE:
        with pytest.raises((DataError, StoreError), match=told):
            restore(settings(postgres_url), rewritten(copy, change), replace=True)
        assert unequal(before, everything(postgres_url)) == [], told


@pytest.mark.parametrize("content", [b"", b"inte en zip", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_copy_is_told_in_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "fil.zip"
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"skadad eller avbruten|ingen säkerhetskopia"):
        read_archive(path, schema.VERSIONS)
    with pytest.raises(DataError, match="finns inte"):
        read_archive(tmp_path / "saknas.zip", schema.VERSIONS)
    with pytest.raises(DataError, match="skadad"):
        read_archive(tmp_path, schema.VERSIONS)


def test_a_database_that_holds_something_is_left_unless_it_is_to_be_replaced(url: str, copy: Path) -> None:
    before = everything(url)
    with pytest.raises(StoreError, match=r"inte tom.+--replace"):
        restore(settings(url), copy)
    assert unequal(before, everything(url)) == []
    restore(settings(url), copy, replace=True)
    source = everything(f"sqlite:///{copy.parent / 'source.db'}")
    assert unequal(source, everything(url), ("audit_log", "meta")) == []
    # What a running server keeps under the version that it saw is not taken for this.
    versions = [dict(found["meta"][1])["data_version"] for found in (before, everything(url))]
    assert int(versions[0]) < int(versions[1])


def test_a_copy_of_an_older_version_is_brought_up(database_url: str, tmp_path: Path) -> None:
    old = f"sqlite:///{tmp_path / 'gammal.db'}"
    engine = open_engine(parse_url(old))
    with writing(engine) as connection:
        schema.migrate(connection, "0006")
        for key, value in (
            ("kind", "demo"),
            ("as_of", "2023-11-14"),
            ("data_version", "4"),
            ("fingerprint", "x"),
        ):
            connection.exec_driver_sql("INSERT INTO meta (key, value) VALUES (?, ?)", (key, value))
        connection.exec_driver_sql(
            "INSERT INTO audit_log (id, at, who, what, detail) VALUES (5, '2024-01-01 10:00:00.000000', 'a', 'b', 'c')"
        )
    engine.dispose()
    done = back_up(settings(old), tmp_path / "kopia.zip", NOW)
    assert done.manifest.migration == "0006"
    restore(settings(database_url), done.path)
    with closing(Store.open(database_url)) as store:
        assert store.state().data_version == 4
        assert (dt.datetime(2024, 1, 1, 10, tzinfo=dt.UTC), "a", "b", "c") in store.audit()
    assert everything(database_url)["alembic_version"][1] == [(schema.VERSIONS[-1],)]


def test_a_running_server_is_not_put_out_of_its_database(copy: Path, tmp_path: Path) -> None:
    url = filled(f"sqlite:///{tmp_path / 'ny.db'}")
    before = everything(url)
    with closing(Store.open(url)) as running:
        running.state()
        with pytest.raises(StoreError, match="Stoppa servern"):
            restore(settings(url), copy, replace=True)
        assert running.state().data_version == 1
    assert unequal(before, everything(url)) == []


def test_a_file_that_is_no_database_of_ours_is_left(copy: Path, tmp_path: Path) -> None:
    path = tmp_path / "annat.db"
    path.write_bytes(b"en viktig textfil\n" * 50)
    with pytest.raises(StoreError, match=r"Flytta undan annat\.db"):
        restore(settings(f"sqlite:///{path}"), copy, replace=True)
    assert path.read_bytes().startswith(b"en viktig")
    other = tmp_path / "andras.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE viktig (a)")
        connection.commit()
    with pytest.raises(StoreError, match=r"Flytta undan andras\.db"):
        restore(settings(f"sqlite:///{other}"), copy, replace=True)


@pytest.mark.postgres
def test_others_tables_beside_ours_are_left(postgres_url: str, copy: Path) -> None:
    filled(postgres_url)
    engine = open_engine(parse_url(postgres_url))
    with writing(engine) as connection:
        connection.exec_driver_sql("CREATE TABLE andras (a int)")
    engine.dispose()
    before = everything(postgres_url)
    with pytest.raises(StoreError, match="andra tabeller: andras"):
        restore(settings(postgres_url), copy, replace=True)
    assert unequal(before, everything(postgres_url)) == []


def test_the_definitions_come_along_and_another_folder_is_told(
    copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HSF_KPI_DATABASE_URL", f"sqlite:///{tmp_path / 'ny.db'}")
    folder = tmp_path / "definitioner"
    assert main(["restore", str(copy), "--definitions", str(folder)]) == 0
    said = capsys.readouterr().out
    assert "Databasen är återställd" in said
    assert "2026-03-01 13:00" in said
    assert "konton, roller och åtkomstnycklar är som de var 2026-03-01 13:00" in said
    assert "Definitionerna i mappen" not in said
    assert (folder / "organisation.toml").read_bytes() == (
        settings("x.db").data_dir / "organisation.toml"
    ).read_bytes()
    (folder / "organisation.toml").write_text("# en annan", "utf-8")
    monkeypatch.setenv("HSF_KPI_DATA_DIR", str(folder))
    monkeypatch.setenv("HSF_KPI_DATABASE_URL", f"sqlite:///{tmp_path / 'ny2.db'}")
    assert main(["restore", str(copy)]) == 0
    assert "OBS! Definitionerna i mappen är inte" in capsys.readouterr().out
    assert main(["restore", str(copy), "--definitions", str(folder)]) == 2
    assert "finns redan" in capsys.readouterr().err


def test_a_name_in_the_copy_never_leads_out_of_the_folder(copy: Path, tmp_path: Path) -> None:
    import hashlib

    hostile = tmp_path / "ond.zip"
    with zipfile.ZipFile(copy) as old, zipfile.ZipFile(hostile, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == MANIFEST:
                told = json.loads(content)
                part = {
                    "name": "definitions/../../ute.txt",
                    "sha256": hashlib.sha256(b"x").hexdigest(),
                    "size": 1,
                }
                told["parts"].append(part)
                content = json.dumps(told).encode()
            new.writestr(info.filename, content)
        new.writestr("definitions/../../ute.txt", b"x")
    with pytest.raises(DataError, match="leder ut"):
        restore(settings(f"sqlite:///{tmp_path / 'ny.db'}"), hostile, definitions=tmp_path / "a" / "b")
    assert not (tmp_path / "ute.txt").exists()


def test_the_command_tells_what_it_did(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HSF_KPI_DATABASE_URL", url)
    assert main(["backup", str(tmp_path / "min.zip")]) == 0
    said = capsys.readouterr().out
    assert "Säkerhetskopian är klar" in said
    assert "lösenordens" in said
    assert main(["backup", str(tmp_path / "min.zip")]) == 2
    assert "finns redan" in capsys.readouterr().err
    assert main(["restore", str(tmp_path / "min.zip")]) == 2
    assert "inte tom" in capsys.readouterr().err
