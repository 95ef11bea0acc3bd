"""Whose report it is decides what is in it: nothing that may not be seen or may not be taken, which is told."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from hsf_kpi.access.identity import Identity
from hsf_kpi.access.rights import Rights, rights_of
from hsf_kpi.access.taking import may_take
from hsf_kpi.figures.report import Report
from hsf_kpi.model.problems import NotPermitted
from hsf_kpi.model.role import Extent, Grant, Permission, Role
from hsf_kpi.model.template import SectionKind
from hsf_kpi.reporting.compose import NOT_SEEN, OUTSIDE, TAKEN_WITH, compose
from hsf_kpi.reporting.templates import templates_of
from hsf_kpi.workspace import Workspace
from tests.reporting.report_orders import (
    CLINIC,
    EVERYTHING,
    MONTHLY,
    OCTOBER,
    ROOT_UNIT,
    SEPTEMBER,
    made,
    order,
    plan,
    rights,
    section,
    template,
)

LOOKS = Role("looks", "Tittar", "Ser allt.", Extent.EVERYTHING, frozenset({Permission.SEE}))
"""A role that the region could make: it sees and takes nothing away."""
LEDGER = ("vagen", "budget")


def with_two_roles(workspace: Workspace, *grants: Grant) -> Rights:
    rule = workspace.rule()
    rule = replace(rule, roles={**rule.roles, "looks": LOOKS})
    identity = Identity("prov", "Prov", (*grants, Grant("looks")))
    return rights_of(identity, rule, dt.date.today())


def demand_within(report: Report, mine: Rights, workspace: Workspace) -> None:
    every = tuple(workspace.catalogue.measures)
    for part in report.parts():
        assert all(map(mine.scope.sees, part.units)), part.id
        for permission in TAKEN_WITH:
            assert may_take(mine, permission, part.units, part.measures or every), part.id
        for measure in part.measures:
            assert any(mine.scope.allows(unit, measure) for unit in part.units), part.id


def names_outside(workspace: Workspace, mine: Rights) -> set[str]:
    """Without the functions that the published plan itself names as responsible: they tell of no unit's figures."""
    units = workspace.catalogue.organisation.units.values()
    named = {risk.responsible for risk in workspace.catalogue.controls.risks}
    return {unit.name for unit in units if not mine.scope.sees(unit.id)} - named


@pytest.mark.parametrize("role", ["verksamhetschef", "omradeschef", "hr"])
def test_it_holds_nothing_outside_the_rights(workspace: Workspace, role: str) -> None:
    mine = rights(workspace, role)
    report = made(workspace, role, CLINIC, EVERYTHING)
    demand_within(report, mine, workspace)
    cells = {
        str(value) for part in report.parts() for row in part.figure.rows for value in row if value
    } | set(report.findings)
    outside = names_outside(workspace, mine)
    assert not [name for name in outside if any(name == cell or f"{name}:" in cell for cell in cells)]
    assert report.reaches
    assert set(report.reaches) == mine.scope.reaches


def test_of_the_whole_one_sees_the_sums_and_not_the_others(workspace: Workspace) -> None:
    mine = rights(workspace, "verksamhetschef")
    report = made(workspace, "verksamhetschef", ROOT_UNIT, MONTHLY)
    demand_within(report, mine, workspace)
    assert {unit for part in report.parts() for unit in part.units} <= mine.scope.units
    intro = section(report, "uppdragen").intro
    telling = [sentence for sentence in intro if sentence.startswith("Förbättringsarbete")]
    assert telling == [
        "Förbättringsarbete, 5,0 mnkr: 1 aktivitet; räknat på de verksamheter som ingår i behörigheten."
    ]


def test_the_report_of_hr_leaves_the_ledger_out_and_says_so(workspace: Workspace) -> None:
    report = made(workspace, "hr", CLINIC, EVERYTHING)
    for name in LEDGER:
        found = section(report, name)
        assert (found.parts, found.intro) == ((), ())
        assert [(left.what, left.why) for left in found.left_out] == [(found.title, NOT_SEEN)]
    said = " ".join([*report.findings, *(one for found in report.sections for one in found.intro)])
    assert "Resultatet" not in said
    assert "Restriktivitet" not in said
    assert section(report, "uppdragen").parts, "two of the four are followed by staff figures"


def test_nothing_that_is_left_out_speaks_to_who_made_it(workspace: Workspace) -> None:
    for role in ("hr", "verksamhetschef"):
        for left in made(workspace, role, CLINIC, EVERYTHING).left_out:
            assert "din behörighet" not in left.why


