"""The questions about the economy on the demo: scope first, and the same as the measures say."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from hsf_kpi.access.identity import Identity
from hsf_kpi.access.rights import Rights
from hsf_kpi.analysis.economy.types import Yardstick
from hsf_kpi.economy import HEADCOUNT, Economy, economy_of
from hsf_kpi.model.aggregation import FIXED
from hsf_kpi.model.codes import OrgView
from hsf_kpi.model.ledger import MNKR, AmountKind
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.problems import DataError, NotFound, NotPermitted
from hsf_kpi.model.register import Effect, Improvement, Progress
from hsf_kpi.model.scope import NOTHING, Reach, Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.settings import read_settings
from hsf_kpi.workspace import Workspace

OCTOBER = Month.of(2023, 10)
YEAR = tuple(Month.of(2023, n) for n in range(1, 11))
HSF, KLINIK = Selection("hsf", OCTOBER), Selection("kirurgkliniken", OCTOBER)
OTHER = Selection("medicinkliniken", OCTOBER)


@pytest.fixture(scope="module")
def workspace(demo_database: str) -> Iterator[Workspace]:
    opened = Workspace.open(read_settings({"HSF_KPI_DATABASE_URL": demo_database}))
    with closing(opened.store):
        yield opened


@pytest.fixture(scope="module")
def economy(workspace: Workspace) -> Economy:
    return economy_of(workspace)


@pytest.fixture(scope="module")
def everything(workspace: Workspace) -> Scope:
    return Scope.of(workspace.catalogue.organisation.units)


def rights_of(workspace: Workspace, role: str) -> Rights:
    people = {person.id: person for person in workspace.catalogue.demo_people}
    return workspace.rights_of(Identity(role, role, people[role].grants))


def questions(economy: Economy, scope: Scope, selection: Selection) -> dict[str, Callable[[], object]]:
    return {
        "ledger": lambda: economy.ledger(scope, selection),
        "ledgers": lambda: economy.ledgers(scope, HSF, (selection.unit,)),
        "submitted": lambda: economy.submitted(scope, selection),
        "statistical": lambda: economy.statistical(scope, selection),
        "trajectory": lambda: economy.trajectory(scope, selection),
        "contribution": lambda: economy.contribution(scope, selection, YEAR, Yardstick.BUDGET),
        "cost_centres": lambda: economy.cost_centres(scope, selection, YEAR),
        "medarbetare": lambda: economy.compliance(scope, selection, "medarbetare"),
        "hyrpersonal": lambda: economy.compliance(scope, selection, "hyrpersonal"),
        "moves": lambda: economy.moves(scope, selection),
        "improvements": lambda: economy.improvements(scope, selection),
        "staff": lambda: economy.staff(scope, selection, (HEADCOUNT,), YEAR[0]),
    }


def test_nothing_is_answered_outside_the_scope_even_when_it_is_kept(
    workspace: Workspace, economy: Economy, everything: Scope
) -> None:
    asked = questions(economy, everything, OTHER)
    for name in asked.keys() - {"statistical", "trajectory"}:
        asked[name]()
    mine = rights_of(workspace, "verksamhetschef").scope
    for scope in (mine, NOTHING):
        asked = questions(economy, scope, OTHER)
        assert asked.pop("staff")() == {}
        for name, ask in asked.items():
            with pytest.raises(NotPermitted):
                pytest.fail(f"{name} was answered: {ask()!r:.80}")


def test_a_role_that_may_see_the_unit_but_not_the_ledger(economy: Economy) -> None:
    staff_only = Scope(frozenset({Reach(frozenset({"hsf", "kirurgkliniken"}), frozenset({HEADCOUNT}))}))
    asked = questions(economy, staff_only, KLINIK)
    for name in (
        "ledger",
        "ledgers",
        "submitted",
        "statistical",
        "trajectory",
        "contribution",
        "cost_centres",
    ):
        with pytest.raises(NotPermitted):
            pytest.fail(f"{name} was answered: {asked[name]()!r:.80}")
    with pytest.raises(NotPermitted):
        asked["hyrpersonal"]()
    assert economy.compliance(staff_only, KLINIK, "medarbetare").whole.unit == "kirurgkliniken"
    assert economy.improvements(staff_only, KLINIK) == ()
    assert economy.parts(staff_only, HSF) == ()


def test_nothing_after_the_last_month_that_may_be_seen(economy: Economy) -> None:
    june = Month.of(2023, 6)
    early = Scope(frozenset({Reach(frozenset({"hsf"}), None, june)}))
    ledger = economy.ledger(early, HSF)
    assert ledger.result(AmountKind.ACTUAL, june) is not None
    assert ledger.result(AmountKind.ACTUAL, june + 1) is None
    assert ledger.result(AmountKind.BUDGET, june + 1) is not None, "the budget is a plan"
    assert {one.month for one in economy.submitted(early, HSF)} >= {june}
    assert all(one.month <= june for one in economy.submitted(early, HSF))


@pytest.mark.parametrize("unit", ["hsf", "akutsjukvard", "kirurgkliniken", "narsjukvard-ost"])
def test_the_ledger_and_the_measures_never_disagree(
    workspace: Workspace, economy: Economy, everything: Scope, unit: str
) -> None:
    for org in OrgView:
        selection = Selection(unit, OCTOBER, View.MONTH, org=org)
        ledger = economy.ledger(everything, selection)
        told = {
            key: {
                o.period.end: o.cell
                for o in workspace.outcomes(everything, selection, key, YEAR[0] - 12)
                if o.cell
            }
            for key in ("periodresultat", "bruttokostnadsutveckling", "hyrpersonal")
        }
        costs = [a.id for a in ledger.accounts if a.side.sign == -1 and not a.budget_only]
        for month in (*(m - 12 for m in YEAR), *YEAR):
            if (actual := ledger.result(AmountKind.ACTUAL, month)) is None:
                assert month not in told["periodresultat"]
                continue
            budget = ledger.result(AmountKind.BUDGET, month)
            assert budget is not None
            assert told["periodresultat"][month].numerator == (actual - budget) * FIXED
            hired = ledger.amount(AmountKind.ACTUAL, "inhyrd-personal", month)
            assert hired is not None
            assert told["hyrpersonal"][month].numerator == hired * FIXED
            if unit == "hsf":
                gross = [ledger.amount(AmountKind.ACTUAL, a, month) for a in costs]
                assert told["bruttokostnadsutveckling"][month].numerator == sum(a or 0 for a in gross) * FIXED


def test_october_2023_is_as_the_look_says(economy: Economy, everything: Scope) -> None:
    months = economy.ledger(everything, HSF)
    result = sum(months.result(AmountKind.ACTUAL, month) or 0 for month in YEAR)
    assert round(result / MNKR, 1) == -861.0
    assert {months.result(AmountKind.BUDGET, month) for month in YEAR} == {0}
    latest = economy.submitted(everything, HSF)[-1]
    assert (latest.month, round((latest.deviation or 0) / MNKR)) == (OCTOBER, -978)


def test_the_units_make_the_whole_and_those_outside_the_scope_are_one_row(
    workspace: Workspace, economy: Economy, everything: Scope
) -> None:
    for yardstick in Yardstick:
        found = economy.contribution(
            everything, HSF, YEAR, yardstick, lowest=yardstick is Yardstick.PROVISION
        )
        assert sum(row.deviation.amount or 0 for row in found.rows) == found.whole.amount
    mine = rights_of(workspace, "verksamhetschef").scope
    area = Selection("akutsjukvard", OCTOBER)
    told = economy.contribution(mine, area, YEAR, Yardstick.BUDGET)
    assert {row.unit for row in told.rows} == {"kirurgkliniken", None}
    assert sum(row.deviation.amount or 0 for row in told.rows) == told.whole.amount


def test_a_decided_move_excuses_the_unit_that_grew(economy: Economy, everything: Scope) -> None:
    moves = economy.moves(everything, HSF)
    assert moves
    assert all(move.net == 0 and move.month <= OCTOBER for move in moves)
    assert [move.month for move in moves] == sorted((move.month for move in moves), reverse=True)
    matrix = economy.compliance(everything, HSF, "medarbetare")
    assert [cell.month for cell in matrix.whole.cells] == list(YEAR)
    assert all(cell.moved == 0 for cell in matrix.whole.cells), "moves inside the förvaltning net to zero"


def test_cost_centres_add_up_to_the_unit(economy: Economy, everything: Scope) -> None:
    lines = economy.cost_centres(everything, KLINIK, YEAR)
    ledger = economy.ledger(everything, KLINIK)
    assert len({line.cost_centre for line in lines}) >= 2
    for account in ledger.accounts:
        here = [line for line in lines if line.account == account.id]
        whole = ledger.total(AmountKind.ACTUAL, account.id, YEAR, eliminated=False)
        assert sum(line.actual or 0 for line in here) == whole


@pytest.fixture
def own(demo_database: str, tmp_path: Path) -> Iterator[Workspace]:
    """A copy that may be written to."""
    path = tmp_path / "own.sqlite3"
    shutil.copyfile(demo_database.removeprefix("sqlite:///"), path)
    opened = Workspace.open(read_settings({"HSF_KPI_DATABASE_URL": f"sqlite:///{path}"}))
    with closing(opened.store):
        yield opened


def test_an_activity_is_saved_by_who_may_and_logged(own: Workspace) -> None:
    economy, chief, nurse = economy_of(own), rights_of(own, "verksamhetschef"), rights_of(own, "hr")
    new = Improvement(
        "kirurgkliniken", "Färre prover", Effect.COST, 100_000, Month.of(2023, 9), "Verksamhetschef",
        Progress.RUNNING,
    )  # fmt: skip
    before = len(economy.improvements(chief.scope, KLINIK))
    number = economy.save_improvement(chief, new)
    saved = [one for one in economy.improvements(chief.scope, KLINIK) if one.number == number]
    assert len(economy.improvements(chief.scope, KLINIK)) == before + 1
    assert [(one.what, one.version, one.changed_by) for one in saved] == [
        ("Färre prover", 1, "verksamhetschef")
    ]
    logged = own.store.audit(1)
    assert logged[0][1:] == (
        "verksamhetschef", "ändrade ett förbättringsarbete", f"kirurgkliniken, nr {number}",
    )  # fmt: skip
    refused = (
        (chief, replace(new, unit="medicinkliniken")),
        (nurse, new),
        (chief, replace(new, unit="hsf")),
        (nurse, replace(saved[0], what="Annat")),
    )
    for rights, one in refused:
        with pytest.raises(NotPermitted):
            economy.save_improvement(rights, one)
    with pytest.raises(DataError, match="Någon annan har ändrat"):
        economy.save_improvement(chief, replace(saved[0], version=7))
    with pytest.raises(DataError, match="e-postadress"):
        economy.save_improvement(chief, replace(new, responsible="a@b.se"))
    with pytest.raises(NotFound):
        economy.save_improvement(chief, replace(saved[0], number=10**6))
    assert own.store.audit(1) == logged, "nothing is told of what was not done"


def test_an_activity_cannot_be_taken_over_from_another_unit(own: Workspace) -> None:
    economy, leader, chief = economy_of(own), rights_of(own, "ledning"), rights_of(own, "verksamhetschef")
    there = Improvement(
        "medicinkliniken", "Vårdplatser", Effect.CAPACITY, 1, YEAR[0], "Verksamhetschef", Progress.PLANNED
    )
    number = economy.save_improvement(leader, there)
    with pytest.raises(NotPermitted):
        economy.save_improvement(chief, replace(there, unit="kirurgkliniken", number=number, version=1))
