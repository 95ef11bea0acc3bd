"""The small trend in a tile: utfall, its latest dot, and the target. A figure with its own sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hsf_kpi.analysis.types import Assessment, Outcome
from hsf_kpi.figures.figure import Context, Figure, FigureKind
from hsf_kpi.figures.marks import comparison_mark
from hsf_kpi.figures.trend import trend
from hsf_kpi.figures.trend_rows import target_since

SPARK_PERIODS = 24
"""Two years of months; for yearly measures all the years there are, up to as many."""


def spark(assessment: Assessment, outcomes: Sequence[Outcome], *, context: Context) -> Figure:
    """The last 24 periods of `outcomes` (time order, gaps included). Without a value: `empty` says why."""
    shown = outcomes[-SPARK_PERIODS:]
    figure = trend(assessment, shown, context=context)
    marks = comparison_mark(assessment, since=target_since(assessment, shown))
    return replace(figure, kind=FigureKind.SPARK, marks=marks, slug=f"{figure.slug}-trend")
