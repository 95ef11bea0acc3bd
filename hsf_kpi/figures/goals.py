"""Måluppfyllelse: a line for each målområde, a mark for each målvärde in its status shape, «8 av 25» last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hsf_kpi.analysis.types import Assessment
from hsf_kpi.figures.captions import caption, near_words, sentences, source_line, target_sources
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.phrases import status_text
from hsf_kpi.figures.shape import latest_month, origins_of
from hsf_kpi.model.codes import Status
from hsf_kpi.swedish.words import STATUS_SHAPE, STATUS_WORD

STATUS_ORDER = (Status.MET, Status.NEAR, Status.MISSED, Status.NOT_ASSESSABLE)


def goals(areas: Sequence[tuple[str, Sequence[Assessment]]], *, context: Context) -> Figure:
    """areas: (målområdets namn, its assessments) in the plan's order. Every assessment becomes a mark.

    Rows are sorted by status inside an area, then in the order given. The title counts what is met of all.
    """
    everything = [a for _, assessments in areas for a in assessments]
    rows: list[tuple[Value, ...]] = []
    for name, assessments in areas:
        met = sum(a.status is Status.MET for a in assessments)
        for a in sorted(assessments, key=lambda a: STATUS_ORDER.index(a.status)):
            total = f"{met} av {len(assessments)}"
            rows.append((name, a.measure.name, a.status.value, status_text(a.status), total, a.reason))
    met = sum(a.status is Status.MET for a in everything)
    return Figure(
        kind=FigureKind.GOALS,
        slug="maluppfyllelse",
        title=fitting(_titles(met, len(everything), context)),
        caption=caption("Måluppfyllelse per målområde, ett märke för varje målvärde", context),
        context=context,
        columns=(
            Column("area", "Målområde", Role.LABEL),
            Column("measure", "Nyckeltal", Role.TEXT),
            Column("status", "Statuskod", Role.STATUS),
            Column("status_text", "Status", Role.TEXT),
            Column("total", "Nås i målområdet", Role.COUNT),
            Column("reason", "Varför", Role.NOTE),
        ),
        rows=tuple(rows),
        sentence=_sentence(areas, everything, context),
        source=source_line([], (a.outcome for a in everything), targets=target_sources(everything)),
        origins=origins_of(a.outcome for a in everything),
        help=near_words(everything),
        empty="" if everything else "Det finns inga målvärden att visa.",
        options={
            "shown": "area,measure,status_text,reason",
            "file": "area,measure,status_text,reason",
            "month": latest_month(everything),
            "totals": totals(everything),
        },
    )


def totals(assessments: Sequence[Assessment]) -> str:
    """«● 14 uppnått · ◆ 8 nära · ■ 17 ej uppnått · ○ 9 kan inte bedömas»; a status that is zero too."""
    counts = {status: sum(a.status is status for a in assessments) for status in STATUS_ORDER}
    return " · ".join(f"{STATUS_SHAPE[s]} {count} {STATUS_WORD[s]}" for s, count in counts.items())


def _titles(met: int, of: int, context: Context) -> Iterator[str]:
    yield f"{met} av {of} målvärden nås i {context.unit}"
    yield f"{met} av {of} målvärden nås"


def _sentence(
    areas: Sequence[tuple[str, Sequence[Assessment]]], everything: Sequence[Assessment], context: Context
) -> str:
    each = "; ".join(
        f"{name}: {sum(a.status is Status.MET for a in assessments)} av {len(assessments)} uppnått"
        for name, assessments in areas
    )
    counts = ", ".join(
        f"{sum(a.status is status for a in everything)} {STATUS_WORD[status]}" for status in STATUS_ORDER
    )
    return sentences(
        f"Måluppfyllelse per målområde, {context.unit}, {context.period}.",
        f"Totalt {counts}.",
        f"{each}." if each else "",
    )
