"""Måluppfyllelse: a line for each målområde, a mark for each målvärde in its status shape, «8 av 25» last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hsf_kpi.analysis.types import Assessment
from hsf_kpi.figures.captions import caption, near_words, own_state, sentences, source_line, target_sources
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.phrases import verdict_text
from hsf_kpi.figures.shape import latest_month, origins_of
from hsf_kpi.model.codes import Status
from hsf_kpi.swedish.words import STATUS_SHAPE, STATUS_WORD

STATUS_ORDER = (Status.MET, Status.NEAR, Status.MISSED, Status.NOT_ASSESSABLE)


def goals(areas: Sequence[tuple[str, Sequence[Assessment]]], *, context: Context) -> Figure:
    """areas: (målområdets namn, its assessments) in the plan's order. Every assessment becomes a mark.

    Rows are sorted by status inside an area, then in the order given. The title counts what is met of what is
    judged, and so does each line's total: what can't be judged is a ring and no miss.
    """
    everything = [a for _, assessments in areas for a in assessments]
    all_judged = len(judged(everything)) == len(everything)
    rows: list[tuple[Value, ...]] = []
    for name, assessments in areas:
        for a in sorted(assessments, key=lambda a: STATUS_ORDER.index(a.status)):
            total = met_of(assessments, of_all=all_judged)
            rows.append((name, a.measure.name, a.status.value, verdict_text(a), total, a.reason))
    return Figure(
        kind=FigureKind.GOALS,
        slug="maluppfyllelse",
        title=fitting(met_titles(everything, context.unit, context)),
        caption=caption("Måluppfyllelse per målområde, ett märke för varje målvärde", context),
        context=replace(context, state=own_state(context, (a.outcome for a in everything))),
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


def judged(assessments: Sequence[Assessment]) -> list[Assessment]:
    return [a for a in assessments if a.status is not Status.NOT_ASSESSABLE]


def met_of(assessments: Sequence[Assessment], *, of_all: bool = False) -> str:
    """«7 av 21 bedömda», «ingen bedömd»; of_all: «7 av 21», where everything shown is judged."""
    found = judged(assessments)
    if not found:
        return "ingen bedömd" if assessments else "inga målvärden"
    met = sum(a.status is Status.MET for a in found)
    return f"{met} av {len(found)}" + ("" if of_all else " bedömda")


def met_titles(assessments: Sequence[Assessment], where: str, context: Context) -> Iterator[str]:
    """How many of the judged targets are met at a unit or in a målområde, or why there are none to judge."""
    found = judged(assessments)
    if assessments and all(a.target is None for a in assessments) and not _has_targets(assessments, context):
        yield f"Planen har inga målvärden för {context.year}"
    elif not found:
        yield f"Inget målvärde kan bedömas i {where}"
        yield "Inget målvärde kan bedömas"
    else:
        met = sum(a.status is Status.MET for a in found)
        which = "målvärden" if len(found) == len(assessments) else "bedömda målvärden"
        yield f"{met} av {len(found)} {which} nås i {where}"
        yield f"{met} av {len(found)} {which} nås"


def _has_targets(assessments: Sequence[Assessment], context: Context) -> bool:
    """Whether the plan has targets for the chosen year, so that it is the unit that they do not hold at."""
    if not context.year:
        return True
    return any(a.measure.target_for(int(context.year)) is not None for a in assessments)


def _sentence(
    areas: Sequence[tuple[str, Sequence[Assessment]]], everything: Sequence[Assessment], context: Context
) -> str:
    each = "; ".join(
        f"{name}: {met_of(assessments)}{' uppnått' if judged(assessments) else ''}"
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
