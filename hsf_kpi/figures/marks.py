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


def target_marks(
    assessment: Assessment, *, since: int | None = None, own_budget: bool = False
) -> tuple[Mark, ...]:
    """One mark; none where the target is another series (last year's, the national value) or has no number.

    A band has both bounds. The budget is a line at zero and says so. since: the row from which the target
    holds, where it is not all; its year is then named. own_budget: the unit has a budget below the whole's.
    """
    target = assessment.target
    if target is None:
        return ()
    name = "Mål" if since is None else f"Mål {target.year}:"
    if target.kind in _NUMBERED:
        low = None if target.low is None else float(target.low)
        high = None if target.high is None else float(target.high)
        role = Role.TARGET_HIGH if low is None else Role.TARGET_LOW
        return (
            Mark(
                role,
                f"{name} {target.wording}",
                low if low is not None else high,
                high if high is not None else low,
                since=since,
            ),
        )
    if target.kind is TargetKind.ON_BUDGET:
        words = "Mål 0, egen budget" if own_budget else "Mål 0 mot budget"
        return (Mark(Role.TARGET_LOW, words, 0.0, 0.0, since=since),)
    if target.kind is TargetKind.LESS_THAN_FIXED_YEAR and assessment.bound is not None:
        bound = float(assessment.bound)
        words = f"{name.removesuffix(':')}: lägre än {target.fixed_year}"
        return (Mark(Role.TARGET_HIGH, words, bound, bound, since=since),)
    return ()


def comparison_mark(assessment: Assessment, *, since: int | None = None) -> tuple[Mark, ...]:
    """For a small picture without room for another series: the target, else the number compared with."""
    if marks := target_marks(assessment, since=since):
        return marks
    if assessment.target is None or assessment.bound is None:
        return ()
    bound = float(assessment.bound)
    return (Mark(Role.TARGET_LOW, f"Mål {assessment.target.wording}", bound, bound, since=since),)
