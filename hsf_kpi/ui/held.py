"""The version that a person saw when a form was filled, held until it is saved: what is typed is never lost to a newer one.

A form's widgets have keys that begin with the form's own; they stay while the form is open, whatever others save.
"""

from __future__ import annotations

import streamlit as st

from hsf_kpi.ui.text import plain


def held_version(form: str, latest: int, by: str = "") -> int:
    """The version to save onto (0: nothing yet). Told where a newer one stands, with a way to it. by: who made that one."""
    key = _key(form)
    if key not in st.session_state:
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
    for key in [str(key) for key in st.session_state]:
        if key == _key(form) or key.startswith(f"{form}-"):
            del st.session_state[key]


def _key(form: str) -> str:
    return f"sedd-{form}"
