"""A figure that is read as a list of sentences, in the same frame as the others: table, source and export under it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from hsf_kpi.composing.composed import Composed
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.export import export_menu
from hsf_kpi.ui.figures import show_table
from hsf_kpi.ui.text import plain


def show_list(entry: Entry, composed: Composed, items: Sequence[str], *, nothing: str) -> None:
    """items: Markdown, each a paragraph of its own. nothing: what is said without any."""
    figure = composed.figure
    with st.container(border=True, key=f"figur-{figure.slug}"):
        with st.container(gap="xxsmall"):
            st.subheader(plain(figure.title), anchor=False)
            st.caption(plain(figure.caption))
        for item in items:
            st.markdown(item)
        if not items:
            st.info(plain(nothing))
        st.caption(plain(" ".join(part for part in (figure.help, figure.source) if part)))
        with st.container(horizontal=True, gap="medium"):
            if items:
                with st.popover("Visa som tabell", type="tertiary"):
                    show_table(entry, composed)
            export_menu(entry, composed)
