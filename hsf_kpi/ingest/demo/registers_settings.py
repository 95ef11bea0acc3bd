"""The shape of registers.toml: moves of staff that are decided, and improvement activities."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from hsf_kpi.ingest.demo.settings_base import MonthText, Section
from hsf_kpi.model.register import Effect, Progress


class MoveSettings(Section):
    """A move: persons to (plus) and from (minus) units, which net to zero."""

    id: str = Field(min_length=1)
    month: MonthText
    reference: str = Field(min_length=1)
    """The decision."""
    financed: str = ""
    """How it is paid for; empty where that is not decided."""
    parts: dict[str, int] = Field(min_length=2)
    """Unit → persons."""
    note: str = ""

    @model_validator(mode="after")
    def _even(self) -> Self:
        if 0 in self.parts.values():
            raise ValueError("parts ska ange minst en person för varje verksamhet")
        if net := sum(self.parts.values()):
            raise ValueError(
                f"parts ska ta ut varandra, men summan är {net:+d}".replace("-", "\N{MINUS SIGN}")
            )
        return self


class ImprovementSettings(Section):
    """An improvement activity; amounts in whole kronor."""

    unit: str
    what: str = Field(min_length=1)
    effect: Effect
    expected: int = Field(gt=0)
    """Kronor a month."""
    start: MonthText
    end: MonthText | None = None
    responsible: str = Field(min_length=1)
    """A function."""
    status: Progress
    realised: dict[str, int] = Field(default={})
    """Month → kronor."""

    @model_validator(mode="after")
    def _order(self) -> Self:
        if self.end is not None and self.end < self.start:
            raise ValueError("end ligger före start")
        return self


class Registers(Section):
    """registers.toml."""

    move: tuple[MoveSettings, ...] = ()
    improvement: tuple[ImprovementSettings, ...] = ()
