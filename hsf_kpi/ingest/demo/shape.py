"""The shape of a made-up series before it is made to agree: level, season, noise, lasting differences, true
shifts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from hsf_kpi.ingest.demo.apportion import Floats
from hsf_kpi.model.period import Month, Period


def level(points: Mapping[str, float], ends: Sequence[Month]) -> Floats:
    """Straight lines between the points (month text → value), flat before the first and after the last."""
    at = sorted((Month.parse(text).index, value) for text, value in points.items())
    return np.interp([m.index for m in ends], [x for x, _ in at], [y for _, y in at])


def season(profile: Sequence[float] | None, periods: Sequence[Period], monthly: bool) -> Floats:
    """The month profile along the periods, scaled to a mean of 1; only a monthly series has one."""
    if profile is None or not monthly:
        return np.ones(len(periods))
    return np.array([profile[p.end.number - 1] for p in periods]) * 12 / sum(profile)


def common_noise(rng: np.random.Generator, size: float, count: int) -> Floats:
    """(count,): of the whole förvaltning, partly carried over to the next period as real series are."""
    white = rng.normal(0.0, 1.0, count)
    return np.exp(size * (0.8 * white + 0.6 * np.concatenate(([0.0], white[:-1]))))


def unit_factors(rng: np.random.Generator, spread: float, units: int) -> Floats:
    """(units, 1): lasting differences, at most two standard deviations."""
    return np.exp(spread * np.clip(rng.normal(0.0, 1.0, (units, 1)), -2, 2))


def unit_noise(rng: np.random.Generator, size: float, walk: float, shape: tuple[int, int, int]) -> Floats:
    """(units, periods, sexes): from period to period, and a slow drift that both sexes share."""
    jump = np.clip(rng.normal(0.0, 1.0, shape), -2.5, 2.5)
    drift = np.cumsum(rng.normal(0.0, 1.0, shape[:2]), axis=1)[:, :, None]
    return np.exp(size * jump + walk * drift)


def share_out(factors: Floats, weights: Floats) -> Floats:
    """Unit factors divided by their weighted mean in each period, so that they move units and not the
    whole."""
    total = (factors * weights).sum(axis=0)
    mean = np.divide(total, weights.sum(axis=0), out=np.ones_like(total), where=weights.sum(axis=0) > 0)
    return factors / np.where(mean > 0, mean, 1.0)
