"""The comparison of units as pages ask for it: its groups, and the units in order."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from hsf_kpi.analysis.compare.types import NoRanking, Ranking, Uncertainty
from hsf_kpi.comparing import Comparing, comparing_of
from hsf_kpi.model.codes import OrgView, Sex
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.problems import NotFound, NotPermitted
from hsf_kpi.model.scope import Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.settings import read_settings
from hsf_kpi.workspace import Workspace
from tests.comparing_asked import HSF, KIR, OCTOBER, ranked, refused, scope_of


@pytest.fixture(scope="module")
def workspace(demo_database: str) -> Iterator[Workspace]:
    opened = Workspace.open(read_settings({"HSF_KPI_DATABASE_URL": demo_database}))
    with closing(opened.store):
        yield opened


@pytest.fixture(scope="module")
def comparing(workspace: Workspace) -> Comparing:
    return comparing_of(workspace)


def test_there_is_one_for_a_workspace_and_an_answer_is_made_once(
    workspace: Workspace, comparing: Comparing
) -> None:
    assert comparing_of(workspace) is comparing
    for person in ("ledning", "verksamhetschef"):
        assert ranked(comparing, person, "sjukfranvaro") is ranked(comparing, person, "sjukfranvaro")
    assert ranked(comparing, "ledning", "sjukfranvaro") is not ranked(comparing, "hr", "sjukfranvaro")


# The groups


def test_each_sees_the_groups_with_a_unit_of_theirs_and_those_units_alone(
    workspace: Workspace, comparing: Comparing
) -> None:
    seen = {
        person: {g.id: len(g.units) for g in comparing.groups(scope_of(workspace, person), HSF)}
        for person in ("ledning", "omradeschef", "verksamhetschef")
    }
    assert seen["ledning"] == {
        "vardande": 14, "oppna": 9, "diagnostik": 5, "staber": 3, "stodfunktioner": 2, "omraden": 3,
    }  # fmt: skip
    assert seen["omradeschef"] == {"vardande": 9, "oppna": 2, "omraden": 1}
    assert seen["verksamhetschef"] == {"vardande": 1, "omraden": 1}
    was = Selection("hsf", Month.of(2022, 6), org=OrgView.AS_WAS)
    then = {g.id: g.units for g in comparing.groups(scope_of(workspace, "ledning"), was)}
    assert "palliativa-avdelningen" in then["vardande"]
    assert "narsjukvard-ost" not in then["vardande"]


def test_the_own_group(workspace: Workspace, comparing: Comparing) -> None:
    head = scope_of(workspace, "verksamhetschef")
    found = comparing.own_group(head, "kirurgkliniken")
    assert found is not None
    assert (found.id, found.units) == ("vardande", ("kirurgkliniken",))
    assert comparing.own_group(head, "hsf") is None
    with pytest.raises(NotPermitted):
        comparing.own_group(head, "medicinkliniken")


def test_a_group_that_one_may_see_nothing_of_is_one_that_does_not_exist(
    workspace: Workspace, comparing: Comparing
) -> None:
    head = scope_of(workspace, "verksamhetschef")
    said = []
    for name in ("diagnostik", "finns-inte"):
        for ask in (comparing.ranking, comparing.funnel, comparing.curves):
            with pytest.raises(NotFound) as caught:
                ask(head, KIR, "sjukfranvaro", name)
            said.append(str(caught.value).replace(name, "x"))
        for rest in (comparing.measures, comparing.grid):
            with pytest.raises(NotFound):
                rest(head, KIR, name)
    assert len(set(said)) == 1


def test_a_unit_outside_the_scope_can_not_be_asked_from_and_an_unknown_measure_is_told(
    workspace: Workspace, comparing: Comparing
) -> None:
    head, other = scope_of(workspace, "verksamhetschef"), Selection("medicinkliniken", OCTOBER)
    for ask in (comparing.ranking, comparing.funnel, comparing.curves):
        with pytest.raises(NotPermitted):
            ask(head, other, "sjukfranvaro", "vardande")
        with pytest.raises(NotFound):
            ask(head, KIR, "finns-inte", "vardande")
    with pytest.raises(NotPermitted):
        comparing.groups(head, other)


def test_what_may_be_compared(workspace: Workspace, comparing: Comparing) -> None:
    everything = comparing.measures(scope_of(workspace, "ledning"), HSF, "vardande")
    assert {"sjukfranvaro", "vardgaranti.besok", "hme", "hyrpersonal", "vantande-besok"} <= set(everything)
    assert not {"arsarbetare", "periodresultat", "besok", "vantetid-1177", "vardgaranti.bup-besok"} & set(
        everything
    )
    catalogue = list(workspace.catalogue.measures)
    assert list(everything) == sorted(everything, key=catalogue.index)
    staff = comparing.measures(scope_of(workspace, "hr"), HSF, "vardande")
    assert set(staff) == {
        "hme",
        "sjukfranvaro",
        "hyrpersonal",
        "personalrorlighet",
        "prestationsniva",
        "kostnad-per-timme",
    }


# In order


def test_the_ranking_of_the_leadership_has_every_name_and_interval(comparing: Comparing) -> None:
    found = ranked(comparing, "ledning", "sjukfranvaro")
    assert len(found.rows) == 14
    assert None not in {row.unit for row in found.rows}
    assert (found.own, found.uncertainty, found.left_out) == ("kirurgkliniken", Uncertainty.WILSON, 0)
    for row in found.rows:
        assert row.assessment is not None
        assert row.low is not None
        assert row.high is not None
        assert row.low < row.value < row.high
        assert row.value == float(row.assessment.outcome.value or 0)
    # A thousand person-months, not 165 000 hours: the interval is wide.
    assert min((row.high or 0) - (row.low or 0) for row in found.rows) > 0.5


def test_a_smaller_unit_has_a_wider_interval(comparing: Comparing) -> None:
    rows = {row.unit: row for row in ranked(comparing, "ledning", "sjukfranvaro").rows}

    def width(unit: str) -> float:
        return (rows[unit].high or 0.0) - (rows[unit].low or 0.0)

    assert width("aldrepsykiatrisk-mottagning") > width("epos-sala") > width("kirurgkliniken")


def test_amounts_counts_and_what_is_not_there_are_refused_in_words(comparing: Comparing) -> None:
    for key in ("arsarbetare", "periodresultat", "besok", "antal-medarbetare"):
        assert refused(comparing, "ledning", key).startswith("Belopp och antal följer storleken")
    assert refused(comparing, "ledning", "vantetid-1177").startswith(
        "Nyckeltalet mäts inte vid verksamheterna"
    )
    assert refused(comparing, "hr", "belaggning-somatik", HSF).startswith(
        "Nyckeltalet ingår inte i behörigheten"
    )
    assert refused(comparing, "ledning", "hyrpersonal", replace(KIR, sex=Sex.WOMEN)) == (
        "Nyckeltalet redovisas inte per kön."
    )
    assert refused(comparing, "ledning", "sjukfranvaro", HSF, "omraden").startswith("Färre än fem")
    assert refused(comparing, "omradeschef", "vardgaranti.besok").startswith(
        "Rangordningen visas inte: verksamheter utanför"
    )
    was = replace(KIR, month=Month.of(2022, 6), org=OrgView.AS_WAS)
    assert "bara i dagens organisation" in refused(comparing, "verksamhetschef", "sjukfranvaro", was)
    assert isinstance(ranked(comparing, "ledning", "sjukfranvaro", was), Ranking)


def test_in_a_group_of_five_each_head_has_four_others_and_no_place(comparing: Comparing) -> None:
    head = Scope.of({"rontgenkliniken"})
    found = comparing.ranking(head, Selection("rontgenkliniken", OCTOBER), "sjukfranvaro", "diagnostik")
    assert isinstance(found, NoRanking)
    assert "minst fem" in found.words


def test_a_month_that_has_not_been_released_is_not_compared_for_the_board(comparing: Comparing) -> None:
    words = refused(comparing, "namnd", "sjukfranvaro", HSF, "staber")
    assert words.startswith("Månaden ingår inte i behörigheten")
    september = replace(HSF, month=Month.of(2023, 9))
    assert refused(comparing, "namnd", "sjukfranvaro", september, "staber").startswith("Färre än fem")


def test_months_give_the_interval_of_what_is_not_counted_in_a_window_of_six_or_more(
    comparing: Comparing,
) -> None:
    found = ranked(comparing, "ledning", "hyrpersonal")
    assert found.uncertainty is Uncertainty.MONTHS
    for row in found.rows:
        assert row.low is not None
        assert row.low <= row.value <= (row.high or 0)
    for early in (replace(KIR, month=Month.of(2023, 5)), replace(KIR, view=View.MONTH)):
        few = ranked(comparing, "ledning", "hyrpersonal", early)
        assert few.uncertainty is Uncertainty.NONE
        assert {row.low for row in few.rows} == {None}
    assert ranked(comparing, "ledning", "hme").uncertainty is Uncertainty.NONE
    assert ranked(comparing, "ledning", "personalrorlighet").uncertainty is Uncertainty.BYAR


def test_a_flow_over_the_year_has_an_interval_on_its_own_scale(comparing: Comparing) -> None:
    for row in ranked(comparing, "ledning", "drg-per-arsarbetare").rows:
        assert row.low is not None
        assert row.value / 2 < row.low < row.value


def test_a_rolling_twelve_of_a_unit_that_is_younger_is_not_compared(comparing: Comparing) -> None:
    young = replace(KIR, month=Month.of(2022, 12), view=View.R12)
    whole, cut = (
        ranked(comparing, person, "sjukfranvaro", young) for person in ("ledning", "verksamhetschef")
    )
    assert dict(whole.missing)["epos-sala"] == "kortare än tolv månader"
    assert (len(cut.rows), cut.left_out) == (len(whole.rows), 1)
