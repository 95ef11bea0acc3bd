"""A unit's own place among comparable units, measure by measure: a table without anybody else's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from hsf_kpi.analysis.peers import Standing
from hsf_kpi.analysis.types import Assessment
from hsf_kpi.figures.captions import caption, own_state, source_line, target_sources
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.phrases import how_many, outcome_text, period_of, verdict_text
from hsf_kpi.figures.shape import as_float, latest_month
from hsf_kpi.model.codes import Direction
from hsf_kpi.swedish.numbers import value_text

BEST, WORST = "bland de bästa", "bland de sämsta"
QUARTER = Fraction(1, 4)
NO_WAY = "Nyckeltalet har ingen riktning som är bättre"


def places_table(found: Sequence[tuple[Assessment, Standing]], *, context: Context) -> Figure:
    """A row for each measure that is compared, in the order given. Equal values share a place."""
    assessments = [a for a, _ in found]
    group = found[0][1].group if found else ""
    return Figure(
        kind=FigureKind.TABLE,
        slug="egen-plats",
        title=fitting(iter(_titles(found, context.unit))),
        caption=caption(f"Plats {group}" if group else "Plats bland jämförbara verksamheter", context),
        context=replace(context, state=own_state(context, (a.outcome for a in assessments))),
        columns=(
            Column("measure", "Nyckeltal", Role.LABEL),
            Column("value_text", "Värde", Role.TEXT),
            Column("value", "Värde", Role.OUTCOME),
            Column("place", "Plats", Role.TEXT),
            Column("median", "Median", Role.TEXT),
            Column("where", "Läge", Role.NOTE),
            Column("status", "Mot målet", Role.STATUS),
            Column("period", "Period", Role.TEXT),
        ),
        rows=tuple(_row(a, standing) for a, standing in found),
        sentence=f"Tabell över platsen i gruppen för {context.unit}, {how_many(len(found))} nyckeltal.",
        source=source_line(
            [a.measure for a in assessments],
            (a.outcome for a in assessments),
            targets=target_sources(assessments),
        ),
        origins=frozenset(origin for _, standing in found for origin in standing.origins),
        help="Plats 1 är bäst; där ingen riktning är bättre är plats 1 lägst. Läge: bästa eller sämsta fjärdedelen."
        " Verksamheter utanför behörigheten räknas med, men visas inte.",
        empty=""
        if found
        else "Inget nyckeltal kan jämföras med andra verksamheter av samma slag för den valda månaden.",
        options={
            "shown": "measure,value_text,place,median,where,status",
            "file": "measure,value,place,median,where,status,period",
            "month": latest_month(assessments),
        },
    )


def _row(a: Assessment, found: Standing) -> tuple[Value, ...]:
    return (
        a.measure.short_name,
        outcome_text(a.outcome, a.bound),
        as_float(a.outcome),
        f"{'delad ' if found.shared else ''}{found.place} av {len(found.peers)}",
        value_text(found.median, a.measure),
        where(found, a),
        verdict_text(a) if a.target else "",
        period_of(a.outcome),
    )


def where(found: Standing, a: Assessment) -> str:
    """«bland de bästa» (the first quarter), «bland de sämsta» (the last), else ""; "" where no direction is better.

    A value that most of the group shares is the median, and neither: who shares the last place with ten of twelve has the
    third place, and is not among the best.
    """
    if not _has_better_way(a):
        return ""
    own = next(peer.value for peer in found.peers if peer.unit == found.unit)
    if own == found.median:
        return ""
    before = sum(peer.place < found.place for peer in found.peers)
    after = sum(peer.place > found.place for peer in found.peers)
    reach = len(found.peers) * QUARTER
    if (own > found.median) == (a.measure.direction is Direction.UP):
        return BEST if before + 1 <= reach else ""
    return WORST if after + 1 <= reach else ""


def _has_better_way(a: Assessment) -> bool:
    return a.measure.direction in (Direction.UP, Direction.DOWN)


def _some(count: int) -> str:
    """«inget», «ett», «två»"""
    return ("inget", "ett")[count] if count < 2 else how_many(count)


def _titles(found: Sequence[tuple[Assessment, Standing]], unit: str) -> list[str]:
    best = sum(where(standing, a) == BEST for a, standing in found)
    worst = sum(where(standing, a) == WORST for a, standing in found)
    # Where no direction is better nobody is in the middle either.
    ways = sum(_has_better_way(a) for a, _ in found)
    if not found:
        return [f"{unit} kan inte jämföras", "Verksamheten kan inte jämföras"]
    if not ways:
        return [
            f"Inget av {how_many(len(found))} nyckeltal har en riktning som är bättre"
            if found[1:]
            else NO_WAY
        ]
    if not best and not worst:
        among = "" if ways == 1 else f" i något av {how_many(ways)} nyckeltal"
        said = f"varken bland de bästa eller de sämsta{among}"
    else:
        said = f"bland de bästa i {_some(best)} och de sämsta i {_some(worst)} av {_some(ways)} nyckeltal"
        if ways == 1:
            said = BEST if best else WORST
    # The caption names a unit whose name leaves no room.
    return [
        f"{who} är {words}"
        for who in (unit, "Verksamheten")
        for words in (said, said.removesuffix(" nyckeltal"))
    ]
