"""Which pages there are and what is chosen on them besides the filter bar: names, codes, Swedish labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hsf_kpi.model.problems import Problem

OVERVIEW, SIGNALS, OWN_UNIT = "oversikt", "signaler", "min_verksamhet"
GOALS, ONE_MEASURE, COMPARE = "maluppfyllelse", "nyckeltal", "jamfor"
QUALITY, REPORT = "datakvalitet", "rapport"
ROAD, BUDGET, ASSIGNMENTS, PRODUCTION = "vagen", "budget", "ekonomiatgarder", "produktion"
MISSIONS, TRANSFORMATION, NEAR_CARE = "uppdrag", "hos2029", "nara_vard"
CONTROLS, SURROUNDINGS = "intern_kontroll", "omvarld"
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
    MISSIONS: "Uppdrag och åtgärder",
    TRANSFORMATION: "HoS 2029",
    NEAR_CARE: "Nära vård",
    CONTROLS: "Intern kontroll",
    SURROUNDINGS: "Omvärld",
    REPORT: "Rapport",
    QUALITY: "Datakvalitet och källor",
}
"""Page about figures → its title, in the menu's order."""
ECONOMY = (ROAD, BUDGET, ASSIGNMENTS, PRODUCTION)
"""The pages of the section Ekonomi, which are about the unit as a whole: never by sex."""
CHANGE = (MISSIONS, TRANSFORMATION, NEAR_CARE, CONTROLS, SURROUNDINGS)
"""The pages of the section Omställning, which are about the whole förvaltning, whatever unit is chosen."""
WITHOUT_SEX = (*ECONOMY, SIGNALS, OWN_UNIT, QUALITY, REPORT, *CHANGE)
"""Pages that are never by sex."""
WITHOUT_VIEW = (ASSIGNMENTS, QUALITY, *CHANGE)
"""Pages without a choice between month, accumulated and rolling twelve."""
WITHOUT_UNIT = CHANGE
"""Pages that are the same whatever unit is chosen: none is offered, and the heading names the förvaltning."""
WITHOUT_MONTH = (NEAR_CARE, SURROUNDINGS)
"""Pages of what is published alone, of all years: no month is offered, and nothing on them is demo data."""
PARTLY_PUBLISHED = (MISSIONS, TRANSFORMATION, CONTROLS)
"""Pages that, the same for every unit, show published beside demo data; each figure's source line tells which it is."""
ABOUT_A_MEASURE = (ONE_MEASURE, COMPARE)
"""Pages about one nyckeltal, which is chosen in the filter bar and kept in the link."""

YARDSTICK, PHASING, BASE, LEVEL, BRIDGE = "mot", "fas", "bas", "niva", "brygga"
SCENARIO, ASSIGNMENT, TABLE = "scenario", "uppdrag", "tabell"
GROUP, AREA, ORDER, ANSWER, KIND, PART = "grupp", "omrade", "ordning", "svar", "slag", "del"
STANDING, MONEY, DIALOGUE = "laget", "budget", "dialog"
ASPECT, MADE_OF, ACCOUNT = "kvalitet", "raknat", "konto"
COMPLETE, CORRECTED, SUMS, SOURCES = "fullstandighet", "rattelser", "summor", "kallor"
TEMPLATE, SECTIONS, EDITION = "mall", "avsnitt", "utgava"
PROMISES, FUNCTION, FOCUS, FOLLOWED = "visar", "ansvarig", "insats", "foljs"
ACTIVITY, LEVEL_OF_DECISION, RISK = "aktivitet", "beslut", "risk"
OUTLOOK, KEY_FIGURE, REGIONS, FIELD = "utblick", "matt", "regioner", "falt"
TIMELINE, NETWORK, BY_MISSION, BY_GOAL = "tidslinje", "samband", "uppdrag", "mal"
PLACES, ONE_KEY_FIGURE, BETTER_THAN_NATIONAL, VGR = "platser", "ett", "riket", "vgr"
EVERYTHING, NONE_OPEN, HOME_ALONE = "alla", "ingen", "inga"
FIRST_KEY_FIGURE = "U70446"
YES, NO_ACCOUNT = "ja", "inget"
OWN_BUDGET = {"underskott": "Egen budget", "fjol": "Föregående år"}
"""The yardsticks of a unit that carries no underskottspost: with and without it is the same budget, its own."""
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

    def unknown(self, code: str, offered: Iterable[str]) -> Problem:
        """Of a link whose code is none of those that the page offers besides `first`."""
        return Problem(
            f"{self.what} ”{code}” finns inte.", self.name, f"Välj {', '.join((self.first, *offered))}."
        )


EXTRAS: Mapping[str, Extra] = {
    extra.name: extra
    for extra in (
        Extra(
            YARDSTICK,
            "Valet av jämförelse",
            {"underskott": "Utan underskottspost (−800)", "budget": "Budget (0)", "fjol": "Föregående år"},
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
            PROMISES,
            "Valet av del",
            {
                TIMELINE: "Åtgärder och tidplan",
                NETWORK: "Vad svarar mot vad",
                BY_MISSION: "Uppdragen",
                BY_GOAL: "Mål och måldokument",
            },
            TIMELINE,
        ),
        Extra(FUNCTION, "Valet av ansvarig", None, EVERYTHING),
        Extra(FOCUS, "Valet av insatsområde", None, EVERYTHING),
        Extra(FOLLOWED, "Valet av det som följs upp", None, NONE_OPEN),
        Extra(ACTIVITY, "Valet av aktivitet", None, NONE_OPEN),
        Extra(
            LEVEL_OF_DECISION,
            "Valet av beslutsnivå",
            {EVERYTHING: "Alla", "hsn": "Hälso- och sjukvårdsnämnden", "rs": "Regionstyrelsen"},
            EVERYTHING,
        ),
        Extra(RISK, "Valet av risk", None, NONE_OPEN),
        Extra(
            OUTLOOK,
            "Valet av del",
            {
                PLACES: "Plats bland regionerna",
                ONE_KEY_FIGURE: "Ett nyckeltal",
                BETTER_THAN_NATIONAL: "Bättre än riket?",
                VGR: "VGR:s omställning",
            },
            PLACES,
        ),
        Extra(KEY_FIGURE, "Valet av nyckeltal i omvärlden", None, FIRST_KEY_FIGURE),
        Extra(REGIONS, "Valet av regioner", None, HOME_ALONE),
        Extra(FIELD, "Valet av område i omvärlden", None, EVERYTHING),
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
    MISSIONS: (PROMISES, FUNCTION, FOCUS, FOLLOWED),
    TRANSFORMATION: (ACTIVITY,),
    CONTROLS: (LEVEL_OF_DECISION, RISK),
    SURROUNDINGS: (OUTLOOK, KEY_FIGURE, REGIONS, FIELD),
}
"""Page → its own choices, always in its links, so that Back finds them again."""
IN_THE_FILTER_ROW: Mapping[str, tuple[str, str]] = {
    ROAD: (YARDSTICK, "Jämför mot"),
    BUDGET: (YARDSTICK, "Jämför mot"),
    SURROUNDINGS: (OUTLOOK, "Del av sidan"),
}
"""Page → the one of them that is about the whole page and stands in the filter row, with its label."""
