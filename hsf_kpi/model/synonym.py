"""What people call things by other words than the region's own, so that they find them when they search."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Synonym:
    """words: each of them finds all of the others. measures: keys, or an indicator's id for all its parts. pages: as links
    name them.
    """

    words: tuple[str, ...]
    measures: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()

    def means_measure(self, key: str) -> bool:
        return key in self.measures or key.partition(".")[0] in self.measures
