"""The screen's CSV: Swedish, opens in Excel as it is (semicolon, decimal comma, UTF-8 with BOM, CRLF)."""

from __future__ import annotations

import csv as writer
import datetime as dt
import io
import math
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from hsf_kpi.figures.figure import Column, Figure, FigureKind, Role, Value
from hsf_kpi.figures.shape import keys, records
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.render.alt import readable
from hsf_kpi.render.characters import no_formula
from hsf_kpi.render.stamp import told_lines
from hsf_kpi.render.table import distinct
from hsf_kpi.swedish.dates import date_text
from hsf_kpi.swedish.words import UNIT_CAPTION

DECIMALS = 4
"""Of a number in a file, at the most: as many as a title or a table ever tells."""


def csv(figure: Figure, *, taken: dt.date | None = None) -> bytes:
    """Lines that say what is shown («Rubrik;…»), an empty line, then the table with numbers as numbers.

    `taken`: the day it was taken out, today when not given.
    """
    out, lines = _begun()
    for name, text in told_lines(figure, taken or dt.date.today()):
        lines.writerow([name, safe(readable(text))])
    lines.writerow([])
    by_key = {column.key: column for column in figure.columns}
    columns = [by_key[key] for key in keys(figure, "file")]
    lines.writerow([safe(text) for text in distinct([heading(column) for column in columns])])
    for record in records(figure):
        lines.writerow([file_cell(_listed(record[column.key], figure)) for column in columns])
    return out.getvalue().encode("utf-8-sig")


def table(names: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Rows without a figure, in the same dialect: a line of column names, then the rows. Yes and no are 1 and 0."""
    out, lines = _begun()
    lines.writerow([safe(name) for name in names])
    lines.writerows([file_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _begun() -> tuple[io.StringIO, Any]:
    out = io.StringIO()
    return out, writer.writer(out, delimiter=";", lineterminator="\r\n")


def _listed(value: Value, figure: Figure) -> Value:
    """The lines of a grid's cell are things beside each other, and a file's cell has one line."""
    return value.replace("\n", "; ") if isinstance(value, str) and figure.kind is FigureKind.GRID else value


def heading(column: Column) -> str:
    """A number's column says its unit, since the file's cells hold bare numbers."""
    if column.unit is None or column.role in (Role.TEXT, Role.NOTE):
        return column.title
    if column.role is Role.CHANGE and column.unit is UnitOfMeasure.PERCENT:
        return f"{column.title} (procentenheter)"
    return f"{column.title} ({UNIT_CAPTION[column.unit]})"


def file_cell(value: Value) -> str:
    """Numbers with a decimal comma and an ordinary minus, at most four decimals; days as ISO; text made safe."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return _number(value)
    return date_text(value) if isinstance(value, dt.date) else safe(readable(value))


def safe(text: str) -> str:
    """A text cell that can't become a formula, on one line."""
    return no_formula(text).replace("\r", " ").replace("\n", " ")


def _number(value: float) -> str:
    if not math.isfinite(value):
        return ""
    text = format(round(Decimal(repr(float(value))), DECIMALS), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text.replace(".", ",")
