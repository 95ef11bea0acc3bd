"""The one long table that a chart is drawn from: each row says which layer it belongs to.

Everything that varies between two figures of a kind is in these rows (values, labels, target, axis ends),
so that the spec is the same for both and the browser only replaces the data.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import pandas as pd


@dataclass(frozen=True, slots=True)
class Row:
    """One mark. x: month number or position. y, y2: in the unit of measure. dx, dy: pixels.

    text, short: on a wide, a narrow screen. size: area of a point in square pixels. tone: which colour.
    tip: what a pointer or a screen reader is told. segment: what a line is broken by.
    """

    layer: str
    x: float | None = None
    y: float | None = None
    y2: float | None = None
    dx: float = 0.0
    dy: float = 0.0
    size: float = 0.0
    text: str = ""
    short: str = ""
    tone: str = "muted"
    align: str = "left"
    segment: str = ""
    tip: str = ""


_NUMBERS = ("x", "y", "y2", "dx", "dy", "size")
COLUMNS = tuple(field.name for field in fields(Row))


def frame(rows: list[Row]) -> pd.DataFrame:
    """A column for each field of Row: float64 and str, also when there are no rows."""
    columns = {}
    for name in COLUMNS:
        values = [getattr(row, name) for row in rows]
        columns[name] = pd.Series(values, dtype="float64" if name in _NUMBERS else "str")
    return pd.DataFrame(columns)
