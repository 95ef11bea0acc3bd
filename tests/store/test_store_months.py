"""The log of the months: what is written, what is refused in words, and who comes first when two want the same."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from hsf_kpi.model.event import Event
from hsf_kpi.model.month_step import LONGEST_NOTE, Books, MonthStep, Reconciliation, Step
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.problems import DataError
from hsf_kpi.store import Store, tables
from hsf_kpi.store.engine import writing
from hsf_kpi.store.state import write_meta
from hsf_kpi.store.tables_loading import month_step
from tests.store.asking import AS_OF, CAT
from tests.store.builders import everyone, m, obs

JAN, FEB, MARCH = m("2023-01"), m("2023-02"), m("2023-03")
OURS = Books(1000, 900, 100)
WHY = "En order kom in för sent."


def filled(address: str) -> Store:
    store = Store.create(address, "demo", CAT, AS_OF)
    store.load(CAT, "a.csv", CAT_ORIGIN, [obs("belopp", "kirurgi", month, 5) for month in (JAN, FEB, MARCH)])
    return store


CAT_ORIGIN = obs("belopp", "kirurgi", JAN, 1).origin


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    found = filled(database_url)
    yield found
    found.close()


@pytest.fixture(scope="module")
def one_store() -> Iterator[Store]:
    found = filled("sqlite://")
    yield found
    found.close()


@pytest.fixture
def lite(one_store: Store) -> Store:
    """Loaded, and no month has been taken on: to empty the log takes less time than to make a database."""
    forget(one_store)
    return one_store


@pytest.fixture
def own() -> Iterator[Store]:
    """For those that load more."""
    found = filled("sqlite://")
    yield found
    found.close()


def forget(store: Store) -> None:
    with writing(store._engine) as connection:
        connection.execute(delete(month_step))
        connection.execute(delete(tables.audit_log))
        write_meta(connection, {"released": ""})


def held(revenue: int = 1000, cost: int = 900, result: int = 100, view: View = View.YTD) -> Reconciliation:
    return Reconciliation(view, OURS, Books(revenue, cost, result))


def told(do: Callable[[], object]) -> list[str]:
    with pytest.raises(DataError) as caught:
        do()
    return [problem.what for problem in caught.value.problems]


def steps(store: Store, month: Month | None = None) -> list[tuple[str, str, int]]:
    """Oldest first."""
    found = reversed(store.months.steps())
    return [(one.month.iso, one.step.value, one.edition) for one in found if month in (None, one.month)]


def test_a_month_goes_from_reconciled_to_final_and_back_in_a_new_edition(store: Store) -> None:
    assert store.months.version() == 0
    before = store.state().data_version
    first = store.months.reconcile(JAN, held(), by="c", name="Controller")
    assert (first.by, first.name, first.edition, first.load) == ("c", "Controller", 1, 1)
    assert first.books == held()
    assert store.state().data_version == before, "a reconciliation changes no figure and no right"
    assert store.months.release(FEB, by="c", name="Controller", handed_in=(3, 4)) == 1
    assert (store.state().released, store.state().data_version) == (FEB, before + 1)
    store.months.reopen(JAN, "Rättad bokföring", by="c", name="Controller")
    assert (store.state().released, store.state().data_version) == (None, before + 2)
    assert store.months.release(JAN, by="d") == 2
    assert store.months.release(MARCH, by="d") == 1
    assert steps(store) == [
        ("2023-01", "reconciled", 1),
        ("2023-01", "released", 1), ("2023-02", "released", 1),
        ("2023-01", "reopened", 1), ("2023-02", "reopened", 1),
        ("2023-01", "released", 2),
        ("2023-02", "released", 2), ("2023-03", "released", 1),
    ]  # fmt: skip
    assert [one.handed_in for one in reversed(store.months.steps())][1:3] == [None, (3, 4)]
    numbers = [one.number for one in store.months.steps()]
    assert store.months.version() == numbers[0]
    assert all(later > earlier for later, earlier in pairwise(numbers))
    log = [(who, what, detail) for _, who, what, detail in store.audit() if what != Event.LOADED]
    assert log[:-1] == [
        ("d", Event.RELEASED, "2023-03, utgåva 1, från och med 2023-02"),
        ("d", Event.RELEASED, "2023-01, utgåva 2"),
        ("c", Event.REOPENED, "2023-01, till och med 2023-02"),
        ("c", Event.RELEASED, "2023-02, utgåva 1, från och med 2023-01"),
        ("c", Event.RECONCILED, "2023-01, utan differens"),
    ]


def test_what_stands_so_already_is_not_written_again(lite: Store) -> None:
    again: MonthStep | None = None
    for _ in range(2):
        again = lite.months.reconcile(JAN, held(), by="c", seen=0)
    assert again is not None
    lite.months.release(FEB, by="c")
    version, data = lite.months.version(), lite.state().data_version
    assert lite.months.release(JAN, by="d", seen=1) == 1
    lite.release(FEB, "d")
    assert (lite.months.version(), lite.state().data_version) == (version, data)
    lite.months.reopen(FEB, WHY, by="c")
    version = lite.months.version()
    lite.months.reopen(FEB, WHY, by="d", seen=1)
    assert lite.months.version() == version
    lite.months.reconcile(JAN, held(), by="c")
    assert lite.months.version() > version, "reconciled anew after a release is a step of its own"


def test_a_difference_takes_a_reason(lite: Store) -> None:
    months = lite.months
    off = held(cost=899, result=101)
    assert told(lambda: months.reconcile(JAN, off, by="c")) == ["Vår summa skiljer sig från huvudbokens."]
    assert told(lambda: months.reconcile(JAN, off, "kort", by="c")) == [
        "Texten är 4 tecken lång, och ska vara minst 10."
    ]
    assert months.reconcile(JAN, off, f"  {WHY} ", by="c").note == WHY
    assert lite.audit(1)[0][2:] == (Event.RECONCILED, "2023-01, differensen är förklarad")
    assert off.difference == Books(0, 1, -1)


@pytest.mark.parametrize(
    ("theirs", "what"),
    [
        ((1000, -900, 100), "Intäkter minus kostnader är 1 900 kronor, men resultatet är 100."),
        ((10**19, 0, 10**19), "Ett belopp är över tusen miljarder kronor."),
    ],
)
def test_amounts_that_cannot_be_the_ledgers_are_told(
    lite: Store, theirs: tuple[int, int, int], what: str
) -> None:
    found = told(lambda: lite.months.reconcile(JAN, held(*theirs), WHY, by="c"))
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in found] == [what]
    assert lite.months.version() == 0


@pytest.mark.parametrize(
    ("note", "what"),
    [("x" * (LONGEST_NOTE + 1), "tecken lång"), ("Gäller 19121212-1212 i mars", "liknar ett personnummer")],
)
def test_a_reason_is_a_reason_and_names_nobody(lite: Store, note: str, what: str) -> None:
    lite.months.release(JAN, by="c")
    for do in (
        lambda: lite.months.reconcile(JAN, held(cost=899, result=101), note, by="c"),
        lambda: lite.months.release(FEB, note, by="c"),
        lambda: lite.months.reopen(JAN, note, by="c"),
    ):
        (problem,) = told(do)
        assert what in problem
        assert "1212" not in problem
    assert steps(lite) == [("2023-01", "released", 1)]


def test_months_without_data_are_refused(lite: Store) -> None:
    for month in (m("2022-12"), m("2023-04")):
        for do in (
            lambda month=month: lite.months.reconcile(month, held(), by="c"),
            lambda month=month: lite.months.release(month, by="c"),
            lambda month=month: lite.months.reopen(month, WHY, by="c"),
        ):
            (problem,) = told(do)
            assert problem.startswith("Det finns inga månadsvärden för")
    assert told(lambda: lite.months.reopen(MARCH, WHY, by="c")) == ["Mars 2023 är inte frisläppt."]
    assert lite.months.version() == 0


def test_who_saw_something_else_is_told(own: Store) -> None:
    months = own.months
    seen = months.reconcile(JAN, held(), by="c").number
    months.reconcile(FEB, held(), by="c", name="Controller")
    changed = ["Någon annan har stämt av, frisläppt eller öppnat en månad sedan du öppnade sidan."]
    assert told(lambda: months.release(MARCH, by="d", seen=seen)) == changed
    assert told(lambda: months.reconcile(FEB, held(view=View.MONTH), by="d", seen=seen)) == [
        "Februari 2023 har stämts av av Controller sedan du öppnade sidan."
    ]
    months.reconcile(MARCH, held(), by="d", seen=seen)  # nobody has reconciled that one
    loaded = own.state().data_version
    own.load(CAT, "b.csv", CAT_ORIGIN, [obs("belopp", "kirurgi", MARCH, 6)])
    assert told(lambda: months.release(MARCH, by="d", data_version=loaded)) == [
        "Data har lästs in sedan du öppnade sidan."
    ]
    months.release(MARCH, by="d", seen=months.version(), data_version=own.state().data_version)
    assert told(lambda: months.reopen(JAN, WHY, by="d", seen=seen)) == changed
    assert own.state().released == MARCH


def test_of_several_who_release_at_the_same_time_one_does(store: Store) -> None:
    """Also the first time, when there is no row yet to wait for."""
    start, editions = threading.Barrier(4), []

    def release(who: str) -> None:
        start.wait()
        editions.append(store.months.release(MARCH, by=who, seen=0))

    threads = [threading.Thread(target=release, args=(who,)) for who in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert editions == [1] * 4
    assert steps(store) == [(month.iso, "released", 1) for month in (JAN, FEB, MARCH)]
    assert len({one.by for one in store.months.steps()}) == 1


def test_a_month_that_was_final_before_the_log_began_has_a_first_edition(lite: Store) -> None:
    with writing(lite._engine) as connection:
        write_meta(connection, {"released": "2023-02"})
    assert lite.months.release(JAN, by="c") == 1
    lite.months.reopen(FEB, WHY, by="c")
    assert lite.state().released == JAN
    assert lite.months.release(MARCH, by="c") == 1
    assert steps(lite) == [
        ("2023-02", "reopened", 1), ("2023-02", "released", 2), ("2023-03", "released", 1),
    ]  # fmt: skip


def test_a_step_can_be_of_an_earlier_day(lite: Store) -> None:
    at = dt.datetime(2023, 2, 20, 15, 45, tzinfo=dt.UTC)
    lite.months.release(JAN, by="demo", at=at)
    (step,) = lite.months.steps()
    assert (step.at, step.load) == (at, None), "nothing had been loaded by then"
    assert lite.audit(1)[0][0] == at


# What has been loaded


def test_sources_are_told_with_their_latest_load_and_who_is_missing(own: Store) -> None:
    own.load(CAT, "a.csv", CAT_ORIGIN, [obs("belopp", "medicin", FEB, 3), obs("andel", "kirurgi", FEB, 1, 2)])
    own.load(CAT, "b.csv", CAT_ORIGIN, [obs("belopp", "primar", FEB, 3), obs("belopp", "rontgen", MARCH, 3)])
    found = {one.load.source: one for one in own.months.sources(everyone(CAT), CAT, MARCH)}
    assert {name: (one.load.number, one.rows, one.missing) for name, one in found.items()} == {
        # Of kirurgi one measure has come and another has not.
        "a.csv": (1, 1, ("kirurgi", "medicin")),
        "b.csv": (3, 1, ("primar",)),
    }
    few = type(everyone(CAT)).of(["hsf", "medicin"])
    assert [(one.rows, one.missing) for one in own.months.sources(few, CAT, MARCH)] == [(0, ("medicin",))]
    assert own.months.sources(few, CAT, JAN) == ()


# Any order


ACTS = st.lists(
    st.tuples(st.sampled_from(list(Step)), st.sampled_from([JAN, FEB, MARCH])), min_size=1, max_size=7
)


@settings(max_examples=25, deadline=None)
@given(acts=ACTS)
def test_the_horizon_and_the_editions_follow_from_the_log(
    one_store: Store, acts: list[tuple[Step, Month]]
) -> None:
    """Against a model of three months: each knows whether it is final, and how many times it has been released."""
    store = one_store
    forget(store)
    final, edition = dict.fromkeys((JAN, FEB, MARCH), False), dict.fromkeys((JAN, FEB, MARCH), 0)
    for step, month in acts:
        if step is Step.RECONCILED:
            found = store.months.reconcile(month, held(), by="c")
            assert found.edition == edition[month] + (not final[month])
        elif step is Step.RELEASED:
            for one in final:
                if one <= month and not final[one]:
                    final[one], edition[one] = True, edition[one] + 1
            assert store.months.release(month, by="c") == edition[month]
        else:
            if edition[month]:
                store.months.reopen(month, WHY, by="c")
            else:
                assert told(lambda month=month: store.months.reopen(month, WHY, by="c"))
            if final[month]:
                final |= dict.fromkeys((one for one in final if one >= month), False)
        horizon = max((one for one, is_final in final.items() if is_final), default=None)
        assert store.state().released == horizon
        for one, times in edition.items():
            made = [s for s in store.months.steps() if s.month == one and s.step is Step.RELEASED]
            assert [s.edition for s in reversed(made)] == list(range(1, times + 1))
