"""Nära vård: who will need care, and the programme of region and kommuner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from hsf_kpi.model.codes import UnitOfMeasure


@dataclass(frozen=True, slots=True)
class FactSeries:
    """A yearly series of the public facts. scope: what it is of, «Västmanlands län». values: year → value."""

    indicator: str
    scope: str
    values: Mapping[int, Fraction] = field(default_factory=dict)
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Population:
    """A public figure of the population, the county's and the country's. subject: as a sentence begins with it. what: what
    is counted, with its unit.
    """

    id: str
    name: str
    subject: str
    what: str
    unit: UnitOfMeasure
    decimals: int
    own: FactSeries
    national: FactSeries


@dataclass(frozen=True, slots=True)
class AgeForecast:
    """What the source says of one age: percent more in so many years. until: the last year, None where it says none.
    text: its own words.
    """

    age: str
    percent: int
    years: int
    until: int | None
    text: str


@dataclass(frozen=True, slots=True)
class AgeCount:
    """Two counts of an age that the source does not name. text: its own words."""

    first_year: int
    first: int
    last_year: int
    last: int
    text: str

    @property
    def percent(self) -> Fraction:
        """How many percent more the last is."""
        return Fraction((self.last - self.first) * 100, self.first)


class ProjectState(StrEnum):
    """What the source says of a project beside its name."""

    NEW = "nytt"
    REGULAR = "i ordinarie verksamhet"
    PROPOSED = "förslag"


@dataclass(frozen=True, slots=True)
class Project:
    name: str
    state: ProjectState | None = None


@dataclass(frozen=True, slots=True)
class TargetArea:
    """A målområde of the programme. aim: the source's own words."""

    id: str
    name: str
    aim: str
    projects: tuple[Project, ...]


@dataclass(frozen=True, slots=True)
class Contract:
    """What goes through all the målområden (patientkontrakt)."""

    name: str
    heading: str
    aim: str


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """name: short, ours where the source's words (text) are long."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class HistoryPart:
    """What the source tells of some years. last: None for «and onwards»."""

    first: int
    last: int | None
    events: tuple[HistoryEvent, ...]


@dataclass(frozen=True)
class NearCare:
    """Empty where none is defined. area: what all of it is about. …_notes: what a reader must know of the source, as
    sentences.
    """

    source: str = ""
    area: str = ""
    members: tuple[str, ...] = ()
    member_notes: tuple[str, ...] = ()
    forecasts: tuple[AgeForecast, ...] = ()
    count: AgeCount | None = None
    forecast_source: str = ""
    forecast_notes: tuple[str, ...] = ()
    populations: tuple[Population, ...] = ()
    purpose: str = ""
    target_areas: tuple[TargetArea, ...] = ()
    contract: Contract | None = None
    nodes: tuple[str, ...] = ()
    programme_notes: tuple[str, ...] = ()
    history: tuple[HistoryPart, ...] = ()
    phases: tuple[str, ...] = ()
    history_notes: tuple[str, ...] = ()
    plan_years: str = ""
    plan: tuple[str, ...] = ()
    now: tuple[str, ...] = ()
    plan_notes: tuple[str, ...] = ()
