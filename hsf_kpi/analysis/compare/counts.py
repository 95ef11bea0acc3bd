"""What a counted measure counts, as chance sees it: how many of how many, or how many events for how much."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from hsf_kpi.model.aggregation import Aggregation, from_fixed
from hsf_kpi.model.cell import Cell
from hsf_kpi.model.measure import Counted, Measure


@dataclass(frozen=True, slots=True)
class Counts:
    """count: persons, samtal or events. size: what they are counted of or for, above 0. count ÷ size × the measure's scale
    is its value. Both in person-months where the components are hours.
    """

    count: Fraction
    size: Fraction


def counts_of(measure: Measure, cell: Cell | None) -> Counts | None:
    """None where the measure counts nothing, or there are no parts that could have been counted: a finished or masked
    value, an empty or negative count, more than there are to count among.
    """
    if measure.counted is None or cell is None or cell.masked or cell.ready is not None:
        return None
    if cell.numerator is None or not cell.denominator:
        return None
    per_person = measure.person_hours or 1
    count, size = from_fixed(cell.numerator) / per_person, from_fixed(cell.denominator) / per_person
    if measure.aggregation is Aggregation.FLOW_PER_STOCK:
        size /= cell.months
    possible = size > 0 and count >= 0 and (measure.counted is Counted.RATE or count <= size)
    return Counts(count, size) if possible else None


def size_words(measure: Measure) -> str:
    """What the denominator counts: «patienter», «personmånader»."""
    return measure.counted_unit or measure.component_unit
