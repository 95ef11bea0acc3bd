"""The lines around a picture: caption, reading help and source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from hsf_kpi.analysis.types import Assessment, Outcome
from hsf_kpi.figures.figure import Context, Figure
from hsf_kpi.figures.phrases import difference, is_curve, period_of, why_missing
from hsf_kpi.figures.shape import unique
from hsf_kpi.model.codes import Origin, Sex, Status
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import MONTHLY_WINDOWS, Window
from hsf_kpi.swedish.dates import period_short
from hsf_kpi.swedish.numbers import number
from hsf_kpi.swedish.periods import is_moment
from hsf_kpi.swedish.words import ORIGIN_WORD, SEX_WORD, UNIT_CAPTION, WINDOW_WORD

_ORDER = (Origin.LOADED, Origin.PUBLISHED, Origin.DEMO)
_SERIES = re.compile(r"(Kolada) [A-Z]\d+(?=, |$)")
_FEW = 3
"""Notes that are spelled out under a picture; more of them are counted, and the table tells them all."""


def caption(what: str, context: Context, *, period: str = "", view: str | None = None) -> str:
    """«Sjukfrånvaro, procent. Kirurgkliniken, jan–okt 2023, ackumulerat.», with the sex unless it is all."""
    view = context.view if view is None else view
    parts = [context.unit, period or context.period, view]
    if context.sex and context.sex.casefold() != SEX_WORD[Sex.ALL]:
        parts.append(context.sex)
    return f"{what}. {', '.join(part for part in parts if part)}."


def subject(figure: Figure) -> str:
    """What the caption says before the unit: «Sjukfrånvaro, procent»; all of it where it names no unit."""
    return figure.caption.partition(f". {figure.context.unit}")[0].rstrip(".")


def measure_words(measure: Measure) -> str:
    """«Sjukfrånvaro, procent»; the name alone where it says the unit itself («HME-index», «Antal medarbetare»)."""
    unit, name = UNIT_CAPTION[measure.unit_of_measure], measure.name.casefold()
    if name.endswith(unit) or name.startswith(f"{unit} "):
        return measure.name
    return f"{measure.name}, {unit}"


def span_words(outcomes: Sequence[Outcome]) -> str:
    """«januari 2022–oktober 2023»: the first and the last period of a series."""
    if not outcomes:
        return ""
    first, last = period_short(outcomes[0].period), period_short(outcomes[-1].period)
    return first if first == last else f"{first}–{last}"


def view_words(measure: Measure, outcomes: Sequence[Outcome], context: Context) -> str:
    """The view of a monthly series; a yearly measure says its own cadence: the view does not apply to it.

    Nor does it to a stock or a forecast, whose value is one month's in every view.
    """
    if is_curve(measure, outcomes):
        window = outcomes[-1].period.window if outcomes else Window.MONTH
        return "" if window is not Window.MONTH and is_moment(measure, window) else context.view
    windows = [o.period.window for o in outcomes] or measure.measured
    return ", ".join(unique(WINDOW_WORD[window] for window in windows))


def own_context(
    context: Context, measure: Measure, outcomes: Sequence[Outcome], *, period: str | None = None
) -> Context:
    """The page's context with what the figure itself shows: its outcomes' own periods, view and state.

    `period`: instead of the periods listed («2016–2022»).
    """
    if not outcomes:
        return context
    if period is None:
        period = ", ".join(unique(period_of(outcome) for outcome in outcomes))
    return replace(
        context,
        period=period,
        view=view_words(measure, outcomes, context),
        state=own_state(context, outcomes),
    )


def own_state(context: Context, outcomes: Iterable[Outcome]) -> str:
    """The chosen month's state, "" where it says nothing of the values: published ones and those of closed years."""
    outcomes = list(outcomes)
    valued = [outcome for outcome in outcomes if outcome.value is not None]
    if valued and all(outcome.origin is Origin.PUBLISHED for outcome in valued):
        return ""
    closed = context.year and all(
        o.period.window not in MONTHLY_WINDOWS and o.period.end.year < int(context.year) for o in outcomes
    )
    return "" if outcomes and closed else context.state


