"""data/reports: the plan's meetings are there, and name nothing that there is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsf_kpi.composing.choices import FIRST_TEMPLATE
from hsf_kpi.ingest.definitions.report_templates import WITH_MEASURES, ReportTemplates, read_templates
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.period import View
from hsf_kpi.model.template import MeantFor, ReportTemplate, SectionKind

EVERYTHING = "allt-for-min-enhet"


@pytest.fixture(scope="module")
def found(data: Path, catalogue: Catalogue) -> ReportTemplates:
    return read_templates(data, catalogue.measures)


@pytest.fixture(scope="module")
def by_id(found: ReportTemplates) -> dict[str, ReportTemplate]:
    return {one.id: one for one in found.templates}


def kinds(template: ReportTemplate) -> set[SectionKind]:
    return {one.kind for one in template.sections}


def test_nothing_in_them_is_wrong(found: ReportTemplates, data: Path) -> None:
    assert found.problems == ()
    assert len(found.templates) == len(list((data / "reports").glob("*.toml")))


def test_every_measure_that_they_name_is_there_once(found: ReportTemplates, catalogue: Catalogue) -> None:
    for template in found.templates:
        for section in template.sections:
            assert set(section.measures) <= set(catalogue.measures)
            assert len(set(section.measures)) == len(section.measures)
            assert bool(section.measures) == (section.kind in WITH_MEASURES)


@pytest.mark.parametrize(
    ("name", "months", "meant_for"),
    [
        ("manadsuppfoljning", (), MeantFor.ANY),
        ("dialogmote", (4, 8, 12), MeantFor.AREA),
        ("resultatdialog-delar-1", (4,), MeantFor.ROOT),
        ("resultatdialog-delar-2", (8,), MeantFor.ROOT),
        ("arsredovisning", (12,), MeantFor.ANY),
        (EVERYTHING, (), MeantFor.ANY),
    ],
)
def test_the_plans_meetings_are_there(
    by_id: dict[str, ReportTemplate], name: str, months: tuple[int, ...], meant_for: MeantFor
) -> None:
    one = by_id[name]
    assert (one.months, one.meant_for, one.view) == (months, meant_for, View.YTD)
    assert one.meeting.endswith(".")


def test_the_first_is_the_one_that_the_page_begins_with(found: ReportTemplates) -> None:
    assert found.templates[0].id == FIRST_TEMPLATE


def test_they_hold_what_the_meetings_look_at(found: ReportTemplates) -> None:
    for one in found.templates:
        assert one.sections[0].kind is SectionKind.STANDING
        assert kinds(one) >= {
            SectionKind.GOALS,
            SectionKind.ROAD,
            SectionKind.ASSIGNMENTS,
            SectionKind.DEVIATIONS,
            SectionKind.MISSIONS,
        }


def test_everything_is_everything(by_id: dict[str, ReportTemplate]) -> None:
    assert kinds(by_id[EVERYTHING]) == set(SectionKind)


def test_the_two_result_dialogues_look_at_the_same(by_id: dict[str, ReportTemplate]) -> None:
    assert by_id["resultatdialog-delar-1"].sections == by_id["resultatdialog-delar-2"].sections
