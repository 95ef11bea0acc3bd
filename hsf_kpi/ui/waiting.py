"""The number of persons who wait over 90 days, told beside each share of the vårdgaranti."""

from __future__ import annotations

from hsf_kpi.model.aggregation import Aggregation, from_fixed
from hsf_kpi.model.measure import Measure
from hsf_kpi.swedish.numbers import number
from hsf_kpi.ui.ask import Ask


def waiting_words(ask: Ask, measure: Measure) -> str:
    """«2 418 väntar över 90 dagar», from the related share of the waiting; "" where there is none or it is masked."""
    for key in measure.related:
        related = ask.catalogue.measures.get(key)
        if related is None or related.aggregation is not Aggregation.SNAPSHOT_RATIO:
            continue
        outcome = ask.workspace.assessment(ask.scope, ask.selection, key).outcome
        cell = outcome.cell
        if cell is None or cell.masked or cell.numerator is None or cell.denominator is None:
            continue
        star = f"* ({outcome.note})" if outcome.starred else ""
        return f"{number(from_fixed(cell.denominator - cell.numerator), 0)}{star} väntar över 90 dagar"
    return ""
