"""A table on the page: hairlines between the rows, words to the left, numbers to the right under their heading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext

import pyarrow as pa
import streamlit as st

from hsf_kpi.render.numeric import is_numbers

NUMBERS = "siffror"
"""The beginning of the key that tells the style which columns are numbers: «siffror_2_5_…», the first column is 1."""
MOST = 60
"""Columns that can be told so; no table has more."""
TEXT = '[data-testid="stMarkdownContainer"]'
"""What holds the text in a cell."""


def show_rows(rows: Sequence[Mapping[str, str]], *, key: str, alt: str) -> None:
    """One table of Markdown cells, a mapping of heading → cell for each row. key: its own on the page. alt: what it holds,
    for who cannot see it.
    """
    texts = {name: [row[name].replace("\\", "") for row in rows] for name in (rows[0] if rows else ())}
    with right(number_places(texts.values()), key):
        show_cells(rows, alt=alt)


def show_cells(cells: pa.Table | Sequence[Mapping[str, str]], *, alt: str) -> None:
    """The table itself; inside `right`, where it has columns of numbers."""
    st.table(cells, border="horizontal", hide_index=True, alt=alt)


def right(places: Sequence[int], key: str) -> AbstractContextManager[object]:
    """Around one or several tables whose columns at these places are numbers. key: their own on the page."""
    if not places:
        return nullcontext()
    return st.container(key=f"{NUMBERS}_{''.join(f'{place}_' for place in places if place <= MOST)}{key}")


def number_places(columns: Iterable[Sequence[str]]) -> tuple[int, ...]:
    """Where the columns of numbers stand, told from their texts; never the first (1), which names the row."""
    return tuple(place for place, texts in enumerate(columns, 1) if place > 1 and is_numbers(texts))


def numbers_style() -> str:
    """What the key means, for the head of the document, where document/keys.js has told it apart.

    Each kind of cell by its name: browsers file a rule under the name of what it is about, and would otherwise try every
    one of them on every part of the page.
    """
    cells = ", ".join(
        f'[data-nyckel~="{NUMBERS}_{place}"] {cell}:nth-child({place})'
        for place in range(2, MOST + 1)
        for cell in ("th", "td")
    )
    return f"{cells} {{ text-align: right !important; }}"


def short_style() -> str:
    """Columns of short cells, `data-korta="2 5"` by document/tables.js, stand on one line, for the head of the document.

    Their headings too, where they are short («jan 2023»); longer ones wrap. From cell to text by «>»: what does not fit is
    known at the first step, without going through everything above.
    """
    cells = ", ".join(
        f'[data-korta~="{place}"] td:nth-child({place}) > {TEXT}' for place in range(2, MOST + 1)
    )
    return f"{cells}, [data-korta] th[data-smal] > {TEXT} {{ white-space: nowrap !important; }}"
