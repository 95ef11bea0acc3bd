"""The rows of values: unit × month × nyckeltal, each as the page Måluppfyllelse tells it. Only the rows of the page asked
for are worked out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from hsf_kpi.analysis.reasons import missing_reason
from hsf_kpi.analysis.types import Assessment, Outcome
from hsf_kpi.api.asking import Question
from hsf_kpi.api.definitions import Row
from hsf_kpi.api.lists import Listed, months_seen, standing_units
from hsf_kpi.api.numbers import plain
from hsf_kpi.api.problems import Refusal, shown
from hsf_kpi.model.codes import OrgView
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import NotFound, NotPermitted, Problem
from hsf_kpi.model.selection import Selection
from hsf_kpi.swedish.periods import period_words
from hsf_kpi.swedish.words import STATUS_WORD

Step = tuple[Selection, int]
"""One unit in one month, and how many of the nyckeltal asked for may be seen there."""


def values(question: Question) -> Listed:
    """NotFound with every unit and nyckeltal that does not exist or may not be seen: told alike."""
    asked = _measures(question)
    steps = list(_steps(question, asked))
    total = sum(count for _, count in steps)
    first, most = question.whole("offset"), question.whole("limit")
    rows: list[Row] = []
    at = 0
    for selection, count in steps:
        if at >= first + most:
            break
        if at + count > first:
            every = question.workspace.assessments(question.scope, selection)
            mine = [one for one in every if one.measure.key in asked]
            rows += [_row(question, selection, one) for one in mine[max(0, first - at) : first + most - at]]
        at += count
    return Listed(rows, total)


def _months(question: Question) -> list[Month]:
    """In time order: from `from` to `through`, as far as anything may be seen. Without `from`, the last one alone."""
    seen = months_seen(question)
    through = question.month("through") or seen[0]
    first = question.month("from") or min(through, seen[0])
    if first > through:
        raise Refusal.of(
            400, f"{first} är efter {through}.", "from", "Ange en månad som inte är efter den sista."
        )
    return [month for month in reversed(seen) if first <= month <= through]


def _measures(question: Question) -> Collection[str]:
    catalogue = question.workspace.catalogue
    return question.names("measure") or tuple(catalogue.measures)


def _steps(question: Question, asked: Collection[str]) -> Iterator[Step]:
    workspace, scope, months = question.workspace, question.scope, _months(question)
    wanted = question.names("unit")
    units = wanted or tuple(standing_units(question, months))
    _demand_seen(question, units, asked)
    for unit in units:
        count = sum(scope.allows(unit, key) for key in asked)
        for month in months:
            selection = Selection(unit, month, question.view, question.sex, question.org)
            if workspace.catalogue.organisation.get(unit).exists_at(workspace.organisation_month(selection)):
                yield selection, count


def _demand_seen(question: Question, units: Sequence[str], asked: Collection[str]) -> None:
    """What is not there and what may not be seen, in the same words, all at once."""
    scope, catalogue = question.scope, question.workspace.catalogue
    wrong = [
        Problem(
            f"Verksamheten ”{shown(unit)}” finns inte eller ingår inte i din behörighet.",
            "unit",
            "Se /api/v1/units.",
        )
        for unit in units
        if not scope.sees(unit)
    ]
    if question.names("measure"):
        wrong += [
            Problem(
                f"Nyckeltalet ”{shown(key)}” finns inte eller ingår inte i din behörighet för verksamheten.",
                "measure",
                "Se /api/v1/measures.",
            )
            for key in asked
            if key not in catalogue.measures or not any(scope.allows(unit, key) for unit in units)
        ]
    if wrong:
        raise NotPermitted(wrong)
    gone = [problem for unit in units for problem in _gone(question, unit)]
    if gone:
        raise NotFound(gone)


def _gone(question: Question, unit: str) -> tuple[Problem, ...]:
    """Of a unit that may be seen but does not stand in today's organisation: when it ended, and where to look."""
    if question.org is not OrgView.TODAY:
        return ()
    selection = Selection(unit, months_seen(question)[0], org=question.org)
    try:
        question.workspace.demand(question.scope, selection)
    except NotFound as error:
        return error.problems
    return ()


def _row(question: Question, selection: Selection, found: Assessment) -> Row:
    workspace = question.workspace
    measure, outcome, target, last = found.measure, found.outcome, found.target, found.last_year
    return {
        "unit": outcome.unit,
        "unit_name": workspace.catalogue.organisation.get(outcome.unit).name,
        "measure": measure.key,
        "measure_name": measure.short_name,
        "month": selection.month.iso,
        "view": selection.view.value,
        "sex": outcome.sex.value,
        "org": selection.org.value,
        "window": outcome.period.window.value,
        "period_start": outcome.period.start.first_day.isoformat(),
        "period_end": outcome.period.end.last_day.isoformat(),
        "period_words": period_words(measure, outcome.period),
        "value": plain(outcome.value),
        "unit_of_measure": measure.unit_of_measure.value,
        "missing": outcome.missing.value if outcome.missing else None,
        "missing_reason": _why_missing(outcome),
        "incomplete": outcome.note or None,
        "status": found.status.value,
        "status_words": STATUS_WORD[found.status],
        "status_reason": found.reason,
        "gap": plain(found.gap),
        "target_year": target.year if target else None,
        "target_kind": target.kind.value if target else None,
        "target_words": target.wording if target else None,
        "target_low": plain(target.low) if target else None,
        "target_high": plain(target.high) if target else None,
        "target_from": found.inherited_from,
        "compared_with": plain(found.bound),
        "last_year": plain(last.value),
        "last_year_missing": last.missing.value if last.missing else None,
        "change": plain(found.change),
        "not_compared": found.not_compared or None,
        "state": "final" if workspace.is_final(selection.month) else "preliminary",
        "origin": outcome.origin.value if outcome.origin else None,
        "source": (outcome.cell.source if outcome.cell else "") or measure.source,
    }


def _why_missing(outcome: Outcome) -> str | None:
    return None if outcome.missing is None else missing_reason(outcome)
