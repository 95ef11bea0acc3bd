"""Any valid data set, written in any dialect by the own format, is read back equal; no text brings anything but faults."""

from __future__ import annotations

import csv
import datetime as dt
import io
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from hsf_kpi.ingest.incoming import incoming
from hsf_kpi.model.aggregation import FIXED
from hsf_kpi.model.codes import Sex
from hsf_kpi.model.incoming import FileRefused
from hsf_kpi.model.period import Month, Window
from tests.ingest.file_samples import CATALOGUE, OWN, TODAY, observed, read

_MONTH_NAMES = ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
_SEX_WORDS = {
    Sex.ALL: ["", "T", "Totalt", "alla"],
    Sex.WOMEN: ["K", "Kvinnor", "kvinna"],
    Sex.MEN: ["M", "män"],
}
_HEAD = ["Nyckeltal", "Verksamhet", "Period", "Kön", "Täljare", "Nämnare", "Värde", "Källa"]
slow = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Known(NamedTuple):
    """One observation as it was written, in whole ten-thousandths."""

    measure: str
    unit: str
    window: Window
    month: int
    sex: Sex
    numerator: int | None
    denominator: int | None
    ready: int | None


class Dialect(NamedTuple):
    delimiter: str
    comma: str
    thousands: str
    encoding: str
    line_end: str
    quoting: Any
    months: int


_PARTS = st.integers(0, 10**9)
_UNITS = st.sampled_from(["kirurgi", "medicin", "akut", "rontgen", "primar"])
_MONTH = st.integers(Month.of(2019, 1).index, Month.of(2023, 10).index)


@st.composite
def observation(draw: st.DrawFn) -> Known:
    kind = draw(st.sampled_from(["franvaro", "besok", "resultat", "hme"]))
    unit, month = draw(_UNITS), draw(_MONTH)
    sex = Sex.ALL if kind == "resultat" else draw(st.sampled_from(list(Sex)))
    if kind == "hme":
        end = month // 12 * 12 - 1
        answers = draw(st.none() | st.integers(1, 500).map(lambda n: n * FIXED))
        return Known(kind, unit, Window.YEAR, end, sex, None, answers, draw(st.integers(0, 100 * FIXED)))
    if kind == "franvaro":
        whole = draw(_PARTS)
        return Known(kind, unit, Window.MONTH, month, sex, draw(st.integers(0, whole)), whole, None)
    low = -(10**9) if kind == "resultat" else 0
    return Known(kind, unit, Window.MONTH, month, sex, draw(st.integers(low, 10**9)), None, None)


def _consistent(rows: list[Known]) -> list[Known]:
    """Without totals beside both sexes, which would have to be their sums."""
    sexes: dict[Any, set[Sex]] = {}
    for row in rows:
        sexes.setdefault(row[:4], set()).add(row.sex)
    return [row for row in rows if len(sexes[row[:4]]) < 3 or row.sex is not Sex.ALL]


known_sets = st.lists(observation(), min_size=1, max_size=12, unique_by=lambda row: row[:5]).map(_consistent)
dialects = st.builds(
    Dialect, st.sampled_from(";,\t"), st.sampled_from(",."), st.sampled_from(["", " ", "\xa0"]),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]), st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]), st.integers(0, 5),
)  # fmt: skip


def number_text(value: int | None, dialect: Dialect) -> str:
    if value is None:
        return ""
    whole, rest = divmod(abs(value), FIXED)
    decimals = f"{rest:04d}".rstrip("0")
    # Three decimals could be thousands, which the file would be asked about.
    decimals = f"{decimals}0" if len(decimals) == 3 else decimals
    grouped = f"{whole:,}".replace(",", dialect.thousands)
    return f"{'-' if value < 0 else ''}{grouped}{dialect.comma if decimals else ''}{decimals}"


def period_text(row: Known, way: int) -> str:
    month = Month(row.month)
    if row.window is Window.YEAR:
        return str(month.year)
    ways = [
        month.iso, f"{month.year}{month.number:02d}", f"{month.number:02d}/{month.year}", month.last_day.isoformat(),
        f"{_MONTH_NAMES[month.number - 1]} {month.year}", f"{month.year} M{month.number:02d}",
    ]  # fmt: skip
    return ways[way]


