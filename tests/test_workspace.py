"""The questions that pages and commands ask: scope first, cached per scope and data version."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from hsf_kpi.access.identity import Identity
from hsf_kpi.model.codes import Missing, OrgView, Sex, Status
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.problems import NotFound, NotPermitted
from hsf_kpi.model.role import Grant
from hsf_kpi.model.scope import NOTHING, Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.settings import read_settings
from hsf_kpi.workspace import REORGANISED, Workspace

OCTOBER = Month.of(2023, 10)


@pytest.fixture(scope="module")
def workspace(demo_database: str) -> Iterator[Workspace]:
    opened = Workspace.open(read_settings({"HSF_KPI_DATABASE_URL": demo_database}))
    with closing(opened.store):
        yield opened


def scope_of(workspace: Workspace, role: str) -> Scope:
    """Of the demo person; nobody's for an unknown one."""
    people = {person.id: person for person in workspace.catalogue.demo_people}
    return workspace.scope_of(Identity("x", "x", people[role].grants if role in people else ()))


def test_the_months_that_can_be_chosen_are_those_of_the_demo(workspace: Workspace) -> None:
    months = workspace.months(scope_of(workspace, "ledning"))
    assert (months[0], months[-1], len(months)) == (OCTOBER, Month.of(2019, 1), 58)


def test_an_unknown_role_sees_nothing(workspace: Workspace) -> None:
    assert scope_of(workspace, "finns-inte") == NOTHING
    with pytest.raises(NotPermitted):
        workspace.assessments(NOTHING, Selection("hsf", OCTOBER))


def test_a_warm_cache_does_not_answer_another_scope(workspace: Workspace) -> None:
    everything = scope_of(workspace, "ledning")
    mine = scope_of(workspace, "verksamhetschef")
    selection = Selection("medicinkliniken", OCTOBER)
    assert workspace.assessments(everything, selection)
    assert workspace.by_unit(everything, Selection("akutsjukvard", OCTOBER), "hyrpersonal")
    for ask in (
        lambda: workspace.assessments(mine, selection),
        lambda: workspace.outcomes(mine, selection, "hyrpersonal"),
        lambda: workspace.measure_view(mine, selection, "hyrpersonal"),
        lambda: workspace.series(mine, selection),
        lambda: workspace.by_unit(mine, selection, "hyrpersonal"),
    ):
        with pytest.raises(NotPermitted):
            ask()
    shown = workspace.by_unit(mine, Selection("akutsjukvard", OCTOBER), "hyrpersonal")
    assert [a.outcome.unit for a in shown] == ["kirurgkliniken"]


def test_the_same_question_is_answered_once(workspace: Workspace) -> None:
    scope = scope_of(workspace, "ledning")
    selection = Selection("akutsjukvard", OCTOBER)
    assert workspace.assessments(scope, selection) is workspace.assessments(scope, selection)


def test_the_budget_is_judged_by_the_year_so_far_in_every_view(workspace: Workspace) -> None:
    scope = scope_of(workspace, "ledning")
    verdicts = [
        workspace.assessment(scope, Selection("hsf", OCTOBER, view), "periodresultat") for view in View
    ]
    assert {a.status for a in verdicts} == {Status.MISSED}
    assert len({a.gap for a in verdicts}) == 1
    units = [workspace.by_unit(scope, Selection("hsf", OCTOBER, view), "periodresultat") for view in View]
    assert len({tuple((a.status, a.gap) for a in found) for found in units}) == 1


def test_parts_add_up_to_the_total_they_are_shown_under(workspace: Workspace) -> None:
    scope = scope_of(workspace, "ledning")
    for key in ("periodresultat", "arsarbetare", "helarsprognos"):
        for org in OrgView:
            whole = Selection("hsf", OCTOBER, View.YTD, Sex.ALL, org)
            total = workspace.assessment(scope, whole, key).outcome.value
            parts = [a.outcome.value for a in workspace.by_unit(scope, whole, key)]
            assert sum(part for part in parts if part is not None) == total


