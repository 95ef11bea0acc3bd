"""Dates, vocabularies and sorting in Swedish."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from hsf_kpi.swedish.sorting import swedish_key


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
        (Window.YTD, "2023-01", "jan 2023", "jan 2023"),
        (Window.R12, "2023-10", "nov 2022–okt 2023", "okt 2023"),
        (Window.R12, "2022-12", "jan–dec 2022", "dec 2022"),
        (Window.YEAR, "2022-12", "2022", "2022"),
        (Window.TERTIAL_1, "2023-04", "delår 1 2023", "delår 1 2023"),
        (Window.TERTIAL_2, "2023-08", "delår 2 2023", "delår 2 2023"),
        (Window.TWO_YEARS, "2021-12", "2020–2021", "2020–2021"),
    ],
)
def test_periods(window: Window, end: str, long: str, short: str) -> None:
    period = Period(Month.parse(end), window)
    assert period_text(period) == long
    assert period_short(period) == short


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
