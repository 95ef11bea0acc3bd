"""What the pages of the section Ekonomi share: the ledger they ask for, what is chosen on them."""

from __future__ import annotations

from hsf_kpi.analysis.economy.deviations import months_in
from hsf_kpi.analysis.economy.types import Phasing, Yardstick
from hsf_kpi.composing.ask import Ask
from hsf_kpi.composing.choices import PHASING, YARDSTICK
from hsf_kpi.economy import HEADCOUNT, HIRED, economy_of
from hsf_kpi.model.ledger import UnitLedger
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import HsfError, StoreError
from hsf_kpi.model.scope import Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.workspace import Workspace

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


def has_own_budget(workspace: Workspace, scope: Scope, selection: Selection) -> bool:
    """Whether the chosen unit is held against a budget of its own in the year; False where its ledger may not be seen, or
    the unit is not there in the month.
    """
    economy = economy_of(workspace)
    try:
        if not economy.may_see(scope, selection.unit):
            return False
        return is_own_budget(economy.ledger(scope, selection), selection.month.year)
    except StoreError:
        raise
    except HsfError:
        return False


def is_own_budget(ledger: UnitLedger, year: int) -> bool:
    """Whether the unit is held against a budget of its own: it carries no deficit provision."""
    return not ledger.has_provision(year)
