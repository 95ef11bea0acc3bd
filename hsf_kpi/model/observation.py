"""One measured value as it enters the store: from a file, a public statistic or the demo generator."""

from __future__ import annotations

from dataclasses import dataclass

from hsf_kpi.model.codes import Origin, Sex
from hsf_kpi.model.period import Month, Window


@dataclass(frozen=True, slots=True)
class Observation:
    """Components in the stored scale (see aggregation.FIXED), or `ready`: a finished value without parts.

    With a ready value, `denominator` may tell how many persons answered (stored scale), so that small groups are masked.
    Components are the unit's own contribution and are summed upwards. A ready value says something about its own unit
    only: it is shown there and never summed. `window` is one of MEASURED_WINDOWS, `end` its last month.
    """

    measure: str
    unit: str
    window: Window
    end: Month
    sex: Sex
    origin: Origin
    source: str
    numerator: int | None = None
    denominator: int | None = None
    ready: int | None = None


@dataclass(frozen=True, slots=True)
class ExternalValue:
    """One value of a public series for a region and year, in the series' own unit, stored scale."""

    register: str
    series: str
    region_id: str
    region: str
    year: int
    value: int
