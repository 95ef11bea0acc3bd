"""What is asked of Kolada: which series, regions and years, in parts that the API takes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from hsf_kpi.model.problems import DataError, Problem

MOST_IDS: Final = 25
"""The API takes so many ids, or years, in each part of a path."""
NATIONAL: Final = "0000"
YEARS: Final = range(2000, 2100)
"""Those that a file may hold."""

_KPI: Final = re.compile(r"[A-Z]\d{5}", re.ASCII)
_REGION: Final = re.compile(r"00(?:[01]\d|2[0-5])", re.ASCII)


@dataclass(frozen=True, slots=True)
class KoladaRequest:
    """Each series in each region and year, both years included. Series and regions in order, each once."""

    kpis: tuple[str, ...]
    regions: tuple[str, ...]
    first: int
    last: int

    @classmethod
    def of(cls, kpis: Iterable[str], regions: Iterable[str], first: int, last: int) -> KoladaRequest:
        """DataError with every problem at once."""
        made = cls(tuple(sorted(set(kpis))), tuple(sorted(set(regions))), first, last)
        problems = list(made._problems())
        if problems:
            raise DataError(problems)
        return made

    @property
    def years(self) -> range:
        return range(self.first, self.last + 1)

    def paths(self) -> Iterator[str]:
        """The paths below the base address that together ask for all of it."""
        for kpis in in_parts(self.kpis):
            for regions in in_parts(self.regions):
                for years in in_parts([str(year) for year in self.years]):
                    asked = (",".join(part) for part in (kpis, regions, years))
                    yield "data/kpi/{}/municipality/{}/year/{}".format(*asked)

    def key(self, base: str) -> str:
        """The same for the same request of the same server."""
        text = "\n".join([base, *self.paths()])
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def _problems(self) -> Iterator[Problem]:
        for kpi in self.kpis:
            if not _KPI.fullmatch(kpi):
                yield Problem(
                    f"”{kpi[:20]}” är inget nyckeltals-id i Kolada.", "--kpi", "Skriv till exempel U70446."
                )
        for region in self.regions:
            if not _REGION.fullmatch(region):
                yield Problem(
                    f"”{region[:20]}” är ingen regions id i Kolada.",
                    "--region",
                    "Skriv ett id från 0000 (riket) till 0025, till exempel 0019.",
                )
        if not self.kpis:
            yield Problem("Inga nyckeltal är valda.", "--kpi", "Skriv minst ett id.")
        if not self.regions:
            yield Problem("Inga regioner är valda.", "--region", "Skriv minst ett id.")
        if not (self.first in YEARS and self.last in YEARS and self.first <= self.last):
            yield Problem(
                f"{self.first} till {self.last} är inga år i följd från {YEARS[0]} till {YEARS[-1]}.",
                "--from, --to",
                "Skriv till exempel --from 2016 --to 2025.",
            )


def in_parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[i : i + MOST_IDS] for i in range(0, len(ids), MOST_IDS))
