"""The workbook inside a chart: what PowerPoint opens under «Redigera data». Values as the figure has them, unrounded."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from hsf_kpi.render.characters import plain
from hsf_kpi.render.native.drawing import finite, reaches
from hsf_kpi.render.native.types import NativeChart, Number, Shape
from hsf_kpi.render.office import NAME

SHEET = "Data"
LONGEST = 32767
"""Signs that a cell can hold."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the sheet; `cells` are all texts or all numbers (None is an empty cell)."""

    heading: str
    cells: Sequence[Number] | Sequence[str]


@dataclass(frozen=True, slots=True)
class Places:
    """Where a series lies in the sheet, as column numbers. name: the cell of its name."""

    values: int
    xs: int
    minus: int | None = None
    plus: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """columns from A; places: one for each series."""

    columns: tuple[Column, ...]
    places: tuple[Places, ...]

    def cells(self, column: int) -> str:
        """«Data!$B$2:$B$13»"""
        letter = xl_col_to_name(column)
        return f"{SHEET}!${letter}$2:${letter}${max(len(self.columns[column].cells), 1) + 1}"

    def heading(self, column: int) -> str:
        return f"{SHEET}!${xl_col_to_name(column)}$1"

    def xlsx(self, day: dt.date, form: str) -> bytes:
        """An Excel file; texts are cells of text whatever they begin with. `form`: the numbers' format."""
        packed = io.BytesIO()
        with Workbook(packed, {"in_memory": True}) as book:
            book.set_properties({"author": NAME, "created": dt.datetime(day.year, day.month, day.day)})
            sheet = book.add_worksheet(SHEET)
            number = book.add_format({"num_format": form})
            for c, column in enumerate(self.columns):
                sheet.write_string(0, c, column.heading[:LONGEST])
                for r, cell in enumerate(column.cells, start=1):
                    if isinstance(cell, str):
                        sheet.write_string(r, c, plain(cell)[:LONGEST])
                    elif cell is not None:
                        sheet.write_number(r, c, cell, number)
        return packed.getvalue()


def sheet_of(chart: NativeChart) -> Sheet:
    """Categories (of points: each series' own places) and values; the distances to a value's bounds in columns after it."""
    scatter = chart.shape is Shape.SCATTER
    columns: list[Column] = [] if scatter else [Column("", chart.categories)]
    places: list[Places] = []
    for series in chart.series:
        name = plain(series.name)
        xs = 0
        if scatter:
            xs = len(columns)
            columns.append(Column(f"{name}, {chart.across.title or 'läge'}", finite(series.xs)))
        values = len(columns)
        columns.append(Column(name, finite(series.values)))
        minus = plus = None
        if series.bounds:
            minus, plus = len(columns), len(columns) + 1
            below, above = reaches(series)
            columns += [
                Column(f"{name}, avstånd till undre gräns", below),
                Column(f"{name}, avstånd till övre gräns", above),
            ]
        places.append(Places(values, xs, minus, plus))
    return Sheet(tuple(columns), tuple(places))
