"""What Jämför enheter shows: units of one kind side by side, for the nyckeltal chosen in the filter bar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

import streamlit as st

from hsf_kpi.analysis.compare.types import NoFunnel, NoRanking, Ranking
from hsf_kpi.analysis.types import Assessment
from hsf_kpi.figures.compare.distribution import distribution_figure
from hsf_kpi.figures.compare.funnel import funnel_figure
from hsf_kpi.figures.compare.multiples import curves_figure
from hsf_kpi.figures.compare.ranking import ranking_figure
from hsf_kpi.figures.matrix import matrix
from hsf_kpi.model.comparison import ComparisonGroup
from hsf_kpi.model.measure import Measure
from hsf_kpi.ui.ask import KEPT, Ask
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.filterbar import set_extra
from hsf_kpi.ui.links import AREA, GROUP, MOST_SHARED, OWN_GROUP
from hsf_kpi.ui.order import choose_order, order_of
from hsf_kpi.ui.prepared import Prepared
from hsf_kpi.ui.text import plain

_KEY, _AREA_KEY = "jamfor_grupp", "jamfor_omrade"
MOST = 8
"""Columns of the matrix before a målområde is chosen: as many as can be read at once."""


def choose_group(entry: Entry) -> None:
    """The groups of comparable units. Stops the page after it where there is none, or the link names one that there is
    not: that becomes no other one.
    """
    groups = {group.id: group.name for group in entry.ask.comparing.groups(entry.scope, entry.selection)}
    if not groups:
        st.info("Ingen jämförelsegrupp innehåller en verksamhet som du får se.")
        st.stop()
    chosen = _group_id(entry.ask)
    if chosen is None:
        st.warning("Gruppen i länken finns inte eller ingår inte i din behörighet. Välj en grupp i listan.")
    if st.session_state.get(_KEY) != chosen:
        st.session_state[_KEY] = chosen
    st.selectbox(
        "Verksamheter av samma slag",
        list(groups),
        format_func=groups.__getitem__,
        key=_KEY,
        on_change=_choose,
        placeholder="Välj en grupp",
        width=360,
    )
    if chosen is None:
        st.stop()
    group = group_of(entry.ask)
    if group.note:
        st.caption(plain(group.note))


def _choose() -> None:
    if st.session_state[_KEY] is not None:
        set_extra(GROUP, st.session_state[_KEY])


@lru_cache(maxsize=KEPT)
def _group_id(ask: Ask) -> str | None:
    """The group of the link; before one is chosen the unit's own, else the first."""
    groups = [group.id for group in ask.comparing.groups(ask.scope, ask.selection)]
    asked = ask.extra(GROUP)
    if asked != OWN_GROUP:
        return asked if asked in groups else None
    own = ask.comparing.own_group(ask.scope, ask.selection.unit)
    return own.id if own is not None and own.id in groups else groups[0]


def group_of(ask: Ask) -> ComparisonGroup:
    chosen = _group_id(ask)
    return next(g for g in ask.comparing.groups(ask.scope, ask.selection) if g.id == chosen)


def finding(entry: Entry) -> str:
    """The ranking's own finding, over the page, with what is compared."""
    title, measure = ranking(entry).figure.title, entry.catalogue.measure(entry.place.measure or "")
    return plain(f"{measure.short_name}: {title}")


@lru_cache(maxsize=KEPT)
def _found(ask: Ask) -> Ranking | NoRanking:
    return ask.comparing.ranking(ask.scope, ask.selection, ask.measure or "", group_of(ask).id)


def _names(ask: Ask, units: Iterable[str | None]) -> dict[str, str]:
    """Asked for only of what the scope has let through with its id."""
    return {unit: ask.name(unit) for unit in units if unit is not None}


def ranking(entry: Entry) -> Prepared:
    return _ranking(entry.ask)


@lru_cache(maxsize=KEPT)
def _ranking(ask: Ask) -> Prepared:
    found = _found(ask)
    units: Iterable[str | None] = ()
    if isinstance(found, Ranking):
        units = [*(row.unit for row in found.rows), *(unit for unit, _ in found.missing)]
    names = _names(ask, units)
    measure = ask.catalogue.measure(ask.measure or "")
    return Prepared(ranking_figure(found, measure, names, context=ask.context()), named=tuple(names))


def distribution(entry: Entry) -> Prepared | None:
    return _distribution(entry.ask)


