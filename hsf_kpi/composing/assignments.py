"""What Ekonomiåtgärder shows: the four assignments, month by month and unit by unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from hsf_kpi.analysis.economy.compliance import HEADCOUNT, HIRED
from hsf_kpi.analysis.economy.improvements import ImprovementTotals, totals
from hsf_kpi.analysis.economy.production import amounts_of
from hsf_kpi.analysis.economy.restriktivitet import Restriktivitet, restriktivitet
from hsf_kpi.analysis.economy.staffing import Staffing, staffing
from hsf_kpi.analysis.economy.types import Compliance, Yardstick
from hsf_kpi.composing.ask import KEPT, Ask
from hsf_kpi.composing.choices import ASSIGNMENT
from hsf_kpi.composing.composed import Composed
from hsf_kpi.composing.economy import is_own_budget, ledger_of
from hsf_kpi.composing.road import trajectory_of
from hsf_kpi.composing.seen import with_units_seen
from hsf_kpi.economy import HEADCOUNT as PERSONS
from hsf_kpi.economy import HIRED as HIRED_SHARE
from hsf_kpi.figures.captions import source_line
from hsf_kpi.figures.economy.assignments import (
    compliance_finding,
    compliance_tiles,
    improvements_finding,
    improvements_tiles,
    restriktivitet_finding,
    restriktivitet_tiles,
)
from hsf_kpi.figures.economy.compliance import compliance_matrix
from hsf_kpi.figures.economy.improvements import improvements_by_month, improvements_register
from hsf_kpi.figures.economy.moves import moves_table
from hsf_kpi.figures.economy.multiples import compliance_multiples
from hsf_kpi.figures.economy.restriktivitet import restriktivitet_table, restriktivitet_units
from hsf_kpi.figures.economy.sources import ledger_source
from hsf_kpi.figures.economy.staffing import fte_title, staffing_table
from hsf_kpi.figures.economy.words import goal_words
from hsf_kpi.figures.order import worst_first
from hsf_kpi.figures.shape import origins_of
from hsf_kpi.figures.tables import units_table
from hsf_kpi.figures.words_tile import WordsTile
from hsf_kpi.model.codes import Sex
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.register import Move
from hsf_kpi.swedish.dates import month_short

STAFF = ("arsarbetare", "inhyrda-arsarbetare", "overtid-arsarbetare")
"""Own, hired and overtime årsarbetare: total bemanning."""
OF_STAFF = (HEADCOUNT, HIRED)


def assignment(ask: Ask) -> str:
    return ask.extra(ASSIGNMENT)


def key_of(ask: Ask) -> str | None:
    """The measure that the chosen assignment is followed by; None for the two that are followed in the ledger."""
    return {HEADCOUNT: PERSONS, HIRED: HIRED_SHARE}.get(assignment(ask))


def months_of_year(ask: Ask) -> tuple[Month, ...]:
    """January up to the chosen month."""
    month = ask.selection.month
    return tuple(Month.of(month.year, number) for number in range(1, month.number + 1))


def finding(ask: Ask) -> str:
    chosen = assignment(ask)
    if chosen in OF_STAFF:
        return compliance_finding(compliance(ask), names(ask), ask.name(ask.selection.unit))
    if chosen == "restriktivitet":
        return restriktivitet_finding(spending(ask))
    return improvements_finding(improvement_totals(ask), part=not sees_all(ask))


def tiles(ask: Ask) -> Sequence[WordsTile]:
    chosen = assignment(ask)
    if chosen in OF_STAFF:
        return compliance_tiles(compliance(ask), names(ask), _moves(ask))
    if chosen == "restriktivitet":
        return restriktivitet_tiles(spending(ask))
    return improvements_tiles(improvement_totals(ask))


@lru_cache(maxsize=KEPT)
def figures(ask: Ask) -> tuple[Composed, ...]:
    """The figures of the chosen assignment, in order."""
    chosen = assignment(ask)
    if chosen in OF_STAFF:
        return _compliance_figures(ask)
    if chosen == "restriktivitet":
        return _restriktivitet_figures(ask)
    return _improvement_figures(ask)


@lru_cache(maxsize=KEPT)
def compliance(ask: Ask) -> Compliance:
    return ask.economy.compliance(ask.scope, ask.selection, assignment(ask))


def names(ask: Ask) -> Mapping[str, str]:
    """The names of the chosen unit and those right below it."""
    below = ask.workspace.children(ask.scope, ask.selection)
    return {unit: ask.name(unit) for unit in (ask.selection.unit, *below)}


def _moves(ask: Ask) -> tuple[Move, ...]:
    if assignment(ask) != HEADCOUNT:
        return ()
    year = ask.selection.month.year
    return tuple(move for move in ask.economy.moves(ask.scope, ask.selection) if move.month.year == year)


def _compliance_figures(ask: Ask) -> tuple[Composed, ...]:
    key = key_of(ask)
    assert key is not None
    found, named, context = compliance(ask), names(ask), ask.context()
    measure = ask.catalogue.measure(key)
    monthly = ask.economy.staff(ask.scope, ask.selection, (key,), months_of_year(ask)[0])[key]
    source, origins = source_line([measure], monthly), origins_of(monthly)
    units = tuple(row.unit for row in found.rows)
    shown = []
    if units:
        matrix = compliance_matrix(found, named, context=context, origins=origins, source=source)
        order = [unit for row in matrix.rows for unit, name in named.items() if name == row[0]]
        shown.append(Composed(with_units_seen(ask, matrix, key), units=tuple(order), keys=(key,)))
        small = compliance_multiples(found, named, context=context, origins=origins, source=source)
        shown.append(Composed(with_units_seen(ask, small, key), named=units, keys=(key,)))
    else:
        matrix = compliance_matrix(found, named, context=context, origins=origins, source=source)
        shown.append(Composed(matrix, keys=(key,)))
    fte = _fte_by_unit(ask) if assignment(ask) == HEADCOUNT else None
    shown += [figure for figure in (_staffing_figure(ask), fte) if figure is not None]
    moves = ask.economy.moves(ask.scope, ask.selection)
    if assignment(ask) == HEADCOUNT and moves:
        every = {u: ask.name(u) for move in moves for part in move.parts if (u := part.unit)}
        figure = moves_table(moves, every, context=context, origins=origins)
        shown.append(Composed(figure, named=tuple(every), keys=(key,)))
    return tuple(shown)


@lru_cache(maxsize=KEPT)
def staffing_of(ask: Ask) -> Staffing | None:
    """Total bemanning by month of this year, each against last year; None where own staff is not seen."""
    first = Month.of(ask.selection.month.year - 4, 1)
    found = ask.economy.staff(ask.scope, ask.selection, STAFF, first)
    if STAFF[0] not in found:
        return None
    own, hired, overtime = (amounts_of(found.get(key, ())) for key in STAFF)
    return staffing(own, hired, overtime, months_of_year(ask))


def _fte_by_unit(ask: Ask) -> Composed | None:
    """Årsarbetare of the units below, against the same month last year: they swing with summer and holidays, and are never
    held month against month.
    """
    key = STAFF[0]
    monthly = replace(ask.selection, view=View.MONTH, sex=Sex.ALL)
    found = ask.workspace.by_unit(ask.scope, monthly, key)
    rows = [(a.outcome.unit, ask.name(a.outcome.unit), a) for a in found if a.outcome.value is not None]
    if not rows:
        return None
    measure = ask.catalogue.measure(key)
    figure = units_table(measure, rows, context=replace(ask, selection=monthly).context())
    title = fte_title([a.change for _, _, a in rows], month_short(ask.selection.month - 12))
    figure = replace(figure, title=title, slug="arsarbetare-per-verksamhet")
    units = tuple(unit for unit, _, _ in worst_first(measure, rows))
    return Composed(with_units_seen(ask, figure, key), units=units, keys=(key,))


def _staffing_figure(ask: Ask) -> Composed | None:
    found = staffing_of(ask)
    if found is None:
        return None
    outcomes = ask.economy.staff(ask.scope, ask.selection, STAFF, months_of_year(ask)[0])
    every = [one for series in outcomes.values() for one in series]
    measures = [ask.catalogue.measure(key) for key in outcomes]
    figure = staffing_table(
        found, context=ask.context(), origins=origins_of(every), source=source_line(measures, every)
    )
    return Composed(figure, keys=tuple(outcomes))


@lru_cache(maxsize=KEPT)
def spending(ask: Ask) -> Restriktivitet:
    return restriktivitet(ledger_of(ask), months_of_year(ask))


def _restriktivitet_figures(ask: Ask) -> tuple[Composed, ...]:
    ledger, context, seen_with = ledger_of(ask), ask.context(), (ask.economy.seen_with,)
    source = ledger_source(ledger)
    found = spending(ask)
    shown = [
        Composed(
            restriktivitet_table(found, context=context, origins=ledger.origins, source=source),
            keys=seen_with,
        )
    ]
    units = ask.economy.parts(ask.scope, ask.selection)
    if units:
        ledgers = ask.economy.ledgers(ask.scope, ask.selection, units)
        below = {unit: restriktivitet(ledgers[unit], months_of_year(ask)) for unit in units}
        figure = restriktivitet_units(
            below, names(ask), context=context, origins=ledger.origins, source=source
        )
        by_name = {ask.name(unit): unit for unit in units}
        shown.append(
            Composed(
                with_units_seen(ask, figure, ask.economy.seen_with),
                units=tuple(by_name.get(str(row[0]), ask.selection.unit) for row in figure.rows),
                keys=seen_with,
            )
        )
    return tuple(shown)


def _gap_to(ask: Ask) -> str:
    """What the gap is to: the year's underskottspost, or the own budget."""
    path = trajectory_of(ask).target(Yardstick.PROVISION)
    own = path is None or is_own_budget(ledger_of(ask), ask.selection.month.year)
    return "den egna budgeten" if own or path is None else f"underskottsposten {goal_words(path.year_end)}"


