"""What is written in any dialect is read back equal: texts, numbers, days, and which row each stands on."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hsf_kpi.ingest.files import FileTable, NumberStyle, check_lines, parse_cell_number
from hsf_kpi.ingest.files.persons import like_person
from hsf_kpi.ingest.files.signs import has_control_signs
from tests.ingest.files.file_samples import opened, shared

SOME = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
HEADER = ("Verksamhet, ort; land", "Nämnare", "Källa")
SWEDISH = "abcåäöÅÄÖéüxyz0123456789 .,;:\t\"'-+=@()/%€”–…\n\u00a0"
encodings = st.sampled_from(["utf-8", "utf-8-sig", "cp1252"])


def texts(alphabet: st.SearchStrategy[str] | str) -> st.SearchStrategy[str]:
    return st.text(alphabet, max_size=12).filter(
        lambda text: not like_person(text) and not has_control_signs(text)
    )


any_text = texts(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]))
swedish_text = texts(SWEDISH)
amounts = st.decimals(min_value=-(10**7), max_value=10**7, places=3).map(lambda value: value + 0)


@st.composite
def dialects(draw: st.DrawFn) -> dict[str, Any]:
    end = draw(st.sampled_from(["\r\n", "\n", "\r"]))
    # The writer puts quotes about a line break only when rows end so.
    quoting = csv.QUOTE_ALL if end == "\r" else draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    delimiter = draw(st.sampled_from([";", ",", "\t"]))
    return {"delimiter": delimiter, "lineterminator": end, "quoting": quoting}


def written(rows: list[tuple[str, ...]], dialect: dict[str, Any], encoding: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, **dialect).writerows(rows)
    return out.getvalue().encode(encoding)


def expected(rows: list[tuple[Any, ...]]) -> list[tuple[int, tuple[Any, ...]]]:
    """(row in the file, cells) of each row with anything in it."""
    told = [tuple((cell.strip() or None) if isinstance(cell, str) else cell for cell in row) for row in rows]
    return [(number, row) for number, row in enumerate(told, 2) if any(cell is not None for cell in row)]


def read(table: FileTable) -> list[tuple[int, tuple[Any, ...]]]:
    assert check_lines(table) == []
    return [(line.number, line.cells) for line in table.lines()]


@SOME
@given(
    st.data(),
    dialects(),
    encodings,
    st.booleans(),
)
def test_any_texts_in_any_dialect(
    tmp_path: Path, data: st.DataObject, dialect: dict[str, Any], encoding: str, known: bool
) -> None:
    cell = swedish_text if encoding == "cp1252" else st.one_of(any_text, swedish_text)
    # The last cell is never empty: a row that ends early has another meaning, and the file has a row.
    rows = data.draw(st.lists(st.tuples(cell, cell, cell.filter(str.strip)), min_size=1, max_size=6))
    table = opened(tmp_path, written([HEADER, *rows], dialect, encoding), expected=HEADER if known else ())
    assert (table.header, table.delimiter) == (HEADER, dialect["delimiter"])
    assert read(table) == expected(rows)


def number_text(value: Decimal, group: str, decimal: str) -> str:
    whole, _, rest = format(value, ",f").partition(".")
    return whole.replace(",", group) + decimal + rest


@SOME
@given(
    st.lists(amounts, min_size=1, max_size=8),
    dialects(),
    st.sampled_from([(",", ""), (",", "."), (",", " "), (",", "\u00a0"), (".", ""), (".", ","), (".", " ")]),
    encodings,
)
def test_any_numbers_in_any_dialect(
    tmp_path: Path, values: list[Decimal], dialect: dict[str, Any], way: tuple[str, str], encoding: str
) -> None:
    decimal, group = way
    rows = [(f"rad {n}", number_text(value, group, decimal), "åäö") for n, value in enumerate(values)]
    table = opened(tmp_path, written([HEADER, *rows], dialect, encoding))
    style = NumberStyle()
    for line in table.lines():
        style.see(line.cells[1], line.number, "Nämnare")
    numbers = [parse_cell_number(line.cells[1], style.decimals) for line in table.lines()]
    if style.fault() is None:
        assert numbers == [Fraction(value) for value in values]
    else:
        assert all(number in (None, Fraction(value)) for number, value in zip(numbers, values, strict=True))


book_texts = any_text.filter(lambda text: not text.startswith(("=", "#")) and "_x" not in text)
days = st.dates(dt.date(1901, 1, 1), dt.date(2199, 12, 31))
moments = st.datetimes(dt.datetime(1901, 1, 1), dt.datetime(2199, 12, 31)).map(
    lambda moment: moment.replace(microsecond=0, second=moment.second or 1)
)
numbers = st.one_of(st.integers(-(10**8), 10**8), st.floats(-1e8, 1e8).map(lambda value: round(value, 4)))
book_cells = st.one_of(st.none(), book_texts, numbers, st.booleans(), days, moments)


@SOME
@given(
    st.lists(
        st.tuples(book_cells, book_cells, book_cells.filter(lambda cell: cell is not None)),
        min_size=1,
        max_size=6,
    ),
    st.booleans(),
)
def test_any_cells_in_a_workbook(tmp_path: Path, rows: list[tuple[Any, ...]], pointed: bool) -> None:
    rows = [*rows, ("sist", 1, 2)]
    book = openpyxl.Workbook()
    for row in (HEADER, *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    data = shared(out.getvalue()) if pointed else out.getvalue()
    table = opened(tmp_path, data, expected=HEADER)
    assert table.header == HEADER
    found = read(table)
    assert found == expected(rows)
    same = [type(cell) for _, row in found for cell in row]
    # Excel has one kind of number: 2.0 is 2.
    assert [float if kind is int else kind for kind in same] == [
        float if type(cell) is int else type(cell) for _, row in expected(rows) for cell in row
    ]
