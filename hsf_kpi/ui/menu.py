"""The menu: which pages there are, and which of them somebody's rights put in it."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from hsf_kpi import ROOT
from hsf_kpi.access.rights import Rights
from hsf_kpi.composing import choices
from hsf_kpi.model.role import Permission

PAGES = ROOT / "pages"
USERS, LOADING, HELP = "anvandare", "inlasning", "hjalp"
WITHOUT_FIGURES = (USERS, LOADING, HELP)
"""Pages without a filter bar: each for those with its own permission, Hjälp for everybody."""

MENU: dict[str, dict[str, tuple[str, str]]] = {
    "Läget": {
        choices.OVERVIEW: (
            choices.TITLES[choices.OVERVIEW],
            "Var står vi? Åtta nyckeltal, måluppfyllelse och de viktigaste signalerna.",
        ),
        choices.SIGNALS: (
            choices.TITLES[choices.SIGNALS],
            "Vad har verkligen ändrats? Det som är mer än slump, i ord, med länkar.",
        ),
        choices.OWN_UNIT: (
            choices.TITLES[choices.OWN_UNIT],
            "Hur går det för oss? Egna nyckeltal, budget och uppdrag, och det som lämnas in inför dialogen.",
        ),
    },
    "Ekonomi": {
        choices.ROAD: (
            choices.TITLES[choices.ROAD],
            "Landar vi på −800? Resultatet mot underskottsposten, prognoserna och vem som avviker.",
        ),
        choices.BUDGET: (
            choices.TITLES[choices.BUDGET],
            "Vad finns i budgeten? Budget mot utfall per verksamhet och kostnadsslag, ramar, anslag och investeringar.",
        ),
        choices.ASSIGNMENTS: (
            choices.TITLES[choices.ASSIGNMENTS],
            "Gör vi det vi har sagt? De fyra uppdragen månad för månad, verksamhet för verksamhet.",
        ),
        choices.PRODUCTION: (
            choices.TITLES[choices.PRODUCTION],
            "Vad fick vi för fler årsarbetare? Besök, vårdtillfällen, operationer och DRG mot bemanning och kostnad.",
        ),
    },
    "Mål och nyckeltal": {
        choices.GOALS: (
            choices.TITLES[choices.GOALS],
            "Vilka målvärden når vi? Planens 48 rader per målområde, och verksamheterna sida vid sida.",
        ),
        choices.ONE_MEASURE: (
            choices.TITLES[choices.ONE_MEASURE],
            "Ett nyckeltal på djupet: kurva, mål, verksamheter, kön, definition och källa.",
        ),
        choices.COMPARE: (
            choices.TITLES[choices.COMPARE],
            "Hur ligger vi till? Verksamheter av samma slag sida vid sida, med osäkerhet.",
        ),
    },
    "Omställning": {
        choices.MISSIONS: (
            choices.TITLES[choices.MISSIONS],
            "Vad har vi lovat? Uppdragen, åtgärderna A–Å med tidplan och ansvarig, och hur långt de har kommit.",
        ),
        choices.TRANSFORMATION: (
            choices.TITLES[choices.TRANSFORMATION],
            "Hur långt har omställningen kommit? Aktiviteter, delmål, ansvariga, beroenden och risker till 2029.",
        ),
        choices.NEAR_CARE: (
            choices.TITLES[choices.NEAR_CARE],
            "Vem kommer att behöva vård? Befolkningsprognos, och programmet med noder, målområden och projekt.",
        ),
        choices.CONTROLS: (
            choices.TITLES[choices.CONTROLS],
            "Vilka risker bevakar vi? Sannolikhet och konsekvens, ansvarig, metod och resultat av kontrollerna.",
        ),
        choices.SURROUNDINGS: (
            choices.TITLES[choices.SURROUNDINGS],
            "Hur går det för andra? Västmanland bland regionerna på öppna nyckeltal, och VGR:s omställning.",
        ),
    },
    "Rapport": {
        choices.REPORT: (
            choices.TITLES[choices.REPORT],
            "Vad tar vi med till mötet? En mall per möte, som PowerPoint, PDF och Excel, och utgåvor som står fast.",
        ),
    },
    "Data": {
        LOADING: (
            "Inläsning",
            "Är månaden inne? Läs in filer, se vad de ändrar, ångra, stäm av och frisläpp.",
        ),
        choices.QUALITY: (
            choices.TITLES[choices.QUALITY],
            "Går siffrorna att lita på? Vad som har kommit in, vad som har rättats, vad som inte går ihop, och varifrån.",
        ),
        USERS: (
            "Användare och logg",
            "Vem får se vad? Användare, roller, inloggningar och logg.",
        ),
    },
    "Hjälp": {
        HELP: (
            "Hjälp",
            "Hur gör jag? Handboken, begreppen, ikonerna och tillgänglighetsredogörelsen.",
        ),
    },
}
"""Section → page (file name and address) → title and what it answers."""


_NEEDS = {USERS: Permission.ADMINISTER, LOADING: Permission.LOAD}


def shown(page: str, rights: Rights) -> bool:
    """Whether the page belongs in the menu of somebody with these rights."""
    if page in _NEEDS:
        return rights.may(_NEEDS[page])
    return page == HELP or bool(rights.scope.units)


def title_of(page: str) -> str:
    return next(pages[page][0] for pages in MENU.values() if page in pages)


def sections(rights: Rights | None) -> dict[str, list[StreamlitPage]]:
    """Every page is known, so that a deep link survives signing in and is refused in words; those that the rights (None:
    nobody's) do not show are hidden, under a section without a name.
    """
    found: dict[str, list[StreamlitPage]] = {}
    for section, pages in MENU.items():
        for name in pages:
            visible = rights is not None and shown(name, rights)
            found.setdefault(section if visible else "", []).append(page_named(name, visible=visible))
    return found


def page_named(name: str, *, visible: bool = True) -> StreamlitPage:
    title, answers = next(pages[name] for pages in MENU.values() if name in pages)
    return st.Page(
        PAGES / f"{name}.py",
        title=title,
        help=answers,
        url_path=name,
        default=name == choices.OVERVIEW,
        visibility="visible" if visible else "hidden",
    )
