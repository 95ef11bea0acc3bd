"""Faults as they are met while a file is read: the same fault of many rows is told once."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Final

from hsf_kpi.access.person_number import like_person_number
from hsf_kpi.model.incoming import FIRST_ROWS, Fault, FileRefused

MOST_FAULTS: Final = 1_000
LONGEST_VALUE: Final = 80


@dataclass(slots=True)
class _Met:
    rows: list[int] = field(default_factory=list)
    count: int = 0


class Findings:
    """Collects faults; or, with `stop`, raises FileRefused at the first."""

    def __init__(self, file: str, *, stop: bool = False) -> None:
        self._file, self._stop = file, stop
        self._met: dict[tuple[str, str, str, str], _Met] = {}
        self._more = 0

    def add(self, what: str, expected: str, row: int = 0, column: str = "", value: object = None) -> None:
        """row: 0 for the whole file. value: what stands there; cut, and hidden where it is like a person's number."""
        key = what, expected, shown(column), "" if value is None else shown(value)
        met = self._met.get(key)
        if met is None:
            if len(self._met) >= MOST_FAULTS:
                self._more += 1
                return
            met = self._met[key] = _Met()
        met.count += 1
        if row and len(met.rows) < FIRST_ROWS:
            met.rows.append(row)
        if self._stop:
            raise FileRefused(self._file, self.faults())

    def faults(self) -> tuple[Fault, ...]:
        """In the order that they were met; a last one counts those that were not kept."""
        faults = [
            Fault(what, expected, tuple(met.rows), column, value, met.count if met.rows else 0)
            for (what, expected, column, value), met in self._met.items()
        ]
        if self._more:
            faults.append(
                Fault(
                    f"Ytterligare {self._more} fel visas inte.",
                    "Rätta felen ovan först. De är ofta samma fel på flera ställen.",
                )
            )
        return tuple(faults)

    def refuse(self) -> None:
        """FileRefused when there is any fault."""
        if self._met:
            raise FileRefused(self._file, self.faults())

    def has(self, what: str) -> bool:
        """Whether this fault has been met."""
        return any(met == what for met, *_ in self._met)

    def __len__(self) -> int:
        return len(self._met)


def shown(value: object) -> str:
    """A cell's text as a message may show it: on one line, at most 80 characters, no person's number."""
    text = str(value)[: 4 * LONGEST_VALUE]
    if like_person_number(text):
        return "(visas inte)"
    text = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text)
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"
