"""What is chosen on Omvärld besides the part: a field, a key figure, the regions beside our own."""

from __future__ import annotations

import streamlit as st

from hsf_kpi.composing.choices import (
    EVERYTHING,
    FIELD,
    HOME_ALONE,
    KEY_FIGURE,
    ONE_KEY_FIGURE,
    OUTLOOK,
    PLACES,
    REGIONS,
)
from hsf_kpi.composing.surroundings_chosen import (
    BETWEEN,
    MOST_REGIONS,
    NO_SUCH_FIELD,
    NO_SUCH_FIGURE,
    chosen_regions,
    other_regions,
    regions_of_link,
    surroundings_of,
)
from hsf_kpi.model.problems import NotFound
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.extra_select import extra_select
from hsf_kpi.ui.filterbar import hold, set_extra
from hsf_kpi.ui.stop import stop
from hsf_kpi.ui.text import plain

_REGIONS_KEY = f"f_{REGIONS}"


def choose_within(entry: Entry) -> None:
    """The choices of the part that is shown. Stops the page after them where the link names what there is not: that
    becomes nothing else.
    """
    part = entry.ask.extra(OUTLOOK)
    if part == PLACES:
        _choose_field(entry)
    elif part == ONE_KEY_FIGURE:
        _choose_figure(entry)


def _choose_field(entry: Entry) -> None:
    fields = {EVERYTHING: "Alla områden"} | dict(surroundings_of(entry.ask).fields)
    asked = entry.ask.extra(FIELD)
    chosen = asked if asked in fields else None
    if chosen is None:
        st.warning(f"{NO_SUCH_FIELD} Välj ett område i listan.")
    extra_select(FIELD, "Område", fields, chosen, width=360, placeholder="Välj ett område")
    if chosen is None:
        stop()


def _choose_figure(entry: Entry) -> None:
    around = surroundings_of(entry.ask)
    names = {one.id: f"{one.short_name} ({around.fields[one.field]})" for one in around.figures}
    asked = entry.ask.extra(KEY_FIGURE)
    chosen = asked if asked in names else None
    if chosen is None:
        st.warning(f"{NO_SUCH_FIGURE} Välj ett nyckeltal i listan.")
    with st.container(horizontal=True, gap="small"):
        extra_select(KEY_FIGURE, "Nyckeltal", names, chosen, width=480, placeholder="Välj ett nyckeltal")
        known = _choose_regions(entry)
    if chosen is None or not known:
        stop()


def _choose_regions(entry: Entry) -> bool:
    """Whether all regions of the link can be shown."""
    known = other_regions(entry.ask)
    hold(_REGIONS_KEY, [one for one in regions_of_link(entry.ask) if one in known][:MOST_REGIONS])
    st.multiselect(
        "Jämför med regioner",
        list(known),
        format_func=known.__getitem__,
        key=_REGIONS_KEY,
        on_change=_take_regions,
        max_selections=MOST_REGIONS,
        placeholder=f"Välj högst {MOST_REGIONS}",
        width=480,
    )
    try:
        chosen_regions(entry.ask)
    except NotFound as unknown:
        for problem in unknown.problems:
            st.warning(plain(f"{problem.what} {problem.todo}"))
        return False
    return True


def _take_regions() -> None:
    set_extra(REGIONS, BETWEEN.join(st.session_state[_REGIONS_KEY]) or HOME_ALONE)
