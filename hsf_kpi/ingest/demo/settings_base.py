"""What every shape of data/demo/*.toml is written with: months, amounts, shares."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from hsf_kpi.model.period import Month


def _month(value: object) -> Month:
    if isinstance(value, Month):
        return value
    try:
        return Month.parse(value) if isinstance(value, str) else Month.parse(repr(value))
    except ValueError:
        raise ValueError("ska vara en månad, till exempel ”2023-10”") from None


def _twelve(values: tuple[float, ...]) -> tuple[float, ...]:
    if len(values) != 12:
        raise ValueError("ska ha tolv tal, ett per månad")
    return values


def _amount(value: object) -> Fraction:
    """'74,3' is not accepted: TOML numbers as strings with a point, '18:31' is minutes and seconds."""
    if isinstance(value, Fraction):
        return value
    text = str(value)
    if clock := re.fullmatch(r"(\d+):([0-5]\d)", text):
        return Fraction(int(clock[1]) * 60 + int(clock[2]), 60)
    try:
        return Fraction(Decimal(text))
    except (ArithmeticError, ValueError):
        raise ValueError("ska vara ett tal med decimalpunkt eller minuter:sekunder (”18:31”)") from None


MonthText = Annotated[Month, BeforeValidator(_month)]
Twelve = Annotated[tuple[float, ...], AfterValidator(_twelve)]
Share = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
NotNegative = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Amount = Annotated[Fraction, BeforeValidator(_amount)]


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
