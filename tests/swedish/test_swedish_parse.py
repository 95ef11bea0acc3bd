"""Numbers as people type them: what is written is read back exactly, and what is no number is none."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.swedish.numbers import number
from hsf_kpi.swedish.parse import parse_number

NBSP, NARROW, THIN = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}", "\N{THIN SPACE}"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", Fraction(0)),
        ("2", Fraction(2)),
        (" 0,25 ", Fraction(1, 4)),
        ("0.25", Fraction(1, 4)),
        ("1,234", Fraction(1234, 1000)),
        ("1 035,5", Fraction(2071, 2)),
        (f"1{NBSP}035{NBSP}000", Fraction(1_035_000)),
        (f"1{NARROW}035", Fraction(1035)),
        (f"12{THIN}345", Fraction(12_345)),
        ("1035", Fraction(1035)),
        ("-2", Fraction(-2)),
        ("−2,5", Fraction(-5, 2)),
        ("–2", Fraction(-2)),
        ("- 2", Fraction(-2)),
        ("\N{NON-BREAKING HYPHEN}2", Fraction(-2)),
        ("+3", Fraction(3)),
        ("007", Fraction(7)),
        ("999999999999999", Fraction(999_999_999_999_999)),
    ],
)
def test_a_number_is_read_exactly(text: str, value: Fraction) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", ",", ",5", "5,", "två", "1e3", "nan", "inf", "1/2", "2 %", "2 mnkr", "--2", "2-", "1,2,3", "1.035,5",
        "1,035.5", "0,25 0,30", "12 5", "12 13", "1 0350", "1  035", "0x1f", "٣", "²", "1_000", "1\n035", "9999999999999999",
        "0,1234567890123456",
    ],
)  # fmt: skip
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse_number(text) is None


@settings(max_examples=60, deadline=None)
@given(st.integers(-(10**9), 10**9), st.integers(0, 6), st.booleans())
def test_what_the_product_writes_is_read_back(value: int, decimals: int, sign: bool) -> None:
    exact = Fraction(value, 10**decimals)
    assert parse_number(number(exact, decimals, sign=sign)) == exact


@settings(max_examples=60, deadline=None)
@given(st.text(st.sampled_from("0123456789 ,.-+−eE%"), max_size=20) | st.text(max_size=10))
def test_any_text_is_a_number_with_its_own_digits_or_none(text: str) -> None:
    found = parse_number(text)
    if found is not None:
        digits = "".join(char for char in text if char.isdecimal())
        _, _, decimals = text.strip().replace(",", ".").partition(".")
        assert abs(found) * 10 ** len(decimals) == int(digits)
        assert (found < 0) <= (text.strip()[0] in "-−–")
