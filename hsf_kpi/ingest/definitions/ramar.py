"""The frames (ramar) that the plan gives to units, and the posts it tells apart within them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from hsf_kpi.ingest.definitions.shapes import OrganisationShape


@dataclass(frozen=True, slots=True)
class Ram:
    """A frame in mnkr per year. `part` names a post within the unit's frame; "" is the frame itself."""

    unit: str
    part: str
    amounts: Mapping[int, Decimal]
    source: str


@dataclass(frozen=True)
class Ramar:
    """The frames to look up in: by unit, part ("" is the frame itself) and year. `units`: every unit there is."""

    amounts: Mapping[tuple[str, str], Mapping[int, Decimal]]
    units: Collection[str]

    @classmethod
    def of(cls, ramar: Iterable[Ram], units: Collection[str]) -> Ramar:
        return cls({(ram.unit, ram.part): ram.amounts for ram in ramar}, units)

    def years(self, unit: str, part: str = "") -> Mapping[int, Decimal]:
        return self.amounts.get((unit, part), {})


def build_ramar(shape: OrganisationShape) -> tuple[Ram, ...]:
    whole = [Ram(u.id, "", _by_year(u.ram), u.source) for u in shape.unit if u.ram]
    posts = [Ram(p.unit, p.name, _by_year(p.ram), p.source) for p in shape.ram_part]
    return (*whole, *posts)


def _by_year(ram: Mapping[str, Decimal]) -> dict[int, Decimal]:
    return {int(year): amount for year, amount in ram.items()}
