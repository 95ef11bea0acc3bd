"""Faults that every kind of table can have, in words."""

from __future__ import annotations

from hsf_kpi.ingest.files.findings import Findings
from hsf_kpi.ingest.files.heading import column_name
from hsf_kpi.ingest.files.limits import Limits
from hsf_kpi.swedish.numbers import number


def tell_long(found: Findings, limits: Limits, row: int, column: str) -> None:
    found.add(f"Texten är längre än {number(limits.cell, 0)} tecken.", "Korta texten.", row, column)


def tell_control(found: Findings, row: int, column: str) -> None:
    found.add(
        "Cellen innehåller styrtecken, som inte hör hemma i text.",
        "Ta bort dem, eller exportera filen på nytt.",
        row,
        column,
    )


def tell_nameless(found: Findings, row: int, index: int) -> None:
    found.add(
        f"Kolumn {column_name(index)} har värden men ingen rubrik.",
        "Skriv en rubrik, eller ta bort kolumnen.",
        row,
    )


def tell_rows(found: Findings, limits: Limits) -> None:
    found.add(
        f"Filen har fler än {number(limits.rows, 0)} rader.",
        "Dela upp den, till exempel på år, och läs in delarna var för sig.",
    )
