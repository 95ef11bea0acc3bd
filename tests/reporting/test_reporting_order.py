"""What is asked for, and what of it a template was not made for."""

from __future__ import annotations

import pytest

from hsf_kpi.model.period import Month
from hsf_kpi.model.template import MeantFor, SectionKind
from hsf_kpi.reporting.order import Order, unfitting
from hsf_kpi.reporting.templates import template_of
from hsf_kpi.workspace import Workspace
from tests.reporting.report_orders import AREA, CLINIC, OCTOBER, ROOT_UNIT, order, plan, template


@pytest.mark.parametrize(
    ("meant_for", "fits", "told"),
    [
        (MeantFor.ROOT, {ROOT_UNIT}, "Mallen Prov är gjord för hela förvaltningen."),
        (MeantFor.AREA, {AREA}, "Mallen Prov är gjord för ett område."),
        (MeantFor.BELOW, {AREA, CLINIC}, "Mallen Prov är gjord för en verksamhet under förvaltningen."),
        (MeantFor.ANY, {ROOT_UNIT, AREA, CLINIC}, ""),
    ],
)
def test_a_unit_that_it_was_not_made_for_is_told(
    workspace: Workspace, meant_for: MeantFor, fits: set[str], told: str
) -> None:
    one = template(meant_for=meant_for)
    for unit in (ROOT_UNIT, AREA, CLINIC):
        found = unfitting(one, order(workspace, unit, one).selection, workspace.catalogue)
        assert found == (() if unit in fits else (told,))


def test_a_month_that_the_meeting_does_not_follow_up_is_told(workspace: Workspace) -> None:
    def told(name: str, month: Month, unit: str) -> tuple[str, ...]:
        chosen = order(workspace, unit, name, month).selection
        return unfitting(template_of(workspace, name), chosen, workspace.catalogue)

    assert told("dialogmote", OCTOBER, AREA) == (
        "Mallen Dialogmöte är gjord för april, augusti och december.",
    )
    assert told("dialogmote", Month.of(2023, 8), AREA) == ()
    assert told("resultatdialog-delar-2", Month.of(2023, 4), CLINIC) == (
        "Mallen Resultatdialog delår 2 är gjord för hela förvaltningen.",
        "Mallen Resultatdialog delår 2 är gjord för augusti.",
    )
    assert told("manadsuppfoljning", OCTOBER, CLINIC) == ()


def test_its_sections_are_the_templates_or_those_that_are_chosen(workspace: Workspace) -> None:
    one = template(plan(SectionKind.STANDING), plan(SectionKind.ROAD), plan(SectionKind.BUDGET))
    chosen = order(workspace, template=one).selection
    assert Order(one, chosen).plans == one.sections
    assert [found.id for found in Order(one, chosen, ("budget", "laget")).plans] == ["laget", "budget"]
    assert Order(one, chosen, ("annat",)).plans == Order(one, chosen, ()).plans == ()


def test_an_order_can_be_a_key(workspace: Workspace) -> None:
    assert len({order(workspace), order(workspace), order(workspace, AREA)}) == 2


def test_a_section_is_found_by_its_id() -> None:
    one = template(plan(SectionKind.STANDING), plan(SectionKind.ROAD))
    assert one.section("vagen") is one.sections[1]
    assert one.section("budget") is None
