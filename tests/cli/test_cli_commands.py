"""The command line: the promised columns, numbers for machines, Swedish messages, exit code 2."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from hsf_kpi import ROOT
from hsf_kpi.cli.main import main
from hsf_kpi.cli.status import COLUMNS

STATUS_COLUMNS = [
    "indicator",
    "part",
    "name",
    "goal_area",
    "goal",
    "target_year",
    "target_wording",
    "target_kind",
    "target_low",
    "target_high",
    "baseline",
    "baseline_period",
    "value",
    "unit_of_measure",
    "period",
    "status",
    "gap",
    "reason",
    "direction",
    "cadence",
    "origin",
    "source",
]


@pytest.fixture(autouse=True)
def _demo(demo_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HSF_KPI_DATABASE_URL", demo_database)


def status(capsys: pytest.CaptureFixture[str], *options: str) -> list[dict[str, str]]:
    assert main(["status", "--unit", "hsf", "--through", "2023-10", "--format", "csv", *options]) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def by_key(rows: list[dict[str, str]]) -> dict[str, dict[str, str]]:
    return {".".join(part for part in (row["indicator"], row["part"]) if part): row for row in rows}


def test_status_has_the_promised_columns_and_one_row_for_each_of_the_48(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert list(COLUMNS) == STATUS_COLUMNS
    rows = status(capsys)
    assert len(rows) == 48
    assert len({row["indicator"] for row in rows}) == 41
    assert list(rows[0]) == STATUS_COLUMNS
    assert {row["status"] for row in rows} <= {"met", "near", "missed", "not_assessable"}
    assert all(row["reason"] for row in rows)


def test_numbers_are_for_machines_and_bounds_on_the_right_side(capsys: pytest.CaptureFixture[str]) -> None:
    rows = by_key(status(capsys))
    sick = rows["sjukfranvaro"]
    assert (sick["target_kind"], sick["target_low"], sick["target_high"]) == ("at_most", "", "6.0")
    assert sick["target_wording"] == "6,0%"
    assert sick["baseline"] == "7.5"
    assert 3 < float(sick["value"]) < 12
    assert (rows["screening-tarmcancer"]["target_low"], rows["screening-tarmcancer"]["target_high"]) == (
        "95.0",
        "",
    )
    assert (rows["belaggning-somatik"]["target_low"], rows["belaggning-somatik"]["target_high"]) == (
        "85.0",
        "90.0",
    )
    assert 6 < float(rows["vantetid-1177"]["value"]) < 30
    assert -1100 < float(rows["periodresultat"]["value"]) < -600
    assert rows["helarsprognos"]["target_low"] == "-800.0"


def test_the_chosen_month_decides_what_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    rows = by_key(status(capsys))
    assert rows["fortroende-sjukhus"]["period"] == "2022"
    assert (rows["fortroende-sjukhus"]["value"], rows["fortroende-sjukhus"]["status"]) == ("71.9", "met")
    assert (rows["fortroende-vardcentral"]["value"], rows["fortroende-vardcentral"]["status"]) == (
        "61.0",
        "missed",
    )
    assert rows["kladregler-hygien"]["period"] == "delår 1 2023"
    assert (rows["uppdragstagarindex"]["value"], rows["uppdragstagarindex"]["status"]) == ("67.0", "met")


def test_month_and_rolling_views_and_sex(capsys: pytest.CaptureFixture[str]) -> None:
    month = by_key(status(capsys, "--view", "month"))["hyrpersonal"]
    rolling = by_key(status(capsys, "--view", "r12"))["hyrpersonal"]
    women = by_key(status(capsys, "--sex", "women"))
    assert month["period"].replace("\u00a0", " ") == "oktober 2023"
    assert month["value"] != rolling["value"]
    assert women["hyrpersonal"]["value"] == ""
    assert "kön" in women["hyrpersonal"]["reason"]
    assert women["sjukfranvaro"]["value"]


def test_json_and_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--unit", "kirurgkliniken", "--through", "2023-10", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert len(rows) == 48
    assert any(isinstance(row["value"], float) for row in rows)
    assert main(["status", "--unit", "kirurgkliniken", "--through", "2023-10"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 49


def test_series_ends_in_what_status_says(capsys: pytest.CaptureFixture[str]) -> None:
    told = by_key(status(capsys))["sjukfranvaro"]["value"]
    assert (
        main(
            [
                "series",
                "--unit",
                "hsf",
                "--through",
                "2023-10",
                "--indicator",
                "sjukfranvaro",
                "--format",
                "csv",
            ]
        )
        == 0
    )
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert (rows[-1]["end"], rows[-1]["value"]) == ("2023-10", told)
    assert len(rows) > 24
    assert {row["origin"] for row in rows} == {"demo"}


def test_series_of_an_indicator_with_parts_and_of_one_part(capsys: pytest.CaptureFixture[str]) -> None:
    options = ["series", "--unit", "hsf", "--through", "2023-10", "--format", "csv", "--indicator"]
    assert main([*options, "vardgaranti"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len({row["part"] for row in rows}) == 7
    assert main([*options, "vardgaranti.besok"]) == 0
    assert {row["part"] for row in csv.DictReader(io.StringIO(capsys.readouterr().out))} == {"besok"}


def test_units_as_tree_and_as_data(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["units"]) == 0
    tree = capsys.readouterr().out.splitlines()
    assert tree[0].startswith("hsf  ")
    assert any(line.startswith("    kirurgkliniken  ") for line in tree)
    assert not any("medicinkliniken-sala" in line for line in tree)
    assert main(["units", "--through", "2022-12", "--format", "csv"]) == 0
    ids = [row["unit"] for row in csv.DictReader(io.StringIO(capsys.readouterr().out))]
    assert "medicinkliniken-sala" in ids
    for unit in (
        "hsf", "akutsjukvard", "nara-vard", "medicinsk-diagnostik-och-teknik", "medicinsk-stab",
        "planering-och-utveckling", "forvaltningsledning",
    ):  # fmt: skip
        assert unit in ids


def test_check_counts_what_it_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert "48 rader med målvärde" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["status", "--unit", "finns-inte", "--through", "2023-10"], "”finns-inte” finns inte"),
        (["status", "--unit", "hsf", "--through", "2031-01"], "2031-01 finns inte"),
        (["status", "--unit", "hsf", "--through", "oktober"], "”oktober” är ingen månad"),
        (["status", "--unit", "hsf", "--through", "2023-10", "--view", "vecka"], "vecka"),
        (["status", "--unit", "hsf"], "--through"),
        (
            ["series", "--unit", "hsf", "--through", "2023-10", "--indicator", "finns-inte"],
            "”finns-inte” finns inte",
        ),
        (["units", "--through", "x"], "”x” är ingen månad"),
        (["finns-inte"], "finns-inte"),
        ([], "kommandot"),
    ],
)
def test_what_is_wrong_is_told_with_exit_code_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert told in captured.err
    assert captured.out == ""
    assert "Traceback" not in captured.err


def test_both_problems_are_told_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--unit", "finns-inte", "--through", "x"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2


def test_a_broken_definition_is_told_by_file_and_field(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    file = tmp_path / "data" / "indicators" / "hme.toml"
    file.write_text(file.read_text("utf-8").replace('direction = "up"', 'direction = "uppåt"'), "utf-8")
    assert main(["check", str(tmp_path / "data")]) == 2
    assert "hme.toml: direction" in capsys.readouterr().err


def test_an_empty_and_an_unreachable_database_are_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for url in (f"sqlite:///{tmp_path / 'tom.sqlite3'}", "postgresql://nobody@127.0.0.1:1/none"):
        monkeypatch.setenv("HSF_KPI_DATABASE_URL", url)
        assert main(["status", "--unit", "hsf", "--through", "2023-10"]) == 2
        message = capsys.readouterr().err
        assert "atabas" in message
        assert "Traceback" not in message
    assert not (tmp_path / "tom.sqlite3").exists()


@pytest.mark.parametrize(
    ("name", "value"), [("DATA", "skarp"), ("PORT", "åtta"), ("DATA_DIR", "/finns/inte"), ("FEL", "1")]
)
def test_a_wrong_setting_is_told_by_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str
) -> None:
    monkeypatch.setenv(f"HSF_KPI_{name}", value)
    assert main(["check"]) == 2
    assert f"HSF_KPI_{name}" in capsys.readouterr().err
