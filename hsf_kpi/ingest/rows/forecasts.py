"""Submitted forecasts from a file: the whole year, by account."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np
import pandas as pd

from hsf_kpi.ingest.rows.cells import Bools, Chunk, Objects
from hsf_kpi.ingest.rows.met import Met
from hsf_kpi.ingest.rows.numbers import LARGEST_KRONOR
from hsf_kpi.ingest.rows.part import taken, texts
from hsf_kpi.ingest.rows.periods import days, years
from hsf_kpi.ingest.rows.reading import Reading, tell_numbers
from hsf_kpi.ingest.slices import Slice

_LONGEST_AUTHOR = 120


class ForecastRows(Met):
    """Reads and checks a file of forecasts."""

    def __init__(self, reading: Reading, first: ForecastRows | None = None) -> None:
        super().__init__()
        self.reading = reading
        self._first = first
        self._seen: dict[tuple[int, int, int, int], list[int]] = {}

    def read(self, chunk: Chunk) -> Iterator[Slice]:
        reading = self.reading
        unit, account, year = reading.unit(chunk), reading.account(chunk), years(reading, chunk)
        made = days(reading, chunk, "made")
        author = reading.texts(chunk, "author", _LONGEST_AUTHOR)
        no_author = author == ""
        reading.tell_texts(
            chunk,
            no_author,
            "Det sägs inte vems prognosen är.",
            "Ange funktionen, till exempel Verksamhetschef.",
            "author",
        )
        amount = reading.numbers(chunk, "amount", 1, LARGEST_KRONOR)
        tell_numbers(
            lambda rows, what, todo: reading.tell_texts(chunk, rows, what, todo, "amount"),
            amount,
            kronor=True,
        )
        reading.tell_texts(
            chunk,
            ~amount.given,
            "Beloppet saknas.",
            "Ange beloppet, eller ta bort raden om det saknas.",
            "amount",
        )
        sign = np.array(
            [-1 if name in reading.profile.reversed_accounts else 1 for name in reading.account_ids] + [1]
        )
        ordinals = np.array([day.toordinal() if day else 0 for day in made], dtype=np.int64)
        good = (unit >= 0) & (account >= 0) & (year >= 0) & (ordinals > 0) & amount.good & ~no_author
        good &= ~self._elsewhen(chunk, made, year, good)
        if self._first is None:
            self.meet(unit[good], account[good], np.empty(0, dtype=np.int64))
            if good.any():
                self.meet_months(year[good] * 12, year[good] * 12 + 11)
            for at in np.flatnonzero(good).tolist():
                key = (int(unit[at]), int(year[at]), int(ordinals[at]), int(account[at]))
                self._seen.setdefault(key, []).append(int(chunk.rows[at]))
            return
        if good.any():
            yield Slice(
                forecasts=pd.DataFrame(
                    {
                        "unit": taken(reading.unit_ids, unit[good]),
                        "made": texts(made[good]),
                        "year": year[good],
                        "account": taken(reading.account_ids, account[good]),
                        "amount": (amount.value * sign[account])[good],
                        "author": texts(author[good]),
                        "row": chunk.rows[good],
                    }
                )
            )

    def finish(self) -> None:
        for (unit, year, day, account), rows in self._seen.items():
            if len(rows) > 1:
                name = self.reading.catalogue.organisation.units[self.reading.unit_ids[unit]].name
                title = self.reading.catalogue.ledger_accounts[account].title
                self.reading.faults.add(
                    f"Prognosen finns flera gånger: {name}, {title}, {year}, lämnad {dt.date.fromordinal(day).isoformat()}.",
                    "Behåll en rad.",
                    rows,
                )

    def rest(self) -> Iterator[Slice]:
        return iter(())

    def notes(self) -> list[str]:
        return []

    def _elsewhen(
        self, chunk: Chunk, made: Objects, year: np.ndarray[tuple[int], np.dtype[np.int64]], good: Bools
    ) -> Bools:
        """Submitted neither in the year nor in the January after."""
        month = np.array([day.year * 12 + day.month - 1 if day else 0 for day in made], dtype=np.int64)
        wrong: Bools = good & ((month < year * 12) | (month > year * 12 + 12))
        self.reading.tell_texts(
            chunk, wrong, "Prognosen är lämnad ett annat år än det gäller.",
            "Ange en dag under året, eller i januari året efter.", "made",
        )  # fmt: skip
        return wrong