def source_line(
    measures: Iterable[Measure],
    outcomes: Iterable[Outcome],
    *,
    targets: Iterable[str] = (),
    national: bool = False,
) -> str:
    """Where the values come from, then where targets and definitions stand, each document once.

    A register's codes stand in «Om nyckeltalet», not here.

    «Källa: Kolada, Hälso- och sjukvårdsbarometern; riksvärden ur Kolada. Mål och definition: Förvaltningsplan 2023–2025.»
    """
    measures = list(measures)
    parts = _value_sources(outcomes) or ["inga utfall"]
    if national:
        parts.append("riksvärden ur Kolada")
    aims = unique(text for text in targets if text)
    definitions = unique(m.source for m in measures if m.source)
    if aims and definitions:
        documents = f"Mål och definition: {'; '.join(unique((*definitions, *aims)))}."
    elif aims or definitions:
        documents = f"{'Mål' if aims else 'Definition'}: {'; '.join(aims or definitions)}."
    else:
        documents = ""
    return sentences(f"Källa: {'; '.join(parts)}.", documents)


def _value_sources(outcomes: Iterable[Outcome]) -> list[str]:
    """The values' own sources: a published value's document or statistic, a loaded one's file, «Demodata».

    What has no source of its own is told by its origin.
    """
    named: dict[Origin, list[str]] = {origin: [] for origin in _ORDER}
    for outcome in outcomes:
        if outcome.cell is None:
            continue
        origin, source = outcome.cell.origin, outcome.cell.source
        if source and origin is not Origin.DEMO:
            words = _register(source) if origin is Origin.PUBLISHED else f"{ORIGIN_WORD[origin]} ({source})"
        else:
            words = ORIGIN_WORD[origin]
        if words not in named[origin]:
            named[origin].append(words)
    return [words for origin in _ORDER for words in named[origin]]


def _register(source: str) -> str:
    """«Kolada, Hälso- och sjukvårdsbarometern»: the register and the survey in words, of «Kolada U70446, Hälso- och …»."""
    return _SERIES.sub(r"\1", source)


def target_sources(assessments: Iterable[Assessment]) -> list[str]:
    return unique(a.target.source for a in assessments if a.target is not None)


def near_words(assessments: Iterable[Assessment]) -> str:
    """Our convention for «nära», told wherever it shows; "" when nothing is near."""
    found = []
    for a in assessments:
        tolerance = a.measure.tolerance
        if a.status is not Status.NEAR or tolerance is None:
            continue
        percent = f"{number(tolerance.amount * 100, 0)}\N{NO-BREAK SPACE}%"
        size = percent if tolerance.relative else difference(Fraction(tolerance.amount), a.measure)
        found.append(f"Nära: högst {size} från målvärdet, vår konvention.")
    sizes = unique(found)
    return (
        sizes[0] if len(sizes) == 1 else "Nära: inom nyckeltalets tolerans, vår konvention." if sizes else ""
    )


def star_words(outcomes: Sequence[Outcome]) -> str:
    """What the `*` stands for: «* 10 av 11 verksamheter (okt 2023).»"""
    starred = [o for o in outcomes if o.starred]
    if not starred:
        return ""
    if len(starred) <= _FEW:
        return "* " + ", ".join(f"{o.note} ({period_of(o)})" for o in starred) + "."
    last = starred[-1]
    latest = f"senast {last.note} ({period_of(last)})"
    return f"* Ofullständigt i {len(starred)} perioder, {latest}; se tabellen."


def missing_words(outcomes: Sequence[Outcome]) -> str:
    """Which periods have no value and why, reason by reason: «Värde saknas: aug 2021 (maskerat).»"""
    gaps: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        if outcome.value is None and outcome.missing is not None:
            gaps.setdefault(why_missing(outcome), []).append(outcome)
    phrases = []
    for reason, found in gaps.items():
        if len(found) <= _FEW:
            periods = ", ".join(period_short(o.period) for o in found)
        else:
            periods = f"{len(found)} perioder, senast {period_short(found[-1].period)}"
        phrases.append(f"{periods} ({reason})")
    return f"Värde saknas: {'; '.join(phrases)}." if phrases else ""


def sentences(*parts: str) -> str:
    """The parts that say something, with a space between."""
    return " ".join(part for part in parts if part)
