"""The demo's ledger: the measures follow from it exactly, and it holds what the plan prints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from hsf_kpi.ingest.demo import DemoLedger, DemoSettings, generate_ledger
from hsf_kpi.ingest.demo.block import Block
from hsf_kpi.ingest.demo.ledger_rows import ENTRIES, FORECASTS
from hsf_kpi.model.account_plan import Side
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.ledger import MNKR
from hsf_kpi.model.period import Month
from tests.ingest.demo.derivation import Books

EXACT = (
    "periodresultat", "helarsprognos", "bruttokostnadsutveckling", "hyrpersonal", "kostnad-per-timme", "investeringar",
)  # fmt: skip
GROWTH = [
    5.6, 5.4, 5.1, 6.9, 7.3, 5.7, 6.0, 5.7, 6.2, 7.0, 7.8, 6.9,
    8.3, 7.8, 6.6, 7.3, 7.3, 8.2, 7.8, 7.9, 7.8, 7.6, 6.9, 8.4,
    8.1, 7.6, 9.5, 8.1, 9.3, 9.5, 9.1, 8.8, 8.2, 8.3,
]  # fmt: skip
"""HSF's gross cost against the same month last year, percent, from January 2021: as it has been since the demo began."""


def year_of(amounts: Mapping[tuple[str, int], int], year: int, *units: str) -> int:
    return sum(
        amount
        for (unit, month), amount in amounts.items()
        if month // 12 == year and (unit in units or not units)
    )


def mnkr(text: str | Decimal) -> int:
    return int(Decimal(text) * MNKR)


def rows(ledger: DemoLedger, kind: str, account: str) -> pd.DataFrame:
    e = ledger.entries
    return e[(e["kind"] == kind) & (e["account"] == account) & ~e["project"]]


@pytest.mark.parametrize("key", EXACT)
def test_the_measure_follows_exactly(key: str, blocks: Mapping[str, Block], frame: pd.DataFrame) -> None:
    """Unit by unit and period by period, in kronor, worked out by another program than the one that made them."""
    block = blocks[key]
    found = frame[frame["measure"] == key]
    cells = {
        (unit, window, end): (numerator, denominator)
        for unit, window, end, numerator, denominator in found[
            ["unit", "window", "end", "numerator", "denominator"]
        ].itertuples(index=False)
    }
    told = 0
    for u, t in np.argwhere(block.present):
        period = block.periods[t]
        numerator, denominator = cells[block.units[u], period.window.value, period.end.index]
        assert numerator == block.numerator[u, t].sum() * 10_000
        if block.denominator is not None:
            assert denominator == block.denominator[u, t].sum() * 10_000
        told += 1
    assert told == len(cells) > 400


def test_the_change_is_that_of_the_forvaltnings_results(frame: pd.DataFrame, books: Books) -> None:
    found = frame[frame["measure"] == "resultat-mot-foregaende-ar"].groupby("end")["numerator"].sum()
    assert len(found) == 34
    for end, numerator in found.items():
        now, then = (
            sum(a for (_, m), a in books.actual.items() if m == at) for at in (int(end), int(end) - 12)
        )
        assert numerator == (now - then) * 10_000


def test_the_growth_of_the_forvaltning_is_what_it_was(frame: pd.DataFrame) -> None:
    found = (
        frame[frame["measure"] == "bruttokostnadsutveckling"]
        .groupby("end")[["numerator", "denominator"]]
        .sum()
    )
    assert [round((n / d - 1) * 100, 1) for n, d in found.itertuples(index=False)] == GROWTH


def test_the_budget_is_0_with_the_provision_and_minus_the_provision_without_every_month(books: Books) -> None:
    with_it, without, cells = defaultdict(int), defaultdict(int), 0
    for (_, month), amount in books.budget.items():
        with_it[month] += amount
        cells += 1
    for (_, month), amount in books.bare_budget.items():
        without[month] += amount
    assert set(with_it) == set(range(2020 * 12, 2024 * 12))
    assert set(with_it.values()) == {0}
    for year, provision in ((2020, 0), (2021, -250), (2022, -600), (2023, -800)):
        months = [without[year * 12 + n] for n in range(12)]
        assert sum(months) == provision * MNKR
        assert max(months) - min(months) <= 1
    assert cells > 1500


