"""Rows against columns as a figure: cells as they were given, what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.figures.figure import Column, Role
from hsf_kpi.figures.grids import BETTER, BETWEEN, NONE, PLAIN, TONES, WORSE, Cell
from hsf_kpi.figures.shape import keys, records
from tests.render.grid_samples import grid

NAMES = st.lists(st.text("abcåäö 1-9", min_size=1, max_size=6), min_size=1, max_size=5, unique=True)


@given(NAMES, NAMES, st.randoms())
def test_every_cell_is_a_row_in_the_order_given(rows, columns, chance):
    cells = [
        Cell(row, column, chance.choice(TONES), chance.choice(["", "3"]))
        for row in rows
        for column in columns
        if chance.random() < 0.5
    ]
    figure = grid(cells, rows, columns)
    assert [(r["row"], r["column"], r["tone"], r["text"]) for r in records(figure)] == [
        (c.row, c.column, c.tone, c.text) for c in cells
    ]
    assert figure.options["rows"].split(BETWEEN) == rows
    assert figure.options["columns"].split(BETWEEN) == columns
    assert not figure.empty, "a grid without marks says that nothing is served"


def test_tones_are_told_in_words_where_they_have_any():
    cells = [Cell("Mål", "2022", BETTER, "52,1", ("riket 50,0",)), Cell("Mål", "2023", NONE, "", ("",))]
    figure = grid(
        cells, ["Mål"], ["2022", "2023"], tones={BETTER: "uppnått"}, row_title="Mål", column_title="År",
        more_columns=(Column("against", "Mot", Role.TEXT),), row_notes=["Förtroende för sjukvården"],
    )  # fmt: skip
    assert [r["tone_text"] for r in records(figure)] == ["uppnått", ""]
    assert keys(figure, "file") == ("row", "column", "tone_text", "text", "against")
    assert (figure.columns[0].title, figure.columns[1].title) == ("Mål", "År")
    assert figure.options["row_notes"] == "Förtroende för sjukvården"
    assert "tone_text" not in keys(grid(cells[:0], ["a"], ["b"]), "shown")


@pytest.mark.parametrize(
    ("cells", "rows", "columns", "more", "said"),
    [
        ([Cell("c", "b", PLAIN)], ["a"], ["b"], {}, "no row 'c'"),
        ([Cell("a", "c", PLAIN)], ["a"], ["b"], {}, "no column 'c'"),
        ([Cell("a", "b", "good")], ["a"], ["b"], {}, "no tone 'good'"),
        ([Cell("a", "b", PLAIN), Cell("a", "b", WORSE)], ["a"], ["b"], {}, "met 2 times"),
        ([Cell("a", "b", PLAIN, "", ("x",))], ["a"], ["b"], {}, "1 further cells, not 0"),
        ([], ["a", "a"], ["b"], {}, "'a' is no name"),
        ([], [f"a{BETWEEN}c"], ["b"], {}, "is no name"),
        ([], ["a"], [""], {}, "'' is no name"),
        ([], ["a"], ["b"], {"row_notes": ["x", "y"]}, "2 notes for 1 rows"),
        ([], ["a"], ["b"], {"row_notes": [f"x{BETWEEN}y"]}, "a note holds"),
    ],
)
def test_what_is_no_grid_is_refused(cells, rows, columns, more, said):
    with pytest.raises(ValueError, match=said):
        grid(cells, rows, columns, **more)


def test_no_rows_is_nothing_to_draw():
    assert grid([], [], ["b"]).empty == "Det finns inget att visa."
    assert grid([], ["a"], [], empty="Inget ännu.").empty == "Inget ännu."
