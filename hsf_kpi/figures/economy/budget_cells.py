"""What the budget tables of accounts and of units have in common: their columns, cells and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hsf_kpi.analysis.economy.types import Deviation, Yardstick
from hsf_kpi.figures.economy.cells import UNKNOWN, as_sum, mnkr, percent
from hsf_kpi.figures.figure import Column, Role, Value

AGAINST: Mapping[Yardstick, str] = {
    Yardstick.BUDGET: "Budget",
    Yardstick.PROVISION: "Budget utan underskottspost",
    Yardstick.LAST_YEAR: "Föregående år",
}
PLUS_IS_BETTER = "Plus är bättre än det som jämförs med, också på kostnadsrader."


def columns(heading: str) -> tuple[Column, ...]:
    """Kronor for a file and mnkr for people, of a period and its year. heading: what the outcome is held against."""
    return (
        Column("against", f"{heading} (kr)", Role.BUDGET),
        Column("against_text", heading, Role.TEXT),
        Column("actual", "Utfall (kr)", Role.OUTCOME),
        Column("actual_text", "Utfall", Role.TEXT),
        Column("amount", "Avvikelse (kr)", Role.CHANGE),
        Column("amount_text", "Avvikelse", Role.TEXT),
        Column("share", "Avvikelse (procent)", Role.CHANGE),
        Column("share_text", "Avvikelse i procent", Role.TEXT),
        Column("year_budget", "Helårsbudget (kr)", Role.BUDGET),
        Column("budget_text", "Helårsbudget", Role.TEXT),
        Column("year_forecast", "Helårsprognos (kr)", Role.FORECAST),
        Column("forecast_text", "Helårsprognos", Role.TEXT),
        Column("last_year", "Samma period föregående år (kr)", Role.LAST_YEAR),
        Column("before_text", "Föregående år", Role.TEXT),
    )


def amounts(
    period: Deviation, year_budget: int | None, forecast: int | None, last_year: int | None, *, bold: bool
) -> tuple[Value, ...]:
    """The cells of `columns`. bold: the row is a sum."""
    mark = as_sum if bold else str
    star = "" if period.complete or period.actual is None else "*"
    share = period.share
    return (
        period.against,
        mark(mnkr(period.against)),
        period.actual,
        mark(f"{mnkr(period.actual)}{star}"),
        period.amount,
        mark(mnkr(period.amount, sign=True)),
        None if share is None else float(share),
        mark(percent(share)),
        year_budget,
        mark(mnkr(year_budget)),
        forecast,
        mark(mnkr(forecast)),
        last_year,
        mark(mnkr(last_year)),
    )


def star_words(periods: Sequence[Deviation]) -> str:
    starred = any(not period.complete and period.actual is not None for period in periods)
    return f"* alla har inte bokfört; avvikelsen bedöms inte ({UNKNOWN})." if starred else ""
