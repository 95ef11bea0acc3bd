"""Small catalogues and observations, made in code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from hsf_kpi.model.aggregation import FIXED, Aggregation
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Direction, Origin, Persons, Sex, UnitOfMeasure
from hsf_kpi.model.measure import Definition, Measure
from hsf_kpi.model.observation import Observation
from hsf_kpi.model.organisation import Organisation, Placement, Unit
from hsf_kpi.model.period import Month, Window
from hsf_kpi.model.scope import Scope

HAS_DENOMINATOR = {
    Aggregation.RATIO,
    Aggregation.SNAPSHOT_RATIO,
    Aggregation.FLOW_PER_STOCK,
    Aggregation.FTE,
    Aggregation.WEIGHTED_MEAN,
    Aggregation.GROWTH,
}


def m(text: str) -> Month:
    return Month.parse(text)


def measure(key: str, kind: Aggregation, **changes: Any) -> Measure:
    plain = Measure(
        key=key,
        indicator=key,
        part="",
        name=key.capitalize(),
        short_name=key,
        row=None,
        goal_area="a",
        goal="b",
        definition=Definition("vad", "varför"),
        unit_of_measure=UnitOfMeasure.COUNT,
        direction=Direction.UP,
        aggregation=kind,
        scale=Fraction(1),
        decimals=1,
        by_sex=False,
        applies_to=(),
        measured_at=(),
        reporting="",
        measured=(Window.MONTH,),
        due_day=15,
        persons=Persons.NEITHER,
        threshold=5,
        tolerance=None,
        source="",
    )
    return replace(plain, **changes)


def unit(
    key: str,
    parent: str | None,
    first: str | None = None,
    last: str | None = None,
    successor: str | None = None,
) -> Unit:
    placement = Placement(parent, m(first) if first else None, m(last) if last else None)
    return Unit(key, key.capitalize(), "nivå", (placement,), successor=successor)


def moved(key: str, old: str, new: str, when: str) -> Unit:
    """A unit that stood under `old` until the month before `when`, and under `new` from then on."""
    placements = (Placement(old, None, m(when) - 1), Placement(new, m(when), None))
    return Unit(key, key.capitalize(), "nivå", placements)


def organisation(*units: Unit) -> Organisation:
    return Organisation({u.id: u for u in units})


def catalogue(org: Organisation, measures: Iterable[Measure], fingerprint: str = "f1") -> Catalogue:
    return Catalogue(org, {x.key: x for x in measures}, (), (), fingerprint)


def everyone(cat: Catalogue) -> Scope:
    return Scope.of(cat.organisation.units)


def obs(
    key: str,
    unit_id: str,
    end: str | Month,
    numerator: int | None = None,
    denominator: int | None = None,
    *,
    ready: int | None = None,
    window: Window = Window.MONTH,
    sex: Sex = Sex.ALL,
    origin: Origin = Origin.DEMO,
    source: str = "",
) -> Observation:
    """Numbers in whole units; they are put on the stored scale here."""

    def fixed(value: int | None) -> int | None:
        return None if value is None else value * FIXED

    month = m(end) if isinstance(end, str) else end
    return Observation(
        key, unit_id, window, month, sex, origin, source, fixed(numerator), fixed(denominator), fixed(ready)
    )


SMALL = organisation(
    unit("hsf", None),
    unit("akut", "hsf"),
    unit("nara", "hsf"),
    unit("kirurgi", "akut"),
    unit("medicin", "akut"),
    unit("halso", "nara", None, "2022-12", "primar"),
    unit("primar", "nara"),
    moved("rontgen", "akut", "nara", "2022-07"),
)
"""förvaltning → two områden → kliniker; one that was merged into another, one that moved."""