@lru_cache(maxsize=KEPT)
def _distribution(ask: Ask) -> Prepared | None:
    found = _found(ask)
    if isinstance(found, NoRanking):
        return None
    names = _names(ask, (row.unit for row in found.rows))
    return Prepared(distribution_figure(found, names, context=ask.context()), named=tuple(names))


def funnel(entry: Entry) -> Prepared:
    return _funnel(entry.ask)


@lru_cache(maxsize=KEPT)
def _funnel(ask: Ask) -> Prepared:
    key = ask.measure or ""
    found = ask.comparing.funnel(ask.scope, ask.selection, key, group_of(ask).id)
    names = {} if isinstance(found, NoFunnel) else _names(ask, (point.unit for point in found.points))
    figure = funnel_figure(found, ask.catalogue.measure(key), names, context=ask.context())
    return Prepared(figure, named=tuple(names))


def curves(entry: Entry) -> Prepared | None:
    return _curves(entry.ask)


@lru_cache(maxsize=KEPT)
def _curves(ask: Ask) -> Prepared | None:
    key = ask.measure or ""
    found = ask.comparing.curves(ask.scope, ask.selection, key, group_of(ask).id)
    if not found:
        return None
    names = _names(ask, found)
    own = ask.selection.unit if ask.selection.unit in found else None
    figure = curves_figure(ask.catalogue.measure(key), found, names, own=own, context=ask.context())
    return Prepared(figure, named=tuple(names))


def choose_columns(entry: Entry) -> None:
    """Which nyckeltal the matrix has, and what its units stand in order of."""
    names = {MOST_SHARED: "De vanligaste"} | {area.id: area.name for area in entry.catalogue.goal_areas}
    asked = entry.ask.extra(AREA)
    if asked not in names:
        st.warning("Målområdet i länken finns inte. Tabellen visar de vanligaste nyckeltalen.")
    chosen = asked if asked in names else MOST_SHARED
    if st.session_state.get(_AREA_KEY) != chosen:
        st.session_state[_AREA_KEY] = chosen
    with st.container(horizontal=True, gap="small"):
        st.selectbox(
            "Nyckeltal i tabellen",
            list(names),
            format_func=names.__getitem__,
            key=_AREA_KEY,
            on_change=_choose_area,
            width=360,
        )
        choose_order(entry, {measure.key: measure.short_name for measure, _ in _columns(entry.ask)})


def _choose_area() -> None:
    if st.session_state[_AREA_KEY] is not None:
        set_extra(AREA, st.session_state[_AREA_KEY])


Columns = tuple[tuple[Measure, Mapping[str, Assessment]], ...]


@lru_cache(maxsize=KEPT)
def _columns(ask: Ask) -> Columns:
    """Those of the chosen målområde; else the nyckeltal of the page and the ones that most units have a value of."""
    every = ask.comparing.grid(ask.scope, ask.selection, group_of(ask).id)
    area = ask.extra(AREA)
    if area in {one.id for one in ask.catalogue.goal_areas}:
        return tuple(column for column in every if column[0].goal_area == area)

    def shared(column: tuple[Measure, Mapping[str, Assessment]]) -> tuple[bool, int]:
        measure, by_unit = column
        known = sum(a.outcome.value is not None for a in by_unit.values())
        return measure.key != ask.measure, -known

    first = {measure.key for measure, _ in sorted(every, key=shared)[:MOST]}
    return tuple(column for column in every if column[0].key in first)


def grid(entry: Entry) -> Prepared | None:
    return _grid(entry.ask)


@lru_cache(maxsize=KEPT)
def _grid(ask: Ask) -> Prepared | None:
    """None where the group shares no nyckeltal at all."""
    columns = _columns(ask)
    every = ask.comparing.grid(ask.scope, ask.selection, group_of(ask).id)
    units = list(dict.fromkeys(unit for _, by_unit in every for unit in by_unit))
    if not units:
        return None
    names = _names(ask, units)
    figure = matrix(
        [(unit, names[unit]) for unit in units], columns, context=ask.context(), order=order_of(ask)
    )
    if not columns:
        figure = replace(figure, empty="Verksamheterna har inget nyckeltal gemensamt i det här målområdet.")
    by_name = {name: unit for unit, name in names.items()}
    return Prepared(
        figure,
        units=tuple(by_name[str(row[0])] for row in figure.rows),
        keys=tuple(measure.key for measure, _ in columns),
    )
