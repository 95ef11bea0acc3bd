"""The summary: short, of the sections that show something, the four assignments in one sentence."""

from __future__ import annotations

import pytest

from hsf_kpi.figures.words_tile import WordsTile
from hsf_kpi.model.codes import Status
from hsf_kpi.model.template import SectionKind
from hsf_kpi.reporting.findings import SIGNALS_TOLD, findings
from hsf_kpi.reporting.recipes import Kitchen
from hsf_kpi.swedish.words import STATUS_SHAPE
from hsf_kpi.workspace import Workspace
from tests.reporting.report_orders import CLINIC, MONTHLY, ROOT_UNIT, made, order, rights

MET, MISSED = STATUS_SHAPE[Status.MET], STATUS_SHAPE[Status.MISSED]


def tile(name: str, line: str) -> WordsTile:
    return WordsTile(id=name, name=name, value="1", unit="mnkr", lines=(line,) if line else ())


@pytest.mark.parametrize(
    ("tiles", "told"),
    [
        (
            [
                tile("Antal medarbetare", f"{MET} Följs"),
                tile("Hyrpersonal", f"{MISSED} Följs inte"),
                tile("Förbättringsarbete", "13 aktiviteter"),
            ],
            ("Av uppdragen följs antal medarbetare, men inte hyrpersonal",),
        ),
        (
            [tile("Restriktivitet", f"{MISSED} Följs inte"), tile("Hyrpersonal", f"{MISSED} Följs inte")],
            ("Inget av uppdragen som kan bedömas följs: restriktivitet och hyrpersonal",),
        ),
        ([tile("Hyrpersonal", f"{MET} Följs")], ("Uppdragen som kan bedömas följs: hyrpersonal",)),
        (
            [tile("Hyrpersonal", f"{STATUS_SHAPE[Status.NOT_ASSESSABLE]} Kan inte bedömas"), tile("Tom", "")],
            (),
        ),
        ([], ()),
    ],
)
def test_the_assignments_are_one_sentence(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tiles: list[WordsTile], told: tuple[str, ...]
) -> None:
    monkeypatch.setattr("hsf_kpi.reporting.findings.own_unit.assignment_tiles", lambda _ask: tuple(tiles))
    asked = order(workspace)
    scope = rights(workspace, "ledning").scope
    kitchen = Kitchen(workspace, scope, asked.selection, frozenset({SectionKind.ASSIGNMENTS}))
    assert findings(kitchen, {SectionKind.ASSIGNMENTS}) == told


def test_it_can_be_read_in_one_breath(workspace: Workspace) -> None:
    report = made(workspace, "ledning", CLINIC, MONTHLY)
    assert 5 <= len(report.findings) <= 7 + SIGNALS_TOLD
    assert all(len(finding) < 160 for finding in report.findings)


def test_what_is_of_the_whole_is_told_where_the_report_is_of_the_whole(workspace: Workspace) -> None:
    def told(unit: str) -> tuple[str, ...]:
        asked, kinds = order(workspace, unit), frozenset({SectionKind.MISSIONS, SectionKind.CONTROLS})
        return findings(Kitchen(workspace, rights(workspace, "ledning").scope, asked.selection, kinds), kinds)

    missions, control = told(ROOT_UNIT)
    assert "åtgärder" in missions
    assert "risk" in control
    assert told(CLINIC) == ()


def test_of_no_sections_nothing_is_said(workspace: Workspace) -> None:
    asked = order(workspace)
    kitchen = Kitchen(workspace, rights(workspace, "ledning").scope, asked.selection, frozenset())
    assert findings(kitchen, ()) == ()
