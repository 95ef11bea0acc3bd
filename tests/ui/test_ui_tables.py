"""Tables on the page: where the columns of numbers are, told to the style; figures and rows made by hand alike."""

from __future__ import annotations

from dataclasses import replace

from streamlit.testing.v1 import AppTest

from hsf_kpi.composing.composed import Composed
from hsf_kpi.figures.figure import Column, Figure, FigureKind, Role
from hsf_kpi.ui.document import STYLE
from hsf_kpi.ui.prepared import GROUP_COLUMN, prepared
from hsf_kpi.ui.tables import MOST, TEXT, number_places
from tests.ui.test_ui_prepared import CONTEXT, PLACE

COLUMNS = tuple(
    Column(key, title, Role.TEXT)
    for key, title in (
        ("unit", "Verksamhet"),
        ("goal", GROUP_COLUMN),
        ("status", "Status"),
        ("value", "Utfall"),
    )
)
ROWS = (("2", "Mål A", "● uppnått", "8,9\u00a0%"), ("3", "Mål B", "■ ej uppnått", "maskerat"))


def figure() -> Figure:
    return Figure(
        FigureKind.TABLE, "prov", "Prov", "Prov", CONTEXT, COLUMNS, ROWS, "", "Källa: prov", frozenset()
    )


def test_the_first_column_names_the_row_whatever_it_holds() -> None:
    assert number_places([["1", "2"], ["3", "4"]]) == (2,)


def test_a_figures_columns_of_numbers_are_counted_as_they_are_shown() -> None:
    assert prepared(Composed(figure())).numbers == (4,)
    assert prepared(Composed(figure(), groups=("Mål A", "Mål B"))).numbers == (3,)


def test_the_style_knows_every_place_and_aligns_heading_and_cell() -> None:
    for place in (2, MOST):
        for cell in ("th", "td"):
            rule = f'[data-nyckel~="siffror_{place}"] {cell}:nth-child({place})'
            assert rule in STYLE
    assert "text-align: right !important" in STYLE


def test_the_style_keeps_every_short_column_on_one_line() -> None:
    for place in (2, MOST):
        assert f'[data-korta~="{place}"] td:nth-child({place}) > {TEXT}' in STYLE


def test_a_status_among_others_keeps_its_shape_in_its_colour() -> None:
    late = replace(figure(), rows=(("2", "Mål A", "två klara, ■ en försenad", "8,9"), ROWS[1]))
    ((_, table),) = prepared(Composed(late)).tables(PLACE)
    assert table.column("Status").to_pylist()[0] == "två klara, :orange[■] en försenad"


def page() -> None:
    from hsf_kpi.ui.tables import show_rows

    show_rows([{"Konto": "A", "Belopp": "\\-5,0", "Slag": "Kostnad"}], key="konton", alt="Konton")
    show_rows([{"Konto": "A", "Slag": "Kostnad"}], key="slag", alt="Slag")
    show_rows([], key="inga", alt="Inga")


def test_rows_made_by_hand_are_told_by_their_texts() -> None:
    app = AppTest.from_function(page).run()
    assert not app.exception
    assert len(app.table) == 3
