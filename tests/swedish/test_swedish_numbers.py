"""Numbers in Swedish, held against Babel and against the look's own examples."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.swedish.numbers import (
    bound_text,
    decimals_that_add_up,
    decimals_to_tell_apart,
    difference_text,
    number,
    places,
    range_text,
    value_and_unit,
    value_text,
)
from tests.analysis.builders import a_measure

U = UnitOfMeasure
NB = "\N{NO-BREAK SPACE}"
values = st.one_of(
    st.decimals(min_value=-(10**12), max_value=10**12, allow_nan=False, places=6),
    st.integers(-(10**12), 10**12),
    st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6),
)


def _rounded(value: Decimal | Fraction | int, decimals: int) -> Decimal:
    scaled = Fraction(value) * 10**decimals
    whole = int(abs(scaled) + Fraction(1, 2))
    return Decimal(whole if scaled >= 0 else -whole).scaleb(-decimals)


@given(values, st.integers(0, 4))
def test_agrees_with_babel(value: Decimal | Fraction | int, decimals: int) -> None:
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    expected = format_decimal(abs(_rounded(value, decimals)), format=pattern, locale="sv")
    if _rounded(value, decimals) < 0:
        expected = "\N{MINUS SIGN}" + expected
    assert number(value, decimals) == expected


@given(st.decimals(-(10**6), 10**6, allow_nan=False, places=5), st.integers(0, 4))
def test_rounds_half_away_from_zero(value: Decimal, decimals: int) -> None:
    expected = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    assert _rounded(value, decimals) == expected
    back = number(value, decimals).replace(NB, "").replace("\N{MINUS SIGN}", "-").replace(",", ".")
    assert Decimal(back) == expected


@given(values, st.integers(0, 4))
def test_no_minus_zero_and_sign_only_where_asked(value: Decimal | Fraction | int, decimals: int) -> None:
    text = number(value, decimals, sign=True)
    digits = text.lstrip("+\N{MINUS SIGN}")
    is_zero = not any(c in "123456789" for c in digits)
    assert is_zero == (text == digits)
    assert number(value, decimals) == text.removeprefix("+")


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (Decimal("1035.46"), 1, f"1{NB}035,5"),
        (999, 0, "999"),
        (1000, 0, f"1{NB}000"),
        (1234567, 2, f"1{NB}234{NB}567,00"),
        (Fraction(-4, 100), 1, "0,0"),
        (-861, 1, "−861,0"),
        (0.15, 1, "0,2"),
        (2.675, 2, "2,68"),
    ],
)
def test_examples(value: Decimal | Fraction | float, decimals: int, text: str) -> None:
    assert number(value, decimals) == text


def test_not_a_number_is_an_error() -> None:
    with pytest.raises((ValueError, OverflowError)):
        number(float("nan"), 1)


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        (U.PERCENT, 78, f"78,0{NB}%"),
        (U.MNKR, -861, f"−861,0{NB}mnkr"),
        (U.MINUTES, Fraction(77, 10), f"7:42{NB}min"),
        (U.MINUTES, Fraction(1111, 60), f"18:31{NB}min"),
        (U.MINUTES, Fraction(7) + Fraction(596, 600), f"8:00{NB}min"),
        (U.MINUTES, Fraction(-1, 4), f"−0:15{NB}min"),
        (U.MINUTES, Fraction(-1, 1000), f"0:00{NB}min"),
        (U.MINUTES, Fraction(3601, 3) * 60, f"72{NB}020:00{NB}min"),
        (U.COUNT, 4999, f"4{NB}999"),
        (U.FTE, Fraction(49994, 10), f"4{NB}999"),
        (U.INDEX, Fraction(776, 10), "77,6"),
        (U.PER_100, Fraction(13, 10), f"1,3{NB}per{NB}100"),
        (U.PER_1000, 240, f"240,0{NB}per{NB}1{NB}000"),
        (U.RATIO, Fraction(1, 2), "0,5"),
        (U.KR_PER_HOUR, 511, f"511{NB}kr/timme"),
        (U.POINTS_PER_FTE, 24, f"24,0{NB}poäng/årsarbetare"),
    ],
)
def test_every_unit(unit: UnitOfMeasure, value: int | Fraction, text: str) -> None:
    measure = a_measure(unit)
    assert value_text(value, measure) == text
    amount, mark = value_and_unit(value, measure)
    assert NB.join(filter(None, (amount, mark))) == text
    assert value_text(value, measure, unit=False) == amount


def test_signs_and_decimals() -> None:
    assert value_text(3, a_measure(), sign=True) == f"+3,0{NB}%"
    assert value_text(3, a_measure(), decimals=3) == f"3,000{NB}%"
    assert value_text(Fraction(4801, 600), a_measure(U.MINUTES), decimals=1) == f"8:00,1{NB}min"
    assert value_text(Fraction(1, 2), a_measure(U.MINUTES), sign=True) == f"+0:30{NB}min"


def test_every_unit_has_its_text() -> None:
    for unit in UnitOfMeasure:
        assert value_text(1, a_measure(unit))


def test_differences_of_shares_are_procentenheter() -> None:
    assert difference_text(Fraction(31, 10), a_measure()) == f"3,1{NB}procentenheter"
    assert difference_text(1, a_measure(), decimals=0) == f"1{NB}procentenhet"
    assert difference_text(-1, a_measure(), decimals=0, sign=True) == f"−1{NB}procentenhet"
    assert difference_text(11, a_measure(), decimals=0, sign=True) == f"+11{NB}procentenheter"
    assert difference_text(Fraction(49, 60), a_measure(U.MINUTES)) == f"0:49{NB}min"
    assert difference_text(428, a_measure(U.MNKR)) == f"428,0{NB}mnkr"
    assert difference_text(46, a_measure(U.FTE)) == "46"
    assert difference_text(Fraction(1, 10), a_measure(U.PER_100), sign=True) == "+0,1"
    assert difference_text(6, a_measure(U.KR_PER_HOUR)) == "6"


@pytest.mark.parametrize(
    ("unit", "bound", "text"),
    [
        (U.PERCENT, "95", f"95{NB}%"),
        (U.PERCENT, "6.0", f"6,0{NB}%"),
        (U.MINUTES, "8", f"8{NB}min"),
        (U.MINUTES, "7.5", f"7:30{NB}min"),
        (U.MNKR, "-800", f"−800{NB}mnkr"),
        (U.MNKR, "160.8", f"160,8{NB}mnkr"),
        (U.INDEX, "79", "79"),
        (U.PER_1000, "250", f"250{NB}per{NB}1{NB}000"),
    ],
)
def test_the_plans_numbers_keep_their_precision(unit: UnitOfMeasure, bound: str, text: str) -> None:
    assert bound_text(Decimal(bound), a_measure(unit)) == text


def test_bands() -> None:
    assert range_text(Decimal(85), Decimal(90), a_measure()) == f"85–90{NB}%"
    assert range_text(Decimal(-5), Decimal(5), a_measure()) == f"−5{NB}till{NB}5{NB}%"
    assert bound_text(Decimal(85), a_measure(), unit=False) == "85"


def test_places() -> None:
    assert [places(Decimal(t)) for t in ("6.0", "95", "1E+2", "9.76")] == [1, 0, 0, 2]


@pytest.mark.parametrize(
    ("unit", "value", "bound", "decimals"),
    [
        (U.PERCENT, "94.2", "95", 1),
        (U.PERCENT, "94.97", "95", 2),
        (U.PERCENT, "94.996", "95", 3),
        (U.PERCENT, "94.99999", "95", 4),
        (U.PERCENT, "95", "95", 1),
        (U.PERCENT, "7.449", "7.4501", 3),
        (U.MINUTES, "8.5", "8", 0),
        (U.MINUTES, "8.005", "8", 1),
        (U.MINUTES, "8", "8", 0),
        (U.FTE, "4953.4", "4953.1", 1),
    ],
)
def test_decimals_to_tell_apart(unit: UnitOfMeasure, value: str, bound: str, decimals: int) -> None:
    assert decimals_to_tell_apart(Decimal(value), Decimal(bound), a_measure(unit)) == decimals


def test_a_measure_with_many_decimals_keeps_them() -> None:
    assert decimals_to_tell_apart(1.0, 2.0, a_measure(decimals=5)) == 5


@given(
    st.sampled_from([U.PERCENT, U.MINUTES, U.COUNT, U.MNKR]),
    st.decimals(-1000, 1000, places=4),
    st.decimals(-1000, 1000, places=4),
)
def test_what_differs_by_four_decimals_never_prints_equal(
    unit: UnitOfMeasure, value: Decimal, bound: Decimal
) -> None:
    measure = a_measure(unit)
    decimals = decimals_to_tell_apart(value, bound, measure)
    equal = value_text(value, measure, decimals=decimals) == value_text(bound, measure, decimals=decimals)
    assert equal == (value == bound)
    gap = value_text(abs(value - bound), measure, decimals=decimals)
    assert any(c in "123456789" for c in gap) == (value != bound)


@pytest.mark.parametrize(
    ("unit", "value", "bound", "stated", "decimals"),
    [
        (U.KR_PER_HOUR, "529.6", "512.4", None, 1),  # 530 − 512 is not 17
        (U.KR_PER_HOUR, "530.1", "512.9", None, 0),
        (U.KR_PER_HOUR, "529.0", "512.0", None, 0),
        (U.PERCENT, "14.26", "12.44", None, 2),
        (U.PERCENT, "14.26", "12.5", "12.5", 1),
        (U.PERCENT, "14", "12.25", "12.25", 2),
        (U.PERCENT, "7", "7", None, 1),
        (U.MINUTES, "8.0125", "7.9875", None, 0),
        (U.MINUTES, "8.0125", "7.99", None, 1),
    ],
)
def test_decimals_that_add_up(
    unit: UnitOfMeasure, value: str, bound: str, stated: str | None, decimals: int
) -> None:
    printed = Decimal(stated) if stated else None
    found = decimals_that_add_up(Decimal(value), Decimal(bound), a_measure(unit), stated=printed)
    assert found == decimals


def test_some_numbers_never_add_up() -> None:
    # 0,5556 − 0,1111 is 0,4445 and not 0,4444, and so with fewer decimals.
    assert decimals_that_add_up(Fraction(5, 9), Fraction(1, 9), a_measure(U.INDEX)) is None
    assert decimals_that_add_up(1.0, 2.0, a_measure(decimals=5)) == 5
