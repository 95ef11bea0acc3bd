"""What is handed in tells nothing that the scope does not hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from hsf_kpi.model.dialogue import HandIn
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import NotFound, NotPermitted
from hsf_kpi.model.scope import NOTHING, Reach, Scope
from hsf_kpi.store import Store
from tests.store.asking import AS_OF, CAT
from tests.store.builders import catalogue, everyone, m
from tests.store.handin_builders import ME, OCTOBER, action, forecast, judged

EVERYONE = everyone(CAT)
SEPTEMBER, NOVEMBER = OCTOBER - 1, OCTOBER + 1
UNITS = ("medicin", "kirurgi")


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Both units have said all of September and October; kirurgi an analysis of another figure too."""
    store = Store.create("sqlite://", "demo", CAT, AS_OF)
    for month in (OCTOBER, SEPTEMBER):
        for unit in ("kirurgi", "medicin"):
            place = {"unit": unit, "month": month}
            store.handins.save_analysis(CAT, judged(**place), *ME)
            store.handins.save_action(CAT, action(**place), *ME)
            store.handins.save_forecast(CAT, forecast(**place), *ME)
    store.handins.save_analysis(CAT, judged(measure="belopp"), *ME)
    store.handins.save_action(CAT, action(measure="belopp"), *ME)
    for unit, month in (("kirurgi", SEPTEMBER), ("kirurgi", OCTOBER), ("medicin", OCTOBER)):
        store.handins.set_ready(CAT, unit, month, True, 0, *ME)
    yield store
    store.close()


def read(
    store: Store,
    scope: Scope,
    units: tuple[str, ...] = UNITS,
    first: Month = SEPTEMBER,
    last: Month = NOVEMBER,
) -> tuple[HandIn, ...]:
    return store.handins.read(scope, CAT, units, first, last)


def reach(units: set[str], measures: set[str] | None = None, through: str | None = None) -> Reach:
    return Reach(
        frozenset(units), None if measures is None else frozenset(measures), m(through) if through else None
    )


def scope_of(*reaches: Reach) -> Scope:
    return Scope(frozenset(reaches))


def test_by_unit_as_given_and_then_by_month(store: Store) -> None:
    found = read(store, EVERYONE)
    assert [(one.unit, one.month) for one in found] == [
        ("medicin", SEPTEMBER),
        ("medicin", OCTOBER),
        ("kirurgi", SEPTEMBER),
        ("kirurgi", OCTOBER),
    ]
    assert [one.is_ready for one in found] == [False, True, True, True]
    assert [a.measure for a in found[3].analyses] == ["andel", "belopp"], "in the catalogue's order"
    assert [a.number for a in found[3].actions] == [1, 2]
    assert read(store, EVERYONE, ("kirurgi", "medicin", "kirurgi"), OCTOBER, OCTOBER) == (found[3], found[1])
    assert read(store, EVERYONE, ("hsf",)) == ()
    assert read(store, EVERYONE, ()) == ()
    assert read(store, EVERYONE, UNITS, NOVEMBER, SEPTEMBER) == ()


def test_a_unit_outside_the_scope_is_left_out(store: Store) -> None:
    whole = read(store, EVERYONE)
    assert read(store, Scope.of(["medicin"])) == whole[:2]
    assert read(store, NOTHING) == ()


def test_a_figure_outside_the_scope_is_left_out(store: Store) -> None:
    (found,) = read(store, scope_of(reach({"kirurgi"}, {"belopp"})), UNITS, OCTOBER, OCTOBER)
    assert [a.measure for a in found.analyses] == ["belopp"]
    assert [a.number for a in found.actions] == [2]
    assert found.forecast is None, "seen with the ledger"
    assert found.is_ready, "seen with the unit"
    (money,) = read(store, scope_of(reach({"kirurgi"}, {"periodresultat"})), UNITS, OCTOBER, OCTOBER)
    assert (money.analyses, money.actions) == ((), ())
    assert money.forecast is not None
    assert read(store, scope_of(reach({"medicin"}, {"belopp"})), UNITS, SEPTEMBER, SEPTEMBER) == ()


def test_a_month_after_the_last_that_may_be_seen_is_left_out(store: Store) -> None:
    whole = read(store, EVERYONE)
    until = scope_of(reach({"kirurgi"}, None, "2023-09"), reach({"medicin"}))
    assert read(store, until) == whole[:3]
    mixed = scope_of(reach({"kirurgi"}, None, "2023-09"), reach({"kirurgi"}, {"belopp"}, "2023-10"))
    assert read(store, mixed, ("kirurgi",))[0] == whole[2]
    (rest,) = read(store, mixed, ("kirurgi",), OCTOBER, OCTOBER)
    assert [a.measure for a in rest.analyses] == ["belopp"]
    assert rest.forecast is None
    assert rest.is_ready, "something of the unit may be seen in the month"


def test_the_history_is_seen_with_its_figure(store: Store) -> None:
    ask = (CAT, "kirurgi", OCTOBER, "belopp")
    assert len(store.handins.history(EVERYONE, *ask)) == 1
    assert store.handins.history(EVERYONE, CAT, "kirurgi", NOVEMBER, "belopp") == ()
    for scope in (NOTHING, Scope.of(["medicin"]), scope_of(reach({"kirurgi"}, {"andel"}))):
        with pytest.raises(NotPermitted):
            store.handins.history(scope, *ask)
    assert store.handins.history(scope_of(reach({"kirurgi"}, None, "2023-09")), *ask) == ()
    with pytest.raises(NotFound, match="finns inte"):
        store.handins.history(EVERYONE, CAT, "kirurgi", OCTOBER, "x")


def test_of_a_figure_that_is_no_longer_defined_nothing_is_told(store: Store) -> None:
    fewer = catalogue(CAT.organisation, [one for key, one in CAT.measures.items() if key != "belopp"])
    (found,) = store.handins.read(EVERYONE, fewer, ["kirurgi"], OCTOBER, OCTOBER)
    assert [a.measure for a in found.analyses] == ["andel"]
    assert [a.measure for a in found.actions] == ["andel"]
    assert replace(found, analyses=(), actions=()).forecast is not None
