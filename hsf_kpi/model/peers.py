"""A unit's value beside those of comparable units, of which some may be seen by name and the others not."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from hsf_kpi.model.codes import Origin

SMALLEST_GROUP = 5
"""Values in a comparison at the least, and among them the unnamed ones: none, or at least so many."""


class Withheld(StrEnum):
    """Why a comparison is not given."""

    NO_VALUE = "no_value"
    """The unit itself has no value that may be shown and compared."""
    FEW = "few"
    """Fewer than five units have one: a place among them says little, whoever asks."""
    HIDDEN = "hidden"
    """Units outside the scope could be recognised: they are one to four, or all of them have the same value."""
    EARLIER = "earlier"
    """Unnamed units are shown in today's organisation only: held against another one, the lists would tell whose
    values differ.
    """
    NO_GROUP = "no_group"
    """The unit stands in no comparison group."""
    OVERLAPPING = "overlapping"
    """Units outside the scope are in a group of which a unit stands in another one too: held against each other, the lists
    would tell whose values differ.
    """


@dataclass(frozen=True, slots=True)
class PeerValues:
    """What may be known of a group of comparable units: every value rounded to the measure's own decimals.

    `named`: unit id and value of the others that the scope reaches, sorted by id. `unnamed`: values alone, lowest
    first; none or at least `SMALLEST_GROUP`. `left_out`: units of the group without a value to compare (masked,
    missing or incomplete, not told apart). `origins`: of all values together, since demo is always called demo.
    """

    own: Fraction
    named: tuple[tuple[str, Fraction], ...]
    unnamed: tuple[Fraction, ...]
    left_out: int
    origins: frozenset[Origin]
