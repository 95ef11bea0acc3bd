"""The sentences and tiles of the ledger's pages: true for the data, short enough, and right in grammar."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.economy.deviations import budget_lines
from hsf_kpi.analysis.economy.path import trajectory as computed
from hsf_kpi.analysis.economy.types import (
    NoForecast,
    RunRate,
    StatisticalForecast,
    Trajectory,
    Yardstick,
)
from hsf_kpi.figures.economy.budget_words import budget_finding, budget_tiles
from hsf_kpi.figures.economy.road import needed_words, road_finding, road_tiles
from hsf_kpi.figures.findings import LONGEST
from hsf_kpi.figures.words_tile import WordsTile
from hsf_kpi.model.ledger import MNKR, Submitted, UnitLedger
from hsf_kpi.model.period import Month
from hsf_kpi.swedish.parse import parse_number
from tests.analysis.economy.economy_builders import ledger
from tests.figures.words_rules import AMOUNT, HEADING, plain, right, right_tiles, tile
from tests.render.economy_samples import (
    CLINIC,
    MONTHLY,
    STATISTICAL,
    path,
    submitted,
    trajectory,
)

NONE = NoForecast("Det behövs minst tre hela år.")
OCTOBER = Month.of(2023, 10)


def with_rates(found: Trajectory) -> Trajectory:
    """The sample with the run-rate of each of its lines."""
    left = 12 - found.month.number
    rates = [
        RunRate(p.yardstick, p.year_end, left, Fraction(p.year_end - found.to_date, left) if left else None)
        for p in found.targets
        if found.to_date is not None
    ]
    return replace(found, run_rates=tuple(rates))


UNJUDGED = "Underlaget för 2023 är inte helt, så vägen till −800 kan inte bedömas"
ENDED = (*MONTHLY, -60 * MNKR, -57 * MNKR)


@pytest.mark.parametrize(
    ("found", "own", "said"),
    [
        (trajectory(), False, "Resten av året krävs ett plus på 30,5 mnkr i månaden för att nå −800"),
        (
            CLINIC,
            True,
            "Resten av året krävs ett plus på 22,7 mnkr i månaden för att nå den egna budgeten",
        ),
        (
            trajectory((-10 * MNKR,) * 10),
            False,
            "Resten av året får minuset vara högst 350,0 mnkr i månaden för att nå −800",
        ),
        (trajectory((*MONTHLY, 10 * MNKR)), False, "I december krävs ett plus på 51,0 mnkr för att nå −800"),
        (trajectory((-80 * MNKR,) * 10), False, "Resten av året krävs ett nollresultat för att nå −800"),
        (trajectory((-80_004_000,) * 10), False, "Resten av året krävs ett nollresultat för att nå −800"),
        (trajectory(ENDED), False, "Året slutade 178,0 mnkr under −800"),
        (trajectory((*(-66 * MNKR,) * 11, -74 * MNKR)), False, "Året slutade precis på −800"),
        (trajectory((*MONTHLY[:4], None, *MONTHLY[5:])), False, UNJUDGED),
        (trajectory(partial=(10,)), False, UNJUDGED),
        (trajectory(()), False, "Inget resultat är bokfört för 2023 till och med januari"),
        (trajectory(targets=()), False, "Resultatet är −861,0 mnkr till och med oktober; budget saknas för 2023"),
        (trajectory(targets=(), partial=(10,)), False, "Underlaget för 2023 är inte helt, och budget saknas"),
    ],
)  # fmt: skip
def test_the_road_says_what_the_rest_of_the_year_must_give(found: Trajectory, own: bool, said: str) -> None:
    assert plain(road_finding(with_rates(found), own_budget=own)) == said


def test_the_tiles_of_the_road() -> None:
    tiles = road_tiles(with_rates(trajectory()), Yardstick.PROVISION, own_budget=False)
    assert [one.id for one in tiles] == ["resultat", "prognos", "krav-underskott", "krav-budget"]
    assert tile(tiles, "resultat") == (
        "−861,0 mnkr | 194,3 mnkr sämre än vägen till −800 | 861,0 mnkr sämre än budgeten (0)"
        " | 428,0 mnkr sämre än samma period 2022"
    )
    assert tile(tiles, "prognos") == (
        "−978 mnkr | 178 mnkr under −800, 978 mnkr under 0 | Lämnad 2023-10-20, 28 mnkr sämre än i september"
        " | Statistisk prognos: −1 031 till −932 mnkr (80 %)"
    )
    assert (
        tile(tiles, "krav-underskott") == "+30,5 mnkr | i november och december | Hittills i snitt −86,1 mnkr"
    )
    assert tile(tiles, "krav-budget") == "+430,5 mnkr | i november och december | Hittills i snitt −86,1 mnkr"
    last = road_tiles(with_rates(trajectory()), Yardstick.LAST_YEAR, own_budget=False)
    assert tile(last, "resultat").startswith("−861,0 mnkr | 428,0 mnkr sämre än samma period 2022 |")
    no_last = road_tiles(trajectory(last_year=None), Yardstick.LAST_YEAR, own_budget=False)
    assert "Resultatet samma period 2022 är inte känt" in tile(no_last, "resultat")
    assert plain(needed_words(with_rates(trajectory()))) == "Krävs +30,5 mnkr i månaden för −800"
    assert plain(needed_words(with_rates(CLINIC))) == "Krävs +22,7 mnkr i månaden för den egna budgeten"
    assert (
        plain(needed_words(with_rates(trajectory((*MONTHLY, 0))))) == "Krävs +61,0 mnkr i december för −800"
    )
    assert needed_words(with_rates(trajectory(ENDED))) == ""


def test_the_tiles_of_a_klinik_tell_its_own_budget_in_the_figures_precision() -> None:
    small = replace(
        CLINIC,
        submitted=submitted((-10.2, -12.34), unit="kir"),
        targets=(path(Yardstick.BUDGET, -9_500_000),),
    )
    tiles = road_tiles(with_rates(small), Yardstick.PROVISION, own_budget=True)
    assert [one.id for one in tiles] == ["resultat", "prognos", "krav-budget", "snitt"]
    assert tile(tiles, "prognos") == (
        "−12,3 mnkr | 2,8 mnkr under den egna budgeten (helårsprognosen) | Lämnad 2023-02-20, 2,1 mnkr sämre än i januari"
    )


def test_a_forecast_that_some_are_missing_in_is_held_against_nothing() -> None:
    tiles = road_tiles(trajectory(forecasts=submitted(units=9)), Yardstick.PROVISION, own_budget=False)
    assert tile(tiles, "prognos").startswith(
        "−978* mnkr | * 9 av 11 verksamheter har lämnat, bedöms inte | Lämnad 2023-10-20 |"
    )
    none = road_tiles(trajectory(forecasts=(), statistical=NONE), Yardstick.PROVISION, own_budget=False)
    assert tile(none, "prognos") == "– | Ingen prognos är lämnad."
    empty = replace(STATISTICAL, months=(), middle=(), low80=(), high80=(), low50=(), high50=())
    december = trajectory(ENDED, statistical=empty)
    assert "Statistisk" not in tile(road_tiles(december, Yardstick.PROVISION, own_budget=False), "prognos")


def test_what_is_missing_in_a_sum_is_told_and_not_judged() -> None:
    one = trajectory((*MONTHLY[:4], None, *MONTHLY[5:]))
    assert tile(road_tiles(one, Yardstick.BUDGET, own_budget=False), "resultat").endswith(
        "* mnkr | * utan maj, bedöms inte"
    )
    many = trajectory((None, None, None, None, *MONTHLY[4:]))
    assert "* utan fyra av årets månader, bedöms inte" in tile(
        road_tiles(many, Yardstick.BUDGET, own_budget=False), "resultat"
    )
    part = road_tiles(trajectory(partial=(10,)), Yardstick.BUDGET, own_budget=False)
    assert tile(part, "resultat") == "−861,0* mnkr | * någon verksamhet saknas, bedöms inte"
    assert "*" in tile(part, "snitt")
    assert tile(road_tiles(trajectory(()), Yardstick.BUDGET, own_budget=False), "snitt") == (
        "– | Inget resultat är bokfört."
    )


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[UnitLedger, Month]:
    """A year and the one before, with what may be missing in it: budget, provision, months, units, accounts."""
    month = Month.of(2023, draw(st.integers(1, 12)))
    size = draw(st.sampled_from([40_000, 3 * MNKR, 900 * MNKR]))
    amount = st.integers(-size, size)
    booked = st.one_of(amount, amount, amount, st.none())
    actual = {
        account: draw(st.lists(booked if draw(st.booleans()) else amount, min_size=24, max_size=24))
        for account in ("regionersattning", "egen-personal", "lakemedel", "resor")
    }
    gap = draw(st.sets(st.integers(12, 23), max_size=2))
    actual = {a: [None if i in gap else x for i, x in enumerate(line)] for a, line in actual.items()}
    budget: dict[str, int] = {}
    if draw(st.booleans()):
        budget = {"regionersattning": draw(amount), "egen-personal": draw(amount), "resor": draw(amount)}
        if draw(st.booleans()):
            budget["underskottspost"] = -size
    expected = (3,) * 24
    reported = (2,) * 24 if draw(st.integers(0, 5)) == 0 else expected
    found = ledger(
        {} if draw(st.integers(0, 9)) == 0 else actual, budget, first="2022-01", last="2023-12",
        through=month.iso, reported=reported, expected=expected,
    )  # fmt: skip
    return found, month


@st.composite
def roads(draw: st.DrawFn) -> Trajectory:
    found, month = draw(ledgers())
    count = draw(st.integers(0, month.number))
    made = submitted(
        tuple(draw(st.integers(-9999, 9999)) / 10 for _ in range(count)),
        units=draw(st.sampled_from([10, 11])),
    )
    some = month == OCTOBER and draw(st.booleans())
    statistical: StatisticalForecast | NoForecast = STATISTICAL if some else NONE
    return computed(found, month, submitted=made, statistical=statistical)


@settings(max_examples=60, deadline=None)
@given(roads(), st.sampled_from(Yardstick))
def test_any_road_has_words_that_are_true(found: Trajectory, yardstick: Yardstick) -> None:
    own = len(found.targets) < 2
    said = road_finding(found, own_budget=own)
    right(said, HEADING)
    right(needed_words(found), LONGEST)
    tiles = road_tiles(found, yardstick, own_budget=own)
    right_tiles(tiles)
    assert len(tiles) in (3, 4)
    assert ("*" in tile(tiles, "resultat").partition(" |")[0]) == (
        found.to_date is not None and not found.judged
    )
    told = re.search(rf"(plus på|högst) {AMOUNT}", said)
    if told is not None:
        amount = parse_number(told[2])
        goal = found.target(Yardstick.PROVISION)
        assert amount is not None
        assert goal is not None
        assert found.to_date is not None
        sign, left = (1 if told[1] == "plus på" else -1), 12 - found.month.number
        assert abs(found.to_date + sign * amount * MNKR * left - goal.year_end) <= 50_000 * left
    for rate in found.run_rates:
        shown = next(one for one in tiles if one.id == f"krav-{rate.yardstick.value}")
        assert (shown.value == "–") == (rate.needed is None)


# Budget och ramar


def lines_of(found: UnitLedger, yardstick: Yardstick, month: Month = OCTOBER) -> tuple[str, list[WordsTile]]:
    lines = budget_lines(found, [Month.of(2023, n) for n in range(1, month.number + 1)], yardstick, None)
    own = not found.has_provision(2023)
    return plain(budget_finding(lines, yardstick, own_budget=own)), list(
        budget_tiles(lines, yardstick, own_budget=own)
    )


def test_the_budget_says_which_account_does_most() -> None:
    booked = {"regionersattning": 100 * MNKR, "egen-personal": 90 * MNKR, "resor": 20 * MNKR}
    budget = {"regionersattning": 100 * MNKR, "egen-personal": 85 * MNKR, "resor": 19 * MNKR}
    said, tiles = lines_of(ledger(booked, budget, through="2023-10"), Yardstick.BUDGET)
    assert said == "Resultatet är 60,0 mnkr sämre än egen budget; egen personal gör mest, −50,0 mnkr"
    assert tile(tiles, "resultat") == "−100,0 mnkr | 60,0 mnkr sämre än egen budget"
    assert tile(tiles, "intakter") == "1 000,0 mnkr | Lika med egen budget"
    assert tile(tiles, "personal") == "900,0 mnkr | 50,0 mnkr sämre än egen budget"
    assert tile(tiles, "ovriga") == "200,0 mnkr | 10,0 mnkr sämre än egen budget"


def test_against_the_whole_budget_the_provision_is_what_does_most() -> None:
    booked = {"regionersattning": 100 * MNKR, "egen-personal": 186 * MNKR}
    budget = {"regionersattning": 100 * MNKR, "egen-personal": 166 * MNKR, "underskottspost": -66 * MNKR}
    found = ledger(booked, budget, through="2023-10")
    assert lines_of(found, Yardstick.BUDGET)[0] == (
        "Resultatet är 860,0 mnkr sämre än budget, varav underskottsposten −660,0 mnkr"
    )
    assert lines_of(found, Yardstick.PROVISION)[0] == (
        "Resultatet är 200,0 mnkr sämre än budgeten utan underskottspost; egen personal gör mest, −200,0 mnkr"
    )


@pytest.mark.parametrize(
    ("found", "yardstick", "said"),
    [
        (ledger({}, {"resor": 1}), Yardstick.BUDGET, "Inget resultat är bokfört för perioden"),
        (
            ledger({"regionersattning": MNKR}, through="2023-10"),
            Yardstick.BUDGET,
            "Resultatet är 10,0 mnkr; budget saknas",
        ),
        (
            ledger({"regionersattning": MNKR}, {"regionersattning": MNKR}, through="2023-10"),
            Yardstick.LAST_YEAR,
            "Resultatet är 10,0 mnkr; förra årets utfall saknas",
        ),
        (
            ledger({"regionersattning": MNKR}, {"regionersattning": MNKR}, through="2023-09"),
            Yardstick.BUDGET,
            "Resultatet är 9,0 mnkr på ett underlag som inte är helt",
        ),
        (
            ledger({"regionersattning": MNKR}, {"regionersattning": MNKR}, through="2023-10"),
            Yardstick.BUDGET,
            "Resultatet är lika med egen budget",
        ),
    ],
)
def test_what_the_budget_cannot_say(found: UnitLedger, yardstick: Yardstick, said: str) -> None:
    assert lines_of(found, yardstick)[0] == said


def test_a_tile_of_what_is_not_all_booked_is_starred() -> None:
    found = ledger({"regionersattning": MNKR}, {"regionersattning": MNKR}, through="2023-09")
    tiles = lines_of(found, Yardstick.BUDGET)[1]
    assert tile(tiles, "resultat") == "9,0* mnkr | * underlaget är inte helt, bedöms inte"
    assert tile(tiles, "ovriga") == "– | Inget är bokfört."


@settings(max_examples=30, deadline=None)
@given(ledgers(), st.sampled_from(Yardstick))
def test_any_budget_has_words_that_are_true(known: tuple[UnitLedger, Month], yardstick: Yardstick) -> None:
    found, month = known
    lines = budget_lines(found, [Month.of(2023, n) for n in range(1, month.number + 1)], yardstick, None)
    own = not found.has_provision(2023)
    said = budget_finding(lines, yardstick, own_budget=own)
    right(said, HEADING)
    right_tiles(budget_tiles(lines, yardstick, own_budget=own))
    amount = lines[-1].period.amount
    assert (" bättre än " in said) == (amount is not None and amount >= 50_000)
    assert (" sämre än " in said) == (amount is not None and amount <= -50_000)
    if told := re.search(rf"gör mest, {AMOUNT}", said):
        most = parse_number(told[1])
        assert most is not None
        assert amount is not None
        own_lines = [line.period.amount or 0 for line in lines if line.account is not None]
        largest = max(own_lines) if amount > 0 else min(own_lines)
        assert abs(most * MNKR - largest) <= 50_000


def test_a_forecast_of_this_year_alone_is_compared_with_the_month_before() -> None:
    first = submitted((-800,))
    tiles = road_tiles(trajectory(forecasts=first), Yardstick.PROVISION, own_budget=False)
    assert "Lämnad 2023-01-20 |" in tile(tiles, "prognos")
    same = submitted((-800, -800.3))
    tiles = road_tiles(trajectory(forecasts=same), Yardstick.PROVISION, own_budget=False)
    assert "Lämnad 2023-02-20, oförändrad sedan januari" in tile(tiles, "prognos")
    partly: tuple[Submitted, ...] = (*submitted((-800,), units=9), submitted((-1, -900))[1])
    tiles = road_tiles(trajectory(forecasts=partly), Yardstick.PROVISION, own_budget=False)
    assert "Lämnad 2023-02-20 |" in tile(tiles, "prognos")
