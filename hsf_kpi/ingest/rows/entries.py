"""Entries of the ledger together: nothing twice, and what the profile makes one account or unit added up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields

import numpy as np

from hsf_kpi.ingest.rows.cells import AT_ONCE, Bools, Ints, Objects
from hsf_kpi.ingest.rows.numbers import LARGEST_KRONOR
from hsf_kpi.ingest.rows.part import objects
from hsf_kpi.ingest.rows.reading import Reading
from hsf_kpi.model.period import Month
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.numbers import number


@dataclass(frozen=True)
class Entries:
    """Parallel arrays. unit, counterpart, account, kind: positions (counterpart −1 for none). written_unit,
    written_account: what the file itself says, folded.
    """

    row: Ints
    unit: Ints
    month: Ints
    account: Ints
    kind: Ints
    amount: Ints
    counterpart: Ints
    project: Bools
    centre: Objects
    written_unit: Objects
    written_account: Objects

    def __len__(self) -> int:
        return len(self.row)


@dataclass
class _Kept:
    """high, low: what an entry is of, as two numbers. written: what the file calls it."""

    high: Ints
    low: Ints
    written: Ints
    row: Ints
    amount: Ints

    @classmethod
    def joined(cls, parts: list[_Kept]) -> _Kept:
        return cls(*(np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(cls)))

    def at(self, rows: Ints | Bools) -> _Kept:
        return _Kept(*(getattr(self, f.name)[rows] for f in fields(_Kept)))

    def __len__(self) -> int:
        return len(self.row)


@dataclass
class Together:
    """Entries as they come (`add`), judged when all have (`finish`)."""

    reading: Reading
    _parts: list[_Kept] = field(default_factory=list)
    _centres: dict[str, int] = field(default_factory=dict)
    _written: dict[tuple[str, str], int] = field(default_factory=dict)
    _merged: _Kept | None = None
    _sums: frozenset[tuple[int, int]] = frozenset()

    def add(self, entries: Entries, good: Bools) -> None:
        if good.any():
            self._parts.append(self._kept(entries, good))

    def name(self, entries: Entries, first: Together) -> None:
        """Numbers the cost centres as the first pass did."""
        self._centres, self._written = first._centres, first._written

    def finish(self) -> None:
        if not self._parts:
            return
        kept = _Kept.joined(self._parts)
        self._parts = []
        order = np.lexsort((kept.written, kept.low, kept.high))
        kept = kept.at(order)
        same = (kept.high[1:] == kept.high[:-1]) & (kept.low[1:] == kept.low[:-1])
        if not same.any():
            return
        starts = np.flatnonzero(np.r_[True, ~same])
        sizes = np.diff(np.r_[starts, len(kept)])
        again = np.r_[False, same & (kept.written[1:] == kept.written[:-1])]
        twice = np.add.reduceat(again.astype(np.int64), starts) > 0
        for at in np.flatnonzero(twice).tolist():
            self._tell_twice(kept, int(starts[at]), int(sizes[at]))
        sums = (sizes > 1) & ~twice
        self._sum(kept, starts, sums)

    def is_merged(self, entries: Entries) -> Bools:
        if self._merged is None:
            return np.zeros(len(entries), dtype=np.bool_)
        kept = self._kept(entries, np.ones(len(entries), dtype=np.bool_))
        pairs = zip(kept.high.tolist(), kept.low.tolist(), strict=True)
        return np.fromiter((pair in self._sums for pair in pairs), dtype=np.bool_, count=len(entries))

    def merged(self) -> Iterator[Entries]:
        """The sums."""
        if self._merged is None:
            return
        centres = objects(tuple(self._centres))
        for start in range(0, len(self._merged), AT_ONCE):
            some = self._merged.at(np.arange(start, min(start + AT_ONCE, len(self._merged))))
            low, high = some.low, some.high
            written = np.full(len(some), "", dtype=object)
            yield Entries(
                some.row, high >> 40, (high >> 20) & 0xFFFFF, high & 0xFFFFF, low & 3, some.amount,
                ((low >> 3) & 0xFFFFF) - 1, ((low >> 2) & 1).astype(np.bool_), centres[low >> 23], written, written,
            )  # fmt: skip

    def notes(self) -> list[str]:
        if self._merged is None:
            return []
        return [
            f"Lade ihop {number(len(self._merged), 0)} belopp av rader som hör till samma konto och verksamhet."
        ]

    def _kept(self, entries: Entries, good: Bools) -> _Kept:
        centre = _numbered(entries.centre[good], self._centres)
        pairs = list(zip(entries.written_unit[good], entries.written_account[good], strict=True))
        written = np.array(
            [self._written.setdefault(pair, len(self._written)) for pair in pairs], dtype=np.int64
        )
        high = (entries.unit[good] << 40) | (entries.month[good] << 20) | entries.account[good]
        low = (
            (centre << 23)
            | ((entries.counterpart[good] + 1) << 3)
            | (entries.project[good].astype(np.int64) << 2)
            | entries.kind[good]
        )
        return _Kept(high, low, written, entries.row[good], entries.amount[good])

    def _sum(self, kept: _Kept, starts: Ints, sums: Bools) -> None:
        if not sums.any():
            return
        at = starts[sums]
        amount = np.add.reduceat(kept.amount, starts)[sums]
        row = np.minimum.reduceat(kept.row, starts)[sums]
        self._merged = _Kept(kept.high[at], kept.low[at], kept.written[at], row, amount)
        self._sums = frozenset(zip(self._merged.high.tolist(), self._merged.low.tolist(), strict=True))
        for large in np.flatnonzero(np.abs(amount) > LARGEST_KRONOR).tolist():
            self.reading.faults.add(
                "Summan av raderna är för stor.", "Kontrollera enheten: kronor, inte ören.", [int(row[large])],
                column=self.reading.heading("amount"), value=number(int(amount[large]), 0),
            )  # fmt: skip

    def _tell_twice(self, kept: _Kept, start: int, size: int) -> None:
        rows = sorted(kept.row[start : start + size].tolist())
        if self.reading.faults.full:
            self.reading.faults.more(size)
            return
        high, low = int(kept.high[start]), int(kept.low[start])
        unit = self.reading.catalogue.organisation.units[self.reading.unit_ids[high >> 40]].name
        account = self.reading.catalogue.ledger_accounts[high & 0xFFFFF].title
        month = month_text(Month((high >> 20) & 0xFFFFF))
        kind = ("budget", "utfall")[low & 3]
        self.reading.faults.add(
            f"Posten finns flera gånger: {unit}, {account}, {kind} {month}.",
            "Behåll en rad, eller lägg ihop dem.",
            rows,
        )


def _numbered(texts: Objects, known: dict[str, int]) -> Ints:
    return np.array([known.setdefault(text, len(known)) for text in texts.tolist()], dtype=np.int64)
