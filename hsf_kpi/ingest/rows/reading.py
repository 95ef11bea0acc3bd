"""What all kinds of files have in common: a file's columns as our ids, months and texts, with what is wrong in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from hsf_kpi.ingest.files.table import Cell
from hsf_kpi.ingest.files.wording import plain
from hsf_kpi.ingest.profiles.check import scale_of
from hsf_kpi.ingest.rows.cells import Bools, Chunk, Coded, Ints, Objects, coded, constant, text_of
from hsf_kpi.ingest.rows.faults import Faults
from hsf_kpi.ingest.rows.layout import Layout
from hsf_kpi.ingest.rows.names import (
    AMBIGUOUS,
    Names,
    account_names,
    counterpart_names,
    measure_names,
    unit_names,
    units_by_words,
)
from hsf_kpi.ingest.rows.numbers import Numbers, State, nothing, numbers
from hsf_kpi.model.aggregation import FIXED
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.period import Month
from hsf_kpi.model.profile import FIELDS, Decimals, Profile

UNKNOWN_UNIT = "Verksamheten finns inte eller ingår inte i din behörighet."


@dataclass
class Reading:
    """One pass over a file. allowed: the units that the person may load for, None for all. today: what is ahead is judged
    from it.
    """

    profile: Profile
    catalogue: Catalogue
    layout: Layout
    decimals: Decimals
    allowed: frozenset[str] | None
    faults: Faults
    today: dt.date
    _parsed: dict[str, dict[Cell, int]] = field(default_factory=dict)

    @cached_property
    def units(self) -> Names:
        return unit_names(self.profile, self.catalogue, self.allowed)

    @cached_property
    def counterparts(self) -> Names:
        return counterpart_names(self.profile, self.catalogue)

    @cached_property
    def measures(self) -> Names:
        return measure_names(self.profile, self.catalogue)

    @cached_property
    def accounts(self) -> Names:
        return account_names(self.profile, self.catalogue)

    @cached_property
    def unit_ids(self) -> tuple[str, ...]:
        return tuple(self.catalogue.organisation.units)

    @cached_property
    def measure_keys(self) -> tuple[str, ...]:
        return tuple(self.catalogue.measures)

    @cached_property
    def account_ids(self) -> tuple[str, ...]:
        return tuple(account.id for account in self.catalogue.ledger_accounts)

    def heading(self, name: str) -> str:
        return self.layout.heading(name)

    def column(self, chunk: Chunk, name: str) -> Coded | None:
        """The field's cells with the profile's translations done; None where the file does not have it."""
        place = self.layout.fields.get(name)
        if place is None:
            return None
        if place.position is None:
            return constant(place.column.fixed, len(chunk))
        found = chunk.coded(place.position)
        return _translated(found, place.column.values) if place.column.values else found

    def ids(
        self, chunk: Chunk, name: str, names: Names, known: tuple[str, ...], what: str, todo: str
    ) -> Ints:
        """The field as positions in `known`; −1 where it is unknown (told) or empty (told)."""
        column = self.column(chunk, name)
        if column is None:
            return np.full(len(chunk), -1, dtype=np.int64)
        at = {one: position for position, one in enumerate(known)}
        cache = self._parsed.setdefault(name, {})
        for cell in column.cells:
            if cell not in cache:
                found = names.find(text_of(cell))
                cache[cell] = -2 if found == AMBIGUOUS else at.get(found or "", -1)
        codes = np.array([cache[cell] for cell in column.cells] + [-3], dtype=np.int64)[column.number]
        self._tell_ids(chunk, name, column, codes, names, what, todo)
        return np.maximum(codes, -1)

    def _tell_ids(
        self, chunk: Chunk, name: str, column: Coded, codes: Ints, names: Names, what: str, todo: str
    ) -> None:
        if (codes >= 0).all():
            return
        heading = self.heading(name)
        if (empty := codes == -3).any():
            self.tell(chunk, empty, f"{FIELDS[self.profile.holds][name]} saknas.", todo, heading)
        for text, rows in column.texts(codes == -2):
            self.tell(chunk, rows, "Det finns flera som heter så.", "Ange id i stället.", heading, text)
        left = int((codes == -1).sum())
        for text, rows in column.texts(codes == -1):
            if self.faults.full:
                self.faults.more(left)
                return
            left -= int(rows.sum())
            self.tell(chunk, rows, what, f"{todo}{names.suggestion(text)}", heading, text)

    def unit(self, chunk: Chunk) -> Ints:
        return self.ids(chunk, "unit", self.units, self.unit_ids, UNKNOWN_UNIT, units_by_words(self.profile))

    def measure(self, chunk: Chunk) -> Ints:
        return self.ids(
            chunk,
            "measure",
            self.measures,
            self.measure_keys,
            "Nyckeltalet finns inte.",
            "Ange nyckeltalets id eller namn.",
        )

    def account(self, chunk: Chunk) -> Ints:
        return self.ids(
            chunk, "account", self.accounts, self.account_ids, "Kontot finns inte.",
            "Ange ett konto i kontoplanen, eller ett som profilen översätter.",
        )  # fmt: skip

    def numbers(self, chunk: Chunk, name: str, fixed: int = FIXED, largest: int = 10**16) -> Numbers:
        place = self.layout.fields.get(name)
        column = self.column(chunk, name)
        if place is None or column is None:
            return nothing(len(chunk))
        scale = scale_of(place.column.scale)
        assert scale is not None
        return numbers(column, self.decimals, scale, fixed, largest, measured=name in _TIMED)

    def texts(self, chunk: Chunk, name: str, longest: int) -> Objects:
        """Text by row, "" where there is none. Longer ones are told."""
        column = self.column(chunk, name)
        if column is None:
            return np.full(len(chunk), "", dtype=object)
        texts = [text_of(cell).strip() for cell in column.cells]
        long = np.array([len(text) > longest for text in texts] + [False], dtype=np.bool_)[column.number]
        self.tell_texts(chunk, long, f"Texten är längre än {longest} tecken.", "Korta texten.", name)
        return np.array([*texts, ""], dtype=object)[column.number]

    def absent(self, unit: Ints, month: Ints, known: Bools) -> Bools:
        """The known rows whose unit did not exist in their month."""
        units = self.catalogue.organisation.units
        pairs, back = np.unique(unit[known] << 16 | month[known], return_inverse=True)
        there = [units[self.unit_ids[pair >> 16]].exists_at(Month(pair & 0xFFFF)) for pair in pairs.tolist()]
        rows = np.zeros(len(unit), dtype=np.bool_)
        rows[known] = ~np.array(there, dtype=np.bool_)[back]
        return rows

    def tell_absent(self, chunk: Chunk, rows: Bools, unit: Ints) -> None:
        for number in np.unique(unit[rows]).tolist():
            found = self.catalogue.organisation.units[self.unit_ids[number]]
            since = f"från och med {found.first.iso}" if found.first else ""
            until = f"till och med {found.last.iso}" if found.last else ""
            lived = " ".join(filter(None, ("Den finns", since, until)))
            todo = f"{lived}. Rätta perioden eller verksamheten."
            self.tell_texts(
                chunk, rows & (unit == number), "Verksamheten fanns inte i den perioden.", todo, "unit"
            )

    def tell(
        self, chunk: Chunk, rows: Bools, what: str, expected: str, heading: str = "", value: str = ""
    ) -> None:
        if rows.any():
            self.faults.add(what, expected, chunk.rows[rows].tolist(), column=heading, value=value)

    def tell_texts(self, chunk: Chunk, rows: Bools, what: str, expected: str, name: str) -> None:
        """The same fault on the rows, once for each text of the field."""
        if not rows.any():
            return
        place = self.layout.fields.get(name)
        if place is None or place.position is None:
            self.tell(chunk, rows, what, expected, value=place.column.fixed if place else "")
            return
        self.tell_column(chunk, rows, what, expected, place.position, place.heading)

    def tell_column(
        self, chunk: Chunk, rows: Bools, what: str, expected: str, position: int, heading: str
    ) -> None:
        """The same of a column by its position: a column for each nyckeltal has no field."""
        if not rows.any():
            return
        left = int(rows.sum())
        for text, these in chunk.coded(position).texts(rows):
            if self.faults.full:
                self.faults.more(left)
                return
            left -= int(these.sum())
            self.tell(chunk, these, what, expected, heading, text)


_TIMED = frozenset({"numerator", "denominator", "ready"})
Tell = Callable[[Bools, str, str], None]
"""Tells a fault on rows: (rows, what, expected)."""


def tell_numbers(tell: Tell, found: Numbers, *, whole: bool = False, kronor: bool = False) -> None:
    """What of a column of numbers can't be taken. whole, kronor: what it must be, where no decimals are taken."""
    tell(found.are(State.UNREADABLE), "Det är inget tal.", "Skriv talet med siffror, till exempel 1234,5.")
    precise = found.are(State.TOO_PRECISE)
    if kronor:
        tell(precise, "Beloppet är inte hela kronor.", "Ange hela kronor, utan ören.")
    elif whole:
        tell(precise, "Det är inget helt tal.", "Ange ett heltal, utan decimaler.")
    else:
        tell(precise, "Talet har fler än fyra decimaler.", "Ange högst fyra decimaler.")
    tell(found.are(State.TOO_LARGE), "Talet är för stort.", "Kontrollera enheten: kronor, inte ören.")


def _translated(found: Coded, values: Mapping[str, str]) -> Coded:
    wanted = {plain(text): meant for text, meant in values.items()}
    cells = [wanted.get(plain(text_of(cell)), cell) for cell in found.cells]
    # Several texts of the file may mean the same.
    again = coded(cells)
    return Coded(np.append(again.number, -1)[found.number], again.cells)
