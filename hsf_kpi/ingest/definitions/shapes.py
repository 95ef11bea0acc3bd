"""The shape of each kind of definition file: which fields, of which types. Their meaning is checked later."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from hsf_kpi.ingest.definitions.fields import (
    Decimals,
    DecimalText,
    Id,
    Key,
    MonthText,
    Place,
    ScaleText,
    Text,
    Year,
    YearText,
)
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.codes import Direction, Persons, Sex, UnitOfMeasure
from hsf_kpi.model.measure import Counted
from hsf_kpi.model.period import Window
from hsf_kpi.model.role import Extent, Permission
from hsf_kpi.model.target import TargetKind

# TOML has no enums: their values come as text, which strict mode would refuse.
_code = Field(strict=False)


class Shape(BaseModel):
    """Strict: no conversions («1» is no number), no unknown fields."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class PlacementShape(Shape):
    parent: Id
    first: MonthText | None = None
    last: MonthText | None = None


class UnitShape(Shape):
    id: Id
    name: Text
    short_name: str = ""
    level: Text
    parent: Id | None = None
    first: MonthText | None = None
    last: MonthText | None = None
    placement: list[PlacementShape] = []
    successor: Id | None = None
    tags: list[Id] = []
    keys: dict[str, Text] = {}
    assumed: bool = False
    note: str = ""
    source: Text
    ram: dict[YearText, DecimalText] = {}


class ReorganisationShape(Shape):
    month: MonthText
    text: Text
    units: Annotated[list[Id], Field(min_length=1)]
    source: Text


class RamPartShape(Shape):
    """A post that the plan tells apart within a unit's frame («varav läkemedel»)."""

    unit: Id
    name: Text
    source: Text
    ram: dict[YearText, DecimalText]


class OrganisationShape(Shape):
    unit: Annotated[list[UnitShape], Field(min_length=1)]
    reorganisation: list[ReorganisationShape] = []
    ram_part: list[RamPartShape] = []


class GoalAreaShape(Shape):
    id: Id
    name: Text
    goals: Annotated[list[Text], Field(min_length=1)]


class PlanShape(Shape):
    source: Text
    goal_area: Annotated[list[GoalAreaShape], Field(min_length=1)]


class DefinitionShape(Shape):
    what: Text
    why: Text
    numerator: str = ""
    denominator: str = ""
    note: str = ""


class ToleranceShape(Shape):
    amount: DecimalText
    relative: bool


class ExternalShape(Shape):
    register_: Annotated[Id, Field(alias="register")]
    id: Text
    role: Literal["outcome", "related"]
    note: str = ""
    window: Annotated[Window, _code] = Window.YEAR


class DerivedShape(Shape):
    """How the observations are made from the ledger. Which rule needs which fields: see `derived`."""

    rule: Literal[
        "result_deviation",
        "result_change",
        "forecast_deviation",
        "cost_growth",
        "account_ratio",
        "cost_per_hour",
        "accumulated",
    ]
    numerator: list[Id] = []
    denominator: list[Id] = []
    hours: Key | None = None
    first: MonthText | None = None


class MeasureShape(Shape):
    """An indicator without parts, or one part with the indicator's common fields filled in."""

    id: Id
    name: Text
    short_name: Text
    subject: str = ""
    row: Annotated[int, Field(ge=1)] | None = None
    goal_area: Id
    goal: Text
    unit_of_measure: Annotated[UnitOfMeasure, _code]
    direction: Annotated[Direction, _code]
    aggregation: Annotated[Aggregation, _code]
    scale: ScaleText
    decimals: Decimals
    by_sex: bool
    applies_to: Annotated[list[Place], Field(min_length=1)]
    measured_at: Annotated[list[Place], Field(min_length=1)]
    reporting: Text
    measured: Annotated[list[Annotated[Window, _code]], Field(min_length=1)]
    due_day: Annotated[int, Field(ge=1, le=31)]
    persons: Annotated[Persons, _code]
    threshold: Annotated[int, Field(ge=1)] = 5
    threshold_by_sex: Annotated[int, Field(ge=1)] | None = None
    person_hours: Annotated[int, Field(ge=1)] | None = None
    component_unit: str = ""
    counted: Annotated[Counted, _code] | None = None
    counted_unit: str = ""
    related: list[Key] = []
    source: Text
    sources_note: str = ""
    definition: DefinitionShape
    tolerance: ToleranceShape | None = None
    external: list[ExternalShape] = []
    derived: DerivedShape | None = None


class TargetShape(Shape):
    measure: Key
    kind: Annotated[TargetKind, _code]
    wording: Text
    low: DecimalText | None = None
    high: DecimalText | None = None
    fixed_year: Year | None = None
    sex: Annotated[Sex, _code] = Sex.ALL
    source: str = ""


class BaselineShape(Shape):
    measure: Key
    label: Text
    wording: Text
    sex: Annotated[Sex, _code] = Sex.ALL
    value: DecimalText | None = None
    decimals: Decimals
    window: Annotated[Window, _code] | None = None
    end: MonthText | None = None
    kind: Literal["outcome", "forecast", "derived"]
    note: str = ""
    source: str = ""


class TargetsShape(Shape):
    year: Year
    source: Text
    target: list[TargetShape] = []
    baseline: list[BaselineShape] = []


class SourceErrorShape(Shape):
    """`terms` sum to `expected_value`, which differs from `printed_value`; or `impossible` says why.

    `find` is text that still stands in the source; `measure` the one whose baseline is left empty for it.
    """

    id: Id
    source: Text
    where: Text
    find: Text
    printed: Text
    expected: Text
    handling: Text
    printed_value: DecimalText
    expected_value: DecimalText | None = None
    terms: list[DecimalText] = []
    impossible: str = ""
    measure: Key | None = None


class SourceErrorsShape(Shape):
    source_error: list[SourceErrorShape] = []


class FigureGroupShape(Shape):
    """Measures that a role may be limited to. `title` as it reads in a sentence, in the definite form."""

    id: Id
    title: Text
    measures: Annotated[list[Key], Field(min_length=1)]


class RoleShape(Shape):
    id: Id
    title: Text
    about: Text
    extent: Annotated[Extent, _code]
    figures: Id | None = None
    released_only: bool = False
    may: Annotated[list[Annotated[Permission, _code]], Field(min_length=1)]


class DemoPersonShape(Shape):
    id: Id
    title: Text
    role: Id
    unit: Id | None = None


class ComparisonGroupShape(Shape):
    """`words` reads after «verksamheter» or a place: «bland kliniker med patientvård»."""

    id: Id
    name: Text
    words: Text
    units: list[Id]
    note: str = ""


class ComparisonShape(Shape):
    group: Annotated[list[ComparisonGroupShape], Field(min_length=1)]


class RolesShape(Shape):
    figure_group: list[FigureGroupShape] = []
    role: Annotated[list[RoleShape], Field(min_length=1)]
    demo_person: list[DemoPersonShape] = []
