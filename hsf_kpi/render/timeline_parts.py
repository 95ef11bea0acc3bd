"""A timeline with more lanes than a page of paper has room for, as several that go on in each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import ceil

from hsf_kpi.figures.figure import Figure, FigureKind, Role
from hsf_kpi.render.timeline_lanes import YEARS, cell_words, lanes, years
from hsf_kpi.render.timeline_places import PLOT, Scale, wide_places
from hsf_kpi.render.timeline_rows import timeline_height

AROUND = 100
"""Pixels of the years over the lanes, and of a heading that is written again."""


def parts(figure: Figure, most: float) -> tuple[Figure, ...]:
    """The figure alone where it is no timeline, or not higher than `most` pixels; else about equally high ones with the same
    years, whose sentences say which part of it they are. A lane is never divided.
    """
    if figure.kind is not FigureKind.TIMELINE or figure.empty or timeline_height(figure) <= most:
        return (figure,)
    found = lanes(figure)
    low, high = years(figure, found)
    places = wide_places(found, Scale(low, high, PLOT), 0.0)
    count = ceil(places.bottom / max(most - AROUND, 1.0))
    of: dict[int, set[tuple[str, str]]] = {}
    for lane, place in zip(found, places.lanes, strict=True):
        of.setdefault(int(place.name * count / places.bottom), set()).add((lane.group, lane.name))
    options = {**figure.options, YEARS: f"{low},{high}"}
    return tuple(
        replace(
            figure,
            rows=tuple(row for row, name in zip(figure.rows, _names(figure), strict=True) if name in names),
            options=options,
            sentence=f"{figure.sentence} Del {k} av {len(of)}.".strip(),
        )
        for k, names in enumerate(of.values(), 1)
    )


def _names(figure: Figure) -> Iterator[tuple[str, str]]:
    """(group, lane) of each row, as `lanes` has them."""
    group, label = figure.column(Role.SERIES), figure.column(Role.LABEL)
    for row in figure.rows:
        yield (
            cell_words(None if group is None else row[group]),
            cell_words(None if label is None else row[label]),
        )
