"""The formula of a value in words and with its numbers: Σ täljare ÷ Σ nämnare × 100 = …"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hsf_kpi.analysis.types import Outcome
from hsf_kpi.figures.quality.words import stored
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.cell import Cell
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.model.measure import Measure
from hsf_kpi.swedish.numbers import MOST_DECIMALS, value_text

_DIVIDED, _TIMES = " ÷ ", " × "
_DURATION_DECIMALS = 2


def formula(outcome: Outcome) -> tuple[str, ...]:
    """Sentences: the rule in words, the rule with its numbers, and what it is shown as. Of what has no value: why."""
    measure, cell = outcome.measure, outcome.cell
    if cell is None or cell.masked or outcome.value is None:
        return ()
    shown = value_text(outcome.value, measure)
    if cell.ready is not None:
        return (
            f"Värdet {shown} står färdigt i källan. Det är inte räknat ur delar, och läggs inte ihop med andras.",
        )
    words, numbers = _words(measure, cell), _numbers(measure, cell)
    exact = exact_text(outcome.value, measure)
    computed = f"Summan är {exact}" if numbers == exact else f"{numbers} = {exact}"
    as_shown = "" if exact == shown else f" Det visas som {shown}."
    return (
        f"{measure.short_name[:1].upper()}{measure.short_name[1:]} = {words}.",
        f"{computed}.{as_shown}",
    )


def parts_words(measure: Measure, cell: Cell) -> tuple[tuple[str, str], ...]:
    """(«Täljare», what it counts), (…): the definition's own words for the parts of the formula."""
    if cell.ready is not None:
        return ()
    definition = measure.definition
    found = (("Täljare", definition.numerator), ("Nämnare", definition.denominator))
    return tuple((name, text) for name, text in found if text)


def exact_text(value: Fraction, measure: Measure) -> str:
    """The value with four decimals (of a duration with hundredths of a second), or with its own where it has fewer."""
    minutes = measure.unit_of_measure is UnitOfMeasure.MINUTES
    base, most = (0, _DURATION_DECIMALS) if minutes else (measure.decimals, MOST_DECIMALS)
    step = 60 if minutes else 1
    for decimals in range(base, most):
        if (value * step * 10**decimals).denominator == 1:
            return value_text(value, measure, decimals=decimals)
    return value_text(value, measure, decimals=max(base, most))


def _words(measure: Measure, cell: Cell) -> str:
    kind, scale = measure.aggregation, _scale(measure.scale)
    months = cell.months
    if kind is Aggregation.FLOW_PER_STOCK:
        if months > 1:
            return f"summan av flödet{_DIVIDED}beståndets medel över {months} månader{scale}"
        return f"flödet{_DIVIDED}beståndet{scale}"
    if kind is Aggregation.GROWTH:
        return f"(summan nu − summan samma tid förra året){_DIVIDED}summan samma tid förra året{scale}"
    if kind is Aggregation.FTE:
        return f"summan av timmarna{_DIVIDED}normtimmarna, som är lika för alla verksamheter{scale}"
    if kind.has_denominator:
        return f"summan av täljarna{_DIVIDED}summan av nämnarna{scale}"
    if kind in (Aggregation.MONTHLY_MEAN, Aggregation.STOCK) and months > 1:
        return f"summan{_DIVIDED}antalet månader med värden ({months}){scale}"
    return f"summan av värdena{scale}"


def _numbers(measure: Measure, cell: Cell) -> str:
    kind, scale = measure.aggregation, _scale(measure.scale)
    above, below = stored(cell.numerator), stored(cell.denominator)
    months = cell.months
    if kind is Aggregation.FLOW_PER_STOCK and months > 1:
        return f"{above}{_DIVIDED}({below}{_DIVIDED}{months}){scale}"
    if kind is Aggregation.GROWTH:
        return f"({above} − {below}){_DIVIDED}{below}{scale}"
    if kind.has_denominator:
        return f"{above}{_DIVIDED}{below}{scale}"
    if kind in (Aggregation.MONTHLY_MEAN, Aggregation.STOCK) and months > 1:
        return f"{above}{_DIVIDED}{months}{scale}"
    return f"{above}{scale}"


def _scale(scale: Fraction) -> str:
    parts: Sequence[str] = (
        f"{_TIMES}{stored(scale.numerator * 10_000)}" if scale.numerator != 1 else "",
        f"{_DIVIDED}{stored(scale.denominator * 10_000)}" if scale.denominator != 1 else "",
    )
    return "".join(parts)
