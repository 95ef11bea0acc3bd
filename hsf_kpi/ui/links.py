"""The whole choice as a link: stable ids, never labels, so that a copied link opens the same view after a rename."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from hsf_kpi.model.codes import OrgView, Sex
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.selection import Selection

UNIT, MONTH, VIEW, SEX, ORG, MEASURE, ROLE = "enhet", "manad", "vy", "kon", "org", "nyckeltal", "roll"
AS_KNOWN = "per"
"""The day whose knowledge is shown, as ISO; not in the link for what is known now."""
KEPT = (UNIT, MONTH, VIEW, SEX, ORG, AS_KNOWN)
"""The parameters of the filter bar, kept on every page."""

VIEW_CODES = {"manad": View.MONTH, "ack": View.YTD, "r12": View.R12}
SEX_CODES = {"alla": Sex.ALL, "k": Sex.WOMEN, "m": Sex.MEN}
ORG_CODES = {"idag": OrgView.TODAY, "da": OrgView.AS_WAS}

OVERVIEW, SIGNALS, OWN_UNIT = "oversikt", "signaler", "min_verksamhet"
GOALS, ONE_MEASURE, COMPARE = "maluppfyllelse", "nyckeltal", "jamfor"
QUALITY = "datakvalitet"
ROAD, BUDGET, ASSIGNMENTS, PRODUCTION = "vagen", "budget", "ekonomiatgarder", "produktion"
ECONOMY = (ROAD, BUDGET, ASSIGNMENTS, PRODUCTION)
"""The pages of the section Ekonomi, which are about the unit as a whole: never by sex."""
WITHOUT_SEX = (*ECONOMY, SIGNALS, OWN_UNIT, QUALITY)
"""Pages that are never by sex."""
ABOUT_A_MEASURE = (ONE_MEASURE, COMPARE)
"""Pages about one nyckeltal, which is chosen in the filter bar and kept in the link."""

YARDSTICK, PHASING, BASE, LEVEL, BRIDGE = "mot", "fas", "bas", "niva", "brygga"
SCENARIO, ASSIGNMENT, TABLE = "scenario", "uppdrag", "tabell"
GROUP, AREA, ORDER, ANSWER, KIND, PART = "grupp", "omrade", "ordning", "svar", "slag", "del"
STANDING, MONEY, DIALOGUE = "laget", "budget", "dialog"
ASPECT, MADE_OF, ACCOUNT = "kvalitet", "raknat", "konto"
COMPLETE, CORRECTED, SUMS, SOURCES = "fullstandighet", "rattelser", "summor", "kallor"
YES, NO_ACCOUNT = "ja", "inget"
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
    QUALITY: (ASPECT,),
}
"""Page → its own choices, always in its links, so that Back finds them again."""
LONGEST_TEXT = 2000
"""Signs of free text taken from a link."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page with everything chosen on it. `role` is kept in links on demo data only."""

    page: str
    selection: Selection
    measure: str | None = None
    role: str | None = None
    extras: tuple[tuple[str, str], ...] = ()
    """The chosen code of each of `EXTRAS_OF` the page; what is left out is as it is before anything is chosen."""
    known: dt.date | None = None
    """The earlier day whose knowledge is shown; None for now."""

    def extra(self, name: str) -> str:
        return dict(self.extras).get(name, EXTRAS[name].first)

    def on(self, page: str, measure: str | None = None, **extras: str) -> Place:
        """Another page, with everything else chosen as it is."""
        kept = {name: code for name, code in self.extras if name in EXTRAS_OF.get(page, ())}
        return replace(self, page=page, measure=measure, extras=tuple((kept | extras).items()))

    def at(self, **changes: object) -> Place:
        """The same place with another unit, month, view, sex or organisation."""
        return replace(self, selection=replace(self.selection, **changes))  # type: ignore[arg-type]

    def params(self) -> dict[str, str]:
        chosen = self.selection
        params = {
            UNIT: chosen.unit,
            MONTH: chosen.month.iso,
            VIEW: code_of(VIEW_CODES, chosen.view),
            SEX: code_of(SEX_CODES, chosen.sex),
            ORG: code_of(ORG_CODES, chosen.org),
        }
        if self.measure and self.page in ABOUT_A_MEASURE:
            params = {MEASURE: self.measure, **params}
        params |= {name: self.extra(name) for name in EXTRAS_OF.get(self.page, ())}
        if self.known is not None:
            params[AS_KNOWN] = self.known.isoformat()
        if self.role:
            params[ROLE] = self.role
        return params

    def href(self) -> str:
        """A relative address (all pages lie side by side), so that it works below any base path."""
        page = "./" if self.page == OVERVIEW else self.page
        return f"{page}?{urlencode(self.params())}"


def code_of(
    codes: dict[str, object] | dict[str, View] | dict[str, Sex] | dict[str, OrgView], value: object
) -> str:
    return next(code for code, member in codes.items() if member == value)


def parse_day(text: str) -> dt.date | None:
    """«2023-11-15», and no other way of writing it."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def parse_month(text: str) -> Month | None:
    try:
        return Month.parse(text)
    except ValueError:
        return None
