"""What is read as one stands on one line, and is the same text still."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.ui.text import plain, plain_lines
from hsf_kpi.ui.together import together

_ONE = {
    "jan–okt 2023": "jan–\u2060okt\xa02023",
    "2023–2025": "2023–\u20602025",
    "85–90 %": "85–\u206090\xa0%",
    "högst 5 % av 800 mnkr": "högst 5\xa0% av 800\xa0mnkr",
    "4 999 999 kr": "4\xa0999\xa0999\xa0kr",
    "31 okt 2023": "31\xa0okt\xa02023",
    "Oktober 2023": "Oktober\xa02023",
    "delår 1 2023": "delår\xa01 2023",
    "från −5–−3": "från −5–\u2060−3",
    "nov 2022–okt 2023": "nov\xa02022–okt\xa02023",
}
_LEFT = (
    "−246,5",
    "12,3\xa0%",
    "5 stycken",
    "Kolada–VGR",
    "3 – 4",
    "i majoritet 2 årsarbetare",
    "jan–2023",
    "okt 20231",
)
_PIECES = (*" \xa0\u2060–−5%§a", "2023", "100", "okt", "maj", "mnkr", "år", "delår")

_texts = st.lists(st.sampled_from(_PIECES) | st.text(max_size=3)).map("".join)


@pytest.mark.parametrize(("text", "shown"), _ONE.items())
def test_a_unit_of_meaning_does_not_break(text: str, shown: str) -> None:
    assert together(text) == shown


@pytest.mark.parametrize("text", _LEFT)
def test_other_words_and_lone_numbers_are_left(text: str) -> None:
    assert together(text) == text


def test_all_text_on_the_screen_is_so() -> None:
    assert plain("jan–okt 2023, 5 %") == "jan–\u2060okt\xa02023, 5\xa0%"
    assert "5\xa0%" in plain_lines("ett\n5 % till")


@given(_texts)
def test_it_is_the_same_text_to_whoever_reads_it(text: str) -> None:
    assert _read(together(text)) == _read(text)


@given(_texts)
def test_once_is_enough(text: str) -> None:
    assert together(together(text)) == together(text)


def _read(text: str) -> str:
    return text.replace("\u2060", "").replace("\xa0", " ")