def sees_all(ask: Ask) -> bool:
    """Whether the ledger of every unit right below may be seen, and so every activity."""
    return ask.workspace.sees_all_below(ask.scope, ask.selection, ask.economy.seen_with)


@lru_cache(maxsize=KEPT)
def improvement_totals(ask: Ask) -> ImprovementTotals:
    """The activities of the unit and below, against the gap between the latest forecast and −800 (or the own budget)."""
    road = trajectory_of(ask)
    path, latest = road.target(Yardstick.PROVISION), road.latest
    # Some of the activities are never held against the gap of all.
    known = path is not None and latest is not None and latest.units >= latest.expected and sees_all(ask)
    gap = latest.result - path.year_end if known and latest is not None and path is not None else None
    return totals(ask.economy.improvements(ask.scope, ask.selection), months_of_year(ask), gap)


def activities(ask: Ask) -> ImprovementTotals:
    """The same sums without the gap, which takes a forecast."""
    return totals(ask.economy.improvements(ask.scope, ask.selection), months_of_year(ask), None)


def _improvement_figures(ask: Ask) -> tuple[Composed, ...]:
    found = ask.economy.improvements(ask.scope, ask.selection)
    ledger, context, keys = ledger_of(ask), ask.context(), (ask.economy.seen_with,)
    units = {one.unit: ask.name(one.unit) for one in found}
    register = improvements_register(
        found, units, context=context, origins=ledger.origins, months=months_of_year(ask)
    )
    seen_with = ask.economy.seen_with
    shown = [Composed(with_units_seen(ask, register, seen_with), named=tuple(units), keys=keys)]
    if found:
        figure = improvements_by_month(
            improvement_totals(ask),
            context=context,
            origins=ledger.origins,
            names=units,
            gap_to=_gap_to(ask),
        )
        shown.append(Composed(with_units_seen(ask, figure, seen_with), named=tuple(units), keys=keys))
    return tuple(shown)
