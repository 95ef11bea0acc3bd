"""What is wrong in a file, gathered as it is found: the same fault over many rows is told once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from hsf_kpi.access.person_number import like_person_number
from hsf_kpi.model.incoming import FIRST_ROWS, Fault
from hsf_kpi.swedish.numbers import number

MOST: Final = 1_000
"""So many faults are told; the rest are counted."""
_LONGEST: Final = 80


class Faults:
    """The faults of one file, in the order of their first row; those of the whole file first."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str, str], list[int]] = {}
        self._count: dict[tuple[str, str, str, str], int] = {}
        self._more = 0

    def __bool__(self) -> bool:
        return bool(self._found)

    @property
    def full(self) -> bool:
        """Whether nothing new is told any more, only counted."""
        return len(self._found) >= MOST

    def add(
        self, what: str, expected: str, rows: Sequence[int] = (), *, column: str = "", value: str = ""
    ) -> None:
        """One fault on these rows, the first first. A value like a person's number is left out."""
        self._add((what, expected, column, shown(value)), rows, len(rows))

    def extend(self, faults: Iterable[Fault]) -> None:
        for fault in faults:
            key = (fault.what, fault.expected, fault.column, fault.value)
            self._add(key, fault.rows, max(fault.count, len(fault.rows)))

    def more(self, count: int) -> None:
        """So many rows with faults that are not told."""
        self._more += count

    def told(self) -> tuple[Fault, ...]:
        ordered = sorted(self._found.items(), key=lambda item: item[1][0] if item[1] else 0)
        faults = [
            Fault(what, expected, tuple(rows), column, value, self._count[what, expected, column, value])
            for (what, expected, column, value), rows in ordered
        ]
        if self._more:
            faults.append(
                Fault(
                    f"Ytterligare {number(self._more, 0)} fel visas inte.",
                    "Rätta de som visas och läs in filen igen.",
                    count=self._more,
                )
            )
        return tuple(faults)

    def _add(self, key: tuple[str, str, str, str], rows: Sequence[int], count: int) -> None:
        known = self._found.get(key)
        if known is None:
            if self.full:
                self._more += max(count, 1)
                return
            known = self._found[key] = []
            self._count[key] = 0
        known.extend(int(row) for row in rows[: FIRST_ROWS - len(known)] if len(known) < FIRST_ROWS)
        self._count[key] += count


def shown(text: str) -> str:
    """As a value is repeated to people: at most 80 characters, and nothing like a person's number."""
    if like_person_number(text):
        return ""
    plain = " ".join(text.split())
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1]}…"