def test_the_provision_is_a_negative_staff_cost_in_the_budget_of_forvaltningsledning(
    ledger: DemoLedger, books: Books
) -> None:
    found = rows(ledger, "budget", "underskottspost")
    assert set(found["unit"]) == {"forvaltningsledning"}
    assert (found["amount"] < 0).all()
    assert len(rows(ledger, "actual", "underskottspost")) == 0
    assert year_of(books.budget, 2023, "forvaltningsledning") == 800 * MNKR
    units = {unit for unit, _ in books.budget} - {"forvaltningsledning"}
    own = {unit: year_of(books.budget, 2023, unit) for unit in units if year_of(books.budget, 2023, unit)}
    assert max(own.values()) < 0
    assert sum(own.values()) == -800 * MNKR
    assert own["kirurgkliniken"] < own["habilitering"]


def test_operating_units_are_budgeted_in_proportion_to_their_cost(books: Books) -> None:
    shares = [
        Fraction(year_of(books.budget, 2023, unit), year_of(books.gross, 2023, unit))
        for unit in ("kirurgkliniken", "vardval-primarvard", "rontgenkliniken", "medicinsk-stab", "epos-sala")
    ]
    assert max(shares) - min(shares) < Fraction(1, 1000)


def test_the_story_of_october(books: Books) -> None:
    months = [2023 * 12 + n for n in range(10)]

    def of(amounts: Mapping[tuple[str, int], int], *units: str) -> int:
        return sum(a for (u, m), a in amounts.items() if m in months and (u in units or not units))

    assert of(books.actual) == mnkr("-861.0")
    assert abs(of(books.actual) - of(books.bare_budget) - mnkr("-194.3")) < MNKR // 10
    assert of(books.actual, "kirurgkliniken") - of(books.budget, "kirurgkliniken") == mnkr("-61.4")


