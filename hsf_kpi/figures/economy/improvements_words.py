"""The words of Förbättringsarbete: what the activities are to bring, have brought, and the gap they are held against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from hsf_kpi.analysis.economy.improvements import EffectSum, ImprovementTotals
from hsf_kpi.figures.economy.words import mnkr, mnkr_text, shown
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.figures.words_tile import WordsTile
from hsf_kpi.model.register import Effect
from hsf_kpi.swedish.numbers import SPACE, number

SEEN = " som ingår i behörigheten"
EFFECT_WORD: Mapping[Effect, str] = {
    Effect.COST: "lägre kostnad",
    Effect.CAPACITY: "ökad kapacitet",
    Effect.QUALITY: "kvalitet med ekonomisk effekt",
}


def improvements_finding(found: ImprovementTotals, *, part: bool = False) -> str:
    """«Nio aktiviteter väntas ge 6,4 mnkr till under året; det räcker till 4 % av gapet». part: others are not seen."""
    whole = found.whole
    if not whole.activities:
        if found.stopped:
            return "Alla förbättringsarbeten här är avbrutna"
        return (
            f"Inga förbättringsarbeten{SEEN if part else ''} är registrerade här för {found.months[-1].year}"
        )
    who = f"{how_many(whole.activities, capital=True)} {_activities(whole.activities)}"
    if found.months[-1].number == 12:
        if whole.realised is None:
            return f"{who} väntades ge {mnkr_text(whole.expected)} under året; inget är rapporterat"
        told = f"{who} har gett {mnkr_text(whole.realised)} under året"
        return told if whole.reported < whole.due else f"{told}, av väntade {mnkr_text(whole.expected)}"
    if shown(whole.remaining) <= 0:
        return f"{who} väntas inte ge något mer under året"
    start = f"{who} väntas ge {mnkr_text(whole.remaining)} till under året"
    return f"{start}; det räcker till {part_of_gap(found.covers)}" if found.covers is not None else start


def improvements_tiles(found: ImprovementTotals) -> tuple[WordsTile, ...]:
    """Expected so far, realised, the rest of the year, and the gap that it is held against."""
    whole = found.whole
    expected = (f"{whole.activities} {_activities(whole.activities)}", _stopped(found.stopped))
    ended = ("Året är slut: inga månader är kvar.",)
    left = ended if found.months[-1].number == 12 else tuple(_by_effect(found))
    return (
        _tile("vantat", "Väntat hittills", mnkr(whole.expected), *expected),
        _realised(whole),
        _tile("aterstar", "Väntat resten av året", mnkr(whole.remaining), *left),
        _gap(found),
    )


def _realised(whole: EffectSum) -> WordsTile:
    id_, name = "realiserat", "Realiserat hittills"
    if whole.realised is None:
        return WordsTile(id_, name, "–", "", ("Inget är rapporterat.",))
    share = (
        "" if whole.share is None else f"{number(whole.share, 0)}{SPACE}% av det väntade i de rapporterade"
    )
    values = "månadsvärde är rapporterat" if whole.due == 1 else "månadsvärden är rapporterade"
    return _tile(id_, name, mnkr(whole.realised), share, f"{whole.reported} av {whole.due} {values}")


def _gap(found: ImprovementTotals) -> WordsTile:
    id_, name = "gap", "Gapet till målet"
    if found.gap is None:
        return WordsTile(id_, name, "–", "", ("Prognos eller budget saknas.",))
    covers = ""
    if found.covers is not None and found.whole.remaining > 0:
        covers = f"Återstående väntad effekt räcker till {part_of_gap(found.covers)}"
    against = "Lämnad prognos mot underskottsposten eller egen budget"
    return _tile(id_, name, mnkr(found.gap, sign=True), covers, against)


def _tile(id_: str, name: str, value: str, *lines: str) -> WordsTile:
    return WordsTile(id_, name, value, "mnkr", tuple(line for line in lines if line))


def _by_effect(found: ImprovementTotals) -> Iterator[str]:
    for effect, part in found.by_effect.items():
        if shown(part.remaining):
            yield f"{mnkr_text(part.remaining)} {EFFECT_WORD[effect]}"


def _stopped(count: int) -> str:
    if not count:
        return ""
    return (
        "En avbruten räknas inte" if count == 1 else f"{how_many(count, capital=True)} avbrutna räknas inte"
    )


def _activities(count: int) -> str:
    return "aktivitet" if count == 1 else "aktiviteter"


def part_of_gap(percent: Fraction) -> str:
    """«4 % av gapet», «mindre än 1 % av gapet», «hela gapet»"""
    if percent >= 100:
        return "hela gapet"
    least = "mindre än " if percent < 1 else ""
    return f"{least}{number(max(Fraction(1), min(percent, Fraction(99))), 0)}{SPACE}% av gapet"
