"""How far the plan's åtgärder have come, as pictures, tables, tiles and a finding; and what filters leave."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.analysis.promised import action_stands
from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.findings import LONGEST
from hsf_kpi.figures.missions import EMPTY, missions_table, plan_actions_table
from hsf_kpi.figures.missions_status import Followed
from hsf_kpi.figures.promised import actions_timeline
from hsf_kpi.figures.promised_goals import goals_table, indicators_table
from hsf_kpi.figures.promised_links import links_table
from hsf_kpi.figures.promised_words import PASSED, chosen_words, promised_finding, promised_tiles
from hsf_kpi.figures.shape import keys, records
from hsf_kpi.model.catalogue import GoalArea
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.dialogue import Written
from hsf_kpi.model.follow_up import FollowUp, Stage, Subject
from hsf_kpi.model.mission import AreaGoals, Link, MissionPlan, PlanAction
from hsf_kpi.model.period import Month
from tests.figures.figure_samples import CONTEXT, measure
from tests.figures.test_missions_figures import ONE_YEAR
from tests.figures.test_missions_figures import PLAN as BARE
from tests.figures.words_rules import HEADING, plain, right, right_tiles, tile

GOALS = (
    AreaGoals("halsa", ("God hälsa",), ("Bättre hälsa", "Lika hälsa"), ("Program A", "Program B")),
    AreaGoals("ekonomi", (), (), ()),
)
PLAN = replace(BARE, goals=GOALS)
AREAS = (GoalArea("halsa", "God hälsa", ("Mål",)), GoalArea("ekonomi", "Stark ekonomi", ("Mål",)))
OCTOBER = Month.of(2023, 10)
AT = dt.datetime(2023, 11, 10, 9, tzinfo=dt.UTC)


def followed(month: Month = OCTOBER, chosen: str = "", plan: MissionPlan = PLAN, **states: Stage) -> Followed:
    told = {
        letter: FollowUp(
            Subject.ACTION, letter, OCTOBER, state, f"Om {letter}", Written("x", "Områdeschef", AT, 1)
        )
        for letter, state in states.items()
    }
    return Followed(plan, action_stands(plan, told, month), month, frozenset({Origin.DEMO}), chosen)


def timeline(of: Followed, plan: MissionPlan = PLAN) -> Figure:
    return actions_timeline(plan, of, context=CONTEXT)


def finding(of: Followed, plan: MissionPlan = PLAN) -> str:
    stands = [of.stands[action.letter] for action in plan.actions]
    return promised_finding(plan, stands, of.month, of.chosen)


SOME = followed(A=Stage.ONGOING, B=Stage.LATE, C=Stage.DONE)
LATER = Month.of(2024, 2)


def test_a_bar_for_each_time_plan_of_an_atgard_and_a_lane_for_those_with_one() -> None:
    found = [
        (str(row["label"]), row["first"], row["last"], plain(row["note"])) for row in records(timeline(SOME))
    ]
    first = dt.date(2023, 1, 1)
    assert found == [
        ("A. Bygg", first, dt.date(2025, 12, 31), "NV (uppdrag 1, HSN 1.1)"),
        ("A. Bygg", first, dt.date(2023, 12, 31), "NV, HSD (uppdrag 2)"),
        ("B. Riv", first, dt.date(2025, 12, 31), "NV (uppdrag 1)"),
        ("B. Riv", dt.date(2024, 1, 1), dt.date(2024, 4, 30), "HSD (uppdrag 2)"),
        ("C. Måla", first, dt.date(2023, 12, 31), "HSD"),
    ]
    assert {plain(row["group"]) for row in records(timeline(SOME))} == {"Nära vård", "Långt bort"}


def test_an_atgard_with_several_time_plans_says_that_its_status_is_of_the_whole() -> None:
    assert "Åtgärd A och B har var och en flera tidplaner men en status" in timeline(SOME).help
    one = replace(PLAN, links=tuple(link for link in PLAN.links if link.action != "A"))
    assert "Åtgärd B har flera tidplaner men en status" in timeline(SOME, one).help
    alone = replace(PLAN, links=tuple(link for link in PLAN.links if link.action == "C"))
    assert "flera tidplaner" not in timeline(SOME, alone).help


def test_a_time_plan_that_has_run_out_is_toned_late_and_named_otherwise() -> None:
    figure = timeline(followed(LATER, A=Stage.LATE, C=Stage.ONGOING))
    told = {str(row["letter"]): row for row in records(figure)}
    assert (told["C"]["state"], plain(told["C"]["status"])) == ("forsenad", f"■ {PASSED} (pågår)")
    assert (told["C"]["note"], plain(told["C"]["state_text"])) == ("HSD", f"■ {PASSED}")
    assert (told["A"]["state"], plain(told["A"]["status"])) == ("forsenad", "■ försenad")
    assert (told["B"]["state"], told["B"]["status"]) == ("", "inte uppföljd")
    assert figure.title == "Två av fyra åtgärder är försenade eller förbi sin tidplan"
    assert "vår regel" in figure.help
    assert "vår regel" not in timeline(SOME).help
    assert "state_text" not in keys(figure, "shown") + keys(figure, "file")
    assert {"status", "told", "signed"} <= set(keys(figure, "shown"))


def test_now_is_drawn_where_the_plan_reaches_it() -> None:
    assert [mark.at for mark in timeline(SOME).marks] == [dt.date(2023, 10, 31)]
    assert timeline(followed(Month.of(2022, 12))).marks == ()
    assert timeline(followed(Month.of(2026, 1))).marks == ()


@pytest.mark.parametrize(
    ("of", "title"),
    [
        (SOME, "”Riv” är försenad"),
        (followed(A=Stage.DONE), "Ingen åtgärd är försenad: en klar, tre inte uppföljda"),
        (followed(), "En av fyra åtgärder ska enligt planen vara klar senast 2023"),
        (followed(LATER), "”Måla” har passerat sin tidplan"),
    ],
)
def test_the_title_says_in_words_what_is_late(of: Followed, title: str) -> None:
    assert timeline(of).title == title


@pytest.mark.parametrize(
    ("of", "said"),
    [
        (SOME, "En av fyra åtgärder är försenad i oktober 2023; en ska vara klar vid årets slut"),
        (followed(), "Fyra åtgärder är lovade, en ska vara klar vid årets slut; ingen är uppföljd än"),
        (
            followed(Month.of(2025, 1)),
            "Fyra åtgärder är lovade, tre ska vara klara vid årets slut; ingen är uppföljd än",
        ),
        (
            followed(A=Stage.LATE, B=Stage.LATE),
            "Två av fyra åtgärder är försenade i oktober 2023; en ska vara klar vid årets slut",
        ),
        (
            followed(Month.of(2022, 5), A=Stage.ONGOING),
            "Ingen av fyra åtgärder är försenad i maj 2022",
        ),
        (
            followed(LATER, A=Stage.LATE),
            "Två av fyra åtgärder är försenade eller har passerat sin tidplan i februari 2024",
        ),
        (
            followed(LATER, A=Stage.DONE),
            "En av fyra åtgärder har passerat sin tidplan",
        ),
    ],
)
def test_the_finding(of: Followed, said: str) -> None:
    assert finding(of) == said


def many(month: Month, **states: Stage) -> Followed:
    """As the plan itself: 27 åtgärder."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZÅ"
    plan = MissionPlan(
        missions=PLAN.missions,
        actions=tuple(PlanAction(letter, "Titel", "nara") for letter in letters),
        links=tuple(Link("1", letter, ONE_YEAR, ("HSD",)) for letter in letters),
        focus_areas=PLAN.focus_areas,
    )
    return followed(month, "ansvarig HSD", plan, **states)


