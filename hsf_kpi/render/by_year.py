"""Lines over years as a table: a line for each year and a column for each series, or the other way where these are more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hsf_kpi.figures.figure import Column, Figure, FigureKind, Role, Value
from hsf_kpi.render.yearly import Yearly, yearly, years
from hsf_kpi.swedish.numbers import DASH

YEAR = "År"


def by_year(figure: Figure) -> Figure:
    """The same as a table of the series that have a value; every year from the first to the last, «–» where one is missing.
    The fewer stand beside each other. Without any series, the figure as it is.
    """
    series = yearly(figure)
    if not series:
        return figure
    every = years(series)
    down, across = ([str(year) for year in every], [one.name for one in series])
    cells = [[_cell(one, year) for one in series] for year in every]
    title = YEAR
    if len(series) > len(every):
        down, across = across, down
        cells = [list(row) for row in zip(*cells, strict=True)]
        title = next((c.title for c in figure.columns if c.role is Role.LABEL), "Serie")
    columns = [Column("row", title, Role.LABEL)]
    for i, name in enumerate(across):
        columns.append(Column(f"cell{i}", name, Role.OUTCOME, figure.unit, figure.decimals))
        columns.append(Column(f"cell{i}_text", name, Role.TEXT))
    kept = {key: words for key, words in figure.options.items() if key in ("month", "totals")}
    return replace(
        figure,
        kind=FigureKind.TABLE,
        columns=tuple(columns),
        rows=tuple((name, *_flat(row)) for name, row in zip(down, cells, strict=True)),
        options=kept
        | {
            "shown": ",".join(("row", *(f"cell{i}_text" for i in range(len(across))))),
            "file": ",".join(("row", *(f"cell{i}" for i in range(len(across))))),
        },
    )


def _cell(one: Yearly, year: int) -> tuple[Value, str]:
    """The number, and what people read."""
    return one.values.get(year), one.texts.get(year, DASH)


def _flat(cells: Sequence[tuple[Value, str]]) -> Iterator[Value]:
    for cell in cells:
        yield from cell