def test_the_ramar_are_the_printed_ones(ledger: DemoLedger, catalogue: Catalogue) -> None:
    found = rows(ledger, "budget", "regionersattning")
    paid = found.groupby(["unit", found["month"] // 12])["amount"].sum()
    table = catalogue.plan_table("ram-per-omrade")
    for year in (2022, 2023):
        for row in table.rows:
            printed = row.amounts[str(year)]
            if row.unit is None or printed is None or row.id in ("lakemedel", "privata-utforare"):
                continue
            month = Month.of(year, 6)
            below = [u for u in catalogue.organisation.below(row.unit, month) if (u, year) in paid.index]
            assert sum(int(paid[u, year]) for u in below) == mnkr(printed), row.name
        assert paid.xs(year, level=1).sum() == mnkr(table.totals[0].printed[str(year)] or "0")
    monthly = found.groupby("month")["amount"].sum()
    for year in range(2020, 2024):
        twelve = monthly[[year * 12 + n for n in range(12)]]
        assert twelve.max() - twelve.min() <= 6
    assert int(paid["vardval-primarvard", 2023]) == mnkr("1334.5")


@pytest.mark.parametrize(("account", "printed"), [("statsbidrag", "277.7"), ("rs-anslag", "33.7")])
def test_grants_of_2023_are_the_printed_totals(account: str, printed: str, ledger: DemoLedger) -> None:
    found = rows(ledger, "budget", account)
    assert found.loc[found["month"] // 12 == 2023, "amount"].sum() == mnkr(printed)
    paid = rows(ledger, "actual", account)
    paid = paid[paid["month"] // 12 == 2023]
    planned = found[found["month"].isin(paid["month"])]
    assert paid["amount"].sum() == planned["amount"].sum()


def test_sellers_are_budgeted_to_take_in_what_the_plan_prints(
    ledger: DemoLedger, catalogue: Catalogue
) -> None:
    found = rows(ledger, "budget", "forsaljning")
    sold = found[found["month"] // 12 == 2023].groupby("unit")["amount"].sum()
    printed = {row.unit: row.amounts["intakt"] for row in catalogue.plan_table("intaktsfinansierade").rows}
    assert len(printed) == 5
    assert {unit: int(sold[unit]) for unit in printed} == {
        unit: mnkr(a or "0") for unit, a in printed.items()
    }


def test_the_investment_ram_is_the_printed_one(ledger: DemoLedger) -> None:
    found = rows(ledger, "budget", "investeringar")
    assert set(found["month"] // 12) == {2023}
    assert found["amount"].sum() == mnkr("160.8")


def test_what_one_sells_the_other_buys(ledger: DemoLedger) -> None:
    inside = ledger.entries[ledger.entries["counterpart"] != ""]
    sold = inside[inside["account"] == "forsaljning"]
    bought = inside[inside["account"] != "forsaljning"]
    assert set(bought["account"]) == {"kopta-tjanster", "ovriga-kostnader"}
    key = ["seller", "buyer", "month", "kind"]
    one = sold.rename(columns={"unit": "seller", "counterpart": "buyer"}).groupby(key)["amount"].sum()
    other = bought.rename(columns={"counterpart": "seller", "unit": "buyer"}).groupby(key)["amount"].sum()
    pd.testing.assert_series_equal(one, other)
    assert (inside["unit"] != inside["counterpart"]).all()
    year = sold[(sold["month"] // 12 == 2023) & (sold["kind"] == "budget")]["amount"].sum()
    assert 800 * MNKR < year < 900 * MNKR
    assert inside["month"].min() == 2020 * 12


def test_the_first_year_has_costs_and_nothing_else(ledger: DemoLedger, catalogue: Catalogue) -> None:
    early = ledger.entries[ledger.entries["month"] < 2020 * 12]
    sides = {account.id: account.side for account in catalogue.ledger_accounts}
    assert {sides[account] for account in early["account"].unique()} == {Side.COST, Side.INVESTMENT}
    assert set(early["kind"]) == {"actual"}
    assert set(early["month"]) == set(range(2019 * 12, 2020 * 12))
    assert not early["project"].any()


def test_gross_cost_and_other_revenue_are_of_a_likely_size(books: Books, ledger: DemoLedger) -> None:
    ten = [2023 * 12 + n for n in range(10)]
    whole = sum(amount for (_, month), amount in books.gross.items() if month in ten) * 12 // 10
    assert 10_200 * MNKR < whole < 10_450 * MNKR
    budget = ledger.entries[(ledger.entries["kind"] == "budget") & (ledger.entries["counterpart"] == "")]
    budget = budget[~budget["project"] & (budget["month"] // 12 == 2023)]
    other = budget[budget["account"].isin(["forsaljning", "ovriga-intakter"])]["amount"].sum()
    assert 600 * MNKR < other < 900 * MNKR
    costs = books_cost(budget)
    before = year_of(books.gross, 2022)
    assert abs(Fraction(costs, before) - 1 - Fraction(68, 1000)) < Fraction(3, 1000)


def books_cost(budget: pd.DataFrame) -> int:
    revenue = {
        "regionersattning",
        "statsbidrag",
        "rs-anslag",
        "forsaljning",
        "ovriga-intakter",
        "investeringar",
    }
    return int(budget[~budget["account"].isin([*revenue, "underskottspost"])]["amount"].sum())


def test_every_unit_has_room_beside_its_staff(books: Books) -> None:
    staff, hired = books.account["egen-personal"], books.account["inhyrd-personal"]
    shares = [(staff[cell] + hired.get(cell, 0)) / gross for cell, gross in books.gross.items() if gross]
    assert max(shares) <= 1 / 1.08
    assert len(shares) > 1900


def test_only_the_provision_is_negative(ledger: DemoLedger) -> None:
    negative = ledger.entries[ledger.entries["amount"] < 0]
    assert set(negative["account"]) == {"underskottspost"}
    assert (ledger.forecasts["amount"] >= 0).all()


def test_the_four_accounts_make_most_of_the_deviation(ledger: DemoLedger) -> None:
    ten = [2023 * 12 + n for n in range(10)]
    e = ledger.entries[(ledger.entries["counterpart"] == "") & ~ledger.entries["project"]]
    e = e[e["month"].isin(ten)].groupby(["account", "kind"])["amount"].sum().unstack().fillna(0)
    over = e["actual"] - e["budget"]
    four = over[["egen-personal", "inhyrd-personal", "lakemedel", "kopt-vard"]]
    assert (four > 0).all()
    assert four.sum() > 100 * MNKR
    assert over["egen-personal"] == over.drop(index=["underskottspost"]).max()


def test_travel_and_meetings_fell_in_the_pandemic_and_have_come_back(books: Books) -> None:
    for account in ("resor", "overnattning", "externa-moten"):
        y2019, y2020, y2022 = (year_of(books.account[account], year) for year in (2019, 2020, 2022))
        assert y2020 < y2019 * 0.8
        assert y2020 < y2022


def test_projects_stand_apart_and_cost_what_they_bring_in(ledger: DemoLedger) -> None:
    found = ledger.entries[ledger.entries["project"]]
    assert set(found["unit"]) == {"planering-och-utveckling", "medicinsk-stab", "onkologkliniken"}
    revenue = found["account"] == "ovriga-intakter"
    key = ["unit", "month", "kind"]
    pd.testing.assert_series_equal(
        found[revenue].groupby(key)["amount"].sum(), found[~revenue].groupby(key)["amount"].sum()
    )


def test_cost_centres_share_all_that_is_booked_at_their_unit(ledger: DemoLedger) -> None:
    e = ledger.entries
    told = e[e["cost_centre"] != ""]
    assert set(told["month"] // 12) == {2023}
    counts = told.groupby("unit")["cost_centre"].nunique()
    assert len(counts) >= 8
    assert counts.between(2, 4).all()
    without = e[e["unit"].isin(list(counts.index)) & (e["month"] >= 2023 * 12) & (e["cost_centre"] == "")]
    assert len(without) == 0
    assert {"budget", "actual"} == set(told["kind"])


def test_forecasts_are_made_on_a_weekday_near_the_20th_by_a_function(
    ledger: DemoLedger, catalogue: Catalogue
) -> None:
    assert tuple(ledger.forecasts.columns) == FORECASTS
    one = ledger.forecasts.drop_duplicates(["unit", "made"])
    days = list(one["made"])
    assert {day.day for day in days} == {19, 20, 21}
    assert {day.weekday() for day in days} <= set(range(5))
    assert (one["year"] == [day.year for day in days]).all()
    authors = dict(zip(one["unit"], one["author"], strict=True))
    assert authors["forvaltningsledning"] == "Hälso- och sjukvårdsdirektör"
    assert authors["medicinsk-stab"] == "Stabschef"
    assert authors["kirurgkliniken"] == "Verksamhetschef"
    assert not set(ledger.forecasts["account"]) & {"underskottspost", "investeringar"}


def test_rows_are_whole_and_told_once(ledger: DemoLedger, catalogue: Catalogue) -> None:
    e = ledger.entries
    assert tuple(e.columns) == ENTRIES
    assert e["amount"].dtype == e["month"].dtype == np.int64
    assert e["project"].dtype == np.bool_
    assert len(e) < 150_000
    assert not e.duplicated([name for name in ENTRIES if name != "amount"]).any()
    assert (e["amount"] != 0).all()
    assert set(e["account"]) == {account.id for account in catalogue.ledger_accounts}
    units = catalogue.organisation.units
    for unit, month in e[["unit", "month"]].drop_duplicates().itertuples(index=False):
        assert units[unit].exists_at(Month(month))
    assert not ledger.forecasts.duplicated(["unit", "made", "year", "account"]).any()


def test_the_same_settings_give_the_same_ledger(
    catalogue: Catalogue, settings: DemoSettings, blocks: Mapping[str, Block], ledger: DemoLedger
) -> None:
    again = generate_ledger(catalogue, settings, blocks)
    pd.testing.assert_frame_equal(again.entries, ledger.entries)
    pd.testing.assert_frame_equal(again.forecasts, ledger.forecasts)


def test_the_registers(ledger: DemoLedger) -> None:
    first = ledger.moves[0]
    assert (first.month, first.net) == (Month.of(2023, 1), 0)
    assert {part.unit: part.persons for part in first.parts} == {"medicinkliniken": -6, "narsjukvard-ost": 6}
    assert all(move.net == 0 for move in ledger.moves)
    assert [bool(move.financed) for move in ledger.moves].count(False) == 1
    improvements = ledger.improvements
    assert 10 <= len(improvements) <= 14
    assert len({one.unit for one in improvements}) >= 10
    assert {one.effect.value for one in improvements} == {"lower_cost", "more_capacity", "quality"}
    assert {one.status.value for one in improvements} == {"planned", "running", "done", "stopped"}
    over = [one for one in improvements if any(a > one.expected for a in one.realised.values())]
    under = [one for one in improvements if any(a < one.expected for a in one.realised.values())]
    assert over
    assert under
    assert any(not one.realised for one in improvements)