def test_the_board_sees_released_months_of_the_top(workspace: Workspace) -> None:
    mine = rights(workspace, "namnd")
    sections = ("laget", "vagen", "uppdragen", "nyckeltal")
    report = made(workspace, "namnd", ROOT_UNIT, MONTHLY, SEPTEMBER, sections=sections)
    demand_within(report, mine, workspace)
    assert all(found.parts for found in report.sections)
    not_yet = made(workspace, "namnd", ROOT_UNIT, MONTHLY, OCTOBER, sections=("nyckeltal",))
    assert mine.scope.through(ROOT_UNIT, "sjukfranvaro") == SEPTEMBER
    curve = next(part.figure for part in not_yet.parts() if part.id == "nyckeltal.sjukfranvaro")
    whole = next(
        part.figure
        for part in made(workspace, "ledning", ROOT_UNIT, MONTHLY, sections=("nyckeltal",)).parts()
        if part.id == "nyckeltal.sjukfranvaro"
    )
    assert curve.rows != whole.rows, "October is not there"
    with pytest.raises(NotPermitted):
        made(workspace, "namnd", CLINIC, MONTHLY, SEPTEMBER)


def test_a_unit_outside_is_refused_in_the_words_of_one_that_there_is_not(workspace: Workspace) -> None:
    told = []
    for unit in ("medicinkliniken", "solsken"):
        with pytest.raises(NotPermitted) as error:
            made(workspace, "verksamhetschef", unit)
        told.append(str(error.value).replace(unit, "X"))
    assert told[0] == told[1]
    with pytest.raises(NotPermitted):
        made(workspace, "admin", ROOT_UNIT)


def test_what_one_role_lets_see_and_no_role_lets_take_is_left_out(workspace: Workspace) -> None:
    """Who heads a klinik sees all the others by a second role, and takes nothing of them."""
    mine = with_two_roles(workspace, Grant("verksamhetschef", CLINIC))
    assert mine.scope.sees("medicinkliniken")
    asked = order(workspace, CLINIC, EVERYTHING)
    report = compose(workspace, mine, asked)
    demand_within(report, mine, workspace)
    assert not section(report, "jamforelse").parts
    assert {left.why for left in section(report, "jamforelse").left_out} >= {OUTSIDE}
    assert "nyckeltal.hyrpersonal-plats" not in {part.id for part in report.parts()}
    seen = compose(workspace, mine, asked, to_take=False)
    assert "nyckeltal.hyrpersonal-plats" in {part.id for part in seen.parts()}


def test_a_figure_of_any_measure_takes_the_right_to_every_one(workspace: Workspace) -> None:
    """HR takes the staff figures; a second role sees all of them and takes none."""
    mine = with_two_roles(workspace, Grant("hr"))
    report = compose(workspace, mine, order(workspace, CLINIC, EVERYTHING))
    demand_within(report, mine, workspace)
    shown = {part.id for part in report.parts()}
    assert "nyckeltal.sjukfranvaro" in shown
    assert not {"laget.maluppfyllelse", "signaler.signaler", "laget.laget"} & shown
    for name in ("laget", "signaler", *LEDGER):
        assert OUTSIDE in {left.why for left in section(report, name).left_out}
        assert not section(report, name).intro, "its sentences tell of what may not be taken"
    assert not any("når målet" in finding or "Resultatet" in finding for finding in report.findings)


def test_what_a_section_stands_on_may_itself_be_outside(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        mine.scope.demand("medicinkliniken")

    mine = rights(workspace, "verksamhetschef")
    monkeypatch.setattr("hsf_kpi.reporting.recipes.handed_in.deviations_of", refused)
    one = template(plan(SectionKind.DEVIATIONS), plan(SectionKind.MEASURES, "sjukfranvaro"))
    report = compose(workspace, mine, order(workspace, CLINIC, one))
    assert [(left.what, left.why) for left in report.sections[0].left_out] == [
        ("Avsnittet avvikelser", NOT_SEEN)
    ]
    assert report.sections[1].parts


def test_who_looks_as_somebody_takes_nothing(workspace: Workspace) -> None:
    person = next(one for one in workspace.catalogue.demo_people if one.id == "ledning")
    looking = workspace.rights_of(Identity("admin", "Ada", person.grants, "Förvaltningsledning"))
    report = compose(workspace, looking, order(workspace, CLINIC, MONTHLY, sections=("laget", "budget")))
    assert not list(report.parts())
    assert not report.findings
    assert {left.why for left in report.left_out} == {OUTSIDE}


def test_every_template_is_within_the_rights_of_who_asks(workspace: Workspace) -> None:
    mine = rights(workspace, "verksamhetschef")
    for one in templates_of(workspace).templates:
        demand_within(compose(workspace, mine, order(workspace, CLINIC, one)), mine, workspace)
