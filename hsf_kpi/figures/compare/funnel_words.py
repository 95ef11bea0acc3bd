"""What a funnel says: its title, its reading help, and what a sighted reader takes in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hsf_kpi.analysis.compare.types import Funnel, FunnelPoint, FunnelZone
from hsf_kpi.figures.captions import measure_words, sentences
from hsf_kpi.figures.compare.words import BETTER, NEITHER, SIDE_SHAPE, WORSE, side, side_word
from hsf_kpi.figures.economy.cells import joined
from hsf_kpi.figures.peers import left_out_words
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.swedish.numbers import SPACE, number, value_text
from hsf_kpi.swedish.sorting import swedish_key

PERCENT_95, PERCENT_998 = f"95{SPACE}%", f"99,8{SPACE}%"
ZONE_WORD: Mapping[FunnelZone, str] = {
    FunnelZone.INSIDE: "innanför gränserna",
    FunnelZone.OUTSIDE_95: f"utanför {PERCENT_95}-gränsen",
    FunnelZone.OUTSIDE_998: f"utanför {PERCENT_998}-gränsen",
}


def zone_text(point: FunnelPoint, found: Funnel) -> str:
    """«■ sämre, utanför 99,8 %-gränsen»; inside the limits nothing but that."""
    if point.zone is FunnelZone.INSIDE:
        return ZONE_WORD[point.zone]
    shape = SIDE_SHAPE[side(found.measure, point.high)]
    return f"{shape}{SPACE}{side_word(found.measure, point.high)}, {ZONE_WORD[point.zone]}"


def size_text(point: FunnelPoint, found: Funnel) -> str:
    """«1 204 patienter»"""
    return f"{number(point.size, 0)}{SPACE}{found.size_words}".rstrip()


def funnel_titles(found: Funnel, names: Mapping[str, str]) -> Iterator[str]:
    """«Två av 14 verksamheter ligger utanför 99,8 %-gränserna», and shorter ones; one unit by its name."""
    count = how_many(len(found.points))
    far, near = _in(found, FunnelZone.OUTSIDE_998), _in(found, FunnelZone.OUTSIDE_95)
    if len(far) == 1:
        name, word = names.get(far[0].unit, far[0].unit), side_word(found.measure, far[0].high)
        yield f"{name} är {word} än gruppen, mer än slumpen ger"
        yield f"En av {count} är {word} än gruppen, mer än slumpen ger"
    elif far:
        yield f"{how_many(len(far), capital=True)} av {count} verksamheter skiljer sig från gruppen mer än slumpen ger"
        yield f"{how_many(len(far), capital=True)} av {count} skiljer sig från gruppen mer än slumpen ger"
    elif near:
        yield f"Ingen av {count} ligger utanför {PERCENT_998}-gränsen, {how_many(len(near))} utanför {PERCENT_95}-gränsen"
    elif found.adjusted:
        yield f"De {count} verksamheterna skiljer sig mer än slumpen ger, men ingen sticker ut"
        yield f"De {count} skiljer sig mer än slumpen ger, men ingen sticker ut"
    else:
        yield f"Skillnaderna mellan de {count} verksamheterna kan vara slump"


def _in(found: Funnel, zone: FunnelZone) -> list[FunnelPoint]:
    return [point for point in found.points if point.zone is zone]


def funnel_help(found: Funnel, own: str) -> str:
    """own: the chosen unit's name, where it has a point."""
    return sentences(
        f"Vågrät linje: alla verksamheter som visas tillsammans, {value_text(found.centre, found.measure)}.",
        f"Om alla i grunden vore lika skulle ungefär en av tjugo ligga utanför {PERCENT_95}-gränsen och två av tusen"
        f" utanför {PERCENT_998}-gränsen.",
        _dispersion_words(found),
        _shape_words(found.points, found),
        f"Ringad: {own}." if own else "",
        left_out_words(found.left_out),
    )


def _dispersion_words(found: Funnel) -> str:
    if not found.adjusted:
        return ""
    factor = number(found.dispersion, 1)
    return f"Skillnaderna är större än slumpen ensam ger (φ = {factor}); gränserna är vidgade."


def _shape_words(points: Sequence[FunnelPoint], found: Funnel) -> str:
    """What the shapes stand for, of those there are."""
    outside = [point for point in points if point.zone is not FunnelZone.INSIDE]
    words = {side(found.measure, p.high): side_word(found.measure, p.high) for p in outside}
    if NEITHER in words:
        return f"{SIDE_SHAPE[NEITHER]} utanför gränserna, ihålig mellan {PERCENT_95} och {PERCENT_998}."
    told = [f"{SIDE_SHAPE[way]} {words[way]}" for way in (BETTER, WORSE) if way in words]
    if any(point.zone is FunnelZone.OUTSIDE_95 for point in outside):
        told.append(f"ihålig mellan {PERCENT_95} och {PERCENT_998}")
    return f"{', '.join(told)}." if told else ""


def funnel_sentence(found: Funnel, names: Mapping[str, str]) -> str:
    """Who is outside on which side; the chosen unit's own point."""
    measure = found.measure
    own = next((point for point in found.points if point.unit == found.own), None)
    told = ""
    if own is not None:
        value = value_text(own.value, measure)
        told = (
            f"{names.get(own.unit, own.unit)} har {value} av {size_text(own, found)}, {ZONE_WORD[own.zone]}."
        )
    return sentences(
        f"Trattdiagram med {how_many(len(found.points))} verksamheter {found.group.words} efter antal"
        f" {found.size_words or 'i nämnaren'}. {measure_words(measure)}.",
        f"Tillsammans {value_text(found.centre, measure)}.",
        told,
        *_outside(found, names),
    )


def _outside(found: Funnel, names: Mapping[str, str]) -> Iterator[str]:
    for zone in (FunnelZone.OUTSIDE_998, FunnelZone.OUTSIDE_95):
        for high in (False, True):
            there = [names.get(p.unit, p.unit) for p in _in(found, zone) if p.high == high]
            if there:
                where = (
                    f"{ZONE_WORD[zone][:1].upper()}{ZONE_WORD[zone][1:]}, {side_word(found.measure, high)}"
                )
                yield f"{where}: {joined(sorted(there, key=swedish_key))}."
