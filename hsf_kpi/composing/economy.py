"""What the pages of the section Ekonomi share: the ledger they ask for, what is chosen on them."""

from __future__ import annotations

from hsf_kpi.analysis.economy.deviations import months_in
from hsf_kpi.analysis.economy.types import Phasing, Yardstick
from hsf_kpi.composing.ask import Ask
from hsf_kpi.composing.choices import PHASING, YARDSTICK
from hsf_kpi.economy import HEADCOUNT, HIRED
from hsf_kpi.model.ledger import UnitLedger
from hsf_kpi.model.period import Month

FOLLOWED_BY = {"medarbetare": HEADCOUNT, "hyrpersonal": HIRED}
"""Assignment → the measure that it is followed by; the other two are followed in the ledger and its register."""


def yardstick_of(ask: Ask) -> Yardstick:
    return Yardstick(ask.extra(YARDSTICK))


def phasing_of(ask: Ask) -> Phasing:
    return Phasing(ask.extra(PHASING))


def months_of_view(ask: Ask) -> tuple[Month, ...]:
    """The months that the chosen view covers."""
    return months_in(ask.selection.view, ask.selection.month)


def ledger_of(ask: Ask) -> UnitLedger:
    return ask.economy.ledger(ask.scope, ask.selection)


def is_own_budget(ledger: UnitLedger, year: int) -> bool:
    """Whether the unit is held against a budget of its own: it carries no deficit provision."""
    return not ledger.has_provision(year)
