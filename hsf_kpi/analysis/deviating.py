"""What the head of a unit is asked to say a word about in a month: targets missed, and what really became worse then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from hsf_kpi.analysis.spc.types import NoLimits, Process, Variation
from hsf_kpi.analysis.types import Assessment
from hsf_kpi.model.codes import Status
from hsf_kpi.model.dialogue import Analysis, HandIn
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Month

Judged = Process | NoLimits


@dataclass(frozen=True, slots=True)
class Deviation:
    """A figure that needs an answer. why: one Swedish sentence.

    answered: an analysis stands, and where there is a target a helårsbedömning too. answer: what has been said so far,
    None for nothing; of an earlier month of the year where the value has not changed since.
    """

    measure: Measure
    assessment: Assessment
    process: Judged | None
    why: str
    answered: bool = False
    answer: Analysis | None = None

    @property
    def missed(self) -> bool:
        """Whether the target is missed."""
        return self.assessment.status is Status.MISSED

    @property
    def worse(self) -> bool:
        """Whether the month's value is a special cause for the worse."""
        return is_worse(self.process)


def deviating(
    assessments: Iterable[Assessment],
    processes: Mapping[str, Judged],
    *,
    first: str,
    worse_words: Callable[[Process], str],
) -> tuple[Deviation, ...]:
    """Those that miss their target or really became worse this month: `first` (the unit's budget) before all, then what is
    both, then the plan's rows in order, and last what stands outside the plan. What has been worse for months, and misses
    no target, was asked about when it began.

    assessments: of one unit. processes: measure → its monthly series judged. worse_words: the pattern of a process in a
    few Swedish words.
    """
    found = [
        one
        for a in assessments
        if (one := _deviation(a, processes.get(a.measure.key), worse_words)) is not None
    ]

    def order(one: Deviation) -> tuple[bool, bool, bool, int, str]:
        row = one.measure.row
        return (
            one.measure.key != first,
            not (one.missed and one.worse),
            row is None,
            row or 0,
            one.measure.key,
        )

    return tuple(sorted(found, key=order))


def answered(found: Iterable[Deviation], hand_ins: Sequence[HandIn], month: Month) -> tuple[Deviation, ...]:
    """The same with what has been said of each. hand_ins: the unit's of the year, up to and with `month`.

    A value that was known before (last year's, or delår 1) is answered once, and not every month anew.
    """
    latest = sorted(hand_ins, key=lambda one: one.month, reverse=True)
    return tuple(_with_answer(one, latest, month) for one in found)


def is_worse(process: Judged | None) -> bool:
    """Whether the latest point is a special cause for the worse; no limits say nothing."""
    point = process.latest if isinstance(process, Process) else None
    return point is not None and point.variation is Variation.WORSE


def is_answer(analysis: Analysis | None, *, to_target: bool) -> bool:
    """Whether an analysis says all that is asked: a text, and where there is a target whether the year will reach it."""
    if analysis is None or not analysis.text.strip():
        return False
    return analysis.year_end is not None or not to_target


def _deviation(
    a: Assessment, process: Judged | None, worse_words: Callable[[Process], str]
) -> Deviation | None:
    if a.status is Status.MISSED:
        return Deviation(a.measure, a, process, a.reason)
    if (
        isinstance(process, Process)
        and is_worse(process)
        and process.latest is not None
        and process.latest.new
    ):
        words = worse_words(process)
        return Deviation(a.measure, a, process, f"Verklig försämring: {words[:1].lower()}{words[1:]}")
    return None


def _with_answer(one: Deviation, latest: Sequence[HandIn], month: Month) -> Deviation:
    since = min(one.assessment.outcome.period.end + 1, month)
    if one.worse:
        since = month
    said = [
        analysis
        for hand_in in latest
        if since <= hand_in.month <= month
        and (analysis := hand_in.analysis(one.measure.key)) is not None
        and analysis.text.strip()
    ]
    if not said:
        return replace(one, answered=False, answer=None)
    whole = is_answer(said[0], to_target=one.assessment.target is not None)
    return replace(one, answered=whole, answer=said[0])
