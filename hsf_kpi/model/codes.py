"""The small closed vocabularies: sex, origin, direction, status and the like."""

from __future__ import annotations

from enum import StrEnum


class Sex(StrEnum):
    ALL = "all"
    WOMEN = "women"
    MEN = "men"


class OrgView(StrEnum):
    """today: history follows its successor. as_was: each month in the organisation of that month."""

    TODAY = "today"
    AS_WAS = "as_was"


class Origin(StrEnum):
    """Where a value comes from. Precedence where several exist: loaded, published, demo."""

    LOADED = "loaded"
    PUBLISHED = "published"
    DEMO = "demo"


class Direction(StrEnum):
    """Which way is better. It decides colour, arrow and word; there is no default."""

    UP = "up"
    DOWN = "down"
    BAND = "band"
    NONE = "none"


class Status(StrEnum):
    MET = "met"
    NEAR = "near"
    MISSED = "missed"
    NOT_ASSESSABLE = "not_assessable"


class Missing(StrEnum):
    """Why there is no value. Told apart in words; never 0, never interpolated, never carried forward."""

    NOT_YET_REPORTED = "not_yet_reported"
    LATE = "late"
    NOT_APPLICABLE = "not_applicable"
    MASKED = "masked"
    NOT_MEASURED_HERE = "not_measured_here"
    NOT_BY_SEX = "not_by_sex"
    MEASURING_STARTED = "measuring_started"
    NOT_REPORTED = "not_reported"
    ZERO_DENOMINATOR = "zero_denominator"
    TOO_SHORT = "too_short"
    NOT_RELEASED = "not_released"
    """Later than the last month that may be seen of the unit; whether there is a value is not told."""


class Persons(StrEnum):
    """Which component counts persons, and so may need masking."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    BOTH = "both"
    NEITHER = "neither"


class UnitOfMeasure(StrEnum):
    PERCENT = "percent"
    MINUTES = "minutes"
    MNKR = "mnkr"
    KR_PER_HOUR = "kr_per_hour"
    COUNT = "count"
    FTE = "fte"
    INDEX = "index"
    PER_100 = "per_100"
    PER_1000 = "per_1000"
    RATIO = "ratio"
    POINTS_PER_FTE = "points_per_fte"

    @property
    def is_relative(self) -> bool:
        """Shares, durations, rates and indices: a target holds at every level. Amounts and counts: never inherited."""
        return self not in (UnitOfMeasure.MNKR, UnitOfMeasure.COUNT, UnitOfMeasure.FTE)
