"""What is chosen on Uppdrag och åtgärder: whose åtgärder, of which insatsområde; and following one up."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from hsf_kpi.composing import promised
from hsf_kpi.composing.ask import Ask
from hsf_kpi.composing.choices import EVERYTHING, EXTRAS, FOCUS, FOLLOWED, FUNCTION
from hsf_kpi.model.follow_up import Subject
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.extra_select import extra_select
from hsf_kpi.ui.figures import show_figure
from hsf_kpi.ui.follow_up import choose_followed, follow_up_form
from hsf_kpi.ui.links import opened
from hsf_kpi.ui.text import plain


def choose_promised(entry: Entry) -> Ask:
    """The filters. What is asked then: a code of the link that there is not is told, and is as if nothing were chosen."""
    asked = entry.ask
    offered = promised.options(asked)
    with st.container(horizontal=True, gap="small"):
        _choose(asked, FUNCTION, "Ansvarig", offered[FUNCTION])
        _choose(asked, FOCUS, "Insatsområde", offered[FOCUS])
    for name in (FUNCTION, FOCUS):
        if (code := asked.extra(name)) not in (EVERYTHING, *offered[name]):
            what = f"{EXTRAS[name].what} ”{code}” i länken finns inte. Sidan visar alla."
            st.warning(plain(what))
    return promised.known(asked)


def follow_up_action(entry: Entry, ask: Ask) -> None:
    """Which åtgärd, what has been told of it, and the form for who may."""
    with st.container(key=opened(FOLLOWED)):
        st.subheader("Följ upp en åtgärd", anchor=False)
        names = promised.options(ask)[FOLLOWED]
        letter = choose_followed(entry, FOLLOWED, names, "Åtgärd")
        history = promised.history(ask)
        if letter is None or history is None:
            return
        show_figure(entry, history)
        follow_up_form(entry, Subject.ACTION, letter, names[letter])


def _choose(asked: Ask, name: str, label: str, codes: Mapping[str, str]) -> None:
    labels = {EVERYTHING: "Alla", **codes}
    chosen = code if (code := asked.extra(name)) in labels else EVERYTHING
    extra_select(name, label, labels, chosen, width=320)
