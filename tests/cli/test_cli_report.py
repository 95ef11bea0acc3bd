"""`report`: files for a scheduled job, for whom, and what is told when one can't be made."""

from __future__ import annotations

import io
import os
import shutil
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pikepdf
import pytest

from hsf_kpi import ROOT
from hsf_kpi.cli import taking
from hsf_kpi.cli.main import main
from hsf_kpi.model.event import Event
from hsf_kpi.store import Store
from tests.people import HEAD, LEADER

KIRURGEN = "hsf-nyckeltal_manadsuppfoljning_kirurgkliniken_2023-10"
OCTOBER = ("--through", "2023-10")
CORRECTED = "Nyckeltal;Verksamhet;Period;Täljare;Nämnare\nsjukfranvaro;kirurgkliniken;2023-10;1400;10000\n"
UNKNOWN = "finns inte eller ingår inte i din behörighet"

pytestmark = pytest.mark.usefixtures("url")


def report(out: Path, *options: str, code: int = 0) -> None:
    assert main(["report", "--out", str(out), *options]) == code


def names(folder: Path) -> list[str]:
    """Everything in the folder, hidden files too."""
    return sorted(os.listdir(folder))


def logged(url: str) -> list[tuple[str, str, str]]:
    with closing(Store.open(url)) as store:
        return [(entry.who, entry.what, entry.detail) for entry in store.audit_log.entries(limit=20)]


