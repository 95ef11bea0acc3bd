"""The dialogue on a copy of the demo: scope and rights first, then what deviates, what is shown and what is summed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from hsf_kpi.access.identity import Identity
from hsf_kpi.access.rights import Rights
from hsf_kpi.analysis.handed_in import HandInState
from hsf_kpi.dialogue import Dialogue, dialogue_of
from hsf_kpi.economy import economy_of
from hsf_kpi.model.codes import OrgView, Sex, Status
from hsf_kpi.model.dialogue import Analysis, OwnForecast, PlannedAction, YearEnd
from hsf_kpi.model.event import Event
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.problems import DataError, HsfError, NotFound, NotPermitted
from hsf_kpi.model.role import Grant
from hsf_kpi.model.scope import NOTHING, Reach, Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.settings import read_settings
from hsf_kpi.workspace import Workspace

OCTOBER = Month.of(2023, 10)
SEPTEMBER = OCTOBER - 1
KLINIK, OTHER, EMPTY = "kirurgkliniken", "medicinkliniken", "onkologkliniken"
"""The head's own, one beside it, and one where nothing has been handed in."""
KEY, LEDGER = "sjukfranvaro", "periodresultat"


@pytest.fixture(scope="module")
def workspace(demo_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    path = tmp_path_factory.mktemp("dialogue") / "demo.sqlite3"
    shutil.copyfile(Path(demo_database.removeprefix("sqlite:///")), path)
    opened = Workspace.open(read_settings({"HSF_KPI_DATABASE_URL": f"sqlite:///{path}"}))
    with closing(opened.store):
        yield opened


@pytest.fixture(scope="module")
def dialogue(workspace: Workspace) -> Dialogue:
    return dialogue_of(workspace)


@pytest.fixture(scope="module")
def everything(workspace: Workspace) -> Scope:
    return Scope.of(workspace.catalogue.organisation.units)


def at(unit: str, month: Month = OCTOBER, **more: object) -> Selection:
    return replace(Selection(unit, month), **more)


def rights_of(workspace: Workspace, role: str, unit: str | None = None, *, seen_as: str = "") -> Rights:
    return workspace.rights_of(Identity(f"{role}-{unit}", "Verksamhetschef", (Grant(role, unit),), seen_as))


def head_of(workspace: Workspace, unit: str) -> Rights:
    return rights_of(workspace, "verksamhetschef", unit)


def said(unit: str = EMPTY, month: Month = OCTOBER, key: str = KEY, text: str = "Vakanser.") -> Analysis:
    return Analysis(unit, month, key, text, YearEnd.PARTLY, "Vi rekryterar.")


def questions(dialogue: Dialogue, scope: Scope, chosen: Selection) -> dict[str, Callable[[], object]]:
    return {
        "hand_in": lambda: dialogue.hand_in(scope, chosen),
        "history": lambda: dialogue.history(scope, chosen, LEDGER),
        "deviating": lambda: dialogue.deviating(scope, chosen),
        "forecasts": lambda: dialogue.forecasts(scope, chosen),
        "overview": lambda: dialogue.overview(scope, chosen),
        "comments": lambda: dialogue.comments(scope, chosen, LEDGER),
        "forecast_comments": lambda: dialogue.forecast_comments(scope, chosen),
        "year_ends": lambda: dialogue.year_ends(scope, chosen),
        "closed": lambda: dialogue.closed(scope, chosen),
    }


def test_nothing_is_answered_outside_the_scope_even_when_it_is_kept(
    workspace: Workspace, dialogue: Dialogue, everything: Scope
) -> None:
    for ask in questions(dialogue, everything, at(OTHER, SEPTEMBER)).values():
        ask()
    for scope in (head_of(workspace, KLINIK).scope, NOTHING):
        for name, ask in questions(dialogue, scope, at(OTHER, SEPTEMBER)).items():
            with pytest.raises(NotPermitted):
                pytest.fail(f"{name} was answered: {ask()!r:.80}")


def test_who_does_not_see_the_ledger_sees_nothing_of_it(workspace: Workspace, dialogue: Dialogue) -> None:
    hr = rights_of(workspace, "hr").scope
    chosen = at(KLINIK, SEPTEMBER)
    found = dialogue.hand_in(hr, chosen)
    assert found.forecast is None
    assert found.is_ready
    assert {one.measure for one in found.analyses} <= {
        k for k in workspace.catalogue.measures if hr.allows(KLINIK, k)
    }
    assert dialogue.comments(hr, chosen, LEDGER) == ()
    assert dialogue.forecast_comments(hr, chosen) == ()
    assert LEDGER not in {one.measure.key for one in dialogue.deviating(hr, chosen)}
    with pytest.raises(NotPermitted):
        dialogue.history(hr, chosen, LEDGER)
    overview = dialogue.overview(hr, at("akutsjukvard", SEPTEMBER))
    assert {row.ledger for row in overview.rows} == {False}
    assert overview.total.result is None
    assert overview.ready == 3


def test_what_is_not_released_is_not_told_to_who_sees_released_months(
    workspace: Workspace, dialogue: Dialogue, everything: Scope
) -> None:
    wide = frozenset(workspace.catalogue.organisation.units)
    late = Scope(frozenset({Reach(wide, None, SEPTEMBER)}))
    now = at(OTHER)
    assert dialogue.hand_in(everything, now).is_ready
    assert dialogue.hand_in(late, now).empty
    assert dialogue.history(late, now, LEDGER) == ()
    assert dialogue.history(everything, now, LEDGER)
    told = dialogue.comments(late, now, LEDGER)
    assert {one.period for one in told} == {"september 2023"}
    assert all(one.month <= SEPTEMBER for one in dialogue.year_ends(late, now).values())


def test_what_deviates_depends_on_no_switch(
    workspace: Workspace, dialogue: Dialogue, everything: Scope
) -> None:
    found = dialogue.deviating(everything, at(KLINIK))
    for view in View:
        for sex in Sex:
            assert dialogue.deviating(everything, at(KLINIK, view=view, sex=sex)) == found
    assert found[0].measure.key == LEDGER
    missed = {
        a.measure.key for a in workspace.assessments(everything, at(KLINIK)) if a.status is Status.MISSED
    }
    assert {one.measure.key for one in found if one.missed} == missed
    psychiatry = dialogue.deviating(everything, at("vuxenpsykiatri"))
    assert "remissflode" in {one.measure.key for one in psychiatry if one.worse and not one.missed}
    for one in (*found, *psychiatry):
        assert one.why
        assert one.missed or one.why.startswith("Verklig försämring: ")


def test_the_answers_stand_where_they_were_given(dialogue: Dialogue, everything: Scope) -> None:
    found = dialogue.deviating(everything, at(KLINIK, SEPTEMBER))
    hand_in = dialogue.hand_in(everything, at(KLINIK, SEPTEMBER))
    for one in found:
        if one.assessment.outcome.period.end == SEPTEMBER:
            assert one.answer == hand_in.analysis(one.measure.key)
    assert any(one.answered for one in found)


def test_the_overview_sums_what_stands(workspace: Workspace, dialogue: Dialogue, everything: Scope) -> None:
    chosen = at("akutsjukvard", SEPTEMBER)
    found = dialogue.overview(everything, chosen)
    economy = economy_of(workspace)
    assert tuple(row.unit for row in found.rows) == economy.parts(everything, chosen)
    assert found.all_seen
    given = []
    for row in found.rows:
        there = dialogue.hand_in(everything, at(row.unit, SEPTEMBER))
        assert row.forecast == there.forecast
        assert (row.state is HandInState.READY) is there.is_ready
        asked = dialogue.deviating(everything, at(row.unit, SEPTEMBER))
        assert (row.answered, row.needed) == (sum(one.answered for one in asked), len(asked))
        given += [there.forecast.result] if there.forecast else []
        if row.latest and row.latest.deviation is not None and row.budget:
            assert row.latest.result - row.budget.result == row.latest.deviation, "the ledger's own budget"
    assert found.total.result == (sum(given) if given else None)
    assert found.total.handed_in == len(given)
    assert found.own == dialogue.forecasts(everything, chosen)
    assert found.own.below >= found.own.below_ready


def test_the_overview_of_a_part_says_so(workspace: Workspace, dialogue: Dialogue) -> None:
    mine = head_of(workspace, KLINIK).scope
    found = dialogue.overview(mine, at("akutsjukvard", SEPTEMBER))
    assert [row.unit for row in found.rows] == [KLINIK]
    assert not found.all_seen
    assert found.own.below == 1, "units that may not be seen are not counted"


def test_the_lowest_units_are_told_of_whatever_the_depth(dialogue: Dialogue) -> None:
    few = Scope.of(("hsf", "akutsjukvard", KLINIK, "rontgenkliniken"))
    lowest = dialogue.overview(few, at("hsf", SEPTEMBER), lowest=True)
    assert [row.unit for row in lowest.rows] == [KLINIK, "rontgenkliniken"]
    assert (lowest.ready, lowest.own.below_ready, lowest.own.below) == (1, 1, 2)
    assert not lowest.all_seen
    right_below = dialogue.overview(few, at("hsf", SEPTEMBER))
    assert [(row.unit, row.below) for row in right_below.rows] == [("akutsjukvard", 1)]


def test_a_unit_that_did_not_exist_has_nothing_to_hand_in(workspace: Workspace, dialogue: Dialogue) -> None:
    young = [
        unit
        for unit in workspace.catalogue.organisation.units.values()
        if unit.first is not None and unit.last is None
    ]
    assert young
    for unit in young:
        assert unit.first is not None
        before = unit.first - 1
        parent = workspace.catalogue.organisation.parent(unit.id, OCTOBER)
        assert parent is not None
        few = Scope.of((parent, unit.id))
        assert dialogue.overview(few, at(parent, before)).rows == ()
        closed = dialogue.closed(few, at(unit.id, before))
        assert closed is not None
        assert "fanns inte" in closed


def test_comments_of_the_month_else_of_the_latest_of_three_before(
    dialogue: Dialogue, everything: Scope
) -> None:
    told = dialogue.comments(everything, at(KLINIK, SEPTEMBER), LEDGER)
    assert told[0].kind == "Analys"
    assert {one.period for one in told} == {""}
    later = [dialogue.comments(everything, at(EMPTY, SEPTEMBER + n), LEDGER) for n in (0, 1)]
    assert later == [(), ()]
    october = dialogue.comments(everything, at(KLINIK), LEDGER)
    assert [one.text for one in october] == [one.text for one in told]
    assert {one.period for one in october} == {"september 2023"}
    assert dialogue.comments(everything, at(KLINIK, SEPTEMBER + 4, org=OrgView.AS_WAS), LEDGER) == ()
    (forecast,) = dialogue.forecast_comments(everything, at(KLINIK))
    assert forecast.period == "september 2023"
    assert dialogue.forecast_comments(everything, at(KLINIK, Month.of(2024, 1))) == (), (
        "another year's forecast"
    )
    with pytest.raises(NotFound):
        dialogue.comments(everything, at(KLINIK), "finns-inte")


def test_year_ends_are_the_latest_of_the_year(dialogue: Dialogue, everything: Scope) -> None:
    september = dialogue.year_ends(everything, at(KLINIK, SEPTEMBER))
    october = dialogue.year_ends(everything, at(KLINIK))
    assert september.keys() <= october.keys()
    assert {one.month for one in september.values()} == {SEPTEMBER}
    assert OCTOBER in {one.month for one in october.values()}
    assert dialogue.year_ends(everything, at(KLINIK, SEPTEMBER - 1)) == {}


# Handing in


def test_handing_in_all_of_it_and_it_is_logged_without_its_text(
    workspace: Workspace, dialogue: Dialogue
) -> None:
    head, chosen = head_of(workspace, EMPTY), at(EMPTY)
    before, asked = dialogue.version(), dialogue.deviating(head.scope, chosen)
    saved = dialogue.save_analysis(head, said(text="Hemlig mening"))
    action = PlannedAction(
        EMPTY, OCTOBER, KEY, "Hemlig åtgärd", "Vårdenhetschef", OCTOBER + 2, "Lägre", 1_000_000
    )
    done = dialogue.save_action(head, action)
    second = dialogue.save_action(head, replace(action, what="Hemlig andra åtgärd"))
    gone = dialogue.save_action(head, replace(second, removed=True))
    forecast = dialogue.save_forecast(head, OwnForecast(EMPTY, OCTOBER, -5_000_000, "Hemligt skäl"))
    mark = dialogue.set_ready(head, EMPTY, OCTOBER, True, 0)
    found = dialogue.hand_in(head.scope, chosen)
    assert found.analyses == (saved,)
    assert found.actions == (done,)
    assert (found.forecast, found.ready) == (forecast, mark)
    assert dialogue.version() != before
    assert saved.written is not None
    assert (saved.written.by, saved.written.name) == (head.identity.login, "Verksamhetschef")
    assert [one.kind for one in dialogue.comments(head.scope, chosen, KEY)] == [
        "Analys",
        "Helårsbedömning",
        "Åtgärd",
    ]
    now = dialogue.deviating(head.scope, chosen)
    assert [one.measure for one in now] == [one.measure for one in asked]
    assert [one.answered for one in now if one.measure.key == KEY] == [
        True for one in asked if one.measure.key == KEY
    ]
    assert dialogue.overview(head.scope, at("akutsjukvard")).ready == 1, "nothing older is served"
    rows = workspace.store.audit_log.entries(who=head.identity.login, what=[Event.HANDED_IN.value])
    details = [row.detail for row in rows]
    assert details[::-1] == [
        f"{EMPTY}, 2023-10, analys av {KEY}",
        f"{EMPTY}, 2023-10, åtgärd nr {done.number} om {KEY}",
        f"{EMPTY}, 2023-10, åtgärd nr {gone.number} om {KEY}",
        f"{EMPTY}, 2023-10, tog bort åtgärd nr {gone.number} om {KEY}",
        f"{EMPTY}, 2023-10, egen prognos",
        f"{EMPTY}, 2023-10, klar för dialog",
    ]
    # While it is «klar», nothing but opening it again.
    for save in saves(dialogue, head, EMPTY, OCTOBER)[:3]:
        with pytest.raises(DataError, match="klar"):
            save()
    dialogue.set_ready(head, EMPTY, OCTOBER, False, 1)
    changed = dialogue.save_analysis(head, replace(saved, text="Ny mening"))
    assert dialogue.history(head.scope, chosen, KEY) == (changed, saved)
    with pytest.raises(DataError, match="ändrat"):
        dialogue.save_analysis(head, replace(saved, text="Samtidigt"))


def saves(dialogue: Dialogue, rights: Rights, unit: str, month: Month) -> list[Callable[[], object]]:
    action = PlannedAction(unit, month, KEY, "Gör", "Chef", month + 2, "Lägre")
    return [
        lambda: dialogue.save_analysis(rights, said(unit, month)),
        lambda: dialogue.save_action(rights, action),
        lambda: dialogue.save_forecast(rights, OwnForecast(unit, month, -1, "Skäl.")),
        lambda: dialogue.set_ready(rights, unit, month, True, 0),
    ]


def everywhere_refused(
    workspace: Workspace, dialogue: Dialogue, rights: Rights, unit: str, month: Month, error: type[HsfError]
) -> str:
    """What the last refusal says; nothing is written or logged."""
    before, told = dialogue.version(), ""
    logged = workspace.store.audit_log.count()
    for save in saves(dialogue, rights, unit, month):
        with pytest.raises(error) as refused:
            save()
        assert (error is NotPermitted) is isinstance(refused.value, NotPermitted)
        told = str(refused.value)
    assert dialogue.version() == before
    assert workspace.store.audit_log.count() == logged
    return told


@pytest.mark.parametrize(
    ("role", "unit", "seen_as"),
    [
        ("verksamhetschef", KLINIK, ""),  # another's
        ("omradeschef", "nara-vard", ""),
        ("hr", None, ""),
        ("namnd", None, ""),
        ("admin", None, ""),
        ("verksamhetschef", OTHER, "Verksamhetschef"),  # looking as another role
        ("ledning", None, "Förvaltningsledning"),
    ],
)
def test_nobody_else_hands_in(
    workspace: Workspace, dialogue: Dialogue, role: str, unit: str | None, seen_as: str
) -> None:
    rights = rights_of(workspace, role, unit, seen_as=seen_as)
    everywhere_refused(workspace, dialogue, rights, OTHER, OCTOBER, NotPermitted)


def test_those_above_may(workspace: Workspace, dialogue: Dialogue) -> None:
    for number, (role, unit) in enumerate(
        (("omradeschef", "akutsjukvard"), ("ledning", None), ("controller", "hsf"))
    ):
        rights = rights_of(workspace, role, unit)
        dialogue.set_ready(rights, "hjartavdelningen", OCTOBER, number % 2 == 0, number)


def test_no_released_month_none_to_come_and_no_unit_before_it_was(
    workspace: Workspace, dialogue: Dialogue
) -> None:
    head = head_of(workspace, KLINIK)
    for month, words in (
        (SEPTEMBER, "September 2023 är frisläppt"),
        (OCTOBER + 1, "inga utfall för november"),
    ):
        assert words in everywhere_refused(workspace, dialogue, head, KLINIK, month, DataError)
        closed = dialogue.closed(head.scope, at(KLINIK, month))
        assert closed is not None
        assert words in closed
    assert dialogue.closed(head.scope, at(KLINIK)) is None
    everywhere_refused(workspace, dialogue, head, "finns-inte", OCTOBER, NotPermitted)


def test_only_figures_that_are_measured_and_seen_there(workspace: Workspace, dialogue: Dialogue) -> None:
    head = head_of(workspace, KLINIK)
    with pytest.raises(DataError, match="mäts inte"):
        dialogue.save_analysis(head, said(KLINIK, key="fortroende-vardcentral"))
    with pytest.raises(NotFound):
        dialogue.save_analysis(head, said(KLINIK, key="finns-inte"))
    with pytest.raises(DataError):
        dialogue.save_analysis(head, said(KLINIK, text=" "))
    blind = replace(head, scope=Scope(frozenset({Reach(frozenset({KLINIK}), frozenset({KEY}))})))
    with pytest.raises(NotPermitted):
        dialogue.save_forecast(blind, OwnForecast(KLINIK, OCTOBER, -1, "Skäl."))
    with pytest.raises(NotPermitted):
        dialogue.save_analysis(blind, said(KLINIK, key=LEDGER))


def test_there_is_one_for_a_workspace(workspace: Workspace, dialogue: Dialogue) -> None:
    assert dialogue_of(workspace) is dialogue
