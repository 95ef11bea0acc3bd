"""The version that a person saw when a form was filled, held until it is saved: what is typed is never lost to a newer one.

A form's widgets have keys that begin with the form's own; they stay while the form is open, whatever others save.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from hsf_kpi.model.dialogue import Written
from hsf_kpi.model.problems import HsfError
from hsf_kpi.ui.problems import tell_problems
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


def held(form: str, latest: Written | None) -> Written | None:
    """What the form was filled from, as the store is to judge it by: its version counts. latest: what stands now."""
    version = held_version(form, latest.version if latest else 0, latest.name if latest else "")
    return replace(latest, version=version) if version and latest else None


def save_held(form: str, save: Callable[[], object], said: str, told: str) -> None:
    """Saves, and lets go of the form. All problems are told together; nothing is written while there is one. said: what the
    next run tells, with `show_told(told)`.
    """
    try:
        save()
    except HsfError as error:
        tell_problems(error)
        return
    st.session_state[told] = said
    forget(form)
    st.rerun()


def show_told(told: str) -> None:
    """What the run before has saved, once."""
    if (said := st.session_state.pop(told, None)) is not None:
        st.success(plain(said))


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
