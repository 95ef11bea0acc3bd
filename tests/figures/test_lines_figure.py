"""Several yearly series as a figure: rows, words, what is refused."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.figures.figure import FigureKind, Role
from hsf_kpi.figures.lines import LOOKS, OWN, Line
from hsf_kpi.figures.shape import records
from hsf_kpi.model.codes import UnitOfMeasure
from tests.render.lines_samples import REGIONS, lines

SERIES = st.lists(
    st.tuples(
        st.sampled_from(LOOKS), st.dictionaries(st.integers(1990, 2040), st.none() | st.floats(width=32), max_size=6)
    ),
    max_size=5,
)  # fmt: skip


@given(SERIES)
def test_every_value_is_a_row_and_a_year_in_order(drawn):
    series = [Line(f"Serie {i}", look, values) for i, (look, values) in enumerate(drawn)]
    figure = lines(series=series)
    finite = [v for line in series for v in line.values.values() if v is not None and abs(v) < float("inf")]
    assert bool(figure.empty) is (not finite)
    if figure.empty:
        assert figure.rows == ()
        return
    found = list(records(figure))
    assert [r["outcome"] for r in found if r["outcome"] is not None] == pytest.approx(
        [
            line.values[year]
            for line in series
            for year in sorted(line.values)
            if line.values[year] is not None and abs(line.values[year]) < float("inf")
        ]
    )
    assert len(found) == sum(len(line.values) for line in series)
    assert all(r["date"] == dt.date(int(r["year"]), 12, 31) for r in found)
    assert all((r["outcome_text"] == "saknas") is (r["outcome"] is None) for r in found)


def test_columns_have_the_roles_that_are_drawn():
    figure = lines()
    assert figure.kind is FigureKind.LINES
    assert all(figure.column(role) is not None for role in (Role.LABEL, Role.TIME, Role.OUTCOME, Role.STATUS))
    first = next(records(figure))
    assert (first["series"], first["look"], first["year"]) == ("Västmanland", OWN, "2021")


@pytest.mark.parametrize(
    ("unit", "decimals", "value", "text"),
    [
        (UnitOfMeasure.PERCENT, 1, Fraction(1045, 20), "52,3 %"),
        (UnitOfMeasure.COUNT, 0, 281_158, "281 158"),
        (None, 2, -0.5, "−0,50"),
    ],
)
def test_words_of_a_value(unit, decimals, value, text):
    figure = lines(Line("A", OWN, {2023: value}), unit=unit, decimals=decimals)
    (row,) = records(figure)
    assert str(row["outcome_text"]).replace("\N{NO-BREAK SPACE}", " ") == text
    assert isinstance(row["outcome"], float)


def test_what_is_no_series_is_refused():
    with pytest.raises(ValueError, match="no look 'strong'"):
        lines(Line("A", "strong", {2023: 1}))
    with pytest.raises(ValueError, match="twice"):
        lines(*REGIONS, REGIONS[0])


def test_nothing_to_draw_says_so():
    assert lines(Line("A", OWN, {2023: None})).empty == "Det finns inga värden att visa."
    assert lines(Line("A", OWN, {}), empty="Inget ännu.").empty == "Inget ännu."
