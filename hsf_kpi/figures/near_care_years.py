"""Nära vård over the years: the population of the county beside the country's, and the history of the programme."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from hsf_kpi.figures.captions import sentences
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.lines import NATIONAL, OWN, Line, lines_figure
from hsf_kpi.figures.near_care import of_the_area
from hsf_kpi.figures.near_care_words import growth, latest_year, percent_text, population_titles, value_words
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.figures.shape import slug, unique
from hsf_kpi.figures.timelines import YEAR, Bar, timeline_figure
from hsf_kpi.model.codes import Origin, UnitOfMeasure
from hsf_kpi.model.near_care import FactSeries, HistoryPart, NearCare, Population
from hsf_kpi.swedish.numbers import DASH


def population_figure(care: NearCare, one: Population, *, context: Context) -> Figure | None:
    """The county's series beside the country's. A count is drawn as its growth, since the two differ by far too much to be
    read in one picture; the table has the counts. None without a year that both have, and for a growth from nothing.
    """
    year = latest_year(one)
    if year is None:
        return None
    years = sorted(set(one.own.values) & set(one.national.values))
    grows = one.unit is UnitOfMeasure.COUNT
    if grows and not (one.own.values[years[0]] and one.national.values[years[0]]):
        return None
    what = f"{one.what}, förändring sedan {years[0]}, procent" if grows else one.what
    figure = lines_figure(
        slug=slug(f"befolkning-{one.id}"),
        title=fitting(population_titles(one, year, years[0])),
        caption=f"{what}. {one.own.scope} och {one.national.scope.lower()}, {years[0]}{DASH}{year}.",
        context=of_the_area(care, context, years),
        unit=UnitOfMeasure.PERCENT if grows else one.unit,
        decimals=1 if grows else one.decimals,
        series=[
            Line(series.scope, look, _drawn(series, years[0]) if grows else series.values)
            for series, look in ((one.own, OWN), (one.national, NATIONAL))
        ],
        sentence=f"Linjediagram {years[0]}{DASH}{year}: {one.own.scope} {_said(one, one.own, years[0], year, grows)},"
        f" {one.national.scope.lower()} {_said(one, one.national, years[0], year, grows)}.",
        source=f"Källa: {'; '.join(unique((*one.own.sources, *one.national.sources)))}.",
        origins={Origin.PUBLISHED},
        value_title=f"Förändring sedan {years[0]}" if grows else one.name,
        help=f"{one.name} {year}: {value_words(one, one.own, year)} i länet,"
        f" {value_words(one, one.national, year)} i riket."
        if grows
        else "",
    )
    return _with_counts(figure, one) if grows else figure


def history_timeline(care: NearCare, *, context: Context) -> Figure:
    """A lane for each event under the years that the source tells it of. At least one part."""
    ends = [part.last or part.first for part in care.history]
    count = sum(len(part.events) for part in care.history)
    return timeline_figure(
        slug="historia-nara-vard",
        title=f"Omställningen har pågått sedan {care.history[0].first}, med program sedan {_programme_year(care)}"
        if _programme_year(care)
        else f"Omställningen har pågått sedan {care.history[0].first}",
        caption=f"Nära vård i Västmanland, år för år. {care.area}, med källans ord.",
        context=of_the_area(care, context, (care.history[0].first, ends[-1])),
        bars=[
            Bar(
                event.name,
                _years(part),
                dt.date(part.first, 1, 1),
                dt.date(end, 12, 31),
                "",
                "",
                (event.text,),
                when=_years(part),
            )
            for part, end in zip(care.history, ends, strict=True)
            for event in part.events
        ],
        sentence=f"Tidslinje med {how_many(count)} händelser {care.history[0].first}{DASH}{ends[-1]}.",
        source=f"Källa: {care.source}.",
        origins={Origin.PUBLISHED},
        grain=YEAR,
        help=sentences(
            f"Källan delar in åren i {how_many(len(care.phases))} faser: {'; '.join(care.phases)}."
            if care.phases
            else "",
            *care.history_notes,
        ),
        label_title="Händelse",
        group_title="År",
        more_columns=(Column("text", "Källans ord", Role.TEXT),),
    )


def history_table(care: NearCare, *, context: Context) -> Figure:
    """The same on paper, where a bar for each event of a year tells nothing more: a row for each part."""
    rows = ((_years(part), "; ".join(event.name for event in part.events)) for part in care.history)
    return replace(
        history_timeline(care, context=context),
        kind=FigureKind.TABLE,
        columns=(Column("years", "År", Role.LABEL), Column("events", "Händelser", Role.TEXT)),
        rows=tuple(rows),
        sentence=f"Tabell med {how_many(len(care.history))} rader: år och händelser.",
        options={},
    )


def _programme_year(care: NearCare) -> int | None:
    """When the programme was launched, where the source says so."""
    launched = (part for part in care.history if any("lanseras" in event.text for event in part.events))
    return next((part.first for part in launched), None)


def _years(part: HistoryPart) -> str:
    """«2018–2019», «2020», «2023 och framåt»"""
    if part.last is None:
        return f"{part.first} och framåt"
    return DASH.join(unique(map(str, (part.first, part.last))))


def _drawn(series: FactSeries, first: int) -> Mapping[int, Fraction]:
    return {year: growth(series, first, year) for year in series.values}


def _said(one: Population, series: FactSeries, first: int, year: int, grows: bool) -> str:
    if grows:
        return (
            f"{percent_text(growth(series, first, year), 1, sign=True)} till {value_words(one, series, year)}"
        )
    return f"{value_words(one, series, first)} till {value_words(one, series, year)}"


def _with_counts(figure: Figure, one: Population) -> Figure:
    """The counts that the growth is of, beside it in the table and the files."""
    counts = {series.scope: series.values for series in (one.own, one.national)}
    at = {column.key: i for i, column in enumerate(figure.columns)}
    rows = ((row, int(counts[str(row[at["series"]])][int(str(row[at["year"]]))])) for row in figure.rows)
    options = {
        key: f"{value},count" if key in ("shown", "file") else value for key, value in figure.options.items()
    }
    return replace(
        figure,
        columns=(*figure.columns, Column("count", one.name, Role.COUNT, one.unit)),
        rows=tuple((*row, count) for row, count in rows),
        options=options,
    )
