"""The shape of the files in economy/: the plan's tables, account plan, levers. Their meaning is checked later."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from hsf_kpi.ingest.definitions.fields import DecimalText, Id, Key, Text, Year
from hsf_kpi.ingest.definitions.shapes import Shape
from hsf_kpi.model.account_plan import Side
from hsf_kpi.model.lever import LeverKind
from hsf_kpi.model.plan_table import ColumnKind

# TOML has no enums: their values come as text, which strict mode would refuse.
_code = Field(strict=False)


def _blank_is_none(value: Any) -> Any:
    return None if value == "" else value


AmountText = Annotated[DecimalText | None, BeforeValidator(_blank_is_none)]
"""A decimal in quotes, or "" where the plan prints nothing. A blank is said, so that a forgotten column is not one."""


class PlanColumnShape(Shape):
    id: Id
    title: Text
    kind: Annotated[ColumnKind, _code]
    year: Year | None = None


class PlanRowShape(Shape):
    """Either `amounts` as printed, or `ram`: the unit's ram of each column's year."""

    id: Id
    name: Text
    unit: Id | None = None
    part_of: Id | None = None
    amounts: dict[Id, AmountText] = Field(default={})
    texts: dict[Id, str] = Field(default={})
    ram: bool = False
    ram_part: str = ""


class PlanTotalShape(Shape):
    """Either `printed`, or `ram`: what the plan prints is the unit's ram of each column's year."""

    id: Id
    name: Text
    printed: dict[Id, AmountText] = Field(default={})
    unit: Id | None = None
    ram: bool = False
    change_of_ram: Id | None = None
    source_errors: dict[Id, list[Id]] = Field(default={})


class PlanTableShape(Shape):
    id: Id
    title: Text
    order: Annotated[int, Field(ge=1)]
    section: Text
    source: Text
    note: str = ""
    column: Annotated[list[PlanColumnShape], Field(min_length=1)]
    row: Annotated[list[PlanRowShape], Field(min_length=1)]
    total: list[PlanTotalShape] = Field(default=[])


class AccountGroupShape(Shape):
    id: Id
    title: Text
    side: Annotated[Side, _code]


class LedgerAccountShape(Shape):
    id: Id
    title: Text
    group: Id
    may_be_internal: bool = False
    restriktivitet: bool = False
    budget_only: bool = False
    note: str = ""


class AccountPlanShape(Shape):
    """`seen_with`: the measure that decides who sees the ledger."""

    source: Text
    seen_with: Key
    group: Annotated[list[AccountGroupShape], Field(min_length=1)]
    account: Annotated[list[LedgerAccountShape], Field(min_length=1)]


class LeverShape(Shape):
    """`assumption` has {share} and {months} where their numbers stand, so that the sentence can't say another."""

    id: Id
    title: Text
    kind: Annotated[LeverKind, _code]
    unit: Text
    least: DecimalText
    most: DecimalText
    suggested: Annotated[list[DecimalText], Field(min_length=1)]
    share: DecimalText = Decimal(1)
    months: Annotated[int, Field(ge=0)] = 0
    assumption: Text
    source: Text
    accounts: list[Id] = Field(default=[])


class LeversShape(Shape):
    lever: Annotated[list[LeverShape], Field(min_length=1)]
