"""Every report that comes with the program, of the whole, of an område and of a klinik: what is in it, and what is told."""

from __future__ import annotations

import datetime as dt
import pickle
from collections import Counter

import pytest

from hsf_kpi.as_known import WorkspaceThen
from hsf_kpi.figures.report import Report
from hsf_kpi.model.codes import Sex
from hsf_kpi.model.problems import NotFound
from hsf_kpi.model.selection import Selection
from hsf_kpi.model.template import SectionKind
from hsf_kpi.reporting import compose as composing
from hsf_kpi.reporting.compose import EARLIER, NOTHING, compose
from hsf_kpi.reporting.order import Order
from hsf_kpi.reporting.recipes import Step
from hsf_kpi.reporting.templates import template_of, templates_of
from hsf_kpi.workspace import Workspace
from tests.reporting.report_orders import (
    AREA,
    CLINIC,
    EVERYTHING,
    MONTHLY,
    OCTOBER,
    ROOT_UNIT,
    ids,
    made,
    order,
    plan,
    rights,
    section,
    template,
    whys,
)

TEMPLATES = (
    MONTHLY,
    "dialogmote",
    "resultatdialog-delar-1",
    "resultatdialog-delar-2",
    "arsredovisning",
    EVERYTHING,
)


def test_the_list_of_templates_here_is_the_programs(workspace: Workspace) -> None:
    assert tuple(one.id for one in templates_of(workspace).templates) == TEMPLATES


@pytest.mark.parametrize("unit", [ROOT_UNIT, AREA, CLINIC])
@pytest.mark.parametrize("name", TEMPLATES)
def test_each_of_them_is_whole(workspace: Workspace, name: str, unit: str) -> None:
    steps: list[tuple[int, int]] = []
    asked = order(workspace, unit, name)
    mine = rights(workspace, "ledning")
    report = compose(workspace, mine, asked, lambda done, of: steps.append((done, of)))
    count = steps[-1][1]
    assert steps == [(done, count) for done in range(count + 1)]
    assert [one.id for one in report.sections] == [one.id for one in asked.template.sections]
    assert all(one.parts or one.left_out for one in report.sections), "an empty section says why"
    assert len(ids(report)) > 20
    check_parts(report)
    check_words(report)
    assert pickle.loads(pickle.dumps(report)) == report, "it goes to the process that makes files"
    assert compose(workspace, mine, asked) == report


def check_parts(report: Report) -> None:
    assert not [name for name, count in Counter(ids(report)).items() if count > 1]
    for part in report.parts():
        assert not part.figure.empty
        assert report.context.unit_id in part.units
    drawn = [(f.kind, f.slug, f.rows, f.comments) for f in (part.figure for part in report.parts())]
    assert all(drawn.count(one) == 1 for one in drawn), "the same figure stands there once"


def check_words(report: Report) -> None:
    told = [*report.findings, *(sentence for one in report.sections for sentence in one.intro)]
    assert all(sentence.endswith((".", "!", "?")) for sentence in told)
    assert len(set(report.findings)) == len(report.findings)
    for one in report.sections:
        assert not set(one.intro) & {f"{part.figure.title}." for part in one.parts}
        assert len(set(one.left_out)) == len(one.left_out)
    assert all(left.what and left.why for left in report.left_out)


def test_it_says_what_it_is_of(workspace: Workspace) -> None:
    report = made(workspace)
    assert report.title == "Månadsuppföljning oktober 2023, Kirurgkliniken"
    assert (report.template, report.name, report.month) == (MONTHLY, "Månadsuppföljning", "2023-10")
    assert report.meeting == template_of(workspace, MONTHLY).meeting
    assert (report.context.unit_id, report.context.known) == (CLINIC, None)
    assert report.made == dt.date.today()
    assert report.selection == order(workspace).selection
    assert report.edition is None


def test_an_earlier_day_is_told_in_the_figures_and_the_report_is_made_today(workspace: Workspace) -> None:
    day = dt.date(2023, 10, 20)
    then = WorkspaceThen(workspace, workspace.catalogue, workspace.store, day)
    report = made(then, month=OCTOBER - 1, sections=("laget",))
    assert report.context.known == day
    assert {part.figure.context.known for part in report.parts()} == {day}
    assert report.made == dt.date.today()


def test_only_the_chosen_sections_are_made_in_the_templates_order(workspace: Workspace) -> None:
    report = made(workspace, sections=("avvikelser", "laget", "finns-inte"))
    assert [one.id for one in report.sections] == ["laget", "avvikelser"]
    for sections in ((), ("finns-inte",)):
        with pytest.raises(NotFound, match="Rapporten har inga avsnitt"):
            made(workspace, sections=sections)


def test_the_summary_speaks_of_nothing_that_the_report_does_not_show(workspace: Workspace) -> None:
    whole = made(workspace, template=EVERYTHING)
    for name in ("laget", "vagen", "budget", "avvikelser", "signaler", "uppdragen", "produktion"):
        alone = made(workspace, template=EVERYTHING, sections=(name,))
        rest = made(
            workspace,
            template=EVERYTHING,
            sections=tuple(one.id for one in whole.sections if one.id != name),
        )
        assert alone.findings, name
        assert set(alone.findings) <= set(whole.findings)
        assert set(whole.findings) - set(rest.findings) == set(alone.findings) - set(rest.findings)
    for name in ("nyckeltal", "jamforelse", "uppdrag"):
        assert not made(workspace, template=EVERYTHING, sections=(name,)).findings


