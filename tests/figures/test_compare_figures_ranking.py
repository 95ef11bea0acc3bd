"""Order with uncertainty and distribution as figures: findings, who is named, what is told of chance."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.compare.types import NoRanking, Ranking, Uncertainty
from hsf_kpi.figures.compare.distribution import distribution_figure
from hsf_kpi.figures.compare.ranking import ranking_figure
from hsf_kpi.figures.figure import Figure, FigureKind, Role
from hsf_kpi.figures.findings import LONGEST
from hsf_kpi.figures.peers import NO_NAME
from hsf_kpi.figures.shape import records
from hsf_kpi.model.codes import Direction, Origin, UnitOfMeasure
from hsf_kpi.model.target import TargetKind
from tests.figures.compare_figure_samples import BAND, GOAL, HERE, LONG, NAMES, names_of, ranking
from tests.figures.figure_samples import measure, target
from tests.figures.words_rules import plain, right


def ranked(found: Ranking | NoRanking, **names: str) -> Figure:
    m = found.measure if isinstance(found, Ranking) else measure()
    return ranking_figure(found, m, NAMES | names, context=HERE)


def column(figure: Figure, key: str) -> list[object]:
    return [record[key] for record in records(figure)]


FIVE = ("5.3", "9.1", "4.0", "6.2", "7.0")
HALVES = (0.8, 1.2, 0.5, 2.0, 1.0)


def test_a_row_a_unit_first_place_first_with_its_interval():
    figure = ranked(ranking(FIVE, widths=HALVES))
    assert figure.kind is FigureKind.RANKING
    assert column(figure, "name") == [
        "Närsjukvård Öst",
        "Kirurgkliniken",
        "Barn- och ungdomspsykiatri",
        "EPOS Sala",
        LONG,
    ]
    assert column(figure, "place") == [1, 2, 3, 4, 5]
    assert [plain(text) for text in column(figure, "interval_text")][:2] == ["3,5–4,5 %", "4,5–6,1 %"]
    assert column(figure, "apart") == ["better", "better", "", "", "worse"]
    assert plain(column(figure, "apart_text")[0]) == "● bättre"
    assert plain(column(figure, "apart_text")[4]) == "■ sämre"
    assert plain(column(figure, "status")[4]) == "■ ej uppnått"
    assert [column(figure, key)[0] for key in ("low", "high")] == [3.5, 4.5]
    assert column(figure, "whose") == ["named", "own", "named", "named", "named"]
    assert figure.title == "Kirurgkliniken har plats 2 av 5, tydligt bättre än medianen"
    assert plain(figure.caption).startswith("Plats bland kliniker med patientvård: Sjukfrånvaro, procent.")
    assert figure.options["month"] == "2023-10"
    assert figure.slug == "sjukfranvaro-rangordning"


def test_the_title_counts_those_apart_where_the_own_unit_is_not():
    wide = (3.0, *HALVES[1:])
    assert (
        ranked(ranking(FIVE, widths=wide)).title
        == "Kirurgkliniken har plats 2 av 5; två skiljer sig tydligt från medianen"
    )
    none = ranked(ranking(FIVE, widths=(9.0,) * 5)).title
    assert none == "Kirurgkliniken har plats 2 av 5; ingen skiljer sig tydligt från medianen"
    plainly = ranked(ranking(FIVE)).title
    assert plain(plainly) == "Kirurgkliniken har plats 2 av 5; medianen är 6,2 %"
    shared = ranked(ranking(("5.3", "5.3", "4.0", "6.2", "7.0")))
    assert shared.title.startswith("Kirurgkliniken har delad plats 2 av 5")
    assert column(shared, "place") == [1, 2, 2, 4, 5]
    alone = ranked(ranking(("5.3",), widths=(3.0,), unnamed=("4.0", "5.5", "6.0", "7.0", "8.0")))
    assert alone.title == "Kirurgkliniken har plats 2 av 6, inte tydligt skild från medianen"
    some = ranked(ranking(("5.3", "9.1"), widths=(3.0, 0.5), unnamed=("4.0", "5.5", "6.0", "7.0", "8.0")))
    assert some.title == "Kirurgkliniken har plats 2 av 7; en av två prövade skiljer sig tydligt"


def test_where_no_way_is_better_order_and_shape_say_so():
    m = measure("Beläggning", direction=Direction.BAND)
    figure = ranked(
        ranking(("88", "92", "75.5", "105", "84.9"), widths=(9, 4, 2, 8, 1), goal=BAND, measured=m)
    )
    assert figure.title == "Kirurgkliniken har plats 3 av 5, lägst först; tre skiljer sig tydligt"
    assert [plain(text) for text in column(figure, "apart_text")] == ["◆ lägre", "◆ lägre", "", "", "◆ högre"]
    assert "platsen säger inte vad som är bäst" in figure.help
    assert "Tydligt lägre än medianen: Närsjukvård Öst och EPOS Sala." in figure.sentence
    band = figure.marks[1]
    assert (band.low, band.high) == (85.0, 90.0)


def test_without_the_own_unit_the_title_is_about_the_group():
    def title(*halves: float, **more: object) -> str:
        return plain(ranked(ranking(FIVE, widths=halves, own=None, **more)).title)  # type: ignore[arg-type]

    assert title(*HALVES) == "Tre av fem verksamheter skiljer sig tydligt från medianen"
    assert title(9, 9, 9, 9, 9) == "Ingen av fem verksamheter skiljer sig tydligt från medianen"
    assert title(0.1) == "Den enda som kan prövas skiljer sig tydligt från medianen"
    assert title(9.0) == "Den enda som kan prövas skiljer sig inte tydligt från medianen"
    assert title() == "Fem verksamheter har ett värde; medianen är 6,2 %"
    assert title(0.1, 0.1, unnamed=("1", "2", "3", "4", "5")).startswith("Två av två prövade verksamheter")


def test_nobody_outside_the_scope_has_more_than_a_place_and_a_value():
    figure = ranked(
        ranking(("5.3", "6.0"), widths=(0.5, 0.5), unnamed=("4.2", "5.5", "7.0", "8.0", "9.1"), left_out=2)
    )
    outside = [record for record in records(figure) if record["whose"] == "other"]
    assert len(outside) == 5
    for record in outside:
        assert (record["unit"], record["name"]) == ("", NO_NAME)
        assert record["low"] is None
        assert (record["interval_text"], record["apart"], record["status"]) == ("", "", "")
    assert "ofylld: annan verksamhet, som visas utan namn" in figure.help
    assert "Två verksamheter är inte med" in figure.help


def test_the_help_tells_what_is_uncertain_and_who_has_no_value():
    figure = ranked(
        ranking(
            FIVE, widths=HALVES[:4], missing=(("rat", "maskerat"), ("aht", "försenat"), ("hja", "maskerat"))
        )
    )
    assert (
        "Utan värde: Hjärtavdelningen och Rättspsykiatri Sala (maskerat); AH-teamet (försenat)."
        in figure.help
    )
    assert "Punkt utan linje" in figure.help
    assert "en av tjugo" in figure.help
    assert "Ringad: Kirurgkliniken." in figure.help
    assert "Hur osäkra värdena är går inte att räkna fram." in ranked(ranking(FIVE)).help
    for kind in (Uncertainty.BYAR, Uncertainty.MONTHS):
        assert "95 %-intervall, räknat på" in plain(
            ranked(replace(ranking(FIVE, widths=HALVES), uncertainty=kind)).help
        )


def test_the_target_is_a_line_only_where_it_is_everybodys():
    def roles(found: Ranking) -> list[Role]:
        return [mark.role for mark in ranked(found).marks]

    assert roles(ranking(FIVE)) == [Role.MEDIAN, Role.TARGET_HIGH]
    assert roles(ranking(FIVE, goal=None)) == [Role.MEDIAN]
    assert roles(ranking(FIVE, goal=target(TargetKind.LESS_THAN_LAST_YEAR, "minska"))) == [Role.MEDIAN]
    found = ranking(FIVE)
    first, *rest = found.rows
    assert first.assessment is not None
    other = replace(
        first, assessment=replace(first.assessment, target=target(TargetKind.AT_MOST, "5%", high="5"))
    )
    assert roles(replace(found, rows=(other, *rest))) == [Role.MEDIAN]
    free = replace(first, assessment=replace(first.assessment, target=None))
    assert roles(replace(found, rows=(free, *rest))) == [Role.MEDIAN]


def test_the_source_tells_the_origins_of_the_unnamed_too():
    found = replace(ranking(FIVE), origins=frozenset({Origin.DEMO, Origin.LOADED}))
    assert ranked(found).source.startswith("Källa: inläst; Demodata.")
    assert ranked(found).origins == {Origin.DEMO, Origin.LOADED}


def test_no_ranking_is_told_in_words():
    figure = ranked(NoRanking("Färre än fem verksamheter har ett värde att jämföra."))
    assert figure.kind is FigureKind.RANKING
    assert figure.empty == "Färre än fem verksamheter har ett värde att jämföra."
    assert figure.rows == ()
    right(figure.title, LONGEST)


# The distribution


def spread(found: Ranking) -> Figure:
    return distribution_figure(found, names_of(40), context=HERE)


def test_a_distribution_has_the_lowest_value_first_and_the_own_quarter_in_its_title():
    eight = ("5.3", "9.1", "4.0", "6.2", "7.0", "8.0", "6.5", "6.6")
    figure = spread(ranking(eight))
    assert figure.kind is FigureKind.DISTRIBUTION
    assert column(figure, "value") == sorted(map(float, eight))
    assert figure.title == "Kirurgkliniken ligger i den bästa fjärdedelen, plats 2 av 8"
    up = measure(direction=Direction.UP)
    assert spread(ranking(eight, measured=up)).title == (
        "Kirurgkliniken ligger i den sämsta fjärdedelen, plats 7 av 8"
    )
    assert spread(ranking(("6.4", *eight[1:]))).title == (
        "Kirurgkliniken ligger i den mittersta hälften, plats 3 av 8"
    )
    free = measure(direction=Direction.NONE)
    assert spread(ranking(eight, measured=free)).title.startswith(
        "Kirurgkliniken ligger i den lägsta fjärdedelen"
    )
    assert spread(ranking(("5",) * 6)).title == "Kirurgkliniken har delad plats 1 av 6"
    assert spread(replace(ranking(eight), quartiles=None)).title == "Kirurgkliniken har plats 2 av 8"
    assert "lägre är bättre" in figure.sentence
    assert figure.options["better"] == "down"
    assert spread(ranking(eight, measured=free)).options["better"] == ""


def test_a_distribution_without_the_own_unit_tells_where_half_of_them_are():
    group = spread(ranking(("1", "2", "3", "4", "5"), own=None))
    assert plain(group.title) == "Hälften av verksamheterna ligger mellan 2,0 och 4,0 %"
    assert plain(spread(ranking(("5",) * 5, own=None)).title) == "Verksamheternas median är 5,0 %"
    assert plain(spread(replace(ranking(("1", "3"), own=None), quartiles=None)).title) == (
        "Verksamheternas median är 2,0 %"
    )
    assert [mark.role for mark in group.marks] == [Role.MEDIAN, Role.TEXT]


numbers = st.decimals(-50, 150, places=1).map(str)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(numbers, min_size=2, max_size=14),
    st.lists(st.none() | st.floats(0, 40), max_size=14),
    st.lists(numbers, max_size=20),
    st.sampled_from(Direction),
    st.sampled_from(UnitOfMeasure),
    st.sampled_from([None, "kir", "lar"]),
    st.sampled_from([None, GOAL, BAND]),
)
def test_every_text_reads_right_whatever_the_group(values, halves, unnamed, direction, unit, own, goal):
    if unit is UnitOfMeasure.MINUTES:  # a time is never below zero
        values, unnamed = ([text.lstrip("-") for text in texts] for texts in (values, unnamed))
    m = measure(direction=direction, unit=unit)
    own = own if own in names_of(len(values)) else None
    found = ranking(values, widths=halves[: len(values)], own=own, unnamed=unnamed, measured=m, goal=goal)
    for figure in (ranked(found), spread(found)):
        right(figure.title, LONGEST)
        for text in (figure.caption, figure.help, figure.sentence):
            assert "None" not in text
            assert "  " not in text
        assert len(figure.rows) == len(values) + len(unnamed)
        named = {str(record["name"]) for record in records(figure)} - {NO_NAME}
        assert len(named) == len(values)


@pytest.mark.parametrize("name", ["Ä" * 60, LONG])
def test_a_long_name_gives_way_in_the_title(name):
    found = ranking(FIVE, widths=HALVES, own="lar")
    for figure in (
        ranked(found, lar=name),
        distribution_figure(found, NAMES | {"lar": name}, context=HERE),
    ):
        assert len(figure.title) <= LONGEST
        assert "lats 5 av 5" in figure.title or name in figure.title


def test_one_of_one_is_the_only_one():
    found = ranking(["0.0", "0.1"], widths=[None, 0.0], own="kir", measured=measure(direction=Direction.UP))
    assert "den enda prövade skiljer sig tydligt" in ranked(found).title
