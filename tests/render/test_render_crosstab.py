"""A grid as a table: every cell once in its place, whatever order the rows come in, in every medium that has a table."""

from __future__ import annotations

import csv as reader
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.figures.figure import Column, FigureKind, Role
from hsf_kpi.figures.grids import BETTER, NEAR, NONE, PLAIN, TONES, WORSE, Cell
from hsf_kpi.figures.tables import units_table
from hsf_kpi.render.crosstab import MARK, as_read, crosstab
from hsf_kpi.render.csv import csv
from hsf_kpi.render.excel import xlsx
from hsf_kpi.render.native import native
from hsf_kpi.render.powerpoint import pptx
from hsf_kpi.render.powerpoint.ink import EMU
from hsf_kpi.render.powerpoint.shapes import INNER
from hsf_kpi.render.table import shown_columns, table
from tests.figures.figure_samples import CONTEXT, measure
from tests.render.excel.workbooks import Opened
from tests.render.grid_samples import SAMPLES, areas, grid, links, risks, years
from tests.render.powerpoint import opened as deck

NAMES = st.lists(
    st.text("abcåäö 19|", min_size=1, max_size=30).filter(lambda name: name.strip() == name),
    unique=True,
    max_size=6,
)
SIGN = {BETTER: "●", WORSE: "■", NEAR: "◆", NONE: "○"}


@st.composite
def cells(draw):
    """(cells, rows, columns), the cells in any order."""
    rows, columns = draw(NAMES), draw(NAMES)
    places = [(row, column) for row in rows for column in columns]
    chosen = draw(st.lists(st.sampled_from(places), unique=True)) if places else []
    texts = st.sampled_from(("", "3", "A, C", "9: avtalstrohet"))
    return [Cell(*place, draw(st.sampled_from(TONES)), draw(texts)) for place in chosen], rows, columns


@given(cells(), st.randoms(use_true_random=False))
def test_every_cell_is_once_in_its_place_whatever_the_order(found, dice):
    some, rows, columns = found
    figure = grid(some, rows, columns)
    told = {(cell.row, cell.column): _words(cell) for cell in some}
    laid = crosstab(figure)
    assert laid.kind is FigureKind.TABLE
    assert [c.title for c in laid.columns] == ["Rad", *columns]
    assert [row[0] for row in laid.rows] == rows
    for row in laid.rows:
        for column, text in zip(columns, row[1:], strict=True):
            nothing = "–" if column not in {place[1] for place in told} else ""
            assert text == told.get((row[0], column), nothing)
    mixed = [*some]
    dice.shuffle(mixed)
    assert crosstab(grid(mixed, rows, columns)).rows == laid.rows


def _words(cell: Cell) -> str:
    return f"{SIGN.get(cell.tone, '')} {cell.text}".strip() or MARK


def test_a_mark_says_what_it_means_where_the_columns_have_room():
    words = {BETTER: "nådd", WORSE: "ej nådd"}
    some = [Cell("Fall", "2016", BETTER), Cell("Fall", "2017", WORSE)]
    assert crosstab(grid(some, ["Fall"], ["2016", "2017"], tones=words)).rows == (
        ("Fall", "● nådd", "■ ej nådd"),
    )
    many = [str(year) for year in range(2010, 2023)]
    assert crosstab(grid(some, ["Fall"], many, tones=words)).rows[0][7:9] == ("●", "■")


def test_several_things_in_a_cell_stand_on_one_line_and_notes_in_a_column():
    shown = table(risks())
    assert shown["3 Kännbar"][1] == "■ 9: läkemedelshantering; 9: avtalstrohet; 9: informationssäkerhet"
    assert next(iter(shown.columns)) == "Sannolikhet"
    noted = table(links(12, 3))
    assert list(noted.columns) == ["Uppdrag", "Beskrivning", "A", "B", "C"]
    assert noted["Beskrivning"][11].startswith("Verka för en ökad tillgänglighet")
    assert "Beskrivning" not in table(links(12, 3, notes=False)).columns


def test_cells_that_no_option_names_and_two_of_one_place_are_not_lost():
    figure = grid([Cell("a", "x", PLAIN, "1"), Cell("b", "y", WORSE, "2")], ["a", "b"], ["x", "y"])
    bare = replace(figure, options={}, rows=(*figure.rows, figure.rows[0]))
    assert crosstab(bare).rows == (("a", "1; 1", ""), ("b", "", "■ 2"))


def test_other_figures_are_as_they_are():
    other = units_table(measure(), [], context=CONTEXT)
    assert as_read(other) is other
    columns = (Column("what", "Vad", Role.LABEL),)
    bare = replace(areas(), columns=columns, rows=(("tyst",),), options={})
    assert crosstab(bare).rows == (("tyst", MARK),)


def test_csv_stays_tidy_and_says_the_tones_in_words():
    text = csv(years()).decode("utf-8-sig").partition("\r\n\r\n")[2]
    head, first, *rest = reader.reader(io.StringIO(text), delimiter=";")
    assert head == ["Mål", "År", "Bedömning"], "no column without a cell"
    assert first == ["Vårdgaranti första besök", "2016", "uppnått"]
    assert len(rest) == 5 * 10 - 2
    cells = [Cell("K=3", "S=3", PLAIN, "9: hygien\n9: avtal")]
    text = csv(grid(cells, ["K=3"], ["S=3"])).decode("utf-8-sig")
    assert text.splitlines()[-1] == 'K=3;S=3;"9: hygien; 9: avtal"'


@pytest.mark.parametrize("name", SAMPLES)
def test_office_programs_have_the_crosstab_as_an_editable_table(name):
    figure = SAMPLES[name]()
    assert native(figure) == ()
    shown = table(figure)
    wanted = [tuple(shown.columns), *shown.itertuples(index=False, name=None)]
    book = Opened(xlsx(figure))
    headings, rows = book.table(book.names[0])
    assert [tuple(headings), *(tuple(text or "" for text in row) for row in rows)] == wanted
    written = []
    for slide in deck.Opened(pptx(figure)).slides:
        grid_lines = [
            tuple(deck.texts(cell)[0] for cell in row) for row in slide.iter(f"{{{deck.NS['a']}}}tr")
        ]
        widths = slide.xpath("//a:gridCol/@w", namespaces=deck.NS)
        assert sum(map(int, widths)) <= (INNER + 1) * EMU
        assert grid_lines[0] == wanted[0]
        written += grid_lines[1:]
    assert written == wanted[1:]


def test_the_columns_of_single_signs_are_narrow_in_a_workbook():
    book = Opened(xlsx(links()))
    sheet = book.book[book.names[0]]
    assert sheet.column_dimensions["C"].width < 6 < sheet.column_dimensions["B"].width


def test_the_shown_columns_are_those_of_the_crosstab():
    assert [column.role for column in shown_columns(areas())] == [Role.LABEL, *[Role.TEXT] * 5]
