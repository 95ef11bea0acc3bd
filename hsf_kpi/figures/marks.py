"""The target as a line or a band with its name, where the plan's words give it a place on the value axis."""

from __future__ import annotations

from hsf_kpi.analysis.types import Assessment
from hsf_kpi.figures.figure import Mark, Role
from hsf_kpi.model.target import TargetKind

_NUMBERED = (
    TargetKind.AT_LEAST,
    TargetKind.ABOVE,
    TargetKind.AT_MOST,
    TargetKind.BELOW,
    TargetKind.BETWEEN,
    TargetKind.AMOUNT_AT_LEAST,
)


def target_marks(assessment: Assessment) -> tuple[Mark, ...]:
    """One mark; none where the target is another series (last year's, the national value) or has no number.

    A band has both bounds. The budget is a line at zero and says so.
    """
    target = assessment.target
    if target is None:
        return ()
    if target.kind in _NUMBERED:
        low = None if target.low is None else float(target.low)
        high = None if target.high is None else float(target.high)
        role = Role.TARGET_HIGH if low is None else Role.TARGET_LOW
        return (
            Mark(
                role,
                f"Mål {target.wording}",
                low if low is not None else high,
                high if high is not None else low,
            ),
        )
    if target.kind is TargetKind.ON_BUDGET:
        return (Mark(Role.TARGET_LOW, "Mål 0, egen budget", 0.0, 0.0),)
    if target.kind is TargetKind.LESS_THAN_FIXED_YEAR and assessment.bound is not None:
        bound = float(assessment.bound)
        return (Mark(Role.TARGET_HIGH, f"Mål under {target.fixed_year}", bound, bound),)
    return ()


def comparison_mark(assessment: Assessment) -> tuple[Mark, ...]:
    """For a small picture without room for another series: the target, else the number compared with."""
    if marks := target_marks(assessment):
        return marks
    if assessment.target is None or assessment.bound is None:
        return ()
    bound = float(assessment.bound)
    return (Mark(Role.TARGET_LOW, f"Mål {assessment.target.wording}", bound, bound),)
