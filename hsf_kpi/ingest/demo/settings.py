"""What steers the demo: the shape of data/demo/*.toml, as validated values. Shares are 0–1, levels in the
measure's own unit."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Annotated, Self

from pydantic import Field, model_validator

from hsf_kpi.ingest.demo.dialogue_settings import DialogueSettings
from hsf_kpi.ingest.demo.follow_ups_settings import FollowUpsSettings
from hsf_kpi.ingest.demo.ledger_settings import LedgerSettings
from hsf_kpi.ingest.demo.loads import LoadsSettings
from hsf_kpi.ingest.demo.months_settings import MonthsSettings
from hsf_kpi.ingest.demo.registers_settings import Registers
from hsf_kpi.ingest.demo.settings_base import (
    Amount,
    MonthText,
    NotNegative,
    Positive,
    Section,
    Share,
    Twelve,
)
from hsf_kpi.model.codes import Sex
from hsf_kpi.model.period import Period, Window


class General(Section):
    """demo.toml. `first`–`last` are the demo's months, `as_of` the day it is looked at, `released` the last final month."""

    seed: int
    first: MonthText
    last: MonthText
    as_of: dt.date
    released: MonthText
    seasons: dict[str, Twelve]
    """Named month profiles, January first; 1 is an ordinary month."""

    @model_validator(mode="after")
    def _order(self) -> Self:
        if self.last < self.first:
            raise ValueError("last ligger före first")
        if self.as_of <= self.last.last_day:
            raise ValueError("as_of ska ligga efter den sista månaden")
        return self


class Norm(Section):
    """norm_hours.toml: full-time hours of each month, working days × 8."""

    source: str
    hours: dict[str, Annotated[int, Field(gt=0)]]


class Weights(Section):
    """units.toml: what each unit weighs, by the name of the weight (fte, beds, visits …)."""

    default_fte: Positive
    """For a unit that the file does not name, so that a new unit needs no change here."""
    unit: dict[str, dict[str, NotNegative]]


class Anchor(Section):
    """A value for HSF that the sum over units agrees with, to the printed decimals."""

    value: Amount
    decimals: int = 0
    """Of the printed value; −1 … are not used. A value in minutes and seconds agrees to the second."""
    window: Window
    end: MonthText
    sex: Sex = Sex.ALL
    source: str = ""
    """Where it is published; empty for the demo's own story."""
    seconds: bool = False

    @model_validator(mode="before")
    @classmethod
    def _clock(cls, data: object) -> object:
        if isinstance(data, dict) and ":" in str(data.get("value", "")):
            return {**data, "seconds": True}
        return data

    @property
    def period(self) -> Period:
        return Period(self.end, self.window)

    @property
    def tolerance(self) -> Fraction:
        return Fraction(1, 120) if self.seconds else Fraction(1, 2 * 10**self.decimals)


class Flow(Section):
    """A measure with numerators (and denominators): how high, how it swings, how it spreads over units
    and sexes."""

    level: dict[str, float] = Field(min_length=1)
    """Month → HSF's value (a count's or an amount's: of one period); straight lines between."""
    weight: str = "fte"
    season: str | None = None
    """Month profile of the value itself."""
    volume: Positive | None = None
    """HSF's denominator in one period, in its own units (patients, calls, kronor); none for counts and
    amounts."""
    volume_growth: float = 0
    """Per year, from 2021."""
    volume_season: str | None = None
    denominator_from: str | None = None
    """Take the denominators from this measure: its numerators, or with «#d» after the key its
    denominators."""
    cap_from: str | None = None
    """No numerator above this measure's (a part of a whole that is measured too)."""
    noise: NotNegative = 0.01
    """Of the whole förvaltning from period to period, relative."""
    unit_spread: NotNegative = 0.06
    """Lasting differences between units, relative."""
    unit_noise: NotNegative = 0.02
    walk: NotNegative = 0
    """A unit's slow drift: the step of its random walk, relative."""
    draw: bool = False
    """Persons: draw each numerator as a binomial, so that small units jump as small units do."""
    women: Share = 0.55
    women_rate: Positive = 1.0
    """Women's value over men's."""
    units: dict[str, NotNegative] = Field(default={})
    """Factor on a unit's value."""
    first: MonthText | None = None
    part_of_year: dict[Window, Share] = Field(default={})
    """Share of the year's volume (or count, or amount) that a delår holds."""
    anchor: tuple[Anchor, ...] = ()


