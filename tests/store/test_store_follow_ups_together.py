"""Several who follow up at the same time, and any order of versions and months: nothing is lost, and what stands is what
a plain reading of everything that was saved says.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.model.follow_up import Entry, EntryKind, FollowUp, Stage, Subject
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError
from hsf_kpi.store import Store, follow_up_write
from tests.store.asking import AS_OF
from tests.store.builders import organisation, unit
from tests.store.follow_up_builders import (
    CAT,
    EVERYONE,
    ME,
    OCTOBER,
    YOU,
    entry,
    follow_up,
    standing,
    told_to_reload,
)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store.create(database_url, "demo", CAT, AS_OF)
    yield store
    store.close()


@pytest.fixture(scope="module")
def one_store() -> Iterator[Store]:
    store = Store.create("sqlite://", "demo", CAT, AS_OF)
    yield store
    store.close()


def test_of_two_at_the_same_time_one_is_told(store: Store) -> None:
    told: list[str] = []
    start = threading.Barrier(4)

    def save(text: str) -> None:
        start.wait()
        try:
            store.follow_ups.save(CAT, follow_up(text), text, text)
            told.append("saved")
        except DataError as error:
            told.append(error.problems[0].what)
        store.follow_ups.save_entry(CAT, entry(text), text, text)

    threads = [threading.Thread(target=save, args=(text,)) for text in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["Någon annan har ändrat uppföljningen sedan du öppnade sidan."] * 3 + ["saved"]
    assert len(store.follow_ups.history(EVERYONE, CAT, Subject.ACTION, "A", OCTOBER)) == 1
    found = store.follow_ups.entries(EVERYONE, CAT, OCTOBER)
    assert [one.number for one in found] == [1, 2, 3, 4], "nobody's new line is in the way"


def test_a_version_that_another_has_just_written_is_told_in_the_same_words(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.follow_ups.save(CAT, follow_up(), *ME)
    monkeypatch.setattr(follow_up_write, "newest", lambda *_args, **_key: None)
    told_to_reload(lambda: store.follow_ups.save(CAT, follow_up("Annat."), *YOU))
    assert standing(store)["A"].text == "Enligt plan."


def test_a_database_that_lacks_the_root(one_store: Store) -> None:
    strange = replace(CAT, organisation=organisation(unit("ny", None)))
    with pytest.raises(DataError, match="Verksamheten ”ny” finns inte i databasen"):
        one_store.follow_ups.save(strange, follow_up(), *ME)


def version_of(one: FollowUp) -> int:
    assert one.written is not None
    return one.written.version


KEYS = st.sampled_from([(Subject.ACTION, "A"), (Subject.ACTION, "B"), (Subject.ACTIVITY, "digitalt")])
TOLD = st.tuples(KEYS, st.integers(0, 4), st.sampled_from(list(Stage)))
PLACES = count(OCTOBER.index, 10)
"""Months of their own for every example, after those before: to make a database takes longer than to try it."""


@settings(max_examples=25, deadline=None)
@given(told=st.lists(TOLD, max_size=12), through=st.integers(-1, 5))
def test_what_stands_is_what_a_plain_reading_says(
    one_store: Store, told: list[tuple[tuple[Subject, str], int, Stage]], through: int
) -> None:
    ups, first = one_store.follow_ups, Month(next(PLACES))
    before = {(one.subject, one.key): one for one in ups.standing(EVERYONE, CAT, first - 1)}
    kept: list[FollowUp] = []
    for place, ((subject, key), month, state) in enumerate(told):
        same = [k for k in kept if (k.subject, k.key, k.month) == (subject, key, first + month)]
        one = FollowUp(subject, key, first + month, state, f"{place}", same[-1].written if same else None)
        kept.append(ups.save(CAT, one, *ME))
    last = first + through
    expected = dict(before)
    for month in range(through + 1):  # the months in order, and in each what was saved last
        expected |= {(k.subject, k.key): k for k in kept if k.month == first + month}
    assert {(one.subject, one.key): one for one in ups.standing(EVERYONE, CAT, last)} == expected
    for subject, key in {(k.subject, k.key) for k in kept}:
        those = [k for k in kept if (k.subject, k.key) == (subject, key) and k.month <= last]
        by_month = sorted(those, key=lambda k: (-k.month.index, -version_of(k)))
        history = ups.history(EVERYONE, CAT, subject, key, last)
        assert list(history[: len(by_month)]) == by_month
        assert all(k.month < first for k in history[len(by_month) :])


@settings(max_examples=25, deadline=None)
@given(
    steps=st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 2), st.sampled_from(["ny", "ändra", "ta bort"])),
        max_size=10,
    ),
    through=st.integers(-1, 8),
)
def test_what_stands_of_the_lines_is_what_a_plain_reading_says(
    one_store: Store, steps: list[tuple[int, int, str]], through: int
) -> None:
    ups, first = one_store.follow_ups, Month(next(PLACES))
    before = {one.number for one in ups.activity_history(EVERYONE, CAT, "narakut", first + 9)}
    kept: list[Entry] = []
    month = first
    for place, (which, later, what) in enumerate(steps):
        month = min(month + later, first + 8)
        numbers = sorted({one.number or 0 for one in kept})
        if what == "ny" or which >= len(numbers):
            new = entry(f"{first} {place}", kind=EntryKind.DEPENDENCY, month=month)
            kept.append(ups.save_entry(CAT, new, *ME))
            continue
        stands = [one for one in kept if one.number == numbers[which]][-1]
        text = stands.text if what == "ta bort" else f"{first} {place}"
        changed = replace(stands, text=text, month=month, removed=what == "ta bort")
        saved = ups.save_entry(CAT, changed, *ME)
        if saved != stands:
            kept.append(saved)
    standing_now: dict[int, Entry] = {}
    for one in kept:
        if one.month <= first + through:
            standing_now[one.number or 0] = one
    expected = [one for _, one in sorted(standing_now.items()) if not one.removed]
    found = [one for one in ups.entries(EVERYONE, CAT, first + through) if one.number not in before]
    assert found == expected
    for number in {one.number or 0 for one in kept}:
        those = [one for one in kept if one.number == number and one.month <= first + through]
        assert ups.entry_history(EVERYONE, CAT, number, first + through) == tuple(reversed(those))
    told = [one for one in kept if one.month <= first + through]
    told.sort(key=lambda one: (one.month, one.number or 0, one.written.version if one.written else 0))
    history = ups.activity_history(EVERYONE, CAT, "narakut", first + through)
    assert [one for one in history if one.number not in before] == told[::-1]
