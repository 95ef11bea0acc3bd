"""Measures with parts: numerators and denominators per unit, period and sex, shaped by a Flow and made to
agree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from hsf_kpi.ingest.demo import shape
from hsf_kpi.ingest.demo.agree import agree, whole
from hsf_kpi.ingest.demo.apportion import Floats, Ints
from hsf_kpi.ingest.demo.block import (
    BY_SEX,
    NOT_BY_SEX,
    Block,
    Flags,
    exists,
    generator,
    inherited,
    periods_of,
    reporting_units,
)
from hsf_kpi.ingest.demo.settings import DemoSettings, Flow
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Sex, UnitOfMeasure
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Period, Window

BASE_YEAR = 2021
"""The year that a volume is stated for."""

Other = Callable[[str], Block]
"""Gives the block of another measure, which this one takes its denominators or caps from."""


@dataclass(frozen=True)
class _Frame:
    """What the arrays stand on. weights: (units, periods), sums to 1 over the units of each period."""

    units: tuple[str, ...]
    periods: tuple[Period, ...]
    sexes: tuple[Sex, ...]
    present: Flags
    weights: Floats

    @property
    def shape(self) -> tuple[int, int, int]:
        return len(self.units), len(self.periods), len(self.sexes)


def flow_block(
    measure: Measure, flow: Flow, catalogue: Catalogue, settings: DemoSettings, other: Other
) -> Block:
    """The block of one measure. DefinitionError when its anchors can't be met."""
    rng = generator(settings.general.seed, measure.key)
    frame = _frame(measure, flow, catalogue, settings)
    denominator = _denominator(measure, flow, frame, settings, other, rng)
    wanted = _wanted(measure, flow, frame, settings, denominator, rng)
    caps = _caps(measure, flow, frame, denominator, other)
    numerator = np.rint(wanted).astype(np.int64)
    if flow.draw and denominator is not None:
        rate = np.divide(wanted, denominator, out=np.zeros_like(wanted), where=denominator > 0)
        numerator = rng.binomial(denominator, np.clip(rate, 0, 1)).astype(np.int64)
    if caps is not None:
        numerator = np.minimum(numerator, caps)
    block = Block(measure, frame.units, frame.periods, frame.sexes, numerator, denominator, frame.present)
    if measure.aggregation is Aggregation.COUNT:
        block = whole(block, wanted)
    own = flow.denominator_from is None and not measure.aggregation.shared_denominator
    return agree(block, flow.anchor, caps, adjust=own)


def _frame(measure: Measure, flow: Flow, catalogue: Catalogue, settings: DemoSettings) -> _Frame:
    organisation = catalogue.organisation
    units = reporting_units(measure, organisation)
    first = max(flow.first or settings.general.first, settings.general.first)
    periods = periods_of(measure, first, settings.general.last)
    own = own_weights(units, flow.weight, settings)
    weights = inherited(organisation, units, own, [p.end for p in periods])
    present = exists(organisation, units, periods) & (weights > 0)
    for hole in settings.events.hole:
        if hole.unit in units and measure.key in hole.measures:
            away = [hole.first <= p.end <= hole.last for p in periods]
            present[units.index(hole.unit), away] = False
    total = weights.sum(axis=0)
    sexes = BY_SEX if measure.by_sex else NOT_BY_SEX
    return _Frame(units, periods, sexes, present, weights / np.where(total > 0, total, 1))


def own_weights(units: tuple[str, ...], name: str, settings: DemoSettings) -> list[float]:
    """Each unit's own weight of that name. Where the file gives none: its fte, in the proportion of
    those that have one."""
    listed, default = settings.weights.unit, settings.weights.default_fte
    fte = [listed.get(u, {}).get("fte", default) for u in units]
    given = [listed.get(u, {}).get(name) for u in units]
    both = [(w, f) for w, f in zip(given, fte, strict=True) if w is not None and f > 0]
    ratio = sum(w for w, _ in both) / sum(f for _, f in both) if both else 1.0
    return [f * ratio if w is None else w for w, f in zip(given, fte, strict=True)]


def _sex_shares(flow: Flow, frame: _Frame) -> Floats:
    if len(frame.sexes) == 1:
        return np.ones((1, 1, 1))
    return np.array([flow.women, 1 - flow.women])[None, None, :]


def _sex_rates(flow: Flow, frame: _Frame) -> Floats:
    """Factors for women and men whose mean, weighted with their shares, is 1."""
    if len(frame.sexes) == 1:
        return np.ones((1, 1, 1))
    men = 1 / (flow.women * flow.women_rate + 1 - flow.women)
    return np.array([flow.women_rate * men, men])[None, None, :]


def _part_of_year(flow: Flow, frame: _Frame) -> Floats:
    return np.array([flow.part_of_year.get(p.window, 1.0) if _cumulative(p) else 1.0 for p in frame.periods])


def _cumulative(period: Period) -> bool:
    return period.window in (Window.TERTIAL_1, Window.TERTIAL_2)


