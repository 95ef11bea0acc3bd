"""What is followed up is seen with the root, up to the last month that may be seen of it; and as it was known on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hsf_kpi.model.follow_up import EntryKind, Stage, Subject
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import NotPermitted, StoreError
from hsf_kpi.model.scope import NOTHING, Reach, Scope
from hsf_kpi.store import Store
from hsf_kpi.store.snapshot import snapshot
from tests.store.asking import AS_OF, DEMO
from tests.store.builders import obs
from tests.store.follow_up_builders import CAT, EVERYONE, ME, OCTOBER, entry, follow_up

ROOT = CAT.organisation.root
SEPTEMBER, NOVEMBER = OCTOBER - 1, OCTOBER + 1


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    yield from filled(database_url)


@pytest.fixture
def lite() -> Iterator[Store]:
    """For what no database does differently."""
    yield from filled("sqlite://")


def filled(address: str) -> Iterator[Store]:
    """An åtgärd told for September and October, a delmål changed in October."""
    store = Store.create(address, "demo", CAT, AS_OF)
    for month in (SEPTEMBER, OCTOBER):
        store.follow_ups.save(CAT, follow_up(f"{month}", month=month), *ME)
    line = entry("Klart", kind=EntryKind.MILESTONE, due=NOVEMBER, state=Stage.ONGOING, month=SEPTEMBER)
    kept = store.follow_ups.save_entry(CAT, line, *ME)
    store.follow_ups.save_entry(CAT, replace(kept, month=OCTOBER, state=Stage.DONE), *ME)
    yield store
    store.close()


def asked(store: Store, scope: Scope, month: Month) -> dict[str, Callable[[], tuple[object, ...]]]:
    ups = store.follow_ups
    return {
        "standing": lambda: ups.standing(scope, CAT, month),
        "history": lambda: ups.history(scope, CAT, Subject.ACTION, "A", month),
        "entries": lambda: ups.entries(scope, CAT, month),
        "entry_history": lambda: ups.entry_history(scope, CAT, 1, month),
        "activity_history": lambda: ups.activity_history(scope, CAT, "narakut", month),
    }


def answers(store: Store, scope: Scope, month: Month) -> dict[str, tuple[object, ...]]:
    return {name: ask() for name, ask in asked(store, scope, month).items()}


def until(*ends: tuple[str, Month | None]) -> Scope:
    return Scope(frozenset(Reach(frozenset({unit}), None, end) for unit, end in ends))


def test_without_the_root_nothing_is_answered(lite: Store) -> None:
    for scope in (NOTHING, Scope.of(set(CAT.organisation.units) - {ROOT})):
        for name, ask in asked(lite, scope, OCTOBER).items():
            with pytest.raises(NotPermitted):
                pytest.fail(f"{name} was answered: {ask()!r}")


def test_it_is_told_up_to_the_last_month_that_may_be_seen_of_the_root(store: Store) -> None:
    whole = {month: answers(store, EVERYONE, month) for month in (SEPTEMBER - 1, SEPTEMBER, OCTOBER)}
    assert whole[SEPTEMBER - 1] == dict.fromkeys(whole[OCTOBER], ())
    assert [len(whole[month]["history"]) for month in (SEPTEMBER, OCTOBER)] == [1, 2]
    assert answers(store, EVERYONE, NOVEMBER) == whole[OCTOBER]
    for scope, last in (
        (until((ROOT, SEPTEMBER)), SEPTEMBER),
        (until((ROOT, SEPTEMBER), ("kirurgi", None)), SEPTEMBER),
        (until((ROOT, SEPTEMBER - 1), (ROOT, SEPTEMBER)), SEPTEMBER),
        (until((ROOT, SEPTEMBER), (ROOT, None)), OCTOBER),
    ):
        assert answers(store, scope, OCTOBER) == whole[last], scope
        assert answers(store, scope, SEPTEMBER) == whole[SEPTEMBER], scope


def test_what_was_known_on_a_day_is_what_had_been_written_then(store: Store, tmp_path: Path) -> None:
    store.load(CAT, "fil", DEMO, [obs("belopp", "kirurgi", "2023-01", 1)])
    known, at = answers(store, EVERYONE, OCTOBER), dt.datetime.now(dt.UTC)
    for _ in range(2):
        store.follow_ups.save(CAT, follow_up("Senare.", key="B"), *ME)
    (line,) = store.follow_ups.entries(EVERYONE, CAT, OCTOBER)
    store.follow_ups.save_entry(CAT, replace(line, removed=True), *ME)
    now = answers(store, EVERYONE, OCTOBER)
    assert now != known
    with_all = snapshot(store, CAT, 1, dt.datetime.now(dt.UTC), tmp_path)
    then = snapshot(store, CAT, 1, at, tmp_path)
    assert (answers(then, EVERYONE, OCTOBER), answers(with_all, EVERYONE, OCTOBER)) == (known, now)
    with pytest.raises(StoreError, match="kan bara läsas"):
        then.follow_ups.save(CAT, follow_up(key="B"), *ME)
    then.close()
    with_all.close()
