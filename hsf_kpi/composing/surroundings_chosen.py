"""What a link to Omvärld asks for: which field, which key figure, which regions beside the own."""

from __future__ import annotations

from hsf_kpi.composing.ask import Ask
from hsf_kpi.composing.choices import EVERYTHING, FIELD, HOME_ALONE, KEY_FIGURE, REGIONS
from hsf_kpi.model.problems import NotFound, Problem
from hsf_kpi.model.surroundings import KeyFigure, Surroundings
from hsf_kpi.swedish.sorting import swedish_key

MOST_REGIONS = 5
BETWEEN = ","
NO_SUCH_FIGURE = "Nyckeltalet i länken finns inte bland de öppna nyckeltalen."
NO_SUCH_FIELD = "Området i länken finns inte bland de öppna nyckeltalens områden."


def surroundings_of(ask: Ask) -> Surroundings:
    return ask.catalogue.surroundings


def key_figure(ask: Ask) -> KeyFigure:
    """The one that the link names. NotFound, in words, for one that there is not."""
    found = surroundings_of(ask).figure(ask.extra(KEY_FIGURE))
    if found is None:
        raise NotFound(Problem(NO_SUCH_FIGURE, "", "Välj ett nyckeltal i listan."))
    return found


def area_of(ask: Ask) -> str:
    """The id of the only field that is shown, "" for all. NotFound for one that there is not."""
    asked = ask.extra(FIELD)
    if asked != EVERYTHING and asked not in surroundings_of(ask).fields:
        raise NotFound(Problem(NO_SUCH_FIELD, "", "Välj ett område i listan."))
    return "" if asked == EVERYTHING else asked


def regions_of_link(ask: Ask) -> tuple[str, ...]:
    """The ids in the link, whether they exist or not, each once."""
    asked = ask.extra(REGIONS)
    if asked == HOME_ALONE:
        return ()
    return tuple(dict.fromkeys(one.strip() for one in asked.split(BETWEEN) if one.strip()))


def other_regions(ask: Ask) -> dict[str, str]:
    """Those that can be chosen beside the own: id → name, the one whose plan is told of first, then by name."""
    around = surroundings_of(ask)
    first = "" if around.plan is None else around.plan.region
    names = ask.regions.names(ask.scope, ask.selection)
    order = sorted(names, key=lambda one: (one != first, swedish_key(names[one])))
    return {one: names[one] for one in order if one != around.home}


def chosen_regions(ask: Ask) -> tuple[str, ...]:
    """NotFound, in words, for a region that there is not, for the own one, and for more than can be told apart."""
    asked, known = regions_of_link(ask), other_regions(ask)
    unknown = [one for one in asked if one not in known]
    if unknown:
        named = ", ".join(f"”{one}”" for one in unknown)
        what = f"{'Regionen' if len(unknown) == 1 else 'Regionerna'} {named} i länken finns inte bland de andra regionerna."
        raise NotFound(Problem(what, "", "Välj regioner i listan."))
    if len(asked) > MOST_REGIONS:
        what = f"Länken har {len(asked)} regioner; högst {MOST_REGIONS} kan visas bredvid varandra."
        raise NotFound(Problem(what, "", "Välj färre regioner i listan."))
    return asked
