"""All definitions together: organisation, measures, goal areas, known source errors. Read once, never changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from hsf_kpi.model.account_plan import LedgerAccount
from hsf_kpi.model.comparison import ComparisonGroup
from hsf_kpi.model.control import ControlPlan
from hsf_kpi.model.follow_up import Subject
from hsf_kpi.model.lever import Lever
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.mission import MissionPlan
from hsf_kpi.model.near_care import NearCare
from hsf_kpi.model.organisation import Organisation
from hsf_kpi.model.plan_table import PlanTable
from hsf_kpi.model.problems import NotFound, Problem
from hsf_kpi.model.rebase import Rebase
from hsf_kpi.model.role import DemoPerson, Role
from hsf_kpi.model.surroundings import Surroundings
from hsf_kpi.model.synonym import Synonym
from hsf_kpi.model.transformation import TransformationPlan


@dataclass(frozen=True, slots=True)
class GoalArea:
    """A målområde of the plan with its goals (mål), in the plan's order."""

    id: str
    name: str
    goals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceError:
    """A known error in a source: what is printed, what was expected, why it is handled so. measure: whose baseline it is,
    None where it is of no measure.
    """

    id: str
    source: str
    where: str
    printed: str
    expected: str
    handling: str
    measure: str | None = None


@dataclass(frozen=True)
class Catalogue:
    """`fingerprint` is a hash over every definition file, so that a database knows when it is out of date."""

    organisation: Organisation
    measures: Mapping[str, Measure]
    goal_areas: tuple[GoalArea, ...]
    source_errors: tuple[SourceError, ...]
    fingerprint: str
    roles: Mapping[str, Role] = field(default_factory=dict)
    demo_people: tuple[DemoPerson, ...] = ()
    plan_tables: tuple[PlanTable, ...] = ()
    ledger_accounts: tuple[LedgerAccount, ...] = ()
    ledger_seen_with: str = "periodresultat"
    """The measure that the ledger is seen with: who may see it at a unit, in a month, may see the amounts behind it."""
    levers: tuple[Lever, ...] = ()
    rebases: tuple[Rebase, ...] = ()
    comparison_groups: tuple[ComparisonGroup, ...] = ()
    missions: MissionPlan = field(default_factory=MissionPlan)
    """The plan's uppdrag and åtgärder; it and the four below are empty where there is no file of them."""
    transformation: TransformationPlan = field(default_factory=TransformationPlan)
    near_care: NearCare = field(default_factory=NearCare)
    controls: ControlPlan = field(default_factory=ControlPlan)
    surroundings: Surroundings = field(default_factory=Surroundings)
    synonyms: tuple[Synonym, ...] = ()
    """What people call things when they search, besides their names."""
    loaded: Mapping[str, str] = field(default_factory=dict)
    """The definition files that were loaded into the database: path below data/ → text."""

    def measure(self, key: str) -> Measure:
        try:
            return self.measures[key]
        except KeyError:
            raise NotFound(
                Problem(f"Nyckeltalet ”{key}” finns inte.", "nyckeltal", "Välj ett nyckeltal i listan.")
            ) from None

    def plan_table(self, table_id: str) -> PlanTable:
        try:
            return next(table for table in self.plan_tables if table.id == table_id)
        except StopIteration:
            raise NotFound(
                Problem(f"Plantabellen ”{table_id}” finns inte.", "economy", "Kontrollera data/economy.")
            ) from None

    def plan_rows(self) -> Iterator[Measure]:
        """The plan's rows with a target, in the plan's order (48 for 2023–2025)."""
        rows = [m for m in self.measures.values() if m.row is not None]
        yield from sorted(rows, key=lambda m: m.row or 0)

    def followed(self, subject: Subject) -> tuple[str, ...]:
        """The keys of what is followed up, in the plan's order."""
        if subject is Subject.ACTION:
            return tuple(action.letter for action in self.missions.actions)
        if subject is Subject.ACTIVITY:
            return tuple(activity.id for activity in self.transformation.activities)
        return tuple(risk.id for risk in self.controls.risks)