def test_units_that_merged_are_told_with_their_successor(workspace: Workspace) -> None:
    scope = scope_of(workspace, "ledning")
    with pytest.raises(NotFound, match="Närsjukvård Öst"):
        workspace.demand(scope, Selection("medicinkliniken-sala", OCTOBER))
    was = Selection("medicinkliniken-sala", Month.of(2022, 10), View.YTD, Sex.ALL, OrgView.AS_WAS)
    assert workspace.assessment(scope, was, "sjukfranvaro").outcome.value is not None
    assert "medicinkliniken-sala" in workspace.units(scope, was)
    assert "medicinkliniken-sala" not in workspace.units(scope, Selection("hsf", OCTOBER))


def test_both_views_of_the_organisation_have_the_same_totals(workspace: Workspace) -> None:
    scope = scope_of(workspace, "ledning")
    for month in (Month.of(2022, 6), OCTOBER):
        for key in ("arsarbetare", "sjukfranvaro", "hyrpersonal", "kostnad-per-timme"):
            today, was = (
                workspace.assessment(
                    scope, Selection("hsf", month, View.YTD, Sex.ALL, org), key
                ).outcome.value
                for org in OrgView
            )
            assert today == was


def test_unknown_measures_are_told(workspace: Workspace) -> None:
    with pytest.raises(NotFound, match="finns-inte"):
        workspace.assessment(scope_of(workspace, "ledning"), Selection("hsf", OCTOBER), "finns-inte")


def test_national_values_belong_to_the_eight_series_that_agree(workspace: Workspace) -> None:
    national = workspace.national()
    assert set(national) == {
        "fortroende-sjukhus", "rimlig-vantetid-sjukhus", "fortroende-vardcentral", "rimlig-vantetid-vardcentral",
        "svf-ledtid", "utlokaliserade", "kladregler-hygien", "trycksar.kat-1-4",
    }  # fmt: skip
    assert float(national["fortroende-sjukhus"][2022]) == 70.7


@pytest.mark.parametrize("unit", ["hsf", "akutsjukvard"])
@pytest.mark.parametrize("view", list(View))
def test_a_ranking_says_what_each_units_own_page_says(workspace: Workspace, unit: str, view: View) -> None:
    """A ranking reads the latest years only; a target that is held against an earlier year needs that too."""
    scope = scope_of(workspace, "ledning")
    selection = Selection(unit, OCTOBER, view)
    for key in workspace.catalogue.measures:
        for found in workspace.by_unit(scope, selection, key):
            alone = workspace.assessment(scope, Selection(found.outcome.unit, OCTOBER, view), key)
            assert (found.outcome, found.status, found.reason) == (
                alone.outcome,
                alone.status,
                alone.reason,
            ), key


