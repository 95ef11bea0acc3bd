"""What Nyckeltal shows: the finding, four tiles, the curve, the units below, women and men."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import streamlit as st

from hsf_kpi.analysis.baseline import baseline_already_meets, latest_baseline
from hsf_kpi.analysis.reasons import missing_words
from hsf_kpi.analysis.types import Assessment
from hsf_kpi.figures.findings import finding as finding_of
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.order import worst_first
from hsf_kpi.figures.phrases import change_text, outcome_text
from hsf_kpi.figures.tables import sexes_table, units_table
from hsf_kpi.figures.trend import trend
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.codes import Missing, Sex
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.target import Baseline
from hsf_kpi.swedish.numbers import value_text
from hsf_kpi.swedish.periods import period_words
from hsf_kpi.swedish.words import sentence_start
from hsf_kpi.ui.ask import KEPT, Ask
from hsf_kpi.ui.badges import status_badge
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.prepared import Prepared
from hsf_kpi.ui.seen import with_units_seen
from hsf_kpi.ui.text import plain
from hsf_kpi.ui.tiles import words_tile
from hsf_kpi.ui.waiting import waiting_words

EARLIER_YEARS = 2
"""Whole years before the current one that a monthly curve shows."""


def finding(entry: Entry) -> str:
    return plain(finding_of(_assessment(entry.ask)))


def _assessment(ask: Ask) -> Assessment:
    return ask.workspace.assessment(ask.scope, ask.selection, ask.measure or "")


def tiles(entry: Entry) -> None:
    """Outcome, target, last year, the plan's starting point."""
    ask = entry.ask
    a = _assessment(ask)
    measure = a.measure
    columns = st.columns(4, gap="small")
    with columns[0]:
        what = "Prognos" if measure.aggregation is Aggregation.LATEST_AMOUNT else "Utfall"
        words_tile(
            "utfall", f"{what} {period_words(measure, a.outcome.period)}", _value(a), _under_outcome(ask, a)
        )
    with columns[1]:
        if a.target is None:
            year = entry.selection.month.year
            words_tile("mal", f"Målvärde {year}", "–", plain(a.reason), status_badge(a))
        else:
            words_tile("mal", f"Målvärde {a.target.year}", a.target.wording, plain(a.reason), status_badge(a))
    with columns[2]:
        period = period_words(a.measure, a.last_year.period)
        moved = change_text(a) or sentence_start(a.not_compared)
        words_tile("forra", f"Förra året, {period}", _last_year(a), plain(moved))
    with columns[3]:
        national = _national(ask, measure, a)
        baseline = latest_baseline(measure)
        if national:
            words_tile("riket", f"Riket {a.outcome.period.end.year}", national, "Kolada, samma definition")
        elif baseline is not None:
            whose = "" if a.outcome.unit == entry.catalogue.organisation.root else ", hela förvaltningen"
            words_tile(
                "nuvarde", f"{baseline.label}{whose}", baseline.wording, plain(_under_baseline(a, baseline))
            )
        else:
            words_tile("nuvarde", "Nuvärde i planen", "–", "Planen anger inget nuvärde.")


def _under_baseline(a: Assessment, baseline: Baseline) -> str:
    """What the plan's starting point needs said: that it met the target already, or its own note."""
    margin = baseline_already_meets(a.measure, a.target) if a.target and baseline.kind == "outcome" else None
    return margin or baseline.note or "Planens utgångspunkt"


def _value(a: Assessment) -> str:
    if a.outcome.value is None:
        return sentence_start(missing_words(a.outcome))
    return outcome_text(a.outcome, a.bound)


def _under_outcome(ask: Ask, a: Assessment) -> str:
    """What must be said of the value: why it is missing, what is not in it, how many wait."""
    said = [a.reason if a.outcome.value is None else "", f"* {a.outcome.note}" if a.outcome.starred else ""]
    said.append(waiting_words(ask, a.measure, a.outcome.note))
    return plain(" · ".join(words for words in said if words)) or "Hela underlaget är med."


def _last_year(a: Assessment) -> str:
    if a.last_year.value is None:
        return sentence_start(missing_words(a.last_year))
    return value_text(a.last_year.value, a.measure)


def _national(ask: Ask, measure: Measure, a: Assessment) -> str:
    series = next((x for x in measure.external if x.role == "outcome"), None)
    if series is None or a.outcome.period.window is not series.window:
        return ""
    value = ask.workspace.national().get(measure.key, {}).get(a.outcome.period.end.year)
    return "" if value is None else value_text(value, measure)


def trend_figure(entry: Entry) -> Prepared:
    return _trend_figure(entry.ask)


@lru_cache(maxsize=KEPT)
def _trend_figure(ask: Ask) -> Prepared:
    view = ask.workspace.measure_view(ask.scope, ask.selection, ask.measure or "")
    monthly = view.assessment.measure.monthly
    shown, recent = ask.months(EARLIER_YEARS), ask.months(0)
    figure = trend(
        view.assessment,
        view.outcomes[-shown:] if monthly else view.outcomes,
        last_year=view.outcomes[-recent - 12 : -12] if monthly else (),
        national=view.national,
        reorganisations=ask.workspace.reorganisations(ask.scope, ask.selection.unit),
        context=ask.context(),
    )
    moved = change_text(view.assessment)
    # The page's heading holds the verdict; the curve says how it has moved.
    title = f"{view.assessment.measure.short_name}: {moved}" if moved else figure.title
    return Prepared(replace(figure, title=title))


def units_figure(entry: Entry) -> Prepared | None:
    return _units_figure(entry.ask)


@lru_cache(maxsize=KEPT)
def _units_figure(ask: Ask) -> Prepared | None:
    found = ask.workspace.by_unit(ask.scope, ask.selection, ask.measure or "")
    rows = [
        (a.outcome.unit, ask.name(a.outcome.unit), a)
        for a in found
        if a.outcome.missing not in (Missing.NOT_APPLICABLE, Missing.NOT_MEASURED_HERE)
    ]
    if not rows:
        return None
    measure = ask.catalogue.measure(ask.measure or "")
    units = tuple(unit for unit, _, _ in worst_first(measure, rows))
    figure = units_table(measure, rows, context=ask.context())
    if not ask.workspace.sees_all_below(ask.scope, ask.selection, measure.key):
        figure = replace(with_units_seen(ask, figure, measure.key), title=_title_of_seen(rows, figure.title))
    return Prepared(figure, units=units)


def _title_of_seen(rows: Sequence[tuple[str, str, Assessment]], title: str) -> str:
    """What is said of the units that are seen, never as if they were all."""
    if len(rows) > 1:
        return fitting(iter((f"Bland verksamheter du ser: {_inside(title)}", "Verksamheterna som du ser")))
    _, name, a = rows[0]
    return fitting(iter((f"{name}: {_inside(finding_of(a))}", f"{name}: {outcome_text(a.outcome)}")))


def _inside(title: str) -> str:
    """A title that goes on after a colon; a name in capitals (HME) keeps them."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def sexes_figure(entry: Entry) -> Prepared | None:
    return _sexes_figure(entry.ask)


@lru_cache(maxsize=KEPT)
def _sexes_figure(ask: Ask) -> Prepared | None:
    found = ask.workspace.by_sex(ask.scope, ask.selection, ask.measure or "")
    if not any(a.outcome.value is not None for a in found if a.outcome.sex is not Sex.ALL):
        return None
    return Prepared(sexes_table({a.outcome.sex: a for a in found}, context=ask.context()))
