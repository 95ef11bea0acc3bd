"""A figure as a table of Swedish strings, as people read it («Visa som tabell»)."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from hsf_kpi.figures.figure import Column, Figure, Value
from hsf_kpi.figures.shape import day_read, keys, records
from hsf_kpi.render.crosstab import as_read
from hsf_kpi.swedish.numbers import number


def table(figure: Figure) -> pd.DataFrame:
    """Columns headed in Swedish, every cell a str. A heading met again gets a number: «Utfall (2)»."""
    return pd.DataFrame({heading: pd.Series(texts, dtype="str") for heading, texts in text_columns(figure)})


def text_columns(figure: Figure) -> list[tuple[str, list[str]]]:
    """(heading, its cells) in the order shown; every cell as people read it."""
    figure = as_read(figure)
    columns = shown_columns(figure)
    found = list(records(figure))
    headings = distinct([c.title for c in columns])
    return [
        (heading, [cell(record[c.key], c) for record in found])
        for heading, c in zip(headings, columns, strict=True)
    ]


def shown_columns(figure: Figure) -> list[Column]:
    figure = as_read(figure)
    by_key = {column.key: column for column in figure.columns}
    return [by_key[key] for key in keys(figure, "shown")]


def cell(value: Value, column: Column) -> str:
    """A value as people read it: numbers with the column's decimals, days as `day_read`, nothing as ""."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return number(value, column.decimals)
    return day_read(value, column) if isinstance(value, dt.date) else value


def distinct(headings: list[str]) -> list[str]:
    """No heading twice, since a table's columns must be told apart."""
    seen: dict[str, int] = {}
    answer: list[str] = []
    for heading in headings:
        seen[heading] = seen.get(heading, 0) + 1
        name = heading if seen[heading] == 1 else f"{heading} ({seen[heading]})"
        while name in answer:
            seen[heading] += 1
            name = f"{heading} ({seen[heading]})"
        answer.append(name)
    return answer
