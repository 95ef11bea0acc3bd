"""The methods of the statistical forecast: monthly results in, the sums of the months ahead with their spread out.

The models are statsmodels'; it is imported when first needed, since that takes a second or two.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

YEAR = 12
_FEW = 1.0
"""No spread is smaller than a krona: data without any chance in them would make it zero."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """The months ahead in kronor. sums: accumulated, one for each month. spread: the standard error of each sum."""

    sums: Floats
    spread: Floats


Make = Callable[[Floats, int, int], Ahead | None]
"""(known monthly results, how many of the last are this year's, how many months ahead, at most 11) → the months ahead;
None where the method has nothing to go by.
"""


@dataclass(frozen=True, slots=True)
class Method:
    """words: how it is made, in Swedish. least: so many months must be known."""

    words: str
    least: int
    make: Make


def _naive(known: Floats, this_year: int, ahead: int) -> Ahead | None:
    """Same months last year + this year's mean change. The spread is that of the changes around their own year's mean."""
    changes = known[YEAR:] - known[:-YEAR]
    drift = float(changes[-this_year:].mean())
    left, squares, free = changes, 0.0, 0
    size = this_year
    while len(left):
        year, left = left[-size:], left[:-size]
        squares += float(((year - year.mean()) ** 2).sum())
        free += len(year) - 1
        size = YEAR
    if free <= 0:
        return None
    steps = np.arange(1, ahead + 1)
    variance = squares / free * (steps + steps**2 / this_year)
    return Ahead(np.cumsum(_last_year(known, ahead)) + drift * steps, _at_least(np.sqrt(variance)))


def import_models() -> None:
    """Makes the library ready, so that nobody waits for it."""
    import statsmodels.tsa.seasonal
    import statsmodels.tsa.statespace.sarimax
    import statsmodels.tsa.statespace.structural  # noqa: F401


def _level_of_change(known: Floats, _this_year: int, ahead: int) -> Ahead | None:
    """Local level on the change against the same month last year."""
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    return _on_change(known, ahead, lambda changes: UnobservedComponents(changes, "local level"))


def _mean_of_change(known: Floats, _this_year: int, ahead: int) -> Ahead | None:
    """The change against the same month last year, returning to its mean: AR(1)."""
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    # Its own guess at a start warns, and a thread can't be kept from warning without touching the others.
    return _on_change(known, ahead, lambda changes: SARIMAX(changes, order=(1, 0, 0), trend="c"),
                      start=lambda changes: [float(changes.mean()), 0.0, float(changes.var())])  # fmt: skip


def _level_and_season(known: Floats, _this_year: int, ahead: int) -> Ahead | None:
    """Local level with a fixed season."""
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    scale = float(known.std())
    if scale < _FEW:
        return None
    model = UnobservedComponents(known / scale, "local level", seasonal=YEAR, stochastic_seasonal=False)
    found = _fitted(model, ahead, None)
    return None if found is None else Ahead(found.sums * scale, _at_least(found.spread * scale))


NAIVE = Method("samma månader förra året plus årets genomsnittliga förändring mot förra året", 13, _naive)
METHODS = (
    Method("samma månader förra året plus en förändring vars nivå skattas löpande", 18, _level_of_change),
    Method("samma månader förra året plus en förändring som går tillbaka mot sitt medelvärde", 18, _mean_of_change),
    Method("en nivå som skattas löpande, med fast säsongsmönster", 24, _level_and_season),
)  # fmt: skip


def _on_change(
    known: Floats,
    ahead: int,
    model_of: Callable[[Floats], Any],
    start: Callable[[Floats], list[float]] | None = None,
) -> Ahead | None:
    changes = known[YEAR:] - known[:-YEAR]
    scale = float(changes.std())
    if scale < _FEW:
        return None
    scaled = changes / scale
    found = _fitted(model_of(scaled), ahead, start(scaled) if start else None)
    if found is None:
        return None
    return Ahead(np.cumsum(_last_year(known, ahead)) + found.sums * scale, _at_least(found.spread * scale))


def _fitted(model: Any, ahead: int, start: list[float] | None) -> Ahead | None:
    """A state-space model by maximum likelihood; None where it can't be fitted."""
    try:
        fit = model.fit(start_params=start, method="lbfgs", maxiter=50, disp=False, warn_convergence=False,
                        cov_type="none")  # fmt: skip
        sums = np.cumsum(np.asarray(fit.forecast(ahead), dtype=np.float64))
        spread = np.sqrt(_variance_of_sums(fit, ahead))
    except (np.linalg.LinAlgError, ValueError):
        return None
    return Ahead(sums, spread) if np.isfinite(sums).all() and np.isfinite(spread).all() else None


def _variance_of_sums(fit: Any, ahead: int) -> Floats:
    """The variance of each sum of months ahead, exactly: the state is carried on together with the sum so far."""
    ssm = fit.model.ssm
    design, transition = ssm["design"], ssm["transition"]
    selection = ssm["selection"]
    noise = selection @ ssm["state_cov"] @ selection.T
    observed = float(ssm["obs_cov"][0, 0])
    states = transition.shape[0]
    step = np.zeros((states + 1, states + 1))
    step[:states, :states] = transition
    step[states, :states] = design[0]
    step[states, states] = 1.0
    covariance = np.zeros_like(step)
    covariance[:states, :states] = fit.predicted_state_cov[:, :, -1]
    added = np.zeros_like(step)
    added[:states, :states] = noise
    added[states, states] = observed
    found = []
    for _ in range(ahead):
        covariance = step @ covariance @ step.T + added
        found.append(max(float(covariance[states, states]), 0.0))
    return np.array(found)


def _last_year(known: Floats, ahead: int) -> Floats:
    """The same months a year before those ahead."""
    return known[len(known) - YEAR : len(known) - YEAR + ahead]


def _at_least(spread: Floats) -> Floats:
    return np.maximum(spread, _FEW)
