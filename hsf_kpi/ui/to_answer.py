"""Which figure is answered: the one in the link, else the first that waits for an answer, held while the list is shown."""

from __future__ import annotations

from zlib import crc32

import streamlit as st

from hsf_kpi.composing.choices import ANSWER, NO_ANSWER
from hsf_kpi.composing.handed_in import deviations_of
from hsf_kpi.composing.seen import assessed
from hsf_kpi.model.codes import Missing
from hsf_kpi.model.dialogue import HandIn
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.filterbar import set_extra

_CHOSEN, _FIRST = "besvara", "hsf_besvara_forst"
_NOT_HERE = (Missing.NOT_MEASURED_HERE, Missing.NOT_APPLICABLE)


def choose_figure(entry: Entry, found: HandIn) -> str | None:
    """The measure: the deviating ones first, those without an answer before the others. None, told, where there is none."""
    keys = _keys(entry, found)
    if not keys:
        st.markdown("Inget nyckeltal kan besvaras här.")
        return None
    waiting = [one.measure.key for one in deviations_of(entry.ask) if not one.answered]
    asked = entry.ask.extra(ANSWER)
    if asked not in (NO_ANSWER, *keys):
        st.warning("Nyckeltalet i länken finns inte eller kan inte besvaras här. Välj ett i listan.")
    chosen = asked if asked in keys else _first(entry, (waiting or list(keys))[0], keys)
    # The browser remembers a list's choice by its label: with other labels it is another list.
    key = f"{_CHOSEN}-{crc32('|'.join(keys.values()).encode())}"
    if st.session_state.get(key) != chosen:
        st.session_state[key] = chosen
    st.selectbox(
        "Nyckeltal att besvara",
        list(keys),
        format_func=keys.__getitem__,
        key=key,
        on_change=_choose,
        args=(key, tuple(keys)),
        filter_mode="contains",
        width=520,
    )
    return chosen


def _first(entry: Entry, now: str, keys: dict[str, str]) -> str:
    """The one to begin with, held while the list is shown: answered meanwhile, here or by somebody else, it would else give
    way to the next, and what is typed about it would go with it.
    """
    place = (entry.selection.unit, entry.selection.month)
    shown = any(str(key).startswith(f"{_CHOSEN}-") for key in st.session_state)
    held = st.session_state.get(_FIRST) if shown else None
    if held is None or held[0] != place or held[1] not in keys:
        held = (place, now)
    st.session_state[_FIRST] = held
    return str(held[1])


def _choose(key: str, keys: tuple[str, ...]) -> None:
    if st.session_state.get(key) in keys:
        set_extra(ANSWER, st.session_state[key])


def _keys(entry: Entry, found: HandIn) -> dict[str, str]:
    """Measure → label: the deviating ones, those that something has been said of, then the plan's others."""
    deviating = {one.measure.key: one for one in deviations_of(entry.ask)}
    order = [
        *(key for key, one in deviating.items() if not one.answered),
        *deviating,
        *(one.measure for one in found.analyses),
        *(m.key for m in entry.catalogue.plan_rows()),
    ]
    here = {a.measure.key for a in assessed(entry.ask) if a.outcome.missing not in _NOT_HERE}
    allowed = (k for k in dict.fromkeys(order) if k in here)
    return {key: _label(entry, key, found, key in deviating) for key in allowed}


def _label(entry: Entry, key: str, found: HandIn, deviates: bool) -> str:
    state = "besvarad" if found.analysis(key) else "avviker, inte besvarad" if deviates else ""
    name = entry.catalogue.measure(key).name
    return f"{name} ({state})" if state else name
