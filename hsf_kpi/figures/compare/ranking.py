"""Units of one kind in order, each a dot with its 95 % interval: who differs from the median by more than chance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hsf_kpi.analysis.compare.types import NoRanking, Ranked, Ranking, Uncertainty
from hsf_kpi.figures.captions import caption, measure_words, own_context, sentences, source_line, star_words
from hsf_kpi.figures.compare.ranking_words import ranking_sentence, ranking_titles
from hsf_kpi.figures.compare.words import (
    assessments_of,
    between_text,
    comparison_source,
    dots_words,
    missing_words,
    name_of,
    own_row,
    row_text,
    side,
    side_text,
    target_of_all,
    whose,
)
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Mark, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.peers import left_out_words, order_words
from hsf_kpi.figures.phrases import verdict_text
from hsf_kpi.figures.shape import latest_month, slug
from hsf_kpi.model.measure import Measure
from hsf_kpi.swedish.numbers import value_text

_METHOD: Mapping[Uncertainty, str] = {
    Uncertainty.WILSON: "räknat på hur många det gäller (Wilson)",
    Uncertainty.BYAR: "räknat på antalet händelser (Byar)",
    Uncertainty.MONTHS: "räknat på hur mycket verksamhetens egna månader varierar",
}
_SHOWN = "place,name,value_text,interval_text,apart_text,status"
_IN_FILE = "place,name,value,low,high,apart_text,status"


def ranking_figure(
    found: Ranking | NoRanking, measure: Measure, names: Mapping[str, str], *, context: Context
) -> Figure:
    """A row for each unit, first place first. names: unit id → name, of the units within the scope."""
    if isinstance(found, NoRanking):
        return _without(found, measure, context)
    unit, decimals = measure.unit_of_measure, measure.decimals
    assessments = assessments_of(found)
    own = own_context(context, measure, [a.outcome for a in assessments])
    median = Mark(Role.MEDIAN, f"Median {value_text(found.median, measure)}", found.median, found.median)
    marks = (median, *target_of_all(assessments))
    return Figure(
        kind=FigureKind.RANKING,
        slug=f"{slug(measure.key)}-rangordning",
        title=fitting(ranking_titles(found, names)),
        caption=caption(
            f"Plats {found.group.words}: {measure_words(measure)}", context, period=own.period, view=own.view
        ),
        context=own,
        columns=(
            Column("unit", "Verksamhetens id", Role.SERIES),
            Column("place", "Plats", Role.COUNT),
            Column("name", "Verksamhet", Role.LABEL),
            Column("value", "Värde", Role.OUTCOME, unit, decimals),
            Column("value_text", "Värde", Role.TEXT),
            Column("low", "Intervall, lägst", Role.LOW, unit, decimals),
            Column("high", "Intervall, högst", Role.HIGH, unit, decimals),
            Column("interval_text", "95\N{NO-BREAK SPACE}%-intervall", Role.TEXT),
            Column("apart", "Läge", Role.SIGNAL),
            Column("apart_text", "Mot medianen", Role.TEXT),
            Column("status", "Mot målet", Role.STATUS),
            Column("whose", "Vems", Role.STATUS),
        ),
        rows=tuple(_row(row, found, names) for row in found.rows),
        sentence=ranking_sentence(found, names, marks),
        source=comparison_source(measure, assessments, found.origins),
        origins=found.origins,
        marks=marks,
        help=_help(found, names),
        unit=unit,
        decimals=decimals,
        options={"shown": _SHOWN, "file": _IN_FILE, "month": latest_month(assessments)},
    )


def _without(found: NoRanking, measure: Measure, context: Context) -> Figure:
    return Figure(
        kind=FigureKind.RANKING,
        slug=f"{slug(measure.key)}-rangordning",
        title="Verksamheterna rangordnas inte här",
        caption=caption(measure_words(measure), context),
        context=context,
        columns=(Column("place", "Plats", Role.COUNT), Column("name", "Verksamhet", Role.LABEL)),
        rows=(),
        sentence=f"Rangordning, {measure_words(measure)}.",
        source=source_line([measure], []),
        origins=frozenset(),
        unit=measure.unit_of_measure,
        decimals=measure.decimals,
        empty=found.words,
    )


def _row(row: Ranked, found: Ranking, names: Mapping[str, str]) -> tuple[Value, ...]:
    measure, a = found.measure, row.assessment
    more = row.value > found.median
    return (
        row.unit or "",
        row.place,
        name_of(row, names),
        row.value,
        row_text(row, measure),
        row.low,
        row.high,
        between_text(row.low, row.high, measure),
        side(measure, more) if row.apart else "",
        side_text(measure, more) if row.apart else "",
        verdict_text(a) if a is not None and a.target is not None else "",
        whose(row, found.own),
    )


def _help(found: Ranking, names: Mapping[str, str]) -> str:
    own = own_row(found)
    kinds = {whose(row, found.own) for row in found.rows}
    return sentences(
        order_words(found.measure),
        *_interval_words(found),
        dots_words(kinds, "" if own is None else name_of(own, names)),
        star_words([a.outcome for a in assessments_of(found)]),
        missing_words(found.missing, names),
        left_out_words(found.left_out),
    )


def _interval_words(found: Ranking) -> Iterator[str]:
    if found.uncertainty is Uncertainty.NONE:
        yield "Hur osäkra värdena är går inte att räkna fram."
        return
    yield f"Linje: värdets 95\N{NO-BREAK SPACE}%-intervall, {_METHOD[found.uncertainty]}."
    yield "Tydligt skild: hela intervallet ligger på en sida om medianen; av lika verksamheter gör ungefär en av tjugo det."
    if any(row.unit is not None and row.low is None for row in found.rows):
        yield "Punkt utan linje: intervallet går inte att räkna fram."