def _denominator(
    measure: Measure,
    flow: Flow,
    frame: _Frame,
    settings: DemoSettings,
    other: Other,
    rng: np.random.Generator,
) -> Ints | None:
    kind = measure.aggregation
    if not kind.has_denominator:
        return None
    on = frame.present[:, :, None]
    if kind.shared_denominator:
        norm = np.array([settings.norm.hours[p.end.iso] for p in frame.periods])
        return np.where(on, norm[None, :, None], 0) * np.ones(frame.shape, dtype=np.int64)
    if flow.denominator_from is not None:
        return np.where(on, _from(flow.denominator_from, frame, other), 0)
    profile = settings.general.seasons[flow.volume_season] if flow.volume_season else None
    years = np.array([(p.end.index - (BASE_YEAR * 12 + 6)) / 12 for p in frame.periods])
    volume = (
        (flow.volume or 0.0)
        * (1 + flow.volume_growth) ** years
        * shape.season(profile, frame.periods, measure.monthly)
        * _part_of_year(flow, frame)
        * shape.common_noise(rng, flow.noise, len(frame.periods))
    )
    spread = frame.weights[:, :, None] * volume[None, :, None] * _sex_shares(flow, frame)
    spread = spread * shape.unit_noise(rng, flow.unit_noise, 0.0, frame.shape)
    return np.where(on, np.maximum(np.rint(spread), 1), 0).astype(np.int64)


def _wanted(
    measure: Measure,
    flow: Flow,
    frame: _Frame,
    settings: DemoSettings,
    denominator: Ints | None,
    rng: np.random.Generator,
) -> Floats:
    """(units, periods, sexes): the numerators as wished for, not whole."""
    profile = settings.general.seasons[flow.season] if flow.season else None
    value = (
        shape.level(flow.level, [p.end for p in frame.periods])
        * shape.season(profile, frame.periods, measure.monthly)
        * shape.common_noise(rng, flow.noise, len(frame.periods))
    )
    factors = shape.unit_factors(rng, flow.unit_spread, len(frame.units))
    factors = factors * np.array([flow.units.get(u, 1.0) for u in frame.units])[:, None]
    factors = shape.share_out(factors * np.ones(frame.weights.shape), frame.weights)
    for shift in settings.events.shift:
        if shift.measure == measure.key and shift.unit in frame.units:
            after = [p.end >= shift.first for p in frame.periods]
            factors[frame.units.index(shift.unit), after] *= shift.factor
    noise = shape.unit_noise(rng, flow.unit_noise, flow.walk, frame.shape)
    quotient = float(1 / measure.scale) * value
    local = factors[:, :, None] * noise * _sex_rates(flow, frame)
    if denominator is None:
        amount = quotient * _part_of_year(flow, frame)
        spread = frame.weights[:, :, None] * _sex_shares(flow, frame) * amount[None, :, None]
    elif measure.aggregation.shared_denominator:
        spread = (
            frame.weights[:, :, None] * _sex_shares(flow, frame) * (quotient[None, :, None] * denominator)
        )
    else:
        spread = quotient[None, :, None] * denominator
    return np.where(frame.present[:, :, None], spread * local, 0.0)


def _caps(measure: Measure, flow: Flow, frame: _Frame, denominator: Ints | None, other: Other) -> Ints | None:
    """A share has at most as many in the numerator as in the denominator."""
    kinds = (Aggregation.RATIO, Aggregation.SNAPSHOT_RATIO)
    share = measure.unit_of_measure is UnitOfMeasure.PERCENT and measure.aggregation in kinds
    caps = denominator if share else None
    if flow.cap_from is not None:
        part = _from(flow.cap_from, frame, other)
        caps = part if caps is None else np.minimum(caps, part)
    return caps


def _from(name: str, frame: _Frame, other: Other) -> Ints:
    """Another measure's numerators (or with «#d» its denominators), laid out on this frame; 0 where it
    has none."""
    key, _, part = name.partition("#")
    block = other(key)
    source = block.numerator if part != "d" or block.denominator is None else block.denominator
    source = source if len(block.sexes) == len(frame.sexes) else source.sum(axis=2, keepdims=True)
    if source.shape[2] != len(frame.sexes):
        source = _split_by_sex(source)
    laid = np.zeros(frame.shape, dtype=np.int64)
    rows = [(i, block.units.index(u)) for i, u in enumerate(frame.units) if u in block.units]
    columns = [(i, block.periods.index(p)) for i, p in enumerate(frame.periods) if p in block.periods]
    if not rows or not columns:
        return laid
    to_rows, from_rows = (list(x) for x in zip(*rows, strict=True))
    to_columns, from_columns = (list(x) for x in zip(*columns, strict=True))
    laid[np.ix_(to_rows, to_columns)] = source[np.ix_(from_rows, from_columns)]
    return laid


def _split_by_sex(total: Ints) -> Ints:
    """A total that is not told by sex, in two halves (the first takes the odd one)."""
    men = total // 2
    return np.concatenate((total - men, men), axis=2)


def without_holes(block: Block, settings: DemoSettings) -> Block:
    """The block without the months that its units have not reported."""
    present = block.present.copy()
    for hole in settings.events.hole:
        if hole.unit in block.units and block.measure.key in hole.measures:
            away = [hole.first <= p.end <= hole.last for p in block.periods]
            present[block.units.index(hole.unit), away] = False
    return replace(block, present=present)