def test_a_month_without_outcomes_is_told_and_made(workspace: Workspace) -> None:
    sections = ("laget", "signaler", "vagen", "budget", "nyckeltal", "uppdragen")
    report = made(workspace, template=EVERYTHING, month=OCTOBER - 139, sections=sections)
    check_parts(report)
    check_words(report)
    assert any("Inget utfall" in why for why in whys(report.sections))
    assert section(report, "vagen").left_out
    road = section(made(workspace, month=OCTOBER), "vagen").parts[0].figure
    assert road.title in {finding.rstrip(".") for finding in made(workspace).findings}
    told = "Inget utfall är bokfört för 2012 till och med mars."
    assert told not in report.findings, "the title of a figure that is left out is no finding"


def test_a_unit_without_figures_is_told_and_made(workspace: Workspace) -> None:
    bare = template(
        plan(SectionKind.MEASURES, "vantetid-1177"),
        plan(SectionKind.COMPARE, "vantetid-1177"),
        plan(SectionKind.SIGNALS),
    )
    report = made(workspace, template=bare)
    told = section(report, "nyckeltal")
    assert not told.parts
    assert [left.why for left in told.left_out] == [
        "Det finns inget utfall att visa: gäller inte den här verksamheten."
    ]
    assert "Kirurgkliniken" not in told.left_out[0].what, "what the whole report is of is not said again"


def test_a_deviation_stands_among_the_deviations_and_the_other_section_says_so(workspace: Workspace) -> None:
    both = template(plan(SectionKind.MEASURES, "hyrpersonal", "arsarbetare"), plan(SectionKind.DEVIATIONS))
    report = made(workspace, template=both)
    curves = [name for name in ids(report) if name.endswith(".hyrpersonal")]
    assert curves == ["avvikelser.hyrpersonal"]
    measures, deviations = report.sections
    assert measures.intro == ("Hyrpersonal står bland avvikelserna.",)
    curve = next(part.figure for part in deviations.parts if part.id == curves[0])
    assert curve.comments, "with all that has been handed in about it"
    alone = made(workspace, template=template(plan(SectionKind.MEASURES, "hyrpersonal")))
    assert ids(alone)[0] == "nyckeltal.hyrpersonal"
    assert alone.sections[0].intro == ()


def test_what_stands_in_an_earlier_section_is_not_shown_again(workspace: Workspace) -> None:
    twice = template(
        plan(SectionKind.MEASURES, "sjukfranvaro", "sjukfranvaro"),
        plan(SectionKind.DEVIATIONS),
        plan(SectionKind.MEASURES, "sjukfranvaro", id="igen"),
        plan(SectionKind.ASSIGNMENTS),
        plan(SectionKind.PRODUCTION),
    )
    report = made(workspace, template=twice)
    check_parts(report)
    curves = [name for name in ids(report) if name.endswith(".sjukfranvaro")]
    assert curves == ["nyckeltal.sjukfranvaro"]
    again = section(report, "igen")
    assert (again.parts, [one.why for one in again.left_out]) == ((), [EARLIER])
    assert [name for name in ids(report) if name.endswith("total-bemanning")] == [
        "de-fyra-uppdragen.total-bemanning"
    ]


def test_a_section_with_nothing_for_the_unit_says_so(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(composing, "steps", lambda *_: iter((Step("Prov", lambda: None),)))
    report = made(workspace, template=template(plan(SectionKind.MISSIONS)))
    assert [(left.what, left.why) for left in report.left_out] == [
        ("Avsnittet uppdrag-och-atgarder", NOTHING)
    ]
    assert not report.findings


def test_an_indicator_that_there_is_not_is_told_and_the_rest_is_made(workspace: Workspace) -> None:
    wrong = template(
        plan(SectionKind.MEASURES, "sjukfranvaro", "solsken"),
        plan(SectionKind.COMPARE, "solsken"),
    )
    report = made(workspace, template=wrong)
    told = section(report, "nyckeltal")
    assert [part.id for part in told.parts] == ["nyckeltal.sjukfranvaro", "nyckeltal.sjukfranvaro-plats"]
    assert [(left.what, left.why) for left in told.left_out] == [
        ("Nyckeltalet ”solsken”", "Mallen namnger det, men det finns inte.")
    ]
    assert section(report, "jamforelse").left_out == told.left_out


def test_a_report_by_sex_leaves_out_the_sections_that_are_never_so(workspace: Workspace) -> None:
    chosen = Selection(CLINIC, OCTOBER, sex=Sex.WOMEN)
    by_sex = template(plan(SectionKind.MEASURES, "sjukfranvaro"), plan(SectionKind.BUDGET))
    report = compose(workspace, rights(workspace, "ledning"), Order(by_sex, chosen))
    sexes = [{part.figure.context.sex for part in one.parts} for one in report.sections]
    assert sexes == [{"kvinnor"}, {"alla"}]
