"""What changed this month, really: the ranked list of Månadens signaler, and its head on other pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import streamlit as st

from hsf_kpi.analysis.signals.types import MonthSignals, Signal, SignalKind
from hsf_kpi.figures.signals import (
    SignalWords,
    looked_short,
    no_change_words,
    nothing_words,
    signal_words,
    signals_finding,
    signals_table,
)
from hsf_kpi.swedish.dates import month_name
from hsf_kpi.ui.ask import KEPT, Ask
from hsf_kpi.ui.badges import coloured
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.links import ASSIGNMENT, ASSIGNMENTS, KIND, SIGNALS
from hsf_kpi.ui.lists import show_list
from hsf_kpi.ui.prepared import Prepared
from hsf_kpi.ui.text import link, plain

KINDS: Mapping[str, SignalKind] = {
    "forandring": SignalKind.CAUSE,
    "mal": SignalKind.TARGET,
    "budget": SignalKind.BUDGET,
    "uppdrag": SignalKind.ASSIGNMENT,
    "rapportering": SignalKind.MISSING,
}
FEW = 3

Told = tuple[Signal, SignalWords]


@lru_cache(maxsize=KEPT)
def _found(ask: Ask) -> MonthSignals:
    return ask.signals.monthly(ask.scope, ask.selection)


def _names(ask: Ask, signals: Sequence[Signal]) -> dict[str, str]:
    """Of the units that the signals are about; all of them are within the scope."""
    units = {unit for signal in signals for unit in (signal.unit, *signal.also)}
    return {unit: ask.name(unit) for unit in units | {ask.selection.unit}}


@lru_cache(maxsize=KEPT)
def _told(ask: Ask) -> tuple[Told, ...]:
    found = _found(ask)
    names, context = _names(ask, found.signals), ask.context()
    return tuple((signal, signal_words(signal, names, context)) for signal in found.signals)


def finding(entry: Entry) -> str:
    ask = entry.ask
    found = _found(ask)
    return plain(signals_finding(found, _names(ask, found.signals), ask.context()))


def list_signals(entry: Entry) -> None:
    """All of them, or those of the chosen kind, in a frame of its own with table and export."""
    ask = entry.ask
    chosen = KINDS.get(ask.extra(KIND))
    told = [one for one in _told(ask) if chosen is None or one[0].kind is chosen]
    prepared = _table(ask)
    items = [_item(entry, words) for _, words in told]
    show_list(entry, prepared, items, nothing=prepared.figure.empty)


@lru_cache(maxsize=KEPT)
def _table(ask: Ask) -> Prepared:
    chosen = KINDS.get(ask.extra(KIND))
    found = _found(ask)
    signals = [s for s in found.signals if chosen is None or s.kind is chosen]
    names = _names(ask, signals)
    figure = signals_table(found, names, context=ask.context(), only=chosen)
    # Those of the budget and the assignments have no measure of their own: then every one is asked for.
    keys = dict.fromkeys("" if s.measure is None else s.measure.key for s in signals)
    return Prepared(figure, named=tuple(names), keys=() if "" in keys else tuple(keys))


def _item(entry: Entry, words: SignalWords) -> str:
    """Shape, what happened as a link to where it shows, and what it means."""
    shape = coloured(f"{words.shape} ") if words.shape else ""
    return f"{shape}**{link(words.headline, _href(entry, words))}**  \n{plain(words.detail)}"


def _href(entry: Entry, words: SignalWords) -> str:
    extras = {ASSIGNMENT: words.assignment} if words.page == ASSIGNMENTS and words.assignment else {}
    return entry.place.on(words.page, words.measure_key or None, **extras).at(unit=words.unit_id).href()


def most_important(entry: Entry, *, count: int = FEW, own: bool = False) -> None:
    """The first ones in a box with a way to all, each of another kind; own: all that is about the chosen unit itself."""
    ask = entry.ask
    told = [one for one in _told(ask) if one[0].unit == ask.selection.unit] if own else _different(_told(ask))
    told = told[:count]
    month = month_name(ask.selection.month)
    with st.container(border=True, height="stretch", key="signaler"):
        with st.container(gap="xxsmall"):
            st.subheader(_title(told, _found(ask), month), anchor=False)
            st.caption(plain(looked_short(_found(ask))))
        for _, words in told:
            st.markdown(_item(entry, words))
        if not told:
            st.markdown(nothing_words(_found(ask)))
        st.markdown(link(f"Alla signaler i {month} ›", entry.page_href(SIGNALS)))


def _different(told: Sequence[Told]) -> list[Told]:
    """The weightiest of each kind, so that one kind does not hide the others."""
    first: dict[SignalKind, Told] = {}
    for one in told:
        first.setdefault(one[0].kind, one)
    return list(first.values())


def _title(told: Sequence[Told], found: MonthSignals, month: str) -> str:
    if not told:
        return no_change_words(found, f"i {month}")
    return "Den viktigaste signalen" if len(told) == 1 else f"De {_COUNT[len(told)]} viktigaste signalerna"


_COUNT = {2: "två", 3: "tre", 4: "fyra", 5: "fem"}
