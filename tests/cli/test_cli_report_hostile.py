"""`report` and `figure` for an account that sees and takes nothing away: told, in the log, and no file."""

from __future__ import annotations

import datetime as dt
from argparse import Namespace
from dataclasses import replace
from pathlib import Path

import pytest

from hsf_kpi.access.identity import Identity
from hsf_kpi.access.rights import Rights, rights_of
from hsf_kpi.cli.loading import BY
from hsf_kpi.cli.main import main
from hsf_kpi.cli.taking import REFUSED
from hsf_kpi.model.event import Event
from hsf_kpi.model.role import Extent, Grant, Permission, Role
from hsf_kpi.workspace import Workspace
from tests.cli.test_cli_report import KIRURGEN, OCTOBER, logged, names, report

pytestmark = pytest.mark.usefixtures("url")

LOOKS = Role("looks", "Tittar", "Ser allt.", Extent.EVERYTHING, frozenset({Permission.SEE}))
CLINIC = ("--unit", "kirurgkliniken", *OCTOBER)


def looks(_options: Namespace, workspace: Workspace) -> Rights:
    rule = replace(workspace.rule(), roles={"looks": LOOKS})
    return rights_of(Identity(BY, "Prov", (Grant("looks"),)), rule, dt.date.today())


def of_kind(url: str, event: Event) -> list[str]:
    return [detail for _, what, detail in logged(url) if what == event]


def test_an_edition_is_no_way_round_what_may_be_taken(
    url: str, quick: None, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    report(tmp_path / "first", *CLINIC, "--sections", "signaler", "--freeze", "--formats", "pdf")
    edition = of_kind(url, Event.FROZEN)[0].split(", ")[0]
    monkeypatch.setattr("hsf_kpi.cli.report.rights_for", looks)
    capsys.readouterr()
    report(tmp_path / "then", "--edition", edition, "--formats", "pdf,xlsx", code=2)
    told = capsys.readouterr()
    assert [line for line in told.err.splitlines() if REFUSED in line]
    assert told.out == ""
    assert names(tmp_path / "then") == []
    stem = f"{KIRURGEN}_utgava-{edition[-8:]}"
    assert sorted(of_kind(url, Event.DENIED))[-2:] == [f"filen {stem}.pdf", f"filen {stem}.xlsx"]


def test_a_figure_that_may_not_be_taken_is_in_the_log(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hsf_kpi.cli.figure.rights_for", looks)
    chosen = ("--page", "nyckeltal", "--indicator", "hme", "--only", "hme", "--formats", "csv")
    assert main(["figure", "--out", str(tmp_path), *CLINIC, *chosen]) == 2
    assert REFUSED in capsys.readouterr().err
    assert names(tmp_path) == []
    assert of_kind(url, Event.DENIED)[0].startswith("filen hsf-nyckeltal_hme_kirurgkliniken")


def test_a_month_that_is_not_released_is_none_for_the_board(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def board(_options: Namespace, workspace: Workspace) -> Rights:
        return workspace.rights_of(Identity(BY, "Prov", (Grant("namnd"),)))

    monkeypatch.setattr("hsf_kpi.cli.figure.rights_for", board)
    chosen = ("--unit", "hsf", *OCTOBER, "--page", "datakvalitet")
    assert main(["figure", "--out", str(tmp_path), *chosen]) == 2
    assert "månaden 2023-10 finns inte i databasen" in capsys.readouterr().err
    assert names(tmp_path) == []
