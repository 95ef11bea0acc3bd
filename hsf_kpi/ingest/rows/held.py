"""Files that are small enough to be held whole: each row is seen by itself, and told with the others."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator

from hsf_kpi.ingest.rows.cells import Chunk
from hsf_kpi.ingest.rows.met import Met
from hsf_kpi.ingest.rows.reading import Reading
from hsf_kpi.ingest.slices import Slice

MOST = 100_000
"""Rows of such a file at the most."""


class HeldRows(Met, ABC):
    """One pass reads all; the second gives what the first made."""

    def __init__(self, reading: Reading, first: HeldRows | None = None) -> None:
        super().__init__()
        self.reading = reading
        self._first = first
        self._count = 0
        self._told = False

    def read(self, chunk: Chunk) -> Iterator[Slice]:
        if self._first is None:
            self._count += len(chunk)
            if self._count > MOST:
                if not self._told:
                    self.reading.faults.add(
                        f"Filen har fler än {MOST} rader av ett slag som brukar vara få.", "Dela upp filen."
                    )
                self._told = True
                return
            self.hold(chunk)
        yield from ()

    def rest(self) -> Iterator[Slice]:
        assert self._first is not None
        yield from self._first.made()

    def notes(self) -> list[str]:
        return []

    @abstractmethod
    def hold(self, chunk: Chunk) -> None:
        """Keeps what the rows hold, and tells what is wrong in them."""

    @abstractmethod
    def finish(self) -> None:
        """Puts together what was kept, when all rows have been seen."""

    @abstractmethod
    def made(self) -> Iterator[Slice]:
        """What the rows became."""
