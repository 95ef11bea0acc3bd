"""Which sign stands between the columns of a text file, and where its headings are."""

from __future__ import annotations

import csv
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from hsf_kpi.ingest.files.heading import Row, find_heading, headings
from hsf_kpi.ingest.files.limits import Limits
from hsf_kpi.ingest.files.wording import plain

DELIMITERS: Final = {"\t": "tabb", ";": "semikolon", ",": "komma"}
"""In the order that they are believed where several would do."""
_SAMPLE_ROWS: Final = 200
_SAMPLE_SIGNS: Final = 1 << 19


@dataclass(frozen=True, slots=True)
class Dialect:
    """The sign between the columns, with the row of the headings where it is so; None where none is found.

    merit: how many expected headings there are (-1 without a heading), how many quotes stand wrong (negative), which
    share of the rows is as wide as the heading, and its width.
    """

    delimiter: str
    heading: Row | None
    merit: tuple[int, int, float, int]

    @classmethod
    def of(cls, delimiter: str, sample: list[str], expected: Collection[str], header_row: int) -> Dialect:
        rows = _sample_rows(sample, delimiter)
        heading = find_heading(rows, expected, header_row)
        if heading is None:
            return cls(delimiter, None, (-1, 0, 0.0, 0))
        header = headings(heading)
        if len(header) < 2:
            return cls(delimiter, heading, (-1, 0, 0.0, len(header)))
        known = {plain(text) for text in expected} & {plain(text) for text in header}
        below = [row for row in rows if row.number > heading.number and row.filled]
        fits = sum(len(row.cells) == len(heading.cells) for row in below) / max(len(below), 1)
        return cls(delimiter, heading, (len(known), -_wrong_quotes(sample, delimiter), fits, len(header)))


def dialect(path: Path, encoding: str, expected: Collection[str], header_row: int, limits: Limits) -> Dialect:
    """The best reading of the first lines; the one that the file itself states on a first line «sep=;»."""
    sample = _sample(path, encoding, limits)
    declared = _declared(sample)
    choices = [declared] if declared else list(DELIMITERS)
    candidates = [Dialect.of(sign, sample, expected, header_row) for sign in choices]
    return max(candidates, key=lambda candidate: candidate.merit)


def _sample(path: Path, encoding: str, limits: Limits) -> list[str]:
    """The first lines of the file, as they are."""
    lines: list[str] = []
    signs = 0
    with path.open(encoding=encoding, newline="") as file:
        while signs < _SAMPLE_SIGNS and len(lines) < _SAMPLE_ROWS and (line := file.readline(limits.line)):
            lines.append(line)
            signs += len(line)
    return lines


def _declared(sample: list[str]) -> str:
    """The sign in a first line «sep=;», as Excel understands it."""
    first = sample[0].strip("\r\n").strip('"') if sample else ""
    return first[4:] if first[:4].lower() == "sep=" and first[4:] in DELIMITERS else ""


def _sample_rows(sample: list[str], delimiter: str) -> list[Row]:
    rows: list[Row] = []
    reader = csv.reader(sample, delimiter=delimiter)
    try:
        for number, fields in enumerate(reader, 1):
            rows.append(Row(number, [field.strip() or None for field in fields]))
    except csv.Error:
        pass
    return rows


def _wrong_quotes(sample: list[str], delimiter: str) -> int:
    """Fields with something behind their closing quote: there are many where another sign stands between the columns."""
    reader, wrong = csv.reader(sample, delimiter=delimiter, strict=True), 0
    while True:
        try:
            for _ in reader:
                pass
            return wrong
        except csv.Error:
            wrong += 1
