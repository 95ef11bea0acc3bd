"""Observations from a file: a row for each value, or a column for each nyckeltal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from hsf_kpi.ingest.files.values import parse_cell_sex
from hsf_kpi.ingest.profiles.check import scale_of
from hsf_kpi.ingest.rows.cells import Bools, Chunk, Ints, text_of
from hsf_kpi.ingest.rows.met import Met
from hsf_kpi.ingest.rows.numbers import LARGEST, Numbers, State, nothing, numbers
from hsf_kpi.ingest.rows.observation_checks import check_part
from hsf_kpi.ingest.rows.part import PARTS, SEXES, Part
from hsf_kpi.ingest.rows.periods import periods
from hsf_kpi.ingest.rows.reading import Reading, tell_numbers
from hsf_kpi.ingest.rows.rules import Rules
from hsf_kpi.ingest.rows.together import Together
from hsf_kpi.ingest.slices import Slice
from hsf_kpi.model.aggregation import FIXED
from hsf_kpi.model.codes import Sex
from hsf_kpi.model.profile import WideColumn

_LONGEST_SOURCE = 200
_MINUTE = 60


class ObservationRows(Met):
    """Reads and checks a file of observations. `first`: what the first pass found, for the second."""

    def __init__(self, reading: Reading, first: ObservationRows | None = None) -> None:
        super().__init__()
        self.reading = reading
        self.rules = Rules.of(tuple(reading.catalogue.measures.values()))
        self._named: dict[object, int] = {}
        self._first = first
        self._together = Together(reading, self.rules)

    def read(self, chunk: Chunk) -> Iterator[Slice]:
        """The chunk's rows; those that are added up with others come at the end."""
        for part in self._parts(chunk):
            good = check_part(self.reading, self.rules, part)
            if self._first is None:
                self.meet(part.unit[good], part.measure[good], part.month[good])
                self._together.add(part, good)
                continue
            kept = good & ~self._first._together.is_merged(part)
            if kept.any():
                yield Slice(observations=self._frame(part, kept))

    def finish(self) -> None:
        """What is wrong with rows together."""
        self._together.finish(self.reading.heading("unit"))

    def rest(self) -> Iterator[Slice]:
        assert self._first is not None
        for frame in self._first._together.merged():
            yield Slice(observations=frame)

    def notes(self) -> list[str]:
        return self._together.notes()

    def _frame(self, part: Part, rows: Bools) -> pd.DataFrame:
        return part.frame(rows, self.reading.measure_keys, self.reading.unit_ids)

    def _parts(self, chunk: Chunk) -> Iterator[Part]:
        reading = self.reading
        unit = reading.unit(chunk)
        window, month = periods(reading, chunk)
        sex = self._sex(chunk)
        source = reading.texts(chunk, "source", _LONGEST_SOURCE)
        named = self._units_named(chunk)
        if not reading.layout.wide:
            columns = {
                name: (place.position, place.heading)
                for name in PARTS
                if (place := reading.layout.fields.get(name)) and place.position is not None
            }
            found = {name: reading.numbers(chunk, name, FIXED, LARGEST) for name in PARTS}
            measure = reading.measure(chunk)
            part = Part(chunk, measure, unit, window, month, sex, found, columns, source, named)
            yield self._timed(self._told(part))
            return
        for (key, of), group in self._groups():
            measure = np.full(len(chunk), self._number_of(key), dtype=np.int64)
            sexes = np.full(len(chunk), SEXES.index(Sex(of))) if of else sex
            columns = {w.component: (position, heading) for w, position, heading in group}
            found = {name: nothing(len(chunk)) for name in PARTS}
            for w, position, _ in group:
                scale = scale_of(w.scale)
                assert scale is not None
                found[w.component] = numbers(
                    chunk.coded(position), reading.decimals, scale, FIXED, LARGEST, measured=True
                )
            any_ = np.logical_or.reduce([n.given for n in found.values()])
            part = Part(chunk, measure, unit, window, month, sexes, found, columns, source, named)
            yield self._timed(self._told(_only(part, any_)))

    def _groups(self) -> Iterator[tuple[tuple[str, str], list[tuple[WideColumn, int, str]]]]:
        found: dict[tuple[str, str], list[tuple[WideColumn, int, str]]] = {}
        for one in self.reading.layout.wide:
            found.setdefault((one[0].measure, one[0].sex), []).append(one)
        yield from found.items()

    def _number_of(self, key: str) -> int:
        """−1 for a measure that the definitions do not have: told with the profile."""
        keys = self.reading.measure_keys
        return keys.index(key) if key in keys else -1

    def _told(self, part: Part) -> Part:
        for name, (position, heading) in part.columns.items():
            column = (position, heading)

            def tell(rows: Bools, what: str, todo: str, column: tuple[int, str] = column) -> None:
                self.reading.tell_column(part.chunk, rows, what, todo, *column)

            tell_numbers(tell, part.numbers[name])
        return replace(part, window=self.rules.window(part.measure, part.window))

    def _timed(self, part: Part) -> Part:
        """«18:31» as seconds where the component is in seconds, else as minutes, of a measure in minutes."""
        found = dict(part.numbers)
        for name, (position, heading) in part.columns.items():
            timed = found[name].are(State.DURATION)
            if not timed.any():
                continue
            fits = timed & self.rules.duration[part.measure]
            in_seconds = fits & self.rules.seconds[part.measure] & (name == "numerator")
            fits &= in_seconds | (name == "ready")
            self.reading.tell_column(
                part.chunk, timed & ~fits & (part.measure >= 0), "Det är en tid, men här ska stå ett tal.",
                "Skriv talet med siffror, till exempel 1234,5.", position, heading,
            )  # fmt: skip
            value = found[name].value
            minutes = (value * FIXED + _MINUTE // 2) // _MINUTE
            state = np.where(fits, State.GOOD, found[name].state).astype(np.int8)
            value = np.where(in_seconds, value * FIXED, np.where(fits, minutes, value))
            found[name] = Numbers(value, state)
        return replace(part, numbers=found)

    def _sex(self, chunk: Chunk) -> Ints:
        column = self.reading.column(chunk, "sex")
        if column is None:
            return np.zeros(len(chunk), dtype=np.int64)
        found = [parse_cell_sex(cell) for cell in column.cells]
        # An empty cell is the total.
        codes = np.array([SEXES.index(sex) if sex else -1 for sex in found] + [0], dtype=np.int64)[
            column.number
        ]
        self.reading.tell_texts(
            chunk, codes < 0, "Könet går inte att läsa.", "Ange totalt, kvinnor eller män.", "sex"
        )
        return codes

    def _units_named(self, chunk: Chunk) -> Ints:
        """A number for each unit text of the file, negative for those that the profile does not translate."""
        column = self.reading.column(chunk, "unit")
        if column is None or not self.reading.profile.units:
            return np.full(len(chunk), -1, dtype=np.int64)
        names = self.reading.units
        for cell in column.cells:
            if cell not in self._named:
                self._named[cell] = len(self._named) if names.is_mapped(text_of(cell)) else -1
        return np.array([self._named[cell] for cell in column.cells] + [-1], dtype=np.int64)[column.number]


def _only(part: Part, rows: Bools) -> Part:
    if rows.all():
        return part
    return replace(
        part,
        chunk=part.chunk.only(rows),
        measure=part.measure[rows],
        unit=part.unit[rows],
        window=part.window[rows],
        month=part.month[rows],
        sex=part.sex[rows],
        numbers={name: Numbers(n.value[rows], n.state[rows]) for name, n in part.numbers.items()},
        source=part.source[rows],
        named=part.named[rows],
    )
