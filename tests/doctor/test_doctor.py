"""What doctor says of a service that is well, of each thing that is wrong, and when nothing works. It changes nothing."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest

from hsf_kpi import ROOT
from hsf_kpi.cli.main import main
from hsf_kpi.doctor import database, machine, packages
from hsf_kpi.doctor import examine as examination
from hsf_kpi.doctor.examine import examine, worst
from hsf_kpi.doctor.finding import Finding, Level
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.event import Event
from hsf_kpi.settings import read_settings
from hsf_kpi.store import Store, schema
from hsf_kpi.store.engine import open_engine, parse_url, writing
from tests.backup.whole import everything, unequal
from tests.people import only_people
from tests.store.asking import AS_OF
from tests.store.killing import CAT, made

NOW = dt.datetime(2027, 3, 1, 12, 0, tzinfo=dt.UTC)
"""After what the tests write."""


@pytest.fixture(scope="module", autouse=True)
def _own_definitions_are_read_once() -> Iterator[None]:
    """Those of the repository's folder, which every look reads whole."""
    read_catalogue, read_published = examination.read_catalogue, examination.read_published
    own = ROOT / "data"

    @cache
    def kept() -> Catalogue:
        return read_catalogue(own, {})

    @cache
    def kept_published() -> object:
        return read_published(own, kept())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            examination,
            "read_catalogue",
            lambda folder, loaded: kept() if folder == own and not loaded else read_catalogue(folder, loaded),
        )
        patch.setattr(
            examination,
            "read_published",
            lambda folder, of: kept_published() if of is kept() else read_published(folder, of),
        )
        yield


@pytest.fixture
def url(database_url: str) -> str:
    with closing(Store.create(database_url, "demo", CAT, AS_OF)) as store:
        store.take(CAT, made(3))
    return database_url


def look(url: str, sums: bool = False, now: dt.datetime = NOW, **settings: str) -> list[Finding]:
    told = {
        f"HSF_KPI_{name}": value
        for name, value in {"DATABASE_URL": url, **settings}.items()
        if name.isupper()
    }
    return examine(told, now, sums=sums)


def of(found: list[Finding], area: str) -> Finding:
    (one,) = [finding for finding in found if finding.area == area]
    return one


