"""The second and the third assignment, where they were broken in the chosen month."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from hsf_kpi.analysis.economy.types import ComplianceRow, Verdict
from hsf_kpi.analysis.signals.types import Signal, SignalKind
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.period import Month

IN_A_ROW = 2
"""After so many months in a row with the assignment followed a breach is told whatever its size."""
LARGEST = 5
"""Of each assignment so many breaches are told for their size alone."""


def assignment_signal(
    assignment: str, row: ComplianceRow, month: Month, origins: frozenset[Origin] = frozenset()
) -> Signal | None:
    """A breach in `month`, which is the row's last; None where it was followed or can't be judged."""
    if not row.cells or row.cells[-1].month != month or row.cells[-1].verdict is not Verdict.BROKE:
        return None
    before = 0
    for cell in reversed(row.cells[:-1]):
        if cell.verdict not in (Verdict.COMPLIED, Verdict.MOVED):
            break
        before += 1
    own = row.cells[-1].own
    return Signal(
        SignalKind.ASSIGNMENT,
        row.unit,
        month,
        0.0,
        better=False,
        assignment=assignment,
        amount=None if own is None else round(own),
        in_a_row=before,
        origins=origins,
    )


def told_breaches(found: Sequence[Signal], alone: Collection[str]) -> list[Signal]:
    """Those that ended a row of `IN_A_ROW` months or more, and of each assignment the `LARGEST` at the units of `alone`
    (what has units below it is large by being their sum).
    """
    largest: set[int] = set()
    for assignment in sorted({signal.assignment for signal in found}):
        own = [i for i, one in enumerate(found) if one.assignment == assignment and one.unit in alone]
        own.sort(key=lambda i: (-(found[i].amount or 0), found[i].unit))
        largest.update(own[:LARGEST])
    return [one for i, one in enumerate(found) if i in largest or one.in_a_row >= IN_A_ROW]
