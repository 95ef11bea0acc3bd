"""The figure frame: title with the finding, caption, picture, help and source, then table, definition and export."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from hsf_kpi.figures.figure import Figure, FigureKind
from hsf_kpi.model.measure import Measure
from hsf_kpi.render import screen
from hsf_kpi.render.alt import alternative_text
from hsf_kpi.render.csv import csv
from hsf_kpi.render.image import png, svg
from hsf_kpi.render.names import file_name
from hsf_kpi.render.table import table
from hsf_kpi.ui.about import about
from hsf_kpi.ui.badges import tinted
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.text import plain

DRAWN = (FigureKind.TREND, FigureKind.GOALS)


def show_figure(
    entry: Entry,
    figure: Figure,
    *,
    measure: Measure | None = None,
    links: Callable[[int, str], str] | None = None,
    border: bool = True,
) -> None:
    """Draws the figure in its frame. `measure` adds «Om nyckeltalet»; `links` turns a row's first cell into a link."""
    with st.container(border=border, key=f"figur-{figure.slug}", height="stretch"):
        with st.container(gap="xxsmall"):
            st.subheader(plain(figure.title), anchor=False)
            st.caption(plain(figure.caption))
        if figure.empty:
            st.info(plain(figure.empty))
        elif figure.kind in DRAWN:
            chart(entry, figure)
        else:
            _show_table(figure, links)
        st.caption(plain(" ".join(part for part in (figure.help, figure.source) if part)))
        with st.container(horizontal=True, gap="medium"):
            if figure.kind in DRAWN and not figure.empty:
                with st.popover("Visa som tabell", type="tertiary"):
                    _show_table(figure, None)
            if measure is not None:
                with st.popover("Om nyckeltalet", type="tertiary"):
                    about(entry, measure)
            with st.popover("Exportera", type="tertiary"):
                _export(figure)


def chart(entry: Entry, figure: Figure, *, height: int | str = "content") -> None:
    """The picture alone: a constant, cached specification with the data apart, so that a rerun updates it in place."""
    st.vega_lite_chart(
        screen.data(figure),
        dict(screen.spec(figure, entry.dark)),
        key=f"bild-{figure.slug}",
        alt=alternative_text(figure),
        height=height,  # type: ignore[arg-type]
    )


def _show_table(figure: Figure, links: Callable[[int, str], str] | None) -> None:
    """A real table: header cells, text that can be copied, the first cell a link, statuses with shape, word and tint."""
    frame = table(figure)
    first = frame.columns[0]
    columns: dict[str, list[str]] = {}
    for name in frame.columns:
        texts = [str(text) for text in frame[name]]
        if name == first:
            columns[name] = [links(i, text) if links else plain(text) for i, text in enumerate(texts)]
        elif any(texts):
            columns[name] = [tinted(text) for text in texts]
    st.table(frame.__class__(columns), hide_index=True, alt=figure.title)


def _export(figure: Figure) -> None:
    """Files are made when they are asked for, outside the page's own run."""
    for label, extension, mime, make in (
        ("PNG-bild", "png", "image/png", png),
        ("SVG-bild", "svg", "image/svg+xml", lambda f: svg(f).encode("utf-8")),
        ("CSV för Excel", "csv", "text/csv", csv),
    ):
        st.download_button(
            label,
            data=lambda make=make: make(figure),  # type: ignore[misc]
            file_name=file_name(figure, extension),
            mime=mime,
            key=f"{extension}-{figure.slug}",
            on_click="ignore",
            type="tertiary",
        )
