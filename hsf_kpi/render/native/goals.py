"""Måluppfyllelse as stacked bars: how many målvärden of each målområde have each status."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.goals import STATUS_ORDER
from hsf_kpi.figures.shape import records
from hsf_kpi.model.codes import Status
from hsf_kpi.render.native.parts import WORDS, room
from hsf_kpi.render.native.types import UNWRITTEN, Ink, NativeAxis, NativeChart, NativeSeries, Shape
from hsf_kpi.swedish.numbers import SPACE
from hsf_kpi.swedish.words import STATUS_SHAPE, STATUS_WORD, sentence_start

INKS = {
    Status.MET: Ink.BETTER,
    Status.NEAR: Ink.GREY,
    Status.MISSED: Ink.WORSE,
    Status.NOT_ASSESSABLE: Ink.DATA2,
}
GAP = 50


def charts(figure: Figure) -> tuple[NativeChart, ...]:
    """One chart; a bar for each målområde in the plan's order, «3 av 4 bedömda» at its end."""
    groups = [(area, list(found)) for area, found in groupby(records(figure), lambda r: str(r["area"]))]
    counts = [Counter(str(record["status"]) for record in found) for _, found in groups]
    totals = [str(found[-1]["total"]) for _, found in groups]
    most = float(max((len(found) for _, found in groups), default=1))
    ends = NativeSeries(WORDS, (0,) * len(groups), ink=Ink.NONE, labels=dict(enumerate(totals)))
    return (
        NativeChart(
            Shape.BAR,
            (*(_series(status, counts) for status in STATUS_ORDER), ends),
            categories=tuple(area for area, _ in groups),
            value=NativeAxis(UNWRITTEN, 0.0, most + room(totals, most)),
            stacked=True,
            gap=GAP,
        ),
    )


def _series(status: Status, counts: list[Counter[str]]) -> NativeSeries:
    """The count of each area, zero too; what is zero has no label."""
    values = tuple(count[status.value] for count in counts)
    labels = {i: _mark(status, value) for i, value in enumerate(values) if value}
    return NativeSeries(sentence_start(STATUS_WORD[status]), values, ink=INKS[status], labels=labels)


def _mark(status: Status, count: int) -> str:
    """«● 14»; «●1», since a bar of one has no more room."""
    return f"{STATUS_SHAPE[status]}{SPACE if count > 1 else ''}{count}"
