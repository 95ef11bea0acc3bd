"""The plan's own starting points held against its targets: which were met from the start, and by how much."""

from __future__ import annotations

from fractions import Fraction

from hsf_kpi.analysis.judge import judge
from hsf_kpi.analysis.reasons import target_text
from hsf_kpi.model.codes import Sex, Status, UnitOfMeasure
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.target import Baseline, Target, TargetKind
from hsf_kpi.swedish.numbers import difference_text, places, value_text

_STATED = frozenset(
    {
        TargetKind.AT_LEAST,
        TargetKind.ABOVE,
        TargetKind.AT_MOST,
        TargetKind.BELOW,
        TargetKind.BETWEEN,
        TargetKind.AMOUNT_AT_LEAST,
    }
)
"""The kinds whose number stands in the plan. What compares with another year says nothing of a baseline."""


def latest_baseline(measure: Measure) -> Baseline | None:
    """The total's baseline with a value; of several the one of the latest period.

    A forecast is no outcome: it stands only where the plan names nothing else.
    """
    known = [b for b in measure.baselines if b.sex is Sex.ALL and b.value is not None]
    happened = [b for b in known if b.kind != "forecast"]
    return max(happened or known, key=lambda b: b.period.end.index if b.period else -1, default=None)


def baseline_already_meets(measure: Measure, target: Target) -> str | None:
    """The margin in words where the baseline already meets the target, else None.

    «Nuvärde 2021 (90 %) når redan målet 85 % med marginalen 5 procentenheter».
    """
    baseline = latest_baseline(measure)
    if baseline is None or baseline.value is None or target.kind not in _STATED:
        return None
    verdict = judge(target, Fraction(baseline.value))
    if verdict.status is not Status.MET:
        return None
    seconds = measure.unit_of_measure is UnitOfMeasure.MINUTES
    shown = 0 if seconds else baseline.decimals
    value = value_text(baseline.value, measure, decimals=shown)
    start = f"{baseline.label} ({value}) når redan målet {target_text(target, measure)}"
    if verdict.gap == 0:
        return f"{start}, utan marginal"
    stated = max(places(bound) for bound in (target.low, target.high) if bound is not None)
    margin = difference_text(verdict.gap, measure, decimals=0 if seconds else max(shown, stated))
    return f"{start} med marginalen {margin}"
