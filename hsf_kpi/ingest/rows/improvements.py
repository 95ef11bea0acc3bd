"""Improvement activities from a file, with what they are expected to bring a month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from hsf_kpi.ingest.files.wording import plain
from hsf_kpi.ingest.rows.cells import Chunk, Ints, text_of
from hsf_kpi.ingest.rows.held import HeldRows
from hsf_kpi.ingest.rows.numbers import Numbers
from hsf_kpi.ingest.rows.periods import months
from hsf_kpi.ingest.rows.reading import Reading, tell_numbers
from hsf_kpi.ingest.slices import Slice
from hsf_kpi.model.ledger import MNKR
from hsf_kpi.model.period import Month
from hsf_kpi.model.register import Effect, Improvement, Progress

_LONGEST_WHAT, _LONGEST_RESPONSIBLE = 300, 120
_MOST_KRONOR = 1000 * MNKR
EFFECTS: Mapping[str, Effect] = {
    "lower_cost": Effect.COST,
    "lägre kostnad": Effect.COST,
    "kostnad": Effect.COST,
    "more_capacity": Effect.CAPACITY,
    "ökad kapacitet": Effect.CAPACITY,
    "kapacitet": Effect.CAPACITY,
    "quality": Effect.QUALITY,
    "kvalitet med ekonomisk effekt": Effect.QUALITY,
    "kvalitet": Effect.QUALITY,
}
PROGRESS: Mapping[str, Progress] = {
    "planned": Progress.PLANNED,
    "planerad": Progress.PLANNED,
    "running": Progress.RUNNING,
    "pågår": Progress.RUNNING,
    "pågående": Progress.RUNNING,
    "done": Progress.DONE,
    "genomförd": Progress.DONE,
    "klar": Progress.DONE,
    "stopped": Progress.STOPPED,
    "avbruten": Progress.STOPPED,
}
"""What a file may write; an empty status is planned."""
_SAY = {
    "effect": "Ange lägre kostnad, ökad kapacitet eller kvalitet med ekonomisk effekt.",
    "status": "Ange planerad, pågår, genomförd eller avbruten.",
}


class ImprovementRows(HeldRows):
    """Reads and checks a file of improvement activities."""

    def __init__(self, reading: Reading, first: HeldRows | None = None) -> None:
        super().__init__(reading, first)
        self._found: list[tuple[Improvement, int]] = []
        self._seen: dict[tuple[str, str], list[int]] = {}

    def hold(self, chunk: Chunk) -> None:
        reading = self.reading
        unit = reading.unit(chunk)
        what = reading.texts(chunk, "what", _LONGEST_WHAT)
        responsible = reading.texts(chunk, "responsible", _LONGEST_RESPONSIBLE)
        start, end = months(reading, chunk, "start"), months(reading, chunk, "end")
        effect = self._words(chunk, "effect", EFFECTS, tuple(Effect), empty=-1)
        status = self._words(
            chunk, "status", PROGRESS, tuple(Progress), empty=tuple(Progress).index(Progress.PLANNED)
        )
        expected = self._expected(chunk)
        ends = reading.column(chunk, "end")
        open_end = np.ones(len(chunk), dtype=np.bool_) if ends is None else ~ends.given
        starts = reading.column(chunk, "start")
        assert starts is not None
        reading.tell_texts(
            chunk, ~starts.given, "Det sägs inte när arbetet börjar.", "Ange den första månaden.", "start"
        )
        reading.tell_texts(
            chunk, what == "", "Det står inte vad som ska göras.", "Skriv vad som ska göras.", "what"
        )
        reading.tell_texts(
            chunk, responsible == "", "Ingen ansvarig är angiven.", "Ange en funktion, till exempel Verksamhetschef.",
            "responsible",
        )  # fmt: skip
        mail = np.array(["@" in text for text in responsible], dtype=np.bool_)
        reading.tell(
            chunk, mail, "Ansvarig ska vara en funktion, inte en e-postadress.", "Ange funktionen.",
            reading.heading("responsible"),
        )  # fmt: skip
        backwards = ~open_end & (end >= 0) & (start >= 0) & (end < start)
        reading.tell_texts(
            chunk, backwards, "Sista månaden är före den första.", "Ange samma månad eller en senare.", "end"
        )
        good = (
            (unit >= 0)
            & (what != "")
            & (responsible != "")
            & (start >= 0)
            & (open_end | (end >= 0))
            & ~backwards
        )
        good &= (effect >= 0) & (status >= 0) & expected.good & ~mail
        self.meet(unit[good], np.empty(0, dtype=np.int64), start[good])
        for at in np.flatnonzero(good).tolist():
            one = Improvement(
                unit=reading.unit_ids[unit[at]],
                what=what[at],
                effect=tuple(Effect)[effect[at]],
                expected=int(expected.value[at]),
                start=Month(int(start[at])),
                responsible=responsible[at],
                status=tuple(Progress)[status[at]],
                end=None if open_end[at] else Month(int(end[at])),
            )
            self._found.append((one, int(chunk.rows[at])))
            self._seen.setdefault((one.unit, plain(one.what)), []).append(int(chunk.rows[at]))

    def finish(self) -> None:
        for rows in self._seen.values():
            if len(rows) > 1:
                self.reading.faults.add(
                    "Samma förbättringsarbete står flera gånger.", "Behåll en rad.", rows,
                    column=self.reading.heading("what"),
                )  # fmt: skip

    def made(self) -> Iterator[Slice]:
        if self._found:
            yield Slice(
                improvements=tuple(one for one, _ in self._found), rows=tuple(row for _, row in self._found)
            )

    def _expected(self, chunk: Chunk) -> Numbers:
        reading = self.reading
        found = reading.numbers(chunk, "expected", 1, _MOST_KRONOR)

        def tell(rows: np.ndarray[tuple[int], np.dtype[np.bool_]], what: str, todo: str) -> None:
            reading.tell_texts(chunk, rows, what, todo, "expected")

        tell_numbers(tell, found, kronor=True)
        tell(
            ~found.given | (found.good & (found.value <= 0)), "Den väntade effekten är inte större än noll.",
            "Ange ett belopp per månad utan minustecken.",
        )  # fmt: skip
        return Numbers(found.value, np.where(found.good & (found.value <= 0), 2, found.state).astype(np.int8))

    def _words(
        self,
        chunk: Chunk,
        name: str,
        words: Mapping[str, Effect] | Mapping[str, Progress],
        known: tuple[object, ...],
        *,
        empty: int,
    ) -> Ints:
        """Positions in `known`, −1 for what can't be read (told)."""
        column = self.reading.column(chunk, name)
        if column is None:
            return np.full(len(chunk), empty, dtype=np.int64)
        found = [words.get(plain(text_of(cell))) for cell in column.cells]
        codes = np.array([known.index(f) if f else -1 for f in found] + [empty], dtype=np.int64)[
            column.number
        ]
        self.reading.tell_texts(chunk, codes < 0, "Ordet känns inte igen.", _SAY[name], name)
        return codes
