"""The registers tell nothing that the scope does not hold: no later month, no name in the words of a move."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from hsf_kpi.model.problems import NotPermitted
from hsf_kpi.model.register import Move, MovePart
from hsf_kpi.model.scope import Reach, Scope
from hsf_kpi.store import Store
from hsf_kpi.store.engine import writing
from hsf_kpi.store.load import Delivery
from hsf_kpi.store.register_checks import MOST_PERSONS, move_problems
from hsf_kpi.store.registers import DECIDED_OUTSIDE, FINANCED_OUTSIDE, MOVES_SEEN_WITH, take_registers
from tests.store.asking import AS_OF, CAT, DEMO
from tests.store.builders import everyone, m, obs

MOVE = Move(
    "2023-1",
    m("2023-05"),
    "Beslut 2023-04-18",
    "Ram flyttas från Medicin",
    (MovePart("medicin", -6), MovePart("primar", 6)),
    "Medicin lämnar",
)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    store = Store.create("sqlite://", "demo", CAT, AS_OF)
    store.load(CAT, "a", DEMO, [obs("belopp", "kirurgi", "2023-01", 4)])
    unpaid = replace(MOVE, id="2023-2", financed="")
    named = replace(MOVE, id="2023-3", reference="Flytt från medicin, punkt 4")
    with writing(store._engine) as connection:
        take_registers(connection, CAT, Delivery("fil", DEMO, (), moves=(MOVE, unpaid, named)), 1)
    yield store
    store.close()


def test_the_words_of_a_move_name_nobody_outside_the_scope(store: Store) -> None:
    told = store.registers.moves(Scope.of(["primar"]), CAT, ["primar"])
    assert [(one.reference, one.financed, one.note) for one in told] == [
        ("Beslut 2023-04-18", FINANCED_OUTSIDE, ""),
        ("Beslut 2023-04-18", "", ""),
        (DECIDED_OUTSIDE, FINANCED_OUTSIDE, ""),
    ]
    assert "medicin" not in repr([replace(one, id="") for one in told]).casefold()
    assert store.registers.moves(everyone(CAT), CAT, ["primar"])[0] == MOVE


def test_a_move_after_the_last_month_that_may_be_seen_is_not_told(store: Store) -> None:
    both = frozenset({"medicin", "primar"})
    for last, count in (("2023-04", 0), ("2023-05", 3)):
        scope = Scope(frozenset({Reach(both, None, m(last))}))
        assert len(store.registers.moves(scope, CAT, both)) == count
        assert store.registers.moved(scope, CAT, {"primar": {"primar"}}) == {
            "primar": {m("2023-05"): 12} if count else {}
        }
    mixed = Scope(
        frozenset({Reach(frozenset({"primar"})), Reach(frozenset({"medicin"}), None, m("2023-04"))})
    )
    assert store.registers.moves(mixed, CAT, both)[0].parts[0] == MovePart("", -6)
    assert store.registers.moves(mixed, CAT, ["medicin"]) == ()


def test_what_moves_within_a_unit_nets_to_zero_whoever_asks(store: Store) -> None:
    within = {"hsf": {"hsf", "medicin", "primar"}, "primar": {"primar"}}
    for scope in (Scope.of(["hsf", "primar"]), everyone(CAT)):
        assert store.registers.moved(scope, CAT, within) == {"hsf": {}, "primar": {m("2023-05"): 12}}
    heads = Scope(frozenset({Reach(frozenset({"primar"}), frozenset({MOVES_SEEN_WITH}))}))
    with pytest.raises(NotPermitted):
        store.registers.moved(heads, CAT, within)


def test_a_move_of_more_than_there_are_is_told() -> None:
    many = MOST_PERSONS + 1
    wrong = replace(MOVE, parts=(MovePart("medicin", -many), MovePart("primar", many)))
    assert "fler än 100\u00a0000 personer" in str(move_problems([wrong], CAT)[0])
