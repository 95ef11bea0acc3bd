"""One public key figure over the years: the own region, the country, the chosen and the best regions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hsf_kpi.figures.captions import sentences
from hsf_kpi.figures.figure import Context, Figure
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.lines import BEST as BEST_LINE
from hsf_kpi.figures.lines import CHOSEN, NATIONAL, Line, lines_figure
from hsf_kpi.figures.lines import OTHER as OTHER_LINE
from hsf_kpi.figures.lines import OWN as OWN_LINE
from hsf_kpi.figures.shape import slug
from hsf_kpi.figures.surroundings.about import (
    NOTHING,
    ORIGINS,
    About,
    faults_words,
    own_words,
    place_words,
    unit_words,
)
from hsf_kpi.figures.surroundings.words import (
    NO_MONTH,
    RIKET,
    moved_text,
    place_text,
    regions_words,
    source_words,
    told_value,
    value_heading,
    value_text,
)
from hsf_kpi.swedish.words import DIRECTION_WORD, sentence_start


def over_the_years(about: About, chosen: Sequence[str], *, context: Context) -> Figure:
    """The own region, the country, the chosen regions and the best of the latest year by name, the others as thin lines."""
    figure, found = about.figure, about.found
    best = [one for one in (found.best if found else ()) if one != about.home and one not in chosen]
    others = [one for one in about.names if one not in (about.home, *chosen, *best)]
    series = [
        Line(about.region, OWN_LINE, about.of(about.home)),
        Line(RIKET, NATIONAL, about.national),
        *(Line(about.names[one], CHOSEN, about.of(one)) for one in chosen),
        *(Line(about.names[one], BEST_LINE, about.of(one)) for one in best),
        *(Line(about.names[one], OTHER_LINE, about.of(one)) for one in others),
    ]
    return lines_figure(
        slug=slug(f"omvarld-nyckeltal-{about.figure.id}"),
        title=fitting(_line_titles(about)),
        caption=f"{about.words}. {about.region}, riket och regionerna {about.span}.",
        context=replace(context, period=about.span),
        unit=figure.unit_of_measure,
        decimals=figure.decimals,
        series=[line for line in series if line.values],
        sentence=_lines_sentence(about, chosen),
        source=source_words([figure], about.source),
        origins=ORIGINS if about.years else frozenset(),
        help=sentences(
            f"{sentence_start(DIRECTION_WORD[figure.direction])}.",
            "Tunna linjer: övriga regioner." if others else "",
            unit_words(figure),
            figure.note,
            own_words(about),
            faults_words(about),
            NO_MONTH,
        ),
        definition=about.words,
        empty=NOTHING,
        value_title=value_heading(figure),
    )


def one_titles(about: About) -> Iterator[str]:
    """The page's: «Förtroende sjukhus: Västmanland har plats 6 av 21 år 2025, bättre än riket», and shorter ones."""
    found, figure = about.found, about.figure
    if found is None:
        yield f"{figure.short_name}: inget värde för {about.region}"
        return
    value = value_text(found.value, figure)
    if found.place is not None:
        said = f"{about.region} har {place_words(found.place)} år {found.year}"
        better = {True: "bättre än riket", False: "sämre än riket", None: ""}[found.better]
        if better:
            yield f"{figure.short_name}: {said}, {better}"
        yield f"{figure.short_name}: {said}"
        yield said
        return
    against = f", riket {value_text(found.national, figure)}" if found.national is not None else ""
    yield f"{figure.short_name}: {about.region} har {value} år {found.year}{against}"
    yield f"{about.region} har {value} år {found.year}{against}"


def _line_titles(about: About) -> Iterator[str]:
    """«Västmanland har gått från 70,0 % år 2016 till 77,6 % år 2025»: what the own line does."""
    found, figure = about.found, about.figure
    if found is None:
        yield f"{about.region} har inget värde"
        return
    value = value_text(found.value, figure)
    if found.first is None:
        yield f"{about.region} har ett enda värde: {value} år {found.year}"
        return
    year, first = found.first
    if value_text(first, figure) == value:
        yield f"{about.region} har {value} år {found.year}, detsamma som {year}"
        return
    yield f"{about.region} har gått från {value_text(first, figure)} år {year} till {value} år {found.year}"


def _lines_sentence(about: About, chosen: Sequence[str]) -> str:
    found, figure = about.found, about.figure
    if found is None:
        return f"Linjediagram, {about.words}: inget värde för {about.region}."
    parts = [f"Linjediagram över {about.words}, {about.span}."]
    value = told_value(found.value, figure)
    parts.append(f"{about.region} har {value} år {found.year}.")
    if found.national is not None:
        parts.append(f"Riket har {value_text(found.national, figure)}.")
    if found.place is not None:
        parts.append(f"Platsen är {place_text(found.place)}, {moved_text(found)}.".replace(", .", "."))
    if found.best:
        parts.append(f"Bäst är {regions_words(found.best, about.names)}.")
    for one in chosen:
        if (other := about.years.get(found.year, {}).get(one)) is not None:
            parts.append(f"{about.names[one]} har {value_text(other, figure)}.")
    return sentences(*parts)
