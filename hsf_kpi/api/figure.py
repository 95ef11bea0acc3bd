"""One figure by its ask: the same that the page shows and the command `figure` writes, judged as the export menu judges."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hsf_kpi.api.asking import Question
from hsf_kpi.api.definitions import Row
from hsf_kpi.api.lists import Listed, month_asked, page_of
from hsf_kpi.api.numbers import plain
from hsf_kpi.api.problems import Refusal, shown
from hsf_kpi.composing.ask import Ask, ask_of
from hsf_kpi.composing.choices import ABOUT_A_MEASURE, EXTRAS_OF
from hsf_kpi.composing.composed import Composed
from hsf_kpi.composing.registry import PAGES, figures_of
from hsf_kpi.figures.figure import Column, Figure, Mark, Value
from hsf_kpi.figures.shape import keys, records
from hsf_kpi.model.problems import NotFound, NotPermitted, Problem
from hsf_kpi.model.role import Permission
from hsf_kpi.model.selection import Selection
from hsf_kpi.render.files import FILES


def demand_page(page: str) -> None:
    """NotFound for a page that has no figures."""
    if page not in PAGES:
        raise NotFound(
            Problem(f"Sidan ”{shown(page)}” visar inga figurer.", "page", f"Välj {', '.join(PAGES)}.")
        )


def ask_for(question: Question) -> Ask:
    """The ask of the page in the address. NotFound for what does not exist or may not be seen, told alike."""
    page, unit, measure = question.path["page"], question.text("unit"), question.text("measure")
    _demand_given(page, unit, measure)
    workspace, scope = question.workspace, question.scope
    scope.demand(unit)
    selection = Selection(unit, month_asked(question), question.view, question.sex, question.org)
    workspace.demand(scope, selection)
    if measure and not scope.allows(unit, measure):
        raise NotPermitted(
            Problem(
                f"Nyckeltalet ”{shown(measure)}” finns inte eller ingår inte i din behörighet för verksamheten.",
                "measure",
                "Se /api/v1/measures.",
            )
        )
    own = {name: question.text(name) for name in EXTRAS_OF.get(page, ()) if question.text(name)}
    return ask_of(workspace, scope, page, selection, measure or None, **own)


def figures(question: Question) -> Listed:
    """The figures of a page that may be downloaded, in its order."""
    ask = ask_for(question)
    found: list[Row] = [
        {
            "figure": composed.figure.slug,
            "kind": composed.figure.kind.value,
            "title": composed.figure.title,
            "caption": composed.figure.caption,
            "rows": len(composed.figure.rows),
        }
        for composed in figures_of(ask, question.path["page"])
        if _may(question, composed)
    ]
    return Listed(page_of(found, question), len(found))


def figure(question: Question) -> Composed:
    """Refusal with 403 where something in it may be seen and not downloaded."""
    ask, wanted = ask_for(question), question.path["figure"]
    every = figures_of(ask, question.path["page"])
    found = next((one for one in every if one.figure.slug == wanted), None)
    if found is None:
        there = ", ".join(one.figure.slug for one in every) or "ingen just nu"
        raise NotFound(Problem(f"Sidan har ingen figur ”{shown(wanted)}”.", "figure", f"Den har {there}."))
    if not _may(question, found):
        raise Refusal.of(
            403, "Kontot får inte ladda ner figuren.", "figure", "Be den som hanterar behörigheter."
        )
    return found


def figure_csv(found: Figure) -> bytes:
    """The very file of the export menu."""
    return FILES["csv"].make(found)


def figure_json(found: Figure) -> dict[str, Any]:
    """The columns that files have, so that numbers are numbers, and all that must follow a figure."""
    names = keys(found, "file")
    columns = {column.key: column for column in found.columns}
    context = found.context
    return {
        "figure": found.slug,
        "kind": found.kind.value,
        "title": found.title,
        "caption": found.caption,
        "sentence": found.sentence,
        "help": found.help or None,
        "definition": found.definition or None,
        "unit": context.unit_id,
        "unit_name": context.unit,
        "path": context.path,
        "period_words": context.period,
        "view_words": context.view,
        "sex_words": context.sex,
        "org_words": context.organisation,
        "state_words": context.state or None,
        "edition_words": context.edition_words or None,
        "columns": [_column(columns[name]) for name in names],
        "rows": [{name: _value(record[name]) for name in names} for record in records(found)],
        "marks": [_mark(mark) for mark in found.marks],
        "comments": [
            {"kind": one.kind, "text": one.text, "who": one.who, "when": one.when} for one in found.comments
        ],
        "empty": found.empty or None,
        "source": found.source.removeprefix("Källa: "),
        "origins": sorted(origin.value for origin in found.origins),
    }


def _demand_given(page: str, unit: str, measure: str) -> None:
    wrong = []
    if not unit:
        wrong.append(Problem("Verksamheten saknas.", "unit", "Ange dess id, se /api/v1/units."))
    if page in ABOUT_A_MEASURE and not measure:
        wrong.append(Problem("Sidan är om ett nyckeltal.", "measure", "Ange dess id, se /api/v1/measures."))
    if page not in ABOUT_A_MEASURE and measure:
        wrong.append(Problem("Sidan är inte om ett nyckeltal.", "measure", "Utelämna parametern."))
    if wrong:
        raise Refusal(400, tuple(wrong))


def _may(question: Question, found: Composed) -> bool:
    every = question.workspace.catalogue.measures
    rights, unit, measure = question.caller.rights, question.text("unit"), question.text("measure") or None
    return found.may_be_taken(rights, Permission.DOWNLOAD_DATA, unit, measure, every)


def _column(column: Column) -> dict[str, Any]:
    return {
        "key": column.key,
        "title": column.title,
        "role": column.role.value,
        "unit_of_measure": column.unit.value if column.unit else None,
    }


def _mark(mark: Mark) -> dict[str, Any]:
    return {
        "role": mark.role.value,
        "label": mark.label,
        "low": plain(mark.low),
        "high": plain(mark.high),
        "at": mark.at.isoformat() if mark.at else None,
    }


def _value(value: Value) -> str | float | int | None:
    if isinstance(value, dt.date):
        return value.isoformat()
    return plain(value) if isinstance(value, float) else value
