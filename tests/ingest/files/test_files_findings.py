"""Faults are told once each, without anybody's number; sizes in words; memory stays small however long the file is."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from hsf_kpi.ingest.files import LIMITS, FileTable, Findings
from hsf_kpi.ingest.files.findings import shown
from hsf_kpi.ingest.files.heading import column_name
from hsf_kpi.ingest.files.limits import size_text
from hsf_kpi.ingest.files.sheet import column_index
from hsf_kpi.model.incoming import FileRefused
from tests.ingest.files.file_samples import opened, workbook


def test_the_same_fault_is_told_once_with_its_first_rows() -> None:
    found = Findings("fil.csv")
    for row in range(2, 20):
        found.add("Fel.", "Gör rätt.", row, "Belopp", "x")
    found.add("Fel.", "Gör rätt.", 30, "Belopp", "y")
    found.add("Hela filen är fel.", "Gör om.")
    first, second, third = found.faults()
    assert first.rows == (2, 3, 4, 5, 6)
    assert first.where() == "rad 2, 3, 4, 5, 6 och 13 till, kolumn ”Belopp”"
    assert (second.rows, second.value) == ((30,), "y")
    assert (third.rows, third.count, third.where()) == ((), 0, "")
    assert found.has("Fel.")
    assert not found.has("Annat fel.")
    with pytest.raises(FileRefused) as told:
        found.refuse()
    assert told.value.faults == found.faults()


def test_nothing_found_refuses_nothing() -> None:
    found = Findings("fil.csv")
    found.refuse()
    assert found.faults() == ()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a\nb\0c\u202e", "a b c "),
        ("x" * 81, "x" * 79 + "…"),
        ("x" * 80, "x" * 80),
        ("900101-1234", "(visas inte)"),
        ("x" * 75 + "900101-1234", "(visas inte)"),
        (9001011234, "(visas inte)"),
        (1.5, "1.5"),
    ],
)
def test_a_value_as_a_message_shows_it(value: object, text: str) -> None:
    assert shown(value) == text


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (500_000_000, "500\u00a0MB"),
        (4_123_456, "4,1\u00a0MB"),
        (0, "under 0,1\u00a0MB"),
        (100_000, "0,1\u00a0MB"),
    ],
)
def test_sizes(size: int, text: str) -> None:
    assert size_text(size) == text
    assert LIMITS.bytes_text == "200\u00a0MB"


def test_columns_are_named_as_in_a_spreadsheet() -> None:
    assert [column_name(index) for index in (0, 25, 26, 701, 702, 16_383)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
        "XFD",
    ]
    assert all(column_index(column_name(index)) == index for index in range(1_000))


def peak_of_reading(table: FileTable) -> int:
    tracemalloc.start()
    try:
        assert sum(1 for _ in table.lines()) > 0
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_long_csv_takes_little_memory(tmp_path: Path) -> None:
    data = b"a;b\n" + b"".join(b"%d;%s\n" % (n, b"x" * 500) for n in range(10_000))
    assert peak_of_reading(opened(tmp_path, data)) < len(data) / 5


def test_a_long_sheet_takes_little_memory(tmp_path: Path) -> None:
    def fill(book):  # type: ignore[no-untyped-def]
        for number in range(3_000):
            book.active.append((1.5, number, number, number))

    assert peak_of_reading(opened(tmp_path, workbook(fill))) < 700_000
