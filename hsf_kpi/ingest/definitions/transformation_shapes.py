"""The shape of hos2029.toml: which fields, of which types. What they mean together is checked in `transformation`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from hsf_kpi.ingest.definitions.fields import Id, Key, MonthText, Text, Year
from hsf_kpi.ingest.definitions.shapes import Shape


class ActivityShape(Shape):
    id: Id
    name: Text
    text: Text
    function: str = ""
    unit: Id | None = None


class StatementShape(Shape):
    text: Text
    source: Text


class KnownShape(Shape):
    """Something on the way that has a time. Its id is for messages only."""

    id: Id
    text: Text
    time: Text
    first: MonthText
    last: MonthText | None = None
    source: Text


class TransformationShape(Shape):
    source: Text
    decided: MonthText
    last_year: Year
    measure: Key | None = None
    notes: list[Text] = Field(default=[])
    activity: Annotated[list[ActivityShape], Field(min_length=1)]
    picture: list[StatementShape] = Field(default=[])
    event: list[KnownShape] = Field(default=[])
