"""The words of control charts. Three questions are kept apart: is the target met now (the verdict), is the change
real, and will the target be met if the work goes on as it does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType

from hsf_kpi.analysis.spc.types import Assurance, NoLimits, Process, Rule, Side, Variation
from hsf_kpi.figures.spc_points import point_words, variation_word
from hsf_kpi.model.period import Window
from hsf_kpi.model.target import Target
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.words import comparative_for, sentence_start

__all__ = [
    "SHAPE",
    "UNKNOWN",
    "assurance_answer",
    "assurance_word",
    "assurance_words",
    "limits_words",
    "rule_words",
    "tile_words",
    "variation_finding",
    "variation_word",
]

SHAPE: Mapping[Variation, str] = MappingProxyType(
    {Variation.COMMON: "○", Variation.BETTER: "●", Variation.WORSE: "■", Variation.NEITHER: "◆"}
)
"""The characters of the statuses, so that one thing is learned once."""

UNKNOWN = "Går inte att säga"
"""The answer to either question where there are no limits, or nothing to hold against them."""

_ANSWER = {Assurance.PASSES: "Ja", Assurance.FAILS: "Nej", Assurance.EITHER: "Ibland, av slump"}
_ASSURANCE = {
    Assurance.PASSES: "Målet nås med dagens arbetssätt",
    Assurance.FAILS: "Målet nås inte med dagens arbetssätt",
    Assurance.EITHER: "Målet nås ibland",
}
_ON_A_TILE = {
    Assurance.PASSES: "Räcker till målet",
    Assurance.FAILS: "Räcker inte till målet",
    Assurance.EITHER: "Når målet ibland",
}
"""Of today's way of working, beside the icon: short enough for both answers to share a tile's line."""
_BY_MONTH = {
    Assurance.PASSES: "Varje månad når sitt mål",
    Assurance.FAILS: "Ingen månad når sitt mål",
    Assurance.EITHER: "Målet nås vissa månader, andra inte",
}
_REAL = {Variation.BETTER: "Förbättring", Variation.WORSE: "Försämring"}


def variation_finding(found: Process | NoLimits) -> str:
    """«Är förändringen verklig?»: «Ja, bättre», «Ja, sämre», «Ja, högre», «Nej», or UNKNOWN."""
    point = None if isinstance(found, NoLimits) else found.latest
    if isinstance(found, NoLimits) or point is None or point.mean is None:
        return UNKNOWN
    if point.variation is Variation.COMMON or point.side is None:
        return "Nej"
    if point.variation is not Variation.NEITHER:
        return "Ja, bättre" if point.variation is Variation.BETTER else "Ja, sämre"
    if point.rule is Rule.TREND:
        return "Ja, stigande" if point.side is Side.HIGH else "Ja, sjunkande"
    return f"Ja, {comparative_for(found.measure, point.side is Side.HIGH, Window.MONTH)}"


def rule_words(found: Process | NoLimits) -> str:
    """The ground of `variation_finding` in a line: «14 månader i rad under medel»; of NoLimits its own sentence."""
    if isinstance(found, NoLimits):
        return found.words
    point, month = found.latest, month_text(found.months[-1])
    if point is None:
        return f"Inget värde att bedöma för {month}"
    if point.mean is None:
        return f"För få månader med samma styrgränser som {month}"
    words = point_words(found, len(found.points) - 1)
    return sentence_start(words) if words else "Vanlig variation: inom styrgränserna, utan mönster"


def assurance_word(assurance: Assurance) -> str:
    """«Målet nås inte med dagens arbetssätt»."""
    return _ASSURANCE[assurance]


def assurance_answer(found: Process | NoLimits) -> str:
    """«Nås målet med dagens arbetssätt?»: «Ja», «Nej», «Ibland, av slump», or UNKNOWN.

    «Ibland» alone where the limits do not say that it is chance: July always meets the target and February never, or the
    target was another a year ago.
    """
    if isinstance(found, NoLimits) or found.assurance is None:
        return UNKNOWN
    if found.assurance is Assurance.EITHER and assurance_words(found) == _BY_MONTH[Assurance.EITHER]:
        return "Ibland"
    return _ANSWER[found.assurance]


def assurance_words(found: Process | NoLimits) -> str:
    """The ground of `assurance_answer` in a line: «Målet ligger utanför styrgränserna»."""
    if isinstance(found, NoLimits):
        return "Frågan kan bara besvaras med styrgränser"
    if found.assurance is None:
        has_target = found.target is not None
        return "Målet kan inte prövas mot styrgränserna" if has_target else "Det finns inget mål att pröva"
    point = next((p for p in reversed(found.points) if p is not None and p.low is not None), None)
    if point is None or point.low is None or point.high is None or found.target is None:
        return _BY_MONTH[found.assurance]
    return _against_limits(found.assurance, found.target, point.low, point.high)


def _against_limits(assurance: Assurance, target: Target, low: Fraction, high: Fraction) -> str:
    """How the target stands to the limits, where that alone decides; else month by month."""
    bounds = [Fraction(bound) for bound in (target.low, target.high) if bound is not None]
    if not bounds:
        return _BY_MONTH[assurance]
    apart = high <= bounds[0] or low >= bounds[-1]
    band = len(bounds) > 1
    if assurance is Assurance.FAILS and apart:
        return "Målet ligger utanför styrgränserna"
    if assurance is Assurance.PASSES and band and bounds[0] <= low and high <= bounds[-1]:
        return "Styrgränserna ligger inom målet"
    if assurance is Assurance.PASSES and apart and not band:
        return "Styrgränserna ligger på rätt sida om målet"
    if assurance is Assurance.EITHER and not apart:
        return "Målet täcker bara en del av styrgränserna" if band else "Målet ligger mellan styrgränserna"
    return _BY_MONTH[assurance]


def tile_words(found: Process | NoLimits) -> tuple[str, str]:
    """Two very short texts beside a tile's icons: «Förbättring», «Räcker inte till målet».

    "" for what can't be said.
    """
    if isinstance(found, NoLimits):
        return "", ""
    point = found.latest
    variation = ""
    if point is not None and point.mean is not None:
        variation = _REAL.get(point.variation) or variation_word(point.variation, point.side)
    return variation, "" if found.assurance is None else _ON_A_TILE[found.assurance]


def limits_words(found: Process | NoLimits) -> str:
    """How the limits are made, as sentences for the reading help: formula, season, phases with their reasons, notes."""
    if isinstance(found, NoLimits):
        return found.words
    phase = found.phase
    name = f"Preliminära styrgränser ({phase.points} månader)" if phase.preliminary else "Styrgränser"
    values = " säsongsjusterade värden" if found.seasonal else ""
    formula = f"{name}: medel ± 2,66 × medel av variationsvidden{' för' if values else ''}{values}."
    season = "Varje månad hålls mot medel för samma månad på året." if found.seasonal else ""
    parts = (formula, season, *_phase_words(found), *(_stopped(note) for note in found.notes))
    return " ".join(part for part in parts if part)


def _phase_words(process: Process) -> Iterator[str]:
    for phase in process.phases:
        start = month_text(process.months[phase.first])
        base = _span(process, *(phase.base or (phase.first, phase.last)))
        if phase.reason and phase.first:
            based = f", basperiod {base}" if phase.base else ""
            yield f"Nya gränser från {start}{based}: {_stopped(phase.reason)}"
        elif phase.reason:
            yield f"Basperiod {base}: {_stopped(phase.reason)}"
        if not phase.limits:
            yield f"För {_span(process, phase.first, phase.last)} finns inga styrgränser."


def _span(process: Process, first: int, last: int) -> str:
    """«mars 2022–februari 2023»."""
    start, end = (month_text(process.months[index]) for index in (first, last))
    return start if first == last else f"{start}–{end}"


def _stopped(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