@pytest.mark.parametrize(
    ("of", "title", "said"),
    [
        (
            many(OCTOBER, **dict.fromkeys("ABCDEFGHIJKLMNOPQRSTUV", Stage.LATE)),
            "22 av 27 åtgärder är försenade",
            "22 av 27 åtgärder i urvalet är försenade i oktober 2023; alla ska vara klara vid årets slut",
        ),
        (
            many(LATER, **dict.fromkeys("ABCDEFGHIJKLMNOPQRSTU", Stage.DONE), V=Stage.LATE),
            "Sex av 27 åtgärder är försenade eller förbi sin tidplan, inom Nära vård",
            "Sex av 27 åtgärder i urvalet är försenade eller har passerat sin tidplan",
        ),
        (
            many(LATER, A=Stage.LATE),
            "Alla 27 åtgärder är försenade eller förbi sin tidplan",
            "Alla 27 åtgärder i urvalet är försenade eller har passerat sin tidplan",
        ),
        (
            many(LATER, A=Stage.ONGOING),
            "Alla 27 åtgärder har passerat sin tidplan",
            "Alla 27 åtgärder i urvalet har passerat sin tidplan",
        ),
        (
            many(
                OCTOBER,
                **dict.fromkeys("ABCDEFG", Stage.DONE),
                **dict.fromkeys("HIJ", Stage.ONGOING),
                **dict.fromkeys("KLM", Stage.NOT_STARTED),
            ),
            "Ingen åtgärd är försenad",
            "Ingen av 27 åtgärder i urvalet är försenad i oktober 2023; alla ska vara klara vid årets slut",
        ),
    ],
)
def test_many_are_counted_and_not_listed(of: Followed, title: str, said: str) -> None:
    assert timeline(of, of.plan).title == title
    assert finding(of, of.plan).startswith(said)
    assert ("vid årets slut" in finding(of, of.plan)) is (of.month == OCTOBER)
    assert len(finding(of, of.plan)) <= HEADING


