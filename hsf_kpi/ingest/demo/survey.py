"""Indices that are asked for: finished values, one per unit and year, that are never computed from other
units' values."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hsf_kpi.ingest.demo import shape
from hsf_kpi.ingest.demo.apportion import Ints
from hsf_kpi.ingest.demo.block import Flags, exists, generator, inherited, periods_of, reporting_units
from hsf_kpi.ingest.demo.flow import Other, own_weights
from hsf_kpi.ingest.demo.settings import DemoSettings, Survey
from hsf_kpi.model.aggregation import FIXED
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Sex
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.organisation import Organisation
from hsf_kpi.model.period import Period

_ALL = (Sex.ALL, Sex.WOMEN, Sex.MEN)


@dataclass(frozen=True)
class Ready:
    """Finished values: (units, periods, sexes) in the stored scale, where `present` (units, periods).

    respondents: the same shape and scale; None where the survey does not count them. Nobody's answer is no value.
    """

    measure: Measure
    units: tuple[str, ...]
    periods: tuple[Period, ...]
    sexes: tuple[Sex, ...]
    value: Ints
    present: Flags
    respondents: Ints | None = None


def survey_values(
    measure: Measure, survey: Survey, catalogue: Catalogue, settings: DemoSettings, other: Other
) -> Ready:
    """Values around HSF's; a unit with others below it lies where those lie, weighted by size."""
    organisation = catalogue.organisation
    rng = generator(settings.general.seed, measure.key)
    units = reporting_units(measure, organisation)
    periods = periods_of(measure, settings.general.first, settings.general.last)
    ends = [p.end for p in periods]
    weights = inherited(organisation, units, own_weights(units, "fte", settings), ends)
    inner = np.array([any(organisation.children(u, m) for m in ends) for u in units])
    weights[inner] = 0.0
    root = shape.level(survey.level, ends)
    for anchor in survey.anchor:
        root[[p == anchor.period for p in periods]] = float(anchor.value)
    own = survey.unit_spread * rng.normal(0.0, 1.0, (len(units), 1))
    own = own + survey.unit_noise * rng.normal(0.0, 1.0, (len(units), len(periods)))
    mean = (own * weights).sum(axis=0) / np.where(weights.sum(axis=0) > 0, weights.sum(axis=0), 1)
    total = np.clip(root + own - mean, 0, 100)
    for u in np.flatnonzero(inner):
        total[u] = _weighted_below(organisation, units, periods, total, weights, int(u), root)
    return Ready(
        measure,
        units,
        periods,
        _ALL if measure.by_sex else (Sex.ALL,),
        _by_sex(total, survey, measure.by_sex),
        exists(organisation, units, periods),
        _respondents(measure, survey, organisation, units, periods, other),
    )


def _respondents(
    measure: Measure,
    survey: Survey,
    organisation: Organisation,
    units: tuple[str, ...],
    periods: tuple[Period, ...],
    other: Other,
) -> Ints | None:
    """A share of those employed in the period's last month, by sex, each unit's own; above them their sum."""
    if survey.respondents_from is None:
        return None
    asked = other(survey.respondents_from)
    column = {period.end: t for t, period in enumerate(asked.periods)}
    row = {unit: u for u, unit in enumerate(asked.units)}
    answered = np.rint(asked.numerator * survey.response_rate).astype(np.int64) * FIXED
    found = np.zeros((len(units), len(periods), answered.shape[2]), dtype=np.int64)
    for t, end in enumerate(period.end for period in periods):
        for u, unit in enumerate(units):
            rows = [row[name] for name in organisation.below(unit, end) if name in row]
            if end in column:
                found[u, t] = answered[rows, column[end]].sum(axis=0)
    together = found.sum(axis=2, keepdims=True)
    return np.concatenate([together, found], axis=2) if measure.by_sex else together


def _weighted_below(
    organisation: Organisation,
    units: tuple[str, ...],
    periods: tuple[Period, ...],
    total: NDArray[np.float64],
    weights: NDArray[np.float64],
    unit: int,
    root: NDArray[np.float64],
) -> NDArray[np.float64]:
    """(periods,): the mean of the units below, by size; the root is the level itself."""
    if units[unit] == organisation.root:
        return root
    values = root.copy()
    for t, period in enumerate(periods):
        below = set(organisation.below(units[unit], period.end)) - {units[unit]}
        rows = [u for u, name in enumerate(units) if name in below and weights[u, t] > 0]
        if rows:
            values[t] = np.average(total[rows, t], weights=weights[rows, t])
    return values


def _by_sex(total: NDArray[np.float64], survey: Survey, by_sex: bool) -> Ints:
    """(units, periods, sexes), one decimal. Women's and men's weighted mean is the total."""
    more = survey.women_more
    values = [total]
    if by_sex:
        values += [total + more * (1 - survey.women), total - more * survey.women]
    tenths = np.rint(np.clip(np.stack(values, axis=2), 0, 100) * 10).astype(np.int64)
    return tenths * (FIXED // 10)
