"""What is told of a ledger that can't be loaded."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from hsf_kpi.model.ledger import ForecastEntry, LedgerEntry
from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.store.ledger_batch import forecast_rows, ledger_rows
from hsf_kpi.store.ledger_checks import ledger_problems
from hsf_kpi.store.ledger_forecasts import forecast_problems
from tests.store.ledger_builders import BUDGET, entry, forecast, trade, with_accounts, year_budget

CAT = with_accounts()
LEAVES = ("kirurgi", "medicin", "primar", "rontgen")
"""The units of 2023 with no others below them."""


def told(*entries: LedgerEntry) -> list[Problem]:
    return ledger_problems(ledger_rows(entries), CAT)


def told_of(*entries: ForecastEntry) -> list[Problem]:
    return forecast_problems(forecast_rows(entries), CAT)


def test_a_ledger_without_faults_has_no_problems() -> None:
    plain = [
        entry("kirurgi", "2023-01", "personal", 5),
        entry("kirurgi", "2023-01", "personal", -2, project=True),
        entry("kirurgi", "2023-01", "investering", 7),
        entry("medicin", "2023-01", "personal", 5, cost_centre="3110 Vård"),
        entry("medicin", "2023-01", "personal", 6),
        *trade("rontgen", "kirurgi", "2023-01", 9),
        *year_budget("kirurgi", 2023, 100),
    ]
    assert told(*plain) == []
    assert told() == []


@pytest.mark.parametrize(
    ("wrong", "words", "where"),
    [
        (entry("okand", "2023-01", "personal", 1), "Verksamheten ”okand” finns inte.", "rad 2"),
        (entry("kirurgi", "2023-01", "okant", 1), "Kontot ”okant” finns inte.", "rad 2"),
        (entry("", "2023-01", "personal", 1), "Verksamheten saknas.", "rad 2"),
        (
            entry("kirurgi", "2023-01", "salt", 1, counterpart="borta"),
            "Motparten ”borta” finns inte.",
            "rad 2",
        ),
        (entry("halso", "2023-01", "personal", 1), "Verksamheten ”halso” fanns inte 2023-01.", "rad 2"),
        (entry("kirurgi", "2023-01", "underskott", 1), "har aldrig ett utfall", "rad 2"),
        (
            entry("kirurgi", "2023-01", "personal", 1, counterpart="medicin"),
            "”Personal” har ingen motpart inom förvaltningen",
            "rad 2",
        ),
        (entry("kirurgi", "2023-01", "kopt", 1, counterpart="kirurgi"), "sin egen motpart", "rad 2"),
        (entry("kirurgi", "2023-01", "personal", 10**13), "för stort", "rad 2"),
        (entry("kirurgi", "1999-12", "personal", 1), "Månaden kan inte", "rad 2"),
        (entry("kirurgi", "2023-01", "personal", 1, cost_centre="x" * 41), "längre än 40", "rad 2"),
    ],
)
def test_each_fault_is_told_with_its_row(wrong: LedgerEntry, words: str, where: str) -> None:
    [problem] = told(entry("medicin", "2023-01", "personal", 1), wrong)
    assert words in problem.what
    assert where in problem.where
    assert problem.todo


def test_all_faults_are_told_at_once() -> None:
    found = told(
        entry("okand", "2023-01", "personal", 1),
        entry("kirurgi", "2023-01", "okant", 1),
        entry("halso", "2023-02", "personal", 1),
    )
    assert len(found) == 3


def test_amounts_of_a_frame_are_whole_kronor() -> None:
    frame = pd.DataFrame(
        {
            "unit": ["kirurgi"] * 4,
            "month": [24276] * 4,
            "account": ["personal", "ersattning", "salt", "kopt"],
            "kind": ["actual"] * 4,
            "amount": [1.5, 2.0, float("nan"), 3],
        }
    )
    [problem] = ledger_problems(ledger_rows(frame), CAT)
    assert problem.where == "huvudbok, rad 1, 3"
    assert "inte hela kronor" in problem.what
    with pytest.raises(DataError, match="Kolumnen ”amount” saknas"):
        ledger_rows(frame.drop(columns="amount"))
    [problem] = ledger_problems(ledger_rows(frame.assign(amount=1, kind="utfall")), CAT)
    assert "Slaget ”utfall” finns inte" in problem.what


def test_both_sides_of_an_internal_purchase_are_booked() -> None:
    sold, bought = trade("rontgen", "kirurgi", "2023-01", 9)
    [alone] = told(sold)
    assert "”rontgen” har bokfört 9 kronor sålt till ”kirurgi” i 2023-01 (utfall)" in alone.what
    assert "har bokfört 0 kronor köpt" in alone.what
    assert told(sold, replace(bought, amount=8))
    assert told(sold, replace(bought, kind=BUDGET))
    assert told(sold, replace(bought, counterpart="medicin"))
    assert told(sold, replace(bought, project=True))
    halves = [replace(bought, amount=4, cost_centre="a"), replace(bought, amount=5, cost_centre="b")]
    assert told(sold, *halves) == []
    back = trade("kirurgi", "rontgen", "2023-01", 9)
    assert told(sold, bought, *back) == []
    many = [
        trade("rontgen", unit, f"2023-{n:02d}", 1)[0] for unit in ("kirurgi", "medicin") for n in (1, 2, 3, 4)
    ]
    assert len(told(*many)) == 6
    assert "Ytterligare 3 interna köp" in told(*many)[-1].what


def test_a_month_that_is_booked_twice_is_told() -> None:
    one = entry("kirurgi", "2023-01", "personal", 5)
    [problem] = told(one, entry("medicin", "2023-01", "personal", 1), replace(one, amount=7))
    assert problem.what.startswith("Månaden är bokförd två gånger: ”kirurgi”, ”Personal”, utfall 2023-01")
    assert problem.where == "huvudbok, rad 1, 3"
    assert told(one, replace(one, cost_centre="3110"), replace(one, project=True)) == []
    assert len(told(*[replace(one, month=one.month + n) for n in range(9)] * 2)) == 6


def test_a_budget_has_all_months_of_its_year_or_none() -> None:
    [problem] = told(*year_budget("kirurgi", 2023, 1)[:10])
    assert problem.what == "Budgeten 2023 för ”kirurgi” saknar 2023-11, 2023-12."
    assert told(*year_budget("halso", 2022, 1)) == [], "the months in which it exists"
    assert told(entry("kirurgi", "2023-03", "personal", 1, BUDGET, project=True)) == []


def test_the_budget_of_all_units_is_nought_with_the_provision() -> None:
    units = [
        *year_budget("kirurgi", 2023, 3),
        *year_budget("medicin", 2023, 2),
        *year_budget("primar", 2023, 1),
    ]
    own = [*year_budget("rontgen", 2023, 1), *year_budget("rontgen", 2023, -7, "underskott")]
    assert told(*units, *own) == []
    [problem] = told(*units, *own[:12], *year_budget("rontgen", 2023, -8, "underskott"))
    assert (
        problem.what
        == "Förvaltningens budget 2023 ger resultatet +12 kronor med underskottsposten, men ska ge 0."
    )
    assert told(*units[12:], *own) == [], "not all units: nothing is known of the whole"
    assert told(*units, *year_budget("rontgen", 2023, 1)) == [], "a year without a provision"


def test_a_forecast_without_faults_has_no_problems() -> None:
    assert told_of() == []
    plain = [
        forecast("kirurgi", "2023-10-20", 5),
        forecast("kirurgi", "2023-10-20", 5, "ersattning"),
        forecast("kirurgi", "2023-10-30", 5),
        forecast("kirurgi", "2024-01-10", 5, year=2023),
        forecast("halso", "2023-01-10", 5, year=2022),
        forecast("akut", "2023-10-20", 5),
    ]
    assert told_of(*plain) == []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (forecast("okand", "2023-10-20", 1), "Verksamheten ”okand” finns inte."),
        (forecast("kirurgi", "2023-10-20", 1, "okant"), "Kontot ”okant” finns inte."),
        (forecast("kirurgi", "2023-10-20", 1, "underskott"), "ingår inte i en prognos"),
        (forecast("kirurgi", "2023-10-20", 1, author=" "), "saknar uppgift om vems"),
        (forecast("kirurgi", "2023-10-20", 1, author="x" * 121), "fler än 120 tecken"),
        (forecast("kirurgi", "2022-12-20", 1, year=2023), "ett annat år"),
        (forecast("kirurgi", "2024-02-01", 1, year=2023), "ett annat år"),
        (forecast("halso", "2023-01-10", 1), "Verksamheten ”halso” fanns inte 2023-01."),
        (forecast("medicin", "2023-10-20", 1, "ersattning", author="Controller"), "två prognoser 2023-10-20"),
        (forecast("medicin", "2023-10-20", 1), "förekommer 2 gånger"),
    ],
)
def test_each_fault_of_a_forecast_is_told(wrong: ForecastEntry, words: str) -> None:
    [problem] = told_of(forecast("medicin", "2023-10-20", 1), wrong)
    assert words in problem.what
    assert problem.where.startswith("prognoser")
    assert problem.todo


def test_a_forecast_without_a_day_is_told() -> None:
    frame = pd.DataFrame(
        {
            "unit": ["kirurgi"],
            "made": [None],
            "year": [2023],
            "account": ["personal"],
            "amount": [1],
            "author": ["C"],
        }
    )
    [problem] = forecast_problems(forecast_rows(frame), CAT)
    assert problem.what == "Prognosen saknar datum."
    assert forecast_problems(forecast_rows(frame.assign(made=pd.Timestamp("2023-10-20"))), CAT) == []
