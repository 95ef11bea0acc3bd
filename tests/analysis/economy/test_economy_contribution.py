"""Who makes the deviation: rows that sum to the whole, with and without the provision."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.economy.contribution import contribution
from hsf_kpi.analysis.economy.deviations import deviation, months_in
from hsf_kpi.analysis.economy.types import Contribution, Deviation, Yardstick
from hsf_kpi.model.ledger import UnitLedger
from hsf_kpi.model.period import View
from tests.analysis.economy.economy_builders import OCTOBER, ledger

YTD = months_in(View.YTD, OCTOBER)
UNITS = ["kirurg", "medicin", "ortopedi", "fl"]
amounts = st.integers(-90_000_000, 90_000_000)
months = st.tuples(amounts, amounts, amounts).map(lambda some: list(some) * 8)


def _unit(unit: str, actual: list[int], budget: list[int], provision: int = 0) -> UnitLedger:
    lines: dict[str, list[int]] = {"ovriga-intakter": budget}
    if provision:
        lines["underskottspost"] = [-provision] * 24
    return ledger(
        {"ovriga-intakter": [a or 1 for a in actual]}, lines, unit=unit, first="2022-01", last="2023-12"
    )


@st.composite
def families(draw: st.DrawFn) -> tuple[UnitLedger, dict[str, UnitLedger]]:
    """A whole and its parts: the whole is the sum, made by hand."""
    actual = {unit: [a or 1 for a in draw(months)] for unit in UNITS}
    budget = {unit: draw(months) for unit in UNITS}
    provision = draw(st.integers(1, 70_000_000))
    parts = {u: _unit(u, actual[u], budget[u], provision if u == "fl" else 0) for u in UNITS}
    whole = ledger(
        {"ovriga-intakter": [sum(actual[u][m] for u in UNITS) for m in range(24)], "lakemedel": [0] * 24},
        {"ovriga-intakter": [sum(budget[u][m] for u in UNITS) for m in range(24)], "underskottspost": [-provision] * 24},
        first="2022-01", last="2023-12",
    )  # fmt: skip
    return whole, parts


def _sum(found: Contribution) -> int:
    return sum(row.deviation.amount or 0 for row in found.rows)


@settings(max_examples=30, deadline=None)
@given(families(), st.sampled_from(list(Yardstick)), st.sets(st.sampled_from(UNITS)))
def test_rows_sum_to_the_whole_whatever_is_listed(
    family: tuple[UnitLedger, dict[str, UnitLedger]], yardstick: Yardstick, listed: set[str]
) -> None:
    whole, parts = family
    found = contribution(whole, {u: parts[u] for u in UNITS if u in listed}, YTD, yardstick)
    assert found.whole == deviation(whole, YTD, yardstick)
    assert _sum(found) == found.whole.amount
    by_unit = {row.unit: row for row in found.rows}
    missing = [u for u in UNITS if u not in listed]
    unlisted = sum(deviation(parts[u], YTD, yardstick).amount or 0 for u in missing)
    carries = yardstick is Yardstick.BUDGET and "fl" in missing
    assert (None in by_unit) == (unlisted != 0 or carries)
    if None in by_unit:
        assert found.rows[-1].unit is None
        assert found.rows[-1].deviation.amount == unlisted
        assert found.rows[-1].deviation.actual == sum(
            deviation(parts[u], YTD, yardstick).actual or 0 for u in missing
        )
    shown = [row.deviation.amount or 0 for row in found.rows if row.unit is not None]
    assert shown == sorted(shown)


@settings(max_examples=25, deadline=None)
@given(families())
def test_the_provision_is_what_the_two_budgets_differ_by(
    family: tuple[UnitLedger, dict[str, UnitLedger]],
) -> None:
    whole, parts = family
    held = contribution(whole, parts, YTD, Yardstick.BUDGET)
    own = contribution(whole, parts, YTD, Yardstick.PROVISION)
    assert held.whole.amount is not None
    assert own.whole.amount is not None
    provisions = {row.unit: row.provision for row in held.rows}
    assert set(provisions) == set(UNITS)
    assert [unit for unit, amount in provisions.items() if amount] == ["fl"]
    assert provisions["fl"] == held.whole.amount - own.whole.amount < 0
    assert _sum(held) - provisions["fl"] == _sum(own)
    assert {row.provision for row in own.rows} == {0}
    outside = contribution(whole, {u: parts[u] for u in UNITS if u != "fl"}, YTD, Yardstick.BUDGET)
    assert outside.rows[-1].provision == provisions["fl"]


def test_a_unit_that_is_incomplete_comes_last_and_the_whole_is_not_judged() -> None:
    late = ledger({"ovriga-intakter": [-9] * 9}, {"ovriga-intakter": 1}, unit="sen")
    well = ledger({"ovriga-intakter": [5] * 10}, {"ovriga-intakter": 1}, unit="bra")
    worse = ledger({"ovriga-intakter": [-3] * 10}, {"ovriga-intakter": 1}, unit="svag")
    whole = ledger(
        {"ovriga-intakter": [-7] * 9 + [2]},
        {"ovriga-intakter": 3},
        reported=[3] * 9 + [2, 0, 0],
        expected=[3] * 12,
    )
    found = contribution(whole, {"sen": late, "bra": well, "svag": worse}, YTD, Yardstick.BUDGET)
    assert found.whole == Deviation(-61, 30, None, False)
    assert [(row.unit, row.deviation.amount) for row in found.rows] == [
        ("svag", -40),
        ("bra", 40),
        ("sen", None),
    ]


def test_a_part_without_a_last_year_goes_with_what_no_unit_makes() -> None:
    new = ledger({"ovriga-intakter": [None] * 12 + [4] * 10}, unit="ny", first="2022-01", last="2023-12")
    old = ledger({"ovriga-intakter": 3}, unit="gammal", first="2022-01", last="2023-12", through="2023-10")
    whole = ledger({"ovriga-intakter": [5] * 12 + [7] * 10}, first="2022-01", last="2023-12")
    found = contribution(whole, {"ny": new, "gammal": old}, YTD, Yardstick.LAST_YEAR)
    assert [(row.unit, row.deviation.amount) for row in found.rows] == [
        ("gammal", 0),
        ("ny", None),
        (None, 20),
    ]
    assert _sum(found) == found.whole.amount == 20


def test_without_parts_all_is_the_rest_and_without_anything_nothing() -> None:
    whole = ledger({"ovriga-intakter": [5] * 10}, {"ovriga-intakter": 3})
    only = contribution(whole, {}, YTD, Yardstick.BUDGET).rows
    assert [(row.unit, row.deviation.amount) for row in only] == [(None, 20)]
    assert contribution(ledger(), {}, YTD, Yardstick.BUDGET).rows == ()
