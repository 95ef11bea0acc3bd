"""Which units are of the same kind: only they are ranked against each other. The region's own data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ComparisonGroup:
    """`name`: as chosen in a list («Kliniker med patientvård»). `words`: after «verksamheter» or a place («bland kliniker
    med patientvård»). A unit may stand in several groups; the first of them, in the file's order, is its own.
    """

    id: str
    name: str
    words: str
    units: tuple[str, ...]
    note: str = ""
