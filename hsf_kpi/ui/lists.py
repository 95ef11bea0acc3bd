"""A figure that is read as a list of sentences, in the same frame as the others: table, source and export under it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from hsf_kpi.composing.composed import Composed
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.export import export_menu
from hsf_kpi.ui.figures import show_table, under_words
from hsf_kpi.ui.text import plain


def show_list(
    entry: Entry, composed: Composed, parts: Sequence[tuple[str, Sequence[str]]], *, nothing: str
) -> None:
    """parts: subheading and items as Markdown, each a paragraph of its own; none is empty. nothing: said without any."""
    figure = composed.figure
    with st.container(border=True, key=f"figur-{figure.slug}"):
        with st.container(gap="xxsmall"):
            st.subheader(plain(figure.title), anchor=False)
            st.caption(plain(figure.caption))
        for head, items in parts:
            st.markdown(f"#### {plain(head)}", anchors=False)
            for item in items:
                st.markdown(item)
        if not parts:
            st.info(plain(nothing))
        st.caption(under_words(figure))
        with st.container(horizontal=True, gap="medium"):
            if parts:
                with st.popover("Visa som tabell", type="tertiary"):
                    show_table(entry, composed)
            export_menu(entry, composed)
