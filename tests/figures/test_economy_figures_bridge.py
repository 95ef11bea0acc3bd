"""Bridges add up as shown, and their title names the step that made most."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.figures.economy.bridge import bridge_figure
from hsf_kpi.figures.economy.words import adding_up, estimate_decimals, goal_words, shown
from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.findings import LONGEST
from hsf_kpi.figures.shape import records
from hsf_kpi.model.ledger import MNKR
from tests.figures.test_economy_figures_trajectory import plain
from tests.render.economy_samples import DEMO, HSF, SOURCE, bridge


def figure(*amounts: int, start: int = -600, scale: int = MNKR, title: str = "") -> Figure:
    steps = amounts or (508, 102, 45, -498, -357)
    return bridge_figure(
        bridge(steps, start, scale=scale), context=HSF, origins=DEMO, source=SOURCE, title=title
    )


def tenths(text: object) -> int:
    sign = -1 if "−" in str(text) else 1
    whole, _, rest = plain(text).lstrip("+−").replace(" ", "").partition(",")
    return sign * (int(whole) * 10 + int(rest or "0"))


def test_the_plans_bridge_is_in_whole_mnkr_and_adds_up() -> None:
    rows = list(records(figure()))
    assert [plain(row["amount_text"]) for row in rows] == [
        "−600",
        "+508",
        "+102",
        "+45",
        "−498",
        "−357",
        "−800",
    ]
    assert [(row["from"], row["to"]) for row in rows[:3]] == [(0, -600), (-600, -92), (-92, 10)]
    assert rows[-2]["to"] == rows[-1]["to"] == -800
    assert [row["kind"] for row in rows] == ["total", *["step"] * 5, "total"]


def test_titles() -> None:
    assert (
        plain(figure(508, 102, -10).title)
        == "Förändring regionersättning förbättrar resultatet mest, med 508 mnkr"
    )
    assert plain(figure(-12, 3).title) == "Förändring regionersättning försämrar resultatet mest, med 12 mnkr"
    assert plain(figure().title) == "Den största posten försämrar resultatet med 498 mnkr"
    assert figure(0, 0).title == "Ingenting har ändrats"
    assert figure(4, -3, scale=1_000).title == "Ingen enskild post ändrar resultatet nämnvärt"
    assert figure(title="Kostnaderna växte 200 mnkr mer än intäkterna").title.startswith("Kostnaderna")


@settings(max_examples=60, deadline=None)
@given(st.integers(-(10**9), 10**9), st.lists(st.integers(-(10**9), 10**9), max_size=8))
def test_what_is_shown_always_adds_up(start: int, steps: list[int]) -> None:
    found = bridge_figure(bridge(tuple(steps), start, scale=1), context=HSF, origins=DEMO, source=SOURCE)
    told = [tenths(row["amount_text"]) for row in records(found)]
    assert sum(told[:-1]) == told[-1]
    for row, text in zip(records(found), told, strict=True):
        amount = row["amount"]
        assert isinstance(amount, float)
        assert abs(amount * 10 - text) <= 1.0 + 1e-6
    assert len(found.title) <= LONGEST


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-(10**8), 10**8), min_size=1, max_size=12), st.integers(0, 2))
def test_rounding_to_a_sum_moves_as_little_as_needed(amounts: list[int], decimals: int) -> None:
    step = MNKR // 10**decimals
    rounded = adding_up(amounts, shown(sum(amounts), decimals), decimals, kept=(0,))
    assert sum(rounded) == shown(sum(amounts), decimals)
    own = [shown(amount, decimals) for amount in amounts]
    moved = [i for i, (a, b) in enumerate(zip(own, rounded, strict=True)) if a != b]
    assert all(abs(own[i] - rounded[i]) == step for i in moved)
    assert len(moved) == abs(sum(own) - sum(rounded)) // step


def test_those_kept_give_way_last() -> None:
    amounts = [140_000, 140_000, 140_000]
    assert adding_up(amounts, shown(sum(amounts)), kept=(0,)) == (100_000, 200_000, 100_000)
    assert adding_up(amounts, shown(sum(amounts)), kept=(0, 1)) == (100_000, 100_000, 200_000)
    with pytest.raises(ValueError, match="add up"):
        adding_up([1_000_000], 3_000_000)


def test_how_exactly_amounts_are_told() -> None:
    assert estimate_decimals([-978_200_000, -800_000_000]) == 0
    assert estimate_decimals([-978_200_000, -48_300_000]) == 1
    assert [goal_words(x) for x in (-800 * MNKR, 0, -48_300_000)] == ["−800", "0", "−48,3"]
    assert [shown(x, 1) for x in (49_999, 50_000, -50_000)] == [0, 100_000, -100_000]
