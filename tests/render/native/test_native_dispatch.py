"""Every kind of figure has an entry, and number formats that a spreadsheet reads as they are meant."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hsf_kpi.figures.figure import FigureKind
from hsf_kpi.figures.trend import trend
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.render.native import CHARTS, native
from hsf_kpi.render.native.formats import axis_format, number_format
from hsf_kpi.render.screen import is_drawn
from tests.figures.figure_samples import CONTEXT, assessment, measure, months

NBSP = "\N{NO-BREAK SPACE}"


def test_every_kind_has_an_entry():
    assert set(CHARTS) == set(FigureKind), "a new kind of figure needs a module with `charts(figure)`"


def test_what_the_screen_draws_is_drawn_here():
    os = months(measure(), ["6.1", "6.2"])
    figure = trend(assessment(os[-1]), os, context=CONTEXT)
    assert native(figure)
    assert native(replace(figure, kind=FigureKind.TABLE)) == ()
    assert native(replace(figure, empty="Inget att visa.")) == ()
    assert {kind for kind in FigureKind if not is_drawn(kind)} == {FigureKind.TABLE}


@pytest.mark.parametrize(
    ("unit", "decimals", "form"),
    [
        (UnitOfMeasure.PERCENT, 1, f'#,##0.0"{NBSP}%"'),
        (UnitOfMeasure.MINUTES, 2, f'#,##0.00"{NBSP}min"'),
        (UnitOfMeasure.MNKR, 0, "#,##0"),
        (None, 9, "#,##0.0000"),
        (None, -1, "#,##0"),
    ],
)
def test_a_number_has_its_decimals_and_a_share_its_sign_as_text(unit, decimals, form):
    assert number_format(unit, decimals) == form


@pytest.mark.parametrize(
    ("unit", "low", "high", "form"),
    [
        (UnitOfMeasure.PERCENT, 0, 100, f'#,##0"{NBSP}%"'),
        (UnitOfMeasure.PERCENT, 5, 7, f'General"{NBSP}%"'),
        (UnitOfMeasure.MNKR, -1200, 0, "#,##0"),
        (UnitOfMeasure.FTE, 7001, 7002, "#,##0.00"),
        (UnitOfMeasure.FTE, 7001, 7010, "#,##0.0"),
    ],
)
def test_an_axis_writes_no_two_lines_alike(unit, low, high, form):
    assert axis_format(unit, low, high) == form
