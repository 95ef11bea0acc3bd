"""Public series from a file: one value for a series, region and year."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from hsf_kpi.ingest.rows.cells import Bools, Chunk, Ints, Objects
from hsf_kpi.ingest.rows.met import Met
from hsf_kpi.ingest.rows.numbers import LARGEST
from hsf_kpi.ingest.rows.periods import years
from hsf_kpi.ingest.rows.reading import Reading, tell_numbers
from hsf_kpi.ingest.slices import Slice
from hsf_kpi.model.aggregation import FIXED
from hsf_kpi.model.observation import ExternalValue

_LONGEST = {"register": 40, "series": 40, "region_id": 20, "region": 120}
_NEEDED = ("register", "series", "region_id")


class ExternalRows(Met):
    """Reads and checks a file of public statistics."""

    def __init__(self, reading: Reading, first: ExternalRows | None = None) -> None:
        super().__init__()
        self.reading = reading
        self._first = first
        self._names: dict[tuple[str, str, str], int] = {}
        self._keys: list[Ints] = []
        self._rows: list[Ints] = []

    def read(self, chunk: Chunk) -> Iterator[Slice]:
        reading = self.reading
        texts = {name: reading.texts(chunk, name, longest) for name, longest in _LONGEST.items()}
        year = years(reading, chunk)
        value = reading.numbers(chunk, "value", FIXED, LARGEST)
        tell_numbers(lambda rows, what, todo: reading.tell_texts(chunk, rows, what, todo, "value"), value)
        reading.tell_texts(
            chunk, ~value.given, "Värdet saknas.", "Ange värdet, eller ta bort raden om det saknas.", "value"
        )
        good: Bools = (year >= 0) & value.good
        for name, longest in _LONGEST.items():
            good &= np.array([len(text) <= longest for text in texts[name]], dtype=np.bool_)
        for name in _NEEDED:
            empty = texts[name] == ""
            reading.tell_texts(chunk, empty, "Uppgiften saknas.", "Fyll i den, eller ta bort raden.", name)
            good &= ~empty
        if self._first is None:
            self._meet_keys(chunk, texts, year, good)
            return
        at = np.flatnonzero(good).tolist()
        if at:
            register, series, region_id, region = (texts[name].tolist() for name in _LONGEST)
            values = tuple(
                ExternalValue(
                    register[i], series[i], region_id[i], region[i], int(year[i]), int(value.value[i])
                )
                for i in at
            )
            yield Slice(external=values, rows=tuple(int(chunk.rows[i]) for i in at))

    def finish(self) -> None:
        if not self._keys:
            return
        key, row = np.concatenate(self._keys), np.concatenate(self._rows)
        order = np.argsort(key, kind="stable")
        key, row = key[order], row[order]
        starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]])
        sizes = np.diff(np.r_[starts, len(key)])
        names = list(self._names)
        for at in np.flatnonzero(sizes > 1).tolist():
            start, size = int(starts[at]), int(sizes[at])
            _, series, region = names[int(key[start]) >> 12]
            self.reading.faults.add(
                f"Värdet finns flera gånger: serie {series}, region {region}, {int(key[start]) & 0xFFF}.",
                "Behåll en rad.",
                sorted(row[start : start + size].tolist()),
            )

    def rest(self) -> Iterator[Slice]:
        return iter(())

    def notes(self) -> list[str]:
        return []

    def _meet_keys(self, chunk: Chunk, texts: dict[str, Objects], year: Ints, good: Bools) -> None:
        at = np.flatnonzero(good)
        if not len(at):
            return
        names = zip(*(texts[name][at].tolist() for name in _NEEDED), strict=True)
        numbers = [self._names.setdefault(name, len(self._names)) for name in names]
        self._keys.append(np.array(numbers, dtype=np.int64) << 12 | year[at])
        self._rows.append(chunk.rows[at])
        self.meet_months(year[at] * 12, year[at] * 12 + 11)
