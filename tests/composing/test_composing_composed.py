"""What a composed figure tells of, by which it is judged who may take it."""

from __future__ import annotations

from hsf_kpi.composing.composed import Composed
from hsf_kpi.figures.figure import Context, Figure, FigureKind

CONTEXT = Context("hsf", "HSF", "", "oktober 2023", "månad", "alla", "dagens", "")
FIGURE = Figure(FigureKind.TABLE, "prov", "Prov", "Prov", CONTEXT, (), (), "", "Källa: prov", frozenset())


def test_it_tells_of_the_chosen_unit_of_its_own_of_those_it_leads_to_and_of_those_it_names() -> None:
    assert Composed(FIGURE).tells_of_units("a") == {"a", "hsf"}
    named = Composed(FIGURE, units=("b", "", "c"), named=("d",))
    assert named.tells_of_units("a") == {"a", "hsf", "b", "c", "d"}


def test_it_tells_of_its_keys_else_of_its_rows_measures_else_of_the_pages() -> None:
    assert Composed(FIGURE, measures=("m",), keys=("k", "l")).tells_of_measures("p") == ("k", "l")
    assert Composed(FIGURE, measures=("m",)).tells_of_measures("p") == ("m",)
    assert Composed(FIGURE).tells_of_measures("p") == ("p",)
    assert Composed(FIGURE).tells_of_measures(None) == ()


def test_two_of_the_same_figure_are_not_the_same() -> None:
    assert Composed(FIGURE) != Composed(FIGURE)
