"""Months, periods and days: ten spellings and more are the same month; what could be two is none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.ingest.files import parse_cell_day, parse_cell_month, parse_cell_period
from hsf_kpi.model.period import Month, Window
from hsf_kpi.swedish.dates import day_words, month_short, month_text

OCTOBER = Month.of(2023, 10)
SPELLINGS: dict[str, Callable[[Month], object]] = {
    "2023-10": lambda m: m.iso,
    "2023/10": lambda m: f"{m.year}/{m.number:02d}",
    "2023.10": lambda m: f"{m.year}.{m.number:02d}",
    "2023-1": lambda m: f"{m.year}-{m.number}",
    "202310": lambda m: f"{m.year}{m.number:02d}",
    "202310 as a number": lambda m: m.year * 100 + m.number,
    "10/2023": lambda m: f"{m.number:02d}/{m.year}",
    "10-2023": lambda m: f"{m.number}-{m.year}",
    "2023-10-31": lambda m: m.last_day.isoformat(),
    "2023-10-01 00:00:00": lambda m: f"{m.first_day.isoformat()} 00:00:00",
    "20231031": lambda m: f"{m.last_day:%Y%m%d}",
    "31.10.2023": lambda m: f"{m.last_day:%d.%m.%Y}",
    "31/10/2023": lambda m: f"{m.last_day:%d/%m/%Y}",
    "31 oktober 2023": lambda m: day_words(m.last_day),
    "oktober 2023": month_text,
    "Oktober 2023": lambda m: month_text(m).capitalize(),
    "OKTOBER 2023": lambda m: month_text(m).upper(),
    "oktober-2023": lambda m: month_text(m).replace(" ", "-"),
    "okt 2023": month_short,
    "okt. 2023": lambda m: month_short(m).replace(" ", ". "),
    "Okt-23": lambda m: f"{month_short(m)[:3]}-{m.year % 100:02d}".capitalize(),
    "okt23": lambda m: f"{month_short(m)[:3]}{m.year % 100:02d}",
    "2023 oktober": lambda m: f"{m.year} {month_text(m).split()[0]}",
    "2023-okt": lambda m: f"{m.year}-{month_short(m).split()[0]}",
    "2023 M10": lambda m: f"{m.year} M{m.number:02d}",
    "2023M10": lambda m: f"{m.year}M{m.number:02d}",
    "2023P10": lambda m: f"{m.year}P{m.number:02d}",
    "m10 2023": lambda m: f"m{m.number:02d} {m.year}",
    "a day": lambda m: m.last_day,
    "a moment": lambda m: dt.datetime(m.year, m.number, 5, 13, 30),
    "with a hard space": lambda m: f"\ufeff {month_short(m)}\u00a0".replace(" ", "\u00a0"),
}


@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
def test_every_month_in_every_spelling(spelling: Callable[[Month], object]) -> None:
    for index in range(Month.of(2000, 1).index, Month.of(2030, 12).index + 1, 5):
        month = Month(index)
        cell = spelling(month)
        assert parse_cell_month(cell) == month, cell  # type: ignore[arg-type]
        assert parse_cell_period(cell) == (Window.MONTH, month), cell  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["May 2023", "may-23", "2023 May", "maj 2023", "Maj-23"])
def test_english_names_too(text: str) -> None:
    assert parse_cell_month(text) == Month.of(2023, 5)


@pytest.mark.parametrize(
    "cell",
    [
        "2310", 2310, "23-10", "10/11/2023", "10-11-2023", "45200", 45200, 45200.0, "2023.1", 2023.1, "2023-13",
        "202313", "2023-00", "0/2023", "oktober", "okt", "2023", 2023, "2023-02-30", "31/13/2023", "31.31.2023", "v 43 2023",
        "Q4 2023", "kvartal 4", "", None, True, "oktobr 2023", "okt 3", "1823-10", "2023-10-", "jan-okt 2023", "−202310",
        -202310, float("nan"), float("inf"), 1e300, dt.date(1850, 1, 1), dt.date(2500, 1, 1),
    ],
)  # fmt: skip
def test_what_is_no_month_or_could_be_two(cell: object) -> None:
    assert parse_cell_month(cell) is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "window", "end"),
    [
        ("delår 1 2023", Window.TERTIAL_1, "2023-04"),
        ("Delår 2 2023", Window.TERTIAL_2, "2023-08"),
        ("D1 2023", Window.TERTIAL_1, "2023-04"),
        ("2023 T1", Window.TERTIAL_1, "2023-04"),
        ("2023-T2", Window.TERTIAL_2, "2023-08"),
        ("T2 2023", Window.TERTIAL_2, "2023-08"),
        ("tertial 1 2023", Window.TERTIAL_1, "2023-04"),
        ("2023 delår 1", Window.TERTIAL_1, "2023-04"),
        ("2023", Window.YEAR, "2023-12"),
        (2023, Window.YEAR, "2023-12"),
        (2023.0, Window.YEAR, "2023-12"),
        ("helår 2023", Window.YEAR, "2023-12"),
        ("År 2023", Window.YEAR, "2023-12"),
        ("2022–2023", Window.TWO_YEARS, "2023-12"),
        ("2022-2023", Window.TWO_YEARS, "2023-12"),
    ],
)
def test_longer_periods(cell: object, window: Window, end: str) -> None:
    assert parse_cell_period(cell) == (window, Month.parse(end))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "cell",
    [
        "delår 3 2023",
        "T3 2023",
        "delår 1",
        "delår 2023",
        "2021-2023",
        "2023-2022",
        20.23,
        "1823",
        "Q1 2023",
        "",
        None,
    ],
)
def test_what_is_no_period(cell: object) -> None:
    assert parse_cell_period(cell) is None  # type: ignore[arg-type]


@settings(max_examples=100, deadline=None)
@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_days(day: dt.date) -> None:
    told = [
        day,
        dt.datetime(day.year, day.month, day.day, 7),
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day:%d.%m.%Y}",
    ]
    for cell in (*told, day_words(day), f"{day.isoformat()}T12:30:00", int(f"{day:%Y%m%d}")):
        assert parse_cell_day(cell) == day, cell
    either_way = day.day > 12 or day.day == day.month
    assert parse_cell_day(f"{day:%d/%m/%Y}") == (day if either_way else None)
    assert parse_cell_day(f"{day:%m/%d/%Y}") == (day if either_way else None)


@pytest.mark.parametrize(
    "cell", ["231031", 231031, "2023-10", "2023-02-29", "10/11/2023", 45230, None, True, "", "x"]
)
def test_what_is_no_day(cell: object) -> None:
    assert parse_cell_day(cell) is None  # type: ignore[arg-type]


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=20),
        st.text("0123456789-/. MTDokt", max_size=12),
        st.floats(),
        st.integers(),
        st.decimals(),
    )
)
def test_nothing_but_an_answer_comes_out(cell: object) -> None:
    month = parse_cell_month(cell)  # type: ignore[arg-type]
    period = parse_cell_period(cell)  # type: ignore[arg-type]
    parse_cell_day(cell)  # type: ignore[arg-type]
    assert month is None or period == (Window.MONTH, month)
