"""The rows of units, measures, months, pages and figures: what the caller may see of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hsf_kpi.api.asking import Question
from hsf_kpi.api.definitions import Row
from hsf_kpi.composing.choices import ABOUT_A_MEASURE, EXTRAS, EXTRAS_OF
from hsf_kpi.composing.registry import PAGES
from hsf_kpi.figures.figure import FINAL, PRELIMINARY
from hsf_kpi.model.codes import OrgView
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import NotFound, Problem
from hsf_kpi.model.selection import Selection
from hsf_kpi.month import month_of
from hsf_kpi.swedish.words import DIRECTION_WORD, UNIT_CAPTION


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows of one answer, and how many there are in all."""

    rows: Sequence[Row]
    total: int


def months_seen(question: Question) -> tuple[Month, ...]:
    """Latest first. NotFound where there are none."""
    months = question.workspace.months(question.scope)
    if not months:
        raise NotFound(Problem("Databasen har inga månadsvärden än.", "månad", "Läs in en månad först."))
    return months


def month_asked(question: Question) -> Month:
    """The chosen month, else the latest. NotFound for one of which nothing may be seen."""
    months = months_seen(question)
    month = question.month("month") or months[0]
    if month not in months:
        raise NotFound(
            Problem(f"Månaden {month} finns inte.", "month", f"Månaderna är {months[-1]} till {months[0]}.")
        )
    return month


def units(question: Question) -> Listed:
    """Depth first, as in the app's own list."""
    workspace, scope = question.workspace, question.scope
    organisation = workspace.catalogue.organisation
    selection = Selection(organisation.root, month_asked(question), org=question.org)
    month = workspace.organisation_month(selection)
    found: list[Row] = []
    for unit_id in workspace.units(scope, selection):
        unit = organisation.get(unit_id)
        path = [one for one in organisation.path(unit_id, month) if scope.sees(one)]
        found.append(
            {
                "unit": unit_id,
                "name": unit.name,
                "short_name": unit.short_name or unit.name,
                "level": unit.level,
                "parent": path[-2] if len(path) > 1 else None,
                "depth": len(path) - 1,
            }
        )
    return _paged(question, found)


def measures(question: Question) -> Listed:
    """The plan's rows first, in its order; those that may be seen anywhere."""
    catalogue, scope = question.workspace.catalogue, question.scope
    every = (*catalogue.plan_rows(), *(m for m in catalogue.measures.values() if m.row is None))
    areas = {area.id: area.name for area in catalogue.goal_areas}
    found = [
        _measure(measure, areas.get(measure.goal_area, ""))
        for measure in every
        if any(scope.allows(unit, measure.key) for unit in scope.units)
    ]
    return _paged(question, found)


def _measure(measure: Measure, area: str) -> Row:
    told = measure.definition
    return {
        "measure": measure.key,
        "name": measure.name,
        "short_name": measure.short_name,
        "plan_row": measure.row,
        "goal_area": area or None,
        "goal": measure.goal or None,
        "unit_of_measure": measure.unit_of_measure.value,
        "unit_caption": UNIT_CAPTION[measure.unit_of_measure],
        "decimals": measure.decimals,
        "direction": measure.direction.value,
        "direction_words": DIRECTION_WORD[measure.direction],
        "by_sex": measure.by_sex,
        "reporting": measure.reporting,
        "definition": told.what,
        "purpose": told.why or None,
        "numerator": told.numerator or None,
        "denominator": told.denominator or None,
        "note": told.note or None,
        "source": measure.source,
    }


def months(question: Question) -> Listed:
    """Latest first."""
    workspace, scope = question.workspace, question.scope
    root = workspace.catalogue.organisation.root
    found: list[Row] = []
    for month in workspace.months(scope):
        final = workspace.is_final(month)
        # As on the pages: which edition is told to who may see where the months are.
        edition = month_of(workspace).brief(scope, month).edition if final and scope.sees(root) else 0
        found.append(
            {
                "month": month.iso,
                "state": "final" if final else "preliminary",
                "state_words": FINAL if final else PRELIMINARY,
                "edition": edition or None,
            }
        )
    return _paged(question, found)


def pages(question: Question) -> Listed:
    """The pages that have figures, and their own choices: one row for each choice, one for a page without any."""
    found: list[Row] = []
    for page, title in PAGES.items():
        about = page in ABOUT_A_MEASURE
        for name in EXTRAS_OF.get(page, ()) or (None,):
            extra = EXTRAS[name] if name else None
            codes = ", ".join(extra.codes) if extra and extra.codes else None
            found.append(
                {
                    "page": page,
                    "title": title,
                    "needs_measure": about,
                    "choice": name,
                    "codes": codes,
                    "default": extra.first if extra else None,
                }
            )
    return _paged(question, found)


def page_of(rows: Sequence[Row], question: Question) -> Sequence[Row]:
    start = question.whole("offset")
    return rows[start : start + question.whole("limit")]


def _paged(question: Question, rows: Sequence[Row]) -> Listed:
    return Listed(page_of(rows, question), len(rows))


def standing_units(question: Question, months: Sequence[Month]) -> Iterator[str]:
    """Every unit that may be seen and stands in the organisation in any of the months, in its order."""
    workspace, root = question.workspace, question.workspace.catalogue.organisation.root
    shown = months[-1:] if question.org is OrgView.TODAY else months
    seen: dict[str, None] = {}
    for month in shown:
        selection = Selection(root, month, org=question.org)
        seen |= dict.fromkeys(workspace.units(question.scope, selection))
    yield from seen
