"""Monthly series for the tests of the control charts, written as short lists of numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hsf_kpi.analysis.spc.process import process
from hsf_kpi.analysis.spc.types import Judged, NoLimits, Process, TargetAt
from hsf_kpi.analysis.types import Outcome
from hsf_kpi.model.codes import Missing, Sex
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Month, Period, Window
from hsf_kpi.model.rebase import Rebase
from hsf_kpi.model.target import Target, TargetKind
from tests.analysis.builders import a_measure

START = Month.of(2020, 1)
Value = int | Fraction | None
ALTERNATING: list[Value] = [0, 150] * 6
"""Mean 75, every moving range 150: limits 75 ± 399 (−324 and 474), two thirds of the way 75 ± 266 (−191 and 341)."""


def outcomes_of(values: Sequence[Value], measure: Measure, start: Month = START) -> list[Outcome]:
    return [
        Outcome(
            measure,
            "hsf",
            Sex.ALL,
            Period(start + at, Window.MONTH),
            None if value is None else Fraction(value),
            Missing.LATE if value is None else None,
            "",
            None,
        )
        for at, value in enumerate(values)
    ]


def judged(
    values: Sequence[Value],
    *,
    rebases: Sequence[Rebase] = (),
    targets: Mapping[int, TargetAt] | None = None,
    start: Month = START,
    **fields: Any,
) -> Process | NoLimits:
    """The series as a process. targets: by the year of the month. fields: of the measure."""
    measure = a_measure(**fields)
    return process(
        measure,
        outcomes_of(values, measure, start),
        rebases=rebases,
        target_of=lambda outcome: (targets or {}).get(outcome.period.end.year),
    )


def a_process(values: Sequence[Value], **more: Any) -> Process:
    found = judged(values, **more)
    assert isinstance(found, Process), found
    return found


def refused(values: Sequence[Value], **more: Any) -> NoLimits:
    found = judged(values, **more)
    assert isinstance(found, NoLimits)
    assert found.words.endswith(".")
    return found


def after(tail: Sequence[Value], **more: Any) -> list[Judged | None]:
    """The points of `tail`, judged by the limits of ALTERNATING, which stands before it as a base period."""
    base = a_rebase(0, last=11)
    return list(a_process([*ALTERNATING, *tail], rebases=[base], **more).points[12:])


def a_rebase(at: int, *, last: int | None = None, **fields: Any) -> Rebase:
    """By the places of the months in the series; `last` makes it a base period."""
    known: dict[str, Any] = {
        "measure": "matt",
        "unit": "hsf",
        "first": START + at,
        "reason": "Ny definition",
        "source": "Controllern",
        "last": None if last is None else START + last,
    }
    return Rebase(**(known | fields))


def every_year(
    kind: TargetKind, low: str | None = None, high: str | None = None, compared: Value = None
) -> dict[int, TargetAt]:
    """The same target for all years that the samples reach."""
    return {year: at_year(year, kind, low, high, compared) for year in range(2019, 2031)}


def at_year(
    year: int, kind: TargetKind, low: str | None = None, high: str | None = None, compared: Value = None
) -> TargetAt:
    bounds = [None if bound is None else Decimal(bound) for bound in (low, high)]
    number = None if compared is None else Fraction(compared)
    return TargetAt(Target(year, kind, "planens ord", "Planen", low=bounds[0], high=bounds[1]), number)
