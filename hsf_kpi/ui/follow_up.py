"""Following up: how an åtgärd, an activity of HoS 2029 or a control goes, told for the chosen month by who may.

Nothing typed is lost: the form keeps what stands in it until it has been saved, also when somebody else has saved in the
meantime.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from hsf_kpi.access.explain import changes_nothing
from hsf_kpi.composing.choices import EXTRAS, NONE_OPEN
from hsf_kpi.composing.followed import standing_of
from hsf_kpi.figures.followed import SUBJECT_WORD, state_text
from hsf_kpi.model.follow_up import STATES, ControlResult, FollowUp, Stage, Subject
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.extra_select import extra_select
from hsf_kpi.ui.held import held, save_held, show_told, show_unsaved
from hsf_kpi.ui.text import plain

_TOLD = "hsf_uppfoljt_sagt"


def choose_followed(entry: Entry, extra: str, names: Mapping[str, str], label: str) -> str | None:
    """Which one is looked at and followed up: a list, kept in the link as `extra`. None while none is chosen; told where the
    link names one that there is not. names: key → name. label: «Åtgärd».
    """
    asked = entry.ask.extra(extra)
    chosen = asked if asked in names else None
    if chosen is None and asked != NONE_OPEN:
        st.warning(f"{plain(EXTRAS[extra].what)} i länken gäller något som inte finns. Välj i listan.")
    extra_select(extra, label, names, chosen, width=640, nothing=NONE_OPEN)
    return chosen


def follow_up_form(entry: Entry, subject: Subject, key: str, name: str) -> None:
    """The form for the chosen month; why there is none, where the person may not follow it up or the month is closed.
    name: as people read it.
    """
    show_told(_TOLD)
    if (why := _why_not(entry, subject, key)) is not None:
        st.caption(plain(why))
        show_unsaved()
        return
    month, stands = entry.selection.month, standing_of(entry.ask).get((subject, key))
    own = stands if stands is not None and stands.month == month else None
    form = f"folj-{subject.value}-{key}-{month.iso}"
    seen = held(form, own.written if own else None)
    states: list[Stage | ControlResult] = list(STATES[subject])
    with st.container(border=True, key=f"folj-upp-{subject.value}"):
        st.markdown(f"**Följ upp {SUBJECT_WORD[subject]} för {plain(month_text(month))}**")
        st.caption(plain(name))
        with st.form(form, border=False, enter_to_submit=False):
            state = st.selectbox(
                "Resultat" if subject is Subject.CONTROL else "Status",
                states,
                index=states.index(stands.state) if stands is not None and stands.state in states else 0,
                format_func=state_text,
                key=f"{form}-status",
                width=240,
            )
            text = st.text_area(
                "Anteckning: vad är gjort, vad återstår?",
                value=own.text if own else "",
                key=f"{form}-text",
                height=120,
            )
            if st.form_submit_button("Spara uppföljningen", type="primary"):
                _save(
                    entry, form, FollowUp(subject, key, month, state or states[0], text.strip(), seen), name
                )


def _why_not(entry: Entry, subject: Subject, key: str) -> str | None:
    ask = entry.ask
    if why := changes_nothing(entry.rights):
        return why
    if not ask.promises.may(entry.rights, subject, key):
        who = "den som är ansvarig, eller den som följer upp för hela förvaltningen"
        return f"Du kan läsa men inte följa upp {SUBJECT_WORD[subject]}. Det gör {who}."
    return ask.promises.closed(ask.scope, ask.selection)


def _save(entry: Entry, form: str, wanted: FollowUp, name: str) -> None:
    said = f"Uppföljningen av {name} är sparad för {month_text(wanted.month)}."
    save_held(form, lambda: entry.ask.promises.save(entry.rights, wanted), said, _TOLD)
