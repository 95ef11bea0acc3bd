"""Numbers and sex in a cell: every way they are written, exactly; what could be two things is asked for."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.ingest.files import NumberStyle, parse_cell_number, parse_cell_sex
from hsf_kpi.model.codes import Sex
from hsf_kpi.model.profile import Decimals

COMMA, POINT, AUTO = Decimals.COMMA, Decimals.POINT, Decimals.AUTO


@pytest.mark.parametrize(
    ("text", "value", "ways"),
    [
        ("12", 12, {COMMA, POINT, AUTO}),
        ("0012", 12, {COMMA, POINT, AUTO}),
        ("1 234 567", 1234567, {COMMA, POINT, AUTO}),
        ("1\u00a0234", 1234, {COMMA, POINT, AUTO}),
        ("1\u202f234", 1234, {COMMA, POINT, AUTO}),
        ("−12", -12, {COMMA, POINT, AUTO}),
        ("– 12", -12, {COMMA, POINT, AUTO}),
        ("+12", 12, {COMMA, POINT, AUTO}),
        (" 12 ", 12, {COMMA, POINT, AUTO}),
        ("1 234,5", "1234.5", {COMMA}),
        ("1.234,5", "1234.5", {COMMA}),
        ("1.234.567", 1234567, {COMMA}),
        ("-1.234.567,89", "-1234567.89", {COMMA}),
        ("0,125", "0.125", {COMMA}),
        ("1234,567", "1234.567", {COMMA}),
        ("1 234,567", "1234.567", {COMMA}),
        ("12,5", "12.5", {COMMA}),
        ("1,234.5", "1234.5", {POINT}),
        ("1,234,567", 1234567, {POINT}),
        ("12.5", "12.5", {POINT}),
        ("0.125", "0.125", {POINT}),
    ],
)
def test_numbers(text: str, value: int | str, ways: set[Decimals]) -> None:
    for way in Decimals:
        expected = Fraction(value) if way in ways else None
        assert parse_cell_number(text, way) == expected


@pytest.mark.parametrize(
    ("text", "comma", "point"),
    [("1,234", "1.234", "1234"), ("1.234", "1234", "1.234"), ("-12,345", "-12.345", "-12345")],
)
def test_what_could_be_two_numbers_is_decided_by_the_file(text: str, comma: str, point: str) -> None:
    assert parse_cell_number(text, COMMA) == Fraction(comma)
    assert parse_cell_number(text, POINT) == Fraction(point)
    assert parse_cell_number(text, AUTO) is None


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", "x", "(12)", "1e5", "1E+05", "12 5", "1 2345", "1.23,4", "1,23.4", "1.234.56", "1..2", ",5", "5,",
        "12-", "--1", "1,2,3", "NaN", "inf", "0x1", "1_000", "٣", "１２", "12 kr", "12 %",
        "1234567890123456", "1" * 5_000, "1.234,567.8",
    ],
)  # fmt: skip
def test_what_is_no_number(text: str) -> None:
    for way in Decimals:
        assert parse_cell_number(text, way) is None


def test_per_cent_only_where_it_is_asked_for() -> None:
    for text in ("12,5 %", "12,5%", "12,5\u00a0% "):
        assert parse_cell_number(text, COMMA, percent=True) == Fraction("12.5")
        assert parse_cell_number(text, COMMA) is None
    assert parse_cell_number("12,5 %%", COMMA, percent=True) is None


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (7, 7),
        (-7, -7),
        (1.1, "1.1"),
        (0.1 + 0.2, "0.3"),
        (1234567.89, "1234567.89"),
        (-0.0, 0),
        (1e-7, "0.0000001"),
        (Decimal("1.10"), "1.1"),
        (10**15 - 1, 10**15 - 1),
    ],
)
def test_a_workbooks_numbers_are_exact(cell: float | Decimal, value: int | str) -> None:
    for way in Decimals:
        assert parse_cell_number(cell, way) == Fraction(value)


@pytest.mark.parametrize(
    "cell",
    [
        None,
        True,
        False,
        float("nan"),
        float("inf"),
        1e15,
        10**15,
        Decimal("NaN"),
        Decimal("sNaN"),
        dt.date(2023, 1, 1),
    ],
)
def test_other_cells_are_no_numbers(cell: object) -> None:
    assert parse_cell_number(cell, AUTO) is None  # type: ignore[arg-type]


def written(value: Decimal, group: str, decimal: str, minus: str = "-") -> str:
    sign, digits = ("-" if value < 0 else ""), format(abs(value), ",f")
    whole, _, rest = digits.partition(".")
    return sign.replace("-", minus) + whole.replace(",", group) + (decimal + rest if rest else "")


amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=4).map(lambda value: value + 0)


@settings(max_examples=200, deadline=None)
@given(amounts, st.sampled_from(["", " ", "\u00a0", "\u202f", "."]), st.sampled_from(["-", "−", "–"]))
def test_every_number_written_with_a_comma_is_read_back(value: Decimal, group: str, minus: str) -> None:
    text = written(value, group, ",", minus)
    assert parse_cell_number(text, COMMA) == Fraction(value)
    assert parse_cell_number(text, AUTO) in (None, Fraction(value))


@settings(max_examples=200, deadline=None)
@given(amounts, st.sampled_from(["", " ", "\u00a0", ","]))
def test_every_number_written_with_a_point_is_read_back(value: Decimal, group: str) -> None:
    text = written(value, group, ".")
    assert parse_cell_number(text, POINT) == Fraction(value)
    assert parse_cell_number(text, AUTO) in (None, Fraction(value))


@settings(max_examples=200, deadline=None)
@given(st.floats(-1e10, 1e10).map(lambda value: round(value, 4)))
def test_every_float_is_the_decimal_that_it_prints_as(value: float) -> None:
    assert parse_cell_number(value, AUTO) == Fraction(Decimal(repr(value)))


@settings(max_examples=300, deadline=None)
@given(st.text("0123456789.,- \u00a0−%x", max_size=14))
def test_no_text_is_two_numbers_when_nothing_is_told(text: str) -> None:
    sure = parse_cell_number(text, AUTO)
    readings = {parse_cell_number(text, COMMA), parse_cell_number(text, POINT)} - {None}
    if sure is not None:
        assert readings == {sure}


class TestStyle:
    def test_the_rest_of_the_file_decides(self) -> None:
        for told, way in (("7,5", COMMA), ("7.5", POINT), ("1.234,5", COMMA), ("1,234.5", POINT)):
            style = NumberStyle()
            for row, text in enumerate(["12", "1,234", told, "x"], 2):
                style.see(text, row)
            assert style.decimals is way
            assert style.fault() is None

    def test_both_ways_in_one_file(self) -> None:
        style = NumberStyle()
        for row, text in enumerate(["1,234.5", "3", "1.234,5", "7,5"], 2):
            style.see(text, row, "Belopp")
        fault = style.fault()
        assert fault is not None
        assert "”1.234,5” på rad 4 och ”1,234.5” på rad 2" in fault.what
        assert (fault.rows, fault.column) == ((2, 4), "Belopp")
        assert style.decimals is AUTO

    def test_nothing_decides(self) -> None:
        style = NumberStyle()
        style.see("12", 2, "Belopp")
        style.see("1,234", 3, "Belopp")
        fault = style.fault()
        assert fault is not None
        assert "”1,234”" in fault.what
        assert "källprofilen" in fault.expected
        assert (fault.rows, fault.column, fault.value) == ((3,), "Belopp", "1,234")

    def test_whole_numbers_need_no_deciding(self) -> None:
        style = NumberStyle()
        for cell in ("12", "1 234", 1.5, None, "x", "2023-10"):
            style.see(cell, 2)
        assert style.fault() is None
        assert style.decimals is AUTO

    def test_what_the_profile_says_stands(self) -> None:
        style = NumberStyle(COMMA)
        style.see("1,234", 2)
        style.see("1,234.5", 3)
        assert (style.decimals, style.fault()) == (COMMA, None)

    def test_per_cent_tells_too(self) -> None:
        style = NumberStyle()
        style.see("12,5 %", 2)
        assert style.decimals is COMMA


@pytest.mark.parametrize(
    ("words", "sex"),
    [
        ("Totalt T alla ALLA samtliga Båda k+m", Sex.ALL),
        ("Kvinnor kvinna K F female", Sex.WOMEN),
        ("Män man M male MÄN", Sex.MEN),
    ],
)
def test_sex(words: str, sex: Sex) -> None:
    for word in words.split():
        assert parse_cell_sex(f" {word}\u00a0") is sex


def test_sex_in_two_words_and_in_none() -> None:
    assert parse_cell_sex("Båda  könen") is Sex.ALL
    for cell in (None, "", "x", "1", 1, True, "kvinnor och"):
        assert parse_cell_sex(cell) is None
