"""Number formats as a spreadsheet writes them. The reader's own program puts in its separators and its minus.

A share is stored in per cent already, so its sign is text: a bare % would multiply by a hundred.
"""

from __future__ import annotations

from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.swedish.numbers import MOST_DECIMALS, SPACE

_ENDS = {UnitOfMeasure.PERCENT: f'"{SPACE}%"', UnitOfMeasure.MINUTES: f'"{SPACE}min"'}
"""Units that an axis names; the others stand in the caption."""
_WHOLE_FROM = 20.0
"""An axis that spans this much has no line between whole numbers."""
_GROUPED_FROM = 1000.0


def number_format(unit: UnitOfMeasure | None, decimals: int) -> str:
    """«#,##0.0" %"» for a value with that many decimals (at most four); without unit the number alone."""
    places = min(max(decimals, 0), MOST_DECIMALS)
    return _number(places) + (_ENDS.get(unit, "") if unit else "")


def axis_format(unit: UnitOfMeasure | None, low: float, high: float) -> str:
    """The format of an axis from low to high: as few decimals as its lines need, wherever the program puts them.

    A short axis of small numbers is «General», which writes 7 and 7,5 as they are; no two lines then get one number.
    """
    end = _ENDS.get(unit, "") if unit else ""
    if high - low >= _WHOLE_FROM:
        return _number(0) + end
    if max(abs(low), abs(high)) < _GROUPED_FROM:
        return f"General{end}"
    return _number(1 if high - low >= 2 else 2) + end


def _number(decimals: int) -> str:
    return f"#,##0.{'0' * decimals}" if decimals else "#,##0"
