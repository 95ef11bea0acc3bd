"""The one long table that a chart is drawn from: each row says which layer it belongs to.

Everything that varies between two figures of a kind is in these rows (values, labels, target, axis ends),
so that the spec is the same for both and the browser only replaces the data.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import pandas as pd
import pyarrow as pa

from hsf_kpi.render.characters import printable


@dataclass(frozen=True, slots=True)
class Row:
    """One mark. x, x2: month number or position. y, y2: in the unit of measure. dx, dy: pixels.

    text, short: on a wide, a narrow screen. size: area of a point in square pixels. tone: which colour.
    tip: what a pointer or a screen reader is told. segment: what a line is broken by. goes: the id of the unit that a click
    on it goes down to; the page makes an address of it, a picture does without.
    """

    layer: str
    x: float | None = None
    y: float | None = None
    y2: float | None = None
    x2: float | None = None
    dx: float = 0.0
    dy: float = 0.0
    size: float = 0.0
    text: str = ""
    short: str = ""
    tone: str = "muted"
    align: str = "left"
    segment: str = ""
    tip: str = ""
    goes: str = ""


UNSEEN = "unseen"
"""The tone of a row that draws nothing. A layer without any row makes the chart library warn in the browser."""

_NUMBERS = ("x", "x2", "y", "y2", "dx", "dy", "size")
COLUMNS = tuple(field.name for field in fields(Row))


def arrow(rows: list[Row]) -> pa.Table:
    """A column for each field of Row: float64 and text, also when there are no rows. Sent to a browser as it is."""
    return pa.table(
        {
            name: pa.array([getattr(row, name) for row in rows], pa.float64())
            if name in _NUMBERS
            else pa.array([printable(getattr(row, name)) for row in rows], pa.string())
            for name in COLUMNS
        }
    )


def frame(rows: list[Row]) -> pd.DataFrame:
    """The same as a pandas frame: float64 and str."""
    columns = {}
    for name in COLUMNS:
        values = [getattr(row, name) for row in rows]
        if name in _NUMBERS:
            columns[name] = pd.Series(values, dtype="float64")
        else:
            columns[name] = pd.Series([printable(value) for value in values], dtype="str")
    return pd.DataFrame(columns)
