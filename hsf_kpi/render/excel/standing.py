"""Where the numbers of a chart stand: in the figure's own table as far as they are its cells, else in a block of their own.

A chart of categories that goes row by row with the table has its other series as further columns of that table, so that
sorting and filtering move everything together. What does not go row by row is wholly in a block.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hsf_kpi.figures.figure import Value
from hsf_kpi.render.excel.fields import Field, headed, told
from hsf_kpi.render.excel.texts import cell_text
from hsf_kpi.render.native.drawing import reaches
from hsf_kpi.render.native.formats import number_format
from hsf_kpi.render.native.types import NativeChart, NativeSeries, Number, Shape

LABELS = "Etikett i diagrammet"
DOWN, UP = "nedåt", "uppåt"


@dataclass(frozen=True, slots=True)
class Place:
    """A column: of the table, or of the block. index: which."""

    index: int
    in_block: bool = True


@dataclass(frozen=True, slots=True)
class SeriesPlaces:
    """xs: of a scatter, else of the categories. down, up: how far an error bar reaches."""

    values: Place
    xs: Place
    down: Place | None = None
    up: Place | None = None

    def all(self) -> Iterator[Place]:
        yield from (place for place in (self.values, self.xs, self.down, self.up) if place is not None)


@dataclass(frozen=True, slots=True)
class Standing:
    """table: the columns of the table, with those that a chart needs beside. block: columns that stand apart. places: of
    each chart, its series in order; a chart's blocks are its own.
    """

    table: list[Field]
    blocks: list[list[Field]]
    places: list[tuple[SeriesPlaces, ...]]

    def written(self) -> list[Field]:
        """The table with words in its gaps, but for the columns that a chart reads: a word would be drawn as zero."""
        found = (place for chart in self.places for series in chart for place in series.all())
        read = {place.index for place in found if not place.in_block}
        return [one if i in read else told(one) for i, one in enumerate(self.table)]


def standing(table: list[Field], charts: Sequence[NativeChart], decimals: int) -> Standing:
    """decimals: how many a number of a block is written with."""
    form = next((chart.value.cells for chart in charts if chart.value.cells), number_format(None, decimals))
    if len(charts) == 1 and charts[0].shape is not Shape.SCATTER:
        beside = _beside(table, charts[0], form)
        if beside is not None:
            return beside
    answer = Standing(table, [], [])
    for chart in charts:
        block = _Block(form)
        scatter = chart.shape is Shape.SCATTER
        shared = None if scatter else block.add(LABELS, chart.categories, "")
        places = []
        for series in chart.series:
            known = _known_scatter(table, series) if scatter and len(charts) == 1 else None
            places.append(known or _in_block(block, series, shared))
        answer.blocks.append(headed(block.fields))
        answer.places.append(tuple(places))
    return answer


@dataclass(slots=True)
class _Block:
    form: str
    fields: list[Field] = field(default_factory=list)

    def add(self, heading: str, values: Sequence[Value], form: str | None = None) -> Place:
        cells = tuple(cell_text(value) if isinstance(value, str) else value for value in values)
        self.fields.append(Field(heading, cells, self.form if form is None else form, drawn=True))
        return Place(len(self.fields) - 1)


def _in_block(block: _Block, series: NativeSeries, shared: Place | None) -> SeriesPlaces:
    xs = shared if shared is not None else block.add(f"{series.name}, vågrätt", series.xs)
    values = block.add(series.name, series.values)
    down, up = (
        (block.add(heading, reach) for heading, reach in _reaches(series)) if series.bounds else (None, None)
    )
    return SeriesPlaces(values, xs, down, up)


def _beside(table: list[Field], chart: NativeChart, form: str) -> Standing | None:
    """The chart's series as columns of the table, where it has the same rows in the same order; None where it has not."""
    rows = len(table[0].cells) if table else 0
    labels = _same_texts(table, chart.categories)
    known = [_same_numbers(table, series.values, series.name) for series in chart.series]
    if (
        not rows
        or len(chart.categories) != rows
        or (labels is None and not any(i is not None for i in known))
    ):
        return None
    found = list(table)

    def at(index: int | None, heading: str, cells: Sequence[Value], form: str) -> Place:
        if index is None:
            texts = tuple(cell_text(cell) if isinstance(cell, str) else cell for cell in cells)
            found.append(Field(heading, texts, form, drawn=True))
            index = len(found) - 1
        return Place(index, in_block=False)

    xs = at(labels, LABELS, chart.categories, "")
    places = []
    for series, index in zip(chart.series, known, strict=True):
        values = at(index, series.name, series.values, form)
        reaches = [
            at(_same_numbers(found, reach, heading), heading, reach, form)
            for heading, reach in _reaches(series)
        ]
        places.append(SeriesPlaces(values, xs, *reaches))
    return Standing(headed(found), [[]], [tuple(places)])


def _known_scatter(table: list[Field], series: NativeSeries) -> SeriesPlaces | None:
    xs = _same_numbers(table, series.xs, "")
    values = _same_numbers(table, series.values, series.name)
    if xs is None or values is None or series.bounds:
        return None
    return SeriesPlaces(Place(values, in_block=False), Place(xs, in_block=False))


def _reaches(series: NativeSeries) -> Iterator[tuple[str, tuple[Number, ...]]]:
    """(heading, how far from each value) down and up; nothing without bounds."""
    if series.bounds:
        down, up = reaches(series)
        yield f"{series.name}, {DOWN}", down
        yield f"{series.name}, {UP}", up


def _same_numbers(table: list[Field], values: Sequence[Value], name: str) -> int | None:
    """The column of the table that holds exactly these, gaps in the same places; of several the one with that name."""
    wanted = tuple(values)
    if all(value is None for value in wanted):
        return None
    found = [i for i, one in enumerate(table) if not one.is_text and one.cells == wanted]
    return next((i for i in found if table[i].heading.startswith(name)), found[0] if found else None)


def _same_texts(table: list[Field], categories: Sequence[str]) -> int | None:
    wanted = tuple(cell_text(category) for category in categories)
    return next((i for i, one in enumerate(table) if one.is_text and one.cells == wanted), None)
