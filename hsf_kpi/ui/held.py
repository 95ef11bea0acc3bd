"""The version that a person saw when a form was filled, held until it is saved: what is typed is never lost to a newer one.

A form's widgets have keys that begin with the form's own; they stay while the form is open, whatever others save.
"""

from __future__ import annotations

import streamlit as st

from hsf_kpi.ui.text import plain

_SUBMIT = "FormSubmitter:"
"""How Streamlit begins the key of a form's button; then come the form's own key, a hyphen and the label."""


def held_version(form: str, latest: int, by: str = "") -> int:
    """The version to save onto (0: nothing yet). Told where a newer one stands, with a way to it. by: who made that one.

    A form that has been left is filled anew, with what stands now.
    """
    key = _key(form)
    if key not in st.session_state or not _kept(form):
        st.session_state[key] = latest
    seen = int(st.session_state[key])
    if seen != latest:
        who = f" av {by}" if by else ""
        st.info(plain(f"Det här har ändrats{who} sedan du öppnade det. Det du har skrivit står kvar."))
        if st.button("Visa det som står nu", key=f"ny-{form}"):
            forget(form)
            st.rerun()
    return seen


def forget(form: str) -> None:
    """What the form holds, so that it is filled anew."""
    for key in (_key(form), *_kept(form)):
        st.session_state.pop(key, None)


def show_unsaved() -> None:
    """What was sent in this run from a form that is no longer there, since it has been closed meanwhile: to be copied."""
    for pressed in [key for key in map(str, st.session_state) if key.startswith(_SUBMIT)]:
        form = pressed.removeprefix(_SUBMIT).rpartition("-")[0]
        texts = [str(st.session_state[key]) for key in _kept(form) if st.session_state[key]]
        if st.session_state[pressed] and texts:
            st.warning(
                "Det du skrev är inte sparat, för det går inte längre att ändra här. Kopiera det om det behövs."
            )
            st.code("\n\n".join(texts), language=None, wrap_lines=True)


def _kept(form: str) -> list[str]:
    """The form's widgets, which the page forgets when it is drawn without them."""
    return [key for key in map(str, st.session_state) if key.startswith(f"{form}-")]


def _key(form: str) -> str:
    return f"sedd-{form}"
