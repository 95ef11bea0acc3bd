"""Decided moves of staff from a file: the rows of one id are one move."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from hsf_kpi.ingest.rows.cells import Bools, Chunk, Ints
from hsf_kpi.ingest.rows.held import HeldRows
from hsf_kpi.ingest.rows.periods import months
from hsf_kpi.ingest.rows.reading import Reading, tell_numbers
from hsf_kpi.ingest.slices import Slice
from hsf_kpi.model.period import Month
from hsf_kpi.model.register import Move, MovePart
from hsf_kpi.swedish.numbers import number

_LONGEST = {"id": 60, "reference": 200, "financed": 200, "note": 1_000}
_SAME = {"month": "period", "reference": "reference", "financed": "financed", "note": "note"}
_MOST_PERSONS = 100_000


@dataclass(frozen=True, slots=True)
class _Row:
    row: int
    id: str
    unit: int
    month: int
    persons: int
    reference: str
    financed: str
    note: str


class MoveRows(HeldRows):
    """Reads and checks a file of moves."""

    def __init__(self, reading: Reading, first: HeldRows | None = None) -> None:
        super().__init__(reading, first)
        self._rows: list[_Row] = []
        self._moves: list[tuple[Move, int]] = []

    def hold(self, chunk: Chunk) -> None:
        reading = self.reading
        unit, month = reading.unit(chunk), months(reading, chunk)
        texts = {name: reading.texts(chunk, name, longest) for name, longest in _LONGEST.items()}
        persons = reading.numbers(chunk, "persons", 1, _MOST_PERSONS)
        tell_numbers(
            lambda rows, what, todo: reading.tell_texts(chunk, rows, what, todo, "persons"),
            persons,
            whole=True,
        )
        none = ~persons.given | (persons.good & (persons.value == 0))
        reading.tell_texts(
            chunk,
            none,
            "Det sägs inte hur många personer.",
            "Ange hur många, med minus för den som lämnar.",
            "persons",
        )
        for name, what, todo in (
            ("id", "Omflyttningen saknar id.", "Ange ett eget id för varje omflyttning."),
            ("reference", "Omflyttningen saknar beslut.", "Ange beslutet, till exempel dess diarienummer."),
        ):
            reading.tell_texts(chunk, texts[name] == "", what, todo, name)
        good = (unit >= 0) & (month >= 0) & persons.good & ~none
        good &= (texts["id"] != "") & (texts["reference"] != "")
        good &= ~self._gone(chunk, unit, month, good)
        self.meet(unit[good], np.empty(0, dtype=np.int64), month[good])
        for at in np.flatnonzero(good).tolist():
            self._rows.append(
                _Row(
                    int(chunk.rows[at]), texts["id"][at], int(unit[at]), int(month[at]), int(persons.value[at]),
                    texts["reference"][at], texts["financed"][at], texts["note"][at],
                )
            )  # fmt: skip

    def finish(self) -> None:
        found: dict[str, list[_Row]] = {}
        for row in self._rows:
            found.setdefault(row.id, []).append(row)
        # What a wrong row leaves behind says nothing of the move that it belongs to.
        if self.reading.faults:
            return
        for name, rows in found.items():
            self._judge(name, rows)
            first, units = rows[0], self.reading.unit_ids
            parts = tuple(MovePart(units[row.unit], row.persons) for row in rows)
            move = Move(name, Month(first.month), first.reference, first.financed, parts, first.note)
            self._moves.append((move, first.row))

    def made(self) -> Iterator[Slice]:
        if self._moves:
            yield Slice(
                moves=tuple(move for move, _ in self._moves), rows=tuple(row for _, row in self._moves)
            )

    def _judge(self, name: str, rows: list[_Row]) -> None:
        faults, reading = self.reading.faults, self.reading
        numbers = [row.row for row in rows]
        for attribute, field in _SAME.items():
            if len({getattr(row, attribute) for row in rows}) > 1:
                faults.add(
                    "Raderna för en omflyttning säger olika saker.", "Skriv samma sak på alla rader med samma id.",
                    numbers, column=reading.heading(field), value=name,
                )  # fmt: skip
        for unit, times in Counter(row.unit for row in rows).items():
            if times > 1:
                faults.add(
                    "Verksamheten står flera gånger i samma omflyttning.", "Slå ihop raderna till en.",
                    [row.row for row in rows if row.unit == unit], column=reading.heading("unit"), value=name,
                )  # fmt: skip
        net = sum(row.persons for row in rows)
        if len({row.unit for row in rows}) < 2:
            faults.add(
                "Omflyttningen rör färre än två verksamheter.", "Ange både den som lämnar och den som tar emot.",
                numbers, column=reading.heading("id"), value=name,
            )  # fmt: skip
        elif net:
            faults.add(
                f"Omflyttningen går inte jämnt ut: summan är {number(net, 0, sign=True)}.",
                "Det som en verksamhet får ska en annan lämna.",
                numbers, column=reading.heading("persons"), value=name,
            )  # fmt: skip

    def _gone(self, chunk: Chunk, unit: Ints, month: Ints, known: Bools) -> Bools:
        """A unit that a reorganisation ends is left in the month when the next begins: the month before counts too."""
        now = self.reading.absent(unit, month, known)
        gone = now & self.reading.absent(unit, month - 1, known)
        self.reading.tell_absent(chunk, gone, unit)
        return gone
