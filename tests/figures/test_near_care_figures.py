"""Nära vård as figures: what the forecast says and leaves unsaid, the population, the programme and its history."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.figures.figure import FigureKind
from hsf_kpi.figures.findings import LONGEST, fitting
from hsf_kpi.figures.near_care import ahead_table, forecast_table, programme_table
from hsf_kpi.figures.near_care_words import (
    NOTHING,
    near_care_finding,
    near_care_tiles,
    population_titles,
    programme_tiles,
    programme_titles,
    unsaid_words,
)
from hsf_kpi.figures.near_care_years import history_table, history_timeline, population_figure
from hsf_kpi.figures.shape import records
from hsf_kpi.model.codes import Origin, UnitOfMeasure
from hsf_kpi.model.near_care import (
    AgeCount,
    AgeForecast,
    Contract,
    FactSeries,
    HistoryEvent,
    HistoryPart,
    NearCare,
    Population,
    Project,
    ProjectState,
    TargetArea,
)
from tests.figures.figure_samples import CONTEXT
from tests.figures.words_rules import HEADING, plain, right, right_tiles, tile


def series(scope: str, values: dict[int, Fraction | int]) -> FactSeries:
    return FactSeries(
        "serie", scope, {year: Fraction(v) for year, v in values.items()}, (f"Källan för {scope}",)
    )


def population(
    unit: UnitOfMeasure, own: dict[int, Fraction | int], national: dict[int, Fraction | int]
) -> Population:
    decimals = 0 if unit is UnitOfMeasure.COUNT else 1
    return Population(
        "andel", "Andel äldre", "Andelen äldre", "Andel äldre, procent", unit, decimals,
        series("Länet", own), series("Riket", national),
    )  # fmt: skip


SHARE = population(
    UnitOfMeasure.PERCENT, {2023: Fraction("6.5"), 2024: Fraction("6.9")}, {2023: 6, 2024: Fraction("6.1")}
)
PEOPLE = population(UnitOfMeasure.COUNT, {2011: 200, 2024: 250}, {2011: 1000, 2012: 1010, 2024: 1100})
CARE = NearCare(
    source="Presentationen",
    area="Länet",
    members=("Regionen", "Kommunen"),
    forecasts=(
        AgeForecast("65-åringar", 28, 6, 2030, "65 ökar med 28% fram till 2030"),
        AgeForecast("85-åringar", 74, 10, None, "85 ökar med 74 %"),
    ),
    count=AgeCount(2024, 7832, 2030, 9775, "2030: 9775 2024 7832"),
    forecast_source="Prognosen",
    forecast_notes=("Datum anges inte.",),
    populations=(SHARE,),
    purpose="Driver omställningen",
    target_areas=(
        TargetArea(
            "a", "Hemma", "Att vårda hemma", (Project("Team"), Project("Senior", ProjectState.PROPOSED))
        ),
        TargetArea("b", "Tidigt", "Att se tidigt", ()),
    ),
    contract=Contract("Patientkontrakt", "Personcentrering", "Att vara överens"),
    nodes=("Norr", "Söder"),
    history=(
        HistoryPart(2018, 2019, (HistoryEvent("Start", "Start i länet"),)),
        HistoryPart(2020, 2020, (HistoryEvent("Program", "Program lanseras"), HistoryEvent("Mer", "Mer"))),
        HistoryPart(2023, None, (HistoryEvent("Flytt", "Flytt"),)),
    ),
    phases=("Början", "Slut"),
    plan_years="2022–2024",
    plan=("Dialog",),
    now=("Journal", "Möten"),
)


def test_the_page_says_who_grows_most_and_whether_the_county_is_older() -> None:
    said = plain(near_care_finding(CARE))
    assert said == "85-åringarna blir 74 % fler på tio år enligt prognosen; andelen äldre är över rikets"
    right(said, HEADING)
    long = replace(SHARE, subject=f"Andelen {'mycket ' * 5}gamla")
    assert plain(near_care_finding(replace(CARE, populations=(long,)))).endswith("enligt prognosen")
    younger = replace(SHARE, own=SHARE.national, national=SHARE.own)
    for other in ((younger,), (PEOPLE,), (replace(SHARE, own=FactSeries("serie", "Länet")),), ()):
        said = plain(near_care_finding(replace(CARE, populations=other)))
        assert said == "85-åringarna blir 74 % fler på tio år enligt prognosen"
    assert near_care_finding(replace(CARE, forecasts=())) == "Prognosen för Nära vård saknas"
    assert near_care_finding(NearCare()) == NOTHING


def test_the_tiles_are_the_forecast_and_the_latest_share() -> None:
    tiles = near_care_tiles(replace(CARE, populations=(SHARE, PEOPLE)))
    right_tiles(tiles)
    assert tile(tiles, "prognos-65-åringar") == "+28 % | på sex år, till 2030 | Prognos"
    assert tile(tiles, "prognos-85-åringar") == "+74 % | på tio år, slutår anges inte | Prognos"
    assert tile(tiles, "andel") == "6,9 % | 2024, riket 6,1 % | Utfall"
    assert len(tiles) == 3


def test_the_forecast_says_what_its_source_leaves_unsaid() -> None:
    figure = forecast_table(CARE, context=CONTEXT)
    right(figure.title, LONGEST)
    assert plain(figure.title) == "85-åringar ökar mest i prognosen: 74 % på tio år"
    rows = [{key: plain(value) for key, value in one.items()} for one in records(figure)]
    assert [(row["age"], row["change"], row["until"]) for row in rows] == [
        ("65-åringar", "+28 %", "2030"),
        ("85-åringar", "+74 %", "Anges inte"),
        ("Anges inte", "7 832 → 9 775, beräknat +24,8 %", "2030"),
    ]
    assert [row["percent"] for row in rows] == ["28", "74", "24.8"]
    assert [row["text"] for row in rows] == [*(one.text for one in CARE.forecasts), "2030: 9775 2024 7832"]
    assert "+24,8 % på sex år, och stämmer inte med någon av ökningarna +28 % och +74 %" in plain(figure.help)
    without = replace(CARE, count=None)
    assert unsaid_words(without) == "Datum anges inte."
    assert len(forecast_table(without, context=CONTEXT).rows) == 2
    assert figure.source == "Källa: Prognosen."
    assert (figure.context.unit, figure.context.period, figure.context.state) == ("Länet", "", "")


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(-50, 200))
def test_counts_that_fit_a_percentage_are_not_said_to_fit_none(first: int, last: int, percent: int) -> None:
    count = AgeCount(2024, first, 2030, last, "")
    care = replace(CARE, count=count, forecasts=(replace(CARE.forecasts[0], percent=percent),))
    near = abs(Fraction(last - first, first) * 100 - percent)
    said = plain(unsaid_words(care))
    if near < Fraction(1, 2):
        assert "stämmer inte" not in said
    elif near > Fraction(1, 2):
        assert "stämmer inte" in said
    assert "Vilken ålder antalen gäller anges inte" in said


def test_a_share_is_drawn_as_it_is_beside_the_countrys() -> None:
    figure = population_figure(CARE, SHARE, context=CONTEXT)
    assert figure
    assert figure.kind is FigureKind.LINES
    assert plain(figure.title) == "Andelen äldre är 0,8 procentenheter högre i länet än i riket 2024"
    assert [(one["series"], one["year"], one["outcome"], one["look"]) for one in records(figure)] == [
        ("Länet", "2023", 6.5, "own"),
        ("Länet", "2024", 6.9, "own"),
        ("Riket", "2023", 6.0, "national"),
        ("Riket", "2024", 6.1, "national"),
    ]
    assert figure.source == "Källa: Källan för Länet; Källan för Riket."
    assert figure.origins == {Origin.PUBLISHED}
    assert figure.context.period == "2023–2024"


def test_a_count_is_drawn_as_its_growth_and_the_table_has_the_counts() -> None:
    figure = population_figure(CARE, PEOPLE, context=CONTEXT)
    assert figure
    assert plain(figure.title) == "Andelen äldre har ökat 25,0 % i länet sedan 2011, 10,0 % i riket"
    rows = list(records(figure))
    values = {"Länet": PEOPLE.own.values, "Riket": PEOPLE.national.values}
    for row in rows:
        told = values[str(row["series"])]
        assert row["count"] == told[int(str(row["year"]))]
        assert row["outcome"] == pytest.approx(float(row["count"] / told[2011] - 1) * 100)  # type: ignore[operator]
    assert len(rows) == 5
    assert figure.unit is UnitOfMeasure.PERCENT
    assert all(figure.options[key].endswith(",count") for key in ("shown", "file"))
    assert "+25,0 % till 250" in plain(figure.sentence)
    assert plain(figure.help) == "Andel äldre 2024: 250 i länet, 1 100 i riket."


def test_no_year_that_both_have_is_nothing_to_compare() -> None:
    apart = population(UnitOfMeasure.PERCENT, {2011: 1}, {2012: 1})
    assert population_figure(CARE, apart, context=CONTEXT) is None
    empty = population(UnitOfMeasure.COUNT, {2011: 0, 2024: 1}, {2011: 1, 2024: 1})
    assert population_figure(CARE, empty, context=CONTEXT) is None


@pytest.mark.parametrize(
    ("unit", "own", "national", "title"),
    [
        (UnitOfMeasure.PERCENT, 5, 5, "Andelen äldre är lika i länet och i riket 2024"),
        (UnitOfMeasure.PER_100, 5, 7, "Andelen äldre är 2,0 lägre i länet än i riket 2024"),
        (
            UnitOfMeasure.COUNT,
            1,
            3,
            "Andelen äldre har minskat 50,0 % i länet sedan 2011, ökat 50,0 % i riket",
        ),
        (UnitOfMeasure.COUNT, 2, 3, "Andelen äldre har inte ändrats i länet sedan 2011, ökat 50,0 % i riket"),
        (UnitOfMeasure.COUNT, 1, 1, "Andelen äldre har minskat 50,0 % i länet sedan 2011, 50,0 % i riket"),
    ],
)
def test_the_title_says_which_way(unit: UnitOfMeasure, own: int, national: int, title: str) -> None:
    one = population(unit, {2011: 2, 2024: own}, {2011: 2, 2024: national})
    titles = [plain(said) for said in population_titles(one, 2024, 2011)]
    assert titles[0] == title
    assert titles == sorted(titles, key=len, reverse=True), "each leaves out more"


def test_a_long_subject_leaves_out_what_there_is_no_room_for() -> None:
    for size, said in ((36, "än i riket"), (45, "är högre i länet än i riket")):
        long = replace(SHARE, subject="A" * size)
        title = fitting(population_titles(long, 2024, 2023))
        assert plain(title).endswith(said)
        right(title, LONGEST)


def test_the_programme_has_its_projects_with_what_the_source_says_of_them() -> None:
    figure = programme_table(CARE, context=CONTEXT)
    assert figure.title == "Programmet har två projekt i två målområden och två noder"
    assert [(row["area"], row["projects"]) for row in records(figure)] == [
        ("Hemma", "Team; Senior (förslag)"),
        ("Tidigt", "Anges inte"),
        ("Personcentrering: patientkontrakt", "Gäller alla målområden"),
    ]
    assert "Noder: Norr och Söder. Programmet: driver omställningen." in figure.help
    one = replace(CARE, target_areas=CARE.target_areas[:1], nodes=(), contract=None)
    one = replace(one, target_areas=(replace(one.target_areas[0], projects=(Project("Team"),)),))
    assert fitting(programme_titles(one)) == "Programmet har ett projekt i ett målområde"
    assert len(programme_table(one, context=CONTEXT).rows) == 1


def test_the_tiles_of_the_programme_count_what_it_consists_of() -> None:
    tiles = programme_tiles(CARE)
    right_tiles(tiles)
    assert [tile(tiles, one.id) for one in tiles] == [
        "2 | Hemma och tidigt",
        "2 | 1 förslag",
        "2 | Norr och Söder",
        "2 | Regionen och en till",
    ]
    bare = replace(CARE, members=("Regionen",), nodes=(), target_areas=CARE.target_areas[1:])
    assert [tile(programme_tiles(bare), one.id) for one in programme_tiles(bare)] == [
        "1 | Tidigt",
        "1 | Regionen",
    ]
    assert programme_tiles(NearCare()) == ()


def test_on_paper_the_history_is_a_row_a_part_with_the_same_events() -> None:
    drawn, told = history_timeline(CARE, context=CONTEXT), history_table(CARE, context=CONTEXT)
    assert [(row["years"], row["events"]) for row in records(told)] == [
        ("2018–2019", "Start"),
        ("2020", "Program; Mer"),
        ("2023 och framåt", "Flytt"),
    ]
    assert (told.kind, told.title, told.source) == (FigureKind.TABLE, drawn.title, drawn.source)


def test_the_history_spans_the_years_that_the_source_tells() -> None:
    figure = history_timeline(CARE, context=CONTEXT)
    assert figure.kind is FigureKind.TIMELINE
    assert figure.title == "Omställningen har pågått sedan 2018, med program sedan 2020"
    rows = list(records(figure))
    assert [(row["group"], row["label"], row["first"], row["last"], row["text"]) for row in rows] == [
        ("2018–2019", "Start", dt.date(2018, 1, 1), dt.date(2019, 12, 31), "Start i länet"),
        ("2020", "Program", dt.date(2020, 1, 1), dt.date(2020, 12, 31), "Program lanseras"),
        ("2020", "Mer", dt.date(2020, 1, 1), dt.date(2020, 12, 31), "Mer"),
        ("2023 och framåt", "Flytt", dt.date(2023, 1, 1), dt.date(2023, 12, 31), "Flytt"),
    ]
    assert {row["when"] for row in rows} == {"2018–2019", "2020", "2023 och framåt"}
    assert "två faser: Början; Slut." in figure.help
    silent = replace(CARE, history=CARE.history[:1], phases=())
    assert history_timeline(silent, context=CONTEXT).title == "Omställningen har pågått sedan 2018"


def test_the_plan_and_what_goes_on() -> None:
    figure = ahead_table(CARE, context=CONTEXT)
    assert [tuple(row.values()) for row in records(figure)] == [
        ("Planen 2022–2024", "Dialog"),
        ("Just nu", "Journal"),
        ("Just nu", "Möten"),
    ]
    assert figure.title == "Programmet har en punkt i planen och två som pågår"
