"""The commands of the economy: the path with its lines, and who did as the assignments say."""

from __future__ import annotations

import csv
import io
import json

import pytest

from hsf_kpi.analysis.economy.types import NoForecast, StatisticalForecast
from hsf_kpi.cli.main import main
from hsf_kpi.model.ledger import UnitLedger
from hsf_kpi.model.period import Month

OCTOBER = ["--through", "2023-10"]


@pytest.fixture(autouse=True)
def _demo(demo_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSF_KPI_DATABASE_URL", demo_database)
    # Made by hand here: finding the method takes seconds, and is tested where it is made.
    monkeypatch.setattr("hsf_kpi.economy.statistical", forecast)


def forecast(ledger: UnitLedger, month: Month) -> StatisticalForecast | NoForecast:
    if ledger.unit != "hsf":
        return NoForecast("Det finns för få månader.")
    low, middle, high = (-1100, -1050), (-950, -1000), (-900, -950)
    months = (month + 1, month + 2)
    return StatisticalForecast(month, months, middle, low, high, low, high, "som förra året", True, None)


def rows(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, str]]:
    assert main([*arguments, "--format", "csv"]) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def test_the_path_of_the_forvaltning(capsys: pytest.CaptureFixture[str]) -> None:
    told = rows(capsys, "trajectory", "--unit", "hsf", *OCTOBER, "--mot", "underskott")
    months = [row for row in told if row["row"] == "month"]
    assert [row["month"] for row in months] == [f"2023-{n:02d}" for n in range(1, 13)]
    october, november = months[9], months[10]
    assert sum(int(row["result"]) for row in months[:10]) == int(october["accumulated"])
    assert round(int(october["accumulated"]) / 10**6, 1) == -861.0
    assert int(october["deviation"]) == int(october["accumulated"]) - int(october["provision"])
    assert round(int(october["deviation"]) / 10**6, 1) == -194.3
    assert (november["result"], november["accumulated"], november["deviation"]) == ("", "", "")
    assert (months[11]["budget"], months[11]["provision"]) == ("0", "-800000000")
    forecasts = [row for row in told if row["row"] == "submitted"]
    assert round(int(forecasts[-1]["against_budget"]) / 10**6) == -978
    assert forecasts[-1]["made"].startswith("2023-10")
    (statistical,) = (row for row in told if row["row"] == "statistical")
    told_of = [statistical[name] for name in ("year_end", "low80", "high80", "method", "made")]
    assert told_of == ["-1000", "-1050", "-950", "som förra året", ""], (
        "the year's, which is the last month's"
    )
    for rate in (row for row in told if row["row"] == "run_rate"):
        left = int(rate["target"]) - int(october["accumulated"])
        assert abs(float(rate["needed"]) * 2 - left) < 0.02
        assert rate["months_left"] == "2"
    assert {row["unit"] for row in told} == {"hsf"}


def test_a_klinik_has_one_line_and_the_table_is_in_parts(capsys: pytest.CaptureFixture[str]) -> None:
    options = ["trajectory", "--unit", "kirurgkliniken", "--through", "2023-01"]
    assert main([*options, "--mot", "fjol"]) == 0
    table = capsys.readouterr().out
    months, *rest = table.split("\n\n")
    assert len(months.splitlines()) == 13
    assert len(rest) == 2
    assert "Det finns för få månader." in rest[0]
    assert main([*options, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    path = [row for row in found if row["row"] == "month"]
    assert all(row["budget"] == row["provision"] for row in path), "no provision of its own"
    january = path[0]
    assert january["deviation"] == january["accumulated"] - january["budget"]


@pytest.mark.parametrize("assignment", ["medarbetare", "hyrpersonal"])
def test_the_matrix_names_every_unit_and_month(capsys: pytest.CaptureFixture[str], assignment: str) -> None:
    told = rows(capsys, "compliance", "--unit", "hsf", *OCTOBER, "--uppdrag", assignment)
    months = [f"2023-{n:02d}" for n in range(1, 11)]
    assert list(told[0]) == ["unit", "in_row", "broke_in_row", "since", *months]
    assert told[0]["unit"] == "hsf"
    assert {"akutsjukvard", "nara-vard"} <= {row["unit"] for row in told}
    for row in told:
        verdicts = [row[month] for month in months]
        assert set(verdicts) <= {"complied", "broke", "moved", "unknown"}
        run = 0
        while run < 10 and verdicts[-1 - run] in ("complied", "moved"):
            run += 1
        assert int(row["in_row"]) == run
        assert (row["since"] == "") == ("unknown" in verdicts)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["trajectory", "--unit", "x", *OCTOBER], "”x” finns inte"),
        (["trajectory", "--unit", "hsf", *OCTOBER, "--mot", "noll"], "noll"),
        (["compliance", "--unit", "hsf", *OCTOBER], "--uppdrag"),
        (["compliance", "--unit", "hsf", *OCTOBER, "--uppdrag", "resor"], "resor"),
    ],
)
def test_what_is_wrong_is_told_in_swedish(
    capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert told in captured.err
    assert captured.out == ""
