"""Sharing a whole number out in whole parts: largest remainder, with a cap on each part."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def apportion(total: int, weights: Floats, caps: Ints | None = None) -> Ints:
    """Whole parts ≥ 0, shape (n,), that sum to `total` exactly and are as near to `weights` as they can be.

    weights: (n,), finite and ≥ 0; their scale does not matter. All zero counts as all equal.
    caps: (n,), the most that each part may be; what a full part cannot take goes to the others in
    proportion, and
    to parts of weight zero only when all others are full. Ties go to the earlier part, so the answer is
    always the same.
    ValueError when `total` is negative, a weight is negative or not finite, or the caps cannot hold the
    total.
    """
    weights = np.asarray(weights, dtype=np.float64)
    if total < 0:
        raise ValueError(f"negative total: {total}")
    if not np.all(np.isfinite(weights)) or np.any(weights < 0):
        raise ValueError("weights must be finite and not negative")
    room = np.full(weights.shape, total, dtype=np.int64) if caps is None else np.minimum(caps, total)
    if np.any(room < 0) or int(room.sum()) < total:
        raise ValueError(f"no room for {total}: the caps hold {int(room.sum())}")
    if total == 0:
        return np.zeros(weights.shape, dtype=np.int64)
    ideal = _water_fill(total, weights, room)
    parts = np.minimum(np.floor(ideal + 1e-9).astype(np.int64), room)
    return _settle(parts, ideal, room, total)


def signed_apportion(total: int, weights: Floats) -> Ints:
    """As `apportion`, for a total of either sign: the parts carry the total's sign."""
    parts = apportion(abs(total), weights)
    return parts if total >= 0 else -parts


def _water_fill(total: int, weights: Floats, room: Ints) -> Floats:
    """Real parts min(room, λ·weight) with the one λ that makes them sum to the total; the zero weights
    take the rest."""
    ideal = np.zeros(weights.shape)
    for open_ in (weights > 0, weights == 0):
        open_ = open_ & (room > 0)
        pull = np.where(weights > 0, weights, 1.0)
        while open_.any():
            left = total - ideal.sum()
            if left <= 0.5:
                break
            want = np.zeros_like(pull)
            want[open_] = pull[open_] / pull[open_].sum() * left
            full = open_ & (want >= room)
            if not full.any():
                ideal[open_] = want[open_]
                break
            ideal[full] = room[full]
            open_ = open_ & ~full
    return ideal


def _settle(parts: Ints, ideal: Floats, room: Ints, total: int) -> Ints:
    """Hand out (or take back) the few that rounding left over, largest remainder first."""
    parts = parts.copy()
    while (left := total - int(parts.sum())) != 0:
        step = 1 if left > 0 else -1
        able = parts < room if step > 0 else parts > 0
        order = np.argsort(-step * (ideal - parts), kind="stable")
        chosen = order[able[order]][: abs(left)]
        parts[chosen] += step
    return parts
