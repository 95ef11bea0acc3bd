"""The two answers of a control chart besides the target's verdict: is the change real, and will the target be hit."""

from __future__ import annotations

from enum import StrEnum


class Side(StrEnum):
    HIGH = "high"
    LOW = "low"


class Variation(StrEnum):
    """Is the change more than chance? NEITHER: it is, but no direction is better."""

    COMMON = "common"
    BETTER = "better"
    WORSE = "worse"
    NEITHER = "neither"


class Assurance(StrEnum):
    """Will the process, left as it is, hit the target? Consistently, never, or sometimes by chance."""

    PASSES = "passes"
    FAILS = "fails"
    EITHER = "either"
