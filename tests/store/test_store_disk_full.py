"""The disk is really full: what is being written leaves nothing half-done, says so in Swedish, and reading goes on."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from hsf_kpi.backup.make import back_up
from hsf_kpi.cli.main import main
from hsf_kpi.model.dialogue import Analysis
from hsf_kpi.model.problems import DataError, StoreError
from hsf_kpi.settings import read_settings
from hsf_kpi.store import Store
from hsf_kpi.store.engine import open_engine, parse_url, writing
from tests.backup.whole import everything, unequal
from tests.store.asking import AS_OF
from tests.store.handin_builders import analysis
from tests.store.killing import CAT, made, picture

FULL = "Databasens disk är full. Inget är sparat."


@pytest.fixture
def url(tmp_path: Path) -> str:
    address = f"sqlite:///{tmp_path / 'x.db'}"
    with closing(Store.create(address, "demo", CAT, AS_OF)) as store:
        store.take(CAT, made(3))
    return address


@contextmanager
def no_room(store: Store) -> Iterator[None]:
    """SQLite itself refuses every further page, as when the disk refuses it."""

    def full(connection: Any, _record: Any, _proxy: Any) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    def room(connection: Any, _record: Any, _proxy: Any) -> None:
        connection.execute("PRAGMA max_page_count = 1073741823")

    event.listen(store._engine, "checkout", full)
    yield
    event.remove(store._engine, "checkout", full)
    event.listen(store._engine, "checkout", room)


def test_a_load_and_a_hand_in_fail_cleanly_and_work_again_with_room(url: str) -> None:
    with closing(Store.open(url)) as store:
        with no_room(store):
            assert refused(url, lambda i: store.take(CAT, made(7 + i))) < 50
            long = "x" * 3000
            assert refused(url, lambda i: hand_in(store, long, i)) < 50
            assert store.state().kind == "demo", "reading goes on"
        version = store.state().data_version
        assert store.take(CAT, made(99)) == version + 1
        assert hand_in(store, "Får plats.", 60).text == "Får plats."


def hand_in(store: Store, text: str, back: int) -> Analysis:
    month = analysis().month - back
    return store.handins.save_analysis(CAT, analysis(text, month=month, measure="belopp"), "chef", "Chef")


def refused(url: str, write: Callable[[int], object]) -> int:
    """How often it could be written before there was no room; the one that was refused left nothing."""
    for i in range(50):
        before = picture(url)
        told = ""
        try:
            write(i)
        except StoreError as error:
            told = str(error)
        if told:
            assert FULL in told
            assert picture(url) == before
            return i
    return 50


@pytest.mark.postgres
def test_postgresql_that_says_its_disk_is_full_is_told_in_the_same_words(postgres_url: str) -> None:
    engine = open_engine(parse_url(postgres_url))
    full = "RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'"
    statement = f"CREATE TABLE halv (a int); DO $$ BEGIN {full}; END $$"
    with pytest.raises(StoreError, match=FULL), writing(engine) as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()
    assert everything(postgres_url) == {}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own, of 1 MB. Where the tests may not mount one, they are skipped."""
    folder = tmp_path / "disk"
    folder.mkdir()
    try:
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True, check=False
        )
    except OSError:
        pytest.skip("there is no mount here")
    if done.returncode:
        pytest.skip("the tests may not mount a file system here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path, leave: int = 0) -> None:
    free = os.statvfs(folder)
    size = max(0, free.f_bavail * free.f_frsize - leave)
    with (folder / "fyllning").open("wb") as file:
        file.write(b"\0" * size)


def test_a_backup_on_a_full_disk_leaves_nothing(url: str, small_disk: Path) -> None:
    fill(small_disk, leave=16384)
    with pytest.raises(DataError, match=r"disken har plats\. Ingen kopia är gjord"):
        back_up(read_settings({"HSF_KPI_DATABASE_URL": url}), small_disk / "kopia.zip")
    assert [path.name for path in small_disk.iterdir()] == ["fyllning"]


def test_a_database_on_a_full_disk_is_read_and_a_restoring_leaves_it(
    url: str,
    small_disk: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = read_settings({"HSF_KPI_DATABASE_URL": url})
    copy = back_up(settings, tmp_path / "kopia.zip").path
    there = f"sqlite:///{small_disk / 'x.db'}"
    with closing(Store.create(there, "demo", CAT, AS_OF)):
        pass
    before = everything(there)
    fill(small_disk, leave=40960)
    monkeypatch.setenv("HSF_KPI_DATABASE_URL", there)
    assert main(["restore", str(copy), "--replace"]) == 2
    said = capsys.readouterr().err
    assert "disk är full" in said or "disken har plats" in said
    assert sorted(path.name for path in small_disk.iterdir()) == ["fyllning", "x.db"]
    (small_disk / "fyllning").unlink()
    with closing(Store.open(there)) as store:
        store.state()  # a running server: what SQLite keeps beside the file is there
        fill(small_disk)
        with pytest.raises(StoreError, match=FULL):
            store.take(CAT, made(7))
        assert store.state().data_version == 0, "reading goes on"
    (small_disk / "fyllning").unlink()
    assert unequal(before, everything(there)) == []


def test_a_file_that_may_not_be_written_is_told_by_a_command(
    url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HSF_KPI_DATABASE_URL", url)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("hsf_kpi.cli.units.open_workspace", full)
    assert main(["units"]) == 2
    assert "Disken är full." in capsys.readouterr().err
