"""What Datakvalitet och källor shows: completeness, corrections, sums that do not add up, sources and definitions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from hsf_kpi.analysis.quality import Cover
from hsf_kpi.composing.ask import KEPT, Ask
from hsf_kpi.composing.choices import ASPECT, COMPLETE, CORRECTED, SOURCES, SUMS
from hsf_kpi.composing.composed import Composed
from hsf_kpi.composing.seen import UNITS_SEEN
from hsf_kpi.figures.figure import Context
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.quality.completeness import (
    GROUP,
    complete_table,
    completeness_titles,
    lacking,
    lacking_table,
    months_table,
    units_completeness_table,
)
from hsf_kpi.figures.quality.corrections import corrections_table, ledger_corrections_table
from hsf_kpi.figures.quality.sources import measures_table, sources_table
from hsf_kpi.figures.quality.sums import sex_gaps_table, source_errors_table, trade_table, two_ways_table
from hsf_kpi.figures.quality.words import about_data
from hsf_kpi.model.measure import Measure


def finding(ask: Ask) -> str:
    """How much has come in, whatever part of the page is shown."""
    return fitting(completeness_titles(_covers(ask), _context(ask)))


def figures(ask: Ask) -> tuple[Composed, ...]:
    """Those of the chosen part."""
    found = (make(ask) for make in _OF_ASPECT[ask.extra(ASPECT)])
    return tuple(one for one in found if one is not None)


def _covers(ask: Ask) -> tuple[Cover, ...]:
    return ask.quality.completeness(ask.scope, ask.selection)


def _context(ask: Ask) -> Context:
    return about_data(ask.context(), ask.selection.month)


def _sees_ledger(ask: Ask) -> bool:
    return ask.economy.may_see(ask.scope, ask.selection.unit)


def _keys(covers: Iterable[Cover]) -> tuple[str, ...]:
    """The measures that are told of, by which it is judged who may take the file."""
    return tuple(dict.fromkeys(cover.key for cover in covers if cover.key))


@lru_cache(maxsize=KEPT)
def _lacking(ask: Ask) -> Composed:
    covers = _covers(ask)
    groups = tuple(GROUP[cover.arrived] for cover in lacking(covers))
    figure = lacking_table(covers, context=_context(ask))
    return Composed(figure, groups=groups, keys=_keys(covers))


@lru_cache(maxsize=KEPT)
def _complete(ask: Ask) -> Composed:
    covers = _covers(ask)
    return Composed(complete_table(covers, context=_context(ask)), keys=_keys(covers))


@lru_cache(maxsize=KEPT)
def _units(ask: Ask) -> Composed | None:
    found = ask.quality.by_unit(ask.scope, ask.selection)
    if not found:
        return None
    rows = [(unit, ask.name(unit), covers) for unit, covers in found]
    all_seen = ask.workspace.sees_all_below(ask.scope, ask.selection)
    figure = units_completeness_table(rows, context=_context(ask), note="" if all_seen else UNITS_SEEN)
    keys = _keys(cover for _, covers in found for cover in covers)
    return Composed(figure, units=tuple(unit for unit, _ in found), keys=keys)


@lru_cache(maxsize=KEPT)
def _months(ask: Ask) -> Composed:
    found = ask.quality.by_month(ask.scope, ask.selection)
    keys = _keys(cover for month in found for cover in month.covers)
    return Composed(months_table(found, context=_context(ask)), keys=keys)


@lru_cache(maxsize=KEPT)
def _corrections(ask: Ask) -> Composed:
    measures = ask.catalogue.measures
    found = [one for one in ask.quality.corrections(ask.scope, ask.selection) if one.measure in measures]
    names = ask.names(one.unit for one in found)
    figure = corrections_table(found, measures, names, context=_context(ask))
    keys = tuple(dict.fromkeys(one.measure for one in found))
    return Composed(figure, named=tuple(names), keys=keys or _any_key(ask))


@lru_cache(maxsize=KEPT)
def _ledger_corrections(ask: Ask) -> Composed | None:
    if not _sees_ledger(ask):
        return None
    found = ask.quality.ledger_corrections(ask.scope, ask.selection)
    accounts = {account.id: account for account in ask.catalogue.ledger_accounts}
    names = ask.names(one.unit for one in found)
    figure = ledger_corrections_table(found, accounts, names, context=_context(ask))
    return Composed(figure, named=tuple(names), keys=(ask.economy.seen_with,))


@lru_cache(maxsize=KEPT)
def _sex_gaps(ask: Ask) -> Composed:
    found = ask.quality.sex_gaps(ask.scope, ask.selection)
    names = ask.names(one.unit for one in found)
    figure = sex_gaps_table(found, ask.catalogue.measures, names, context=_context(ask))
    keys = tuple(dict.fromkeys(one.measure for one in found))
    return Composed(figure, named=tuple(names), keys=keys or _any_key(ask))


@lru_cache(maxsize=KEPT)
def _two_ways(ask: Ask) -> Composed:
    found = ask.quality.two_ways(ask.scope, ask.selection)
    names = ask.names(one.unit for one in found)
    figure = two_ways_table(found, ask.catalogue.measures, names, context=_context(ask))
    keys = tuple(dict.fromkeys(one.measure for one in found))
    return Composed(figure, named=tuple(names), keys=keys or _any_key(ask))


@lru_cache(maxsize=KEPT)
def _trade(ask: Ask) -> Composed | None:
    if not _sees_ledger(ask):
        return None
    found = ask.quality.trade_gaps(ask.scope, ask.selection)
    names = ask.names(unit for one in found for unit in (one.seller, one.buyer))
    figure = trade_table(found, names, context=_context(ask))
    return Composed(figure, named=tuple(names), keys=(ask.economy.seen_with,))


@lru_cache(maxsize=KEPT)
def _source_errors(ask: Ask) -> Composed:
    context = about_data(ask.context(), ask.selection.month, state="")
    return Composed(source_errors_table(ask.catalogue.source_errors, context=context), keys=_any_key(ask))


@lru_cache(maxsize=KEPT)
def _sources(ask: Ask) -> Composed:
    found = ask.quality.sources(ask.scope, ask.selection)
    figure = sources_table(found, _covers(ask), ask.quality.profile_names(ask.scope), context=_context(ask))
    return Composed(figure, keys=_measured(ask, (one.measure for one in found)))


@lru_cache(maxsize=KEPT)
def _measures(ask: Ask) -> Composed:
    allowed = _allowed(ask)
    found = ask.quality.sources(ask.scope, ask.selection)
    figure = measures_table(list(allowed.values()), found, context=_context(ask))
    return Composed(figure, measures=tuple(allowed))


def _allowed(ask: Ask) -> Mapping[str, Measure]:
    """The measures that may be seen at the chosen unit, the plan's first."""
    plan = {measure.key: measure for measure in ask.catalogue.plan_rows()}
    unit = ask.selection.unit
    every = plan | dict(ask.catalogue.measures)
    return {key: measure for key, measure in every.items() if ask.scope.allows(unit, key)}


def _measured(ask: Ask, keys: Iterable[str]) -> tuple[str, ...]:
    """The measures of the keys; the ledger's («») by the measure that it is seen with."""
    found = dict.fromkeys(key or ask.economy.seen_with for key in keys)
    return tuple(found) or _any_key(ask)


def _any_key(ask: Ask) -> tuple[str, ...]:
    """Of a table without rows, which tells of no measure: whoever may take anything may take it."""
    return tuple(_allowed(ask))[:1]


_OF_ASPECT: Mapping[str, tuple[Callable[[Ask], Composed | None], ...]] = {
    COMPLETE: (_lacking, _units, _months, _complete),
    CORRECTED: (_corrections, _ledger_corrections),
    SUMS: (_sex_gaps, _two_ways, _trade, _source_errors),
    SOURCES: (_sources, _measures),
}
