"""What is made ready for the screen is made once for a composed figure, and let go with it."""

from __future__ import annotations

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor

from hsf_kpi.composing.composed import Composed
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role
from hsf_kpi.model.period import Month
from hsf_kpi.model.selection import Selection
from hsf_kpi.ui.links import Place
from hsf_kpi.ui.prepared import prepared

CONTEXT = Context("hsf", "HSF", "", "oktober 2023", "månad", "alla", "dagens", "")
PLACE = Place("oversikt", Selection("hsf", Month.of(2023, 10)))


def composed() -> Composed:
    figure = Figure(
        FigureKind.TABLE, "prov", "Prov", "Prov", CONTEXT, (Column("unit", "Verksamhet", Role.TEXT),),
        (("A",), ("B",)), "", "Källa: prov", frozenset(),
    )  # fmt: skip
    return Composed(figure, units=("a", ""))


def test_every_thread_is_given_the_same_one() -> None:
    one = composed()
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: prepared(one), range(64)))
    assert len({id(each) for each in found}) == 1
    assert prepared(composed()) is not found[0]


def test_it_is_let_go_with_the_composed_figure() -> None:
    one = composed()
    kept = weakref.ref(prepared(one))
    assert prepared(one).tables(PLACE)
    assert kept() is not None
    del one
    gc.collect()
    assert kept() is None


def test_its_rows_lead_where_the_composed_ones_do() -> None:
    [(heading, table)] = prepared(composed()).tables(PLACE)
    first, second = table.column(0).to_pylist()
    assert heading == ""
    assert first.startswith("[A](")
    assert "enhet=a" in first
    assert second == "B"


def test_a_row_may_open_a_choice_of_its_own_page() -> None:
    place = Place("omvarld", PLACE.selection)
    one = Composed(composed().figure, opens=((("utblick", "ett"), ("matt", "U70447")), ()))
    [(_, table)] = prepared(one).tables(place)
    first, second = table.column(0).to_pylist()
    assert first.startswith("[A](omvarld?")
    assert "utblick=ett" in first
    assert "matt=U70447" in first
    assert first.endswith("#valt-utblick)"), "what it opens may stand farther down the page"
    assert second == "B"
