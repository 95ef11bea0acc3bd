"""The commands about loads: what they print, and that nothing changes unless it should."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import shutil
import sys
from contextlib import closing
from fractions import Fraction
from pathlib import Path

import pytest

from hsf_kpi import ROOT
from hsf_kpi.access.rights import Rights
from hsf_kpi.cli import load as load_command
from hsf_kpi.cli.loading import command_line_rights, refusals, seen
from hsf_kpi.cli.loads import COLUMNS
from hsf_kpi.cli.main import main
from hsf_kpi.cli.preview import preview_lines
from hsf_kpi.cli.progress import progress
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.loading import Checked
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.incoming import Fault, Holds
from hsf_kpi.model.period import Month, Period, Window
from hsf_kpi.model.preview import Preview, TotalMove
from hsf_kpi.model.profile import Profile
from hsf_kpi.model.role import Permission
from hsf_kpi.settings import read_settings
from hsf_kpi.store.store import Store
from hsf_kpi.workspace import Workspace

HEADING = "Nyckeltal;Verksamhet;Period;Täljare;Nämnare\n"
GOOD = (
    HEADING
    + "sjukfranvaro;kirurgkliniken;2023-10;600,5;10000\nsjukfranvaro;kirurgkliniken;2023-09;500;10000\n"
)
BETTER = HEADING + "sjukfranvaro;kirurgkliniken;2023-10;650;10000\n"
WRONG = (
    HEADING + "sjukfranvaro;kirurgklinken;2023-10;600;10000\nsjukfranvaro;kirurgkliniken;2023-13;600;10000\n"
)
OWN = ["--profile", "observationer"]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(ROOT / "data")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Path:
    """A database with nothing but the definitions."""
    path = tmp_path_factory.mktemp("loads") / "empty.sqlite3"
    with closing(Store.create(f"sqlite:///{path}", "real", catalogue, dt.date(2023, 11, 14), ())):
        return path


@pytest.fixture(autouse=True)
def _own(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copyfile(template, tmp_path / "hsf.sqlite3")
    monkeypatch.setenv("HSF_KPI_DATABASE_URL", f"sqlite:///{tmp_path / 'hsf.sqlite3'}")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def good(tmp_path: Path) -> str:
    return written(tmp_path, "oktober.csv", GOOD)


def written(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, "utf-8")
    return name


def loads(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    capsys.readouterr()
    assert main(["loads", "--format", "csv"]) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def test_a_file_is_checked_without_changing_anything(good: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", good, *OWN]) == 0
    told = capsys.readouterr().out
    assert told.startswith("oktober.csv, ")
    assert "2 rader." in told
    assert "Rader: nya 2, ändrade 0, oförändrade 0, försvinner 0." in told
    assert "Gäller: september 2023 till oktober 2023." in told.replace("\u00a0", " ")
    assert told.endswith("Filen går att läsa in. Ingenting är ändrat.\n")
    assert loads(capsys) == []


def test_load_again_correct_and_undo(good: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["load", good, *OWN]) == 0
    assert (
        "oktober.csv är inläst: 2 rader, inläsning 1. Ångra med: python -m hsf_kpi undo 1"
        in capsys.readouterr().out
    )
    [first] = loads(capsys)
    assert tuple(first) == COLUMNS
    assert (first["number"], first["kind"], first["by"], first["rows"]) == ("1", "data", "kommandoraden", "2")
    assert (first["file"], first["profile"], first["unit"]) == (
        "oktober.csv",
        "observationer",
        "kirurgkliniken",
    )
    assert (first["first"], first["last"], first["undone_by"]) == ("2023-09", "2023-10", "")
    assert len(first["sha256"]) == 64
    for command in ("check", "load"):
        assert main([command, good, *OWN]) == 0
        assert "oktober.csv är redan inläst (inläsning 1, " in capsys.readouterr().out
    assert loads(capsys) == [first]
    assert main(["load", written(tmp_path, "rättad.csv", BETTER), *OWN]) == 0
    assert "nya 0, ändrade 1, oförändrade 0" in capsys.readouterr().out
    assert main(["undo", "1"]) == 2
    assert main(["undo", "2"]) == 0
    assert capsys.readouterr().out == "Inläsning 2 är ångrad (genom inläsning 3).\n"
    assert [(one["number"], one["kind"], one["undoes"], one["undone_by"]) for one in loads(capsys)] == [
        ("3", "undo", "2", ""),
        ("2", "data", "", "3"),
        ("1", "data", "", ""),
    ]


def test_every_fault_is_told_with_its_place_and_nothing_is_loaded(
    good: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = written(tmp_path, "fel.csv", WRONG)
    for command in (["check", wrong], ["load", good, wrong]):
        assert main([*command, *OWN]) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        lines = captured.err.splitlines()
        assert lines[0].startswith("fel.csv, rad 2, kolumn ”Verksamhet”: ")
        assert "kirurgklinken" in lines[0]
        assert "kirurgkliniken" in lines[0]
        assert lines[1].startswith("fel.csv, rad 3, kolumn ”Period”: ")
        assert "2023-13" in lines[1]
        assert lines[2] == "fel.csv: 2 fel på 2 rader. Ingenting är ändrat."
        assert len(lines) == 3
    assert loads(capsys) == []


def test_several_files_come_in_order_each_held_against_the_one_before(
    good: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    same = written(tmp_path, "kopia.csv", GOOD)
    better = written(tmp_path, "rättad.csv", BETTER)
    assert main(["load", good, same, better, *OWN]) == 0
    told = capsys.readouterr().out
    assert "kopia.csv är redan inläst (inläsning 1, " in told
    assert "nya 0, ändrade 1, oförändrade 0" in told
    assert [one["file"] for one in loads(capsys)] == ["rättad.csv", "oktober.csv"]


@pytest.mark.parametrize(
    ("answer", "more", "loaded"),
    [("n", [], 0), (None, [], 0), ("Ja", [], 1), ("n", ["--yes"], 1)],
)
def test_at_a_terminal_it_asks(
    good: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    answer: str | None,
    more: list[str],
    loaded: int,
) -> None:
    asked: list[str] = []

    def reply(prompt: str) -> str:
        asked.append(prompt)
        if answer is None:
            raise EOFError
        return answer

    monkeypatch.setattr("builtins.input", reply)
    monkeypatch.setattr(load_command.sys.stdin, "isatty", lambda: True, raising=False)
    assert main(["load", good, *OWN, *more]) == 0
    assert asked == ([] if more else ["Läsa in oktober.csv? [j/N] "])
    assert ("oktober.csv är inte inläst." in capsys.readouterr().out) is (not loaded)
    assert len(loads(capsys)) == loaded


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["load", "a.csv", "b.csv", *OWN], ["a.csv: Filen finns inte.", "b.csv: Filen finns inte."]),
        (["load", "oktober.csv", "--profile", "finns-inte"], ["Källprofilen ”finns-inte” finns inte."]),
        (["load", "oktober.csv"], ["saknar --profile"]),
        (["check", "oktober.csv"], ["--profile: det saknas."]),
        (["check", *OWN], ["FIL: det saknas."]),
        (["check", "finns-inte.csv", *OWN], ["finns-inte.csv: Filen finns inte."]),
        (["undo", "7"], ["Inläsning 7 finns inte."]),
        (["undo", "sju"], ["inte ett heltal"]),
    ],
)
def test_what_is_wrong_is_told_with_exit_code_2(
    good: str, capsys: pytest.CaptureFixture[str], arguments: list[str], told: list[str]
) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    for line, part in zip(captured.err.splitlines(), told, strict=True):
        assert part in line


def test_the_profiles_that_are_shipped(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["profiles", "--format", "json"]) == 0
    rows = {row["profile"]: row for row in json.loads(capsys.readouterr().out)}
    assert {"observationer", "budget-och-utfall", "kolada"} <= set(rows)
    assert (rows["kolada"]["holds"], rows["kolada"]["saved"]) == ("external", 0)


def test_an_empty_log_is_a_table_of_headings(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["loads"]) == 0
    assert capsys.readouterr().out.split() == [
        "number", "kind", "at", "by", "rows", "source", "unit", "first", "last", "undone_by"
    ]  # fmt: skip


def test_the_command_line_may_do_all_of_it_everywhere() -> None:
    workspace = Workspace.open(read_settings())
    with closing(workspace.store):
        rights: Rights = command_line_rights(workspace)
        units = set(workspace.catalogue.organisation.units)
        assert rights.scope.units == units
        assert rights.scope.horizon() is None
        assert all(rights.may(permission, unit) for permission in Permission for unit in units)
        assert rights.identity.login == "kommandoraden"


# How it is told

PROFILE = Profile("p", "Profil", "System", Holds.OBSERVATIONS)


def test_faults_with_and_without_place_and_value() -> None:
    faults = (
        Fault("Talet går inte att läsa.", "Skriv 12,5.", (3, 7), "Täljare", "1,2,3", 14),
        Fault("Verksamheten ”x” finns inte.", "Menar du y?", (4,), "Verksamhet", "x", 1),
        Fault("Det är inget tal.", "Skriv siffror.", (5,), "Täljare", "a", 1),
        Fault("Filen är tom.", "Exportera den igen."),
    )
    assert [line.replace("\u00a0", " ") for line in refusals(Checked("f.csv", PROFILE, None, faults))] == [
        "f.csv, rad 3, 7 och 12 till, kolumn ”Täljare”: Talet går inte att läsa. Där står ”1,2,3”. Skriv 12,5.",
        "f.csv, rad 4, kolumn ”Verksamhet”: Verksamheten ”x” finns inte. Menar du y?",
        "f.csv, rad 5, kolumn ”Täljare”: Det är inget tal. Där står ”a”. Skriv siffror.",
        "f.csv: Filen är tom. Exportera den igen.",
        "f.csv: 4 fel på 16 rader. Ingenting är ändrat.",
    ]


def test_final_months_are_named() -> None:
    months = tuple(Month.of(2023, 1) + i for i in range(14))
    [line] = refusals(Checked("f.csv", PROFILE, None, (), released=months))
    assert "januari 2023, " in line
    assert "december 2023 och 2 till" in line


def test_a_terminal_is_sent_no_control_signs() -> None:
    assert seen("a\x1b[2Jb\nc\u202e åäö\u00a01") == "a·[2Jb·c· åäö\u00a01"
    fault = Fault("Så går det inte.", "Rätta.", (1,), "K", "\x1b]0;x\x07")
    assert all(line.isprintable() for line in refusals(Checked("\x1b[1mf", PROFILE, None, (fault,))))


def test_sums_before_and_after(catalogue: Catalogue) -> None:
    october = Period(Month.of(2023, 10), Window.MONTH)
    totals = (
        TotalMove("hsf", "sjukfranvaro", october, Fraction(6), Fraction(9)),
        TotalMove("hsf", "personalkostnader", october, None, Fraction(-1_200_000)),
        TotalMove("hsf", "sjukfranvaro", october, None, None, masked=True),
    )
    preview = Preview(
        Holds.OBSERVATIONS, "hsf", 3, 2, 1, 4, (october.end,), totals=totals, more_totals=5, more_jumps=1
    )
    lines = [
        line.replace("\u00a0", " ")
        for line in preview_lines(Checked("f.csv", PROFILE, None, (), preview), catalogue)
    ]
    assert lines[1:] == [
        "  Rader: nya 3, ändrade 2, oförändrade 1, försvinner 4.",
        "  Gäller: oktober 2023.",
        "  Summor före och efter:",
        "    hsf sjukfranvaro okt 2023: 6,0 % → 9,0 % (+50,0 %)",
        "    hsf personalkostnader okt 2023: – → −1 200 000 kr",
        "    hsf sjukfranvaro okt 2023: maskerat",
        "    och 5 till.",
        "  Se upp: 1 värde ligger långt från sina månader före.",
    ]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_is_for_terminals_and_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    with progress() as tell:
        tell("Läser raderna", 0.5)
        tell("Skriver", 7.0)
    text = shown.getvalue()
    assert "Läser raderna:  50 %" in text
    assert "Skriver: 100 %" in text
    assert text.endswith("\r")
    quiet = io.StringIO()
    monkeypatch.setattr(sys, "stderr", quiet)
    with progress() as tell:
        tell("Läser raderna", 0.5)
    assert quiet.getvalue() == ""
