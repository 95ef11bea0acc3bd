"""What the form of an activity holds as an activity: every problem told at once, and amounts exactly as typed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.ledger import MNKR
from hsf_kpi.model.organisation import Organisation, Placement, Unit
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.model.register import Effect, Improvement, Progress
from hsf_kpi.ui import amounts
from hsf_kpi.ui.improvements_edit import _months, _read, _Typed

CATALOGUE = Catalogue(
    Organisation({u: Unit(u, u, "nivå", (Placement(p),)) for u, p in (("hsf", None), ("kir", "hsf"))}),
    {}, (), (), "x",
)  # fmt: skip
MARCH, MAY = Month.of(2023, 3), Month.of(2023, 5)
HELD = _Typed(
    "kir", " Färre prover ", Effect.CAPACITY, "0,25", MARCH, MAY, " Verksamhetschef ", Progress.RUNNING,
    {MARCH: "0,2", MAY: " "},
)  # fmt: skip
KNOWN = Improvement(
    "kir", "Annat", Effect.COST, 1, Month.of(2022, 12), "Chef", Progress.PLANNED,
    realised={Month.of(2022, 12): 7, MAY: 9}, number=3, version=2,
)  # fmt: skip


def told(one: Improvement | None, typed: _Typed) -> list[str]:
    with pytest.raises(DataError) as found:
        _read(one, typed, CATALOGUE)
    return [str(problem) for problem in found.value.problems]


def test_a_new_activity_holds_what_the_form_does() -> None:
    assert _read(None, HELD, CATALOGUE) == Improvement(
        "kir", "Färre prover", Effect.CAPACITY, 250_000, MARCH, "Verksamhetschef", Progress.RUNNING, MAY,
        {MARCH: 200_000},
    )  # fmt: skip


def test_a_changed_activity_keeps_what_the_form_does_not_show() -> None:
    found = _read(KNOWN, HELD, CATALOGUE)
    assert (found.number, found.version) == (3, 2)
    assert found.realised == {Month.of(2022, 12): 7, MARCH: 200_000}, (
        "the year before is kept, an emptied month is not"
    )


def test_every_field_that_holds_no_number_is_told_at_once() -> None:
    held = replace(HELD, expected="", realised={MARCH: "0,2 0,3", MAY: "x" * 60})
    assert told(None, held) == [
        "Väntad effekt: Fältet är tomt. Skriv ett belopp i mnkr, till exempel 0,25.",
        "Realiserad effekt, mars 2023: ”0,2 0,3” är inget tal. Skriv ett belopp i mnkr, till exempel 0,25.",
        f"Realiserad effekt, maj 2023: ”{'x' * 40}” är inget tal. Skriv ett belopp i mnkr, till exempel 0,25.",
    ]


def test_what_else_is_wrong_is_told_with_them() -> None:
    held = replace(
        HELD,
        what=" ",
        expected="mycket",
        start=MAY,
        end=MARCH,
        responsible="a@b.se",
        realised={MARCH: "2000"},
    )
    found = told(None, held)
    assert found[0].startswith("Väntad effekt: ”mycket” är inget tal.")
    fields = [text.partition(":")[0] for text in found]
    assert fields == [
        "Väntad effekt",
        "vad som ska göras",
        "till och med",
        "ansvarig funktion",
        "uppnådd effekt",
        "uppnådd effekt",
    ]
    # Without a number that can't be read, the register tells of the rest when it is saved.
    assert _read(None, replace(held, expected="1"), CATALOGUE).expected == MNKR


@pytest.mark.parametrize(
    ("text", "kronor"),
    [
        ("0,25", 250_000),
        ("−1,5", -1_500_000),
        ("1 000", 1_000_000_000),
        ("0,0000014", 1),
        ("0", 0),
        ("-0", 0),
    ],
)
def test_mnkr_as_typed_is_kronor(text: str, kronor: int) -> None:
    problems: list[Problem] = []
    assert amounts.kronor(text, "Fält", problems) == kronor
    assert problems == []


@pytest.mark.parametrize(
    ("kronor", "text"),
    [(250_000, "0,25"), (10_000_000, "10"), (100, "0,0001"), (0, "0"), (1, "0,000001"), (-1_500_000, "−1,5")],
)
def test_kronor_are_shown_with_the_decimals_that_they_have(kronor: int, text: str) -> None:
    assert amounts.typed_mnkr(kronor) == text


@settings(max_examples=60, deadline=None)
@given(st.integers(-(10**12), 10**12))
def test_an_amount_that_is_shown_is_read_back(kronor: int) -> None:
    problems: list[Problem] = []
    assert amounts.kronor(amounts.typed_mnkr(kronor), "Fält", problems) == kronor
    assert problems == []


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=15), st.lists(st.text(max_size=8), max_size=4), st.booleans())
def test_any_text_is_an_amount_or_told(expected: str, realised: list[str], changed: bool) -> None:
    months = {MARCH + n: text for n, text in enumerate(realised)}
    problems: list[Problem] = []
    wrong = sum(
        amounts.kronor(text, "", problems) is None for text in [expected, *(t for t in realised if t.strip())]
    )
    held = replace(HELD, expected=expected, realised=months, end=None)
    one = KNOWN if changed else None
    if wrong:
        assert len([text for text in told(one, held) if "Skriv ett belopp i mnkr" in text]) == wrong
    else:
        found = _read(one, held, CATALOGUE)
        assert {m for m in months if months[m].strip()} == {m for m in found.realised if m in months}
        assert Fraction(found.expected).denominator == 1


def test_the_months_to_choose_from_hold_the_activitys_own() -> None:
    chosen = Month.of(2023, 10)
    assert len(_months(chosen, None)) == 49
    old = replace(KNOWN, start=Month.of(2015, 1), end=Month.of(2030, 6))
    found = _months(chosen, old)
    assert {"2015-01", "2030-06"} <= found.keys()
    assert list(found) == sorted(found)
