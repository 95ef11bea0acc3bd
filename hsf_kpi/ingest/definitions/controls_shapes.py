"""The shape of intern_kontroll.toml: which fields, of which types. What they mean together is checked in `controls`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from hsf_kpi.ingest.definitions.fields import Id, Text
from hsf_kpi.ingest.definitions.shapes import Shape
from hsf_kpi.model.control import HIGHEST, DecisionLevel

Step = Annotated[int, Field(ge=1, le=HIGHEST)]


class RiskShape(Shape):
    id: Id
    name: Text
    level: Annotated[DecisionLevel, Field(strict=False)]
    text: Text
    area: Text
    policy: Text
    likelihood: Step
    consequence: Step
    value: int
    responsible: str = ""
    unit: Id | None = None
    method: Text


class ControlsShape(Shape):
    source: Text
    notes: list[Text] = Field(default=[])
    risk: Annotated[list[RiskShape], Field(min_length=1)]