class Survey(Section):
    """A measure with finished values only: an index where it is asked."""

    level: dict[str, float] = Field(min_length=1)
    unit_spread: NotNegative = 2.5
    unit_noise: NotNegative = 0.8
    women: Share = 0.78
    women_more: float = 0
    respondents_from: str | None = None
    """Those who were asked: the numerator of this measure, at the unit and below it."""
    response_rate: Annotated[float, Field(gt=0, le=1)] = 0.75
    anchor: tuple[Anchor, ...] = ()


class Shift(Section):
    """A true change: from `first` the unit's value is multiplied by `factor`."""

    measure: str
    unit: str
    first: MonthText
    factor: Positive
    reason: str


class Hole(Section):
    """Months that a unit has not reported for some measures; `late` says that they are expected still."""

    unit: str
    first: MonthText
    last: MonthText
    measures: tuple[str, ...] = Field(min_length=1)
    late: bool = False


class Events(Section):
    """events.toml."""

    shift: tuple[Shift, ...] = ()
    hole: tuple[Hole, ...] = ()


class Segment(Section):
    """The period result of some months, in mnkr: total, the provision per year, and what units deviate
    by in them."""

    first: MonthText
    last: MonthText
    total: Amount
    provision: Amount
    """A year's deficit provision, spread by twelfths on `provision_unit`. Not positive."""
    phase: tuple[float, ...]
    """Share of the units' deviation in each month; sums to 1."""
    units: dict[str, Amount] = Field(default={})
    spread: NotNegative
    """Standard deviation in mnkr of a mean unit's month around its path."""

    @model_validator(mode="after")
    def _phase(self) -> Self:
        if len(self.phase) != self.last.index - self.first.index + 1:
            raise ValueError("phase ska ha ett tal för varje månad från first till last")
        if abs(sum(self.phase) - 1) > 1e-9:
            raise ValueError("phase ska summera till 1")
        return self


class Gross(Section):
    """Gross cost, comparable between years (internal and comparison-distorting items taken out)."""

    per_month: Positive
    """mnkr in the first month."""
    growth: dict[str, float] = Field(min_length=1)
    """Month → growth against the same month last year, percent; straight lines between."""
    season: str | None = None
    weight: str = "gross"
    noise: NotNegative = 0.004
    unit_noise: NotNegative = 0.01
    units: dict[str, Positive] = Field(default={})
    """Factor on a unit's weight; the whole stays what it is."""
    anchor: tuple[Anchor, ...] = ()


class Economy(Section):
    """economy.toml. Result and forecast are deviations from the unit's own budget; minus is worse."""

    provision_unit: str
    result: str
    against_last_year: str
    forecast: str
    growth: str
    """The keys of the four measures that are made from this file."""
    segment: tuple[Segment, ...] = Field(min_length=1)
    landing: dict[str, Amount]
    """Month → the year's forecast for HSF submitted in that month, mnkr."""
    forecast_spread: NotNegative
    gross: Gross
    ledger: LedgerSettings | None = None
    """None: the demo has no ledger."""

    @model_validator(mode="after")
    def _follow(self) -> Self:
        for before, after in zip(self.segment, self.segment[1:], strict=False):
            if after.first != before.last + 1:
                raise ValueError(f"segmentet från {after.first} följer inte direkt på det före")
        return self


class DemoSettings(Section):
    """All of data/demo. `flow` and `survey` have one entry per measure key."""

    general: General
    norm: Norm
    weights: Weights
    flow: dict[str, Flow]
    survey: dict[str, Survey]
    events: Events
    economy: Economy
    registers: Registers
    dialogue: DialogueSettings
    follow_ups: FollowUpsSettings
    months: MonthsSettings
    loads: LoadsSettings
