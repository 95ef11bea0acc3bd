"""What-if levers: what could be done about the result, with what is assumed of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class LeverKind(StrEnum):
    """What a lever works on. The arithmetic of each is in `analysis.economy.whatif`."""

    HIRED_SHARE = "hired_share"
    """Hired staff's cost brought to a share (%) of own staff cost."""
    FTE = "fte"
    """So many årsarbetare fewer (a negative number), by their average cost."""
    ACCOUNTS = "accounts"
    """The cost of some accounts changed by so many percent (a negative number)."""


@dataclass(frozen=True, slots=True)
class Lever:
    """A what-if lever as defined in data/economy/levers.toml.

    accounts: those that an ACCOUNTS lever works on. least, most: what may be chosen, in `unit` (%, årsarbetare).
    assumption: the Swedish sentence that says what is assumed.
    share: of the gross saving that stays (what replaces hired staff costs too); months: from start to full effect.
    """

    id: str
    title: str
    kind: LeverKind
    unit: str
    least: Fraction
    most: Fraction
    suggested: tuple[Fraction, ...]
    share: Fraction
    months: int
    assumption: str
    source: str
    accounts: tuple[str, ...] = ()
