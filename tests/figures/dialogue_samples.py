"""What managers hand in, for the tests of the dialogue: plain values, no store."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from hsf_kpi.analysis.spc.types import Judged, NoLimits, Phase, Process, Refused, Rule, Side, Variation
from hsf_kpi.model.dialogue import Analysis, OwnForecast, PlannedAction, Ready, Written, YearEnd
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Month

OCTOBER = Month.of(2023, 10)
UNIT = "kirurgkliniken"
WHO = "Verksamhetschef, Kirurgkliniken"
NASTY = (
    "<script>alert(1)</script>",
    "**x** _y_ `z`",
    "$x$ och $$y$$",
    ":red[x] :smile: :material/home:",
    "[länk](https://example.org)",
    "# rubrik\n- punkt\n1. ett\n01) två\n===\n    kod",
    "=1+1",
    "👩‍⚕️ 👍",
    "שלום עולם",
    "x" * 10_000,
    "ord " * 2_500,
    "a\x00b\x07\ud800c",
    '"; DROP TABLE"; & &lt;',
)
"""What somebody may type or paste. None of it may be read as anything but text."""


def written(version: int = 1, name: str = WHO, day: int = 14) -> Written:
    # Half past eleven in the evening, UTC: the next day in Sweden.
    return Written("login", name, dt.datetime(2023, 11, day - 1, 23, 30, tzinfo=dt.UTC), version)


def analysis(
    text: str = "Vakanser på natten.",
    year_end: YearEnd | None = YearEnd.NOT_REACHED,
    *,
    measure: str = "sjukfranvaro",
    month: Month = OCTOBER,
    reason: str = "Rekryteringen tar tid.",
    unit: str = UNIT,
    version: int = 1,
) -> Analysis:
    return Analysis(unit, month, measure, text, year_end, reason if year_end else "", written(version))


def action(
    number: int = 1,
    *,
    measure: str = "sjukfranvaro",
    amount: int | None = 1_200_000,
    what: str = "Egen jourlinje i stället för inhyrd",
) -> PlannedAction:
    return PlannedAction(
        UNIT, OCTOBER, measure, what, "Vårdenhetschef", Month.of(2024, 3), "Färre inhyrda pass", amount, number,
        written=written(),
    )  # fmt: skip


def forecast(
    kronor: int = -134_000_000, unit: str = UNIT, month: Month = OCTOBER, reason: str = "Som hittills."
) -> OwnForecast:
    return OwnForecast(unit, month, kronor, reason, written())


def ready(unit: str = UNIT, month: Month = OCTOBER, *, yes: bool = True) -> Ready:
    return Ready(unit, month, yes, written())


def process(measure: Measure, variation: Variation = Variation.COMMON, *, value: bool = True) -> Process:
    """Of one judged point: what the tests need of it. value: False for a month without a value."""
    special = variation is not Variation.COMMON
    point = Judged(
        0, Fraction(8), Fraction(7), Fraction(6), Fraction(15, 2), variation,
        Side.HIGH if special else None, Rule.OUTSIDE if special else None, 1 if special else 0, special,
    )  # fmt: skip
    phase = Phase(0, 0, 24, Fraction(7), Fraction(1, 5))
    return Process(measure, UNIT, (OCTOBER,), (point if value else None,), (phase,), (), False, None)


NO_LIMITS = NoLimits(Refused.FEW, "Serien har 9 månader med värde; styrgränser kräver minst tolv.")
