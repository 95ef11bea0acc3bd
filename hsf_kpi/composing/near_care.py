"""Nära vård as figures: who will need care, and the programme.

All of it is published and of the whole county: the same whatever unit and month are chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from hsf_kpi.composing.ask import KEPT, Ask
from hsf_kpi.composing.composed import Composed
from hsf_kpi.composing.followed import whole
from hsf_kpi.composing.seen import for_most
from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.near_care import ahead_table, forecast_table, programme_table
from hsf_kpi.figures.near_care_words import near_care_finding, near_care_tiles, programme_tiles
from hsf_kpi.figures.near_care_years import history_table, history_timeline, population_figure
from hsf_kpi.figures.words_tile import WordsTile


def finding(ask: Ask) -> str:
    """The page's own sentence."""
    return near_care_finding(ask.catalogue.near_care)


def tiles(ask: Ask) -> Sequence[WordsTile]:
    return near_care_tiles(ask.catalogue.near_care)


def of_the_programme(ask: Ask) -> Sequence[WordsTile]:
    return programme_tiles(ask.catalogue.near_care)


@lru_cache(maxsize=KEPT)
def who_needs_care(ask: Ask) -> tuple[Composed, ...]:
    """The forecast, then the population as it has been."""
    return for_most(ask, *_population(ask))


@lru_cache(maxsize=KEPT)
def programme(ask: Ask) -> tuple[Composed, ...]:
    """The målområden with their projects, the history, and what is ahead."""
    return for_most(ask, *_programme(ask))


def figures(ask: Ask) -> tuple[Composed, ...]:
    return (*who_needs_care(ask), *programme(ask))


def in_report(ask: Ask) -> tuple[Composed, ...]:
    """The same for a report, whose pages have no room for a bar for each event: the history as a table."""
    return (*who_needs_care(ask), *for_most(ask, *_programme(ask, history_table)))


def _population(ask: Ask) -> Iterator[Figure | None]:
    care, context = ask.catalogue.near_care, whole(ask)
    if care.forecasts:
        yield forecast_table(care, context=context)
    for one in care.populations:
        yield population_figure(care, one, context=context)


def _programme(ask: Ask, history: Callable[..., Figure] = history_timeline) -> Iterator[Figure | None]:
    care, context = ask.catalogue.near_care, whole(ask)
    if care.target_areas:
        yield programme_table(care, context=context)
    if care.history:
        yield history(care, context=context)
    if care.plan or care.now:
        yield ahead_table(care, context=context)