def changed(url: str, *statements: str) -> None:
    engine = open_engine(parse_url(url))
    with writing(engine) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def test_a_service_that_is_well_is_told_so_and_nothing_is_changed(
    demo_database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shutil.copyfile(demo_database.removeprefix("sqlite:///"), tmp_path / "demo.sqlite3")
    monkeypatch.setenv("HSF_KPI_DATABASE_URL", f"sqlite:///{path}")
    before = everything(f"sqlite:///{path}")
    assert main(["doctor", "--sums"]) == 0
    said = capsys.readouterr().out
    assert "✓ Summor: alla verksamheters summor stämmer" in said
    assert "✓ Databasens fil: hel" in said
    assert "✓ Månad: den senaste är oktober 2023" in said
    assert "Allt är i ordning." in said
    assert main(["doctor", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["level"] for row in rows} == {"fine"}
    assert unequal(before, everything(f"sqlite:///{path}")) == []


def test_a_sum_that_is_wrong_is_found(url: str) -> None:
    """Held against the definitions that the small database was made with: the demo's is held above."""
    told = read_settings({"HSF_KPI_DATABASE_URL": url})

    def sums() -> Finding:
        return of(list(database.database(told, CAT, NOW, sums=True)), "Summor")

    assert sums().level is Level.FINE
    key = "(unit, org, project, kind, account, month)"
    one = "SELECT unit, org, project, kind, account, month FROM ledger_sum LIMIT 1"
    changed(url, f"UPDATE ledger_sum SET amount = amount + 1 WHERE {key} = ({one})")
    before = everything(url)
    found = sums()
    assert found.level is Level.WRONG
    assert "ledger_sum" in found.what
    assert "rollup" not in found.what
    assert unequal(before, everything(url)) == [], "it is told, not mended"


def test_on_both_databases_it_looks_at_what_is_there(url: str) -> None:
    before = everything(url)
    found = look(url)
    assert of(found, "Version").level is Level.FINE
    assert of(found, "Rättigheter").level is Level.FINE
    assert of(found, "Månad").what.startswith("den senaste är april 2023")
    # The tests' definitions are not those of the folder.
    assert "python -m hsf_kpi build" in [f for f in found if f.area == "Definitioner"][-1].todo
    assert worst(found) is Level.WARNING
    assert unequal(before, everything(url)) == []


@pytest.mark.parametrize(
    ("statement", "area", "level", "told"),
    [
        (f"UPDATE alembic_version SET version_num = '{schema.VERSIONS[-2]}'", "Version", 1, "uppdateras när"),
        ("UPDATE alembic_version SET version_num = '9999'", "Version", 2, "Uppdatera programmet"),
        ("UPDATE meta SET value = 'real' WHERE key = 'kind'", "Slag", 1, "HSF_KPI_DATA"),
        ("UPDATE meta SET value = '' WHERE key = 'latest'", "Månad", 1, "Läs in"),
        ("UPDATE audit_log SET at = '2031-01-01 00:00:00.000000'", "Klocka", 2, "Ställ klockan"),
    ],
)
def test_what_is_wrong_in_a_database_is_told_with_what_to_do(
    url: str, statement: str, area: str, level: int, told: str
) -> None:
    changed(url, statement)
    finding = of(look(url), area)
    assert finding.level == level
    assert told in finding.todo


def test_a_backup_that_is_old_or_missing_is_told(url: str) -> None:
    assert of(look(url), "Säkerhetskopia").level is Level.FINE, "demo data need none"
    with closing(Store.open(url)) as store:
        store.audit_log.write("kommandoraden", Event.BACKED_UP, "x", NOW - dt.timedelta(days=1))
    assert of(look(url), "Säkerhetskopia").level is Level.FINE
    assert of(look(url, now=NOW + dt.timedelta(days=2)), "Säkerhetskopia").level is Level.WARNING


def test_a_real_service_without_what_it_needs_is_told(tmp_path: Path) -> None:
    path = only_people(tmp_path)
    url = f"sqlite:///{path}"
    found = look(url, DATA="real", SIGN_IN="local")
    assert of(found, "Konton").level is Level.FINE
    assert [f.area for f in found if f.level is Level.WARNING] == [
        "Proxy", "Gallring", "Månad", "Säkerhetskopia",
    ]  # fmt: skip
    changed(url, "UPDATE user_account SET active = 0")
    assert of(look(url, DATA="real", SIGN_IN="local"), "Konton").level is Level.WRONG
    assert "vem som helst" in of(look(url, DATA="real", SIGN_IN="demo"), "Inloggning").what


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    path = only_people(tmp_path)
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 30] = b"\xff" * (4096 * 27)
    path.write_bytes(bytes(content))
    found = look(f"sqlite:///{path}", DATA="real", SIGN_IN="local")
    assert worst(found) is Level.WRONG
    assert any(f.level is Level.WRONG and f.area.startswith("Databas") for f in found)


def test_a_missing_database_an_unreachable_one_and_an_empty_one(tmp_path: Path) -> None:
    assert "finns inte" in of(look(f"sqlite:///{tmp_path / 'x.db'}"), "Databas").what
    assert not (tmp_path / "x.db").exists()
    gone = look("postgresql://ingen:hemligt@127.0.0.1:1/x")
    assert "kan inte nås" in of(gone, "Databas").what
    assert not any("hemligt" in str(f) for f in gone)
    (tmp_path / "tom.db").touch()
    assert [f.level for f in look(f"sqlite:///{tmp_path / 'tom.db'}") if f.area == "Databas"] == [0, 2]


@pytest.mark.parametrize(("free", "level"), [(0.01, Level.WRONG), (0.5, Level.WARNING), (50.0, Level.FINE)])
def test_a_disk_that_is_nearly_full(
    monkeypatch: pytest.MonkeyPatch, url: str, free: float, level: Level
) -> None:
    usage = shutil.disk_usage("/")._replace(free=int(free * machine.GB))
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _: usage)
    assert of(look(url), "Disk (tillfälliga filer)").level is level


def test_settings_that_are_wrong_are_all_told(tmp_path: Path) -> None:
    found = look("x.db", DATA="fel", PORT="noll")
    assert [f.what.split(":")[0] for f in found if f.level is Level.WRONG] == ["HSF_KPI_DATA", "HSF_KPI_PORT"]


def test_definitions_that_are_wrong_do_not_hide_the_database(url: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "data" / "plan.toml").write_text("inte toml", "utf-8")
    found = look(url, DATA_DIR=str(tmp_path / "data"))
    assert any(f.area == "Definitioner" and "plan.toml" in f.what for f in found)
    assert of(found, "Version").level is Level.FINE


def test_what_breaks_while_it_looks_does_not_hide_the_rest(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(examination.machine, "disk", broken)
    found = look(url)
    assert "ZeroDivisionError" in of(found, "Disk").what
    assert of(found, "Version").level is Level.FINE


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("finns-inte-paket==1.0 \\\n", "1 saknas: finns-inte-paket"),
        ("alembic==0.0.1 \\\n", "i stället för 0.0.1"),
        ("finns-inte==1 ; sys_platform == 'ingenting' \\\n", "alla 0"),
    ],
)
def test_packages_are_held_against_the_pinned_ones(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "requirements.txt"
    path.write_text(line + "    --hash=sha256:00\n# via x\n", "utf-8")
    assert told in next(iter(packages.packages(path))).what


def test_a_package_that_is_not_there_is_told_whatever_the_command(tmp_path: Path) -> None:
    """In a process of its own, where sqlalchemy can't be imported."""
    blocked = "import sys; sys.modules['sqlalchemy'] = None; sys.argv = ['hsf_kpi', 'doctor']; import runpy; "
    done = subprocess.run(
        [sys.executable, "-c", f"{blocked}runpy.run_module('hsf_kpi', run_name='__main__')"],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "Programmet kan inte starta: sqlalchemy går inte att läsa in." in done.stderr
    assert "✓ Python" in done.stderr
    assert "Traceback" not in done.stderr
