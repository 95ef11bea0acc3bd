"""Several yearly series in one picture, one of them the own: regions beside each other, a population."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Mark, Role, Value
from hsf_kpi.model.codes import Origin, UnitOfMeasure
from hsf_kpi.swedish.numbers import SPACE, number

OWN, NATIONAL, CHOSEN, BEST, OTHER, FORECAST = "own", "national", "chosen", "best", "other", "forecast"
LOOKS = (OWN, NATIONAL, CHOSEN, BEST, OTHER, FORECAST)
"""How a series is drawn: strong; dashed and named; grey, dashes telling them apart; thin blue; hairline without a name;
dotted, going on from the own.
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One series. look: one of `LOOKS`. values: year → value in the figure's unit, None where it is known to be missing; a
    year that is not there is missing as well, and both break the line.
    """

    name: str
    look: str
    values: Mapping[int, float | Fraction | None]


def lines_figure(
    *,
    slug: str,
    title: str,
    caption: str,
    context: Context,
    unit: UnitOfMeasure | None,
    decimals: int,
    series: Sequence[Line],
    sentence: str,
    source: str,
    origins: Collection[Origin],
    marks: Sequence[Mark] = (),
    help: str = "",
    definition: str = "",
    empty: str = "",
    value_title: str = "Värde",
) -> Figure:
    """A row for each series and year that has a value or is told to miss one; the series in the order given, the years in
    theirs. empty: said where no series has a value. ValueError for a look that is none, and for a name met twice.
    """
    _checked(series)
    years = [year for line in series for year, value in line.values.items() if _known(value) is not None]
    return Figure(
        kind=FigureKind.LINES,
        slug=slug,
        title=title,
        caption=caption,
        context=context,
        columns=(
            Column("series", "Serie", Role.LABEL),
            Column("year", "År", Role.TEXT),
            Column("date", "Årets sista dag", Role.TIME),
            Column("outcome", value_title, Role.OUTCOME, unit, decimals),
            Column("outcome_text", value_title, Role.TEXT),
            Column("look", "Utseende", Role.STATUS),
        ),
        rows=tuple(_rows(series, unit, decimals)) if years else (),
        sentence=sentence,
        source=source,
        origins=frozenset(origins),
        marks=tuple(marks),
        help=help,
        unit=unit,
        decimals=decimals,
        empty="" if years else empty or "Det finns inga värden att visa.",
        options={"shown": "series,year,outcome_text", "file": "series,year,outcome"},
        definition=definition,
    )


def _checked(series: Sequence[Line]) -> None:
    names = [line.name for line in series]
    if len(set(names)) < len(names):
        raise ValueError(f"a name is met twice among {names}")
    for line in series:
        if line.look not in LOOKS:
            raise ValueError(f"no look {line.look!r}: one of {', '.join(LOOKS)}")


def _rows(series: Sequence[Line], unit: UnitOfMeasure | None, decimals: int) -> Iterator[tuple[Value, ...]]:
    for line in series:
        for year in sorted(line.values):
            value = _known(line.values[year])
            yield (
                line.name,
                str(year),
                dt.date(year, 12, 31),
                value,
                _text(value, unit, decimals),
                line.look,
            )


def _known(value: float | Fraction | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)


def _text(value: float | None, unit: UnitOfMeasure | None, decimals: int) -> str:
    """With the sign of shares, as the axis has it; other units stand in the caption."""
    if value is None:
        return "saknas"
    text = number(value, decimals)
    return f"{text}{SPACE}%" if unit is UnitOfMeasure.PERCENT else text
