"""The regions in order on one public key figure, as bars, in the own region's latest year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from hsf_kpi.analysis.regions import best_of, judged, ordered, places
from hsf_kpi.figures.captions import sentences
from hsf_kpi.figures.economy.contribution_lines import APART, BEST, OTHER, OWN
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Mark, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.shape import slug
from hsf_kpi.figures.surroundings.about import NOTHING, ORIGINS, About, faults_words, place_words
from hsf_kpi.figures.surroundings.words import (
    OURS,
    RIKET,
    regions_words,
    source_words,
    value_heading,
    value_text,
)
from hsf_kpi.model.surroundings import KeyFigure
from hsf_kpi.swedish.numbers import number


def ranking_bars(about: About, *, context: Context) -> Figure:
    """Every region with a value in the own region's latest year, best first, and the country apart; without a direction the
    highest first.
    """
    figure, found = about.figure, about.found
    year = found.year if found else None
    values = about.years.get(year, {}) if year else {}
    placed = places(values, figure.direction)
    best = best_of(values, figure.direction)
    rows = [
        _bar(about, region, value, placed.get(region), best)
        for region, value in ordered(values, figure.direction)
    ]
    national = about.national.get(year) if year else None
    if rows and national is not None:
        rows.append(
            (RIKET, "", float(national), float(national), value_text(national, figure), APART, None, "")
        )
    unit, decimals = figure.unit_of_measure, figure.decimals
    return Figure(
        kind=FigureKind.CONTRIBUTION,
        slug=slug(f"omvarld-ordning-{about.figure.id}"),
        title=fitting(_ranking_titles(about, values, best)),
        caption=f"{about.words}, {year}. {_order_words(figure)}." if year else f"{about.words}.",
        context=replace(context, period=str(year or "")),
        columns=(
            Column("name", "Region", Role.LABEL),
            Column("unit", "Id", Role.NOTE),
            Column("deviation", value_heading(figure), Role.OUTCOME, unit, decimals),
            Column("shown", "Värde", Role.OUTCOME, unit, decimals),
            Column("deviation_text", value_heading(figure), Role.TEXT),
            Column("mark", "Framhävd", Role.STATUS),
            Column("place", "Plats", Role.COUNT),
            Column("place_text", "Plats", Role.TEXT),
        ),
        rows=tuple(rows),
        sentence=_ranking_sentence(about, values),
        source=source_words([figure], about.source),
        origins=ORIGINS if rows else frozenset(),
        marks=(Mark(Role.BUDGET, "0", 0.0, 0.0),),
        help=sentences(
            f"Framhävd stapel: {about.region}. Blå: plats 1–3."
            if best
            else f"Framhävd stapel: {about.region}.",
            _missing_words(about, values),
            faults_words(about, year),
            OURS if judged(figure.direction) else "",
        ),
        unit=unit,
        decimals=decimals,
        empty="" if rows else NOTHING,
        options={
            "shown": "place_text,name,deviation_text" if placed else "name,deviation_text",
            "file": "place,name,deviation" if placed else "name,deviation",
            "month": f"{year}-12" if year else "",
        },
    )


def _bar(
    about: About, region: str, value: Fraction, place: int | None, best: Sequence[str]
) -> tuple[Value, ...]:
    mark = OWN if region == about.home else BEST if region in best else OTHER
    text = value_text(value, about.figure)
    return (
        about.names[region],
        "",
        float(value),
        float(value),
        text,
        mark,
        place,
        "" if place is None else number(place, 0),
    )


def _order_words(figure: KeyFigure) -> str:
    return "Bäst först" if judged(figure.direction) else "Högst först; ordningen säger inte vad som är bäst"


def _ranking_titles(about: About, values: Mapping[str, Fraction], best: Sequence[str]) -> Iterator[str]:
    figure, found = about.figure, about.found
    if found is None or not values:
        yield "Regionerna kan inte ordnas"
        return
    if not best:
        top = ordered(values, figure.direction)[0][0]
        yield f"{about.names[top]} har det högsta värdet {found.year}, {value_text(values[top], figure)}"
        yield f"{about.names[top]} har det högsta värdet {found.year}"
        return
    first = [one for one in best if values[one] == values[best[0]]]
    if len(first) == 1 and first[0] == about.home:
        yield f"{about.region} är bäst av {len(values)} regioner {found.year}"
        return
    same = regions_words(first, about.names)
    yield (
        f"{same} är bäst {found.year}; {about.region} har {place_words(found.place)}" if found.place else same
    )
    yield f"{same} är bäst {found.year}"
    yield f"{len(first)} regioner delar första platsen {found.year}"


def _ranking_sentence(about: About, values: Mapping[str, Fraction]) -> str:
    figure, found = about.figure, about.found
    if found is None or not values:
        return f"Stapeldiagram, {about.words}: inget värde."
    order = ordered(values, figure.direction)
    (first, top), (last, low) = order[0], order[-1]
    return sentences(
        f"Stapeldiagram med {len(values)} regioner i ordning, {about.words}, {found.year}.",
        f"Först {about.names[first]} med {value_text(top, figure)}, sist {about.names[last]} med"
        f" {value_text(low, figure)}.",
        f"{about.region} har {value_text(found.value, figure)}.",
    )


def _missing_words(about: About, values: Mapping[str, Fraction]) -> str:
    wrong = {region for at, region, _ in about.faults if about.found and at == about.found.year}
    missing = [one for one in about.names if one not in values and one not in wrong]
    if not missing or not values:
        return ""
    return f"Värde saknas för {regions_words(missing, about.names)}."
