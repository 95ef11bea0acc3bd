"""A session that begins with a page's widgets, because another server drew it: what was clicked last is followed."""

from __future__ import annotations

import pytest
import streamlit as st
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.proto.WidgetStates_pb2 import WidgetStates as Sent
from streamlit.runtime.state import SessionState
from streamlit.runtime.state.safe_session_state import SafeSessionState

from hsf_kpi.ui import resumed


class Context:
    """As much of a run as is looked at."""

    def __init__(self, *widgets: str) -> None:
        state = SessionState()
        state.set_widgets_from_proto(Sent(widgets=[WidgetState(id=one, string_value="x") for one in widgets]))
        self.session_state = SafeSessionState(state, lambda: None)


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    kept: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", kept)
    return kept


def run(monkeypatch: pytest.MonkeyPatch, *widgets: str) -> None:
    monkeypatch.setattr(resumed, "get_script_run_ctx", lambda: Context(*widgets))
    resumed.begin()


def test_a_session_knows_the_widgets_that_it_begins_with(
    memory: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(monkeypatch, "$$ID-4f2a-f_vy", "$$ID-77aa-None", "$$ID-9c9c-plats-a-h1")
    assert [resumed.sent(key) for key in ("f_vy", "f_enhet", "plats-a-h1", "None")] == [
        True,
        False,
        True,
        False,
    ]


def test_later_runs_have_clicks_of_their_own(
    memory: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(monkeypatch)
    run(monkeypatch, "$$ID-4f2a-f_vy")
    assert not resumed.sent("f_vy")


def test_what_was_clicked_unheard_is_done_and_the_page_runs_again(
    memory: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[object] = []
    monkeypatch.setattr(st, "rerun", lambda: done.append("again"))
    run(monkeypatch, "$$ID-4f2a-f_vy", "$$ID-4f2a-f_kon")
    memory |= {"f_vy": "r12", "f_kon": "alla", "f_enhet": "annan"}
    for key, chosen in (("f_vy", "ack"), ("f_kon", "alla"), ("f_enhet", "hsf")):
        resumed.follow(key, chosen, done.append, key)
    assert done == ["f_vy", "again"]


def test_without_a_run_nothing_is_sent(memory: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resumed, "get_script_run_ctx", lambda: None)
    resumed.begin()
    assert not resumed.sent("f_vy")
