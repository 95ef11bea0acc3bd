"""The shape of omvarld.toml: which fields, of which types. What they mean together is checked in `surroundings`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from hsf_kpi.ingest.definitions.fields import Decimals, DecimalText, Id, Text, YearText
from hsf_kpi.ingest.definitions.shapes import Shape
from hsf_kpi.model.codes import Direction


class FieldShape(Shape):
    id: Id
    name: Text


class KeyFigureShape(Shape):
    id: Text
    name: Text
    short_name: Text
    register_: Annotated[Text, Field(alias="register")]
    unit: Text
    decimals: Decimals
    direction: Annotated[Direction, Field(strict=False)]
    field: Id
    unit_read: bool = False
    most: DecimalText | None = None
    note: str = ""
    wrong_years: list[int] = Field(default=[])


class PlanAreaShape(Shape):
    id: Id
    text: Text
    reading: list[Id] = Field(default=[])


class OtherActionShape(Shape):
    text: Text
    area: Id | None = None
    reading: list[Id] = Field(default=[])


class PartShape(Shape):
    amount: DecimalText
    text: Text


class DecisionShape(Shape):
    what: Text
    wording: Text
    amount: DecimalText | None = None
    part: list[PartShape] = Field(default=[])


class OtherPlanShape(Shape):
    region: Text
    name: Text
    short_name: Text
    title: Text
    source: Text
    adopted: Text
    years: Text
    funding: Annotated[dict[YearText, DecimalText], Field(min_length=1)]
    total: DecimalText
    total_wording: Text
    notes: list[Text] = Field(default=[])
    area: Annotated[list[PlanAreaShape], Field(min_length=1)]
    action: list[OtherActionShape] = Field(default=[])
    decision: list[DecisionShape] = Field(default=[])


class SurroundingsShape(Shape):
    source: Text
    home: Text
    field: Annotated[list[FieldShape], Field(min_length=1)]
    figure: Annotated[list[KeyFigureShape], Field(min_length=1)]
    plan: OtherPlanShape | None = None
