"""The tiles of Nyckeltal: the outcome, its target, and of what is measured every month whether the change is real and
whether the target will be hit; else last year and where the plan started.
"""

from __future__ import annotations

import streamlit as st

from hsf_kpi.analysis.baseline import baseline_already_meets, latest_baseline
from hsf_kpi.analysis.reasons import missing_words
from hsf_kpi.analysis.types import Assessment
from hsf_kpi.composing.ask import Ask
from hsf_kpi.composing.one_measure import assessment
from hsf_kpi.composing.waiting import waiting_words
from hsf_kpi.figures.phrases import change_text, outcome_text
from hsf_kpi.figures.spc_words import assurance_answer, assurance_words, rule_words, variation_finding
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.codes import Sex
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.target import Baseline
from hsf_kpi.swedish.numbers import value_text
from hsf_kpi.swedish.periods import period_words
from hsf_kpi.swedish.words import sentence_start
from hsf_kpi.ui.badges import status_badge
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.icons import assurance_icon, variation_icon
from hsf_kpi.ui.text import plain
from hsf_kpi.ui.tiles import words_tile


def measure_tiles(entry: Entry) -> None:
    """Four side by side. Status, variation and assurance are three questions, each with its own tile."""
    a = assessment(entry.ask)
    makers = (
        (_outcome, _target, _is_real, _will_hit)
        if a.measure.monthly
        else (_outcome, _target, _last_year, _started)
    )
    for column, make in zip(st.columns(4, gap="small"), makers, strict=True):
        with column:
            make(entry, a)


def _outcome(entry: Entry, a: Assessment) -> None:
    measure = a.measure
    what = "Prognos" if measure.aggregation is Aggregation.LATEST_AMOUNT else "Utfall"
    under = _under_outcome(entry.ask, a)
    if moved := change_text(a) or sentence_start(a.not_compared):
        under = f"{plain(moved)}  \n{under}"
    words_tile("utfall", f"{what} {period_words(measure, a.outcome.period)}", _value(a), under)


def _target(entry: Entry, a: Assessment) -> None:
    """With the plan's starting point, or the national value, under the verdict where they have no tile of their own."""
    under = plain(a.reason)
    if a.measure.monthly and (more := _started_words(entry, a)):
        under = f"{under}  \n{plain(more)}"
    if a.target is None:
        words_tile("mal", f"Målvärde {entry.selection.month.year}", "–", under, status_badge(a))
    else:
        words_tile("mal", f"Målvärde {a.target.year}", a.target.wording, under, status_badge(a))


def _is_real(entry: Entry, a: Assessment) -> None:
    """The months' own verdict, whatever view is shown."""
    found = entry.ask.signals.process(entry.scope, entry.selection, a.measure.key)
    words_tile(
        "verklig",
        "Är förändringen verklig?",
        variation_finding(found),
        plain(rule_words(found)),
        variation_icon(found, dark=entry.dark),
    )


def _will_hit(entry: Entry, a: Assessment) -> None:
    found = entry.ask.signals.process(entry.scope, entry.selection, a.measure.key)
    words_tile(
        "arbetssatt",
        "Nås målet med dagens arbetssätt?",
        assurance_answer(found),
        plain(assurance_words(found)),
        assurance_icon(found, dark=entry.dark),
    )


def _last_year(_entry: Entry, a: Assessment) -> None:
    """The value alone: what has happened since stands with the outcome that it happened to."""
    name = f"Förra året, {period_words(a.measure, a.last_year.period)}"
    words_tile("forra", name, _value_then(a), "Utfallet jämförs med det här värdet.")


def _started(entry: Entry, a: Assessment) -> None:
    """The national value of the same definition; else where the plan started."""
    national = _national(entry.ask, a.measure, a)
    baseline = latest_baseline(a.measure)
    if national:
        words_tile("riket", f"Riket {a.outcome.period.end.year}", national, "Kolada, samma definition")
    elif baseline is not None:
        name, under = f"{baseline.label}{_whose(entry, a)}", plain(_under_baseline(a, baseline))
        words_tile("nuvarde", name, baseline.wording, under)
    else:
        words_tile("nuvarde", "Nuvärde i planen", "–", "Planen anger inget nuvärde.")


def _started_words(entry: Entry, a: Assessment) -> str:
    """«Nuvärde: 6,6% delår 2, 2022», with whose it is; "" where the plan has none."""
    baseline = latest_baseline(a.measure)
    if baseline is None:
        return ""
    margin = baseline_already_meets(a.measure, a.target) if a.target and baseline.kind == "outcome" else None
    label = (
        "Nuvärde" if str(baseline.period and baseline.period.end.year) in baseline.wording else baseline.label
    )
    return f"{label}{_whose(entry, a)}: {baseline.wording}. {margin or ''}".strip()


def _whose(entry: Entry, a: Assessment) -> str:
    return "" if a.outcome.unit == entry.catalogue.organisation.root else ", hela förvaltningen"


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


def _value_then(a: Assessment) -> str:
    if a.last_year.value is None:
        return sentence_start(missing_words(a.last_year))
    return value_text(a.last_year.value, a.measure)


def _national(ask: Ask, measure: Measure, a: Assessment) -> str:
    series = next((x for x in measure.external if x.role == "outcome"), None)
    # The national values are of women and men together.
    if series is None or a.outcome.period.window is not series.window or a.outcome.sex is not Sex.ALL:
        return ""
    value = ask.workspace.national().get(measure.key, {}).get(a.outcome.period.end.year)
    return "" if value is None else value_text(value, measure)
