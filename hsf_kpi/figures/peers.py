"""The own place among comparable units: every unit a dot in order, those outside the scope without a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from hsf_kpi.analysis.peers import Peer, Standing
from hsf_kpi.analysis.types import Assessment
from hsf_kpi.figures.captions import (
    caption,
    measure_words,
    own_context,
    sentences,
    source_line,
    target_sources,
)
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Mark, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.marks import target_marks
from hsf_kpi.figures.phrases import how_many, target_wording
from hsf_kpi.figures.shape import latest_month, slug
from hsf_kpi.model.codes import Direction, OrgView
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.peers import SMALLEST_GROUP, Withheld
from hsf_kpi.model.target import TargetKind
from hsf_kpi.swedish.numbers import SPACE, value_text
from hsf_kpi.swedish.words import ORG_WORD, sentence_start

WHAT = "Plats bland jämförbara"
UNNAMED = "annan verksamhet"
NO_NAME = "–"
OWN, NAMED, OTHER = "own", "named", "other"
"""What a row's dot is: the unit itself, one within the scope, one outside it."""

_WITHHELD: Mapping[Withheld, str] = {
    Withheld.HIDDEN: (
        f"Platsen visas inte: utan namn visas verksamheter bara när de är minst {how_many(SMALLEST_GROUP)} med ett"
        " värde som får visas, och när värdena skiljer sig åt."
    ),
    Withheld.EARLIER: (
        f"Verksamheter utan namn visas bara i {ORG_WORD[OrgView.TODAY]}. Välj den under ”Mer” för att se platsen."
    ),
    Withheld.OVERLAPPING: (
        "Platsen visas inte: utan namn visas verksamheter bara i en grupp vars verksamheter inte står i någon annan grupp."
    ),
}
OF_EVERYBODY = frozenset(
    {TargetKind.AT_LEAST, TargetKind.ABOVE, TargetKind.AT_MOST, TargetKind.BELOW, TargetKind.BETWEEN}
)
"""Targets whose line is the same for all units; last year's value and a budget are each unit's own."""


def peers(found: Standing, assessment: Assessment, names: Mapping[str, str], *, context: Context) -> Figure:
    """A row for each unit, first place first. names: unit id → name, of the units within the scope."""
    measure = assessment.measure
    unit, decimals = measure.unit_of_measure, measure.decimals
    own = own_context(context, measure, [assessment.outcome])
    median = float(found.median)
    marks: tuple[Mark, ...] = (
        Mark(Role.MEDIAN, f"Median {value_text(found.median, measure)}", median, median),
    )
    if assessment.target is not None and assessment.target.kind in OF_EVERYBODY:
        marks += target_marks(assessment)
    return Figure(
        kind=FigureKind.PEERS,
        slug=f"{slug(measure.key)}-plats",
        title=fitting(_titles(found, measure, context.unit)),
        caption=caption(f"{WHAT}: {measure_words(measure)}", context, period=own.period, view=own.view),
        context=own,
        columns=(
            Column("place", "Plats", Role.COUNT),
            Column("name", "Verksamhet", Role.LABEL),
            Column("value", "Värde", Role.OUTCOME, unit, decimals),
            Column("value_text", "Värde", Role.TEXT),
            Column("whose", "Vems", Role.STATUS),
        ),
        rows=tuple(_row(peer, found, names, measure) for peer in found.peers),
        sentence=_sentence(found, assessment, context),
        source=_source(found, assessment),
        origins=found.origins,
        marks=marks,
        help=_help(found, measure, context),
        unit=unit,
        decimals=decimals,
        options={
            "shown": "place,name,value_text",
            "file": "place,name,value",
            "month": latest_month([assessment]),
        },
    )


