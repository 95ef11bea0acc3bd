"""A file read by a profile: everything once, checked, with all that is wrong; then again in slices, into the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from hsf_kpi.ingest.files import FileTable, Findings, NumberStyle, open_table
from hsf_kpi.ingest.files.wording import plain
from hsf_kpi.ingest.profiles.check import NUMBERS, catalogue_problems
from hsf_kpi.ingest.rows.cells import AT_ONCE, Bools, Chunk, chunks, text_of
from hsf_kpi.ingest.rows.faults import Faults
from hsf_kpi.ingest.rows.kinds import Rows, rows_of
from hsf_kpi.ingest.rows.layout import Layout, layout
from hsf_kpi.ingest.rows.reading import Reading
from hsf_kpi.ingest.slices import Slice
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.incoming import Contents, Fault, FileRefused, Holds, Progress
from hsf_kpi.model.profile import Decimals, Profile
from hsf_kpi.swedish.numbers import number

_ROW_BYTES: Final = {"csv": 60, "xlsx": 12}
"""Bytes of a row in a file, roughly: only for how much of the work is done."""


@dataclass(frozen=True)
class Incoming:
    """A file that has been read once. faults empty: it can be loaded."""

    table: FileTable
    profile: Profile
    contents: Contents
    faults: tuple[Fault, ...]
    _pass: _Pass | None = field(default=None, repr=False, compare=False)
    _first: Rows | None = field(default=None, repr=False, compare=False)

    def slices(self) -> Iterator[Slice]:
        """The file's rows, read again, at most 50 000 at a time. FileRefused for a file with faults, or one that is no
        longer what it was.
        """
        if self.faults or self._pass is None or self._first is None:
            raise FileRefused(self.table.name, self.faults)
        yield from self._pass.again(self._first)

    def readable(self) -> Iterator[Slice]:
        """The rows that can be read whatever is wrong with others, to be shown and never to be loaded."""
        if self._pass is not None and self._first is not None:
            yield from self._pass.again(self._first, all_or_nothing=False)

    def as_read(self) -> Iterator[Mapping[str, str]]:
        """Each row's cells by our fields, with the profile's translations done, and «row»: before anything is understood."""
        if self._pass is not None:
            yield from self._pass.as_read()


def incoming(
    path: Path,
    name: str,
    profile: Profile,
    catalogue: Catalogue,
    *,
    sheet: str = "",
    allowed: frozenset[str] | None = None,
    tell: Progress = lambda words, done: None,
    today: dt.date | None = None,
) -> Incoming:
    """Reads and checks the whole file. allowed: the units that the person may load for, None for all.

    FileRefused when it can't be read as a table at all; all that is wrong with its rows is in `faults`.
    """
    tell("Öppnar filen", 0.0)
    table = open_table(
        path, name, sheet=sheet or profile.sheet, header_row=profile.header_row, expected=_headings(profile)
    )
    return incoming_table(table, profile, catalogue, allowed=allowed, tell=tell, today=today)


def incoming_table(
    table: FileTable,
    profile: Profile,
    catalogue: Catalogue,
    *,
    allowed: frozenset[str] | None = None,
    tell: Progress = lambda words, done: None,
    today: dt.date | None = None,
) -> Incoming:
    """The same of a table that has been opened."""
    found = layout(table.header, profile)
    faults = Faults()
    faults.extend(
        Fault(p.what, p.todo, value=p.where) for p in catalogue_problems(profile, catalogue, "profilen")
    )
    faults.extend(found.faults)
    if faults:
        return Incoming(table, profile, Contents(0), faults.told())
    one = _Pass(table, profile, catalogue, found, allowed, today or dt.date.today(), tell)
    return one.first()


@dataclass
class _Pass:
    table: FileTable
    profile: Profile
    catalogue: Catalogue
    layout: Layout
    allowed: frozenset[str] | None
    today: dt.date
    tell: Progress
    _decimals: Decimals = Decimals.AUTO

    def first(self) -> Incoming:
        style = NumberStyle(self.profile.decimals)
        read = self._read(style)
        if read is None:
            # What decides may stand below what it decides of: all numbers are seen before the first is understood.
            style = self._style()
            read = self._read(style, decided=True)
            assert read is not None
        rows, faults, count, skipped = read
        self._decimals = style.decimals
        rows.finish()
        if not count and not faults:
            faults.add("Filen har inga rader att läsa in.", "Välj en fil med rader under rubrikerna.")
        self.tell("Läser raderna", 1.0)
        contents = self._contents(rows, count, skipped)
        return Incoming(self.table, self.profile, contents, faults.told(), self, rows)

    def _read(self, style: NumberStyle, *, decided: bool = False) -> tuple[Rows, Faults, int, int] | None:
        """The rows, what is wrong with them, how many they are and how many were left out. None where a number could be two,
        and it is not `decided` that it is so.
        """
        faults, met = Faults(), Findings(self.table.name)
        if decided and (fault := style.fault()):
            faults.extend([fault])
        reading = self._reading(faults)
        rows = rows_of(reading)
        count, skipped = 0, 0
        try:
            for chunk in self._chunks(met, "Läser raderna"):
                kept = self._kept(chunk)
                skipped += len(chunk) - int(kept.sum())
                some = chunk.only(kept)
                count += len(some)
                if not decided:
                    self._see(style, some)
                    if style.fault():
                        return None
                reading.decimals = style.decimals
                if len(some):
                    for _ in rows.read(some):
                        pass
        except FileRefused as refused:
            faults.extend(refused.faults)
        else:
            faults.extend(met.faults())
        return rows, faults, count, skipped

    def again(self, first: Rows, *, all_or_nothing: bool = True) -> Iterator[Slice]:
        faults = Faults()
        rows = rows_of(self._reading(faults), first)
        met = None if all_or_nothing else Findings(self.table.name)
        for chunk in self._chunks(met, "Läser in raderna"):
            some = chunk.only(self._kept(chunk))
            if len(some):
                yield from rows.read(some)
            if faults and all_or_nothing:
                raise FileRefused(self.table.name, faults.told())
        yield from rows.rest()

    def as_read(self) -> Iterator[Mapping[str, str]]:
        reading = self._reading(Faults())
        for chunk in self._chunks(Findings(self.table.name), "Läser raderna"):
            columns = {name: reading.column(chunk, name) for name in self.layout.fields}
            for at, row in enumerate(chunk.rows.tolist()):
                cells = {name: column.cell(at) for name, column in columns.items() if column is not None}
                yield {"row": str(row), **{name: text_of(cell) for name, cell in cells.items()}}

    def _reading(self, faults: Faults) -> Reading:
        return Reading(
            self.profile, self.catalogue, self.layout, self._decimals, self.allowed, faults, self.today
        )

    def _chunks(self, met: Findings | None, words: str) -> Iterator[Chunk]:
        read, expected = 0, max(self.table.size // _ROW_BYTES[self.table.kind], 1)
        for chunk in chunks(self.table.lines(met), len(self.table.header), AT_ONCE):
            yield chunk
            read += len(chunk)
            # Never all done before it is: the number of rows is a guess.
            self.tell(words, min(read / expected, read / (read + AT_ONCE)))

    def _kept(self, chunk: Chunk) -> Bools:
        """Without the rows that the profile leaves out."""
        kept = np.ones(len(chunk), dtype=np.bool_)
        for position, texts in self.layout.skip.items():
            column = chunk.coded(position)
            left = np.array(
                [plain(text_of(cell)) in texts for cell in column.cells] + [False], dtype=np.bool_
            )
            kept &= ~left[column.number]
        return kept

    def _style(self) -> NumberStyle:
        """How the file writes decimals, told by all its numbers."""
        style = NumberStyle(self.profile.decimals)
        try:
            for chunk in self._chunks(Findings(self.table.name), "Ser efter hur talen är skrivna"):
                self._see(style, chunk.only(self._kept(chunk)))
        except FileRefused:
            # Told by the pass that reads the rows.
            pass
        return style

    def _see(self, style: NumberStyle, chunk: Chunk) -> None:
        """Shows it each distinct number of the columns that hold numbers, with its first row."""
        if self.profile.decimals is not Decimals.AUTO:
            return
        places = {*self.layout.columns(sorted(NUMBERS)), *(at for _, at, _ in self.layout.wide)}
        for position in sorted(places):
            column = chunk.coded(position)
            numbers, first = np.unique(column.number, return_index=True)
            for number_of, at in zip(numbers.tolist(), first.tolist(), strict=True):
                cell = column.cells[number_of] if number_of >= 0 else None
                if isinstance(cell, str) and ("," in cell or "." in cell):
                    style.see(cell, int(chunk.rows[at]), self.table.header[position])

    def _contents(self, rows: Rows, count: int, skipped: int) -> Contents:
        reading = self._reading(Faults())
        of_accounts = self.profile.holds in (Holds.LEDGER, Holds.FORECASTS)
        keys = reading.account_ids if of_accounts else reading.measure_keys
        return Contents(
            rows=count,
            units=frozenset(reading.unit_ids[at] for at in rows.units),
            measures=frozenset(keys[at] for at in rows.measures),
            months=rows.span,
            notes=(*self.table.notes, *self._notes(skipped), *rows.notes()),
        )

    def _notes(self, skipped: int) -> Iterator[str]:
        if skipped:
            rows = "rad" if skipped == 1 else "rader"
            yield f"Hoppade över {number(skipped, 0)} {rows} som profilen säger är summor eller annat."
        if extra := self.layout.extra:
            told = ", ".join(f"”{heading}”" for heading in extra[:10])
            rest = f" och {len(extra) - 10} till" if len(extra) > 10 else ""
            yield f"Kolumner som inte används: {told}{rest}."


def _headings(profile: Profile) -> tuple[str, ...]:
    return tuple(name for column in profile.columns for name in column.names) + tuple(
        column.name for column in profile.wide
    )
