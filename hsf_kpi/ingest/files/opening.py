"""A file opened: what it is, and the table in it."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from hsf_kpi.access.person_number import like_person_number
from hsf_kpi.ingest.files.delimited import open_delimited
from hsf_kpi.ingest.files.findings import Findings
from hsf_kpi.ingest.files.kinds import kind_of
from hsf_kpi.ingest.files.limits import LIMITS, Limits
from hsf_kpi.ingest.files.table import FileTable
from hsf_kpi.ingest.files.workbook import open_workbook
from hsf_kpi.model.incoming import FileRefused


def open_table(
    path: Path,
    name: str,
    *,
    sheet: str = "",
    header_row: int = 0,
    expected: Collection[str] = (),
    limits: Limits = LIMITS,
) -> FileTable:
    """The table in the file at `path`, which people know as `name`.

    sheet: of a workbook; "" for the only one with rows. header_row: 0 to look for it among the first twenty rows.
    expected: headings that are looked for. FileRefused with all that is wrong with the file as such; what is wrong in
    its rows is told by `FileTable.lines` and `check_lines`.
    """
    found = Findings(name)
    if like_person_number(name):
        name = "filen"
        found = Findings(name)
        found.add(
            "Filens namn innehåller något som liknar ett personnummer.", "Byt namn på filen och försök igen."
        )
    try:
        size = path.stat().st_size
        kind = kind_of(path, size, limits, found)
        found.refuse()
        if kind == "xlsx":
            return open_workbook(path, name, size, sheet, expected, header_row, limits, found)
        return open_delimited(path, name, size, expected, header_row, limits, found)
    except (OSError, UnicodeError) as error:
        found.add("Filen går inte att läsa.", "Välj filen igen.")
        raise FileRefused(name, found.faults()) from error
