"""The figure frame: title with the finding, caption, picture, help and source, then table, definition and export."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal

import streamlit as st

from hsf_kpi.composing.composed import Composed
from hsf_kpi.figures.dialogue.comments import byline
from hsf_kpi.figures.dialogue.words import harmless
from hsf_kpi.figures.figure import Comment, Figure, FigureKind
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.measure import Measure
from hsf_kpi.render import screen
from hsf_kpi.ui import last_good
from hsf_kpi.ui.about import about
from hsf_kpi.ui.badges import coloured
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.export import export_menu
from hsf_kpi.ui.prepared import prepared
from hsf_kpi.ui.tables import right, show_cells
from hsf_kpi.ui.text import plain, plain_lines, with_sources

ALIKE = 160
"""Pixels: pictures whose heights differ by no more share one height of their frames."""


def show_figure(
    entry: Entry,
    composed: Composed,
    *,
    measure: Measure | None = None,
    still: bool = False,
    choose: Callable[[], None] | None = None,
    below: Callable[[], None] | None = None,
    height: Literal["content", "stretch"] = "content",
) -> None:
    """Draws the figure in its frame. `measure` adds «Om nyckeltalet». still: without what asks the database.

    choose: draws the choice that governs this figure, below: what asks further about its values. height: as high as what it
    holds, or as the one beside it (`alike`).
    """
    figure = composed.figure
    last_good.drawn_figure(figure.slug, partial(show_figure, entry, composed, still=True))
    with st.container(border=True, key=f"figur-{figure.slug}", height=height):
        with st.container(gap="xxsmall"):
            st.subheader(plain(figure.title), anchor=False)
            st.caption(plain(figure.caption))
        if choose is not None:
            choose()
        if figure.empty:
            st.info(plain(figure.empty))
        elif screen.is_drawn(figure.kind):
            if totals := figure.options.get("totals"):
                st.markdown(coloured(totals))
            with st.container(key=prepared(composed).place):
                chart(entry, composed)
        else:
            show_table(entry, composed)
        st.caption(under_words(figure))
        show_comments(figure.comments)
        with st.container(horizontal=True, gap="medium"):
            if screen.is_drawn(figure.kind) and not figure.empty:
                with st.popover("Visa som tabell", type="tertiary"):
                    show_table(entry, composed)
            if measure is not None:
                with st.popover("Om nyckeltalet", type="tertiary"):
                    about(entry, measure)
            if not still:
                export_menu(entry, composed)
        if below is not None:
            below()


def alike(one: Composed, other: Composed) -> Literal["content", "stretch"]:
    """The height of two figures side by side: the same where their pictures are about as high, else each its own, so that
    no frame stands half empty.
    """
    heights = [prepared(each).least_height for each in (one, other) if screen.is_drawn(each.figure.kind)]
    near = len(heights) == 2 and max(heights) - min(heights) <= ALIKE
    return "stretch" if near else "content"


def under_words(figure: Figure) -> str:
    """Reading help and source, under a figure. Only what is published leads out of the app."""
    linked = bool(figure.origins) and figure.origins <= {Origin.PUBLISHED}
    return with_sources(" ".join(part for part in (figure.help, figure.source) if part), linked=linked)


def show_comments(comments: Sequence[Comment]) -> None:
    """«**Analys** (who, when): text», each in a block of its own, whole."""
    for comment in comments:
        st.markdown(comment_markdown(comment))


def comment_markdown(comment: Comment) -> str:
    """What somebody has typed is shown as text: nothing in it is read as Markdown."""
    by = byline(comment)
    head = f"**{plain(comment.kind)}**{f' ({plain(by)})' if by else ''}: "
    return f"{head}{plain_lines(harmless(comment.text))}"


def chart(entry: Entry, composed: Composed, *, height: int | Literal["content"] = "content") -> None:
    """The picture alone: a constant, cached specification with the data apart, so that a rerun updates it in place."""
    st.vega_lite_chart(
        prepared(composed).led(entry.place),
        dict(screen.spec(composed.figure, entry.dark)),
        key=f"bild-{composed.figure.slug}",
        alt=prepared(composed).alt,
        theme=None,
        width="content" if composed.figure.kind is FigureKind.SPARK else "stretch",
        height=height,
    )


def show_table(entry: Entry, composed: Composed) -> None:
    """A real table: header cells, text that can be copied, the first cell a link."""
    made = prepared(composed)
    with right(made.numbers, composed.figure.slug):
        for heading, rows in made.tables(entry.place):
            if heading:
                st.markdown(f"**{plain(heading)}**")
            show_cells(rows, alt=f"{composed.figure.title}. {heading}".strip(". "))
