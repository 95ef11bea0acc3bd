"""The templates as a region keeps them: changed while the program runs, one of them broken, the others usable."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from hsf_kpi import ROOT
from hsf_kpi.as_known import WorkspaceThen
from hsf_kpi.model.problems import NotFound
from hsf_kpi.reporting.templates import template_of, templates_of
from hsf_kpi.workspace import Workspace


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "data" / "reports", tmp_path / "data" / "reports"))


@pytest.fixture
def own(workspace: Workspace, reports: Path) -> Workspace:
    """The same figures with templates of its own."""
    found = Workspace(workspace.catalogue, workspace.store)
    found.data_dir = reports.parent
    return found


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_change_is_seen_at_once(own: Workspace, reports: Path) -> None:
    assert template_of(own, "dialogmote").name == "Dialogmöte"
    assert templates_of(own) is templates_of(own), "they are read once"
    change(reports / "dialogmote.toml", '"Dialogmöte"', '"Dialogmöte om våren"')
    assert template_of(own, "dialogmote").name == "Dialogmöte om våren"
    (reports / "dialogmote.toml").unlink()
    with pytest.raises(NotFound) as error:
        template_of(own, "dialogmote")
    assert str(error.value) == (
        "mall: Rapportmallen ”dialogmote” finns inte. De som finns: manadsuppfoljning, resultatdialog-delar-1, "
        "resultatdialog-delar-2, arsredovisning, allt-for-min-enhet."
    )


def test_a_broken_one_is_told_and_the_others_are_used(own: Workspace, reports: Path) -> None:
    (reports / "dialogmote.toml").write_text('id = "dialogmote\n', "utf-8")
    (reports / "tom.toml").write_bytes(b"\xff\xfe")
    (reports / "bort.toml").symlink_to(reports / "finns-inte")
    (reports / "mapp.toml").mkdir()
    os.symlink("nobody@nowhere", reports / ".#dialogmote.toml")
    found = templates_of(own)
    assert len(found.templates) == 5
    assert sorted(problem.where.partition(":")[0] for problem in found.problems) == [
        "data/reports/bort.toml",
        "data/reports/dialogmote.toml",
        "data/reports/mapp.toml",
        "data/reports/tom.toml",
    ]


def test_without_any_that_is_told(own: Workspace, reports: Path) -> None:
    shutil.rmtree(reports)
    assert templates_of(own).templates == ()
    with pytest.raises(NotFound, match="De som finns: inga"):
        template_of(own, "dialogmote")


def test_an_earlier_day_has_the_templates_of_today(workspace: Workspace) -> None:
    then = WorkspaceThen(workspace, workspace.catalogue, workspace.store, workspace.as_of())
    assert templates_of(then) is templates_of(workspace)