def test_the_finding_of_nothing() -> None:
    assert finding(followed(plan=MissionPlan()), MissionPlan()) == (
        "Planens uppdrag och åtgärder saknas bland definitionerna"
    )
    assert promised_finding(PLAN, [], OCTOBER, "ansvarig HR") == "Ingen av planens åtgärder ingår i urvalet"
    assert promised_tiles(PLAN, [], OCTOBER) == ()


states = st.dictionaries(st.sampled_from("ABCÅ"), st.sampled_from(Stage))


@given(
    states, st.integers(0, 60), st.sampled_from((None, "HSD", "NV")), st.sampled_from((None, "nara", "langt"))
)
def test_whatever_is_told_the_words_are_right_and_the_tiles_add_up(
    told: dict[str, Stage], months: int, function: str | None, area: str | None
) -> None:
    plan = PLAN.narrowed(function, area)
    of = followed(Month.of(2022, 1) + months, chosen_words(PLAN, function, area), **told)
    stands = [of.stands[action.letter] for action in plan.actions]
    right(promised_finding(PLAN, stands, of.month, of.chosen), HEADING)
    tiles = promised_tiles(plan, stands, of.month)
    right_tiles(tiles)
    if stands:
        assert sum(int(one.value) for one in tiles[:3]) == len(stands)
        assert int(tiles[2].value) == sum(one.late for one in stands)
    for figure in (
        timeline(of, plan),
        links_table(plan, of, context=CONTEXT),
        plan_actions_table(plan, context=CONTEXT, followed=of),
        missions_table(plan, AREAS, context=CONTEXT, followed=of),
        goals_table(plan, AREAS, (), context=CONTEXT, chosen=of.chosen),
    ):
        right(figure.title, LONGEST)
        right(figure.sentence)
        right(figure.caption)
        assert bool(figure.empty) == (not figure.rows)
        assert set(keys(figure, "shown") + keys(figure, "file")) <= {column.key for column in figure.columns}
        assert (Origin.DEMO in figure.origins) <= of.told
    letters = {str(row["letter"]) for row in records(timeline(of, plan))}
    assert letters == {link.action for link in plan.links}


def test_the_tiles() -> None:
    tiles = promised_tiles(PLAN, list(SOME.stands.values()), OCTOBER)
    assert tile(tiles, "klara") == "1 av fyra åtgärder | En ska vara klar vid årets slut"
    later = promised_tiles(PLAN, list(followed(LATER).stands.values()), LATER)
    assert tile(later, "klara") == "0 av fyra åtgärder | En skulle vara klar före 2024"
    assert tile(tiles, "pagar") == "2 av fyra åtgärder | En pågår | En inte uppföljd"
    assert tile(tiles, "forsenade") == "1 av fyra åtgärder | B. Riv"
    assert tile(tiles, "utan-atgard") == "2 av sex uppdrag | Uppdrag 4 och 5 | Åtgärder utan uppdrag: Å"


