"""What a ranking says: its title, and what a sighted reader takes in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from hsf_kpi.analysis.compare.types import Ranked, Ranking
from hsf_kpi.figures.captions import measure_words, sentences
from hsf_kpi.figures.compare.words import (
    assessments_of,
    between_text,
    has_better_way,
    name_of,
    own_row,
    place_words,
    row_text,
    side_word,
    target_sentence,
)
from hsf_kpi.figures.economy.cells import joined
from hsf_kpi.figures.figure import Mark
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.swedish.numbers import value_text
from hsf_kpi.swedish.words import sentence_start


def ranking_titles(found: Ranking, names: Mapping[str, str]) -> Iterator[str]:
    """«Kirurgkliniken har plats 7 av 13; tre skiljer sig tydligt från medianen», and shorter ones."""
    own = own_row(found)
    return iter(_of_the_group(found)) if own is None else _of_the_own(found, own, name_of(own, names))


def _of_the_own(found: Ranking, own: Ranked, name: str) -> Iterator[str]:
    place = place_words(found, own) + ("" if has_better_way(found.measure) else ", lägst först")
    if own.apart:
        rest = f", tydligt {side_word(found.measure, own.value > found.median)} än medianen"
    elif own.low is not None and _tested(found) == 1:
        rest = ", inte tydligt skild från medianen"
    elif tested := _tested(found):
        rest = f"; {_apart_words(found, tested)} tydligt från medianen"
    else:
        rest = f"; medianen är {value_text(found.median, found.measure)}"
    for said in (rest, rest.removesuffix(" från medianen"), ""):
        yield f"{name} har {place}{said}"
    yield f"{sentence_start(place)}{rest}"
    yield sentence_start(place)


def _tested(found: Ranking) -> int:
    """How many have an interval."""
    return sum(row.low is not None for row in found.rows)


def _apart(found: Ranking) -> int:
    return sum(row.apart for row in found.rows)


def _apart_words(found: Ranking, tested: int) -> str:
    """«tre skiljer sig», «ingen skiljer sig»; where some have no interval «tre av åtta prövade skiljer sig»."""
    apart = _apart(found)
    if tested == 1 < len(found.rows):
        return f"den enda prövade skiljer sig{'' if apart else ' inte'}"
    count = how_many(apart) if apart else "ingen"
    among = "" if tested == len(found.rows) else f" av {how_many(tested)} prövade"
    return f"{count}{among} skiljer sig"


def _of_the_group(found: Ranking) -> list[str]:
    tested = _tested(found)
    if not tested:
        count, median = how_many(len(found.rows), capital=True), value_text(found.median, found.measure)
        return [f"{count} verksamheter har ett värde; medianen är {median}"]
    if tested == 1:
        return [
            f"Den enda som kan prövas skiljer sig{'' if _apart(found) else ' inte'} tydligt från medianen"
        ]
    count = how_many(_apart(found), capital=True) if _apart(found) else "Ingen"
    of = f"{how_many(tested)} {'' if tested == len(found.rows) else 'prövade '}verksamheter"
    return [f"{count} av {of} skiljer sig tydligt från medianen"]


def ranking_sentence(found: Ranking, names: Mapping[str, str], marks: Sequence[Mark]) -> str:
    """Nobody outside the scope is named."""
    measure, own = found.measure, own_row(found)
    values = [row.value for row in found.rows]
    told = ""
    if own is not None:
        interval = between_text(own.low, own.high, measure)
        within = f", 95\N{NO-BREAK SPACE}%-intervall {interval}" if interval else ""
        told = f"{name_of(own, names)} har {row_text(own, measure)}{within}, {place_words(found, own)}."
    return sentences(
        f"Punktdiagram med {how_many(len(values))} verksamheter {found.group.words} i ordning. {measure_words(measure)}.",
        told,
        *_sides(found, names),
        f"Lägst {value_text(min(values), measure)}, högst {value_text(max(values), measure)},"
        f" medianen är {value_text(found.median, measure)}.",
        target_sentence(marks[1:], assessments_of(found)),
    )


def _sides(found: Ranking, names: Mapping[str, str]) -> Iterator[str]:
    """«Tydligt bättre än medianen: A och B.»"""
    for more in (False, True):
        apart = [
            name_of(row, names) for row in found.rows if row.apart and (row.value > found.median) == more
        ]
        if apart:
            yield f"Tydligt {side_word(found.measure, more)} än medianen: {joined(apart)}."
