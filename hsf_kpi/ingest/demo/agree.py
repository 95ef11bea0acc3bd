"""Makes a block agree with its anchors: the sum over units rounds to the published value, women, men and
total alike."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

import numpy as np

from hsf_kpi.ingest.demo.apportion import Ints, apportion
from hsf_kpi.ingest.demo.block import Block, Flags
from hsf_kpi.ingest.demo.settings import Anchor
from hsf_kpi.model.aggregation import FIXED, Aggregation, combine
from hsf_kpi.model.codes import Sex
from hsf_kpi.model.problems import DefinitionError, Problem

_DENOMINATOR_STEPS = 200


def agree(
    block: Block,
    anchors: Iterable[Anchor],
    caps: Ints | None,
    *,
    adjust: bool = True,
    where: str = "measures.toml",
) -> Block:
    """The block with its numerators moved as little as needed. Inner anchors first: a month inside a
    year keeps its value.

    caps: (units, periods, sexes), the most each numerator may be. adjust: whether a denominator may be
    nudged where
    no whole numerator rounds to the printed value (few persons, many decimals).
    DefinitionError when an anchor cannot be met.
    """
    fixed = np.zeros(block.numerator.shape, dtype=bool)
    block = replace(block, numerator=block.numerator.copy())
    for anchor in sorted(anchors, key=lambda a: (_span(block, a).sum(), a.sex is Sex.ALL)):
        cells = _cells(block, anchor)
        free = cells & ~fixed
        if adjust and block.denominator is not None and free.any():
            block = _nudge(block, anchor, cells, free)
        need = _target(block, anchor, cells) - int(block.numerator[cells & fixed].sum())
        if free.any():
            with contextlib.suppress(ValueError):
                _fill(block, free, need, caps)
        fixed |= cells
        if abs(_value(block, anchor, cells) - anchor.value) >= anchor.tolerance:
            raise DefinitionError(
                Problem(
                    f"Värdet {float(anchor.value):g} för {anchor.window.value} {anchor.end} "
                    f"({anchor.sex.value}) går inte att nå tillsammans med de andra värdena.",
                    f"demo/{where}, fältet {block.measure.key}.anchor",
                    "Rätta värdet, volymen eller nivån.",
                )
            )
    return block


def _span(block: Block, anchor: Anchor) -> Flags:
    """(periods,): those that the anchor speaks of. Of a stock, only the last month."""
    period = anchor.period
    if not block.measure.monthly:
        return np.array([p == period for p in block.periods])
    first = period.end if block.measure.aggregation.takes_latest else period.start
    return np.array([first <= p.end <= period.end for p in block.periods])


def _cells(block: Block, anchor: Anchor) -> Flags:
    sexes = np.array([anchor.sex in (Sex.ALL, sex) for sex in block.sexes])
    cells: Flags = block.present[:, :, None] & _span(block, anchor)[None, :, None] & sexes[None, None, :]
    return cells


def _denominator(block: Block, cells: Flags) -> int | None:
    if block.denominator is None:
        return None
    if block.measure.aggregation.shared_denominator:
        shared = np.where(cells, block.denominator, 0).max(axis=(0, 2))
        return int(shared.sum())
    return int(block.denominator[cells].sum())


def _months(block: Block, cells: Flags) -> int:
    return int(cells.any(axis=(0, 2)).sum())


def _value(block: Block, anchor: Anchor, cells: Flags) -> Fraction:
    denominator = _denominator(block, cells)
    value = combine(
        block.measure.aggregation,
        int(block.numerator[cells].sum()) * FIXED,
        denominator * FIXED if denominator is not None else None,
        _months(block, cells),
        block.measure.scale,
    )
    return value if value is not None else Fraction(10**12)


def _target(block: Block, anchor: Anchor, cells: Flags) -> int:
    """The whole numerator that comes nearest to the anchor's value: `combine` turned around."""
    kind = block.measure.aggregation
    quotient = anchor.value / block.measure.scale
    months = _months(block, cells)
    if kind is Aggregation.MONTHLY_MEAN or kind is Aggregation.STOCK:
        return round(quotient * months)
    denominator = _denominator(block, cells)
    if denominator is None:
        return round(quotient)
    if kind is Aggregation.GROWTH:
        return round((quotient + 1) * denominator)
    if kind is Aggregation.FLOW_PER_STOCK:
        return round(quotient * denominator / months) if months else 0
    return round(quotient * denominator)


def _nudge(block: Block, anchor: Anchor, cells: Flags, free: Flags) -> Block:
    """A denominator a few larger, where no whole numerator is near enough to the printed value."""
    assert block.denominator is not None
    largest = np.unravel_index(int(np.where(free, block.denominator, -1).argmax()), free.shape)
    for extra in range(_DENOMINATOR_STEPS):
        denominator = block.denominator.copy()
        denominator[largest] += extra
        tried = replace(block, denominator=denominator)
        numerator = np.zeros_like(block.numerator)
        numerator[largest] = _target(tried, anchor, cells)
        if abs(_value(replace(tried, numerator=numerator), anchor, cells) - anchor.value) < anchor.tolerance:
            return tried
    return block


def _fill(block: Block, free: Flags, need: int, caps: Ints | None) -> None:
    """Numerators of the free cells, in place, so that they sum to `need`, in the shape that they had."""
    old = block.numerator[free].astype(float)
    block.numerator[free] = apportion(need, old, None if caps is None else caps[free])


def whole(block: Block, wanted: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Block:
    """Counts so small that rounding each would lose the sum: each period and sex shared out as a whole."""
    numerator = block.numerator.copy()
    for t in range(len(block.periods)):
        on = block.present[:, t]
        for s in range(len(block.sexes)):
            numerator[on, t, s] = apportion(round(float(wanted[on, t, s].sum())), wanted[on, t, s])
    return replace(block, numerator=numerator)
