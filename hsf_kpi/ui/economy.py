"""What the pages of the section Ekonomi share: the guard, the ledger they ask for, what is chosen on them."""

from __future__ import annotations

import streamlit as st

from hsf_kpi.analysis.economy.deviations import months_in
from hsf_kpi.analysis.economy.types import Phasing, Yardstick
from hsf_kpi.economy import HEADCOUNT, HIRED
from hsf_kpi.model.ledger import UnitLedger
from hsf_kpi.model.period import Month
from hsf_kpi.ui import links
from hsf_kpi.ui.ask import Ask
from hsf_kpi.ui.entry import Entry, entered
from hsf_kpi.ui.filterbar import extra_pills
from hsf_kpi.ui.text import link, plain

FOLLOWED_BY = {"medarbetare": HEADCOUNT, "hyrpersonal": HIRED}
"""Assignment → the measure that it is followed by; the other two are followed in the ledger and its register."""


def entered_economy() -> Entry:
    """The guard on the first line of a page about the ledger: `entered`, and that the unit's economy may be seen."""
    entry = entered()
    _demand(entry, entry.ask.economy.seen_with, "Ekonomin")
    return entry


def entered_assignments() -> Entry:
    """The same for Ekonomiåtgärder, where two of the assignments are followed by staff measures that more may see."""
    entry = entered()
    extra_pills(links.ASSIGNMENT, "Uppdrag")
    key = FOLLOWED_BY.get(entry.ask.extra(links.ASSIGNMENT))
    _demand(entry, key or entry.ask.economy.seen_with, "Det här uppdraget")
    return entry


def _demand(entry: Entry, key: str, what: str) -> None:
    """Stops in words, with ways to what may be seen, where the measure may not be seen at the unit."""
    if entry.scope.allows(entry.selection.unit, key):
        return
    name = entry.unit_name(entry.selection.unit)
    st.info(plain(f"{what} ingår inte i din behörighet för {name}."))
    seen = [u for u in entry.workspace.path(entry.scope, entry.selection) if entry.scope.allows(u, key)]
    if seen:
        ways = " · ".join(link(entry.unit_name(unit), entry.unit_href(unit)) for unit in seen)
        st.markdown(f"Det här får du se: {ways}")
    st.stop()


def yardstick_of(ask: Ask) -> Yardstick:
    return Yardstick(ask.extra(links.YARDSTICK))


def phasing_of(ask: Ask) -> Phasing:
    return Phasing(ask.extra(links.PHASING))


def months_of_view(ask: Ask) -> tuple[Month, ...]:
    """The months that the chosen view covers."""
    return months_in(ask.selection.view, ask.selection.month)


def ledger_of(ask: Ask) -> UnitLedger:
    return ask.economy.ledger(ask.scope, ask.selection)


def is_own_budget(ledger: UnitLedger, year: int) -> bool:
    """Whether the unit is held against a budget of its own: it carries no deficit provision."""
    return not ledger.has_provision(year)
