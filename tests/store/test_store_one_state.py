"""On PostgreSQL, where others write in the meantime: a reader sees one state, and a writer that has waited sees the last."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from hsf_kpi.model.codes import OrgView, Origin
from hsf_kpi.model.problems import DataError
from hsf_kpi.model.register import Effect, Improvement, Progress
from hsf_kpi.store import Store
from hsf_kpi.store.engine import reading, writing
from hsf_kpi.store.ledger_facts import read_facts
from hsf_kpi.store.ledger_read import read_ledgers
from hsf_kpi.store.state import read_meta, write_meta
from tests.store.asking import AS_OF
from tests.store.builders import m, obs
from tests.store.ledger_builders import ACTUAL, delivery, entry, forecast, with_accounts

CAT = with_accounts()
pytestmark = pytest.mark.postgres


@pytest.fixture
def store(postgres_url: str) -> Iterator[Store]:
    store = Store.create(postgres_url, "demo", CAT, AS_OF)
    yield store
    store.close()


def test_a_load_in_the_middle_of_a_question_is_not_seen(store: Store) -> None:
    store.take(CAT, delivery([entry("kirurgi", "2023-02", "personal", 5)]))
    with reading(store._engine) as connection:
        facts = read_facts(connection, CAT)
        store.take(CAT, delivery([entry("kirurgi", f"2023-0{n}", "personal", n) for n in (1, 2, 3)]))
        found = read_ledgers(connection, CAT.ledger_accounts, ["hsf"], OrgView.TODAY, facts)["hsf"]
    assert found.months == (m("2023-02"),)
    assert found.amount(ACTUAL, "personal", m("2023-02")) == 5


def test_two_loads_at_once_come_one_after_the_other(store: Store) -> None:
    failed: list[BaseException] = []

    def load() -> None:
        try:
            store.load(CAT, "andra", Origin.DEMO, [obs("belopp", "kirurgi", "2023-01", 2)])
        except BaseException as error:
            failed.append(error)

    with writing(store._engine) as connection:
        read_meta(connection, lock=True)
        other = threading.Thread(target=load)
        other.start()
        other.join(0.3)
        assert other.is_alive(), "it waits"
        write_meta(connection, {"data_version": "7"})
    other.join(10)
    assert not failed
    assert store.state().data_version == 8


def test_what_postgresql_has_no_text_for_is_told(store: Store) -> None:
    activity = Improvement(
        "kirurgi", "Färre\0prover", Effect.COST, 1, m("2023-01"), "Chef\0", Progress.RUNNING
    )
    with pytest.raises(DataError, match="tecken som inte kan sparas") as caught:
        store.registers.save_improvement(CAT, activity, "jag")
    assert [problem.where for problem in caught.value.problems] == ["vad som ska göras", "ansvarig funktion"]
    booked = entry("kirurgi", "2023-01", "personal", 1, cost_centre="31\0")
    for wrong in (
        delivery([booked]),
        delivery((), [replace(forecast("kirurgi", "2023-01-02", 1), author="x\0")]),
    ):
        with pytest.raises(DataError, match="eller kan inte sparas"):
            store.take(CAT, wrong)
