"""A unit's own place among comparable units, and the median of them all."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from hsf_kpi.analysis.compare.groups import measured_in
from hsf_kpi.model.codes import Direction, OrgView, Origin
from hsf_kpi.model.comparison import ComparisonGroup
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.organisation import Organisation
from hsf_kpi.model.peers import PeerValues
from hsf_kpi.model.period import Month


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """`units`: the unit itself and those it is compared with. `words`: who they are, after «verksamheter»."""

    units: frozenset[str]
    words: str


@dataclass(frozen=True, slots=True)
class Peer:
    """`place`: 1 is first; equal values share a place. `unit`: None for one outside the scope."""

    place: int
    unit: str | None
    value: Fraction


@dataclass(frozen=True, slots=True)
class Standing:
    """`group`: who are compared, in words. `peers`: all with a value, the unit itself included, first place first.
    `place`: the unit's own; `shared` when others have the same. `left_out`: comparable units without a value to compare.
    """

    unit: str
    group: str
    place: int
    shared: bool
    peers: tuple[Peer, ...]
    median: Fraction
    left_out: int
    origins: frozenset[Origin]


def peer_group(
    measure: Measure, group: ComparisonGroup, organisation: Organisation, month: Month, view: OrgView
) -> PeerGroup:
    """The units of the group that the measure is measured at, in the organisation of `month`.

    Who asks must never matter here: two answers about groups that differ by one unit would name it.
    """
    return PeerGroup(frozenset(measured_in(group, measure, organisation, month, view)), group.words)


def standing(measure: Measure, unit: str, group: str, values: PeerValues) -> Standing:
    """Highest first where higher is better, else lowest first (also where no direction is better).

    Values are compared as they are printed, so that no place tells more than they do. Of equal ones the unit itself
    comes first, then the named by id, then the unnamed: nothing follows from the order of the organisation.
    """
    sign = -1 if measure.direction is Direction.UP else 1
    everyone: list[tuple[str | None, Fraction]] = [
        (unit, values.own),
        *values.named,
        *((None, value) for value in values.unnamed),
    ]
    everyone.sort(key=lambda one: (sign * one[1], one[0] != unit, one[0] is None, one[0] or ""))
    first: dict[Fraction, int] = {}
    for i, (_, value) in enumerate(everyone):
        first.setdefault(value, i + 1)
    return Standing(
        unit=unit,
        group=group,
        place=first[values.own],
        shared=sum(value == values.own for _, value in everyone) > 1,
        peers=tuple(Peer(first[value], one, value) for one, value in everyone),
        median=median(value for _, value in everyone),
        left_out=values.left_out,
        origins=values.origins,
    )
