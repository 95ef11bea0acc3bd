"""What changed this month, really: the ranked list of Månadens signaler, and its head on other pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from hsf_kpi.analysis.signals.types import MonthSignals, Signal, SignalKind
from hsf_kpi.composing.ask import KEPT, Ask
from hsf_kpi.composing.choices import KIND
from hsf_kpi.composing.composed import Composed
from hsf_kpi.figures.signals import (
    SignalWords,
    signal_words,
    signals_finding,
    signals_table,
)
from hsf_kpi.swedish.numbers import number

KINDS: Mapping[str, SignalKind] = {
    "forandring": SignalKind.CAUSE,
    "mal": SignalKind.TARGET,
    "budget": SignalKind.BUDGET,
    "uppdrag": SignalKind.ASSIGNMENT,
    "rapportering": SignalKind.MISSING,
}
_CAUSES: Mapping[bool | None, str] = {
    False: "Verkliga försämringar",
    True: "Verkliga förbättringar",
    None: "Andra verkliga förändringar",
}
_HEADS: Mapping[SignalKind, str] = {
    SignalKind.TARGET: "Målvärden som nås eller inte nås längre",
    SignalKind.BUDGET: "Stora avvikelser mot budget",
    SignalKind.ASSIGNMENT: "Uppdrag som inte följdes",
    SignalKind.MISSING: "Rapporter som saknas",
}
FEW = 3

Told = tuple[Signal, SignalWords]


@lru_cache(maxsize=KEPT)
def of_month(ask: Ask) -> MonthSignals:
    return ask.signals.monthly(ask.scope, ask.selection)


def _names(ask: Ask, signals: Sequence[Signal]) -> dict[str, str]:
    """Of the units that the signals are about; all of them are within the scope."""
    units = {unit for signal in signals for unit in (signal.unit, *signal.also)}
    return {unit: ask.name(unit) for unit in units | {ask.selection.unit}}


@lru_cache(maxsize=KEPT)
def told(ask: Ask) -> tuple[Told, ...]:
    found = of_month(ask)
    names, context = _names(ask, found.signals), ask.context()
    return tuple((signal, signal_words(signal, names, context)) for signal in found.signals)


def finding(ask: Ask) -> str:
    found = of_month(ask)
    return signals_finding(found, _names(ask, found.signals), ask.context())


@lru_cache(maxsize=KEPT)
def table(ask: Ask) -> Composed:
    chosen = KINDS.get(ask.extra(KIND))
    found = of_month(ask)
    signals = [s for s in found.signals if chosen is None or s.kind is chosen]
    figure = signals_table(found, _names(ask, signals), context=ask.context(), only=chosen)
    # It tells of all that was looked through, also that nothing has happened there: of every unit, and of every measure.
    tree = ask.workspace.organisation_month(ask.selection)
    below = ask.catalogue.organisation.below(ask.selection.unit, tree)
    return Composed(figure, named=tuple(filter(ask.scope.sees, below)))


def told_of_kind(ask: Ask) -> tuple[Told, ...]:
    """All of them, or those of the chosen kind."""
    chosen = KINDS.get(ask.extra(KIND))
    return tuple(one for one in told(ask) if chosen is None or one[0].kind is chosen)


def by_kind(ask: Ask) -> tuple[tuple[str, tuple[Told, ...]], ...]:
    """The same under a subheading each, those that the page's title counts first; within one in order of weight."""
    found: dict[str, list[Told]] = {head: [] for head in (*_CAUSES.values(), *_HEADS.values())}
    for one in told_of_kind(ask):
        signal = one[0]
        head = _CAUSES[signal.better] if signal.kind is SignalKind.CAUSE else _HEADS[signal.kind]
        found[head].append(one)
    left = {_CAUSES[better]: count for better, count in of_month(ask).left_causes.items()}
    return tuple(
        (f"{head} ({_count(len(signals), left.get(head, 0))})", tuple(signals))
        for head, signals in found.items()
        if signals
    )


def _count(told: int, left: int) -> str:
    """«13», «13 av 16» where the smallest are not told: the page's title counts them all."""
    return f"{number(told, 0)} av {number(told + left, 0)}" if left else number(told, 0)


def most_important(ask: Ask, *, count: int = FEW, own: bool = False) -> tuple[Told, ...]:
    """The first ones, each of another kind; own: all that is about the chosen unit itself."""
    if own:
        return tuple(one for one in told(ask) if one[0].unit == ask.selection.unit)[:count]
    return _different(told(ask))[:count]


def _different(every: Sequence[Told]) -> tuple[Told, ...]:
    """The weightiest of each kind, so that one kind does not hide the others."""
    first: dict[SignalKind, Told] = {}
    for one in every:
        first.setdefault(one[0].kind, one)
    return tuple(first.values())
