"""Ids: of the right shape only, of one run only, and nothing that somebody could use."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.operations import trail


@given(st.text(max_size=80))
def test_an_id_is_taken_over_only_if_it_can_be_one(given_id: str) -> None:
    taken = trail.request_id(given_id)
    assert re.fullmatch(r"[A-Za-z0-9_.-]{8,64}", taken)
    assert (taken == given_id) is bool(re.fullmatch(r"[A-Za-z0-9_.-]{8,64}", given_id))


@pytest.mark.parametrize(
    "bad", [None, "", "kort", "a" * 65, "abcdefgh\n", "abcdefgh ijkl", "åäöåäöåäö", 'x"},{"level']
)
def test_what_is_no_id_gets_one_of_ours(bad: str | None) -> None:
    assert re.fullmatch(r"[0-9a-f]{12}", trail.request_id(bad))


def test_the_id_of_a_proxy_is_kept() -> None:
    assert trail.request_id("7f3c9a10-2b4d-4e8f-9a61-000000000001") == "7f3c9a10-2b4d-4e8f-9a61-000000000001"


def test_a_sessions_mark_is_the_same_each_time_and_holds_nothing_of_its_id() -> None:
    session = "0b9d4fd2-6ac5-4e8a-8f1f-3f1f2a1c9e77"
    assert trail.session_mark(session) == trail.session_mark(session) != trail.session_mark(session + "x")
    assert not set(re.findall(r"[0-9a-f]{8}", trail.session_mark(session))) & set(session.split("-"))


def test_a_run_has_an_id_of_its_own_and_leaves_nothing_behind() -> None:
    assert "run" not in trail.noted()
    with trail.run("req-12345", "abc") as first:
        trail.note(page="oversikt")
        assert trail.noted() == {"request": "req-12345", "session": "abc", "run": first, "page": "oversikt"}
    with trail.run() as second:
        assert trail.noted() == {"run": second}
    assert first != second
    assert "run" not in trail.noted()
    assert "page" not in trail.noted()


def test_a_run_that_fails_leaves_nothing_behind_either() -> None:
    with pytest.raises(ZeroDivisionError), trail.run("req-12345"):
        raise ZeroDivisionError
    assert trail.noted() == {}
