"""The frame around every page: who is looking, menu, header, filter bar, and what the page is handed."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from hsf_kpi.as_known import load_days
from hsf_kpi.composing import choices
from hsf_kpi.composing.economy import has_own_budget
from hsf_kpi.figures.month import header_words
from hsf_kpi.model.codes import OrgView
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import HsfError, NotFound, Problem
from hsf_kpi.model.role import Permission
from hsf_kpi.model.selection import Selection
from hsf_kpi.month import month_of
from hsf_kpi.operations import trail
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.words import ORG_WORD
from hsf_kpi.ui import last_good, links
from hsf_kpi.ui.actions import actions
from hsf_kpi.ui.choice import Choice, Possible, arrive, hold_measure, settle
from hsf_kpi.ui.denied import denied
from hsf_kpi.ui.entry import ENTRY, VISIT, Entry, Visit
from hsf_kpi.ui.filterbar import filter_bar, measure_labels, unit_labels
from hsf_kpi.ui.habits import note_visit
from hsf_kpi.ui.look_as import banner, controls, seen_identity
from hsf_kpi.ui.looking_back import as_known_words, looked_back
from hsf_kpi.ui.menu import HELP, LOADING, MENU, USERS, WITHOUT_FIGURES, page_named, sections, shown
from hsf_kpi.ui.nothing import nothing_to_see
from hsf_kpi.ui.sign_in import Way, way
from hsf_kpi.ui.start import own_unit
from hsf_kpi.ui.stop import stop
from hsf_kpi.ui.text import link, plain
from hsf_kpi.ui.uploads import close_uploads, open_uploads
from hsf_kpi.ui.warm import workspace
from hsf_kpi.ui.why import why
from hsf_kpi.workspace import Workspace

__all__ = ["MENU", "enter"]

IMAGES = Path(__file__).parent / "images"
ICON = f"data:image/png;base64,{b64encode((IMAGES / 'icon.png').read_bytes()).decode()}"
"""The browser's tab's. As an address: a file would be read, hashed and handed to the session at every run."""
_MOVED = "hsf_moved"
OWN_ROAD = "Vägen till egen budget"
"""The heading of Vägen till −800 for a unit that carries no part of the underskottspost."""
PUBLISHED_ALONE = "Publicerade uppgifter, alla år som finns"
PARTLY_DEMO = ":yellow-badge[Delvis Demodata], se källan under varje figur"


def enter() -> StreamlitPage | None:
    """Draws what stands around the page and leaves for it what it is handed. None where there is no page to run: nobody is
    signed in, or nothing may be seen.

    The order is the guarantee: nothing is asked of the workspace about figures before it is known who is looking.
    """
    for handed in (ENTRY, VISIT):
        st.session_state.pop(handed, None)
    try:
        last_good.begin()
        open_workspace = workspace()
        sign_in = way()
        signed_in = sign_in.signed_in(open_workspace)
        rights = (
            None if signed_in is None else open_workspace.rights_of(seen_identity(signed_in, open_workspace))
        )
    except HsfError:
        st.navigation(sections(None), position="hidden")
        _logo()
        st.title("HSF nyckeltal", anchor=False)
        raise
    page = st.navigation(sections(rights), position="hidden" if rights is None else "top")
    _logo()
    if signed_in is None or rights is None:
        close_uploads()
        sign_in.form(open_workspace)
        return None
    name = page.url_path or choices.OVERVIEW
    trail.note(page=name)
    (open_uploads if name == LOADING and rights.may(Permission.LOAD) else close_uploads)()
    visit = Visit(open_workspace, rights, signed_in, name, _dark())
    st.session_state[VISIT] = visit
    banner(rights.identity)
    if name != HELP and not any(
        shown(each, rights) for pages in MENU.values() for each in pages if each != HELP
    ):
        nothing_to_see(visit)
        _account(visit, sign_in)
        return None
    if not shown(name, rights):
        _lead_elsewhere(visit)
    if name in WITHOUT_FIGURES:
        _frame_without_figures(page, visit, sign_in)
    else:
        _frame_of_figures(page, visit, sign_in)
    return page


def _lead_elsewhere(visit: Visit) -> None:
    """From a page that the person's rights do not reach: who has no figures at all is taken to the page that there is, who
    looks as another role to figures. Others stay, and the page without figures refuses them itself.
    """
    if visit.page not in WITHOUT_FIGURES:
        st.session_state[_MOVED] = visit.page != choices.OVERVIEW
        st.switch_page(page_named(USERS))
    if visit.identity.seen_as:
        st.switch_page(page_named(choices.OVERVIEW))


def _frame_without_figures(page: StreamlitPage, visit: Visit, sign_in: Way) -> None:
    """A page about no figures: no filter bar, but its heading and what belongs to the account."""
    st.set_page_config(page_title=f"{page.title} – HSF nyckeltal")
    role = sign_in.in_links(visit.workspace, visit.signed_in)
    if role is not None and st.query_params.get(links.ROLE) != role:
        st.query_params[links.ROLE] = role
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="sidhuvud"
    ):
        st.title(page.title, anchor=False, width="stretch")
        with st.container(width="content"):
            actions()
        with st.popover("Mer", type="tertiary"):
            _account(visit, sign_in)
    if who := _who(visit):
        st.markdown(who)
    if st.session_state.pop(_MOVED, False):
        st.info("Din roll visar inga siffror. Därför visas Användare och logg.")
    note_visit(visit)


def _frame_of_figures(page: StreamlitPage, visit: Visit, sign_in: Way) -> None:
    """Header and filter bar; settles the address and leaves the entry. Stops in words where nothing can be shown."""
    today = visit
    visit, day, messages = looked_back(today, st.query_params, st.session_state)
    open_workspace, rights, scope, name = visit.workspace, visit.rights, visit.scope, visit.page
    months = open_workspace.months(scope)
    if not months:
        st.title("HSF nyckeltal", anchor=False)
        _account(today, sign_in)
        raise NotFound(Problem("Databasen har inga månadsvärden än.", "", "Läs in en månad först."))
    latest = open_workspace.state().latest
    own = own_unit(rights, open_workspace)
    possible = Possible(open_workspace.catalogue, scope, months, own, latest, day)
    choice = arrive(st.query_params.to_dict(), st.session_state, possible)
    choice.messages[:0] = messages
    measure = choice.measure
    about_one = name in choices.ABOUT_A_MEASURE
    if about_one:
        measure = hold_measure(choice, possible)
    header = st.container(gap="small", key="rubrikrad")
    measures = measure_labels(open_workspace.catalogue, scope, choice.unit) if about_one else None
    units = unit_labels(possible.organisation, scope, _tree_month(open_workspace, choice, possible))
    selection = choice.selection()
    own_budget = (
        name in (choices.ROAD, choices.BUDGET)
        and selection is not None
        and has_own_budget(open_workspace, scope, selection)
    )
    # Before the filter row, which it would else push down: what is picked there is already in the choice (callbacks and
    # `resumed` come first), and nothing below changes it.
    title = OWN_ROAD if own_budget and name == choices.ROAD else page.title
    beside = _draw_header(header, title, measure if name == choices.ONE_MEASURE else None, selection, visit)
    more = filter_bar(
        choice,
        units,
        months,
        measures,
        page=name,
        about=open_workspace.catalogue.measures.get(measure or "") if about_one else None,
        own_budget=own_budget,
        days=load_days(open_workspace),
    )
    with more:
        _account(today, sign_in)
    for message in choice.messages:
        st.warning(plain(message))
    for what in choice.denied:
        denied(open_workspace, visit.identity, f"{what}, sidan {name}")

    if selection is None or (about_one and measure is None):
        if not choice.messages:
            st.info("Välj i listan vad du vill se.")
        with beside:
            actions()
        stop()
    extras = tuple((n, choice.extras[n]) for n in choices.EXTRAS_OF.get(name, ()) if n in choice.extras)
    role = sign_in.in_links(today.workspace, visit.signed_in)
    place = links.Place(name, selection, measure, role, extras, day)
    settle(st.query_params, st.session_state, place.params())
    if words := as_known_words(place):
        header.markdown(words)
    open_workspace.demand(scope, selection)
    entry = Entry(open_workspace, rights, place, visit.dark)
    st.session_state[ENTRY] = entry
    last_good.drawing(entry, today, page.title)
    note_visit(today, place)
    with beside:
        actions(views=True)
    with more:
        why(entry)
    if name not in choices.WITHOUT_UNIT:
        _ways(entry)


def _account(visit: Visit, sign_in: Way) -> None:
    """Who is looking, and what can be done about that: sign out, the demo's roles, looking as another role."""
    sign_in.controls(visit.workspace, visit.signed_in)
    if visit.rights.may(Permission.ADMINISTER):
        controls(visit.signed_in, visit.workspace)


