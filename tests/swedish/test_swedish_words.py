"""Dates, vocabularies and sorting in Swedish."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.codes import Direction, Missing, OrgView, Origin, Sex, Status, UnitOfMeasure
from hsf_kpi.model.period import MEASURED_WINDOWS, Month, Period, View, Window
from hsf_kpi.swedish import words
from hsf_kpi.swedish.dates import (
    date_text,
    month_name_short,
    month_short,
    month_text,
    period_short,
    period_text,
)
from hsf_kpi.swedish.periods import is_moment, period_words
from hsf_kpi.swedish.sorting import swedish_key
from tests.analysis.builders import a_measure


def test_months() -> None:
    assert month_text(Month.of(2023, 10)) == "oktober 2023"
    assert month_short(Month.of(2023, 10)) == "okt 2023"
    names = [month_name_short(n) for n in range(1, 13)]
    assert names[:3] == ["jan", "feb", "mars"]
    assert not any("." in name for name in names)
    with pytest.raises(KeyError):
        month_name_short(13)


@pytest.mark.parametrize(
    ("window", "end", "long", "short"),
    [
        (Window.MONTH, "2023-10", "oktober 2023", "okt 2023"),
        (Window.YTD, "2023-10", "jan–okt 2023", "okt 2023"),
        (Window.YTD, "2023-01", "januari 2023", "jan 2023"),
        (Window.R12, "2023-10", "nov 2022–okt 2023", "okt 2023"),
        (Window.R12, "2022-12", "jan–dec 2022", "dec 2022"),
        (Window.YEAR, "2022-12", "2022", "2022"),
        (Window.TERTIAL_1, "2023-04", "delår 1 2023", "delår 1 2023"),
        (Window.TERTIAL_2, "2023-08", "delår 2 2023", "delår 2 2023"),
        (Window.TWO_YEARS, "2021-12", "2021", "2021"),
    ],
)
def test_periods(window: Window, end: str, long: str, short: str) -> None:
    period = Period(Month.parse(end), window)
    assert period_text(period) == long
    assert period_short(period) == short


A = Aggregation


@pytest.mark.parametrize(
    ("kind", "window", "text"),
    [
        (A.STOCK, Window.YTD, "oktober 2023"),
        (A.SNAPSHOT_RATIO, Window.YTD, "oktober 2023"),
        (A.LATEST_AMOUNT, Window.YTD, "oktober 2023"),
        (A.SNAPSHOT_RATIO, Window.R12, "oktober 2023"),
        (A.LATEST_AMOUNT, Window.R12, "oktober 2023"),
        (A.STOCK, Window.R12, "nov 2022–okt 2023"),
        (A.STOCK, Window.MONTH, "oktober 2023"),
        (A.AMOUNT, Window.YTD, "jan–okt 2023"),
        (A.RATIO, Window.R12, "nov 2022–okt 2023"),
        (A.STOCK, Window.YEAR, "2023"),
    ],
)
def test_a_value_of_one_month_carries_no_span(kind: Aggregation, window: Window, text: str) -> None:
    measure = a_measure(aggregation=kind)
    assert period_words(measure, Period(Month.of(2023, 10), window)) == text
    assert is_moment(measure, window) == (text == "oktober 2023")


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_days_as_swedish_authorities_write_them(day: dt.date) -> None:
    assert date_text(day) == day.isoformat()


def test_early_years_keep_four_digits() -> None:
    assert date_text(dt.date(900, 1, 2)) == "0900-01-02"


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (words.STATUS_WORD, Status),
        (words.STATUS_SHAPE, Status),
        (words.MISSING_TEXT, Missing),
        (words.VIEW_WORD, View),
        (words.SEX_WORD, Sex),
        (words.ORG_WORD, OrgView),
        (words.ORIGIN_WORD, Origin),
        (words.DIRECTION_WORD, Direction),
        (words.WINDOW_WORD, Window),
        (words.CADENCE_WORD, MEASURED_WINDOWS),
        (words.UNIT_CAPTION, UnitOfMeasure),
    ],
)
def test_every_code_has_its_own_word(table: Mapping[StrEnum, str], codes: type[StrEnum]) -> None:
    assert set(table) == set(codes)
    assert all(table.values())
    assert len(set(table.values())) == len(table)


def test_comparatives() -> None:
    assert words.comparative(UnitOfMeasure.FTE, False) == "färre"
    assert words.comparative(UnitOfMeasure.COUNT, True) == "fler"
    assert words.comparative(UnitOfMeasure.MINUTES, True) == "längre"
    assert words.comparative(UnitOfMeasure.PERCENT, False) == "lägre"


@pytest.mark.parametrize(
    ("unit", "kind", "window", "more", "less"),
    [
        (UnitOfMeasure.COUNT, A.AMOUNT, Window.YTD, "högre", "lägre"),
        (UnitOfMeasure.COUNT, A.STOCK, Window.YTD, "fler", "färre"),
        (UnitOfMeasure.COUNT, A.MONTHLY_MEAN, Window.YTD, "fler per månad", "färre per månad"),
        (UnitOfMeasure.COUNT, A.MONTHLY_MEAN, None, "fler per månad", "färre per månad"),
        (UnitOfMeasure.COUNT, A.MONTHLY_MEAN, Window.MONTH, "fler", "färre"),
        (UnitOfMeasure.MNKR, A.AMOUNT, Window.YTD, "högre", "lägre"),
    ],
)
def test_comparatives_of_a_measure(
    unit: UnitOfMeasure, kind: Aggregation, window: Window | None, more: str, less: str
) -> None:
    measure = a_measure(unit, aggregation=kind)
    assert words.comparative_for(measure, True, window) == more
    assert words.comparative_for(measure, False, window) == less


def test_swedish_order() -> None:
    ordered = ["AH-teamet", "Alvar", "ängel", "Zebra", "Åby", "Ärla", "Öst"]
    assert sorted(["Öst", "Zebra", "Åby", "Alvar", "Ärla", "AH-teamet"], key=swedish_key) == [
        "AH-teamet",
        "Alvar",
        "Zebra",
        "Åby",
        "Ärla",
        "Öst",
    ]
    assert sorted(ordered, key=swedish_key)[-3:] == ["ängel", "Ärla", "Öst"]
    assert sorted(["zon", "café", "cafeteria", "Café"], key=swedish_key)[-1] == "zon"
    assert swedish_key("Müller")[0] == swedish_key("Myller")[0]
    assert swedish_key("A\N{COMBINING RING ABOVE}")[0] == swedish_key("å")[0]


@given(st.lists(st.sampled_from("abcdefghijklmnopqrstuvwxyzåäö"), min_size=2, max_size=8, unique=True))
def test_single_letters_follow_the_alphabet(letters: list[str]) -> None:
    alphabet = "abcdefghijklmnopqrstuvwxyzåäö"
    assert sorted(letters, key=swedish_key) == sorted(letters, key=alphabet.index)
    assert sorted((x.upper() for x in letters), key=swedish_key) == [
        x.upper() for x in sorted(letters, key=alphabet.index)
    ]


def test_a_sentence_starts_with_an_upper_case_letter_and_keeps_the_rest() -> None:
    assert words.sentence_start("jämförs inte: HSF") == "Jämförs inte: HSF"
    assert words.sentence_start("") == ""
