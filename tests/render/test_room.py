"""The room that is kept for a chart is what the chart takes, or nearly."""

from __future__ import annotations

import pytest

from hsf_kpi.figures.figure import Figure, FigureKind
from hsf_kpi.render import screen
from hsf_kpi.render.image import chart_size, chart_svg
from hsf_kpi.render.room import AROUND, least_height
from tests.figures.figure_samples import CONTEXT
from tests.render import compare_drawn, grid_samples, timeline_samples
from tests.render.test_render_economy import history, road
from tests.render.test_screen import curve_figure, goal_figure

YEARS = 14
"""Pixels that may be missing: the years under the months, which not every curve has."""
FIGURES: dict[str, Figure] = {
    "trend": curve_figure(),
    "goals": goal_figure(4, 1, 8),
    "trajectory": road(),
    "history": history(),
    "timeline": timeline_samples.road(),
    "grid": grid_samples.risks(),
    **{kind: make() for kind, make in compare_drawn.EVERY.items()},
}


@pytest.mark.parametrize("figure", FIGURES.values(), ids=FIGURES)
def test_a_charts_place_is_as_high_as_the_chart_and_never_higher(figure: Figure) -> None:
    kept = least_height(figure, screen.arrow_data(figure))
    widths = (300, 1100) if figure.kind is FigureKind.GRID else (1100,)
    drawn = min(chart_size(chart_svg(figure, width))[1] for width in widths)
    assert drawn - (40 if figure.kind is FigureKind.GRID else YEARS) <= kept <= drawn


def test_every_kind_that_is_drawn_has_its_room() -> None:
    drawn = {kind for kind in FigureKind if screen.is_drawn(kind)}
    assert drawn - {FigureKind.GRID} == set(AROUND)


def test_a_table_has_none() -> None:
    table = Figure(FigureKind.TABLE, "t", "T", "T", CONTEXT, (), (), "", "", frozenset())
    with pytest.raises(ValueError, match="table"):
        least_height(table, screen.arrow_data(curve_figure()))
