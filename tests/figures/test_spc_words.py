"""The words of control charts: three questions apart, each answer with its ground, also where there is none."""

from __future__ import annotations

import itertools
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.spc.types import Assurance, Judged, Process, Rule, Side, Variation
from hsf_kpi.figures.findings import LONGEST
from hsf_kpi.figures.spc_points import change_finding, pattern, point_words, signal_text
from hsf_kpi.figures.spc_words import (
    SHAPE,
    UNKNOWN,
    assurance_answer,
    assurance_word,
    assurance_words,
    limits_words,
    rule_words,
    tile_words,
    variation_finding,
    variation_word,
)
from hsf_kpi.model.codes import Direction, UnitOfMeasure
from hsf_kpi.model.target import TargetKind
from tests.figures.figure_samples import measure, target
from tests.figures.spc_samples import (
    COMMON,
    NOISE,
    OUTSIDE,
    REFUSED,
    RISING,
    SEASONAL,
    SHIFT,
    TWO_PHASES,
    judged,
)
from tests.figures.words_rules import right

UP = measure(direction=Direction.UP)
NONE = measure(direction=Direction.NONE)
AT_MOST = target(TargetKind.AT_MOST, "6,0%", high="6.0")


def as_latest(
    rule: Rule | None, side: Side | None, run: int = 1, variation: Variation = Variation.WORSE, **more
) -> Process:
    """A process whose latest point is judged as told."""
    process = judged(COMMON, **more)
    last = process.latest
    assert last is not None
    kind = Variation.COMMON if rule is None else variation
    point = replace(last, rule=rule, side=side, run=run, variation=kind)
    return replace(process, points=(*process.points[:-1], point), hits=())


@pytest.mark.parametrize(
    ("process", "finding", "ground", "title"),
    [
        (
            judged(COMMON),
            "Nej",
            "Vanlig variation: inom styrgränserna, utan mönster",
            "Inga verkliga förändringar i oktober",
        ),
        (
            judged(SHIFT),
            "Ja, bättre",
            "7 månader i rad under medel",
            "Sedan april 2023 ligger varje månad under medelvärdet",
        ),
        (
            judged(SHIFT, UP),
            "Ja, sämre",
            "7 månader i rad under medel",
            "Sedan april 2023 ligger varje månad under medelvärdet",
        ),
        (
            judged(OUTSIDE),
            "Ja, sämre",
            "Utanför övre styrgränsen",
            "Oktober ligger utanför den övre styrgränsen",
        ),
        (
            judged(RISING, NONE),
            "Ja, stigande",
            "Stigande 7 månader i rad",
            "Värdet har stigit varje månad sedan april 2023",
        ),
        (
            as_latest(Rule.TWO_OF_THREE, Side.LOW, 2, Variation.BETTER),
            "Ja, bättre",
            "2 av 3 månader nära undre styrgränsen",
            "Två av de tre senaste månaderna ligger nära den undre styrgränsen",
        ),
        (
            as_latest(Rule.TWO_OF_THREE, Side.HIGH, 3),
            "Ja, sämre",
            "3 av 3 månader nära övre styrgränsen",
            "De tre senaste månaderna ligger nära den övre styrgränsen",
        ),
        (
            as_latest(Rule.OUTSIDE, Side.LOW, 4, Variation.NEITHER),
            "Ja, lägre",
            "4 månader i rad utanför undre styrgränsen",
            "De fyra senaste månaderna ligger utanför den undre styrgränsen",
        ),
        (
            as_latest(Rule.SHIFT, Side.HIGH, 9, Variation.NEITHER, m=measure(unit=UnitOfMeasure.MINUTES)),
            "Ja, längre",
            "9 månader i rad över medel",
            "Sedan februari 2023 ligger varje månad över medelvärdet",
        ),
        (
            as_latest(Rule.SHIFT, Side.LOW, 8, Variation.BETTER, seasonal=True),
            "Ja, bättre",
            "8 månader i rad under månadens medel",
            "Sedan mars 2023 ligger varje månad under sitt månadsmedel",
        ),
        (
            as_latest(Rule.TREND, Side.LOW, 7, Variation.NEITHER, seasonal=True),
            "Ja, sjunkande",
            "Säsongsjusterat sjunkande 7 månader i rad",
            "Säsongsjusterat har värdet sjunkit varje månad sedan april 2023",
        ),
    ],
)
def test_the_answer_its_ground_and_the_title_say_the_same(process, finding, ground, title):
    assert variation_finding(process) == finding
    assert rule_words(process) == ground
    assert change_finding(process) == title