def test_a_unit_gives_three_files_and_a_correction_changes_no_edition(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own.sqlite3"
    shutil.copyfile(url.removeprefix("sqlite:///"), own)
    monkeypatch.setenv("HSF_KPI_DATABASE_URL", f"sqlite:///{own}")
    chosen = ("--unit", "kirurgkliniken", *OCTOBER, "--sections", "laget")
    first, again, later = (tmp_path / name for name in ("first", "again", "later"))

    report(first, *chosen, "--freeze")
    printed = capsys.readouterr()
    (edition,) = (what.split(", ")[0] for _, verb, what in logged(f"sqlite:///{own}") if verb == Event.FROZEN)
    digest = edition.removeprefix("2023-10-kirurgkliniken-")
    assert len(digest) == 8
    files = [f"{KIRURGEN}_utgava-{digest}.{kind}" for kind in ("pptx", "pdf", "xlsx")]
    assert printed.out.splitlines() == [str(first / name) for name in files]
    assert printed.err == "", "no progress bar where nobody sits at a terminal"
    assert names(first) == sorted(files)
    assert (first / files[0]).stat().st_mode & 0o777 == 0o666 & ~taking._umask(), "as any new file"
    made = {path.suffix: path.read_bytes() for path in first.iterdir()}
    for kind, part in ((".pptx", "ppt/presentation.xml"), (".xlsx", "xl/workbook.xml")):
        with zipfile.ZipFile(io.BytesIO(made[kind])) as package:
            assert part in package.namelist()
            assert package.testzip() is None
    with pikepdf.open(io.BytesIO(made[".pdf"])) as document:
        assert str(document.Root.Lang).startswith("sv")
        assert len(document.pages) > 2

    report(again, *chosen, "--freeze")
    assert {path.suffix: path.read_bytes() for path in again.iterdir()} == made, "it is frozen once"

    (tmp_path / "rattat.csv").write_text(CORRECTED, "utf-8")
    assert main(["load", str(tmp_path / "rattat.csv"), "--profile", "observationer"]) == 0
    report(later, "--edition", edition)
    assert {path.suffix: path.read_bytes() for path in later.iterdir()} == made
    assert [verb for _, verb, _ in logged(f"sqlite:///{own}")].count(Event.FROZEN) == 1
    report(tmp_path / "now", *chosen, "--formats", "xlsx", "--freeze")
    (corrected,) = names(tmp_path / "now")
    assert corrected not in files, "what is known now is another edition"


def test_all_units_are_made_but_those_with_nothing_to_show(
    tmp_path: Path, quick: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    (data / "reports" / "telefon.toml").write_text(
        'id = "telefon"\norder = 9\nname = "Telefon"\nmeeting = "Om telefonen."\nsource = "Provet"\n'
        'meant_for = "alla"\nview = "month"\n[[section]]\nid = "svar"\nkind = "nyckeltal"\ntitle = "Svar"\n'
        'measures = ["finns-inte", "vantetid-1177"]\n',
        "utf-8",
    )
    monkeypatch.setenv("HSF_KPI_DATA_DIR", str(data))
    report(tmp_path / "out", "--unit", "nara-vard", "--all-units", "--template", "telefon", *OCTOBER, code=2)
    told = capsys.readouterr()
    made = {Path(line).name for line in told.out.splitlines()}
    assert made == {
        f"hsf-nyckeltal_telefon_{unit}_2023-10.{kind}"
        for unit in ("nara-vard", "1177-vardguiden-pa-telefon")
        for kind in ("pptx", "pdf", "xlsx")
    }
    assert set(names(tmp_path / "out")) == made
    assert "telefon.toml: section[svar].measures: Nyckeltalet ”finns-inte” finns inte." in told.err
    assert "vuxenpsykiatri: Det finns inget att visa för verksamheten och månaden." in told.err
    assert told.err.count("Det finns inget att visa") == 11


def test_an_account_gets_what_it_may_and_the_log_says_who_took_it(
    url: str, tmp_path: Path, quick: None, capsys: pytest.CaptureFixture[str]
) -> None:
    all_of = ("--unit", "akutsjukvard", "--all-units", *OCTOBER, "--sections", "signaler", "--formats", "pdf")
    report(tmp_path, *all_of, "--for", HEAD, code=2)
    told = capsys.readouterr()
    assert [Path(line).name for line in told.out.splitlines()] == [
        f"hsf-nyckeltal_manadsuppfoljning_{unit}_2023-10.pdf" for unit in ("akutsjukvard", "kirurgkliniken")
    ]
    refused = told.err.splitlines()
    assert len(refused) == 10
    assert all(UNKNOWN in line for line in refused)
    assert logged(url)[0] == ("kommandoraden", Event.REPORTED, f"{KIRURGEN}.pdf")
    (tmp_path / f"{KIRURGEN}.pdf").unlink()
    report(tmp_path, "--unit", "medicinkliniken", *OCTOBER, "--for", HEAD, code=2)
    hidden = capsys.readouterr().err
    report(tmp_path, "--unit", "medicinkilniken", *OCTOBER, "--for", HEAD, code=2)
    assert hidden == capsys.readouterr().err.replace("medicinkilniken", "medicinkliniken"), "the same words"
    assert names(tmp_path) == ["hsf-nyckeltal_manadsuppfoljning_akutsjukvard_2023-10.pdf"]


def test_who_may_not_speak_for_a_unit_freezes_nothing_there(
    url: str, tmp_path: Path, quick: None, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = ("--unit", "akutsjukvard", *OCTOBER, "--sections", "signaler", "--freeze", "--for", HEAD)
    report(tmp_path, *chosen, code=2)
    assert "akutsjukvard: Din behörighet räcker inte för att frysa rapporter här." in capsys.readouterr().err
    assert names(tmp_path) == []
    assert Event.FROZEN not in [what for _, what, _ in logged(url)]


def test_at_a_terminal_it_tells_how_far_it_has_come_and_what_does_not_fit(
    tmp_path: Path, quick: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    report(
        tmp_path,
        "--unit",
        "kirurgkliniken",
        "--template",
        "resultatdialog-delar-2",
        "--sections",
        "laget",
        *OCTOBER,
    )
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 3, "the bar is not among the paths"
    for step in (
        "kirurgkliniken: PowerPoint, 1 av 2 figurer:  17 %",
        "kirurgkliniken: Excel, 1 av 2 figurer:  83 %",
    ):
        assert step in told.err
    assert "Mallen Resultatdialog delår 2 är gjord för hela förvaltningen." in told.err
    assert "är gjord för augusti" in told.err


def test_without_a_unit_it_is_of_the_whole_and_the_latest_month_that_may_be_seen(
    tmp_path: Path, quick: None, capsys: pytest.CaptureFixture[str]
) -> None:
    report(tmp_path, "--sections", "signaler", "--formats", "pdf", "--for", LEADER)
    assert names(tmp_path) == ["hsf-nyckeltal_manadsuppfoljning_hsf_2023-10.pdf"]
