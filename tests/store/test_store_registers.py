"""The registers of moves and improvement activities: what is refused, who sees what, and that nobody writes over another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.model.ledger import MNKR
from hsf_kpi.model.problems import DataError, NotFound, NotPermitted
from hsf_kpi.model.register import Effect, Improvement, Move, MovePart, Progress
from hsf_kpi.model.scope import NOTHING, Reach, Scope
from hsf_kpi.store import Store
from hsf_kpi.store.load import Delivery
from hsf_kpi.store.register_checks import improvement_problems, move_problems
from hsf_kpi.store.registers import MOVES_SEEN_WITH, RegisterStore
from tests.store.asking import AS_OF, CAT, DEMO
from tests.store.builders import everyone, m, obs

EVERYONE = everyone(CAT)
SIX = Move(
    "2023-1",
    m("2023-01"),
    "RV 1234",
    "Inom ram",
    (MovePart("medicin", -6), MovePart("primar", 6)),
    "Till Primär",
)
TEST = Improvement(
    "kirurgi", "Färre prover", Effect.COST, 200_000, m("2023-03"), "Verksamhetschef", Progress.RUNNING
)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store.create(database_url, "demo", CAT, AS_OF)
    store.load(CAT, "a", DEMO, [obs("belopp", "kirurgi", "2023-01", 4)])
    yield store
    store.close()


@pytest.fixture
def lite() -> Iterator[Store]:
    """For what no database does differently."""
    store = Store.create("sqlite://", "demo", CAT, AS_OF)
    store.load(CAT, "a", DEMO, [obs("belopp", "kirurgi", "2023-01", 4)])
    yield store
    store.close()


@pytest.fixture
def registers(store: Store) -> RegisterStore:
    return RegisterStore(store._engine)


def take(store: Store, *moves: Move, improvements: tuple[Improvement, ...] = ()) -> None:
    store.take(CAT, Delivery("fil", DEMO, (), moves=moves, improvements=improvements))


def problems(*moves: Move) -> str:
    return "\n".join(str(problem) for problem in move_problems(moves, CAT))


def test_a_move_is_taken_read_and_replaced_by_its_id(store: Store, registers: RegisterStore) -> None:
    later = replace(SIX, id="2023-2", month=m("2023-05"), financed="")
    take(store, SIX, later)
    assert registers.moves(EVERYONE, CAT, ["primar"]) == (later, SIX), "newest first"
    assert registers.moves(EVERYONE, CAT, ["kirurgi"]) == ()
    right = replace(SIX, parts=(MovePart("medicin", -5), MovePart("primar", 5)))
    take(store, right)
    assert registers.moves(EVERYONE, CAT, ["medicin"]) == (later, right)


def test_a_unit_outside_the_scope_is_told_by_its_persons_only(lite: Store) -> None:
    registers = RegisterStore(lite._engine)
    take(lite, SIX)
    mine = Scope.of(["primar"])
    (seen,) = registers.moves(mine, CAT, ["primar", "medicin"])
    assert seen.parts == (MovePart("", -6), MovePart("primar", 6))
    assert seen.note == "", "it may name the other unit"
    assert seen.net == 0
    assert registers.moves(mine, CAT, ["medicin"]) == ()
    assert registers.moves(NOTHING, CAT, ["primar", "medicin"]) == ()
    other = Scope(frozenset({Reach(frozenset({"primar", "medicin"}), frozenset({"belopp"}))}))
    assert registers.moves(other, CAT, ["primar"]) == (), "sees no headcount there"
    heads = Scope(frozenset({Reach(frozenset({"medicin"}), frozenset({MOVES_SEEN_WITH}))}))
    assert registers.moves(heads, CAT, ["medicin"])[0].parts[1].unit == ""


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"parts": (MovePart("medicin", 6), MovePart("primar", -5))}, "går inte jämnt ut: +6 och −5 blir +1."),
        (
            {"parts": (MovePart("medicin", 6), MovePart("primar", -5), MovePart("kirurgi", -3))},
            "+6, −5 och −3 blir −2.",
        ),
        ({"parts": (MovePart("medicin", 0),)}, "färre än två verksamheter"),
        ({"parts": (MovePart("medicin", 0),)}, "noll personer"),
        ({"parts": ()}, "färre än två verksamheter"),
        ({"parts": (*SIX.parts, MovePart("medicin", 1))}, "”medicin” förekommer 2 gånger"),
        ({"parts": (MovePart("x", 1), MovePart("primar", -1))}, "Verksamheten ”x” finns inte"),
        (
            {"parts": (MovePart("halso", -1), MovePart("primar", 1)), "month": m("2023-02")},
            "”halso” fanns inte i februari 2023",
        ),
        ({"reference": " "}, "saknar beslut"),
        ({"reference": "x" * 201}, "längre än 200"),
        ({"id": ""}, "saknar id"),
    ],
)  # fmt: skip
def test_a_move_that_cannot_be_is_told(change: dict[str, object], told: str) -> None:
    assert told in problems(replace(SIX, **change))  # type: ignore[arg-type]


def test_a_unit_may_be_left_in_the_month_when_it_has_ended() -> None:
    assert not problems(replace(SIX, parts=(MovePart("halso", -1), MovePart("primar", 1))))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(list(CAT.organisation.units)), st.integers(-9, 9)), max_size=5))
def test_what_is_let_through_nets_to_zero_over_at_least_two_units(parts: list[tuple[str, int]]) -> None:
    units = [unit for unit, _ in parts]
    fits = sum(n for _, n in parts) == 0 and len(set(units)) == len(units) >= 2 and all(n for _, n in parts)
    assert (not problems(replace(SIX, parts=tuple(MovePart(*part) for part in parts)))) == fits


def test_every_problem_at_once_and_nothing_written(store: Store, registers: RegisterStore) -> None:
    bad = replace(SIX, id="2023-9", parts=(MovePart("medicin", 1), MovePart("primar", 1)))
    with pytest.raises(DataError) as caught:
        take(store, SIX, SIX, bad, improvements=(TEST, replace(TEST, expected=0, unit="x")))
    told = [str(problem) for problem in caught.value.problems]
    assert len(told) == 4
    assert "”2023-1” förekommer två gånger" in told[0]
    assert told[1].startswith("omflyttning 2023-9: Omflyttningen går inte jämnt ut: +1 och +1 blir +2.")
    assert all("förbättringsarbete, rad 2" in line for line in told[2:])
    assert registers.moves(EVERYONE, CAT, ["primar"]) == ()
    assert registers.improvements(EVERYONE, CAT, ["kirurgi"]) == ()


def test_an_activity_is_saved_read_and_changed(registers: RegisterStore) -> None:
    given_ = replace(TEST, realised={m("2023-04"): 150_000, m("2023-03"): -2}, end=m("2023-12"))
    number = registers.save_improvement(CAT, given_, "chefen")
    first = registers.improvement(EVERYONE, CAT, number)
    assert first.changed is not None
    assert abs(dt.datetime.now(dt.UTC) - first.changed) < dt.timedelta(minutes=1)
    assert first == replace(given_, number=number, version=1, changed=first.changed, changed_by="chefen")
    changed = replace(first, status=Progress.DONE, unit="medicin", end=None, realised={m("2023-05"): 1})
    assert registers.save_improvement(CAT, changed, "en annan") == number
    second = registers.improvement(EVERYONE, CAT, number)
    assert (second.version, second.changed_by, second.unit, second.end) == (2, "en annan", "medicin", None)
    assert second.realised == {m("2023-05"): 1}, "written anew, not added to"


def test_nobody_writes_over_what_another_has_changed(registers: RegisterStore) -> None:
    number = registers.save_improvement(CAT, TEST, "a")
    mine = registers.improvement(EVERYONE, CAT, number)
    yours = registers.improvement(EVERYONE, CAT, number)
    registers.save_improvement(CAT, replace(mine, what="Mitt", realised={m("2023-03"): 7}), "a")
    with pytest.raises(DataError, match=r"Någon annan har ändrat.*Ladda om"):
        registers.save_improvement(CAT, replace(yours, what="Ditt"), "b")
    kept = registers.improvement(EVERYONE, CAT, number)
    assert (kept.what, kept.version, kept.realised) == ("Mitt", 2, {m("2023-03"): 7})


@pytest.mark.parametrize("number", [99, 0, -1, 2**40])
def test_an_activity_that_is_not_there(registers: RegisterStore, number: int) -> None:
    with pytest.raises(NotFound, match="finns inte"):
        registers.improvement(EVERYONE, CAT, number)
    with pytest.raises(NotFound, match="finns inte"):
        registers.save_improvement(CAT, replace(TEST, number=number, version=1), "a")


def test_activities_stand_in_the_order_of_the_units_within_the_scope(lite: Store) -> None:
    registers = RegisterStore(lite._engine)
    for unit, start in (
        ("medicin", "2023-01"),
        ("kirurgi", "2023-06"),
        ("kirurgi", "2023-02"),
        ("primar", "2023-01"),
    ):
        one = replace(TEST, unit=unit, start=m(start), realised={m("2023-06"): 5, m("2023-07"): 6})
        registers.save_improvement(CAT, one, "a")  # fmt: skip
    found = registers.improvements(EVERYONE, CAT, ("kirurgi", "medicin"))
    assert [(one.unit, one.start.iso) for one in found] == [
        ("kirurgi", "2023-02"),
        ("kirurgi", "2023-06"),
        ("medicin", "2023-01"),
    ]
    assert registers.improvements(EVERYONE, CAT, ()) == ()
    mine = Scope(frozenset({Reach(frozenset({"medicin"}), None, m("2023-06"))}))
    with pytest.raises(NotPermitted):
        registers.improvements(mine, CAT, ("medicin", "kirurgi"))
    (cut,) = registers.improvements(mine, CAT, ("medicin",))
    assert cut.realised == {m("2023-06"): 5}, "nothing after the last month that may be seen"
    assert cut.number is not None
    assert registers.improvement(mine, CAT, cut.number) == cut
    other = found[0].number
    assert other is not None
    for scope in (mine, NOTHING):
        with pytest.raises(NotPermitted, match="finns inte eller ingår inte"):
            registers.improvement(scope, CAT, other)


def test_an_activity_delivered_again_is_left_as_people_have_made_it(lite: Store) -> None:
    registers = RegisterStore(lite._engine)
    take(lite, improvements=(TEST, replace(TEST, what=" Annat ")))
    (first, second) = registers.improvements(EVERYONE, CAT, ["kirurgi"])
    assert (first.what, second.what, first.changed_by) == ("Färre prover", "Annat", "system")
    registers.save_improvement(CAT, replace(first, status=Progress.STOPPED), "chefen")
    take(lite, improvements=(TEST, replace(TEST, what=" Annat "), replace(TEST, start=m("2023-04"))))
    found = registers.improvements(EVERYONE, CAT, ["kirurgi"])
    assert [one.status for one in found] == [Progress.STOPPED, Progress.RUNNING, Progress.RUNNING]


@pytest.mark.parametrize(
    ("change", "where", "told"),
    [
        ({"what": "  "}, "vad som ska göras", "vad som ska göras"),
        ({"what": "x" * 301}, "vad som ska göras", "301 tecken"),
        ({"expected": 0}, "väntad effekt", "inte större än noll"),
        ({"expected": -5}, "väntad effekt", "inte större än noll"),
        ({"expected": 1000 * MNKR + 1}, "väntad effekt", "över en miljard"),
        ({"end": m("2023-02")}, "till och med", "före den första"),
        ({"responsible": ""}, "ansvarig funktion", "Ingen ansvarig"),
        ({"responsible": "eva@region.se"}, "ansvarig funktion", "e-postadress"),
        ({"responsible": "x" * 121}, "ansvarig funktion", "längre än 120"),
        ({"what": "Se 900101-1234"}, "vad som ska göras", "liknar ett personnummer"),
        ({"responsible": "900101 1234"}, "ansvarig funktion", "liknar ett personnummer"),
        (
            {"realised": {m("2023-02"): 1, m("2023-01"): 1}}, "uppnådd effekt",
            "januari 2023 och februari 2023, innan åtgärden börjar i mars 2023",
        ),
        ({"realised": {m("2023-03"): -(10**12)}}, "uppnådd effekt", "över en miljard kronor i mars 2023"),
        ({"unit": "x"}, "verksamhet", "”x” finns inte"),
    ],
)  # fmt: skip
def test_a_field_that_cannot_be_is_told(change: dict[str, object], where: str, told: str) -> None:
    (problem,) = improvement_problems(replace(TEST, **change), CAT)  # type: ignore[arg-type]
    assert problem.where == where
    assert told in problem.what
    assert problem.todo


def test_the_largest_that_may_be_is_let_through() -> None:
    most = replace(TEST, what="x" * 300, expected=1000 * MNKR, end=TEST.start, realised={TEST.start: 0})
    assert not improvement_problems(most, CAT)


def test_a_bad_activity_is_not_saved(lite: Store) -> None:
    registers = RegisterStore(lite._engine)
    with pytest.raises(DataError) as caught:
        registers.save_improvement(CAT, replace(TEST, what="", expected=0, responsible=""), "a")
    assert len(caught.value.problems) == 3
    assert registers.improvements(EVERYONE, CAT, ["kirurgi"]) == ()
