"""Omvärlden: the public key figures that regions are held against each other on, and another region's transformation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from hsf_kpi.model.codes import Direction, UnitOfMeasure

PERCENT = "procent"


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A public series. id, name, register (where Kolada has it from): Kolada's own. unit: in words, «kronor per invånare».

    field: id of a field.

    short_name, direction and field are ours: Kolada has none. unit_read: the unit is our reading too, since the list of
    series says «antal» alone. most: the largest value that there can be; None where there is no such. wrong_years: years
    whose values are wrong in the source, for a reason that the note gives.
    """

    id: str
    name: str
    short_name: str
    register: str
    unit: str
    decimals: int
    direction: Direction
    field: str
    unit_read: bool = False
    most: Decimal | None = None
    note: str = ""
    wrong_years: tuple[int, ...] = ()

    @property
    def is_share(self) -> bool:
        return self.unit.split(" ")[0] == PERCENT

    @property
    def unit_of_measure(self) -> UnitOfMeasure:
        """What its numbers are written as; the other units stand in words beside them."""
        return UnitOfMeasure.PERCENT if self.is_share else UnitOfMeasure.COUNT


@dataclass(frozen=True, slots=True)
class PlanArea:
    """An area of another region's plan, with the plan's words. reading: insatsområden of ours that we read it as."""

    id: str
    text: str
    reading: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OtherAction:
    """What the other plan lists. area: id of an area where the source says which; "" where it does not."""

    text: str
    area: str
    reading: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Of a decided sum. amount: mnkr."""

    amount: Decimal
    text: str


@dataclass(frozen=True, slots=True)
class Decision:
    """A decided sum. wording: as the source has it («drygt 950 000 kronor»). amount: mnkr, None where it is not exact."""

    what: str
    wording: str
    amount: Decimal | None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class OtherPlan:
    """Another region's plan. region: its id among the regions. funding: year → mnkr. total: what the source sums it to."""

    region: str
    name: str
    short_name: str
    title: str
    source: str
    adopted: str
    years: str
    total: Decimal
    total_wording: str
    areas: tuple[PlanArea, ...]
    actions: tuple[OtherAction, ...]
    decisions: tuple[Decision, ...]
    funding: Mapping[int, Decimal] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Surroundings:
    """Empty where none is defined. home: the id of the own region. fields: id → name, in their order."""

    source: str = ""
    home: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    figures: tuple[KeyFigure, ...] = ()
    plan: OtherPlan | None = None

    def figure(self, series: str) -> KeyFigure | None:
        return next((one for one in self.figures if one.id == series), None)