def _who(visit: Visit) -> str:
    """The name and roles of who is signed in, told beside the heading; on demo data the role that is being tried."""
    if visit.signed_in.session is None:
        return f":small[Visas som {plain(visit.signed_in.identity.name)}]"
    units = visit.workspace.home.catalogue.organisation.units
    roles = dict.fromkeys(
        held.role.title + (f" ({units[held.grant.unit].name})" if held.grant.unit else "")
        for held in visit.rights.held
    )
    return f":small[Inloggad: {plain(', '.join((visit.signed_in.identity.name, *roles)))}]"


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
    measure: str | None,
    selection: Selection | None,
    visit: Visit,
) -> st.delta_generator.DeltaGenerator:
    """H1 names the page (the menu does not mark it); one line says what data it stands on. Returns the place beside H1."""
    open_workspace = visit.workspace
    if measure is not None:
        title = open_workspace.catalogue.measure(measure).name
    with header.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="sidhuvud"
    ):
        st.title(plain(title), anchor=False, width="stretch")
        beside = st.container(width="content")
    who = _who(visit)
    if selection is None:
        if who:
            header.markdown(who)
        return beside
    organisation = open_workspace.catalogue.organisation
    unit = organisation.get(organisation.root if visit.page in choices.WITHOUT_UNIT else selection.unit)
    name = unit.name + (" (område antaget)" if unit.assumed else "")
    badge = origin_badge(visit.page) if open_workspace.state().kind == "demo" else ""
    if visit.page in choices.WITHOUT_MONTH:
        told = [PUBLISHED_ALONE, who]
    else:
        told = [
            plain(name),
            f"till och med **{plain(month_text(selection.month))}**",
            header_words(month_of(open_workspace).brief(visit.scope, selection.month)),
            ORG_WORD[selection.org] if selection.org is OrgView.AS_WAS else "",
            badge,
            who,
        ]
    header.markdown(" · ".join(part for part in told if part))
    st.set_page_config(page_title=f"{title} – {unit.name} – HSF nyckeltal")
    return beside


def origin_badge(page: str) -> str:
    """What a page with a month stands on in a demo database: demo data alone, or published beside it."""
    return PARTLY_DEMO if page in choices.PARTLY_PUBLISHED else ":yellow-badge[Demodata]"


def _ways(entry: Entry) -> None:
    """Links up along the path and down to the units right below."""
    organisation = entry.catalogue.organisation
    path = entry.workspace.path(entry.scope, entry.selection)[:-1]
    ups = [link(organisation.units[u].name, entry.unit_href(u)) for u in path]
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
