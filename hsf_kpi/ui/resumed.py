"""A page whose server has died goes on at another one, with what the person had just clicked.

With its first word to the other server the browser sends the values of all the page's widgets. So a session that begins with
such values is a page that was drawn elsewhere: the address says what was chosen, and the filter bar what was clicked last,
maybe while nobody heard it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.common import user_key_from_element_id

_SENT = "hsf_sent"


def begin() -> None:
    """At the beginning of every run: notes which widgets' values a session begins with."""
    st.session_state[_SENT] = frozenset() if _SENT in st.session_state else _keys(_widgets_of_the_browser())


def sent(key: str) -> bool:
    """Whether this is a session's first run, and the browser has a value of the widget from before it."""
    return key in st.session_state.get(_SENT, ())


def follow(key: str, value: object, on_change: Callable[..., None], *args: Any) -> None:
    """After the widget is drawn: does what would have been done at the click, where the browser's value is another one than
    the choice's, `value`.
    """
    if sent(key) and st.session_state[key] != value:
        on_change(*args)
        st.rerun()


def _keys(widgets: Iterable[str]) -> frozenset[str]:
    return frozenset(key for widget in widgets if (key := user_key_from_element_id(widget)) is not None)


def _widgets_of_the_browser() -> tuple[str, ...]:
    """Streamlit's own and not promised; tests/ui/test_ui_resumed.py tells when it no longer fits. Then a click that nobody
    heard has to be made again.
    """
    context = get_script_run_ctx()
    state = getattr(getattr(context, "session_state", None), "_state", None)
    return tuple(getattr(state, "_new_widget_state", ()))
