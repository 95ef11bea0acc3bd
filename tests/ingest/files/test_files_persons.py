"""Anything like a person's number is refused and never repeated; amounts and keys of units are let through."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.access.person_number import like_person_number
from hsf_kpi.ingest.files.persons import like_person, maybe
from tests.ingest.files.file_samples import faults_of, workbook

# No number here belongs to anybody: the check digits are wrong, or the day does not exist.
PERSONS = [
    "900101-1234",
    "19900101-1234",
    "199001011234",
    "9001011234",
    "701063-2390",
    "991990123456",
    "22900101AB12",
    "Ring 900101-1234 i morgon",
    "900101–1234",
    "12345678-1234-1234-1234-12345678901 900101-1234",
    "９００１０１-１２３４",
]
NUMBERS = [9001011234, 199001011234, 9001011234.0, 7010632390]
OTHERS = [
    "SE2321000172-1A2B",
    "SE2321000172-100K",
    "232100-0172",
    "20231031",
    "12345678",
    "-8306200000",
    "−8306200000",
    "8306200000,50",
    "8 306 200 000",
    "3110 Vårdavdelningar",
    "021-17 40 00",
    "2023-10-31 12:30:00",
    "12345678-1234-1234-1234-123456789012",
    "Id f5a1c0e2-1234-5678-9012-345678901234.",
]
OTHER_CELLS = [
    83062000,
    -9001011234,
    9001011234.5,
    1.5,
    True,
    None,
    dt.date(1990, 1, 1),
    dt.datetime(1990, 1, 1, 12, 34),
]


@pytest.mark.parametrize("cell", [*PERSONS, *NUMBERS])
def test_found(cell: str | float) -> None:
    assert like_person(cell)


@pytest.mark.parametrize("cell", [*OTHERS, *OTHER_CELLS])
def test_let_through(cell: object) -> None:
    assert not like_person(cell)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", PERSONS)
def test_refused_and_not_repeated(tmp_path: Path, text: str) -> None:
    for column, data in enumerate([f"a;b\n1;2\n{text};3\n", f"a;b\n1;2\n3;x {text}\n"]):
        (fault,) = faults_of(tmp_path, data.encode())
        assert "personnummer, samordningsnummer eller reservnummer" in fault.what
        assert (fault.rows, fault.column, fault.value) == ((3,), "ab"[column], "")
        assert text not in str(fault)


def test_above_the_headings_and_beside_them_too(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, b"900101-1234;;\n;;\na;b;c\n1;2;3\n")
    assert fault.rows == (1,)
    (fault,) = faults_of(tmp_path, b"a;b\n1;2;900101-1234\n1;2\n")
    assert "personnummer" in fault.what


def test_not_repeated_by_any_other_fault(tmp_path: Path) -> None:
    for fault in faults_of(tmp_path, b'a;b\n1;2\n"900101-1234" x;1\n900101-1234\n'):
        assert "900101" not in str(fault)


@pytest.mark.parametrize("cell", ["900101-1234", 9001011234])
@pytest.mark.parametrize("place", ["Data!A3", "Data!Z9", "Annat!B7"])
def test_anywhere_in_a_workbook(tmp_path: Path, place: str, cell: str | int) -> None:
    sheet, _, where = place.partition("!")

    def fill(book):  # type: ignore[no-untyped-def]
        book.create_sheet("Annat")["A1"] = "Om filen"
        book[sheet][where] = cell

    found = [
        fault for fault in faults_of(tmp_path, workbook(fill), "bok.xlsx") if "personnummer" in fault.what
    ]
    (fault,) = found
    assert "900101" not in str(fault)
    if sheet == "Annat":
        assert "bladet ”Annat”, rad 7" in fault.what


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(st.characters(max_codepoint=127), max_size=30),
        st.text("0123456789-+ AK", max_size=16),
        st.from_regex(r"(19|20)?[0-9]{6}[-+ ]?[0-9]{4}", fullmatch=True),
    )
)
def test_the_quick_look_misses_nothing(text: str) -> None:
    if like_person_number(text):
        assert len(text) >= 10
        assert maybe(text) is not None
