"""The filter bar: one searchable list of units with their paths, period, view, sex; organisation under «Mer»."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from hsf_kpi.composing import choices
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import OrgView, Sex
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.organisation import Organisation
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.scope import Scope
from hsf_kpi.swedish.dates import day_words, month_text
from hsf_kpi.swedish.words import ORG_WORD, SEX_WORD, VIEW_WORD
from hsf_kpi.ui import links
from hsf_kpi.ui.choice import CHOICE, Choice
from hsf_kpi.ui.resumed import follow, sent

MOST_DAYS = 60
"""So many days are offered to look back from; any other can stand in a link."""


def unit_labels(organisation: Organisation, scope: Scope, month: Month) -> dict[str, str]:
    """Unit id → label with its path («AS › Kirurgkliniken»), in the organisation's order, within the scope."""
    labels = {}
    for unit_id in organisation.below(organisation.root, month):
        if scope.sees(unit_id):
            *above, own = organisation.path(unit_id, month)[1:] or (None,)
            names = [
                organisation.units[u].short_name or organisation.units[u].name
                for u in above
                if u is not None and scope.sees(u)
            ]
            labels[unit_id] = (
                " › ".join((*names, organisation.units[own].name)) if own else "Hela förvaltningen"
            )
    return labels


def measure_labels(catalogue: Catalogue, scope: Scope, unit_id: str | None) -> dict[str, str]:
    """Measure key → name, the plan's order first, then the nyckeltal outside the plan: those that may be seen there."""
    plan = {m.key: m.name for m in catalogue.plan_rows()}
    every = plan | {m.key: m.name for m in catalogue.measures.values() if m.row is None}
    return {key: name for key, name in every.items() if unit_id is not None and scope.allows(unit_id, key)}


def filter_bar(
    choice: Choice,
    units: dict[str, str],
    months: tuple[Month, ...],
    measures: dict[str, str] | None,
    *,
    page: str = "",
    about: Measure | None = None,
    own_budget: bool = False,
    days: tuple[dt.date, ...] = (),
) -> st.delta_generator.DeltaGenerator:
    """Draws the widgets and writes what the person picks back into the choice (before the page runs).

    `measures`: key → label, on a page about one nyckeltal; None elsewhere. `page`: its name; some have no kön, or a switch
    of their own. `about`: the nyckeltal that the page is about: what it has no values of is not offered, unless chosen.
    `own_budget`: whether the unit is held against no budget but its own. `days`: those on which something was loaded,
    newest first. Returns «Mer», where what belongs to the account is drawn last.
    """
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center", key="filterrad"):
        if measures is not None:
            _select("f_nyckeltal", "Nyckeltal", choice.measure, measures, _set_measure, 330, "Välj nyckeltal")
        if page not in choices.WITHOUT_UNIT or choice.unit is None:
            _select("f_enhet", "Verksamhet", choice.unit, units, _set_unit, 216, "Välj verksamhet")
        if page not in choices.WITHOUT_MONTH:
            labels = {month.iso: month_text(month).capitalize() for month in months}
            _select("f_manad", "Period", choice.month.iso, labels, _set_month, 144, "Välj månad")
        if page not in choices.WITHOUT_VIEW and (about is None or about.monthly):
            views = {v: VIEW_WORD[v].capitalize() for v in View}
            _segments("f_vy", "Visning", choice.view, views, _set_view)
        if page not in choices.WITHOUT_SEX and (about is None or about.by_sex or choice.sex is not Sex.ALL):
            _segments("f_kon", "Kön", choice.sex, {s: SEX_WORD[s].capitalize() for s in Sex}, _set_sex)
        if page in choices.IN_THE_FILTER_ROW:
            name, label = choices.IN_THE_FILTER_ROW[page]
            only = choices.OWN_BUDGET if own_budget and name == choices.YARDSTICK else None
            extra_segments(choice, name, label, only=only)
        more = st.popover("Mer", type="tertiary")
        with more:
            words = {o: ORG_WORD[o].capitalize() for o in OrgView}
            hold("f_org", choice.org)
            st.radio(
                "Organisation",
                list(words),
                format_func=words.__getitem__,
                key="f_org",
                on_change=_set_org,
                help="Dagens organisation: historiken följer den verksamhet som tog över. "
                "Som den var: varje månad i den organisation som gällde då.",
            )
            _choose_day(choice, days)
    return more


