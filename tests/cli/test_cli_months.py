"""The commands that take a month on: the same as the page's, for the one who holds the database's own key."""

from __future__ import annotations

import csv
import io
import shutil
from contextlib import closing
from pathlib import Path

import pytest

from hsf_kpi.cli.main import main
from hsf_kpi.cli.months import COLUMNS
from hsf_kpi.model.event import Event
from hsf_kpi.store import Store

OURS = ("--revenue", "7783896150", "--cost", "8 644 896 150", "--result=-861000000")


@pytest.fixture
def url(demo_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    path = tmp_path / "demo.sqlite3"
    shutil.copyfile(demo_database.removeprefix("sqlite:///"), path)
    monkeypatch.setenv("HSF_KPI_DATABASE_URL", f"sqlite:///{path}")
    return f"sqlite:///{path}"


def rows(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, str]]:
    capsys.readouterr()
    assert main(["months", "--format", "csv"]) == 0
    found = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert tuple(found[0]) == COLUMNS
    return {row["month"]: row for row in found}


def test_the_demos_months_have_a_history(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = rows(capsys)
    assert list(found) == sorted(found, reverse=True)
    assert len(found) == 12
    october, september, july = (found[month] for month in ("2023-10", "2023-09", "2023-07"))
    assert (october["by"], october["cost_difference"], october["stale"]) == ("Controller", "-480000", "0")
    assert (october["final"], october["edition"], october["ready"], october["loaded"]) == ("0", "", "2", "1")
    assert (september["final"], september["edition"], july["edition"]) == ("1", "2", "1")
    assert september["released"].startswith("2023-11-13")


def test_a_month_is_taken_on_and_opened_again(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reconcile", "2023-10", *OURS]) == 0
    assert capsys.readouterr().out == "Oktober 2023 är avstämd, ingen differens.\n"
    assert main(["release", "2023-10"]) == 0
    assert capsys.readouterr().out == (
        "Oktober 2023 är frisläppt, utgåva 1.\n29 av 31 verksamheter hade inte lämnat in.\n"
    )
    assert main(["release", "2023-10"]) == 0
    assert capsys.readouterr().out == "Oktober 2023 var redan frisläppt, utgåva 1.\n"
    assert main(["reopen", "2023-09", "--note", "Rättad bokföring"]) == 0
    assert capsys.readouterr().out == "September 2023 och månaderna efter den är preliminära.\n"
    assert main(["release", "2023-10"]) == 0
    assert capsys.readouterr().out.startswith(
        "September och oktober 2023 är frisläppta, oktober 2023 i utgåva 2.\n"
    )
    with closing(Store.open(url)) as store:
        log = [(who, what) for _, who, what, _ in store.audit(4)]
    assert log == [
        ("kommandoraden", what) for what in (Event.RELEASED, Event.REOPENED, Event.RELEASED, Event.RECONCILED)
    ]


def test_what_cannot_be_done_is_told(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    for command, *words in (
        (["reconcile", "2023-10", "--revenue", "1", "--cost", "två", "--result=x"], "--cost: ”två”", "--result: ”x”"),
        (["reconcile", "2023-13", *OURS], "”2023-13” är ingen månad"),
        (["reconcile", "2023-10", "--revenue", "3", "--cost", "2", "--result", "1"], "skiljer sig från huvudbokens"),
        (["reconcile", "2023-11", *OURS], "Huvudboken har inget utfall för november 2023"),
        (["release", "2023-11", "--note", "Det är bråttom nu."], "inga månadsvärden för november 2023"),
        (["reopen", "2023-10", "--note", "Rättad bokföring"], "Oktober 2023 är inte frisläppt."),
        (["reopen", "2023-09", "--note", "kort"], "minst 10"),
    ):  # fmt: skip
        assert main(command) == 2
        told = capsys.readouterr().err
        assert all(word in told for word in words), told
    assert rows(capsys)["2023-10"]["final"] == "0"