def test_the_tile_of_the_late_names_them_while_they_are_few() -> None:
    def late(of: Followed, times: int = 1) -> str:
        return tile(promised_tiles(PLAN, list(of.stands.values()) * times, of.month), "forsenade")

    both = followed(LATER, A=Stage.LATE)
    assert late(both) == "2 av fyra åtgärder | A. Bygg | C. Måla | En försenad, en förbi sin tidplan"
    assert late(followed(LATER)) == "1 av fyra åtgärder | C. Måla | En förbi sin tidplan"
    assert late(both, 4).endswith("åtgärder | Fyra försenade | Fyra förbi sin tidplan")
    assert late(followed()) == "0 av fyra åtgärder | Ingen åtgärd är försenad"


def test_each_action_has_the_missions_that_it_serves_in_words() -> None:
    figure = links_table(PLAN, SOME, context=CONTEXT)
    rows = {str(row["action"]): row for row in records(figure)}
    assert list(rows) == [f"{action.letter}. {action.title}" for action in PLAN.actions]
    texts = {mission.number: f"{mission.label}. {mission.text}" for mission in PLAN.missions}
    for action, row in zip(PLAN.actions, rows.values(), strict=True):
        served = [texts[link.mission] for link in PLAN.links_to(action.letter)]
        assert plain(row["missions"]) == ("; ".join(served) or "Inget eget uppdrag")
    assert plain(rows["B. Riv"]["status"]) == "■ försenad", (
        "in its own words, and no mark means anything else"
    )
    assert "Samtliga åtgärder ska också svara mot uppdrag 3." in plain(figure.help)
    assert figure.title == "Två av sex uppdrag väntar på en försenad åtgärd"
    assert links_table(PLAN, followed(), context=CONTEXT).title.startswith("Två av sex uppdrag saknar åtgärd")
    assert "Uppdrag 5 har inget svar i planen." in figure.help


@pytest.mark.parametrize(
    ("of", "said", "tile_name"),
    [
        (SOME, "väntar på en försenad åtgärd", "Försenade"),
        (
            followed(LATER),
            "väntar på en åtgärd som har passerat sin tidplan",
            "Försenade eller förbi tidplan",
        ),
        (
            followed(LATER, A=Stage.LATE),
            "väntar på åtgärder som är sena eller förbi sin tidplan",
            "Försenade eller förbi tidplan",
        ),
    ],
)
def test_what_only_our_rule_calls_late_is_not_said_to_be(of: Followed, said: str, tile_name: str) -> None:
    title = links_table(PLAN, of, context=CONTEXT).title
    assert title.endswith(f" av sex uppdrag {said}")
    right(title, LONGEST)
    tiles = promised_tiles(PLAN, list(of.stands.values()), of.month)
    assert next(one.name for one in tiles if one.id == "forsenade") == tile_name


def test_one_link_and_one_uppdrag_are_counted_in_words() -> None:
    one = replace(
        PLAN, missions=PLAN.missions[1:2], links=PLAN.links_of(PLAN.missions[1].number)[:1], answers=()
    )
    figure = links_table(one, followed(), context=CONTEXT)
    assert figure.sentence.endswith("en koppling, ett uppdrag har minst en egen åtgärd.")
    assert "av ett uppdrag" in tile(
        promised_tiles(one, list(followed().stands.values()), OCTOBER), "utan-atgard"
    )


def test_the_tables_tell_the_status_and_the_latest_note() -> None:
    rows = {row["letter"]: row for row in records(plan_actions_table(PLAN, context=CONTEXT, followed=SOME))}
    assert plain(rows["B"]["status"]) == "■ försenad"
    assert (rows["B"]["note"], rows["B"]["who"], rows["B"]["when"]) == ("Om B", "Områdeschef", "2023-11-10")
    assert rows["B"]["signed"] == "Områdeschef, 10 november 2023"
    assert (rows["Å"]["status"], rows["Å"]["note"]) == ("inte uppföljd", "")
    table = missions_table(PLAN, AREAS, context=CONTEXT, followed=SOME)
    assert [plain(row["status"]) for row in records(table)] == [
        "en pågår, ■ en försenad",
        "◆ pågår",
        "en klar, en pågår, ■ en försenad",
        "en klar, en pågår, ■ en försenad, en inte uppföljd",
        "",
        "",
    ]
    assert table.source == "Källa: Exempelplan, avsnitt 4; införda uppföljningar (Demodata)."
    silent = missions_table(PLAN, AREAS, context=CONTEXT, followed=followed())
    assert (silent.source, silent.origins) == ("Källa: Exempelplan, avsnitt 4.", {Origin.PUBLISHED})


