"""What Produktion och bemanning shows: production against staff and cost, as index of 2019 and against what was agreed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from hsf_kpi.analysis.economy.deviations import months_in
from hsf_kpi.analysis.economy.production import (
    AGREED,
    BASE_YEAR,
    COST,
    DRG,
    STAFF,
    TITLE,
    TOTAL_STAFF,
    Production,
    amounts_of,
    gross_cost,
    norms_of,
)
from hsf_kpi.analysis.economy.production import production as compute
from hsf_kpi.analysis.economy.staffing import staffing
from hsf_kpi.analysis.types import Outcome
from hsf_kpi.composing.ask import KEPT, Ask
from hsf_kpi.composing.assignments import STAFF as STAFF_PARTS
from hsf_kpi.composing.composed import Composed
from hsf_kpi.figures.captions import source_line
from hsf_kpi.figures.economy.production import agreed_table, index_figure, since_table
from hsf_kpi.figures.economy.production_words import production_finding, production_tiles
from hsf_kpi.figures.economy.staffing import staffing_table
from hsf_kpi.figures.shape import origins_of
from hsf_kpi.figures.words_tile import WordsTile
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.period import Month, View


def finding(ask: Ask) -> str:
    return production_finding(production_of(ask))


def tiles(ask: Ask) -> Sequence[WordsTile]:
    return production_tiles(production_of(ask))


@lru_cache(maxsize=KEPT)
def _outcomes(ask: Ask) -> dict[str, tuple[Outcome, ...]]:
    """Every measure of the page that may be seen here, by month from the base year on."""
    keys = (*(key for key in TITLE if key not in (TOTAL_STAFF, COST)), *AGREED.values(), *STAFF_PARTS)
    return dict(
        ask.economy.staff(ask.scope, ask.selection, tuple(dict.fromkeys(keys)), Month.of(BASE_YEAR, 1))
    )


@lru_cache(maxsize=KEPT)
def production_of(ask: Ask) -> Production:
    found = _outcomes(ask)
    month = ask.selection.month
    months = tuple(Month(i) for i in range(Month.of(BASE_YEAR, 1).index, month.index + 1))
    amounts = {
        key: amounts_of(outcomes, numerator=key == DRG)
        for key, outcomes in found.items()
        if key in TITLE and outcomes
    }
    if STAFF in amounts:
        own, hired, overtime = (amounts_of(found.get(key, ())) for key in STAFF_PARTS)
        amounts[TOTAL_STAFF] = {one.month: one.total for one in staffing(own, hired, overtime, months).months}
    if ask.economy.may_see(ask.scope, ask.selection.unit):
        amounts[COST] = gross_cost(ask.economy.ledger(ask.scope, ask.selection), months)
    agreed = {key: amounts_of(found[name]) for key, name in AGREED.items() if name in found}
    return compute(
        amounts,
        months,
        months_in(ask.selection.view, month),
        agreed,
        norms=norms_of(found.get(STAFF, ())),
        rolling=ask.selection.view is not View.MONTH,
    )


@lru_cache(maxsize=KEPT)
def index(ask: Ask) -> Composed:
    found = _outcomes(ask)
    figure = index_figure(
        production_of(ask), context=ask.context(), origins=_origins(ask), source=_source(ask)
    )
    return Composed(figure, keys=tuple(found))


@lru_cache(maxsize=KEPT)
def since(ask: Ask) -> Composed:
    figure = since_table(
        production_of(ask), context=ask.context(), origins=_origins(ask), source=_source(ask)
    )
    return Composed(figure, keys=tuple(_outcomes(ask)))


@lru_cache(maxsize=KEPT)
def agreed(ask: Ask) -> Composed | None:
    found = production_of(ask)
    if not found.against:
        return None
    return Composed(
        agreed_table(found, context=ask.context(), origins=_origins(ask), source=_source(ask)),
        keys=tuple(_outcomes(ask)),
    )


@lru_cache(maxsize=KEPT)
def staff(ask: Ask) -> Composed | None:
    found = _outcomes(ask)
    if not found.get(STAFF):
        return None
    own, hired, overtime = (amounts_of(found.get(key, ())) for key in STAFF_PARTS)
    month = ask.selection.month
    months = tuple(Month.of(month.year, number) for number in range(1, month.number + 1))
    figure = staffing_table(
        staffing(own, hired, overtime, months),
        context=ask.context(),
        origins=_origins(ask),
        source=_source(ask),
    )
    return Composed(figure, keys=STAFF_PARTS)


def _origins(ask: Ask) -> frozenset[Origin]:
    return origins_of(one for outcomes in _outcomes(ask).values() for one in outcomes)


@lru_cache(maxsize=KEPT)
def _source(ask: Ask) -> str:
    every = [one for outcomes in _outcomes(ask).values() for one in outcomes]
    return source_line([ask.catalogue.measure(key) for key in _outcomes(ask)], every)