def test_what_is_late_is_decided_anew_each_day(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    scope = scope_of(workspace, "ledning")
    selection = Selection("onkologkliniken", OCTOBER, View.MONTH)
    due = workspace.assessment(scope, selection, "sjukfranvaro").outcome
    monkeypatch.setattr(workspace, "as_of", lambda: dt.date(2023, 11, 2))
    early = workspace.assessment(scope, selection, "sjukfranvaro").outcome
    assert (due.missing, early.missing) == (Missing.LATE, Missing.NOT_YET_REPORTED)


def asked(workspace: Workspace, scope: Scope) -> dict[str, object]:
    """What somebody gets for the same questions: answers, or the refusal's words."""
    found: dict[str, object] = {}
    for unit in ("hsf", "akutsjukvard", "kirurgkliniken", "medicinkliniken", "narsjukvard-ost"):
        for month in (OCTOBER, Month.of(2023, 9)):
            selection = Selection(unit, month)
            questions: dict[str, Callable[[], object]] = {
                "all": lambda s=selection: workspace.assessments(scope, s),
                "series": lambda s=selection: workspace.series(scope, s),
                "below": lambda s=selection: workspace.by_unit(scope, s, "hyrpersonal"),
                "other": lambda s=selection: workspace.by_unit(scope, s, "vardgaranti.besok"),
                "one": lambda s=selection: workspace.measure_view(scope, s, "periodresultat"),
                "sexes": lambda s=selection: workspace.by_sex(scope, s, "sjukfranvaro"),
                "units": lambda s=selection: workspace.units(scope, s),
                "peers": lambda s=selection: workspace.peers(scope, s, "sjukfranvaro"),
            }
            for name, question in questions.items():
                try:
                    found[f"{unit} {month.iso} {name}"] = question()
                except NotFound as refused:
                    found[f"{unit} {month.iso} {name}"] = str(refused)
    return found


def test_many_users_at_once_on_a_warm_cache_get_what_each_gets_alone(
    workspace: Workspace, demo_database: str
) -> None:
    roles = [person.id for person in workspace.catalogue.demo_people]
    alone = {}
    for role in roles:
        cold = Workspace.open(read_settings({"HSF_KPI_DATABASE_URL": demo_database}))
        with closing(cold.store):
            alone[role] = asked(cold, scope_of(cold, role))
    assert len({str(answers) for answers in alone.values()}) >= 6, "the roles see different things"
    asked(workspace, scope_of(workspace, "ledning"))
    with ThreadPoolExecutor(len(roles)) as threads:
        for _ in range(2):
            together = threads.map(lambda role: asked(workspace, scope_of(workspace, role)), roles)
            for role, answers in zip(roles, together, strict=True):
                assert answers == alone[role], role


def test_beyond_the_release_another_role_does_not_help_and_it_is_not_called_late(
    workspace: Workspace,
) -> None:
    """Nämnd and head of a klinik: October is known of the own klinik and the sums above it, not of the other område."""
    both = Identity("x", "x", (Grant("namnd"), Grant("verksamhetschef", "kirurgkliniken")))
    scope = workspace.scope_of(both)
    assert workspace.months(scope)[0] == OCTOBER
    other = workspace.assessments(scope, Selection("nara-vard", OCTOBER))
    monthly = [a.outcome for a in other if a.outcome.measure.monthly]
    assert not any(o.value is not None or o.cell is not None for o in monthly)
    assert {o.missing for o in monthly} <= {
        Missing.NOT_RELEASED, Missing.NOT_MEASURED_HERE, Missing.NOT_APPLICABLE,
    }  # fmt: skip
    for a in other:
        if a.outcome.missing is Missing.NOT_RELEASED:
            assert (a.status, a.gap, a.change) == (Status.NOT_ASSESSABLE, None, None)
            assert "inte frisläppt än" in a.reason
            assert a.judged is None or a.judged.value is None
    released = workspace.assessment(scope, Selection("nara-vard", Month.of(2023, 9)), "sjukfranvaro")
    assert released.outcome.value is not None
    for unit in ("kirurgkliniken", "akutsjukvard", "hsf"):
        assert workspace.assessment(scope, Selection(unit, OCTOBER), "sjukfranvaro").outcome.value is not None
    below = workspace.by_unit(scope, Selection("hsf", OCTOBER), "sjukfranvaro")
    assert {a.outcome.unit for a in below if a.outcome.value is not None} == {"akutsjukvard"}
    curve = workspace.outcomes(scope, Selection("nara-vard", OCTOBER, View.MONTH), "sjukfranvaro")
    assert [o.missing for o in curve[-2:]] == [None, Missing.NOT_RELEASED]


def test_a_reorganisation_names_no_unit_outside_the_scope(workspace: Workspace) -> None:
    everything, mine = scope_of(workspace, "ledning"), scope_of(workspace, "verksamhetschef")
    told = workspace.reorganisations(everything, "akutsjukvard")
    assert any("EPOS Sala" in r.text for r in told)
    assert {r.text for r in workspace.reorganisations(mine, "akutsjukvard")} == {REORGANISED}
    with pytest.raises(NotPermitted):
        workspace.reorganisations(mine, "narsjukvard-ost")


def test_a_unit_that_is_gone_does_not_name_a_successor_outside_the_scope(workspace: Workspace) -> None:
    scope = Scope.of({"hsf", "medicinkliniken-sala"})
    with pytest.raises(NotFound) as told:
        workspace.demand(scope, Selection("medicinkliniken-sala", OCTOBER))
    assert "upphörde efter december 2022" in str(told.value)
    assert "Öst" not in str(told.value)


def test_a_path_names_only_what_is_seen(workspace: Workspace) -> None:
    scope = Scope.of({"hsf", "kirurgkliniken"})
    assert workspace.path(scope, Selection("kirurgkliniken", OCTOBER)) == ("hsf", "kirurgkliniken")
    assert not workspace.sees_all_below(scope, Selection("hsf", OCTOBER))
    assert workspace.sees_all_below(scope, Selection("kirurgkliniken", OCTOBER))
