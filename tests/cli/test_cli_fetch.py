"""`fetch kolada`: what is asked when nothing is said, the file, loading it, and what is told when it fails."""

from __future__ import annotations

import csv
import datetime as dt
import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from hsf_kpi import ROOT
from hsf_kpi.cli import fetch
from hsf_kpi.cli.main import main
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.ingest.published import read_series
from hsf_kpi.store.store import Store
from tests.ingest.kolada.kolada_server import FakeKolada, lines, served

VALUES = {
    ("U70446", "0019", 2022): "71.9",
    ("U70446", "0000", 2022): "69.6",
    ("N61603", "0014", 2023): "12.75",
}
SOME = ["--kpi", "U70446", "N61603", "--region", "0019,0000,0014", "--from", "2022", "--to", "2023"]


@pytest.fixture
def kolada(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeKolada]:
    fake = FakeKolada(VALUES, per_page=100)
    monkeypatch.setattr(fetch, "WORK", tmp_path / "kolada")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("HSF_KPI_DATABASE_URL", f"sqlite:///{tmp_path / 'hsf.sqlite3'}")
    with served(fake) as base:
        monkeypatch.setenv("HSF_KPI_KOLADA_URL", base)
        yield fake


def test_without_options_it_asks_for_what_is_shipped(
    kolada: FakeKolada, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with (ROOT / "data" / "published" / "kolada_regions.csv").open(encoding="utf-8-sig") as file:
        names = {row["municipality_id"]: row["region"] for row in csv.DictReader(file)}
    kolada.regions = {id: (f"Region {name}", "R") for id, name in names.items()}
    assert main(["fetch", "kolada", "--to", "2025"]) == 0
    asked = [path.split("?")[0].split("/") for path in kolada.asked if "/data/" in path]
    assert {kpi for path in asked for kpi in path[4].split(",")} == set(read_series(ROOT / "data"))
    assert {region for path in asked for region in path[6].split(",")} == set(names)
    assert {path[8] for path in asked} == {",".join(map(str, range(2016, 2026)))}
    out = fetch.WORK / "kolada-2016-2025.csv"
    assert len(lines(out)) == 1 + len(VALUES)
    assert capsys.readouterr().out.startswith(
        f"Hämtat till {out}: 3 värden, 2022–2023 (nyckeltal: 2, regioner: 3, "
    )


def test_a_chosen_part_to_a_chosen_file(
    kolada: FakeKolada, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "ny" / "kolada.csv"
    assert main(["fetch", "kolada", *SOME, "--out", str(out)]) == 0
    assert lines(out) == [
        "kolada_id,municipality_id,region,year,value",
        "N61603,0014,Västra Götalandsregionen,2023,12.75",
        "U70446,0000,Riket,2022,69.6",
        "U70446,0019,Västmanland,2022,71.9",
    ]
    captured = capsys.readouterr()
    assert captured.err == ""
    assert not (tmp_path / "hsf.sqlite3").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--kpi", "sjukfrånvaro"], "”sjukfrånvaro” är inget nyckeltals-id"),
        (["--region", "1980"], "”1980” är ingen regions id"),
        (["--from", "2024", "--to", "2023"], "inga år i följd"),
        (["--from", "i fjol"], "inte ett heltal"),
    ],
)
def test_wrong_options_are_told_before_anything_is_asked(
    kolada: FakeKolada, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert main(["fetch", "kolada", "--region", "0019", *arguments]) == 2
    assert told in capsys.readouterr().err
    assert kolada.asked == []


def test_failure_is_told_in_swedish_and_leaves_no_file(
    kolada: FakeKolada, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kolada.before = [None, (403, {}, b"<h1>Forbidden</h1>")]
    out = tmp_path / "kolada.csv"
    assert main(["fetch", "kolada", *SOME, "--out", str(out)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("Kolada, sida 2: Kolada släpper inte in oss (svar 403).")
    assert not out.exists()
    assert main(["fetch", "kolada", *SOME, "--out", str(out)]) == 0
    assert "varav kvar sedan förra gången: 1" in capsys.readouterr().out


def test_interrupted_it_says_how_to_go_on(
    kolada: FakeKolada, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_args: object, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(fetch, "fetch_kolada", interrupted)
    assert main(["fetch", "kolada", *SOME]) == 2
    assert "hämtningen avbröts. Kör kommandot igen" in capsys.readouterr().err


def test_no_source_and_an_unknown_one(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["fetch"], ["fetch", "scb"]):
        assert main(arguments) == 2
        assert "KÄLLA" in capsys.readouterr().err


def test_load_without_a_database_is_told_before_the_fetch(
    kolada: FakeKolada, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fetch", "kolada", *SOME, "--load"]) == 2
    assert "atabas" in capsys.readouterr().err
    assert kolada.asked == []


def test_it_is_loaded_as_any_file_once(
    kolada: FakeKolada, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalogue = read_catalogue(ROOT / "data")
    url = f"sqlite:///{tmp_path / 'hsf.sqlite3'}"
    Store.create(url, "real", catalogue, dt.date(2023, 11, 14), ()).close()
    assert main(["fetch", "kolada", *SOME, "--load"]) == 0
    assert "kolada-2022-2023.csv är inläst: 3 rader, inläsning 1." in capsys.readouterr().out
    assert main(["fetch", "kolada", *SOME, "--load"]) == 0
    assert "redan inläst (inläsning 1, " in capsys.readouterr().out
    assert main(["loads", "--format", "csv"]) == 0
    [load] = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (load["profile"], load["rows"], load["by"], load["origin"]) == (
        "kolada",
        "3",
        "kommandoraden",
        "loaded",
    )
    with closing(sqlite3.connect(tmp_path / "hsf.sqlite3")) as connection:
        told = connection.execute("SELECT detail FROM audit_log WHERE what = 'hämtade data'").fetchall()
    assert told == [("Kolada: 2 nyckeltal, 3 värden",)] * 2
