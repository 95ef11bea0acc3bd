"""The table of a unit's own places: place, median, best and worst quarter, and a title that is true for all of them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.peers import Standing, standing
from hsf_kpi.analysis.types import Assessment
from hsf_kpi.figures.figure import FigureKind
from hsf_kpi.figures.findings import LONGEST
from hsf_kpi.figures.places import BEST, WORST, places_table, where
from hsf_kpi.figures.shape import keys, records
from hsf_kpi.model.codes import Direction, Origin, Status
from hsf_kpi.model.peers import PeerValues
from hsf_kpi.model.target import TargetKind
from tests.figures.figure_samples import CONTEXT, PLAN, assessment, measure, outcome, target
from tests.figures.words_rules import plain, right

HERE = replace(CONTEXT, unit_id="kir", unit="Kirurgkliniken")
GOAL = target(TargetKind.AT_MOST, "6,0%", high="6.0")
Row = tuple[Assessment, Standing]


def row(own: float, *others: float, direction: Direction = Direction.DOWN, name: str = "Sjukfrånvaro") -> Row:
    """`own` among the others, of which the first is within the scope."""
    of = measure(name, direction=direction)
    named, *unnamed = (Fraction(str(other)) for other in others)
    values = PeerValues(
        Fraction(str(own)), (("med", named),), tuple(unnamed), 0, frozenset({Origin.DEMO, Origin.LOADED})
    )
    a = assessment(outcome(of, own, unit="kir"), GOAL, Status.MET, bound="6.0")
    return a, standing(of, "kir", "på nivån klinik", values)


def title(*found: Row) -> str:
    said = places_table(found, context=HERE).title
    right(said, LONGEST)
    return plain(said)


LOW, MIDDLE, HIGH = row(1, 2, 3, 4, 5, 6, 7, 8), row(4, 1, 2, 3, 5, 6, 7, 8), row(9, 2, 3, 4, 5, 6, 7, 8)


def test_a_row_has_value_place_median_and_quarter() -> None:
    figure = places_table([LOW, row(5.3, 5.3, 6.1, 7, 8, 9.1), HIGH], context=HERE)
    assert (figure.kind, figure.slug) == (FigureKind.TABLE, "egen-plats")
    shown = [[plain(one[key]) for key in keys(figure, "shown")] for one in records(figure)]
    assert shown == [
        ["Sjukfrånvaro", "1,0 %", "1 av 8", "4,5 %", BEST, "● uppnått"],
        ["Sjukfrånvaro", "5,3 %", "delad 1 av 6", "6,6 %", BEST, "● uppnått"],
        ["Sjukfrånvaro", "9,0 %", "8 av 8", "5,5 %", WORST, "● uppnått"],
    ]
    assert [one["value"] for one in records(figure)] == [1.0, 5.3, 9.0]
    assert figure.origins == {Origin.DEMO, Origin.LOADED}
    assert plain(figure.caption).startswith("Plats på nivån klinik. Kirurgkliniken")
    assert "Kirurgkliniken, tre nyckeltal." in figure.sentence
    assert figure.source == f"Källa: Demodata. Mål och definition: {PLAN}."
    assert not figure.empty


def test_nobody_else_is_named() -> None:
    figure = places_table([LOW, MIDDLE], context=HERE)
    assert not any(value == "med" for one in figure.rows for value in one)


@pytest.mark.parametrize(
    ("own", "others", "said"),
    [
        (1, (2, 3, 4), BEST),  # one of four: exactly the first quarter
        (1, (2, 3), ""),  # one of three is more than a quarter
        (2, (1, 3, 4, 5, 6, 7, 8), BEST),
        (3, (1, 2, 4, 5, 6, 7, 8), ""),
        (7, (1, 2, 3, 4, 5, 6, 8), WORST),
        (6, (1, 2, 3, 4, 5, 7, 8), ""),
        (5, (5, 5, 5), ""),
        # Third of twelve, and last: ten share the place.
        (9, (1, 2, *(9,) * 9), ""),
        # First of twelve with nine others, and the two after are the worst.
        (1, (*(1,) * 9, 8, 9), ""),
        (9, (1, 1, 1, 1, 1, 1, 9), WORST),
    ],
)
def test_best_and_worst_are_the_outermost_quarters(own: float, others: tuple[float, ...], said: str) -> None:
    a, found = row(own, *others)
    assert where(found, a) == said
    up = row(-own, *(-other for other in others), direction=Direction.UP)
    assert where(up[1], up[0]) == said, "mirrored values with mirrored direction"
    for direction in (Direction.BAND, Direction.NONE):
        no_way = row(own, *others, direction=direction)
        assert where(no_way[1], no_way[0]) == ""


@settings(max_examples=80)
@given(st.lists(st.integers(0, 6), min_size=5, max_size=14))
@example([9, 1, 2, *([9] * 9)])
def test_who_is_among_the_best_has_at_least_half_of_the_others_behind(values: list[int]) -> None:
    a, found = row(values[0], *values[1:])
    said = where(found, a)
    better, worse = sum(v < values[0] for v in values), sum(v > values[0] for v in values)
    if said == BEST:
        assert better < len(values) / 4
        assert worse >= len(values) / 2
    if said == WORST:
        assert worse < len(values) / 4
        assert better >= len(values) / 2


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            (LOW, LOW, MIDDLE, HIGH),
            "Kirurgkliniken är bland de bästa i två och de sämsta i ett av fyra",
        ),
        ((LOW, MIDDLE), "Kirurgkliniken är bland de bästa i ett och de sämsta i inget av två"),
        ((LOW,), "Kirurgkliniken är bland de bästa"),
        ((HIGH,), "Kirurgkliniken är bland de sämsta"),
        (
            (MIDDLE, MIDDLE),
            "Kirurgkliniken är varken bland de bästa eller de sämsta i något av två",
        ),
        (
            (MIDDLE, row(1, 2, 3, 4, 5, direction=Direction.BAND)),
            "Kirurgkliniken är varken bland de bästa eller de sämsta",
        ),
        # The lowest of five where no direction is better is neither best nor in the middle.
        ((row(1, 2, 3, 4, 5, direction=Direction.NONE),), "Nyckeltalet har ingen riktning som är bättre"),
        (
            (row(1, 2, 3, direction=Direction.NONE), row(3, 2, 1, direction=Direction.NONE)),
            "Inget av två nyckeltal har en riktning som är bättre",
        ),
        ((), "Kirurgkliniken kan inte jämföras"),
    ],
)
def test_the_title_counts_what_can_be_best(found: tuple[Row, ...], said: str) -> None:
    assert title(*found) == said


def test_a_long_name_has_a_shorter_title() -> None:
    long = replace(CONTEXT, unit="Hälso- och sjukvårdsförvaltningens stab för utveckling")
    for found in ([LOW, HIGH], [MIDDLE], [row(1, 2, 3, 4, direction=Direction.NONE)], []):
        right(places_table(found, context=long).title, LONGEST)
    named = places_table([LOW, HIGH], context=long).title
    assert named == "Verksamheten är bland de bästa i ett och de sämsta i ett av två nyckeltal"


def test_nothing_to_compare_says_so() -> None:
    figure = places_table([], context=HERE)
    assert figure.rows == ()
    assert figure.empty.startswith("Inget nyckeltal kan jämföras")
    assert plain(figure.caption).startswith("Plats bland jämförbara verksamheter")