def test_a_run_that_ends_outside_the_limits_tells_both():
    values = [*COMMON[:12], *COMMON[:12], *COMMON[:12], *[5.9] * 7, 5.0, 4.9]
    process = judged(values)
    assert rule_words(process) == "9 månader i rad under medel, de två senaste utanför undre styrgränsen"
    assert point_words(process, 43) == "9 månader i rad under medel och utanför undre styrgränsen"
    assert point_words(process, 38) == "9 månader i rad under medel"
    assert change_finding(process) == "Sedan februari 2023 ligger varje månad under medelvärdet"
    once = judged([*values[:-2], 5.0])
    assert rule_words(once) == "8 månader i rad under medel, den senaste utanför undre styrgränsen"


def test_a_whole_run_outside_is_told_once():
    process = judged([*NOISE, *NOISE, *NOISE, *[200] * 7])
    assert rule_words(process) == "7 månader i rad utanför övre styrgränsen"
    assert (
        point_words(process, len(process.points) - 3)
        == "7 månader i rad över medel och utanför övre styrgränsen"
    )


def test_a_pattern_is_its_overlapping_hits_of_one_rule_and_side():
    process = judged([*COMMON[:17], *[5.9, 6.1, 5.8, 6.0, 6.2, 5.9, 6.0, 6.1, 5.9]])
    assert pattern(process, 20, Rule.SHIFT, Side.LOW) == (17, 25)
    assert pattern(process, 20, Rule.SHIFT, Side.HIGH) is None
    assert pattern(process, 16, Rule.SHIFT, Side.LOW) is None
    assert signal_text(process, 20) == "Förbättring: 9 månader i rad under medel"
    assert signal_text(process, 3) == ""


def test_without_a_value_or_without_limits_nothing_is_said_of_the_month():
    gap = judged([*COMMON, None], assurance=Assurance.FAILS, target=AT_MOST)
    assert variation_finding(gap) == UNKNOWN
    assert rule_words(gap) == "Inget värde att bedöma för oktober 2023"
    assert change_finding(gap) == ""
    assert assurance_answer(gap) == "Nej", "the process is known though the month is not"
    assert tile_words(gap) == ("", "Räcker inte till målet")
    point = Judged(23, Fraction(6), None, None, None)
    unjudged = judged(COMMON)
    unjudged = replace(unjudged, points=(*unjudged.points[:-1], point))
    assert variation_finding(unjudged) == UNKNOWN
    assert "För få månader" in rule_words(unjudged)
    assert change_finding(unjudged) == ""
    assert tile_words(unjudged)[0] == ""


def test_no_limits_are_told_by_their_own_sentence():
    assert variation_finding(REFUSED) == assurance_answer(REFUSED) == UNKNOWN
    assert rule_words(REFUSED) == limits_words(REFUSED) == REFUSED.words
    assert assurance_words(REFUSED) == "Frågan kan bara besvaras med styrgränser"
    assert tile_words(REFUSED) == ("", "")


BAND = target(TargetKind.BETWEEN, "85‐90%", "85", "90")
MOVING = target(TargetKind.LESS_THAN_LAST_YEAR, "Lägre än fg år")


@pytest.mark.parametrize(
    ("assurance", "goal", "ground"),
    [
        (Assurance.FAILS, target(TargetKind.AT_MOST, "2 %", high="2"), "Målet ligger utanför styrgränserna"),
        (
            Assurance.PASSES,
            target(TargetKind.AT_MOST, "9 %", high="9"),
            "Styrgränserna ligger på rätt sida om målet",
        ),
        (Assurance.EITHER, target(TargetKind.AT_MOST, "7 %", high="7"), "Målet ligger mellan styrgränserna"),
        (Assurance.FAILS, BAND, "Målet ligger utanför styrgränserna"),
        (Assurance.PASSES, target(TargetKind.BETWEEN, "5–9", "5", "9"), "Styrgränserna ligger inom målet"),
        (
            Assurance.EITHER,
            target(TargetKind.BETWEEN, "6–9", "6", "9"),
            "Målet täcker bara en del av styrgränserna",
        ),
        (Assurance.PASSES, MOVING, "Varje månad når sitt mål"),
        (Assurance.FAILS, MOVING, "Ingen månad når sitt mål"),
        (Assurance.EITHER, MOVING, "Målet nås vissa månader, andra inte"),
        (
            Assurance.EITHER,
            target(TargetKind.AT_MOST, "2 %", high="2"),
            "Målet nås vissa månader, andra inte",
        ),
        (
            Assurance.FAILS,
            target(TargetKind.AT_MOST, "7 %", high="7"),
            "Ingen månad når sitt mål",
        ),
        (None, MOVING, "Målet kan inte prövas mot styrgränserna"),
        (None, None, "Det finns inget mål att pröva"),
    ],
)
def test_whether_the_target_will_be_met_has_its_ground(assurance, goal, ground):
    process = judged(COMMON, assurance=assurance, target=goal)
    assert assurance_words(process) == ground
    answers = {Assurance.PASSES: "Ja", Assurance.FAILS: "Nej", Assurance.EITHER: "Ibland, av slump"}
    if ground == "Målet nås vissa månader, andra inte":
        # No chance: the limits of the month hold the target on one side.
        answers[Assurance.EITHER] = "Ibland"
    assert assurance_answer(process) == (UNKNOWN if assurance is None else answers[assurance])
    on_a_tile = {
        Assurance.PASSES: "Räcker till målet",
        Assurance.FAILS: "Räcker inte till målet",
        Assurance.EITHER: "Når målet ibland",
        None: "",
    }
    assert tile_words(process)[1] == on_a_tile[assurance]