def written(rows: list[Known], dialect: Dialect) -> bytes:
    out = io.StringIO()
    writer = csv.writer(
        out, delimiter=dialect.delimiter, lineterminator=dialect.line_end, quoting=dialect.quoting
    )
    writer.writerow(_HEAD)
    for at, row in enumerate(rows):
        words = _SEX_WORDS[row.sex]
        numbers = [number_text(value, dialect) for value in row[5:]]
        writer.writerow(
            [
                row.measure,
                row.unit,
                period_text(row, dialect.months),
                words[at % len(words)],
                *numbers,
                "Källa å",
            ]
        )
    return out.getvalue().encode(dialect.encoding)


def as_known(folder: Path, content: bytes) -> list[Known]:
    frame = observed(read(folder, content, "observationer"))
    assert frame["row"].tolist() == list(range(2, len(frame) + 2))
    return [
        Known(m, u, w, month, s, *(None if v is None else int(v) for v in numbers))
        for m, u, w, month, s, *numbers in frame[
            ["measure", "unit", "window", "month", "sex", "numerator", "denominator", "ready"]
        ].astype(object).where(frame.notna(), None).itertuples(index=False)
    ]  # fmt: skip


@slow
@given(known_sets, dialects)
def test_any_valid_data_set_in_any_dialect_is_read_back_equal(
    tmp_path: Path, rows: list[Known], dialect: Dialect
) -> None:
    # A comma between columns and in numbers is what quotes are for: the writer sets them.
    assert as_known(tmp_path, written(rows, dialect)) == rows


@settings(slow, max_examples=10)
@given(known_sets)
def test_any_valid_data_set_as_a_workbook_is_read_back_equal(tmp_path: Path, rows: list[Known]) -> None:
    book = Workbook()
    book.active.append(_HEAD)
    for row in rows:
        numbers = [None if v is None else float(Fraction(v, FIXED)) for v in row[5:]]
        month = Month(row.month)
        period = month.year if row.window is Window.YEAR else dt.datetime(month.year, month.number, 1)
        book.active.append([row.measure, row.unit, period, _SEX_WORDS[row.sex][-1], *numbers, None])
    content = io.BytesIO()
    book.save(content)
    assert as_known(tmp_path, content.getvalue()) == rows


_CELLS = st.sampled_from(
    ["", "franvaro", "besok", "hme", "kirurgi", "halso", "2023-10", "2023", "delår 1 2023", "K", "T", "0", "-1", "1e9",
     "1.234", "1,5", "1,234.5", "99999999999999999999", "18:31", "nan", "inf", "=1+1", "\ufeff", "x" * 300,
     "۱۲", "½", "0x10",
     "1_000"]
)  # fmt: skip


@slow
@given(
    st.sampled_from(sorted(OWN)),
    st.lists(
        st.lists(_CELLS | st.text("aå0.,- ", max_size=6), min_size=14, max_size=14), min_size=1, max_size=6
    ),
    st.booleans(),
)
def test_whatever_the_cells_hold_nothing_but_faults_come_out(
    tmp_path: Path, key: str, cells: list[list[str]], restricted: bool
) -> None:
    profile = OWN[key]
    head = [column.names[0] for column in profile.columns if column.names]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerows([head, *(row[: len(head)] for row in cells)])
    path = tmp_path / "fil.csv"
    path.write_text(out.getvalue(), encoding="utf-8")
    try:
        found = incoming(
            path,
            "fil.csv",
            profile,
            CATALOGUE,
            today=TODAY,
            allowed=frozenset({"kirurgi"}) if restricted else None,
        )
        rows = sum(1 for _ in found.slices()) if not found.faults else 0
    except FileRefused:
        # As a file: rows that are cut, or signs that no file has.
        return
    assert found.faults or rows or not found.contents.rows or profile.holds.defines
    for fault in found.faults:
        assert fault.what
        assert fault.expected


@pytest.mark.parametrize("decimals", [",", "."])
def test_the_same_numbers_in_both_ways_mean_the_same(tmp_path: Path, decimals: str) -> None:
    rows = [
        Known("besok", "kirurgi", Window.MONTH, Month.of(2023, 1).index, Sex.ALL, 12_345_678_901, None, None)
    ]
    dialect = Dialect(";", decimals, "\xa0", "cp1252", "\r\n", csv.QUOTE_MINIMAL, 4)
    assert b"1\xa0234\xa0567" + decimals.encode() + b"8901" in written(rows, dialect)
    assert as_known(tmp_path, written(rows, dialect)) == rows
