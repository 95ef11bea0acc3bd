"""What looks like somebody's number is found however it is written; amounts, dates and diarienummer are not."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.access.person_number import like_person_number

# No number here belongs to anybody: the check digits are wrong, or the day does not exist.
LIKE = [
    "900101-1234",
    "900101+1234",
    "900101 1234",
    "9001011234",
    "19900101-1234",
    "199001011234",
    "19900101 1234",
    "900101 - 1234",
    "900101–1234",
    "900101−1234",
    "1990-01-01-1234",
    "1990 01 01 1234",
    "1990 01 01-1234",
    "701063-2390",  # samordningsnummer
    "197010632390",
    "701091-2390",
    "991990123456",  # reservnummer
    "99199012-3456",
    "22900101AB12",
    "19900101-K123",
    "900101-TF12",
    "９００１０１-１２３４",
    "٩٠٠١٠١-١٢٣٤",
    "900101\u00ad1234",  # a soft hyphen, as other programs leave behind
    "900101\u200b-\u20601234",
    "900101  -  1234",
    "900101\t1234",
    "900101-\n1234",
    "Patienten (900101-1234) väntar.",
    "nr:900101-1234.",
]
NOT_LIKE = [
    "",
    "901301-1234",  # no month
    "900132-1234",  # no day
    "701060-2390",
    "900101-12345",
    "1900101-1234",
    "8 306,5 mnkr",
    "8 306 500 000 kronor",
    "−124240284",
    "2023-10-13",
    "2023-10-13 kl. 14.30",
    "jan–okt 2023",
    "202301–202310",
    "20231013",
    "20231001 från",
    "RV 230412",
    "021-17 40 00",
    "3110 Vårdavdelningar",
    "vecka 43–51",
]


@pytest.mark.parametrize("text", LIKE)
def test_a_persons_number_is_found(text: str) -> None:
    assert like_person_number(text)


@pytest.mark.parametrize("text", NOT_LIKE)
def test_what_is_not_one_is_let_through(text: str) -> None:
    assert not like_person_number(text)


@settings(max_examples=60, deadline=None)
@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2029, 12, 31)),
    st.booleans(),
    st.integers(0, 9999),
    st.sampled_from(["", "-", "+", " ", "–", " - "]),
    st.sampled_from(["", "Se ", "(", "\n"]),
    st.booleans(),
)
def test_every_day_of_birth_and_ending(
    day: dt.date, later: bool, ending: int, between: str, before: str, century: bool
) -> None:
    number = f"{day:%m}{day.day + 60 * later:02d}"
    year = str(day.year) if century else f"{day:%y}"
    assert like_person_number(f"{before}{year}{number}{between}{ending:04d}.")
