"""The titles and the words around Nära vård: what the forecast says, and what its source leaves unsaid."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from hsf_kpi.figures.captions import sentences
from hsf_kpi.figures.economy.words import listed
from hsf_kpi.figures.findings import heading
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.figures.words_tile import WordsTile
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.model.near_care import AgeCount, AgeForecast, FactSeries, NearCare, Population, ProjectState
from hsf_kpi.swedish.numbers import SPACE, number
from hsf_kpi.swedish.words import inside

NOT_TOLD = "Anges inte"
NOTHING = "Nära vård finns inte bland definitionerna"


def near_care_finding(care: NearCare) -> str:
    """«85-åringarna blir 74 % fler på tio år enligt prognosen; andelen 80 år och äldre är över rikets»"""
    if not care.forecasts:
        return "Prognosen för Nära vård saknas" if care.source else NOTHING
    most = _most(care)
    said = (
        f"{most.age}na blir {percent_text(most.percent)} fler på {how_many(most.years)} år enligt prognosen"
    )
    more = (f"{said}; {inside(subject)} är över rikets" for subject in _older(care))
    return heading((*more, said))


def near_care_tiles(care: NearCare) -> tuple[WordsTile, ...]:
    """What the forecast says of each age, then the latest share of the population where there is one."""
    ages = [
        WordsTile(
            f"prognos-{one.age}",
            one.age,
            percent_text(one.percent, sign=True),
            "",
            (
                f"på {how_many(one.years)} år"
                + (f", till {one.until}" if one.until else ", slutår anges inte"),
                "Prognos",
            ),
        )
        for one in care.forecasts
    ]
    shares = [
        WordsTile(
            one.id,
            one.name,
            value_words(one, one.own, year),
            "",
            (f"{year}, riket {value_words(one, one.national, year)}", "Utfall"),
        )
        for one in care.populations
        if one.unit is UnitOfMeasure.PERCENT and (year := latest_year(one)) is not None
    ]
    return (*ages, *shares)


def programme_tiles(care: NearCare) -> tuple[WordsTile, ...]:
    """What the programme consists of; nothing without one."""
    if not care.target_areas:
        return ()
    projects = [project for area in care.target_areas for project in area.projects]
    states = [(state, sum(project.state is state for project in projects)) for state in ProjectState]
    told = listed([f"{number(count, 0)} {state.value}" for state, count in states if count])
    names = [area.name if not at else inside(area.name) for at, area in enumerate(care.target_areas)]
    tiles = (
        ("malomraden", "Målområden", names),
        ("projekt", "Projekt", projects),
        ("noder", "Noder", care.nodes),
        ("parter", "Parter", care.members),
    )
    lines = {
        "malomraden": listed(names),
        "projekt": told,
        "noder": listed(care.nodes),
        "parter": _members(care),
    }
    return tuple(
        WordsTile(key, name, number(len(found), 0), "", tuple(filter(None, (lines[key],))))
        for key, name, found in tiles
        if found
    )


def forecast_titles(care: NearCare) -> Iterator[str]:
    """«85-åringar ökar mest i prognosen: 74 % på tio år»"""
    most = _most(care)
    yield f"{most.age} ökar mest i prognosen: {percent_text(most.percent)} på {how_many(most.years)} år"


def unsaid_words(care: NearCare) -> str:
    """«7 832 → 9 775 är +24,8 % på sex år, och stämmer inte med någon av ökningarna …», and the source's other gaps."""
    count = care.count
    if count is None:
        return sentences(*care.forecast_notes)
    others = [percent_text(one.percent, sign=True) for one in care.forecasts]
    fits = any(_rounded(count.percent) == one.percent for one in care.forecasts)
    grown = f"{counts_text(count)} är {percent_text(count.percent, 1, sign=True)} på {how_many(years_of(count))} år"
    return sentences(
        f"{grown}. Vilken ålder antalen gäller anges inte."
        if fits
        else f"{grown}, och stämmer inte med någon av ökningarna {listed(others)}. Vilken ålder antalen gäller anges inte.",
        "Ökningen är beräknad här, den står inte i källan.",
        *care.forecast_notes,
    )


