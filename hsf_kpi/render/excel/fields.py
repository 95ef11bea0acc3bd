"""A figure's columns as a workbook holds them: numbers as numbers, days as days, words where a number is missing."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from hsf_kpi.figures.figure import Column, Figure, Value
from hsf_kpi.figures.shape import keys
from hsf_kpi.render.csv import heading
from hsf_kpi.render.excel.texts import cell_text, headings
from hsf_kpi.render.native.formats import number_format

DAY = "yyyy-mm-dd"
_FIRST_DAY = dt.date(1900, 3, 1)
"""A spreadsheet counts an earlier day wrong, or not at all."""
_TEXT_TWIN = ("_text", "_value")
_FRACTION = 2
"""Decimals shown of a number whose column names no unit, where it is not whole."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column as it is written. cells: a number, a day, a text or None (empty). format: of its numbers.

    words: for a cell that is empty, what people read there («maskerat»). drawn: it stands there for the diagram alone.
    """

    heading: str
    cells: tuple[Value, ...]
    format: str = ""
    words: tuple[str, ...] = ()
    drawn: bool = False

    @property
    def is_text(self) -> bool:
        return not self.format


def fields(figure: Figure) -> list[Field]:
    """The columns that a file has (`options["file"]`), headed with their units."""
    at = {column.key: i for i, column in enumerate(figure.columns)}
    columns = [figure.columns[at[key]] for key in keys(figure, "file")]
    answer = []
    for column in columns:
        values = [row[at[column.key]] for row in figure.rows]
        twin = at.get(_twin(column.key))
        words = tuple(str(row[twin] or "") for row in figure.rows) if twin is not None else ()
        answer.append(_field(column, values, words))
    return headed(answer)


def headed(found: list[Field]) -> list[Field]:
    """The same with no heading twice."""
    names = headings(one.heading for one in found)
    return [replace(one, heading=name) for one, name in zip(found, names, strict=True)]


def told(one: Field) -> Field:
    """The same with words where a number is missing and words stand in its place: «maskerat», not «–»."""
    if not one.words:
        return one
    cells = (
        cell_text(words) if value is None and any(char.isalpha() for char in words) else value
        for value, words in zip(one.cells, one.words, strict=True)
    )
    return replace(one, cells=tuple(cells), words=())


def numbers_format(unit_known: bool, decimals: int, values: Iterable[Value]) -> str:
    """The heading says the unit, so the format is of the bare number."""
    broken = any(isinstance(value, float) and not value.is_integer() for value in values)
    return number_format(None, decimals if unit_known or not broken else max(decimals, _FRACTION))


def _twin(key: str) -> str:
    """The key of the column with what people read."""
    text, value = _TEXT_TWIN
    return f"{key.removesuffix(value)}{text}"


def _field(column: Column, values: list[Value], words: tuple[str, ...]) -> Field:
    cells = tuple(_cell(value) for value in values)
    if any(isinstance(cell, int | float) for cell in cells):
        form = numbers_format(column.unit is not None, column.decimals, cells)
    else:
        form = DAY if any(isinstance(cell, dt.date) for cell in cells) else ""
    return Field(heading(column), cells, form, words)


def _cell(value: Value) -> Value:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dt.date):
        return value if value >= _FIRST_DAY else value.isoformat()
    return cell_text(value) or None if isinstance(value, str) else value
