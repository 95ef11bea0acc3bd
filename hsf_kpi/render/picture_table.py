"""A table drawn as a picture: headings, hairlines, texts that wrap inside their column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from hsf_kpi.figures.economy.cells import SUM_END
from hsf_kpi.figures.figure import Figure, Role
from hsf_kpi.render.numeric import is_numbers
from hsf_kpi.render.page import Page, text_width, wrap
from hsf_kpi.render.table import shown_columns, table
from hsf_kpi.render.theme import NOTE_SIZE, REGULAR, SEMIBOLD
from hsf_kpi.swedish.numbers import SPACE

GAP = 18
LINE = 17.0
LEAST = 36.0


GLUED = 12
"""Characters that a hard space keeps together; what is longer may break there."""
LEFT_OUT = ("goal",)
"""Columns that a picture does without when the texts don't fit beside each other; files and the page have them."""
SHAPE_COLOUR: Mapping[str, str] = {
    "●": "blue",
    "◆": "muted",
    "■": "orange_text",
    "▲": "orange_text",
    "↔": "plum",
}
"""Which of the theme's colours a cell has that begins with the shape of a verdict. The shape alone is enough."""
ROUNDING = 0.5
"""Pixels that a text may be wider than it was measured."""


def draw_table(page: Page, figure: Figure) -> None:
    """The figure's shown columns without the empty ones, over the page's width; the widest give way first."""
    cells = table(figure)
    kept = [i for i, name in enumerate(cells.columns) if (cells[name] != "").any()]
    if sum(_wanted([str(cells.columns[i]) for i in kept], _texts(cells, kept))) > page.inner:
        kept = [i for i in kept if shown_columns(figure)[i].key not in LEFT_OUT]
    columns = [shown_columns(figure)[i] for i in kept]
    headings = [str(cells.columns[i]) for i in kept]
    rows = _texts(cells, kept)
    widths = column_widths(headings, rows, page.inner)
    right = {i for i in range(len(columns)) if is_numbers([row[i] for row in rows])}
    strong = {i for i, column in enumerate(columns) if column.role is Role.LABEL}
    _draw_row(page, headings, widths, set(range(len(headings))), right, page.colours.muted)
    page.rule(page.colours.axis)
    for row in rows:
        _draw_row(page, row, widths, strong, right, page.colours.text)
        page.rule(page.colours.hairline)


def _texts(cells: pd.DataFrame, kept: list[int]) -> list[list[str]]:
    return [[str(row[i]) for i in kept] for row in cells.itertuples(index=False)]


def _wanted(headings: list[str], rows: list[list[str]]) -> list[float]:
    """Pixels that each column's longest text needs on one line."""
    return [
        max(text_width(text, NOTE_SIZE, SEMIBOLD) for text in (heading, *(row[i] for row in rows))) + GAP
        for i, heading in enumerate(headings)
    ]


def column_widths(headings: list[str], rows: list[list[str]], room: float) -> list[float]:
    """Pixels for each column: what its texts need, together never more than `room`.

    The widest give way first, but not below their longest word while that fits.
    """
    wanted = _wanted(headings, rows)
    if sum(wanted) <= room:
        return wanted
    words = [
        max(
            text_width(word, NOTE_SIZE, SEMIBOLD)
            for text in (heading, *(row[i] for row in rows))
            for word in _unbroken(text)
        )
        + GAP
        for i, heading in enumerate(headings)
    ]
    floors = words if sum(words) <= room else [0.0] * len(words)
    low, high = LEAST, max(wanted)
    for _ in range(40):
        limit = (low + high) / 2
        fits = sum(max(min(w, limit), floor) for w, floor in zip(wanted, floors, strict=True)) <= room
        low, high = (limit, high) if fits else (low, limit)
    capped = [max(min(w, low), floor) for w, floor in zip(wanted, floors, strict=True)]
    return [w * min(1.0, room / sum(capped)) for w in capped]


def _unbroken(text: str) -> Iterator[str]:
    """What stays on one line: words, and short values with their unit («12,8 %» but not «12,8 procentenheter»)."""
    for glued in text.split(" "):
        yield from glued.split(SPACE) if len(glued) > GLUED else (glued,)


def _draw_row(
    page: Page, texts: list[str], widths: list[float], strong: set[int], right: set[int], colour: str
) -> None:
    weights = [SEMIBOLD if i in strong or text[-1:] == SUM_END else REGULAR for i, text in enumerate(texts)]
    lines = [
        wrap(text.rstrip(SUM_END), max(width - GAP + ROUNDING, 8), NOTE_SIZE, weight)
        for text, width, weight in zip(texts, widths, weights, strict=True)
    ]
    page.skip(6)
    x = page.margin
    for i, (column, width, weight) in enumerate(zip(lines, widths, weights, strict=True)):
        for k, line in enumerate(column):
            at, anchor = (x + width - GAP, "end") if i in right else (x, "start")
            ink = _status_colour(page, texts[i]) or colour
            page.put(at, page.y + LINE * (k + 1) - 4, line, NOTE_SIZE, ink, weight, anchor)
        x += width
    page.skip(LINE * max((len(column) for column in lines), default=1) + 6)


def _status_colour(page: Page, text: str) -> str:
    """The colour of a cell that begins with a shape; "" for others."""
    name = SHAPE_COLOUR.get(text[:1])
    return str(getattr(page.colours, name)) if name else ""
