"""What is refused of what is typed, and in which words; and how a text is kept."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hsf_kpi.model.dialogue import LONGEST_LINE, LONGEST_TEXT, YearEnd
from hsf_kpi.model.ledger import MNKR
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.store import Store
from hsf_kpi.store.handin_checks import (
    MOST_KRONOR,
    MOST_MONTHS,
    MOST_RESULT,
    action_problems,
    analysis_problems,
    forecast_problems_of,
    place_problems,
)
from hsf_kpi.store.handin_text import line, plain
from tests.store.asking import AS_OF, CAT
from tests.store.builders import everyone, m
from tests.store.handin_builders import ME, OCTOBER, action, analysis, forecast, judged

NBSP = "\N{NO-BREAK SPACE}"


def only(problems: list[Problem]) -> Problem:
    (problem,) = problems
    assert problem.todo
    return problem


ANALYSIS: list[tuple[dict[str, Any], str, str]] = [
    ({"text": ""}, "analys", "Analysen är tom."),
    ({"text": " \n\0\u202e"}, "analys", "Analysen är tom."),
    ({"text": "x" * (LONGEST_TEXT + 1)}, "analys", f"Texten är 4{NBSP}001 tecken lång, och får vara högst 4{NBSP}000."),
    ({"text": "Se 900101-1234."}, "analys", "liknar ett personnummer"),
    ({"year_end": None}, "helårsbedömning", "motivering men ingen helårsbedömning"),
    ({"year_end_reason": " \t"}, "motivering", "Helårsbedömningen saknar motivering."),
    ({"year_end_reason": "å" * 10_000}, "motivering", f"Texten är 10{NBSP}000 tecken lång"),
    ({"year_end_reason": "19900101-1234"}, "motivering", "liknar ett personnummer"),
    ({"unit": "x"}, "verksamhet", "Verksamheten ”x” finns inte."),
    ({"unit": "halso"}, "verksamhet", "Verksamheten ”Halso” fanns inte i oktober 2023."),
    ({"measure": "x"}, "nyckeltal", "Nyckeltalet ”x” finns inte."),
    ({"month": Month(10**12)}, "månad", "Månaden finns inte."),
    ({"month": Month(-1)}, "månad", "Månaden finns inte."),
]  # fmt: skip
ACTION: list[tuple[dict[str, Any], str, str]] = [
    ({"what": " "}, "åtgärd", "inte vad som ska göras"),
    ({"what": "x" * (LONGEST_LINE + 1)}, "åtgärd", "Texten är 301 tecken lång, och får vara högst 300."),
    ({"what": "Ring 900101-1234"}, "åtgärd", "liknar ett personnummer"),
    ({"responsible": ""}, "ansvarig funktion", "Ingen ansvarig"),
    ({"responsible": "eva@region.se"}, "ansvarig funktion", "inte en e-postadress"),
    ({"responsible": "x" * 301}, "ansvarig funktion", "301 tecken"),
    ({"effect": "\n"}, "väntad effekt", "väntade effekten saknas"),
    ({"effect": "x" * 301}, "väntad effekt", "301 tecken"),
    (
        {"due": OCTOBER - 1},
        "klar senast",
        "Åtgärden ska vara klar september 2023, före månaden som den lämnas in för.",
    ),
    ({"due": OCTOBER + MOST_MONTHS + 1}, "klar senast", "mer än tio år"),
    ({"due": Month(10**12)}, "klar senast", "mer än tio år"),
    ({"amount": -1}, "effekt i kronor", "mindre än noll"),
    ({"amount": MOST_KRONOR + 1}, "effekt i kronor", "över en miljard"),
    ({"unit": "x"}, "verksamhet", "”x” finns inte"),
    ({"measure": "x"}, "nyckeltal", "”x” finns inte"),
]
FORECAST: list[tuple[dict[str, Any], str, str]] = [
    ({"result": MOST_RESULT + 1}, "egen prognos", "större än hundra miljarder"),
    ({"result": -MOST_RESULT - 1}, "egen prognos", "större än hundra miljarder"),
    ({"reason": ""}, "motivering till prognosen", "saknar motivering"),
    ({"reason": "x" * 4001}, "motivering till prognosen", "tecken lång"),
    ({"unit": "halso"}, "verksamhet", "fanns inte i oktober 2023"),
]


@pytest.mark.parametrize(("change", "where", "told"), ANALYSIS)
def test_an_analysis_that_cannot_be_is_told(change: dict[str, Any], where: str, told: str) -> None:
    problem = only(analysis_problems(replace(judged(), **change), CAT))
    assert problem.where == where
    assert told in problem.what
    assert "1234" not in str(problem)


@pytest.mark.parametrize(("change", "where", "told"), ACTION)
def test_an_action_that_cannot_be_is_told(change: dict[str, Any], where: str, told: str) -> None:
    problem = only(action_problems(replace(action(), **change), CAT))
    assert problem.where == where
    assert told in problem.what


@pytest.mark.parametrize(("change", "where", "told"), FORECAST)
def test_a_forecast_that_cannot_be_is_told(change: dict[str, Any], where: str, told: str) -> None:
    problem = only(forecast_problems_of(replace(forecast(), **change), CAT))
    assert problem.where == where
    assert told in problem.what


def test_what_lies_just_inside_is_let_through() -> None:
    long = "x" * LONGEST_TEXT
    assert not analysis_problems(judged(long, month=m("2022-12"), unit="halso"), CAT)
    assert not analysis_problems(replace(judged(), year_end_reason=long), CAT)
    assert not analysis_problems(analysis(), CAT)
    line_ = "x" * LONGEST_LINE
    most = action(line_, responsible=line_, effect=line_, due=OCTOBER, amount=1000 * MNKR)
    assert not action_problems(most, CAT)
    assert not action_problems(action(due=OCTOBER + MOST_MONTHS, amount=0), CAT)
    for result in (MOST_RESULT, -MOST_RESULT, 0):
        assert not forecast_problems_of(forecast(result), CAT)
    assert not place_problems("kirurgi", m("1900-01"), CAT)


def test_every_problem_at_once_and_nothing_is_written() -> None:
    store = Store.create("sqlite://", "demo", CAT, AS_OF)
    far = Month(10**12)
    for save, count in (
        (lambda: store.handins.save_analysis(CAT, analysis("", unit="x", measure="x", year_end=YearEnd.PARTLY), *ME), 4),
        (lambda: store.handins.save_action(CAT, action("", responsible="", effect="", amount=-1), *ME), 4),
        (lambda: store.handins.save_forecast(CAT, forecast(10**15, reason="", unit="x"), *ME), 3),
        (lambda: store.handins.set_ready(CAT, "x", far, True, 0, *ME), 2),
        (lambda: store.handins.save_action(CAT, action(month=far, number=1, removed=True), *ME), 1),
    ):  # fmt: skip
        with pytest.raises(DataError) as caught:
            save()
        assert len(caught.value.problems) == count
    assert store.handins.version() == 0
    store.close()


MARKUP = [
    "<script>alert(1)</script>",
    "[här](javascript:alert(1)) **fet** :material/home: $x^2$",
    "=HYPERLINK(\"http://x\")",
    "' OR 1=1 --",
    "%s %(unit)s {0}",
    "Å, ä & ö — 😀 \u2212 5\u00a0%",
]  # fmt: skip


def test_markup_is_kept_as_it_is_typed(database_url: str) -> None:
    store = Store.create(database_url, "demo", CAT, AS_OF)
    saved = None
    for text in MARKUP:
        saved = store.handins.save_analysis(CAT, analysis(text, written=saved and saved.written), *ME)
    history = store.handins.history(everyone(CAT), CAT, "kirurgi", OCTOBER, "andel")
    assert [one.text for one in reversed(history)] == MARKUP
    store.close()


def test_what_no_database_or_file_can_hold_is_taken_out(database_url: str) -> None:
    store = Store.create(database_url, "demo", CAT, AS_OF)
    typed = "\ufeffFärre\0 tider\ud800.\x0bSe \u202enedan\u202c.\r\n\r\n\r\n\r\nSlut\t \n"
    saved = store.handins.save_analysis(CAT, analysis(typed), *ME)
    assert saved.text == "Färre tider.\nSe nedan.\n\nSlut"
    (found,) = store.handins.read(everyone(CAT), CAT, ["kirurgi"], OCTOBER, OCTOBER)
    assert found.analyses == (saved,)
    one = store.handins.save_action(CAT, action("Fler\n\n kvällar\u2028nu", effect="\uffffMer\x85tid"), *ME)
    assert (one.what, one.effect) == ("Fler kvällar nu", "Mer tid")
    store.close()


ANY = st.text(st.characters(exclude_categories=()), max_size=60)


@settings(max_examples=150, deadline=None)
@given(ANY)
@example("a \r b\x1c\x85")
@example("A\u200e\u030a")
def test_a_kept_text_is_one_that_every_file_can_hold(text: str) -> None:
    kept = plain(text)
    assert plain(kept) == kept, "the same the second time"
    assert kept == kept.strip()
    assert "\n\n\n" not in kept
    assert not {unicodedata.category(sign) for sign in kept} & {"Cs"}
    assert all(sign == "\n" or unicodedata.category(sign) != "Cc" for sign in kept)
    element = ElementTree.Element("a")
    element.text = kept
    assert (ElementTree.fromstring(ElementTree.tostring(element, "utf-8")).text or "") == kept
    assert line(text) == " ".join(kept.split())


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1, max_size=40))
def test_what_can_be_seen_stays(text: str) -> None:
    seen = unicodedata.normalize("NFC", text)
    assert plain(text) == seen
