"""The figure «Plats bland jämförbara»: finding, rows, lines, words, and what it never holds."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.analysis.peers import Standing, standing
from hsf_kpi.figures.figure import Figure, FigureKind, Role
from hsf_kpi.figures.findings import LONGEST
from hsf_kpi.figures.peers import peers, peers_withheld
from hsf_kpi.figures.shape import records
from hsf_kpi.model.codes import Direction, Origin, Status, UnitOfMeasure
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.peers import PeerValues, Withheld
from hsf_kpi.model.target import TargetKind
from tests.figures.figure_samples import CONTEXT, PLAN, assessment, measure, outcome, target

NAMES = {"kir": "Kirurgkliniken", "med": "Medicinkliniken"}
HERE = replace(CONTEXT, unit_id="kir", unit="Kirurgkliniken")
GOAL = target(TargetKind.AT_MOST, "6,0%", high="6.0")


def plain(text: object) -> str:
    return str(text).replace("\N{NO-BREAK SPACE}", " ")


def place(
    m: Measure, own: str = "5.3", *, left_out: int = 0, origins: tuple[Origin, ...] = (Origin.DEMO,)
) -> Standing:
    unnamed = tuple(Fraction(v) for v in ("4.2", "6.1", "7.0", "8.0", "9.1"))
    values = PeerValues(Fraction(own), (("med", Fraction("5.0")),), unnamed, left_out, frozenset(origins))
    return standing(m, "kir", "på nivån klinik", values)


def figure(m: Measure | None = None, own: str = "5.3", goal=GOAL, **more) -> Figure:
    m = m or measure()
    a = assessment(outcome(m, own), goal, Status.MET, bound="6.0")
    return peers(place(m, own, **more), a, NAMES, context=HERE)


def test_the_title_is_the_finding_and_the_rows_are_in_order():
    found = figure()
    assert found.kind is FigureKind.PEERS
    assert plain(found.title) == "Kirurgkliniken har plats 3 av 7 på nivån klinik: medianen är 6,1 %"
    rows = [(r["place"], r["name"], plain(r["value_text"]), r["whose"]) for r in records(found)]
    assert rows == [
        (1, "–", "4,2 %", "other"),
        (2, "Medicinkliniken", "5,0 %", "named"),
        (3, "Kirurgkliniken", "5,3 %", "own"),
        (4, "–", "6,1 %", "other"),
        (5, "–", "7,0 %", "other"),
        (6, "–", "8,0 %", "other"),
        (7, "–", "9,1 %", "other"),
    ]
    assert [(plain(mark.label), mark.role) for mark in found.marks] == [
        ("Median 6,1 %", Role.MEDIAN),
        ("Mål 6,0%", Role.TARGET_HIGH),
    ]
    assert plain(found.caption).startswith("Plats bland jämförbara: Sjukfrånvaro, procent. Kirurgkliniken")
    assert found.source == f"Källa: Demodata. Mål och definition: {PLAN}."
    assert plain(found.sentence) == (
        "Punktdiagram med 7 verksamheter på nivån klinik i ordning. Sjukfrånvaro, procent."
        " Kirurgkliniken har 5,3 %, plats 3. Lägst 4,2 %, högst 9,1 %, medianen är 6,1 %. Mål: 6,0%."
    )


@pytest.mark.parametrize(
    ("direction", "words"),
    [
        (Direction.DOWN, "lägsta värdet, som är bäst"),
        (Direction.UP, "högsta värdet, som är bäst"),
        (Direction.BAND, "platsen säger inte vad som är bäst"),
        (Direction.NONE, "platsen säger inte vad som är bäst"),
    ],
)
def test_the_help_says_what_the_first_place_is(direction, words):
    found = figure(measure(direction=direction))
    assert words in found.help
    assert ("lägst först" in found.title) == (direction in (Direction.BAND, Direction.NONE))


def test_a_shared_place_is_told():
    assert "delad plats 2 av 7" in figure(own="5.0").title
    assert "delad plats 2" in figure(own="5.0").sentence


def test_what_is_left_out_is_counted():
    assert "inte med" not in figure().help
    assert (
        "En verksamhet är inte med: värdet saknas, är ofullständigt eller maskerat."
        in figure(left_out=1).help
    )
    assert "Två verksamheter är inte med: deras värde saknas" in figure(left_out=2).help


def test_dots_are_explained_only_where_they_are():
    m = measure()
    alone = PeerValues(Fraction(1), (), tuple(map(Fraction, (2, 3, 4, 5, 6))), 0, frozenset({Origin.DEMO}))
    found = peers(standing(m, "kir", "", alone), assessment(outcome(m, "1")), NAMES, context=HERE)
    assert "fylld: verksamhet i behörigheten" not in found.help.replace("ofylld", "")
    assert "utan namn" in found.help


@pytest.mark.parametrize(
    ("kind", "wording"),
    [
        (TargetKind.LESS_THAN_LAST_YEAR, "Lägre än fg år"),
        (TargetKind.LESS_THAN_FIXED_YEAR, "Lägre än 2022"),
        (TargetKind.BETTER_THAN_NATIONAL, "Bättre än riks snittet"),
    ],
)
def test_a_target_that_is_each_units_own_has_no_line(kind, wording):
    found = figure(goal=target(kind, wording, fixed_year=2022))
    assert [mark.role for mark in found.marks] == [Role.MEDIAN]
    assert "Mål:" not in found.sentence


def test_the_origins_of_all_are_told_and_the_sources_of_the_others_are_not():
    m = measure()
    a = assessment(outcome(m, "5.3", origin=Origin.PUBLISHED, source="Kolada U70446"))
    found = peers(place(m, origins=(Origin.PUBLISHED, Origin.DEMO)), a, NAMES, context=HERE)
    assert found.source.startswith("Källa: Kolada; Demodata.")
    assert found.origins == {Origin.PUBLISHED, Origin.DEMO}


@given(st.text(min_size=1, max_size=60), st.sampled_from(UnitOfMeasure), st.sampled_from(Direction))
def test_every_title_fits_and_says_place_and_median(name, unit, direction):
    m = measure(unit=unit, direction=direction)
    a = assessment(outcome(m, "5.3"))
    title = peers(place(m), a, NAMES, context=replace(HERE, unit=name)).title
    assert len(title) <= LONGEST
    assert "plats 3 av 7" in title.lower() or "plats 5 av 7" in title.lower()
    assert "medianen är" in title


@pytest.mark.parametrize("why", [Withheld.HIDDEN, Withheld.EARLIER, Withheld.OVERLAPPING])
def test_what_may_not_be_shown_is_told_in_words_without_a_number_of_the_others(why):
    m = measure()
    found = peers_withheld(why, assessment(outcome(m, "5.3"), GOAL), context=HERE)
    assert found is not None
    assert found.empty
    assert not found.rows
    assert not found.marks
    assert not found.origins
    assert not any(char.isdigit() for char in found.empty)


@pytest.mark.parametrize("why", [Withheld.NO_VALUE, Withheld.FEW, Withheld.NO_GROUP])
def test_where_there_is_nothing_to_compare_there_is_no_figure(why):
    assert peers_withheld(why, assessment(outcome(measure(), "5.3")), context=HERE) is None


def test_rows_hold_no_more_than_place_name_and_value():
    text = json.dumps([list(row) for row in figure().rows], ensure_ascii=False)
    assert "kir" not in text.replace("Kirurgkliniken", "")
    assert "med" not in text.replace("named", "").replace("Medicinkliniken", "")
