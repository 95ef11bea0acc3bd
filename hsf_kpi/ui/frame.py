"""The frame around every page: menu, header, filter bar, and the entry that the page is handed."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from hsf_kpi import ROOT
from hsf_kpi.model.codes import OrgView
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import HsfError, NotFound, Problem
from hsf_kpi.model.selection import Selection
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.words import ORG_WORD
from hsf_kpi.ui import links, roles
from hsf_kpi.ui.choice import FIRST_MEASURE, Choice, Possible, arrive, settle
from hsf_kpi.ui.entry import ENTRY, Entry
from hsf_kpi.ui.filterbar import filter_bar, unit_labels
from hsf_kpi.ui.text import link, plain
from hsf_kpi.ui.warm import workspace
from hsf_kpi.workspace import Workspace

PAGES = ROOT / "pages"
IMAGES = Path(__file__).parent / "images"

MENU: dict[str, dict[str, tuple[str, str]]] = {
    "Läget": {
        links.OVERVIEW: (
            "Översikt",
            "Var står vi? Åtta nyckeltal, måluppfyllelse och de största förändringarna.",
        )
    },
    "Mål och nyckeltal": {
        links.GOALS: (
            "Måluppfyllelse",
            "Vilka målvärden når vi? Planens 48 rader per målområde, och verksamheterna sida vid sida.",
        ),
        links.ONE_MEASURE: (
            "Nyckeltal",
            "Ett nyckeltal på djupet: kurva, mål, verksamheter, kön, definition och källa.",
        ),
    },
}
"""Section → page (file name and address) → title and what it answers."""


def sections() -> dict[str, list[StreamlitPage]]:
    return {
        section: [
            st.Page(
                PAGES / f"{name}.py",
                title=title,
                help=answers,
                url_path=name,
                default=name == links.OVERVIEW,
            )
            for name, (title, answers) in pages.items()
        ]
        for section, pages in MENU.items()
    }


def enter(page: StreamlitPage) -> None:
    """Draws header and filter bar, settles the address, and leaves the entry for the page. Stops in words if it can't."""
    name = page.url_path or links.OVERVIEW
    _logo()
    try:
        open_workspace = workspace()
        identity = roles.signed_in(open_workspace)
        scope = open_workspace.scope_of(identity)
        months = open_workspace.months()
        if not months:
            raise NotFound(Problem("Databasen har inga månadsvärden än.", "", "Läs in en månad först."))
    except HsfError:
        st.title("HSF nyckeltal", anchor=False)
        raise
    possible = Possible(
        open_workspace.catalogue, scope, months, roles.own_unit(identity, open_workspace, scope)
    )
    choice = arrive(st.query_params, st.session_state, possible)
    if name == links.ONE_MEASURE and choice.measure is None and links.MEASURE not in st.query_params:
        choice.measure = FIRST_MEASURE

    header = st.container(gap="small")
    measures = roles.measure_labels(open_workspace) if name == links.ONE_MEASURE else None
    units = unit_labels(possible.organisation, scope, _tree_month(open_workspace, choice, possible))
    filter_bar(choice, units, months, measures)
    for message in choice.messages:
        st.warning(plain(message))

    selection = choice.selection()
    _draw_header(header, page.title, choice, selection, open_workspace)
    if selection is None or (name == links.ONE_MEASURE and choice.measure is None):
        if not choice.messages:
            st.info("Välj i listan vad du vill se.")
        st.stop()
    place = links.Place(name, selection, choice.measure, roles.role_in_links(identity, open_workspace))
    settle(st.query_params, st.session_state, place.params())
    open_workspace.demand(scope, selection)
    st.session_state[ENTRY] = Entry(open_workspace, identity, scope, place, _dark())
    _ways(st.session_state[ENTRY])


def _logo() -> None:
    st.logo(str(IMAGES / ("logo-dark.svg" if _dark() else "logo.svg")), size="medium")


def _dark() -> bool:
    return st.context.theme.type == "dark"


def _tree_month(open_workspace: Workspace, choice: Choice, possible: Possible) -> Month:
    wanted = Selection(
        choice.unit or possible.default_unit, choice.month, choice.view, choice.sex, choice.org
    )
    return open_workspace.organisation_month(wanted)


def _draw_header(
    header: st.delta_generator.DeltaGenerator,
    title: str,
    choice: Choice,
    selection: Selection | None,
    open_workspace: Workspace,
) -> None:
    """H1 names the page (the menu does not mark it); one line says what data it stands on."""
    if choice.measure and title == MENU["Mål och nyckeltal"][links.ONE_MEASURE][0]:
        title = open_workspace.catalogue.measure(choice.measure).name
    header.title(title, anchor=False)
    if selection is None:
        return
    unit = open_workspace.catalogue.organisation.get(selection.unit)
    name = unit.name + (" (område antaget)" if unit.assumed else "")
    badge = ":yellow-badge[Demodata]" if open_workspace.state().kind == "demo" else ""
    told = [
        plain(name),
        f"till och med **{month_text(selection.month)}**",
        "slutligt" if open_workspace.is_final(selection.month) else "preliminärt",
        ORG_WORD[selection.org] if selection.org is OrgView.AS_WAS else "",
        badge,
    ]
    header.markdown(" · ".join(part for part in told if part))
    st.set_page_config(page_title=f"{title} – {unit.name} – HSF nyckeltal")


def _ways(entry: Entry) -> None:
    """Links up along the path and down to the units right below."""
    organisation = entry.catalogue.organisation
    path = entry.workspace.path(entry.selection)[:-1]
    ups = [link(organisation.units[u].name, entry.unit_href(u)) for u in path if entry.scope.sees(u)]
    below = [
        link(organisation.units[u].name, entry.unit_href(u))
        for u in entry.workspace.children(entry.scope, entry.selection)
    ]
    lines = []
    if ups:
        lines.append("Ingår i " + " › ".join(ups))
    if below:
        lines.append("Under: " + " · ".join(below))
    if lines:
        st.markdown("  \n".join(f":small[{line}]" for line in lines))
