"""data/economy/levers.toml: what a wrong lever is told, and that an assumption says the numbers that are used."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.ingest.definitions.levers import build_levers, check_levers
from hsf_kpi.ingest.definitions.plan_tables_shapes import AccountPlanShape, LeversShape
from hsf_kpi.model.lever import LeverKind

PLAN = AccountPlanShape.model_validate(
    {
        "source": "Exempel",
        "seen_with": "periodresultat",
        "group": [
            {"id": "kostnader", "title": "Kostnader", "side": "cost"},
            {"id": "intakter", "title": "Intäkter", "side": "revenue"},
        ],
        "account": [
            {"id": "resor", "title": "Resor", "group": "kostnader"},
            {"id": "post", "title": "Post", "group": "kostnader", "budget_only": True},
            {"id": "avgifter", "title": "Avgifter", "group": "intakter"},
        ],
    }
)
HIRED = {
    "id": "hyra",
    "title": "Hyrpersonal",
    "kind": "hired_share",
    "unit": "%",
    "least": "0",
    "most": "100",
    "suggested": ["2", "4"],
    "share": "0.4",
    "months": 6,
    "assumption": "{share} blir kvar efter {months} månader.",
    "source": "Eget antagande",
}
FTE = HIRED | {"id": "fte", "kind": "fte", "least": "-500", "most": "0", "suggested": ["-100"]}
ACCOUNTS = HIRED | {
    "id": "resor",
    "kind": "accounts",
    "least": "-100",
    "most": "0",
    "suggested": ["-25"],
    "accounts": ["resor"],
}


def told(*levers: dict[str, Any], plan: AccountPlanShape | None = PLAN) -> list[str]:
    shape = LeversShape.model_validate({"lever": list(levers)})
    return [str(problem) for problem in check_levers(shape, "data/economy/levers.toml", accounts=plan)]


def test_three_levers_in_order() -> None:
    assert told(HIRED, FTE, ACCOUNTS) == []


@pytest.mark.parametrize(
    ("lever", "change", "expected"),
    [
        (
            HIRED,
            {"least": "4", "most": "4", "suggested": ["4"]},
            ".least: Den nedre gränsen är inte lägre än den övre.",
        ),
        (HIRED, {"least": "-1"}, ".least: Gränsen -1 är omöjlig för ”hired_share”. Ange mellan 0 och 100."),
        (HIRED, {"most": "101"}, ".most: Gränsen 101 är omöjlig för ”hired_share”. Ange mellan 0 och 100."),
        (FTE, {"most": "1"}, ".most: Gränsen 1 är omöjlig för ”fte”. Ange högst 0."),
        (ACCOUNTS, {"least": "-101"}, ".least: Gränsen -101 är omöjlig för ”accounts”."),
        (HIRED, {"suggested": ["2", "200"]}, ".suggested: Förslaget 200 är utanför 0 till 100."),
        (HIRED, {"share": "1.1"}, ".share: Andelen 1.1 är inte mellan 0 och 1."),
        (HIRED, {"share": "-0.1"}, ".share: Andelen -0.1 är inte mellan 0 och 1."),
        (HIRED, {"assumption": "Efter {months}."}, ".assumption: Antagandet share används men sägs inte"),
        (HIRED, {"assumption": "Bara {share}."}, ".assumption: Antagandet months används men sägs inte"),
        (HIRED, {"assumption": "{share} {months} {year}"}, ".assumption: ”{year}” är okänt i meningen."),
        (HIRED, {"assumption": "{share:d} {share} {months}"}, ".assumption: ”{share:d}” är okänt"),
        (HIRED, {"assumption": "{share!r} {share} {months}"}, ".assumption: ”{share!r}” är okänt"),
        (HIRED, {"assumption": "{} {share} {months}"}, ".assumption: ”{}” är okänt"),
        (HIRED, {"assumption": "{share} {months"}, ".assumption: Klamrarna i meningen går inte ihop."),
        (HIRED, {"accounts": ["resor"]}, ".accounts: ”hired_share” har inga konton."),
        (ACCOUNTS, {"accounts": []}, ".accounts: ”accounts” behöver konton."),
        (ACCOUNTS, {"accounts": ["resa"]}, ".accounts: Kontot ”resa” finns inte."),
        (ACCOUNTS, {"accounts": ["avgifter"]}, ".accounts: Kontot ”avgifter” är ingen kostnad"),
        (ACCOUNTS, {"accounts": ["post"]}, ".accounts: Kontot ”post” är ingen kostnad"),
        (ACCOUNTS, {"accounts": ["resor", "resor"]}, ".accounts: Samma konto står flera gånger."),
    ],
)
def test_what_is_wrong_is_told(lever: dict[str, Any], change: dict[str, Any], expected: str) -> None:
    problems = told(lever | change)
    assert len(problems) == 1, problems
    assert problems[0].startswith(f"data/economy/levers.toml: lever[{lever['id']}]{expected}")


def test_every_problem_at_once_and_ids_occur_once() -> None:
    problems = told(HIRED, HIRED | {"share": "2", "most": "101"})
    assert [re.sub(r".*\.(\w+): .*", r"\1", problem) for problem in problems] == ["id", "most", "share"]


def test_no_account_is_looked_up_without_an_account_plan() -> None:
    assert told(ACCOUNTS | {"accounts": ["finns-inte"]}, plan=None) == []
    assert len(told(ACCOUNTS | {"accounts": []}, plan=None)) == 1


@given(share=st.integers(0, 10_000), months=st.integers(0, 60))
@settings(max_examples=50)
def test_the_assumption_says_the_numbers_that_are_used(share: int, months: int) -> None:
    written = Decimal(share) / 10_000
    shape = LeversShape.model_validate({"lever": [HIRED | {"share": f"{written:f}", "months": months}]})
    assert check_levers(shape, "fil", accounts=PLAN) == []
    [lever] = build_levers(shape)
    found = re.fullmatch(r"([\d,]+)\N{NO-BREAK SPACE}% blir kvar efter (\d+) månader\.", lever.assumption)
    assert found is not None, lever.assumption
    assert Fraction(found[1].replace(",", ".")) == lever.share * 100 == Fraction(share, 100)
    assert int(found[2]) == lever.months == months
    assert not re.search(r",\d*0$", found[1]), "no decimals that say nothing"


def test_a_lever_as_it_is_read() -> None:
    [lever] = build_levers(LeversShape.model_validate({"lever": [ACCOUNTS | {"least": "-99.5"}]}))
    assert (lever.kind, lever.least, lever.most) == (LeverKind.ACCOUNTS, Fraction(-199, 2), Fraction(0))
    assert (lever.suggested, lever.accounts) == ((Fraction(-25),), ("resor",))


def test_a_wrong_file_is_told_and_a_missing_one_is_not(folder: Path, change, problems) -> None:  # type: ignore[no-untyped-def]
    change("economy/levers.toml", 'kind = "fte"', 'kind = "personal"')
    change("economy/levers.toml", 'most = "100"', 'most = "1000"')
    at = "data/economy/levers.toml: lever[arsarbetare].kind"
    assert problems() == [
        f"{at}: ”personal” är inget tillåtet värde. Välj ett av: hired_share, fte, accounts."
    ]
    change("economy/levers.toml", 'kind = "personal"', 'kind = "fte"')
    assert [text.split(": ")[1] for text in problems()] == ["lever[hyrpersonal].most"]
    (folder / "economy" / "levers.toml").unlink()
    assert read_catalogue(folder).levers == ()
