"""In which order the units of a table of units and nyckeltal stand."""

from __future__ import annotations

from hsf_kpi.composing.ask import Ask
from hsf_kpi.composing.choices import BY_NAME, ORDER


def order_of(ask: Ask) -> str:
    """The measure that the rows are sorted by; "" for their names."""
    asked = ask.extra(ORDER)
    return "" if asked == BY_NAME or asked not in ask.catalogue.measures else asked
