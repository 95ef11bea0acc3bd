"""Who makes a deviation: the fewest units that together stand for a share of it worth a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

TWO_THIRDS = Fraction(2, 3)
NEAR = Fraction(1, 50)
"""A share so near a fraction is called by it; our convention."""
FEW = 3
"""So many units at the most are sought for two thirds; for half up to MANY."""
MANY = 5

_WORDS: tuple[tuple[Fraction, str], ...] = (
    (Fraction(199, 200), "hela"),
    (1 - NEAR, "så gott som hela"),
    (Fraction(9, 10), "nästan hela"),
    (Fraction(3, 4) + NEAR, "mer än tre fjärdedelar av"),
    (Fraction(3, 4) - NEAR, "tre fjärdedelar av"),
    (TWO_THIRDS + NEAR, "mer än två tredjedelar av"),
    (TWO_THIRDS - NEAR, "två tredjedelar av"),
    (Fraction(1, 2) + NEAR, "mer än hälften av"),
    (Fraction(1, 2) - NEAR, "hälften av"),
)
"""Least share and its words, the largest first."""


@dataclass(frozen=True, slots=True)
class Makers:
    """The first `count` of the amounts in order make `share` of the whole."""

    count: int
    share: Fraction

    @property
    def words(self) -> str:
        """«två tredjedelar av», «nästan hela»"""
        return next(text for least, text in _WORDS if self.share >= least)


def makers(amounts: Sequence[int], whole: int) -> Makers | None:
    """amounts: those on the whole's side first, largest first. None where no few of them make a half, or more than all.

    Up to three that make two thirds; else as few as make a half, never more than half of the units.
    """
    if not whole:
        return None
    most = max(len(amounts) // 2, 1)
    shares = [Fraction(sum(amounts[:count]), whole) for count in range(1, min(MANY, most) + 1)]
    for least, reach in ((TWO_THIRDS - NEAR, FEW), (Fraction(1, 2) - NEAR, MANY)):
        found = next((i for i, share in enumerate(shares[:reach]) if share >= least), None)
        if found is not None:
            return Makers(found + 1, shares[found]) if shares[found] <= 1 + NEAR else None
    return None
