"""What a file would change, drawn before it is loaded: the finding in words, then a table for each thing to look at."""

from __future__ import annotations

import pyarrow as pa
import streamlit as st

from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.incoming import preview_tables
from hsf_kpi.figures.incoming_words import preview_finding, preview_notes
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.preview import Preview
from hsf_kpi.render.table import text_columns
from hsf_kpi.ui.badges import tinted
from hsf_kpi.ui.tables import number_places, right, show_cells
from hsf_kpi.ui.text import plain

FIRST = 10
"""Rows that are seen at once; the rest of a table is opened."""


def show_preview(preview: Preview, catalogue: Catalogue) -> None:
    """Draws it under a heading of its own. Changes nothing, and asks nothing of the database."""
    st.header("Det här ändras", anchor=False)
    st.markdown(f"**{plain(preview_finding(preview))}**")
    notes = preview_notes(preview)
    if notes:
        st.markdown(plain(" ".join(notes)))
    for figure in preview_tables(preview, catalogue):
        _show(figure)


def _show(figure: Figure) -> None:
    with st.container(border=True, key=f"figur-{figure.slug}"):
        with st.container(gap="xxsmall"):
            st.subheader(plain(figure.title), anchor=False)
            st.caption(plain(figure.caption))
        cells = _cells(figure)
        with right(number_places(texts for _, texts in _shown(figure)), figure.slug):
            show_cells(cells.slice(0, FIRST), alt=figure.title)
            if cells.num_rows > FIRST:
                with st.expander(f"Visa {cells.num_rows - FIRST} till"):
                    show_cells(cells.slice(FIRST), alt=f"{figure.title}, forts.")
        st.caption(plain(" ".join(part for part in (figure.help, figure.source) if part)))


def _cells(figure: Figure) -> pa.Table:
    """Text as text, what is to be looked at on its tint; columns without a word are left out."""
    first, *rest = _shown(figure)
    columns = {first[0]: [plain(text) for text in first[1]]}
    return pa.table(columns | {heading: [tinted(text) for text in texts] for heading, texts in rest})


def _shown(figure: Figure) -> list[tuple[str, list[str]]]:
    first, *rest = text_columns(figure)
    return [first, *(column for column in rest if any(column[1]))]
