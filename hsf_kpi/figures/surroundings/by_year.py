"""The own place on one public key figure, year by year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from hsf_kpi.analysis.regions import FEWEST, Place, best_of, places_by_year
from hsf_kpi.figures.captions import sentences
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.shape import slug
from hsf_kpi.figures.surroundings.about import NOTHING, ORIGINS, About, faults_words
from hsf_kpi.figures.surroundings.words import (
    OURS,
    RIKET,
    place_text,
    regions_words,
    source_words,
    value_text,
)


def places_over_time(about: About, *, context: Context) -> Figure:
    """A row for each year that the own region has a value, the newest first."""
    figure = about.figure
    own = about.of(about.home)
    by_year = {place.year: place for place in places_by_year(about.years, about.home, figure.direction)}
    rows = [_year_row(about, year, own[year], by_year.get(year)) for year in sorted(own, reverse=True)]
    return Figure(
        kind=FigureKind.TABLE,
        slug=slug(f"omvarld-platser-ar-{about.figure.id}"),
        title=fitting(_year_titles(about, list(by_year.values()))),
        caption=f"{about.words}. {about.region} år för år.",
        context=replace(context, period=about.span),
        columns=(
            Column("year", "År", Role.LABEL),
            Column("value", about.region, Role.OUTCOME, figure.unit_of_measure, figure.decimals),
            Column("value_text", about.region, Role.TEXT),
            Column("national", RIKET, Role.NATIONAL, figure.unit_of_measure, figure.decimals),
            Column("national_text", RIKET, Role.TEXT),
            Column("place", "Plats", Role.COUNT),
            Column("of", "Antal regioner", Role.SIZE),
            Column("place_text", "Plats", Role.TEXT),
            Column("best", "Bäst", Role.TEXT),
        ),
        rows=tuple(rows),
        sentence=f"Tabell med {len(rows)} år: värde, riket, plats och de bästa regionerna. {about.words}.",
        source=source_words([figure], about.source),
        origins=ORIGINS if rows else frozenset(),
        help=sentences(OURS if by_year else "", faults_words(about)),
        unit=figure.unit_of_measure,
        decimals=figure.decimals,
        empty="" if rows else NOTHING,
        options={
            "shown": "year,value_text,national_text,place_text,best"
            if by_year
            else "year,value_text,national_text",
            "file": "year,value,national,place,of,best",
        },
    )


def _year_row(about: About, year: int, value: Fraction, place: Place | None) -> tuple[Value, ...]:
    national = about.national.get(year)
    return (
        str(year),
        float(value),
        value_text(value, about.figure),
        None if national is None else float(national),
        value_text(national, about.figure) or "saknas",
        None if place is None else place.place,
        None if place is None else place.of,
        place_text(place),
        regions_words(best_of(about.years[year], about.figure.direction), about.names),
    )


def _year_titles(about: About, found: Sequence[Place]) -> Iterator[str]:
    if not found:
        if about.found is None:
            yield f"{about.region} har inga värden"
            return
        yield f"{about.region} har värden till och med {about.found.year}"
        return
    last = found[-1]
    comparable = [place for place in found if place.of >= FEWEST]
    if last not in comparable:
        yield f"Platsen {last.year} är {place_text(last)}: för få regioner för att jämföra med tidigare"
        return
    top = min(place.place for place in comparable)
    years = [place.year for place in comparable if place.place == top]
    if last.place > top:
        best = next(place for place in comparable if place.year == years[-1])
        yield f"Bästa platsen var {place_text(best)} år {best.year}; år {last.year} är platsen {place_text(last)}"
    elif len(years) > 1:
        yield f"Platsen {last.year} är lika bra som den bästa: {place_text(last)}"
    else:
        yield f"Platsen {last.year} är den bästa hittills: {place_text(last)}"
