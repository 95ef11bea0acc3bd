"""Where a month is, told within what may be seen, and taken on by those who may, from what holds just now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.economy.books import our_books
from hsf_kpi.dialogue import dialogue_of
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.ledger import AmountKind, Line, UnitLedger
from hsf_kpi.model.month_step import Books
from hsf_kpi.model.period import View
from hsf_kpi.model.problems import DataError, NotPermitted
from hsf_kpi.model.scope import NOTHING, Reach, Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.month import MonthFlow, month_of
from hsf_kpi.store import Store
from hsf_kpi.workspace import Workspace
from tests.month_samples import CAT, MARCH, rights_of, small_store
from tests.store.asking import AS_OF
from tests.store.builders import everyone, m, obs
from tests.store.ledger_builders import ACCOUNTS, delivery, entry

JAN, FEB = m("2023-01"), m("2023-02")
YEAR_SO_FAR = Books(1200, 720, 480)
EVERYONE = everyone(CAT)


@pytest.fixture
def workspace(monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    # What is loaded is seen at once.
    monkeypatch.setattr("hsf_kpi.workspace.STATE_SECONDS", -1.0)
    with closing(small_store()) as store:
        yield Workspace(CAT, store)


@pytest.fixture
def flow(workspace: Workspace) -> MonthFlow:
    return month_of(workspace)


def told(do: Callable[[], object], error: type[DataError | NotPermitted] = DataError) -> str:
    with pytest.raises(error) as caught:
        do()
    return " ".join(problem.what for problem in caught.value.problems)


def book(workspace: Workspace, month: str, cost: int) -> None:
    """The whole month of a unit anew."""
    rows = [entry("primar", month, "ersattning", 100), entry("primar", month, "personal", cost)]
    workspace.store.take(CAT, delivery(rows))


def test_the_ledgers_totals_hold_nothing_internal_and_no_uppdragsprojekt(flow: MonthFlow) -> None:
    ours = flow.ours(EVERYONE, MARCH)
    assert ours is not None
    assert ours.books == {View.MONTH: Books(400, 240, 160), View.YTD: YEAR_SO_FAR}
    assert ours.internal == {View.MONTH: 7, View.YTD: 21}
    assert ours.projects == {View.MONTH: Books(0, 5, -5), View.YTD: Books(0, 15, -15)}
    assert ours.complete
    assert flow.ours(EVERYONE, MARCH + 1) is None


def test_a_month_goes_all_the_way(workspace: Workspace, flow: MonthFlow) -> None:
    boss = rights_of(workspace, "controller", "hsf")
    assert told(lambda: flow.release(boss, MARCH)) == (
        "Januari, februari och mars 2023 är inte avstämda mot huvudboken."
    )
    for month, revenue in ((JAN, 400), (FEB, 800), (MARCH, 1200)):
        theirs = Books(revenue, revenue * 6 // 10, revenue * 4 // 10)
        assert flow.reconcile(boss, month, theirs).by == "controller.login"
        assert flow.stage(EVERYONE, month).holds
    workspace.store.handins.set_ready(CAT, "kirurgi", MARCH, True, 0, "chef", "Chef")
    stage = flow.stage(EVERYONE, MARCH)
    dialogue = dialogue_of(workspace).forecasts(EVERYONE, Selection("hsf", MARCH))
    assert (dialogue.below_ready, dialogue.below) == stage.handed_in, "as on Min verksamhet"
    assert (stage.handed_in, stage.not_handed_in, stage.unreconciled) == ((1, 4), 3, ())
    assert stage.releases == (JAN, FEB, MARCH)
    assert flow.release(boss, MARCH, "kommandoraden", seen=stage.seen) == 1
    stage = flow.stage(EVERYONE, MARCH)
    assert stage.final
    assert stage.released is not None
    assert (stage.released.by, stage.released.handed_in) == ("kommandoraden", (1, 4))
    assert workspace.is_final(MARCH)
    flow.reopen(boss, FEB, "Rättad bokföring på röntgen.")
    assert (flow.stage(EVERYONE, MARCH).final, flow.stage(EVERYONE, JAN).final) == (False, True)
    assert flow.stage(EVERYONE, MARCH).reopened is not None
    assert flow.release(boss, MARCH) == 2
    assert [one.step.value for one in flow.history(EVERYONE, MARCH)] == [
        "released", "reopened", "released", "reconciled",
    ]  # fmt: skip


def test_what_is_booked_afterwards_makes_a_reconciliation_stale(
    workspace: Workspace, flow: MonthFlow
) -> None:
    boss = rights_of(workspace, "controller", "hsf")
    flow.reconcile(boss, MARCH, YEAR_SO_FAR)
    flow.reconcile(boss, FEB, Books(400, 240, 160), view=View.MONTH)
    book(workspace, "2023-01", 61)
    assert flow.brief(EVERYONE, MARCH).stale, "the year so far is another"
    assert flow.brief(EVERYONE, FEB).holds, "the month is not"
    assert "Januari och mars 2023 är inte avstämda" in told(lambda: flow.release(boss, MARCH))
    flow.release(boss, FEB, note="Januari rättades efter avstämningen.")
    assert told(lambda: flow.release(boss, MARCH)) == (
        "Mars 2023 har ändrats sedan den stämdes av mot huvudboken."
    )
    book(workspace, "2023-01", 60)
    assert flow.brief(EVERYONE, MARCH).holds, "and back again"


def test_a_release_is_judged_by_what_holds_now_and_not_a_second_ago(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hsf_kpi.workspace.STATE_SECONDS", 60.0)
    flow, boss = month_of(workspace), rights_of(workspace, "controller", "hsf")
    for month, revenue in ((JAN, 400), (FEB, 800), (MARCH, 1200)):
        flow.reconcile(boss, month, Books(revenue, revenue * 6 // 10, revenue * 4 // 10))
    stage = flow.stage(EVERYONE, MARCH)
    workspace.state()
    book(workspace, "2023-03", 61)
    assert "Mars 2023 har ändrats" in told(lambda: flow.release(boss, MARCH))
    assert told(
        lambda: flow.release(boss, MARCH, note="Vi väntar inte.", data_version=stage.data_version)
    ) == ("Data har lästs in sedan du öppnade sidan.")
    flow.release(boss, FEB)
    assert flow.stage(EVERYONE, FEB).final, "what one has done oneself is seen at once"


def test_only_who_may_for_the_whole_forvaltning_takes_a_month_on(
    workspace: Workspace, flow: MonthFlow
) -> None:
    looking = rights_of(workspace, "controller", "hsf", seen_as="Controller")
    for rights in (
        rights_of(workspace, "controller", "akut"),
        rights_of(workspace, "ledning"),
        rights_of(workspace, "finns-inte"),
        looking,
    ):
        for do in (
            lambda rights=rights: flow.reconcile(rights, MARCH, YEAR_SO_FAR),
            lambda rights=rights: flow.release(rights, MARCH, note="Det är bråttom nu."),
            lambda rights=rights: flow.reopen(rights, MARCH, "Rättad bokföring."),
        ):
            told(do, NotPermitted)
    assert flow.version() == 0


def test_nothing_is_told_of_a_month_that_may_not_be_seen(workspace: Workspace, flow: MonthFlow) -> None:
    boss = rights_of(workspace, "controller", "hsf")
    flow.reconcile(boss, MARCH, YEAR_SO_FAR)
    flow.release(boss, FEB, note="Ingår i avstämningen av mars.")
    board = rights_of(workspace, "namnd").scope
    assert flow.stage(board, FEB).handed_in == (0, 0), "the units are not the board's"
    for scope, month in ((board, MARCH), (NOTHING, FEB), (Scope.of(["kirurgi"]), FEB)):
        for ask in (flow.stage, flow.brief, flow.history, flow.ours):
            with pytest.raises(NotPermitted):
                ask(scope, month)


def test_amounts_are_told_where_the_ledger_may_be_seen(workspace: Workspace, flow: MonthFlow) -> None:
    boss = rights_of(workspace, "controller", "hsf")
    flow.reconcile(boss, MARCH, Books(1200, 719, 481), "En krona kom in för sent.")
    blind = Scope(frozenset({Reach(frozenset(CAT.organisation.units), frozenset({"belopp"}))}))
    assert flow.ours(blind, MARCH) is None
    (step,) = flow.history(blind, MARCH)
    assert (step.books, step.note, step.name) == (None, "", "controller i verket")
    assert flow.stage(blind, MARCH).holds
    (step,) = flow.history(EVERYONE, MARCH)
    assert step.books is not None


def test_without_a_ledger_a_month_is_released_with_a_reason() -> None:
    store = Store.create("sqlite://", "real", CAT, AS_OF)
    with closing(store):
        store.load(CAT, "a.csv", Origin.LOADED, [obs("belopp", "kirurgi", MARCH, 5, origin=Origin.LOADED)])
        empty = Workspace(CAT, store)
        bare, boss = month_of(empty), rights_of(empty, "controller", "hsf")
        assert "inget utfall för mars 2023" in told(lambda: bare.reconcile(boss, MARCH, YEAR_SO_FAR))
        assert "är inte avstämd" in told(lambda: bare.release(boss, MARCH))
        assert bare.release(boss, MARCH, note="Regionen har ingen huvudbok här än.") == 1
        stage = bare.stage(everyone(CAT), MARCH)
        assert (stage.loaded, stage.ours, stage.sources[0].rows) == (True, None, 1)


# The totals, against a second and simpler way to make them

MONTHS = (JAN - 1, JAN, FEB, MARCH)
LINE = st.tuples(*[st.integers(-99, 99)] * 4)
LINES = st.fixed_dictionaries({account.id: LINE for account in ACCOUNTS})


@settings(max_examples=60, deadline=None)
@given(amounts=LINES, within=LINES, projects=LINES)
def test_the_totals_are_the_sums_of_what_is_booked(
    amounts: dict[str, Line], within: dict[str, Line], projects: dict[str, Line]
) -> None:
    """Of the year so far nothing of the year before; investments and what only a budget has are in no result."""

    def lines(found: dict[str, Line]) -> dict[tuple[AmountKind, str], Line]:
        return {(AmountKind.ACTUAL, account): line for account, line in found.items()}

    ledger = UnitLedger(
        "hsf", MONTHS, ACCOUNTS, lines(amounts), lines(within), lines(projects), (1,) * 4, (2,) * 4
    )
    for place, month in enumerate(MONTHS[1:], start=1):
        ours = our_books(ledger, month)
        assert ours is not None
        assert (ours.reported, ours.expected, ours.complete) == (1, 2, False)
        for view, first in ((View.MONTH, place), (View.YTD, 1)):
            span = slice(first, place + 1)

            def total(found: dict[str, Line], *accounts: str, span: slice = span) -> int:
                return sum(amount or 0 for account in accounts for amount in found[account][span])

            income, outgoing = ("ersattning", "salt"), ("personal", "kopt")
            assert ours.books[view] == Books(
                total(amounts, *income) - total(within, *income),
                total(amounts, *outgoing) - total(within, *outgoing),
                total(amounts, *income) - total(amounts, *outgoing),
            )
            assert ours.internal[view] == total(within, *outgoing)
            assert ours.projects[view].revenue == total(projects, *income)
            assert ours.projects[view].result == total(projects, *income) - ours.projects[view].cost
