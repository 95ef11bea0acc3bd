"""Which pages there are and what is chosen on them besides the filter bar: names, codes, Swedish labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

OVERVIEW, SIGNALS, OWN_UNIT = "oversikt", "signaler", "min_verksamhet"
GOALS, ONE_MEASURE, COMPARE = "maluppfyllelse", "nyckeltal", "jamfor"
QUALITY, REPORT = "datakvalitet", "rapport"
ROAD, BUDGET, ASSIGNMENTS, PRODUCTION = "vagen", "budget", "ekonomiatgarder", "produktion"
TITLES: Mapping[str, str] = {
    OVERVIEW: "Översikt",
    SIGNALS: "Månadens signaler",
    OWN_UNIT: "Min verksamhet",
    ROAD: "Vägen till −800",
    BUDGET: "Budget och ramar",
    ASSIGNMENTS: "Ekonomiåtgärder",
    PRODUCTION: "Produktion och bemanning",
    GOALS: "Måluppfyllelse",
    ONE_MEASURE: "Nyckeltal",
    COMPARE: "Jämför enheter",
    REPORT: "Rapport",
    QUALITY: "Datakvalitet och källor",
}
"""Page about figures → its title, in the menu's order."""
ECONOMY = (ROAD, BUDGET, ASSIGNMENTS, PRODUCTION)
"""The pages of the section Ekonomi, which are about the unit as a whole: never by sex."""
WITHOUT_SEX = (*ECONOMY, SIGNALS, OWN_UNIT, QUALITY, REPORT)
"""Pages that are never by sex."""
ABOUT_A_MEASURE = (ONE_MEASURE, COMPARE)
"""Pages about one nyckeltal, which is chosen in the filter bar and kept in the link."""

YARDSTICK, PHASING, BASE, LEVEL, BRIDGE = "mot", "fas", "bas", "niva", "brygga"
SCENARIO, ASSIGNMENT, TABLE = "scenario", "uppdrag", "tabell"
GROUP, AREA, ORDER, ANSWER, KIND, PART = "grupp", "omrade", "ordning", "svar", "slag", "del"
STANDING, MONEY, DIALOGUE = "laget", "budget", "dialog"
ASPECT, MADE_OF, ACCOUNT = "kvalitet", "raknat", "konto"
COMPLETE, CORRECTED, SUMS, SOURCES = "fullstandighet", "rattelser", "summor", "kallor"
TEMPLATE, SECTIONS, EDITION = "mall", "avsnitt", "utgava"
YES, NO_ACCOUNT = "ja", "inget"
FIRST_TEMPLATE, ALL_SECTIONS, NO_SECTION, NO_EDITION = "manadsuppfoljning", "alla", "inga", "ingen"
NO_SCENARIO = "ingen"
OWN_GROUP, MOST_SHARED, BY_NAME, NO_ANSWER = "egen", "vanligast", "namn", "ingen"


@dataclass(frozen=True, slots=True)
class Extra:
    """A choice that only some pages have. `codes`: code in the link → Swedish label; None for text that the page itself
    reads. `first`: what is chosen before anything is. `what`: how a message names it.
    """

    name: str
    what: str
    codes: Mapping[str, str] | None
    first: str


EXTRAS: Mapping[str, Extra] = {
    extra.name: extra
    for extra in (
        Extra(
            YARDSTICK,
            "Valet av jämförelse",
            {"underskott": "Underskott −800", "budget": "Budget (0)", "fjol": "Föregående år"},
            "underskott",
        ),
        Extra(
            PHASING,
            "Valet av periodisering",
            {"inlast": "Inläst", "jamn": "Jämn (1/12)", "sasong": "Säsongsprofil"},
            "inlast",
        ),
        Extra(
            BASE,
            "Valet av utgångspunkt",
            {"lamnad": "Lämnad prognos", "statistisk": "Statistisk prognos"},
            "lamnad",
        ),
        Extra(LEVEL, "Valet av nivå", {"under": "Närmast under", "lagst": "Lägsta nivån"}, "under"),
        Extra(
            BRIDGE,
            "Valet av brygga",
            {
                "plan": "Planens −600 till −800",
                "fjol": "Förra året till i år",
                "prognos": "Budget till prognos",
                "utfall": "Jämförelsen till utfallet",
            },
            "plan",
        ),
        Extra(TABLE, "Valet av tabell", None, "ram-per-omrade"),
        Extra(SCENARIO, "Scenariot", None, NO_SCENARIO),
        Extra(
            KIND,
            "Valet av slag",
            {
                "alla": "Alla",
                "forandring": "Förändringar",
                "mal": "Målvärden",
                "budget": "Budget",
                "uppdrag": "Uppdrag",
                "rapportering": "Rapportering",
            },
            "alla",
        ),
        Extra(
            PART,
            "Valet av del",
            {STANDING: "Läget", MONEY: "Budget", DIALOGUE: "Inför dialogen"},
            STANDING,
        ),
        Extra(
            ASPECT,
            "Valet av del",
            {
                COMPLETE: "Fullständighet",
                CORRECTED: "Rättelser",
                SUMS: "Summor",
                SOURCES: "Källor och definitioner",
            },
            COMPLETE,
        ),
        Extra(MADE_OF, "Valet att visa hur värdet är räknat", {"nej": "Dolt", YES: "Räknat så här"}, "nej"),
        Extra(ACCOUNT, "Kontot", None, NO_ACCOUNT),
        Extra(GROUP, "Valet av grupp", None, OWN_GROUP),
        Extra(AREA, "Valet av nyckeltal i tabellen", None, MOST_SHARED),
        Extra(ORDER, "Valet av ordning", None, BY_NAME),
        Extra(ANSWER, "Valet av nyckeltal att besvara", None, NO_ANSWER),
        Extra(TEMPLATE, "Valet av mall", None, FIRST_TEMPLATE),
        Extra(SECTIONS, "Valet av avsnitt", None, ALL_SECTIONS),
        Extra(EDITION, "Utgåvan", None, NO_EDITION),
        Extra(
            ASSIGNMENT,
            "Valet av uppdrag",
            {
                "restriktivitet": "Restriktivitet",
                "medarbetare": "Antal medarbetare",
                "hyrpersonal": "Oberoende av hyrpersonal",
                "forbattring": "Förbättringsarbete",
            },
            "medarbetare",
        ),
    )
}
EXTRAS_OF: Mapping[str, tuple[str, ...]] = {
    ROAD: (YARDSTICK, PHASING, BRIDGE, LEVEL, BASE, SCENARIO),
    BUDGET: (YARDSTICK, LEVEL, TABLE, ACCOUNT),
    ASSIGNMENTS: (ASSIGNMENT,),
    SIGNALS: (KIND,),
    GOALS: (ORDER,),
    COMPARE: (GROUP, AREA, ORDER),
    OWN_UNIT: (PART, ANSWER),
    ONE_MEASURE: (MADE_OF,),
    REPORT: (TEMPLATE, SECTIONS, EDITION),
    QUALITY: (ASPECT,),
}
"""Page → its own choices, always in its links, so that Back finds them again."""
