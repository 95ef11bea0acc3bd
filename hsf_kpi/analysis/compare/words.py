"""Why units are not held against each other, as Swedish sentences."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from hsf_kpi.analysis.reasons import incomplete_reason, missing_reason, missing_words
from hsf_kpi.analysis.types import Outcome
from hsf_kpi.model.peers import Withheld
from hsf_kpi.swedish.numbers import number

SIZED = "Belopp och antal följer storleken på verksamheten och rangordnas därför inte."
NOT_MEASURED = "Nyckeltalet mäts inte vid verksamheterna i gruppen."
NOT_PERMITTED = "Nyckeltalet ingår inte i behörigheten för någon av verksamheterna i gruppen."
MONTH_OUTSIDE = "Månaden ingår inte i behörigheten för någon av verksamheterna i gruppen."
NOT_COUNTED = (
    "Nyckeltalet räknar inte hur många av hur många, och inga händelser som är oberoende av varandra. Därför går det inte"
    " att säga hur mycket slumpen ensam kan skilja verksamheterna åt."
)

WITHHELD: Mapping[Withheld, str] = {
    Withheld.NO_VALUE: "Ingen av verksamheterna i behörigheten har ett värde att jämföra.",
    Withheld.FEW: "Färre än fem verksamheter har ett värde att jämföra, och en plats bland så få säger lite.",
    Withheld.HIDDEN: (
        "Rangordningen visas inte: verksamheter utanför behörigheten visas utan namn, och bara när de är minst fem med"
        " ett värde som får visas, och när värdena skiljer sig åt."
    ),
    Withheld.EARLIER: (
        "Verksamheter utanför behörigheten visas utan namn, och bara i dagens organisation. Välj den under ”Mer” för att"
        " se rangordningen."
    ),
    Withheld.OVERLAPPING: (
        "Rangordningen visas inte: verksamheter utanför behörigheten visas utan namn, och bara i en grupp vars"
        " verksamheter inte står i någon annan grupp."
    ),
    Withheld.NO_GROUP: "Verksamheten står inte i någon jämförelsegrupp.",
}


def no_value(outcomes: Collection[Outcome]) -> str:
    """That none of them has a value to compare, and why where it is the same for all."""
    why = {missing_reason(o) if o.value is None else incomplete_reason(o) for o in outcomes}
    return f"{why.pop()}." if len(why) == 1 else WITHHELD[Withheld.NO_VALUE]


def why_missing(outcome: Outcome) -> str:
    """A few words for a unit that is left out: «maskerat», «ofullständigt: 9 av 10 månader»."""
    return missing_words(outcome) if outcome.value is None else f"ofullständigt: {outcome.note}"


def too_few(units: int, fewest: int) -> str:
    """Why there is no funnel of so few units."""
    here = {0: "har ingen ett", 1: "har en ett"}.get(units, f"har {number(units, 0)} ett")
    return (
        f"Trattdiagrammet behöver minst {number(fewest, 0)} verksamheter med ett värde som har räknats fram av antal; här"
        f" {here}."
    )
