"""Rankings, distributions, funnels and small curves as figures, for the tests of how they are drawn."""

from __future__ import annotations

import pandas as pd

from hsf_kpi.figures.compare.distribution import distribution_figure
from hsf_kpi.figures.compare.funnel import funnel_figure
from hsf_kpi.figures.compare.multiples import curves_figure
from hsf_kpi.figures.compare.ranking import ranking_figure
from hsf_kpi.figures.figure import Figure
from hsf_kpi.model.codes import Direction, UnitOfMeasure
from hsf_kpi.render.frame import UNSEEN
from hsf_kpi.render.screen import data
from tests.figures.compare_figure_samples import GOAL, HERE, funnel, names_of, ranking
from tests.figures.figure_samples import measure, months

FIVE = ("5.3", "9.1", "4.0", "6.2", "7.0")
HALVES = (0.8, 1.2, 0.5, 2.0, 1.0)
OUTSIDE = ("4.2", "5.5", "7.0", "8.0", "9.1")
PAIRS = ((400, 20.0), (300, 6.0), (900, 5.9), (9000, 6.1), (100, 6.0))


def ranked(values=FIVE, *, unit=UnitOfMeasure.PERCENT, direction=Direction.DOWN, **more) -> Figure:
    m = measure(unit=unit, direction=direction)
    return ranking_figure(ranking(values, measured=m, **more), m, names_of(40), context=HERE)


def spread(values=FIVE, *, unit=UnitOfMeasure.PERCENT, direction=Direction.DOWN, **more) -> Figure:
    found = ranking(values, measured=measure(unit=unit, direction=direction), **more)
    return distribution_figure(found, names_of(40), context=HERE)


def tratt(*pairs, unit=UnitOfMeasure.PERCENT, direction=Direction.DOWN, **more) -> Figure:
    m = measure(unit=unit, direction=direction)
    return funnel_figure(funnel(*pairs, measured=m, **more), m, names_of(40), context=HERE)


def small(m=None, own="kir", **lines) -> Figure:
    m = m or measure(targets=(GOAL,))
    found = {unit: months(m, list(line)) for unit, line in lines.items()}
    return curves_figure(m, found, names_of(40), own=own, context=HERE)


EVERY = {
    "ranking": lambda **more: ranked(widths=HALVES, **more),
    "distribution": spread,
    "funnel": lambda **more: tratt(*PAIRS, **more),
}


def layer(figure: Figure, name: str) -> pd.DataFrame:
    rows = data(figure)
    return rows[(rows["layer"] == name) & (rows["tone"] != UNSEEN)].reset_index(drop=True)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")
