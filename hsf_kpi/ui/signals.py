"""The sentences of Månadens signaler: the whole list, and its head in a box on other pages."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from hsf_kpi.analysis.signals.types import MonthSignals
from hsf_kpi.composing import signals
from hsf_kpi.composing.choices import ASSIGNMENT, ASSIGNMENTS, SIGNALS
from hsf_kpi.composing.signals import FEW, Told
from hsf_kpi.figures.signals import SignalWords, looked_short, no_change_words, nothing_words
from hsf_kpi.swedish.dates import month_name
from hsf_kpi.ui.badges import coloured
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.lists import show_list
from hsf_kpi.ui.text import link, plain


def list_signals(entry: Entry) -> None:
    """All of them under their kinds, or those of the chosen one, in a frame of its own with table and export."""
    table = signals.table(entry.ask)
    parts = [(head, [_item(entry, words) for _, words in told]) for head, told in signals.by_kind(entry.ask)]
    show_list(entry, table, parts, nothing=table.figure.empty)


def _item(entry: Entry, words: SignalWords) -> str:
    """Shape, what happened as a link to where it shows, and what it means."""
    shape = coloured(f"{words.shape} ") if words.shape else ""
    return f"{shape}**{link(words.headline, _href(entry, words))}**  \n{plain(words.detail)}"


def _href(entry: Entry, words: SignalWords) -> str:
    extras = {ASSIGNMENT: words.assignment} if words.page == ASSIGNMENTS and words.assignment else {}
    return entry.place.on(words.page, words.measure_key or None, **extras).at(unit=words.unit_id).href()


def most_important(entry: Entry, *, count: int = FEW, own: bool = False) -> None:
    """The first ones in a box with a way to all, each of another kind; own: all that is about the chosen unit itself."""
    told = signals.most_important(entry.ask, count=count, own=own)
    found = signals.of_month(entry.ask)
    month = month_name(entry.selection.month)
    with st.container(border=True, key="signaler"):
        with st.container(gap="xxsmall"):
            st.subheader(_title(told, found, month), anchor=False)
            st.caption(plain(looked_short(found)))
        for _, words in told:
            st.markdown(_item(entry, words))
        if not told:
            st.markdown(nothing_words(found))
        st.markdown(link(f"Alla signaler i {month} ›", entry.page_href(SIGNALS)))


def _title(told: Sequence[Told], found: MonthSignals, month: str) -> str:
    if not told:
        return no_change_words(found, f"i {month}")
    return "Den viktigaste signalen" if len(told) == 1 else f"De {_COUNT[len(told)]} viktigaste signalerna"


_COUNT = {2: "två", 3: "tre", 4: "fyra", 5: "fem"}
