"""A funnel: each unit's value by its size, within or outside what chance alone gives a unit of that size."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from hsf_kpi.analysis.compare.types import Funnel, FunnelLimit, FunnelPoint, FunnelZone, NoFunnel
from hsf_kpi.figures.captions import caption, measure_words, own_context, source_line
from hsf_kpi.figures.compare.funnel_words import (
    funnel_help,
    funnel_sentence,
    funnel_titles,
    size_text,
    zone_text,
)
from hsf_kpi.figures.compare.words import side
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Mark, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.peers import NAMED, OWN
from hsf_kpi.figures.shape import slug
from hsf_kpi.model.measure import Measure
from hsf_kpi.swedish.numbers import SPACE, value_text
from hsf_kpi.swedish.sorting import swedish_key

LINE = ("size", "low_998", "low_95", "high_95", "high_998")
"""The numbers of each point of the limits in the option «curve»."""


def funnel_figure(
    found: Funnel | NoFunnel, measure: Measure, names: Mapping[str, str], *, context: Context
) -> Figure:
    """A row for each unit, by name in Swedish order, with the limits at its own size. names: unit id → name.

    The option «curve» holds the limits over all sizes: numbers as `LINE` with commas between, points with semicolons.
    """
    if isinstance(found, NoFunnel):
        return _without(found, measure, context)
    unit, decimals = measure.unit_of_measure, measure.decimals
    own = names.get(found.own, found.own) if found.own is not None else ""
    shown = own_context(context, measure, found.outcomes)
    centre = Mark(Role.MEAN, f"Alla {value_text(found.centre, measure)}", found.centre, found.centre)
    limits = [
        Column(f"{end}_{share}", f"{title}, {percent}{SPACE}%", role, unit, decimals)
        for share, percent in (("95", "95"), ("998", "99,8"))
        for end, title, role in (
            ("low", "Undre gräns", Role.LIMIT_LOW),
            ("high", "Övre gräns", Role.LIMIT_HIGH),
        )
    ]
    points = sorted(found.points, key=lambda point: swedish_key(names.get(point.unit, point.unit)))
    return Figure(
        kind=FigureKind.FUNNEL,
        slug=f"{slug(measure.key)}-tratt",
        title=fitting(funnel_titles(found, names)),
        caption=caption(
            f"{measure_words(measure)}, efter antal {_size_name(found)}, {found.group.words}",
            context,
            period=shown.period,
            view=shown.view,
        ),
        context=shown,
        columns=(
            Column("unit", "Verksamhetens id", Role.SERIES),
            Column("name", "Verksamhet", Role.LABEL),
            Column("size", _size_title(found), Role.SIZE),
            Column("size_text", _size_title(found), Role.TEXT),
            Column("value", "Värde", Role.OUTCOME, unit, decimals),
            Column("value_text", "Värde", Role.TEXT),
            *limits,
            Column("zone", "Zon", Role.TEXT),
            Column("zone_text", "Mot slumpen", Role.TEXT),
            Column("side", "Sida", Role.SIGNAL),
            Column("whose", "Vems", Role.STATUS),
        ),
        rows=tuple(_row(point, found, names) for point in points),
        sentence=funnel_sentence(found, names),
        source=source_line([measure], found.outcomes),
        origins=found.origins,
        marks=(centre,),
        help=funnel_help(found, own),
        unit=unit,
        decimals=decimals,
        options={
            "shown": "name,size_text,value_text,zone_text",
            "file": f"name,size,value,{','.join(column.key for column in limits)},zone_text",
            "curve": ";".join(",".join(repr(getattr(at, key)) for key in LINE) for at in found.limits),
            "size": _size_title(found),
            "month": _latest(found),
        },
    )


def _without(found: NoFunnel, measure: Measure, context: Context) -> Figure:
    return Figure(
        kind=FigureKind.FUNNEL,
        slug=f"{slug(measure.key)}-tratt",
        title="Slumpens andel i skillnaderna visas inte här",
        caption=caption(measure_words(measure), context),
        context=context,
        columns=(Column("name", "Verksamhet", Role.LABEL), Column("value", "Värde", Role.OUTCOME)),
        rows=(),
        sentence=f"Trattdiagram, {measure_words(measure)}.",
        source=source_line([measure], []),
        origins=frozenset(),
        unit=measure.unit_of_measure,
        decimals=measure.decimals,
        empty=found.words,
    )


def _size_name(found: Funnel) -> str:
    return found.size_words or "i nämnaren"


def _size_title(found: Funnel) -> str:
    return f"Antal {_size_name(found)}"


def _row(point: FunnelPoint, found: Funnel, names: Mapping[str, str]) -> tuple[Value, ...]:
    measure, at = found.measure, limits_at(found.limits, point.size)
    return (
        point.unit,
        names.get(point.unit, point.unit),
        point.size,
        size_text(point, found),
        point.value,
        value_text(point.value, measure),
        at.low_95,
        at.high_95,
        at.low_998,
        at.high_998,
        point.zone.value,
        zone_text(point, found),
        "" if point.zone is FunnelZone.INSIDE else side(measure, point.high),
        OWN if point.unit == found.own else NAMED,
    )


def limits_at(limits: Sequence[FunnelLimit], size: float) -> FunnelLimit:
    """The limits at a size between two of the curve, along 1/√size, as they follow it; at its ends the nearest. The curve
    has one point at the least.
    """
    above = bisect_left([at.size for at in limits], size)
    if above in (0, len(limits)):
        return limits[min(above, len(limits) - 1)]
    low, high = limits[above - 1], limits[above]
    share = (low.size**-0.5 - size**-0.5) / (low.size**-0.5 - high.size**-0.5)
    between = {key: getattr(low, key) + share * (getattr(high, key) - getattr(low, key)) for key in LINE[1:]}
    return FunnelLimit(size=size, **between)


def _latest(found: Funnel) -> str:
    return max(o.period.end for o in found.outcomes).iso if found.outcomes else ""
