"""The order of the regions as bars: the own region stands out, and nothing is said to be mnkr that is not."""

from __future__ import annotations

from fractions import Fraction

from hsf_kpi import ROOT
from hsf_kpi.analysis.regions import standing
from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.surroundings.about import About
from hsf_kpi.figures.surroundings.order import ranking_bars
from hsf_kpi.figures.surroundings.other_plan import funding_bars
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.codes import Direction
from hsf_kpi.model.surroundings import KeyFigure
from hsf_kpi.render.contribution_chart import contribution_rows
from hsf_kpi.render.native import contribution as native
from hsf_kpi.render.native.types import Ink, Look
from tests.figures.figure_samples import CONTEXT
from tests.render.native.native_rules import check, plain

HOME = "0019"
NAMES = {"a": "Avlund", "b": "Bylund", "c": "Cedlund", "d": "Dalund", HOME: "Hemma"}


def bars() -> Figure:
    figure = KeyFigure("U1", "Förtroende", "Förtroende", "Enkäten", "procent", 1, Direction.UP, "x")
    years = {
        2025: {"a": Fraction(9), "b": Fraction(8), "c": Fraction(7), "d": Fraction(1), HOME: Fraction(6)}
    }
    found = standing(years, {}, HOME, Direction.UP)
    return ranking_bars(
        About(figure, HOME, NAMES, years, {2025: Fraction(5)}, found, "Kolada"), context=CONTEXT
    )


def test_on_the_screen_the_own_bar_is_the_strongest_and_a_share_is_no_money() -> None:
    rows = contribution_rows(bars())
    tones = [row.tone for row in rows if row.layer == "bar"]
    assert tones == ["better", "better", "better", "data", "grey", "grey"]
    tips = [plain(row.tip) for row in rows if row.layer == "told" and row.tip]
    assert tips[3:] == ["Hemma: 6,0 %", "Dalund: 1,0 %", "Riket: 5,0 %"]


def test_in_powerpoint_and_excel_too() -> None:
    (chart,) = native.charts(bars())
    check(chart)
    assert chart.categories == ("Avlund", "Bylund", "Cedlund", "Hemma", "Dalund", "Riket")
    assert chart.series[0].points == {
        0: Look(Ink.BETTER),
        1: Look(Ink.BETTER),
        2: Look(Ink.BETTER),
        3: Look(Ink.DATA),
    }


def test_what_is_money_is_said_to_be() -> None:
    plan = read_catalogue(ROOT / "data").surroundings.plan
    assert plan is not None
    rows = contribution_rows(funding_bars(plan, context=CONTEXT))
    tips = [plain(row.tip) for row in rows if row.layer == "told" and row.tip]
    assert tips == ["2017: 100 mnkr", "2018: 350 mnkr", "2019: 550 mnkr", "Sammanlagt: 1 000 mnkr"]
