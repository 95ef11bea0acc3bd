"""A tile: name, value, trend, status with the plan's words, change in words. At most five lines, all equally high."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from hsf_kpi.analysis.reasons import missing_words
from hsf_kpi.analysis.types import Assessment
from hsf_kpi.composing.composed import Composed
from hsf_kpi.figures.words_tile import WordsTile
from hsf_kpi.model.codes import Status
from hsf_kpi.swedish.numbers import value_and_unit
from hsf_kpi.swedish.words import sentence_start
from hsf_kpi.ui import last_good
from hsf_kpi.ui.badges import status_badge
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.figures import chart
from hsf_kpi.ui.text import link, plain

SHORT = 16
"""So many characters fit in a tile's large size at every width; longer words are shown in the text's own size."""


def tile(
    entry: Entry,
    assessment: Assessment,
    spark: Composed,
    change: str,
    *,
    marks: Sequence[str] = (),
    href: str = "",
    part: str = "",
) -> None:
    """`spark`: the small trend; `change`: what happened since last year, or why nothing can be said. `marks`: variation and
    assurance. `href`: where the name leads, the measure's own page when not given. `part`: of the page, for the tile's key
    where the same measure may have another tile.
    """
    measure, outcome = assessment.measure, assessment.outcome
    again = partial(tile, entry, assessment, spark, change, marks=marks, href=href, part=part)
    last_good.drawn_tile(f"{part}{measure.key}", again)
    with st.container(border=True, height="stretch", gap="xsmall", key=f"ruta-{part}{measure.key}"):
        st.markdown(link(measure.short_name + " ›", href or entry.measure_href(measure.key)))
        with st.container(
            horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small"
        ):
            if outcome.value is None:
                st.markdown(f"**{_reason_for_nothing(assessment)}**", width="stretch")
            else:
                value, unit = value_and_unit(outcome.value, measure)
                star = "\\*" if outcome.starred else ""
                st.metric(
                    measure.short_name,
                    f"{plain(value)}{star} :small[{unit}]",
                    label_visibility="collapsed",
                    width="content",
                )
                if not spark.figure.empty:
                    with st.container(width=112):
                        chart(entry, spark, height=44)
        st.markdown(f"{_badge(assessment)} {_target_words(assessment, entry.selection.month.year)}")
        if marks:
            # Each a thing of its own, so that a narrow tile breaks between them: beside a picture a browser breaks a line
            # whatever stands there.
            with st.container(horizontal=True, gap="small"):
                for mark in marks:
                    st.markdown(mark, width="content")
        st.caption(plain(change))


def _badge(assessment: Assessment) -> str:
    """The verdict on its tint; «kan inte bedömas» has none, and so a dot before what follows."""
    words = status_badge(assessment)
    return words if assessment.status is not Status.NOT_ASSESSABLE else f"{words} ·"


def _target_words(assessment: Assessment, year: int) -> str:
    """The plan's own words, untouched; why there is none here, where the plan's target is not inherited."""
    if assessment.target is not None:
        return f"Mål: {plain(assessment.target.wording)}"
    measure = assessment.measure
    if measure.target_for(year) is not None:
        return "Förvaltningens mål ärvs inte hit"
    return f"Planen har inget mål för {year}" if measure.targets else "Planen har inget mål"


def _reason_for_nothing(assessment: Assessment) -> str:
    return sentence_start(missing_words(assessment.outcome))


def show_tiles(found: Sequence[WordsTile]) -> None:
    """Tiles of words side by side, each line under the value on its own; nothing where there are none."""
    if not found:
        return
    for column, tile_ in zip(st.columns(len(found), gap="small"), found, strict=True):
        with column:
            under = "  \n".join(plain(line) for line in tile_.lines)
            words_tile(tile_.id, tile_.name, tile_.value, under, unit=tile_.unit)


def words_tile(key: str, name: str, value: str, under: str, badge: str = "", *, unit: str = "") -> None:
    """A tile that holds words: name, value in the large size with its unit, an optional badge, and what it means."""
    last_good.drawn_tile(key, partial(words_tile, key, name, value, under, badge, unit=unit))
    with st.container(border=True, height="stretch", gap="xsmall", key=f"ruta-{key}"):
        st.markdown(plain(name))
        if len(value) <= SHORT:
            small = f" :small[{unit}]" if unit else ""
            st.metric(name, f"{plain(value)}{small}", label_visibility="collapsed")
        else:
            st.markdown(f"**{plain(value)}**")
        if badge:
            st.markdown(badge)
        st.caption(under)