def test_what_is_chosen_is_told_and_counts_by_the_whole_plan() -> None:
    part, words = PLAN.narrowed("HSD", None), chosen_words(PLAN, "HSD", None)
    of = followed(chosen=words)
    figure = plan_actions_table(part, context=CONTEXT, followed=of)
    assert [row["letter"] for row in records(figure)] == ["A", "B", "C"]
    assert figure.title == "En av tre åtgärder ska enligt planen vara klar senast 2023", (
        "A is not done with HSD's part of it"
    )
    assert "Urval: ansvarig HSD." in figure.caption
    assert chosen_words(PLAN, None, "nara") == "insatsområde Nära vård"
    none = PLAN.narrowed("HR", None)
    for empty in (
        timeline(of, none),
        links_table(none, of, context=CONTEXT),
        missions_table(none, AREAS, context=CONTEXT, followed=of),
    ):
        assert empty.empty == "Planen har inget för ansvarig HSD. Välj något annat, eller ”Alla”."


def test_the_goals_and_documents() -> None:
    figure = goals_table(PLAN, AREAS, [measure()], context=CONTEXT)
    first, second = records(figure)
    assert (first["council"], first["board"]) == ("God hälsa", "Bättre hälsa; Lika hälsa")
    assert first["documents"] == "Program A; Program B"
    assert plain(first["missions"]) == "1, HSN 1.1, 2, 3, 4, 5"
    assert first["actions"] == "A, B, C"
    assert (second["documents"], second["missions"], second["actions"]) == (
        "Planen nämner inget", "Inga", "Inga egna",
    )  # fmt: skip
    assert figure.title == "Planen knyter måldokument till ett av två målområden"
    assert "Stark ekonomi: Samtliga bidrar" in figure.help
    alone = goals_table(PLAN, AREAS[:1], (), context=CONTEXT)
    assert alone.title == "Planen knyter måldokument till målområdet"
    assert "Samtliga bidrar" not in alone.help
    assert goals_table(PLAN, (), (), context=CONTEXT, chosen="ansvarig HR").empty.startswith(
        "Planen har inget"
    )


def test_which_indicator_belongs_to_which_goal() -> None:
    parts = [
        replace(measure(), key=key, goal="Mål", goal_area=area, row=row)
        for row, (key, area) in enumerate([("a.x", "halsa"), ("a.y", "halsa"), ("b", "ekonomi")], 1)
    ]
    figure = indicators_table(AREAS, parts, 2023, context=CONTEXT, source="Planen")
    assert figure.title == "Två indikatorer hör till två mål"
    assert [row["key"] for row in records(figure)] == ["a.x", "a.y", "b"]
    assert figure.help
    one = indicators_table(AREAS[1:], parts, 2023, context=CONTEXT, source="Planen")
    assert (one.title, one.help) == ("En indikator hör till ett mål", "")
    part = indicators_table(AREAS, parts, 2023, context=CONTEXT, source="Planen", every=48)
    assert part.title == "Två indikatorer i behörigheten hör till två mål"
    assert "Tre av 48 rader ingår i behörigheten." in part.caption
    every = indicators_table(AREAS, parts, 2023, context=CONTEXT, source="Planen", every=3)
    assert (every.title, every.caption) == (figure.title, figure.caption)
    none = indicators_table((), parts, 2023, context=CONTEXT, source="Planen")
    assert (none.title, bool(none.empty)) == ("Ingen indikator hör till det som är valt", True)


def test_without_links_nothing_is_said_to_be_undefined_that_is_defined() -> None:
    figure = timeline(followed(), replace(PLAN, links=()))
    assert figure.empty == "Ingen åtgärd har en tidplan: planens kopplingar saknas."
    assert timeline(followed(plan=MissionPlan()), MissionPlan()).empty == EMPTY
