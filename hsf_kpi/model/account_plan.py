"""The ledger's account plan (kontoplan): kinds of revenue and cost. Nothing to do with who may sign in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """Which way an amount counts in the result: revenue − cost."""

    REVENUE = "revenue"
    COST = "cost"
    INVESTMENT = "investment"
    """Bought for more years than one: in no result, where it comes as depreciation."""

    @property
    def sign(self) -> int:
        """What an amount, written without sign, is multiplied by in the result."""
        return {Side.REVENUE: 1, Side.COST: -1, Side.INVESTMENT: 0}[self]


@dataclass(frozen=True, slots=True)
class AccountGroup:
    """Ledger accounts that are shown together under one heading, all on the same side."""

    id: str
    title: str
    side: Side


@dataclass(frozen=True, slots=True)
class LedgerAccount:
    """A kostnadsslag or intäktsslag, the finest level that budget and outcome are told by.

    `may_be_internal`: units of the förvaltning buy and sell on it, so amounts may have to be eliminated above them.
    `restriktivitet`: one of the costs that the first of the four assignments is to bring down.
    `budget_only`: stands in the budget and never in an outcome (the deficit provision, underskottsposten).
    `source`: whose division into accounts it is.
    """

    id: str
    title: str
    group: AccountGroup
    may_be_internal: bool = False
    restriktivitet: bool = False
    budget_only: bool = False
    note: str = ""
    source: str = ""

    @property
    def side(self) -> Side:
        return self.group.side