def population_titles(one: Population, year: int, first: int) -> Iterator[str]:
    """«Andelen 80 år och äldre är 0,8 procentenheter högre i länet än i riket 2024»"""
    if one.unit is UnitOfMeasure.COUNT:
        own, national = growth(one.own, first, year), growth(one.national, first, year)
        said = f"{one.subject} har {_moved(own)} i länet sedan {first}"
        same_way = own * national > 0 and _moved(own).split()[0] == _moved(national).split()[0]
        yield f"{said}, {percent_text(abs(national), 1) if same_way else _moved(national)} i riket"
        yield said
        return
    gap = one.own.values[year] - one.national.values[year]
    if number(gap, one.decimals) == number(0, one.decimals):
        yield f"{one.subject} är lika i länet och i riket {year}"
        return
    unit = f"{SPACE}procentenheter" if one.unit is UnitOfMeasure.PERCENT else ""
    said = f"{one.subject} är {number(abs(gap), one.decimals)}{unit} {'högre' if gap > 0 else 'lägre'}"
    yield f"{said} i länet än i riket {year}"
    yield f"{said} i länet än i riket"
    yield f"{one.subject} är {'högre' if gap > 0 else 'lägre'} i länet än i riket"


def programme_titles(care: NearCare) -> Iterator[str]:
    """«Programmet har sju projekt i tre målområden och fyra noder»"""
    projects = sum(len(area.projects) for area in care.target_areas)
    areas = (
        f"{how_many(len(care.target_areas))} målområden" if len(care.target_areas) != 1 else "ett målområde"
    )
    some = f"{how_many(projects)} projekt" if projects != 1 else "ett projekt"
    nodes = f" och {how_many(len(care.nodes))} noder" if len(care.nodes) > 1 else ""
    yield f"Programmet har {some} i {areas}{nodes}"


def latest_year(one: Population) -> int | None:
    """The last year that both have; None without any."""
    return max(set(one.own.values) & set(one.national.values), default=None)


def growth(series: FactSeries, first: int, year: int) -> Fraction:
    """Percent more than in the first year."""
    return (series.values[year] / series.values[first] - 1) * 100


def value_words(one: Population, series: FactSeries, year: int) -> str:
    text = number(series.values[year], one.decimals)
    return f"{text}{SPACE}%" if one.unit is UnitOfMeasure.PERCENT else text


def percent_text(value: int | Fraction, decimals: int = 0, *, sign: bool = False) -> str:
    return f"{number(value, decimals, sign=sign)}{SPACE}%"


def counts_text(count: AgeCount) -> str:
    """«7 832 → 9 775»"""
    return f"{number(count.first, 0)} → {number(count.last, 0)}"


def years_of(count: AgeCount) -> int:
    return count.last_year - count.first_year


def _members(care: NearCare) -> str:
    """«Region Västmanland och tio till», whoever is named first."""
    first, *others = care.members or ("",)
    return f"{first} och {how_many(len(others))} till" if others else first


def _most(care: NearCare) -> AgeForecast:
    return max(care.forecasts, key=lambda one: one.percent)


def _older(care: NearCare) -> list[str]:
    """The subjects of the shares that are larger than the country's in their latest year."""
    shares = [one for one in care.populations if one.unit is UnitOfMeasure.PERCENT]
    years = [(one, year) for one in shares if (year := latest_year(one)) is not None]
    return [one.subject for one, year in years if one.own.values[year] > one.national.values[year]]


def _moved(change: Fraction) -> str:
    """«ökat 10,6 %», «minskat 0,4 %», «inte ändrats»"""
    if number(change, 1) == number(0, 1):
        return "inte ändrats"
    return f"{'minskat' if change < 0 else 'ökat'} {percent_text(abs(change), 1)}"


def _rounded(value: Fraction) -> int:
    return int(number(value, 0).replace(SPACE, "").replace("\N{MINUS SIGN}", "-"))
