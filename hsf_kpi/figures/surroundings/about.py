"""What is known of one public key figure, and what is said of it under every picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from hsf_kpi.analysis.regions import Place, Standing, Years
from hsf_kpi.figures.captions import sentences
from hsf_kpi.figures.economy.words import listed
from hsf_kpi.figures.surroundings.words import RIKET, value_text
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.surroundings import KeyFigure
from hsf_kpi.swedish.numbers import DASH, SPACE, number

ORIGINS = frozenset({Origin.PUBLISHED})
NOTHING = "Det finns inga värden för nyckeltalet."


@dataclass(frozen=True)
class About:
    """home: the own region. names: region → name. faults: values that can't be, left out of all else: (year, region, value).
    same, beside: our own key figures that it is the outcome of, and those that it is only told beside, by name.
    """

    figure: KeyFigure
    home: str
    names: Mapping[str, str]
    years: Years
    national: Mapping[int, Fraction]
    found: Standing | None
    source: str
    faults: tuple[tuple[int, str, Fraction], ...] = ()
    same: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    @property
    def region(self) -> str:
        return self.names.get(self.home, self.home)

    @property
    def span(self) -> str:
        """«2016–2025»"""
        years = sorted({*self.years, *self.national})
        if not years:
            return ""
        return str(years[0]) if len(years) == 1 else f"{years[0]}{DASH}{years[-1]}"

    def of(self, region: str) -> dict[int, Fraction]:
        return {year: found[region] for year, found in self.years.items() if region in found}

    @property
    def words(self) -> str:
        return f"{self.figure.name}, {self.figure.unit}"


def place_words(place: Place) -> str:
    return f"{'delad ' if place.shared else ''}plats {place.place} av {place.of}"


def own_words(about: About) -> str:
    """Which of our own key figures it is, and which it only looks like."""
    same = f"Samma mått som vårt nyckeltal {listed(about.same)}." if about.same else ""
    beside = f"Liknar vårt nyckeltal {listed(about.beside)}, men är ett annat mått." if about.beside else ""
    return sentences(same, beside)


def unit_words(figure: KeyFigure) -> str:
    return "Måttenheten är vår läsning: underlaget säger bara ”antal”." if figure.unit_read else ""


def faults_words(about: About, year: int | None = None) -> str:
    """«Västra Götalandsregionen 2025 (146,1 %) visas inte: ett värde över 100 % kan inte finnas.»"""
    figure = about.figure
    told = [
        f"{about.names.get(region, RIKET)} {at} ({value_text(value, figure)})"
        for at, region, value in about.faults
        if year in (None, at)
    ]
    if not told or figure.most is None:
        return ""
    limit = f"{number(figure.most, 0)}{SPACE}%" if figure.is_share else number(figure.most, 0)
    return f"{'; '.join(told)} visas inte: ett värde över {limit} kan inte finnas."
