"""Which units are of the same kind (comparison.toml), and which measures chance says something of (`counted`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from hsf_kpi.ingest.definitions.reading import MeasureFile
from hsf_kpi.ingest.definitions.shapes import ComparisonGroupShape, ComparisonShape
from hsf_kpi.ingest.definitions.words import told_twice
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.comparison import ComparisonGroup
from hsf_kpi.model.measure import Counted
from hsf_kpi.model.organisation import Unit
from hsf_kpi.model.problems import Problem

SMALLEST = 2
"""Units of a group at the least: one has nobody to be compared with."""

_SHARES = (Aggregation.RATIO, Aggregation.SNAPSHOT_RATIO)
_MAY_COUNT = {Counted.SHARE: _SHARES, Counted.RATE: (*_SHARES, Aggregation.FLOW_PER_STOCK)}


def build_comparison(shape: ComparisonShape) -> tuple[ComparisonGroup, ...]:
    """In the order of the file. Whether they hold together: see `check_comparison`."""
    return tuple(
        ComparisonGroup(group.id, group.name, group.words, tuple(group.units), group.note)
        for group in shape.group
    )


def check_comparison(shape: ComparisonShape, file: str, *, units: Mapping[str, Unit] | None) -> list[Problem]:
    """Everything that is wrong with the groups. units: None where the organisation is unreadable."""
    problems = [*told_twice(file, "group", [group.id for group in shape.group])]
    for group in shape.group:
        where = f"{file}: group[{group.id}]"
        problems += _check_members(group, f"{where}.units")
        if units is not None:
            problems += _check_units(group, units, f"{where}.units")
    return problems


def check_counted(measures: Sequence[MeasureFile]) -> list[Problem]:
    """That what counts something is a quotient that can, and says what its denominator counts."""
    return [problem for read in measures for problem in _check_counted(read)]


def _check_members(group: ComparisonGroupShape, where: str) -> Iterator[Problem]:
    counts = Counter(group.units)
    for unit, count in counts.items():
        if count > 1:
            yield Problem(f"Enheten ”{unit}” står {count} gånger.", where, "Ta bort dubbletten.")
    if len(counts) < SMALLEST:
        told = "ingen enhet" if not counts else "bara en enhet"
        yield Problem(
            f"Gruppen har {told} och kan inte jämföras.",
            where,
            "Ange minst två enheter, eller ta bort gruppen.",
        )


def _check_units(group: ComparisonGroupShape, units: Mapping[str, Unit], where: str) -> Iterator[Problem]:
    """That they exist, and that none is a part of another: it would be compared with itself."""
    members = dict.fromkeys(group.units)
    for unit in members:
        if unit not in units:
            yield Problem(
                f"Enheten ”{unit}” finns inte.",
                where,
                "Rätta id eller lägg till enheten i organisation.toml.",
            )
            continue
        for above in sorted(_above(unit, units) & members.keys() - {unit}):
            yield Problem(
                f"Enheten ”{unit}” ingår i ”{above}”, som står i samma grupp.",
                where,
                "Ta bort den ena: en del jämförs inte med sin helhet.",
            )


def _above(unit: str, units: Mapping[str, Unit]) -> set[str]:
    """Every unit that it stands or has stood under, also one that itself has moved since."""
    found: set[str] = set()
    waiting = [unit]
    while waiting:
        at = units.get(waiting.pop())
        parents = {p.parent for p in at.placements if p.parent is not None} if at is not None else set()
        waiting += parents - found
        found |= parents
    return found


def _check_counted(read: MeasureFile) -> Iterator[Problem]:
    shape = read.shape
    if shape.counted is None:
        if shape.counted_unit:
            yield Problem(
                "Det sägs vad nämnaren räknar, men inte att nyckeltalet räknar något.",
                f"{read.where}counted_unit",
                "Lägg till counted eller ta bort fältet.",
            )
        return
    allowed = _MAY_COUNT[shape.counted]
    if shape.aggregation not in allowed:
        yield Problem(
            f"”{shape.aggregation.value}” kan inte vara ”{shape.counted.value}”.",
            f"{read.where}counted",
            f"Ta bort fältet, eller räkna nyckeltalet som {', '.join(kind.value for kind in allowed)}.",
        )
    if not (shape.counted_unit or shape.component_unit):
        yield Problem(
            "Det sägs inte vad nämnaren räknar.",
            f"{read.where}counted_unit",
            "Ange vad nämnaren räknar, till exempel ”patienter”.",
        )
