"""HoS 2029 as figures: what the register says is told in titles that hold whatever is in it, and nothing is made up."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.transformation import ActivityState, activity_states
from hsf_kpi.analysis.types import Assessment
from hsf_kpi.figures.addresses import in_words
from hsf_kpi.figures.figure import Figure, FigureKind, Role
from hsf_kpi.figures.findings import LONGEST
from hsf_kpi.figures.shape import keys, records
from hsf_kpi.figures.transformation import (
    EMPTY,
    activities_table,
    picture_table,
    road_map,
)
from hsf_kpi.figures.transformation_register import dependencies_grid, lines_table, risk_grid, risks_table
from hsf_kpi.figures.transformation_words import (
    OUTSIDE,
    measure_tile,
    register_tiles,
    transformation_finding,
    trend_title,
)
from hsf_kpi.model.codes import Origin, UnitOfMeasure
from hsf_kpi.model.dialogue import Written
from hsf_kpi.model.follow_up import Entry, EntryKind, FollowUp, Stage, Subject
from hsf_kpi.model.period import Month, Period, Window
from hsf_kpi.model.target import TargetKind
from hsf_kpi.model.transformation import Activity, Known, Statement, TransformationPlan
from tests.figures.figure_samples import CONTEXT, OCTOBER, assessment, measure, outcome, target
from tests.figures.words_rules import HEADING, plain, right, right_tiles, tile

NOW = Month.of(2026, 5)
NAMES = {"nara": "Nära vård", "digi": "Digitalisering", "plats": "Vårdplatser"}
PLAN = TransformationPlan(
    source="Statussida",
    decided=Month.of(2024, 2),
    last_year=2029,
    picture=(Statement("Fler ambulanser", "Tidningen"),),
    events=(
        Known("Beslut", "februari 2024", Month.of(2024, 2), Month.of(2024, 2), "Tidningen"),
        Known("Inflytt, källorna är oense", "2029 eller 2030", Month.of(2029, 1), Month.of(2030, 12), "Två"),
    ),
    activities=tuple(Activity(key, name, f"{name} ska utvecklas") for key, name in NAMES.items()),
    notes=("Källan har inga delmål.",),
)
HERE = replace(CONTEXT, period="maj 2026")
DEMO = {Origin.DEMO}


def line(activity: str, kind: EntryKind, text: str = "Text", number: int = 1, **given: object) -> Entry:
    return replace(Entry(activity, kind, NOW, text, number=number), **given)  # type: ignore[arg-type]


FILLED = (
    line("digi", EntryKind.RESPONSIBLE, "Chef, Planering"),
    line("digi", EntryKind.MILESTONE, "Planen är beslutad", 2, due=Month.of(2026, 3), state=Stage.ONGOING),
    line("digi", EntryKind.MILESTONE, "Allt är i drift", 3, due=Month.of(2028, 12), state=Stage.NOT_STARTED),
    line("plats", EntryKind.MILESTONE, "Flöden är kartlagda", 4, due=Month.of(2025, 6), state=Stage.DONE),
    line("plats", EntryKind.DEPENDENCY, "Egenmonitorering", 5, other="digi"),
    line("nara", EntryKind.DEPENDENCY, "Digitala möten", 6, other="digi"),
    line("nara", EntryKind.DEPENDENCY, "Statsbidrag", 7),
    line("plats", EntryKind.RISK, "För få medarbetare", 8, likelihood=3, consequence=4),
    line("digi", EntryKind.RISK, "Överprövning", 9, likelihood=2, consequence=2),
)


def states(*entries: Entry, followed: Stage | None = None) -> tuple[ActivityState, ...]:
    told = {}
    if followed is not None:
        told = {(Subject.ACTIVITY, "nara"): FollowUp(Subject.ACTIVITY, "nara", NOW, followed, "Därför")}
    return activity_states(PLAN, entries, told, NOW)


def road(found: tuple[ActivityState, ...], plan: TransformationPlan = PLAN) -> Figure:
    return road_map(plan, found, now=NOW, context=HERE, origins=DEMO)


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ((), "Ingen av de tre aktiviteterna har delmål eller ansvarig än"),
        (FILLED[:1], "En av tre aktiviteter har en ansvarig; ingen har delmål än"),
        (FILLED, "Två av tre aktiviteter har delmål; ett delmål är försenat"),
        (FILLED[3:4], "En av tre aktiviteter har delmål; inget delmål är försenat"),
        (
            tuple(
                line(key, EntryKind.MILESTONE, "Klart", due=Month.of(2026, 1), state=Stage.LATE)
                for key in NAMES
            ),
            "Alla tre aktiviteter har delmål; tre delmål är försenade",
        ),
    ],
)
def test_the_page_says_how_far_the_register_has_come(entries: tuple[Entry, ...], said: str) -> None:
    assert transformation_finding(states(*entries)) == said
    right(said, HEADING)


def test_without_a_plan_nothing_is_counted() -> None:
    assert transformation_finding(()) == "HoS 2029 finns inte bland definitionerna"
    empty = activities_table(TransformationPlan(), (), context=HERE, origins=DEMO)
    assert (empty.empty, empty.rows, empty.origins) == (EMPTY, (), frozenset())
    assert empty.source == "Källa: ingen."
    nothing = road((), TransformationPlan())
    assert (nothing.empty, nothing.title) == (EMPTY, "HoS 2029 finns inte bland definitionerna")


def test_the_tiles_count_the_register() -> None:
    filled, empty = register_tiles(states(*FILLED)), register_tiles(states())
    right_tiles(filled)
    right_tiles(empty)
    assert tile(filled, "hos-delmal") == "2 av 3 | 3 delmål i registret"
    assert tile(filled, "hos-ansvarig").startswith("1 av 3")
    assert tile(filled, "hos-forsenade") == "1 av 3 | 1 klart"
    assert tile(empty, "hos-forsenade") == "Inga delmål | Inget att följa upp än"


def test_the_road_has_what_is_known_and_each_delmal_at_its_month() -> None:
    figure = road(states(*FILLED))
    rows = list(records(figure))
    assert figure.kind is FigureKind.TIMELINE
    assert [(row["group"], row["label"], row["when"]) for row in rows] == [
        ("Känt på vägen", "Beslut", "februari 2024"),
        ("Känt på vägen", "Inflytt, källorna är oense", "2029 eller 2030"),
        ("Delmål", "Digitalisering", "mars 2026"),
        ("Delmål", "Digitalisering", "december 2028"),
        ("Delmål", "Vårdplatser", "juni 2025"),
    ]
    assert [row["state"] for row in rows[2:]] == ["forsenad", "ej_paborjad", "klar"]
    assert all(row["first"] == row["last"] for row in (rows[0], *rows[2:])), "points in time"
    assert (rows[1]["first"], rows[1]["last"]) == (dt.date(2029, 1, 1), dt.date(2030, 12, 31))
    assert figure.title == "Tre delmål är satta på vägen till 2029, ett är försenat"
    assert "Inga delmål är satta för Nära vård." in figure.help
    assert figure.origins == {Origin.PUBLISHED, Origin.DEMO}


def test_an_empty_register_draws_no_delmal_and_is_nobodys_demo() -> None:
    figure = road(states())
    assert len(figure.rows) == 2
    assert figure.title == "Inga delmål är satta på vägen till 2029"
    assert "Försenat" not in figure.help
    assert figure.origins == {Origin.PUBLISHED}
    assert figure.source == "Källa: Statussida; Tidningen; Två.", "those of the events too"
    assert "Februari 2024: Beslut" in figure.sentence
    table = activities_table(PLAN, states(), context=HERE, origins=DEMO)
    assert table.origins == {Origin.PUBLISHED}
    assert table.title == "Ingen av de tre aktiviteterna har en ansvarig funktion"
    assert "Källan har inga delmål." in table.help
    assert "vår konvention" not in table.help


def test_the_activities_say_what_stands_in_the_register() -> None:
    figure = activities_table(PLAN, states(*FILLED, followed=Stage.ONGOING), context=HERE, origins=DEMO)
    near, digital, places = records(figure)
    assert plain(near["name"]) == "1. Nära vård"
    assert "vår konvention" in figure.help, "what is late by our rule is said to be"
    assert near["text"] == "Nära vård ska utvecklas"
    assert (near["responsible"], near["milestones"], near["risk"]) == ("Inte utsedd", "Inga", "Ingen")
    assert near["dependencies"] == "Digitalisering: Digitala möten; utanför HoS 2029: Statsbidrag"
    assert plain(near["state"]) == "◆ pågår"
    assert (digital["state"], digital["responsible"]) == ("Inte uppföljd", "Chef, Planering")
    assert digital["milestones"] == "2, varav 1 försenat; närmast mars 2026: Planen är beslutad"
    assert places["milestones"] == "1, varav 1 klart"
    assert (digital["risk"], places["risk"]) == ("4: Överprövning", "12: För få medarbetare")
    assert figure.title == "En av tre aktiviteter har en ansvarig funktion, en är uppföljd"
    late = activities_table(PLAN, states(*FILLED, followed=Stage.LATE), context=HERE, origins=DEMO)
    assert late.title == "En av tre aktiviteter har en ansvarig funktion, en är försenad"


def test_dependencies_stand_by_the_activities_numbers() -> None:
    figure = dependencies_grid(states(*FILLED), context=HERE, origins=DEMO)
    assert figure.kind is FigureKind.GRID
    found = {(row["row"], row["column"]): row["what"] for row in records(figure)}
    assert found == {
        ("1", "2"): "Digitala möten",
        ("1", OUTSIDE): "Statsbidrag",
        ("3", "2"): "Egenmonitorering",
    }
    assert figure.title == "Digitalisering: två andra aktiviteter beror på den"
    assert f"{OUTSIDE} utanför HoS 2029" in plain(figure.help)
    one = dependencies_grid(states(FILLED[4]), context=HERE, origins=DEMO)
    assert one.title == "Ett beroende är registrerat"
    assert "utanför" not in one.help


def test_two_lines_of_one_dependency_share_a_cell() -> None:
    figure = dependencies_grid(
        states(FILLED[4], line("plats", EntryKind.DEPENDENCY, "Journalen", 20, other="digi")),
        context=HERE,
        origins=DEMO,
    )
    assert [row["what"] for row in records(figure)] == ["Egenmonitorering; Journalen"]
    assert figure.title == "Två beroenden är registrerade"


def test_the_risks_stand_in_the_matrix_and_by_risktal_in_the_table() -> None:
    found = states(*FILLED)
    grid, table = (make(found, context=HERE, origins=DEMO) for make in (risk_grid, risks_table))
    assert [(r["row"], r["column"], r["tone"], r["text"]) for r in records(grid)] == [
        ("4", "3", "worse", "12: en risk"),
        ("2", "2", "", "4: en risk"),
    ]
    assert grid.title == "Högst risktal, 12, har en risk i Vårdplatser"
    assert [r["value"] for r in records(table)] == [12, 4]
    assert table.title == "Två risker är registrerade"
    assert risks_table(states(FILLED[7]), context=HERE, origins=DEMO).title == "En risk är registrerad"


def test_risks_of_one_risktal_are_counted() -> None:
    other = line("nara", EntryKind.RISK, "Annat", 30, likelihood=4, consequence=3)
    assert risk_grid(states(*FILLED, other), context=HERE, origins=DEMO).title == (
        "Två risker har det högsta risktalet, 12"
    )


def test_every_version_of_a_line_is_told_also_a_removed_one() -> None:
    written = Written("chef", "Chefen", dt.datetime(2026, 5, 4, 9, tzinfo=dt.UTC), 1)
    first = replace(FILLED[7], written=written)
    versions = [
        replace(first, removed=True, written=replace(written, version=3)),
        replace(first, text="Alldeles för få", written=replace(written, version=2)),
        first,
        replace(FILLED[4], written=written),
        replace(FILLED[1], activity="plats", written=written),
        replace(FILLED[0], activity="plats"),
    ]
    figure = lines_table(versions, "plats", "3 Vårdplatser", NAMES, context=HERE, origins=DEMO)
    rows = list(records(figure))
    assert [row["change"] for row in rows] == ["borttagen", "ändrad", "ny", "ny", "ny", "ny"]
    assert [row["details"] for row in rows[2:]] == [
        "sannolikhet 3 × konsekvens 4 = 12",
        "beror på Digitalisering",
        "klart senast mars 2026, pågår",
        "",
    ]
    assert (rows[0]["who"], rows[0]["when"]) == ("Chefen", "2026-05-04")
    assert figure.title == "Registret om aktiviteten har ändrats sex gånger"
    once = lines_table(versions[-1:], "plats", "3 Vårdplatser", NAMES, context=HERE, origins=DEMO)
    assert once.title == "Registret om aktiviteten har ändrats en gång"
    none = lines_table((), "plats", "3 Vårdplatser", NAMES, context=HERE, origins=())
    assert none.empty == "Inget är infört om aktiviteten till och med maj 2026."


def test_the_picture_names_the_source_of_each_statement() -> None:
    figure = picture_table(PLAN, context=HERE)
    assert figure.rows == (("Fler ambulanser", "Tidningen", "Tidningen"),)
    assert figure.title == "Målbilden för 2029 beslutades i februari 2024"
    assert picture_table(replace(PLAN, decided=None), context=HERE).title == "Målbilden för 2029 beslutades"


def test_an_address_is_its_site_on_the_page_and_whole_in_the_files() -> None:
    address = "Tidningen, https://www.tidningen.se/vastmanland/beslut/247602"
    assert in_words(address) == "Tidningen (tidningen.se)"
    [statement] = PLAN.picture
    figure = picture_table(replace(PLAN, picture=(replace(statement, source=address),)), context=HERE)
    assert (keys(figure, "shown"), keys(figure, "file")) == (("text", "from"), ("text", "source"))
    assert figure.rows[0][1:] == ("Tidningen (tidningen.se)", address)


LINES = st.lists(
    st.one_of(
        st.builds(
            lambda key, state, ahead: line(key, EntryKind.MILESTONE, due=NOW + ahead, state=state),
            st.sampled_from(list(NAMES)),
            st.sampled_from(Stage),
            st.integers(-40, 40),
        ),
        st.builds(lambda key: line(key, EntryKind.RESPONSIBLE), st.sampled_from(list(NAMES))),
        st.builds(
            lambda key, s, k: line(key, EntryKind.RISK, likelihood=s, consequence=k),
            st.sampled_from(list(NAMES)),
            st.integers(1, 4),
            st.integers(1, 4),
        ),
        st.builds(
            lambda key, other: line(key, EntryKind.DEPENDENCY, other="" if other == key else other),
            st.sampled_from(list(NAMES)),
            st.sampled_from(["", *NAMES]),
        ),
    ),
    max_size=14,
)


@settings(max_examples=60, deadline=None)
@given(LINES, st.sampled_from([None, *Stage]))
def test_titles_hold_whatever_the_register_says(entries: list[Entry], followed: Stage | None) -> None:
    found = states(*entries, followed=followed)
    right(transformation_finding(found), HEADING)
    right_tiles(register_tiles(found))
    figures = [road(found), activities_table(PLAN, found, context=HERE, origins=DEMO)]
    if any(one.dependencies for one in found):
        figures.append(dependencies_grid(found, context=HERE, origins=DEMO))
    if any(one.risks for one in found):
        figures += [make(found, context=HERE, origins=DEMO) for make in (risk_grid, risks_table)]
    for figure in figures:
        right(figure.title, LONGEST)
        assert figure.sentence
        assert set(keys(figure, "shown")) <= {column.key for column in figure.columns}
        assert all(len(row) == len(figure.columns) for row in figure.rows)
        assert figure.column(Role.LABEL) is not None
    drawn = sum(row["group"] == "Delmål" for row in records(figures[0]))
    assert drawn == sum(one.kind is EntryKind.MILESTONE for one in entries)


# The nyckeltal, which nothing judges before its year

LISTED = measure(
    "Listade invånare per läkare",
    key="listade",
    unit=UnitOfMeasure.RATIO,
    decimals=0,
    short_name="Listade per läkare",
)
TARGET = replace(target(TargetKind.AT_MOST, "1 läkare per 1100 listade", high="1100"), year=2029)


def now_at(value: str | None) -> Assessment:
    return assessment(outcome(LISTED, value, Period(OCTOBER, Window.MONTH)))


@pytest.mark.parametrize(
    ("value", "told", "title"),
    [
        (
            "1640",
            "1 640 | oktober 2023 | Mål: högst 1 100, gäller 2029 | 540 högre än målet",
            "Listade per läkare är 540 högre än målet för 2029",
        ),
        (
            "1000",
            "1 000 | oktober 2023 | Mål: högst 1 100, gäller 2029 | 100 lägre än målet",
            "Listade per läkare är 1 000: målet för 2029 är nått",
        ),
        (
            "1100",
            "1 100 | oktober 2023 | Mål: högst 1 100, gäller 2029",
            "Listade per läkare är 1 100: målet för 2029 är nått",
        ),
    ],
)
def test_the_value_now_stands_beside_the_target_of_its_own_year(value: str, told: str, title: str) -> None:
    found = measure_tile(now_at(value), TARGET)
    right_tiles([found])
    assert tile([found], found.id) == told
    assert plain(trend_title(now_at(value), TARGET)) == title


def test_a_value_that_is_missing_or_has_no_target_is_only_told() -> None:
    missing = measure_tile(now_at(None), TARGET)
    assert missing.lines == ()
    assert "inte rapporterat" in missing.value
    assert trend_title(now_at(None), TARGET) == missing.value
    assert measure_tile(now_at("1640"), None).lines == ("oktober 2023",)
