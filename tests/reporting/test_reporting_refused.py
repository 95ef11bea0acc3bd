"""What can't be made of a report: told where it would have stood, and the rest is made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from hsf_kpi.composing import one_measure
from hsf_kpi.composing.ask import Ask
from hsf_kpi.composing.composed import Composed
from hsf_kpi.model.problems import DataError, NotFound, Problem
from hsf_kpi.model.template import SectionKind
from hsf_kpi.reporting import compose as composing
from hsf_kpi.reporting.recipes import Step
from hsf_kpi.workspace import Workspace
from tests.reporting.report_orders import CLINIC, ids, made, order, plan, rights, template

TWO = (Problem("Bokslutet saknas."), Problem("Kontot finns inte."))
ABSENCE = template(plan(SectionKind.MEASURES, "sjukfranvaro"))


def refused(*_: Any) -> Any:
    raise DataError(TWO)


def test_every_reason_is_told_and_the_other_figures_are_made(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(one_measure, "trend_figure", refused)
    (section,) = made(workspace, template=ABSENCE).sections
    assert [(left.what, left.why) for left in section.left_out] == [
        ("Sjukfrånvaro", "Bokslutet saknas."),
        ("Sjukfrånvaro", "Kontot finns inte."),
    ]
    assert [part.id for part in section.parts] == ["nyckeltal.sjukfranvaro-plats"]


def test_a_heading_that_can_not_be_made_leaves_the_figures(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = template(plan(SectionKind.STANDING), plan(SectionKind.SIGNALS), plan(SectionKind.QUALITY))
    monkeypatch.setattr("hsf_kpi.reporting.recipes.quality.finding", refused)
    monkeypatch.setattr("hsf_kpi.reporting.findings.signals.finding", refused)
    report = made(workspace, template=one)
    assert all(section.parts for section in report.sections)
    assert report.sections[2].intro == ()
    assert len(report.findings) == 1, "of the standing; what may not be told of signals is left out"


@pytest.mark.parametrize("error", [KeyError("x"), ZeroDivisionError()])
def test_a_fault_in_the_program_is_not_hidden(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def broken(_ask: Ask) -> Composed:
        raise error

    monkeypatch.setattr(one_measure, "trend_figure", broken)
    with pytest.raises(type(error)):
        made(workspace, template=ABSENCE)


def test_who_leaves_stops_the_composing(workspace: Workspace) -> None:
    def told(done: int, _of: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        composing.compose(workspace, rights(workspace, "ledning"), order(workspace, template=ABSENCE), told)


def steps_of(*figures: Composed) -> Callable[..., Iterator[Step]]:
    return lambda *_: iter([Step("Prov", lambda: figures)])


def test_two_figures_of_one_name_get_each_their_own(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    (part, *_) = made(workspace, template=ABSENCE).parts()
    plain = replace(part.figure, comments=())
    others = [Composed(replace(plain, rows=plain.rows[:count])) for count in (3, 2, 1)]
    nameless = Composed(replace(plain, slug="☂"))
    monkeypatch.setattr(composing, "steps", steps_of(*others, others[0], nameless))
    assert ids(made(workspace, template=ABSENCE)) == [
        "nyckeltal.sjukfranvaro",
        "nyckeltal.sjukfranvaro-2",
        "nyckeltal.sjukfranvaro-3",
        "nyckeltal.figur",
    ]


def test_the_same_figure_with_more_said_of_it_is_shown(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    figure = next(
        part.figure for part in made(workspace, sections=("avvikelser",)).parts() if part.figure.comments
    )
    bare, spoken = Composed(replace(figure, comments=())), Composed(figure)
    monkeypatch.setattr(composing, "steps", steps_of(bare, spoken, bare, spoken))
    report = made(workspace, template=ABSENCE)
    assert [len(part.figure.comments) for part in report.parts()] == [0, len(figure.comments)]


def test_a_unit_in_no_group_has_nothing_to_be_compared_with(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hsf_kpi.reporting.recipes.compare.group_id", lambda _ask: None)
    report = made(workspace, template=template(plan(SectionKind.COMPARE, "sjukfranvaro")))
    assert not list(report.parts())
    assert [left.why for left in report.left_out] == [composing.NOTHING]


def test_uppdrag_that_are_not_defined_are_no_figures(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = template(plan(SectionKind.MISSIONS))
    with_plan = ids(made(workspace, template=one))
    catalogue = workspace.catalogue
    bare = replace(catalogue, missions=replace(catalogue.missions, missions=()))
    monkeypatch.setattr(workspace.definitions, "catalogue", bare)
    without = ids(made(workspace, template=one))
    assert set(with_plan) - set(without) == {
        "uppdrag-och-atgarder.atgarder-tidslinje",
        "uppdrag-och-atgarder.plan-uppdrag",
        "uppdrag-och-atgarder.plan-atgarder",
    }


def test_a_unit_that_has_ended_is_told_with_where_it_went(workspace: Workspace) -> None:
    with pytest.raises(NotFound, match=r"Hälsocenter upphörde efter december 2022\. Den ingår i dag i"):
        made(workspace, unit="halsocenter")
    assert made(workspace, unit=CLINIC, template=ABSENCE).sections[0].parts