def peers_withheld(why: Withheld, assessment: Assessment, *, context: Context) -> Figure | None:
    """In the place of a comparison that may not be shown; None where there is nothing to compare."""
    if why not in _WITHHELD:
        return None
    measure = assessment.measure
    own = own_context(context, measure, [assessment.outcome])
    return Figure(
        kind=FigureKind.PEERS,
        slug=f"{slug(measure.key)}-plats",
        title=f"{WHAT} kan inte visas här",
        caption=caption(measure_words(measure), context, period=own.period, view=own.view),
        context=own,
        columns=(Column("place", "Plats", Role.COUNT), Column("name", "Verksamhet", Role.LABEL)),
        rows=(),
        sentence=f"{WHAT}, {measure_words(measure)}, {context.unit}.",
        source=source_line([measure], [assessment.outcome]),
        origins=frozenset(),
        unit=measure.unit_of_measure,
        decimals=measure.decimals,
        empty=_WITHHELD[why],
        options={"month": latest_month([assessment])},
    )


def _row(peer: Peer, found: Standing, names: Mapping[str, str], measure: Measure) -> tuple[Value, ...]:
    name = NO_NAME if peer.unit is None else names[peer.unit]
    return peer.place, name, float(peer.value), value_text(peer.value, measure), _whose(peer, found)


def _whose(peer: Peer, found: Standing) -> str:
    return OTHER if peer.unit is None else OWN if peer.unit == found.unit else NAMED


def _titles(found: Standing, measure: Measure, unit: str) -> Iterator[str]:
    """«Kirurgkliniken har plats 7 av 14 bland kliniker med patientvård: medianen är 4,2 %», and shorter ones."""
    place = f"{'delad ' if found.shared else ''}plats {found.place} av {len(found.peers)}"
    order = "" if measure.direction in (Direction.UP, Direction.DOWN) else ", lägst först"
    median = f"medianen är {value_text(found.median, measure)}"
    yield f"{unit} har {place} {found.group}{order}: {median}"
    yield f"{unit} har {place}{order}: {median}"
    yield f"{sentence_start(place)}{order}: {median}"


def _help(found: Standing, measure: Measure, context: Context) -> str:
    kinds = {_whose(peer, found) for peer in found.peers}
    dots = [f"Ringad punkt: {context.unit}"]
    if NAMED in kinds:
        dots.append("fylld: verksamhet i behörigheten")
    if OTHER in kinds:
        dots.append(f"ofylld: {UNNAMED}, som visas utan namn")
    return sentences(
        f"Jämförs: verksamheter {found.group} där nyckeltalet mäts, i {context.organisation}.",
        f"{'; '.join(dots)}.",
        order_words(measure),
        left_out_words(found.left_out),
    )


def order_words(measure: Measure) -> str:
    first = f"Plats{SPACE}1 har det"
    if measure.direction is Direction.UP:
        return f"{first} högsta värdet, som är bäst."
    if measure.direction is Direction.DOWN:
        return f"{first} lägsta värdet, som är bäst."
    return f"{first} lägsta värdet; platsen säger inte vad som är bäst."


def left_out_words(count: int) -> str:
    if not count:
        return ""
    units, value = ("verksamhet", "värdet") if count == 1 else ("verksamheter", "deras värde")
    return f"{how_many(count, capital=True)} {units} är inte med: {value} saknas, är ofullständigt eller maskerat."


def _sentence(found: Standing, a: Assessment, context: Context) -> str:
    """What a sighted reader takes in. Nobody is named but the unit itself."""
    measure = a.measure
    values = [peer.value for peer in found.peers]
    own = next(peer.value for peer in found.peers if peer.unit == found.unit)
    target = ""
    if a.target is not None and a.target.kind in OF_EVERYBODY:
        target = f"Mål: {target_wording(a)}."
    return sentences(
        f"Punktdiagram med {len(values)} verksamheter {found.group} i ordning. {measure_words(measure)}.",
        f"{context.unit} har {value_text(own, measure)}, {'delad ' if found.shared else ''}plats {found.place}.",
        f"Lägst {value_text(min(values), measure)}, högst {value_text(max(values), measure)},"
        f" medianen är {value_text(found.median, measure)}.",
        target,
    )


def _source(found: Standing, a: Assessment) -> str:
    """The own value's source, and the origins of the others, whose sources are not told."""
    cell = a.outcome.cell
    outcomes = [a.outcome]
    if cell is not None:
        others = sorted(found.origins - {cell.origin})
        outcomes += [replace(a.outcome, cell=replace(cell, origin=origin, source="")) for origin in others]
    return source_line([a.measure], outcomes, targets=target_sources([a]))