def _choose_day(choice: Choice, days: tuple[dt.date, ...]) -> None:
    """«Uppgifter per»: now, or as it was known on a day when something had been loaded; a day from a link too."""
    chosen = "" if choice.known is None else choice.known.isoformat()
    offered = {*days[:MOST_DAYS], *filter(None, (choice.known,))}
    if not offered:
        return
    labels = {"": "Nu"} | {day.isoformat(): day_words(day) for day in sorted(offered, reverse=True)}
    hold("f_per", chosen)
    st.selectbox(
        "Uppgifter per",
        list(labels),
        format_func=labels.__getitem__,
        key="f_per",
        on_change=_set_day,
        help="Siffrorna som de var kända när dagen var slut, före senare rättelser. "
        "Dagarna i listan är de då något lästes in.",
    )


def extra_segments(choice: Choice, name: str, label: str, *, only: Mapping[str, str] | None = None) -> None:
    """One of the page's own choices, kept in the link as the rest of the filter bar. `only`: the codes that differ here,
    with their labels; any other means the first.
    """
    extra = choices.EXTRAS[name]
    codes = dict(only or extra.codes or {})
    chosen = choice.extras.get(name, extra.first)
    _segments(f"f_{name}", label, chosen if chosen in codes else extra.first, codes, _set_extra, (name,))


def extra_pills(name: str, label: str, *, only: tuple[str, ...] | None = None) -> None:
    """The same as pills, which wrap, on the page itself. `only`: the codes that can be chosen here; with one there is
    nothing to choose.
    """
    extra, choice = choices.EXTRAS[name], _choice()
    assert extra.codes is not None
    codes = [code for code in extra.codes if only is None or code in only]
    if len(codes) < 2:
        return
    chosen = choice.extras.get(name, extra.first)
    hold(f"f_{name}", chosen if chosen in codes else codes[0])
    st.pills(
        label,
        codes,
        format_func=extra.codes.__getitem__,
        key=f"f_{name}",
        required=True,
        on_change=_set_extra,
        args=(name,),
    )


def set_extra(name: str, code: str) -> None:
    """What a page's own widget has chosen, from its callback: the next run writes it into the link."""
    _choice().extras[name] = code


def hold(key: str, value: object) -> None:
    """Widgets follow the choice, never the other way round: the choice is what the address says."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def _select(
    key: str,
    label: str,
    value: object,
    options: dict[str, str],
    on_change: Callable[[], None],
    width: int,
    placeholder: str,
) -> None:
    if value is not None and value not in options:
        value = None
    if not sent(key):
        hold(key, value)
    st.selectbox(
        label,
        list(options),
        format_func=options.__getitem__,
        key=key,
        on_change=on_change,
        label_visibility="collapsed",
        width=width,
        filter_mode="contains",
        placeholder=placeholder,
    )
    follow(key, value, on_change)


def _segments(
    key: str,
    label: str,
    value: object,
    options: dict[Any, str],
    on_change: Callable[..., None],
    args: tuple[str, ...] = (),
) -> None:
    if not sent(key):
        hold(key, value)
    st.segmented_control(
        label,
        list(options),
        format_func=options.__getitem__,
        key=key,
        required=True,
        on_change=on_change,
        args=args,
        label_visibility="collapsed",
    )
    follow(key, value, on_change, *args)


def _choice() -> Choice:
    return st.session_state[CHOICE]  # type: ignore[no-any-return]


def _set_unit() -> None:
    if st.session_state["f_enhet"] is not None:
        _choice().unit = st.session_state["f_enhet"]


def _set_month() -> None:
    _choice().month = Month.parse(st.session_state["f_manad"])


def _set_view() -> None:
    _choice().view = st.session_state["f_vy"]


def _set_sex() -> None:
    _choice().sex = st.session_state["f_kon"]


def _set_org() -> None:
    _choice().org = st.session_state["f_org"]


def _set_day() -> None:
    _choice().known = links.parse_day(st.session_state["f_per"] or "")


def _set_measure() -> None:
    if st.session_state["f_nyckeltal"] is not None:
        _choice().measure = st.session_state["f_nyckeltal"]


def _set_extra(name: str) -> None:
    _choice().extras[name] = st.session_state[f"f_{name}"]
