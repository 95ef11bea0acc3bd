"""The field types that the definition files share: decimals and months as text, ids, fractions.

Numbers that must be exact are written as text in TOML ("8306.5"): no binary fraction ever comes between.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any

from pydantic import AfterValidator, Field, PlainValidator
from pydantic_core import PydanticCustomError

from hsf_kpi.model.aggregation import to_fixed
from hsf_kpi.model.period import Month

SWEDISH = "swedish"
"""The type of our own validation errors: they carry their Swedish sentences with them."""

_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]+)?")


def wrong(what: str, todo: str) -> PydanticCustomError:
    """A validation error that is already in Swedish."""
    # The message is never parsed as a template by us; the context carries the sentences.
    return PydanticCustomError(SWEDISH, "{what}", {"what": what, "todo": todo})


def _told(value: str) -> str:
    if not value.strip():
        raise wrong("Fältet får inte vara tomt.", "Fyll i fältet.")
    return value


def _decimal(value: Any) -> Decimal:
    todo = 'Skriv talet inom citattecken med decimalpunkt, till exempel "8306.5".'
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        raise wrong(f"”{value}” är inget decimaltal.", todo)
    number = Decimal(value)
    try:
        to_fixed(number)
    except ValueError:
        raise wrong(f"”{value}” har fler än fyra decimaler.", "Ange högst fyra decimaler.") from None
    return number


def _month(value: Any) -> Month:
    try:
        return Month.parse(value)
    except (ValueError, TypeError):
        raise wrong(f"”{value}” är ingen månad.", 'Skriv år och månad som "2023-01".') from None


def _fraction(value: Any) -> Fraction:
    todo = 'Skriv ett heltal eller ett bråk inom citattecken, till exempel "100" eller "1/1000000".'
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]+(/[0-9]+)?", value):
        raise wrong(f"”{value}” är ingen skala.", todo)
    try:
        fraction = Fraction(value)
    except ZeroDivisionError:
        fraction = Fraction(0)
    if fraction <= 0:
        raise wrong(f"”{value}” är ingen skala.", todo)
    return fraction


DecimalText = Annotated[Decimal, PlainValidator(_decimal)]
MonthText = Annotated[Month, PlainValidator(_month)]
ScaleText = Annotated[Fraction, PlainValidator(_fraction)]
Text = Annotated[str, AfterValidator(_told)]
"""With something in it besides white space."""
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Key = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)?$")]
Place = Annotated[str, Field(pattern=r"^(tag:)?[a-z0-9]+(-[a-z0-9]+)*$")]
Decimals = Annotated[int, Field(ge=0, le=4)]
Year = Annotated[int, Field(ge=1900, le=2200)]
YearText = Annotated[str, Field(pattern=r"^(19|20|21)\d\d$")]