def test_a_process_without_judged_points_is_held_against_its_target_month_by_month():
    process = judged(COMMON, assurance=Assurance.FAILS, target=AT_MOST)
    bare = replace(process, points=tuple(None for _ in process.points))
    assert assurance_words(bare) == "Ingen månad når sitt mål"


def test_words_of_the_tile():
    assert tile_words(judged(SHIFT))[0] == "Förbättring"
    assert tile_words(judged(SHIFT, UP))[0] == "Försämring"
    assert tile_words(judged(SHIFT, NONE))[0] == "Lägre värden"
    assert tile_words(judged(COMMON))[0] == "Vanlig variation"


def test_every_kind_has_a_word_and_a_shape_of_its_own():
    words = {variation_word(kind, side) for kind in Variation for side in Side}
    assert words == {"Vanlig variation", "Förbättring", "Försämring", "Högre värden", "Lägre värden"}
    assert variation_word(Variation.NEITHER) == "Förändring"
    assert len(set(SHAPE.values())) == len(Variation) == len(SHAPE)
    assert len({assurance_word(kind) for kind in Assurance}) == 3


def test_how_the_limits_are_made():
    assert limits_words(judged(COMMON)) == "Styrgränser: medel ± 2,66 × medel av variationsvidden."
    few = limits_words(judged(COMMON[:14]))
    assert few.startswith("Preliminära styrgränser (14 månader): medel")
    season = limits_words(judged(SEASONAL, seasonal=True))
    assert "för säsongsjusterade värden" in season
    assert "samma månad på året" in season
    steps = limits_words(judged(TWO_PHASES, steps=[(12, "Ny mätmetod")], notes=("Ett steg låg utanför",)))
    assert "Nya gränser från november 2022: Ny mätmetod." in steps
    assert steps.endswith("Ett steg låg utanför.")
    base = limits_words(judged(COMMON, steps=[(4, "Året före uppdraget.")], base=(4, 15)))
    assert "Nya gränser från mars 2022, basperiod mars 2022–februari 2023: Året före uppdraget." in base
    assert "För november 2021–februari 2022 finns inga styrgränser." in base
    whole = judged(COMMON)
    based = replace(whole, phases=(replace(whole.phase, reason="Före uppdraget", base=(0, 11)),))
    assert limits_words(based).endswith("Basperiod november 2021–oktober 2022: Före uppdraget.")
    one = judged(COMMON, steps=[(1, "Ny mätmetod.")])
    assert "För november 2021 finns inga styrgränser." in limits_words(one)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.one_of(st.none(), st.integers(0, 60)), min_size=14, max_size=40).filter(
        lambda v: sum(x is not None for x in v) > 12 and any(a != b for a, b in itertools.pairwise(v))
    ),
    st.sampled_from(Direction),
    st.booleans(),
)
def test_any_process_is_told_in_right_swedish(values, direction, seasonal):
    try:
        process = judged(values, measure(direction=direction), seasonal=seasonal)
    except ZeroDivisionError:
        return  # no two months next to each other
    right(change_finding(process), LONGEST)
    for text in (*tile_words(process), rule_words(process), limits_words(process), assurance_words(process)):
        right(text)
    for i in range(len(process.points)):
        right(signal_text(process, i))
    assert bool(signal_text(process, len(values) - 1)) == variation_finding(process).startswith("Ja")
