"""Counted measures, groups and values of units for the tests of the comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from hsf_kpi.analysis.compare.counts import Counts
from hsf_kpi.analysis.types import Assessment, Outcome
from hsf_kpi.model.aggregation import FIXED, Aggregation
from hsf_kpi.model.cell import Cell
from hsf_kpi.model.codes import Direction, Missing, Origin, Sex, Status
from hsf_kpi.model.comparison import ComparisonGroup
from hsf_kpi.model.measure import Counted, Measure
from hsf_kpi.model.peers import PeerValues
from hsf_kpi.model.period import Period, Window
from tests.analysis.builders import OCTOBER, a_cell, a_measure

PERIOD = Period(OCTOBER, Window.YTD)


def a_share(**fields: Any) -> Measure:
    """A share of patients, lower is better."""
    known = {"counted": Counted.SHARE, "scale": Fraction(100), "component_unit": "patienter"}
    return a_measure(**(known | {"direction": Direction.DOWN} | fields))


def a_rate(**fields: Any) -> Measure:
    return a_share(**({"counted": Counted.RATE, "counted_unit": "anställda"} | fields))


def a_mean(**fields: Any) -> Measure:
    """Nothing that chance says anything of but its own months."""
    return a_share(**({"counted": None, "aggregation": Aggregation.WEIGHTED_MEAN} | fields))


def a_group(units: Sequence[str]) -> ComparisonGroup:
    return ComparisonGroup("lika", "Lika", "bland de lika", tuple(units))


def parts(count: float | Fraction, size: float | Fraction, **fields: Any) -> Cell:
    numbers = {"numerator": int(Fraction(count) * FIXED), "denominator": int(Fraction(size) * FIXED)}
    return a_cell(**(numbers | fields))


def reached(measure: Measure, unit: str, cell: Cell | None, missing: Missing | None = None) -> Assessment:
    """What the unit has reached; `missing` where the cell has no value."""
    value = cell.value(measure) if cell is not None else None
    note = "" if cell is None or cell.complete else f"{cell.months} av {cell.months_expected} månader"
    outcome = Outcome(measure, unit, Sex.ALL, PERIOD, value, missing, note if value is not None else "", cell)
    nothing = Outcome(measure, unit, Sex.ALL, PERIOD, None, Missing.NOT_REPORTED, "", None)
    return Assessment(
        measure, outcome, None, None, Status.NOT_ASSESSABLE, None, "", nothing, None, None
    )  # fmt: skip


def peer_values(own: Fraction, named: Mapping[str, Fraction], unnamed: Sequence[Fraction] = ()) -> PeerValues:
    return PeerValues(own, tuple(sorted(named.items())), tuple(sorted(unnamed)), 3, frozenset({Origin.DEMO}))


def counted_units(*pairs: tuple[int, int]) -> dict[str, Counts]:
    """«u0», «u1» … with so many of so many."""
    return {f"u{i}": Counts(Fraction(count), Fraction(size)) for i, (count, size) in enumerate(pairs)}
