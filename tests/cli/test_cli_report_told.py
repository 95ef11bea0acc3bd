"""`report` where something is wrong: told in words, nothing half-written, and the rest made."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from hsf_kpi import ROOT
from hsf_kpi.cli.main import main
from hsf_kpi.figures.report import Report
from hsf_kpi.model.problems import Problem, RenderError
from tests.cli.test_cli_report import KIRURGEN, OCTOBER, UNKNOWN, names, report
from tests.people import GONE, LEADER

pytestmark = pytest.mark.usefixtures("url")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--unit", "finns-inte"), f"Verksamheten ”finns-inte” {UNKNOWN}."),
        (("--through", "2031-01"), "--through: månaden 2031-01 finns inte i databasen."),
        (("--through", "oktober"), "--through: ”oktober” är ingen månad."),
        (("--template", "finns-inte"), "Rapportmallen ”finns-inte” finns inte. De som finns: manadsuppfoljning, "),
        (("--sections", "laget,hej,du"), "--sections: mallen har inget avsnitt ”hej”, ”du”. Välj bland laget, "),
        (("--sections", ","), "--sections: inget avsnitt är valt. Välj bland laget, "),
        (("--formats", "pdf,docx"), "--formats: okänt format: ”docx”. Välj bland pptx, pdf, xlsx."),
        (("--format", ""), "--formats: okänt format: inget."),
        (("--view", "vecka"), "okänt val: 'vecka'"),
        (("--for", "ingen"), "--for: Kontot ”ingen” finns inte eller är avstängt."),
        (("--for", GONE), f"--for: Kontot ”{GONE}” finns inte eller är avstängt."),
        (("--edition", "2023-10-hsf-00000000"), f"Utgåvan ”2023-10-hsf-00000000” {UNKNOWN}."),
        (("--edition", "../hsf"), UNKNOWN),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_nothing_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], told: str
) -> None:
    report(tmp_path / "out", "--unit", "hsf", *OCTOBER, *options, code=2)
    captured = capsys.readouterr()
    assert told in captured.err
    assert captured.out == ""
    assert "Traceback" not in captured.err
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "fil").write_text("upptagen", "utf-8")
    chosen = ("--unit", "kirurgkliniken", *OCTOBER, "--sections", "signaler")
    report(tmp_path / "fil", *chosen, code=2)
    assert f"{tmp_path / 'fil'}: Mappen kan inte skapas." in capsys.readouterr().err
    assert (tmp_path / "fil").read_text("utf-8") == "upptagen"


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_leaves_nothing_half_written_and_the_others_are_made(
    tmp_path: Path,
    quick: None,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    step: str,
) -> None:
    (tmp_path / f"{KIRURGEN}.pdf").write_bytes(b"den gamla")
    real, calls = getattr(os, step), []

    def full(*given: Any) -> None:
        calls.append(given)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(*given)

    monkeypatch.setattr(os, step, full)
    report(tmp_path, "--unit", "kirurgkliniken", *OCTOBER, "--sections", "signaler", code=2)
    told = capsys.readouterr()
    assert [Path(line).suffix for line in told.out.splitlines()] == [".pptx", ".xlsx"]
    assert told.err.startswith(f"kirurgkliniken, PDF: {tmp_path / KIRURGEN}.pdf: Filen kan inte skrivas")
    assert "plats på disken" in told.err
    assert names(tmp_path) == [f"{KIRURGEN}.{kind}" for kind in ("pdf", "pptx", "xlsx")]
    assert (tmp_path / f"{KIRURGEN}.pdf").read_bytes() == b"den gamla", "the earlier one is whole"


def test_a_file_that_cannot_be_made_is_told_and_the_others_are_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def made(report: Report, medium: str, told: Any) -> bytes:
        if medium == "pdf" and report.context.unit_id == "medicinsk-stab":
            raise RenderError(Problem("Filen kunde inte skapas."))
        return b"fil"

    monkeypatch.setattr("hsf_kpi.cli.report.make_beside", made)
    all_of = ("--unit", "medicinsk-stab", "--all-units", *OCTOBER, "--sections", "laget")
    report(tmp_path, *all_of, "--for", LEADER, code=2)
    assert capsys.readouterr().err == "medicinsk-stab, PDF: Filen kunde inte skapas.\n"
    assert names(tmp_path) == [
        "hsf-nyckeltal_manadsuppfoljning_medicinsk-stab_2023-10.pptx",
        "hsf-nyckeltal_manadsuppfoljning_medicinsk-stab_2023-10.xlsx",
        *(f"hsf-nyckeltal_manadsuppfoljning_sjukvardsfarmaci_2023-10.{kind}" for kind in ("pdf", "pptx", "xlsx")),
    ]  # fmt: skip


def test_a_broken_template_is_told_by_check_and_where_it_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    file = data / "reports" / "dialogmote.toml"
    file.write_text(file.read_text("utf-8").replace('view = "ytd"', 'view = "vecka"'), "utf-8")
    assert main(["check", str(data)]) == 2
    told = capsys.readouterr()
    assert "dialogmote.toml: view" in told.err
    assert told.out == ""
    monkeypatch.setenv("HSF_KPI_DATA_DIR", str(data))
    report(tmp_path / "out", "--unit", "hsf", *OCTOBER, "--template", "dialogmote", code=2)
    told = capsys.readouterr()
    assert "dialogmote.toml: view" in told.err
    assert "”dialogmote” finns inte" in told.err
    assert main(["check"]) == 2, "the folder of the settings"
    monkeypatch.delenv("HSF_KPI_DATA_DIR")
    assert main(["check"]) == 0
    assert "6 rapportmallar" in capsys.readouterr().out
