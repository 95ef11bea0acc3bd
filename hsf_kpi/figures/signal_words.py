"""What one signal says: what happened, then the figures and what they mean, in Swedish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hsf_kpi.analysis.economy.compliance import HIRED
from hsf_kpi.analysis.economy.deviations import months_in
from hsf_kpi.analysis.outcome import due_date
from hsf_kpi.analysis.periods import own_period
from hsf_kpi.analysis.reasons import is_frame
from hsf_kpi.analysis.signals.types import Signal, SignalKind
from hsf_kpi.analysis.spc.types import Process, Rule, Side
from hsf_kpi.analysis.types import Assessment
from hsf_kpi.figures.economy.cells import with_mnkr
from hsf_kpi.figures.economy.words import listed, months_words
from hsf_kpi.figures.figure import Context
from hsf_kpi.figures.phrases import how_many, outcome_text, period_of
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import View
from hsf_kpi.swedish.dates import day_words, month_name, month_text
from hsf_kpi.swedish.numbers import SPACE, decimals_to_tell_apart, number, value_text
from hsf_kpi.swedish.periods import period_words
from hsf_kpi.swedish.words import inside, sentence_start

ONE_MEASURE, ROAD, ASSIGNMENTS = "nyckeltal", "vagen", "ekonomiatgarder"
"""The pages that the signals lead to."""
FEW = 3
"""Units that are named; of more the rest are counted, and the table tells them all."""
_LIMIT = {Side.HIGH: "övre styrgränsen", Side.LOW: "undre styrgränsen"}
_SIDE = {Side.HIGH: "över", Side.LOW: "under"}
_MOVED = {Side.HIGH: "ökat", Side.LOW: "minskat"}
_BETTER = {True: "●", False: "■", None: "◆"}


@dataclass(frozen=True, slots=True)
class SignalWords:
    """headline: where and what, without a full stop. detail: the figures, as one or two sentences. happening: what, alone.

    shape: ● better, ■ worse, ◆ neither, ○ missing. page, unit_id, measure_key, assignment: where its figure is shown ("" for
    what the page does not take).
    """

    headline: str
    detail: str
    shape: str
    better: bool | None
    unit_id: str
    measure_key: str
    page: str
    assignment: str = ""
    happening: str = ""


def signal_words(signal: Signal, names: Mapping[str, str], context: Context) -> SignalWords:
    """names: unit id → name. A unit without a name is told by its id; `context` names the chosen one."""
    names = {context.unit_id: context.unit, **names}
    makers = {
        SignalKind.CAUSE: _cause,
        SignalKind.TARGET: _target,
        SignalKind.BUDGET: _budget,
        SignalKind.ASSIGNMENT: _assignment,
        SignalKind.MISSING: _missing,
    }
    happening, detail = makers[signal.kind](signal, names)
    where = names.get(signal.unit, signal.unit)
    missing = signal.kind is SignalKind.MISSING
    page = {SignalKind.BUDGET: ROAD, SignalKind.ASSIGNMENT: ASSIGNMENTS}.get(signal.kind, ONE_MEASURE)
    return SignalWords(
        headline=happening if missing else f"{where}: {inside(happening)}",
        detail=detail,
        shape="○" if missing else _BETTER[signal.better],
        better=signal.better,
        unit_id=signal.unit,
        measure_key=signal.measure.key if signal.measure else "",
        page=page,
        assignment=signal.assignment,
        happening=happening,
    )


def named(units: tuple[str, ...], names: Mapping[str, str]) -> str:
    """«Kirurgkliniken, Röntgenkliniken och 3 till»."""
    told = [names.get(unit, unit) for unit in units[:FEW]]
    more = len(units) - FEW
    return listed([*told, f"{number(more, 0)} till"] if more > 0 else told)


def _cause(signal: Signal, names: Mapping[str, str]) -> tuple[str, str]:
    measure, process = signal.measure, signal.process
    assert measure is not None
    assert process is not None
    latest = process.latest
    assert latest is not None
    assert latest.mean is not None
    held, against = latest.mean, "medel {value}"
    if process.seasonal:
        against += f" för {month_name(signal.month)}"
    elif latest.rule is Rule.TREND and (first := process.points[latest.index - latest.run + 1]) is not None:
        # Where it came from says more of a trend than the mean, which it may not have reached.
        held, against = first.value, f"{{value}} i {month_text(process.months[first.index])}"
    decimals = decimals_to_tell_apart(latest.value, held, measure)
    value, compared = (value_text(number, measure, decimals=decimals) for number in (latest.value, held))
    meaning = (
        ""
        if signal.better is None
        else f", vilket är {'en förbättring' if signal.better else 'en försämring'}"
    )
    also = f" Samma sak i {named(signal.also, names)}." if signal.also else ""
    if measure.unit_of_measure is UnitOfMeasure.FTE:
        value = f"{value}{SPACE}årsarbetare"
    detail = f"{value} i {month_text(signal.month)} mot {against.format(value=compared)}{meaning}.{also}"
    return f"{measure.in_sentence} {_pattern(process)}", detail


def _pattern(process: Process) -> str:
    """What the rule that leads says, as a predicate."""
    latest = process.latest
    assert latest is not None
    assert latest.side is not None
    side, months = latest.side, f"{how_many(latest.run)} månader i rad"
    if latest.rule is Rule.TREND:
        # Seven points that rise are six rises.
        steps = f"{how_many(latest.run - 1)} månader i rad"
        return f"har {_MOVED[side]}{' säsongsjusterat' if process.seasonal else ''} {steps}"
    if latest.rule is Rule.SHIFT:
        mean = "månadens medel" if process.seasonal else "medel"
        return f"har legat {_SIDE[side]} {mean} {months}"
    if latest.rule is Rule.TWO_OF_THREE:
        often = "de tre senaste månaderna" if latest.run > 2 else "två av de tre senaste månaderna"
        return f"har legat nära {_LIMIT[side]} {often}"
    return f"ligger {_SIDE[side]} {_LIMIT[side]}"


def _target(signal: Signal, _names: Mapping[str, str]) -> tuple[str, str]:
    before, now = signal.before, signal.now
    assert before is not None
    assert now is not None
    measure = now.measure
    if now.target is not None and is_frame(measure, now.target):
        verdict = "är nu inom ramen" if signal.better else "är inte längre inom ramen"
    else:
        verdict = "når nu målet" if signal.better else "når inte längre målet"
    judged, earlier = (a.judged or a.outcome for a in (now, before))
    then = f"{sentence_start(period_of(earlier))} var det {_apart(before)}."
    return f"{measure.in_sentence} {verdict}", f"{sentence_start(period_of(judged))}: {now.reason}. {then}"


def _apart(assessment: Assessment) -> str:
    """The value in as many decimals as tell it from its own bound."""
    return outcome_text(assessment.judged or assessment.outcome, assessment.bound)


def _budget(signal: Signal, _names: Mapping[str, str]) -> tuple[str, str]:
    amount, share = signal.amount or 0, abs(signal.share or 0.0) * 100
    period = months_words(months_in(View.YTD, signal.month))
    happening = f"Resultatet är {with_mnkr(abs(amount))} {'bättre' if amount > 0 else 'sämre'} än egen budget"
    detail = f"{sentence_start(period)}: {number(share, 1)}{SPACE}% av den budgeterade kostnaden."
    return happening, detail


def _assignment(signal: Signal, _names: Mapping[str, str]) -> tuple[str, str]:
    amount, hired = signal.amount or 0, signal.assignment == HIRED
    what = "Kostnaden för hyrpersonal" if hired else "Antalet medarbetare"
    change = "minskade inte"
    if amount > 0:
        change = f"ökade med {with_mnkr(amount) if hired else number(amount, 0)}"
    against = f"{sentence_start(month_text(signal.month))} mot {month_name(signal.month - 1)}"
    moves = "" if hired else ", beslutade omflyttningar frånräknade"
    rule = "varje verksamhets kostnad ska minska varje månad" if hired else "ingen verksamhet ska öka"
    if not hired and amount <= 0:
        # Only the whole breaks it by standing still.
        rule = "hela förvaltningen ska minska varje månad"
    ground = f"Uppdraget: {rule}."
    if signal.in_a_row > 1:
        ground = f"Före det hade uppdraget följts {how_many(signal.in_a_row)} månader i rad."
    return f"{what} {change}", f"{against}{moves}. {ground}"


def _missing(signal: Signal, names: Mapping[str, str]) -> tuple[str, str]:
    measure = signal.measure
    assert measure is not None
    period = _period(measure, signal)
    if len(signal.also) == 1:
        who = names.get(signal.also[0], signal.also[0])
    else:
        who = f"{how_many(len(signal.also))} verksamheter"
    happening = f"{measure.short_name}: {who} har inte rapporterat {period}"
    due = f"Skulle ha rapporterats senast {day_words(due_date(measure, signal.month))}."
    return happening, f"{named(signal.also, names)}. {due}" if len(signal.also) > 1 else due


def _period(measure: Measure, signal: Signal) -> str:
    return period_words(measure, own_period(measure, None, signal.month, View.MONTH))
