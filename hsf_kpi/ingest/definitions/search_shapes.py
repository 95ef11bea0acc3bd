"""The shape of search.toml: which fields, of which types. What they mean together is checked in `search`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from hsf_kpi.ingest.definitions.fields import Id, Key, Text
from hsf_kpi.ingest.definitions.shapes import Shape

Page = Annotated[str, Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")]


class SynonymShape(Shape):
    words: Annotated[list[Text], Field(min_length=1)]
    measures: list[Key] = Field(default=[])
    units: list[Id] = Field(default=[])
    pages: list[Page] = Field(default=[])


class SearchShape(Shape):
    synonym: Annotated[list[SynonymShape], Field(min_length=1)]
