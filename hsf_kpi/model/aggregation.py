"""How a measure is put together, over units and over months: the table «Aggregation» of the semantics, as code.

Components are stored as whole numbers of ten-thousandths (`FIXED`), so that sums are exact in every database and
in any order. A value is made from summed components once, at the edge, as an exact `Fraction`.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

FIXED = 10_000
"""One unit in the stored scale. 8 306,5 mnkr in kronor is 8.3e13 of them; a signed 64-bit integer holds 9.2e18."""


class Aggregation(StrEnum):
    RATIO = "ratio"
    SNAPSHOT_RATIO = "snapshot_ratio"
    FLOW_PER_STOCK = "flow_per_stock"
    AMOUNT = "amount"
    COUNT = "count"
    MONTHLY_MEAN = "monthly_mean"
    STOCK = "stock"
    FTE = "fte"
    WEIGHTED_MEAN = "weighted_mean"
    GROWTH = "growth"
    SURVEY = "survey"
    LATEST_AMOUNT = "latest_amount"
    """A forecast: summed over units, over months always the latest (a forecast of a year is not added up)."""

    @property
    def has_denominator(self) -> bool:
        return self in _WITH_DENOMINATOR

    @property
    def sums_over_units(self) -> bool:
        return self is not Aggregation.SURVEY

    @property
    def takes_latest(self) -> bool:
        """Year to date is the latest month's value, never a sum over months."""
        return self in (Aggregation.SNAPSHOT_RATIO, Aggregation.STOCK, Aggregation.LATEST_AMOUNT)

    @property
    def shared_denominator(self) -> bool:
        """The norm hours of a month are the same for every unit: taken once, never added over units."""
        return self is Aggregation.FTE

    @property
    def judged_when_incomplete(self) -> bool:
        """A ratio with a small part missing still says something; a sum with a part missing is simply too small."""
        return self in (
            Aggregation.RATIO,
            Aggregation.SNAPSHOT_RATIO,
            Aggregation.WEIGHTED_MEAN,
        )


_WITH_DENOMINATOR = frozenset(
    {
        Aggregation.RATIO,
        Aggregation.SNAPSHOT_RATIO,
        Aggregation.FLOW_PER_STOCK,
        Aggregation.FTE,
        Aggregation.WEIGHTED_MEAN,
        Aggregation.GROWTH,
    }
)


def to_fixed(value: Decimal | int) -> int:
    """10 → 100000. ValueError when more than four decimals would be lost."""
    scaled = Decimal(value) * FIXED
    whole = int(scaled)
    if whole != scaled:
        raise ValueError(f"more than four decimals: {value}")
    return whole


def from_fixed(value: int) -> Fraction:
    return Fraction(value, FIXED)


def combine(
    kind: Aggregation, numerator: int, denominator: int | None, months: int, scale: Fraction
) -> Fraction | None:
    """The value of summed components, in the measure's unit of measure.

    `numerator` and `denominator` are sums over units and months in the stored scale; `months` is the number of
    months in them; `scale` turns the quotient into the unit of measure (100 for percent, 1/1000000 for mnkr).
    None where the denominator is missing or zero.
    """
    # One fraction each, reduced once: pages and signals make them by the hundred thousand.
    up, down = scale.numerator, scale.denominator
    if kind.has_denominator:
        if not denominator:
            return None
        if kind is Aggregation.FLOW_PER_STOCK:
            return Fraction(numerator * months * up, denominator * down)
        if kind is Aggregation.GROWTH:
            return Fraction((numerator - denominator) * up, denominator * down)
        return Fraction(numerator * up, denominator * down)
    if kind in (Aggregation.MONTHLY_MEAN, Aggregation.STOCK):
        return Fraction(numerator * up, FIXED * months * down) if months else None
    return Fraction(numerator * up, FIXED * down)
