"""The shape of a source profile's file: which fields, of which types. What they mean together is checked later."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from hsf_kpi.ingest.definitions.fields import Id, Key, Text
from hsf_kpi.model.incoming import Holds
from hsf_kpi.model.profile import Decimals, UnitKey

# TOML has no enums: their values come as text, which strict mode would refuse.
_code = Field(strict=False)
Row = Annotated[int, Field(ge=0, le=1000)]
Heading = Annotated[str, Field(min_length=1, max_length=200)]


class Shape(BaseModel):
    """Strict: no conversions, no unknown fields."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ColumnShape(Shape):
    field: Text
    names: list[Heading] = []
    fixed: str = ""
    values: dict[str, str] = {}
    scale: Text = "1"
    required: bool = True


class WideColumnShape(Shape):
    name: Heading
    measure: Key
    component: Literal["numerator", "denominator", "ready"]
    scale: Text = "1"
    sex: Literal["all", "women", "men"] | None = None


class ProfileShape(Shape):
    key: Id
    title: Text
    system: Text
    holds: Annotated[Holds, _code]
    about: str = ""
    units_by: Annotated[UnitKey, _code] = UnitKey.ID
    decimals: Annotated[Decimals, _code] = Decimals.AUTO
    sheet: str = ""
    header_row: Row = 0
    column: list[ColumnShape] = []
    wide: list[WideColumnShape] = []
    units: dict[str, Id] = {}
    measures: dict[str, Key] = {}
    accounts: dict[str, Id] = {}
    reversed_accounts: list[Id] = []
    skip: dict[str, list[Text]] = {}
