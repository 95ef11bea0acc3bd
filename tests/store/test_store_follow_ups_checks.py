"""What is wrong with a follow-up or a line in the register is told all at once, and nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from hsf_kpi.model.dialogue import LONGEST_LINE, LONGEST_TEXT
from hsf_kpi.model.follow_up import STATES, ControlResult, EntryKind, Stage, Subject
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.store import Store
from hsf_kpi.store.follow_up_checks import FIRST_DUE, LAST_DUE, entry_problems, follow_up_problems
from tests.store.asking import AS_OF
from tests.store.builders import m
from tests.store.follow_up_builders import CAT, EVERYONE, ME, OCTOBER, entry, follow_up, standing

MILESTONE: dict[str, Any] = {"kind": EntryKind.MILESTONE, "due": OCTOBER, "state": Stage.ONGOING}
RISK: dict[str, Any] = {"kind": EntryKind.RISK, "likelihood": 1, "consequence": 4}
CONTROL: dict[str, Any] = {"subject": Subject.CONTROL, "key": "hygien"}
PERSON = "Ring 19121212-1212."


def told(problems: list[Problem]) -> list[str]:
    return [f"{one.where}: {one.what}" for one in problems]


@pytest.fixture
def store() -> Iterator[Store]:
    store = Store.create("sqlite://", "demo", CAT, AS_OF)
    yield store
    store.close()


@pytest.mark.parametrize("subject", Subject)
def test_each_has_its_own_states_and_only_some_demand_a_text(subject: Subject) -> None:
    key = CAT.followed(subject)[0]
    needs = {Stage.LATE, ControlResult.MINOR, ControlResult.MAJOR}
    for state in (*Stage, *ControlResult):
        without = told(follow_up_problems(follow_up(" \n", subject=subject, key=key, state=state), CAT))
        with_text = told(follow_up_problems(follow_up("Ja.", subject=subject, key=key, state=state), CAT))
        own = isinstance(state, STATES[subject])
        assert (with_text == []) == own, state
        assert any(one.startswith("anteckning: ") for one in without) == (state in needs), state
        assert len(without) == (not own) + (state in needs)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"key": "X"}, ["åtgärd: Åtgärden ”X” finns inte."]),
        ({"key": "hygien"}, ["åtgärd: Åtgärden ”hygien” finns inte."]),
        ({"subject": Subject.ACTIVITY}, ["aktivitet: Aktiviteten ”A” finns inte."]),
        (CONTROL | {"key": "x", "state": ControlResult.CLEAN}, ["risk: Risken ”x” finns inte."]),
        (CONTROL, ["resultat: Resultatet är inget som en kontroll kan ha."]),
        ({"state": ControlResult.CLEAN}, ["status: Statusen finns inte."]),
        ({"month": Month(0)}, ["månad: Månaden finns inte."]),
        ({"text": "a" * LONGEST_TEXT}, []),
        (
            {"text": "a" * (LONGEST_TEXT + 1)},
            ["anteckning: Texten är 4\N{NO-BREAK SPACE}001 tecken lång, och får vara högst 4\N{NO-BREAK SPACE}000."],
        ),
        ({"text": PERSON}, ["anteckning: Texten innehåller något som liknar ett personnummer."]),
        (
            {"key": "X", "state": Stage.LATE, "text": ""},
            ["åtgärd: Åtgärden ”X” finns inte.", "anteckning: Det står inte vad förseningen beror på."],
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_follow_up(changes: dict[str, Any], expected: list[str]) -> None:
    assert told(follow_up_problems(follow_up(**changes), CAT)) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"other": "digitalt"}, []),
        ({"other": "narakut"}, ["beror på: Aktiviteten kan inte bero på sig själv."]),
        ({"other": "x"}, ["beror på: Aktiviteten ”x” finns inte."]),
        ({"activity": "x"}, ["aktivitet: Aktiviteten ”x” finns inte."]),
        ({"month": Month(0)}, ["månad: Månaden finns inte."]),
        ({"text": " "}, ["beroende: Det står inte vad beroendet är."]),
        (MILESTONE, []),
        (MILESTONE | {"text": ""}, ["delmål: Det står inte vad delmålet är."]),
        (MILESTONE | {"due": None}, ["klart senast: Det står inte när delmålet ska vara klart."]),
        (MILESTONE | {"due": FIRST_DUE}, []),
        (MILESTONE | {"due": LAST_DUE}, []),
        (MILESTONE | {"due": FIRST_DUE - 1}, ["klart senast: Delmålet ska vara klart utanför åren 2020–2040."]),
        (MILESTONE | {"due": LAST_DUE + 1}, ["klart senast: Delmålet ska vara klart utanför åren 2020–2040."]),
        (MILESTONE | {"state": None}, ["status: Det står inte hur långt delmålet har kommit."]),
        (MILESTONE | {"other": "digitalt"}, ["beror på: Bara beroenden pekar på en annan aktivitet."]),
        ({"due": OCTOBER}, ["klart senast: Bara delmål har en tid och en status."]),
        ({"state": Stage.DONE}, ["status: Bara delmål har en tid och en status."]),
        (RISK, []),
        (RISK | {"text": ""}, ["risk: Det står inte vad risken är."]),
        (RISK | {"likelihood": None}, ["sannolikhet: Risken har ingen sannolikhet från 1 till 4."]),
        (RISK | {"likelihood": 0}, ["sannolikhet: Risken har ingen sannolikhet från 1 till 4."]),
        (RISK | {"consequence": 5}, ["konsekvens: Risken har ingen konsekvens från 1 till 4."]),
        ({"likelihood": 2, "consequence": 2}, ["sannolikhet: Bara risker värderas.", "konsekvens: Bara risker värderas."]),
        ({"kind": EntryKind.RESPONSIBLE, "text": "Områdeschef"}, []),
        ({"kind": EntryKind.RESPONSIBLE, "text": ""}, ["ansvarig funktion: Ingen ansvarig är angiven."]),
        (
            {"kind": EntryKind.RESPONSIBLE, "text": "chef@region.se"},
            ["ansvarig funktion: Ansvarig ska vara en funktion, inte en e-postadress."],
        ),
        ({"text": "a" * LONGEST_LINE}, []),
        ({"text": "a" * (LONGEST_LINE + 1)}, ["beroende: Texten är 301 tecken lång, och får vara högst 300."]),
        ({"text": PERSON}, ["beroende: Texten innehåller något som liknar ett personnummer."]),
        ({"text": "", "due": m("1999-01"), "removed": True}, []),
        ({"activity": "x", "text": "", "removed": True}, ["aktivitet: Aktiviteten ”x” finns inte."]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_line(changes: dict[str, Any], expected: list[str]) -> None:
    assert told(entry_problems(entry(**changes), CAT)) == expected


def test_nothing_is_written_while_something_is_wrong(store: Store) -> None:
    with pytest.raises(DataError) as caught:
        store.follow_ups.save(CAT, follow_up(PERSON, key="X"), *ME)
    assert len(caught.value.problems) == 2
    assert "1212" not in str(caught.value)
    with pytest.raises(DataError) as caught:
        store.follow_ups.save_entry(CAT, entry("", kind=EntryKind.MILESTONE), *ME)
    assert len(caught.value.problems) == 3
    assert store.follow_ups.version() == 0


def test_texts_are_kept_without_what_nobody_can_see(store: Store) -> None:
    store.follow_ups.save(CAT, follow_up("Rad ett \r\n\r\n\r\n\r\nrad\x00 två\u202e\n"), *ME)
    assert standing(store)["A"].text == "Rad ett\n\nrad två"
    store.follow_ups.save_entry(CAT, entry(" =SUMMA(A1)\n<b>så</b>\x07 "), *ME)
    assert store.follow_ups.entries(EVERYONE, CAT, OCTOBER)[0].text == "=SUMMA(A1) <b>så</b>"
