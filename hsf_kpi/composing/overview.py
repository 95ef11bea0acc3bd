"""What Översikt shows: which tiles, the finding over them, and måluppfyllelse."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from hsf_kpi.analysis.board import board
from hsf_kpi.analysis.spc.types import NoLimits, Process
from hsf_kpi.analysis.types import Assessment, Outcome
from hsf_kpi.composing.ask import KEPT, Ask
from hsf_kpi.composing.composed import Composed
from hsf_kpi.composing.seen import among_seen, assessed, sees_part, with_rows_seen
from hsf_kpi.composing.waiting import waiting_words
from hsf_kpi.figures.economy.road import needed_words
from hsf_kpi.figures.goals import goals
from hsf_kpi.figures.phrases import change_text, how_many
from hsf_kpi.figures.spark import spark
from hsf_kpi.model.codes import Missing, Status
from hsf_kpi.swedish.numbers import number
from hsf_kpi.swedish.periods import period_words
from hsf_kpi.swedish.words import sentence_start

HEADLINES = (
    "periodresultat", "helarsprognos", "arsarbetare", "hyrpersonal",
    "sjukfranvaro", "vardgaranti.besok", "belaggning-somatik", "vantetid-1177",
)  # fmt: skip
"""The eight headline tiles, in order of weight (a phone shows them one under the other)."""
TILES = 8
RESULT, FORECAST = "periodresultat", "helarsprognos"
OWN = "favorit"


@dataclass(frozen=True)
class HeadlineTile:
    """`spark`: the small trend. `change`: what happened since last year, or why nothing can be said. `process`: what the
    months' own limits say.
    """

    assessment: Assessment
    spark: Composed
    change: str
    process: Process | NoLimits


def headlines(ask: Ask) -> tuple[Assessment, ...]:
    """The headline measures that may be seen; the places of the others go to what else may be seen and has a value."""
    found = {a.measure.key: a for a in assessed(ask)}
    chosen = [found.pop(key) for key in HEADLINES if key in found]
    others = [a for a in found.values() if a.outcome.value is not None]
    return tuple(chosen + others[: TILES - len(chosen)]) if sees_part(ask) else tuple(chosen)


@lru_cache(maxsize=KEPT)
def finding(ask: Ask) -> str:
    """The page's question answered in one sentence: how many of the headline measures meet their target."""
    shown = headlines(ask)
    judged = [a for a in shown if a.status is not Status.NOT_ASSESSABLE]
    if not shown:
        return "Inget nyckeltal ingår i behörigheten här"
    if not judged:
        return "Inget av nyckeltalen går att bedöma mot ett mål här"
    met = sum(a.status is Status.MET for a in judged)
    start = "Ett" if met == 1 else how_many(met, capital=True) if met else "Inget"
    of = "ett" if len(judged) == 1 else how_many(len(judged))
    if sees_part(ask):
        return f"{start} av {of} bedömda nyckeltal når målet{among_seen(ask, len(assessed(ask)))}"
    sentence = f"{start} av {of} nyckeltal når målet"
    forecast = next((a for a in judged if a.measure.key == FORECAST), None)
    if forecast is None or forecast.gap is None:
        return sentence
    distance = number(abs(forecast.gap), 0)
    if forecast.gap < 0:
        return f"{sentence}, och underskottet väntas bli {distance} mnkr större än underskottsposten"
    return f"{sentence}, och helårsprognosen ligger inom underskottsposten"


@lru_cache(maxsize=KEPT)
def tiles(ask: Ask) -> tuple[HeadlineTile, ...]:
    return _tiles(ask, headlines(ask))


@lru_cache(maxsize=KEPT)
def tiles_of(ask: Ask, keys: tuple[str, ...]) -> tuple[HeadlineTile, ...]:
    """The same of any measures, in this order; what may not be seen is left out."""
    found = {a.measure.key: a for a in assessed(ask)}
    tiles = _tiles(ask, [found[key] for key in keys if key in found])
    return tuple(replace(one, spark=_among_own(one.spark)) for one in tiles)


def _among_own(trend: Composed) -> Composed:
    """By a name of its own: the page may have the same trend among the headline tiles."""
    return Composed(replace(trend.figure, slug=f"{trend.figure.slug}-{OWN}"))


def _tiles(ask: Ask, shown: Iterable[Assessment]) -> tuple[HeadlineTile, ...]:
    context = ask.context()
    return tuple(
        HeadlineTile(
            a,
            Composed(spark(a, _recent(ask, a), context=context)),
            _change_words(ask, a),
            ask.signals.process(ask.scope, ask.selection, a.measure.key),
        )
        for a in shown
    )


def _recent(ask: Ask, a: Assessment) -> tuple[Outcome, ...]:
    """What a small trend shows: the latest periods of a monthly measure, all the years of another."""
    first = ask.selection.month - (ask.months(1) - 1) if a.measure.monthly else None
    return ask.workspace.outcomes(ask.scope, ask.selection, a.measure.key, first)


def _change_words(ask: Ask, a: Assessment) -> str:
    """What happened since last year; why nothing can be said, where the value or the verdict is missing."""
    if a.outcome.missing in (Missing.NOT_APPLICABLE, Missing.NOT_MEASURED_HERE, Missing.NOT_BY_SEX):
        return ""
    if a.outcome.value is None:
        return a.reason
    words = [
        change_text(a)
        or sentence_start(a.not_compared)
        or f"Saknar jämförelse med {period_words(a.measure, a.last_year.period)}",
        waiting_words(ask, a.measure, a.outcome.note),
        _road_words(ask) if a.measure.key == RESULT else "",
    ]
    if a.outcome.starred:
        words.append(f"* {a.outcome.note}")
    if a.status is Status.NOT_ASSESSABLE and a.target is not None:
        words.append(a.reason)
    return " · ".join(word for word in words if word)


def _road_words(ask: Ask) -> str:
    """«Krävs +30,5 mnkr i månaden för att nå −800», where the rest of the year can still be said to matter."""
    economy = ask.economy
    if not economy.may_see(ask.scope, ask.selection.unit):
        return ""
    return needed_words(economy.trajectory(ask.scope, ask.selection, forecasts=False))


@lru_cache(maxsize=KEPT)
def goals_figure(ask: Ask) -> Composed:
    counted = board(assessed(ask), ask.catalogue)
    areas = [(area.area.name, area.assessments) for area in counted.areas if area.assessments]
    rows = [a for _, assessments in areas for a in assessments]
    return Composed(with_rows_seen(ask, goals(areas, context=ask.context()), rows))
