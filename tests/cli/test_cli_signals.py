"""The command of the month's signals: the same as the page's, for machines."""

from __future__ import annotations

import csv
import io
import json

import pytest

from hsf_kpi.cli.main import main
from hsf_kpi.cli.signals import COLUMNS


@pytest.fixture(autouse=True)
def _demo(demo_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSF_KPI_DATABASE_URL", demo_database)


def test_the_signals_of_an_omrade_weightiest_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["signals", "--unit", "akutsjukvard", "--month", "2023-10", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert tuple(rows[0]) == COLUMNS
    weights = [float(row["weight"]) for row in rows]
    assert weights == sorted(weights, reverse=True)
    by_kind: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_kind.setdefault(row["kind"], []).append(row)
    assert set(by_kind) == {"cause", "target", "budget", "assignment", "missing"}
    for row in by_kind["cause"]:
        assert row["month"] == "2023-10"
        assert float(row["low"]) < float(row["mean"]) < float(row["high"])
        if row["rule"] == "outside":
            assert not float(row["low"]) <= float(row["value"]) <= float(row["high"])
    for row in by_kind["target"]:
        assert "met" in (row["status"], row["status_before"])
        assert row["status"] != row["status_before"]
    kirurg = next(row for row in by_kind["budget"] if row["unit"] == "kirurgkliniken")
    assert (kirurg["amount"], kirurg["better"], kirurg["indicator"]) == ("-61400000", "0", "")
    assert by_kind["missing"][0]["also"] == "onkologkliniken ambulanssjukvarden"


def test_both_names_of_the_month_say_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    told = []
    for option in ("--month", "--through"):
        assert main(["signals", "--unit", "habilitering", option, "2023-10", "--format", "json"]) == 0
        told.append(json.loads(capsys.readouterr().out))
    assert told[0] == told[1]
    assert {row["unit"] for row in told[0]} == {"habilitering"}


def test_a_month_that_is_none_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["signals", "--unit", "finns-inte", "--month", "2023-13"]) == 2
    told = capsys.readouterr().err
    assert "2023-13" in told
    assert "finns-inte" in told
