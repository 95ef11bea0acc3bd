"""Intern kontroll as figures: the matrix, the risks with what their controls have shown, and the sentences over them."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.figures.controls import EMPTY, risk_matrix, risks_table
from hsf_kpi.figures.controls_tiles import control_tiles
from hsf_kpi.figures.controls_words import control_finding, matrix_titles, responsible_words, result_titles
from hsf_kpi.figures.figure import FigureKind
from hsf_kpi.figures.findings import LONGEST, fitting
from hsf_kpi.figures.grids import BETWEEN
from hsf_kpi.figures.shape import records
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.control import HIGHEST, ControlPlan, DecisionLevel, Risk
from hsf_kpi.model.follow_up import ControlResult, FollowUp, Subject
from hsf_kpi.model.period import Month
from tests.figures.figure_samples import CONTEXT
from tests.figures.words_rules import HEADING, plain, right, right_tiles

NAMES = ("Brand", "Inbrott", "Översvämning", "Elavbrott")


def risk(at: int, likelihood: int, consequence: int, responsible: str = "Chef") -> Risk:
    value = likelihood * consequence
    level = DecisionLevel.BOARD if responsible else DecisionLevel.REGION
    name = NAMES[at]
    return Risk(
        name.lower(), name, level, f"Risk för {name.lower()}", "Område", "Policy", likelihood, consequence, value,
        "Stickprov", responsible,
    )  # fmt: skip


PLAN = ControlPlan(
    "Planen, avsnitt 6", (risk(0, 3, 4), risk(1, 4, 3), risk(2, 3, 3, ""), risk(3, 3, 3)), ("Skalan är vår.",)
)


def result(key: str, state: ControlResult, text: str = "Sett", month: int = 10) -> FollowUp:
    return FollowUp(Subject.CONTROL, key, Month.of(2023, month), state, text)


def results(*states: ControlResult | None) -> dict[str, FollowUp]:
    keys = (one.id for one in PLAN.risks)
    return {key: result(key, state) for key, state in zip(keys, states, strict=False) if state is not None}


DONE = ControlResult


def test_the_matrix_has_every_step_and_names_the_risks_where_they_meet() -> None:
    figure = risk_matrix(PLAN, PLAN.risks, context=CONTEXT)
    assert figure.kind is FigureKind.GRID
    assert figure.options["rows"].split(BETWEEN) == ["K=4", "K=3", "K=2", "K=1"]
    assert figure.options["columns"].split(BETWEEN) == ["S=1", "S=2", "S=3", "S=4"]
    assert figure.title == "Brand och inbrott har högst risktal, 12"
    assert {
        (one["row"], one["column"]): (one["tone"], one["text"], one["value"]) for one in records(figure)
    } == {
        ("K=4", "S=3"): ("worse", "12: brand", 12),
        ("K=3", "S=4"): ("worse", "12: inbrott", 12),
        ("K=3", "S=3"): ("", "9: översvämning\n9: elavbrott", 9),
    }
    assert "12 (3 × 4) Brand" in figure.sentence
    assert (figure.help, figure.source) == ("Skalan är vår.", "Källa: Planen, avsnitt 6.")
    assert figure.origins == {Origin.PUBLISHED}
    assert (figure.context.state, figure.context.view) == ("", "")


@given(
    st.lists(
        st.tuples(st.integers(1, HIGHEST), st.integers(1, HIGHEST), st.booleans()),
        min_size=1,
        max_size=len(NAMES),
    ),
    st.lists(st.sampled_from([None, *ControlResult]), max_size=len(NAMES)),
)
def test_no_risk_is_lost_and_every_sentence_is_right(
    placed: list[tuple[int, int, bool]], said: list[ControlResult | None]
) -> None:
    risks = tuple(risk(at, s, k, "Chef" if named else "") for at, (s, k, named) in enumerate(placed))
    shown = results(*said)
    figure = risk_matrix(PLAN, risks, context=CONTEXT)
    lines = [line for one in records(figure) for line in str(one["text"]).split("\n")]
    assert sorted(lines) == sorted(f"{one.value}: {one.name.lower()}" for one in risks)
    most = max(one.value for one in risks)
    assert all((one["tone"] == "worse") == (one["value"] == most) for one in records(figure))
    right(figure.title, LONGEST)
    right(control_finding(risks, shown), HEADING)
    table = risks_table(PLAN, risks, shown, context=CONTEXT, origins={Origin.DEMO})
    right(table.title, LONGEST)
    right(plain(table.help))
    followed = sum(one.id in shown for one in risks)
    assert (Origin.DEMO in table.origins) == bool(followed)
    assert sum(one["result"] != "Inte uppföljd" for one in records(table)) == followed


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ((), "Ingen kontroll är uppföljd"),
        ((DONE.CLEAN,), "En av fyra kontroller är uppföljd, utan avvikelse"),
        ((DONE.MINOR,), "En av fyra kontroller är uppföljd och visar mindre avvikelse"),
        ((DONE.CLEAN, DONE.NOT_DONE), "Två av fyra kontroller är uppföljda"),
        ((DONE.MINOR, DONE.CLEAN), "Två av fyra kontroller är uppföljda, en visar mindre avvikelse"),
        ((DONE.MAJOR,) * 4, "Alla fyra kontroller är uppföljda, fyra visar väsentlig avvikelse"),
        (
            (DONE.MAJOR, DONE.MINOR, DONE.MINOR),
            "Tre av fyra kontroller är uppföljda, en visar väsentlig avvikelse",
        ),
    ],
)
def test_the_worst_that_the_controls_have_shown_is_told(states: tuple[ControlResult, ...], said: str) -> None:
    assert fitting(result_titles(PLAN.risks, results(*states))) == said
    said_over = control_finding(PLAN.risks, results(*states))
    assert said_over.startswith("Två av fyra risker har risktal 12")
    assert said_over.endswith(f"; {said[:1].lower()}{said[1:]}")


def test_the_risks_in_the_plans_order_with_their_latest_result() -> None:
    shown = {"brand": result("brand", DONE.MINOR, "Släckare\nsaknas", 8)}
    figure = risks_table(PLAN, PLAN.risks, shown, context=CONTEXT, origins={Origin.DEMO})
    rows = list(records(figure))
    assert [row["name"] for row in rows] == list(NAMES)
    assert plain(rows[0]["valued"]) == "3 × 4 = 12"
    assert (plain(rows[0]["result"]), rows[0]["code"], rows[0]["note"]) == (
        "◆ mindre avvikelse, aug 2023", "mindre_avvikelse", "Släckare saknas",
    )  # fmt: skip
    assert (rows[1]["result"], rows[1]["code"], rows[1]["month"]) == ("Inte uppföljd", "", "")
    assert [row["responsible"] for row in rows] == ["Chef", "Chef", "Anges inte", "Chef"]
    assert [row["level"] for row in rows][2:] == ["Regionstyrelsen", "Hälso- och sjukvårdsnämnden"]
    assert figure.source == "Källa: Planen, avsnitt 6; införda uppföljningar (Demodata)."
    without = risks_table(PLAN, PLAN.risks, {}, context=CONTEXT, origins={Origin.DEMO})
    assert (without.source, without.origins) == ("Källa: Planen, avsnitt 6.", {Origin.PUBLISHED})


def test_where_not_all_are_shown_the_captions_say_whose_they_are() -> None:
    """An exported figure of one level is else read as the whole plan."""
    of_the_region = [one for one in PLAN.risks if one.level is DecisionLevel.REGION]
    said = "Beslutsnivå: Regionstyrelsen."
    for shown, told in ((of_the_region, True), (PLAN.risks, False)):
        table = risks_table(PLAN, shown, {}, context=CONTEXT, origins=())
        matrix = risk_matrix(PLAN, shown, context=CONTEXT)
        assert [said in one.caption for one in (table, matrix)] == [told, told]


def test_who_follows_up_what_nobody_is_responsible_for() -> None:
    nobody = [replace(one, responsible="") for one in PLAN.risks]
    follows = "av den som följer upp för hela förvaltningen."
    assert (
        responsible_words(nobody) == f"Planen anger ingen ansvarig för riskerna. Här följs de upp {follows}"
    )
    assert (
        responsible_words(PLAN.risks)
        == f"En av fyra risker har ingen ansvarig i planen. Här följs den upp {follows}"
    )
    assert responsible_words(PLAN.risks[:2]) == ""


def test_risks_of_one_value_are_counted_instead_of_named() -> None:
    equal = [risk(at, 2, 2) for at in range(3)]
    assert fitting(matrix_titles(equal)) == "Alla tre risker har risktal 4"
    assert fitting(matrix_titles(equal[:2])) == "Båda riskerna har risktal 4"
    assert fitting(matrix_titles(equal[:1])) == "Den enda risken har risktal 4"
    long = [replace(one, name=f"{one.name} {'mycket ' * 5}länge") for one in PLAN.risks]
    assert fitting(matrix_titles(long)) == "Två av fyra risker har risktal 12, högst bland dem"


def test_without_risks_it_says_so() -> None:
    figure = risks_table(ControlPlan(), (), {}, context=CONTEXT, origins=())
    assert (figure.empty, figure.rows, figure.origins) == (EMPTY, (), frozenset())
    assert figure.source == "Källa: ingen."
    assert "finns" in control_finding((), {})


def test_all_steps_can_be_placed() -> None:
    for likelihood, consequence in product(range(1, HIGHEST + 1), repeat=2):
        [cell] = records(risk_matrix(PLAN, [risk(0, likelihood, consequence)], context=CONTEXT))
        assert (cell["row"], cell["column"]) == (f"K={consequence}", f"S={likelihood}")


def test_the_tiles_count_what_is_controlled_what_was_found_and_who_answers() -> None:
    tiles = control_tiles(PLAN.risks, results(DONE.CLEAN, DONE.MAJOR, DONE.MINOR))
    right_tiles(tiles)
    assert [(tile.value, plain(tile.lines[0])) for tile in tiles] == [
        ("12", "Brand och inbrott"),
        ("3 av 4", "Senast okt 2023"),
        ("2 av 3", "1 väsentlig, 1 mindre"),
        ("3 av 4", "Planen anger ingen för de andra"),
    ]
    assert control_tiles((), {}) == ()


def test_the_tiles_say_that_nothing_is_controlled_yet() -> None:
    tiles = control_tiles(PLAN.risks, {})
    right_tiles(tiles)
    assert [tile.value for tile in tiles] == ["12", "0 av 4", "–", "3 av 4"]
    assert tiles[1].lines == ("Ingen är uppföljd än",)
