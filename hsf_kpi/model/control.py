"""Intern kontroll: the risks of the plan, how they are valued, and how they are controlled."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

HIGHEST = 4
"""Of sannolikhet and konsekvens, as we show them: the plan gives no scale, and uses no higher number."""


class DecisionLevel(StrEnum):
    """Who has decided that the risk is controlled."""

    BOARD = "hsn"
    """Hälso- och sjukvårdsnämnden"""
    REGION = "rs"
    """Regionstyrelsen"""


@dataclass(frozen=True, slots=True)
class Risk:
    """name: short, ours. text, area (granskningsområde), policy, responsible, method: the plan's words; responsible is ""
    where the plan names none. likelihood × consequence = value, which is checked when the file is read. unit: whose head
    is responsible, "" for none.
    """

    id: str
    name: str
    level: DecisionLevel
    text: str
    area: str
    policy: str
    likelihood: int
    consequence: int
    value: int
    method: str
    responsible: str = ""
    unit: str = ""


@dataclass(frozen=True)
class ControlPlan:
    """Empty where none is defined. notes: what a reader must know of the source."""

    source: str = ""
    risks: tuple[Risk, ...] = ()
    notes: tuple[str, ...] = ()
