"""The number of persons who wait over 90 days, told beside each share of the vårdgaranti."""

from __future__ import annotations

from hsf_kpi.composing.ask import Ask
from hsf_kpi.model.aggregation import Aggregation, from_fixed
from hsf_kpi.model.measure import Measure
from hsf_kpi.swedish.numbers import number


def waiting_words(ask: Ask, measure: Measure, told: str = "") -> str:
    """«2 418 väntar över 90 dagar», from the related share of the waiting; "" where there is none or it is masked.

    `told`: the note that the page tells beside it anyway, which is then not repeated.
    """
    for key in measure.related:
        related = ask.catalogue.measures.get(key)
        if related is None or related.aggregation is not Aggregation.SNAPSHOT_RATIO:
            continue
        if not ask.scope.allows(ask.selection.unit, key):
            continue
        outcome = ask.workspace.assessment(ask.scope, ask.selection, key).outcome
        cell = outcome.cell
        if cell is None or cell.masked or cell.numerator is None or cell.denominator is None:
            continue
        star = "" if not outcome.starred else "*" if outcome.note == told else f"* ({outcome.note})"
        return f"{number(from_fixed(cell.denominator - cell.numerator), 0)}{star} väntar över 90 dagar"
    return ""
