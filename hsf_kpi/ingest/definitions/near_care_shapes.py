"""The shape of nara_vard.toml: which fields, of which types. What they mean together is checked in `near_care`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from hsf_kpi.ingest.definitions.fields import Decimals, Id, Text, Year
from hsf_kpi.ingest.definitions.shapes import Shape
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.model.near_care import ProjectState

_code = Field(strict=False)


class ForecastShape(Shape):
    age: Text
    percent: int
    years: Annotated[int, Field(ge=1, le=100)]
    until: Year | None = None
    text: Text


class CountShape(Shape):
    first_year: Year
    first: Annotated[int, Field(ge=1)]
    last_year: Year
    last: Annotated[int, Field(ge=1)]
    text: Text


class PopulationShape(Shape):
    """A series of published/public_facts.csv: its indicator, and the two scopes that it is shown for."""

    id: Id
    indicator: Text
    name: Text
    subject: Text
    what: Text
    unit: Annotated[UnitOfMeasure, _code]
    decimals: Decimals
    own: Text
    national: Text


class ProjectShape(Shape):
    name: Text
    state: Annotated[ProjectState, _code] | None = None


class TargetAreaShape(Shape):
    id: Id
    name: Text
    aim: Text
    project: list[ProjectShape] = Field(default=[])


class ContractShape(Shape):
    name: Text
    heading: Text
    aim: Text


class EventShape(Shape):
    name: str = ""
    text: Text


class HistoryShape(Shape):
    first: Year
    last: Year | None = None
    onwards: bool = False
    event: Annotated[list[EventShape], Field(min_length=1)]


class NearCareShape(Shape):
    source: Text
    area: Text
    members: list[Text] = Field(default=[])
    member_notes: list[Text] = Field(default=[])
    forecast_source: str = ""
    forecast_notes: list[Text] = Field(default=[])
    purpose: str = ""
    nodes: list[Text] = Field(default=[])
    programme_notes: list[Text] = Field(default=[])
    phases: list[Text] = Field(default=[])
    history_notes: list[Text] = Field(default=[])
    plan_years: str = ""
    plan: list[Text] = Field(default=[])
    now: list[Text] = Field(default=[])
    plan_notes: list[Text] = Field(default=[])
    forecast: list[ForecastShape] = Field(default=[])
    count: CountShape | None = None
    population: list[PopulationShape] = Field(default=[])
    target_area: list[TargetAreaShape] = Field(default=[])
    contract: ContractShape | None = None
    history: list[HistoryShape] = Field(default=[])
