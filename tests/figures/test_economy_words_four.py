"""The four assignments of one unit, a tile each: its own month and the verdict, never another's."""

from __future__ import annotations

import pytest

from hsf_kpi.analysis.economy.compliance import headcount, hired
from hsf_kpi.analysis.economy.improvements import totals
from hsf_kpi.analysis.economy.restriktivitet import Restriktivitet, restriktivitet
from hsf_kpi.analysis.economy.types import Compliance
from hsf_kpi.figures.economy.four_assignments import four_assignments
from tests.analysis.economy.economy_builders import ledger
from tests.figures.assignment_samples import knowns, months
from tests.figures.words_rules import plain, right_tiles, tile


def staff(text: str, *, falls: bool = False) -> Compliance:
    known, moved = knowns(text)
    return headcount("kir", known, {}, months(len(text.split())), {"kir": moved}, falls=falls)


def agency(text: str) -> Compliance:
    return hired("kir", knowns(text, 1000)[0], {}, months(len(text.split())))


def spending(now: int | None, before: int | None) -> Restriktivitet:
    """Kronor a month, two months of each year."""
    booked: dict[str, list[int | None]] = {"resor": [*(before,) * 12, now, now]}
    if now is not None and before is not None:
        booked["regionersattning"] = [1] * 14
    return restriktivitet(ledger(booked, first="2022-01", last="2023-12"), months(2))


def test_the_tiles_stand_in_the_order_of_the_assignments() -> None:
    tiles = four_assignments(
        spending(1_100_000, 500_000), staff("-1 -2"), agency("5 5"), totals((), months(2), None)
    )
    right_tiles(tiles)
    assert [(one.id, one.name) for one in tiles] == [
        ("u-restriktivitet", "Restriktivitet"),
        ("u-medarbetare", "Antal medarbetare"),
        ("u-hyrpersonal", "Hyrpersonal"),
        ("u-forbattring", "Förbättringsarbete"),
    ]


def test_what_may_not_be_seen_is_left_out() -> None:
    assert four_assignments(None, None, None, None) == ()
    assert [one.id for one in four_assignments(None, staff("-1"), None, None)] == ["u-medarbetare"]
    assert [one.id for one in four_assignments(spending(1, 2), None, agency("1"), None)] == [
        "u-restriktivitet",
        "u-hyrpersonal",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("-1", "399 | ● Följs | 1 färre än i december"),
        ("-1 -2 0", "397 | ● Följs, 3 månader i rad | oförändrat sedan februari | −3 sedan december 2022"),
        ("1", "401 | ■ Följs inte | 1 fler än i december"),
        ("-1 2 1", "402 | ■ Följs inte, 2 månader i rad | 1 fler än i februari | +2 sedan december 2022"),
        ("m5", "405 | ● Följs, beslutad omflyttning | 5 fler än i december"),
        ("-1 ?", "– | ○ Kan inte bedömas | inte rapporterat"),
        ("? -2", "398 | ○ Kan inte bedömas | inte rapporterat"),
        # A month without value ends the row.
        ("-1 ? -1 -1", "397 | ● Följs | 1 färre än i mars"),
    ],
)
def test_the_own_month_and_how_long(text: str, said: str) -> None:
    tiles = four_assignments(None, staff(text), None, None)
    right_tiles(tiles)
    assert tile(tiles, "u-medarbetare") == said


def test_the_whole_must_fall_and_a_part_must_not_grow() -> None:
    for falls, verdict in ((True, "■ Följs inte"), (False, "● Följs")):
        (one,) = four_assignments(None, staff("0", falls=falls), None, None)
        assert one.lines[0] == verdict


@pytest.mark.parametrize(
    ("text", "verdict", "change"),
    [
        ("-5", "● Följs", "5 tkr lägre än i december"),
        ("0", "■ Följs inte", "oförändrat sedan december"),
        ("5 5", "■ Följs inte, 2 månader i rad", "5 tkr högre än i januari"),
        ("-400 0", "● Följs, 2 månader i rad", "oförändrat sedan januari"),
    ],
)
def test_the_cost_of_hired_staff_falls_or_stays_nothing(text: str, verdict: str, change: str) -> None:
    (one,) = four_assignments(None, None, agency(text), None)
    assert (one.lines[0], plain(one.lines[1])) == (verdict, change)


@pytest.mark.parametrize(
    ("now", "before", "said"),
    [
        (10_000, 15_000, "20 tkr | ● Följs | 10 tkr lägre än förra året (−33,3 %)"),
        (1_100_000, 500_000, "2,2 mnkr | ■ Följs inte | 1,2 mnkr högre än förra året (+120,0 %)"),
        # The cost is to fall: the same again is no fall, unless it is nothing.
        (500, 500, "1 tkr | ■ Följs inte | Lika mycket som förra året"),
        (0, 0, "0 tkr | ● Följs | Lika mycket som förra året"),
        (1000, None, "2 tkr | ○ Kan inte bedömas | Kan inte jämföras med förra året."),
        (None, 1000, "– | ○ Kan inte bedömas | Inte helt bokfört."),
    ],
)
def test_restriktivitet_is_judged_by_the_year_so_far(now: int | None, before: int | None, said: str) -> None:
    tiles = four_assignments(spending(now, before), None, None, None)
    right_tiles(tiles)
    assert tile(tiles, "u-restriktivitet") == said
