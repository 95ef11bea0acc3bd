"""Stored numbers in words, for what is told about a file."""

from __future__ import annotations

from fractions import Fraction

from hsf_kpi.model.aggregation import FIXED
from hsf_kpi.swedish.numbers import number


def plain_number(stored: int) -> str:
    """A number on the stored scale, with the decimals that it has: «1 234,5»."""
    value = Fraction(stored, FIXED)
    return number(value, next(decimals for decimals in range(5) if (value * 10**decimals).denominator == 1))
