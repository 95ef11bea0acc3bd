"""Several who hand in at the same time, and any order of edits: nothing is lost, and nobody writes over another."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.model.dialogue import Written
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError
from hsf_kpi.store import Store, handin_write
from hsf_kpi.store.handins import HandInStore
from tests.store.asking import AS_OF, CAT
from tests.store.builders import SMALL, catalogue, everyone, measure, organisation, unit
from tests.store.handin_builders import ME, OCTOBER, YOU, action, analysis, judged, stands, told_to_reload

EVERYONE = everyone(CAT)


@pytest.fixture
def handins(database_url: str) -> Iterator[HandInStore]:
    store = Store.create(database_url, "demo", CAT, AS_OF)
    yield store.handins
    store.close()


@pytest.fixture(scope="module")
def one_store() -> Iterator[Store]:
    store = Store.create("sqlite://", "demo", CAT, AS_OF)
    yield store
    store.close()


def test_a_version_that_another_has_just_written_is_told_in_the_same_words(
    handins: HandInStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    handins.save_analysis(CAT, judged(), *ME)
    monkeypatch.setattr(handin_write, "newest", lambda *_args, **_key: None)
    told_to_reload(lambda: handins.save_analysis(CAT, judged("Annat."), *YOU))
    assert len(handins.history(EVERYONE, CAT, "kirurgi", OCTOBER, "andel")) == 1


def test_of_two_at_the_same_time_one_is_told(handins: HandInStore) -> None:
    told: list[str] = []
    start = threading.Barrier(4)

    def save(text: str) -> None:
        start.wait()
        try:
            handins.save_analysis(CAT, judged(text), text, text)
            told.append("saved")
        except DataError as error:
            told.append(error.problems[0].what)
        handins.save_action(CAT, action(text), text, text)

    threads = [threading.Thread(target=save, args=(text,)) for text in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["Någon annan har ändrat analysen sedan du öppnade sidan."] * 3 + ["saved"]
    assert len(stands(handins).analyses) == 1
    assert [one.number for one in stands(handins).actions] == [1, 2, 3, 4], (
        "nobody's new åtgärd is in the way"
    )


def test_a_unit_or_figure_that_the_database_lacks(one_store: Store) -> None:
    lite = one_store.handins
    newer = catalogue(
        organisation(*SMALL.units.values(), unit("ny", "hsf")),
        [*CAT.measures.values(), measure("nytt", CAT.measures["andel"].aggregation)],
    )
    for unknown, what in (
        (judged(unit="ny"), "Verksamheten ”ny”"),
        (judged(measure="nytt"), "Nyckeltalet ”nytt”"),
    ):
        with pytest.raises(DataError, match=f"{what} finns inte i databasen.*python -m hsf_kpi build"):
            lite.save_analysis(newer, unknown, *ME)
    everything = everyone(newer)
    assert lite.read(everything, newer, ["ny"], OCTOBER, OCTOBER) == ()
    assert lite.history(everything, newer, "ny", OCTOBER, "nytt") == ()


KEYS = st.sampled_from([("kirurgi", "andel"), ("kirurgi", "belopp"), ("medicin", "andel")])


MONTHS = count(OCTOBER.index)
"""A month of its own for every example: to make a database takes longer than to try it."""


@settings(max_examples=25, deadline=None)
@given(edits=st.lists(st.tuples(KEYS, st.sampled_from(["a", "b"]), st.integers(0, 4)), max_size=8))
def test_what_stands_is_what_was_saved_last_by_who_saw_what_stood(
    one_store: Store, edits: list[tuple[tuple[str, str], str, int]]
) -> None:
    handins, month = one_store.handins, Month(next(MONTHS))
    before = handins.version()
    kept: dict[tuple[str, str], list[str]] = {}
    for (at, key), text, seen in edits:
        texts = kept.setdefault((at, key), [])
        saw = Written("", "", dt.datetime.now(dt.UTC), seen) if seen else None
        again = texts[-1:] == [text]
        try:
            handins.save_analysis(CAT, analysis(text, unit=at, month=month, measure=key, written=saw), *ME)
            assert again or seen == len(texts)
            if not again:
                texts.append(text)
        except DataError:
            assert not again
            assert seen != len(texts)
    for (at, key), texts in kept.items():
        history = handins.history(EVERYONE, CAT, at, month, key)
        assert [one.text for one in reversed(history)] == texts
        standing = stands(handins, at, month).analysis(key)
        assert (standing.text if standing else None) == (texts[-1] if texts else None)
    assert handins.version() - before == sum(map(len, kept.values()))
