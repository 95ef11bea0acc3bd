"""What must hold of rows together, wherever in the file they stand: nothing twice, and a total that is women and men.

Kept of each row: one number that says what it is of, its place, and its values where they are needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from hsf_kpi.ingest.rows.cells import AT_ONCE, Bools, Ints
from hsf_kpi.ingest.rows.part import SEXES, Part, taken, texts, unpacked
from hsf_kpi.ingest.rows.periods import WINDOWS
from hsf_kpi.ingest.rows.reading import Reading
from hsf_kpi.ingest.rows.rules import Rules
from hsf_kpi.ingest.rows.words import plain_number
from hsf_kpi.model.codes import Sex
from hsf_kpi.model.incoming import LOOK
from hsf_kpi.model.period import Month, Period
from hsf_kpi.swedish.dates import month_text, period_text
from hsf_kpi.swedish.numbers import number
from hsf_kpi.swedish.words import SEX_WORD

_EMPTY: Ints = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class _Kept:
    """Parallel arrays; with `merged`, sums of the rows that mean the same, each with its first row."""

    key: Ints
    row: Ints
    named: Ints
    numerator: Ints
    denominator: Ints
    denominator_given: Bools

    @classmethod
    def joined(cls, parts: list[_Kept]) -> _Kept:
        return cls(*(np.concatenate([getattr(p, name) for p in parts]) for name in cls.__dataclass_fields__))

    def at(self, rows: Ints | Bools) -> _Kept:
        return _Kept(*(getattr(self, name)[rows] for name in _Kept.__dataclass_fields__))

    def __len__(self) -> int:
        return len(self.key)


@dataclass
class Together:
    """Rows as they come (`add`), judged when all have (`finish`)."""

    reading: Reading
    rules: Rules
    _parts: list[_Kept] = field(default_factory=list)
    _merged: _Kept | None = None
    _above: tuple[int, int, int] | None = None
    _norms: dict[tuple[int, int, int], tuple[int, int]] = field(default_factory=dict)

    def add(self, part: Part, good: Bools) -> None:
        if good.any():
            self._norm(part, good)
            values = {name: part.numbers[name] for name in ("numerator", "denominator")}
            self._parts.append(
                _Kept(
                    part.key()[good], part.chunk.rows[good].astype(np.int32), part.named[good].astype(np.int32),
                    values["numerator"].value[good], values["denominator"].value[good],
                    values["denominator"].given[good],
                )
            )  # fmt: skip

    def finish(self, unit_heading: str) -> None:
        if not self._parts:
            return
        kept = _Kept.joined(self._parts)
        self._parts = []
        kept = kept.at(np.argsort(kept.key, kind="stable"))
        first = np.r_[True, kept.key[1:] != kept.key[:-1]]
        if not first.all():
            kept = self._once(kept, first, unit_heading)
        self._totals(kept)
        self._above = self._beside_below(kept)

    def is_merged(self, part: Part) -> Bools:
        """Which rows are in the sums, and so must not come by themselves."""
        if self._merged is None:
            return np.zeros(len(part), dtype=np.bool_)
        known = part.known
        found = np.zeros(len(part), dtype=np.bool_)
        found[known] = np.isin(part.key()[known], self._merged.key)
        return found

    def merged(self) -> Iterator[pd.DataFrame]:
        """The sums, as frames of observations."""
        if self._merged is None:
            return
        for start in range(0, len(self._merged), AT_ONCE):
            some = self._merged.at(np.arange(start, min(start + AT_ONCE, len(self._merged))))
            measure, unit, window, month, _, sex = unpacked(some.key)
            rows = len(some)
            yield pd.DataFrame(
                {
                    "measure": taken(self.reading.measure_keys, measure),
                    "unit": taken(self.reading.unit_ids, unit),
                    "window": taken(WINDOWS, window),
                    "month": month,
                    "sex": taken(SEXES, sex),
                    "numerator": pd.array(some.numerator, dtype="Int64"),
                    "denominator": pd.arrays.IntegerArray(some.denominator, ~some.denominator_given),
                    "ready": pd.array([None] * rows, dtype="Int64"),
                    "source": texts(np.full(rows, "", dtype=object)),
                    "row": some.row.astype(np.int64),
                }
            )

    def notes(self) -> list[str]:
        found = []
        if self._above is not None:
            measure, unit, month = self._above
            name = self.reading.catalogue.organisation.units[self.reading.unit_ids[unit]].name
            found.append(
                f"{LOOK} Filen har värden både för {name} och för verksamheter under den "
                f"({self.rules.measures[measure].short_name}, {month_text(Month(month))}), och de läggs ihop. "
                "Är det en summarad: ta bort den, eller låt källprofilen hoppa över den."
            )
        if self._merged is None:
            return found
        return [
            *found,
            f"Lade ihop {number(len(self._merged), 0)} värden av rader för olika enheter som hör till samma verksamhet.",
        ]

    def _beside_below(self, kept: _Kept) -> tuple[int, int, int] | None:
        """The first measure, unit and month where a unit has parts of its own beside those of units below it: right for what
        belongs to no one below, twice counted where the row is a sum.
        """
        measure, unit, _, month, form, _ = unpacked(kept.key)
        months: dict[int, dict[int, Ints]] = {}
        one = np.unique((measure << 40 | unit << 20 | month)[form == 0])
        starts = np.flatnonzero(np.r_[True, one[1:] >> 20 != one[:-1] >> 20]) if len(one) else _EMPTY
        for some in np.split(one, starts[1:]) if len(one) else ():
            months.setdefault(int(some[0]) >> 40, {})[int(some[0]) >> 20 & 0xFFFFF] = some & 0xFFFFF
        organisation, ids = self.reading.catalogue.organisation, self.reading.unit_ids
        for key, by_unit in months.items():
            at = {ids[one_unit]: one_unit for one_unit in by_unit}
            for above, own in by_unit.items():
                for name in organisation.below(ids[above], Month(int(own[-1]))):
                    other = at.get(name, above)
                    if other != above and len(both := np.intersect1d(own, by_unit[other])):
                        return key, above, int(both[0])
        return None

    def _norm(self, part: Part, good: Bools) -> None:
        """The norm hours of a month are one number: units that disagree about it cannot be added up."""
        rows = np.flatnonzero(good & self.rules.shared[part.measure] & ~part.is_ready)
        values = part.numbers["denominator"].value
        columns = (part.measure[rows], part.window[rows], part.month[rows], values[rows])
        wrong: list[int] = []
        for row, (measure, window, month, value) in zip(
            rows.tolist(), zip(*map(np.ndarray.tolist, columns), strict=True), strict=True
        ):
            known, _ = self._norms.setdefault((measure, window, month), (value, int(part.chunk.rows[row])))
            if known != value:
                wrong.append(int(row))
        for row in wrong:
            place = (int(part.measure[row]), int(part.window[row]), int(part.month[row]))
            norm, at = self._norms[place]
            self.reading.faults.add(
                f"Normtiden för {Month(place[2]).iso} är inte densamma på alla rader.",
                f"Ange {plain_number(norm)} som på rad {at}, eller rätta den raden.",
                [int(part.chunk.rows[row])],
                column=part.columns.get("denominator", (0, ""))[1],
                value=plain_number(int(values[row])),
            )

    def _once(self, kept: _Kept, first: Bools, unit_heading: str) -> _Kept:
        """Rows of different units of the file that the profile makes one are added up; all others are there twice."""
        starts = np.flatnonzero(first)
        sizes = np.diff(np.r_[starts, len(kept)])
        sums = np.zeros(len(kept), dtype=np.bool_)
        group = np.repeat(np.arange(len(starts)), sizes)
        several = sizes > 1
        measure, _, _, _, form, _ = unpacked(kept.key[starts])
        may = several & (form == 0) & ~self.rules.shared[measure]
        # Different units of the file: as many names as rows, all of them the profile's.
        order = np.lexsort((kept.named, group))
        named, of = kept.named[order], group[order]
        same = np.r_[False, (named[1:] == named[:-1]) & (of[1:] == of[:-1])] | (named < 0)
        twice = np.zeros(len(starts), dtype=np.bool_)
        np.logical_or.at(twice, of, same)
        may &= ~twice
        for at in np.flatnonzero(several & ~may).tolist():
            rows = kept.row[starts[at] : starts[at] + sizes[at]]
            if self.reading.faults.full:
                self.reading.faults.more(len(rows))
                continue
            self._tell_twice(int(kept.key[starts[at]]), rows, twice=bool(twice[at]), heading=unit_heading)
        sums = may[group]
        if may.any():
            at = starts[may]
            add = np.add.reduceat
            self._merged = _Kept(
                kept.key[at], np.minimum.reduceat(kept.row, starts)[may], kept.named[at],
                add(kept.numerator, starts)[may], add(kept.denominator, starts)[may], kept.denominator_given[at],
            )  # fmt: skip
            alone = kept.at(~sums & first)
            whole = _Kept.joined([alone, self._merged])
            return whole.at(np.argsort(whole.key, kind="stable"))
        return kept.at(first)

    def _tell_twice(self, key: int, rows: Ints, *, twice: bool, heading: str) -> None:
        told = self._told(key)
        if twice:
            self.reading.faults.add(f"Värdet finns flera gånger: {told}.", "Behåll en rad.", rows.tolist())
        else:
            self.reading.faults.add(
                f"Flera av filens enheter hör till samma verksamhet, men värdena kan inte läggas ihop: {told}.",
                "Ange verksamhetens eget värde på en rad.",
                rows.tolist(),
                column=heading,
            )

    def _told(self, key: int) -> str:
        """«Sjukfrånvaro, Kirurgkliniken, oktober 2023, kvinnor»"""
        measure, unit, window, month, _, sex = (int(v[0]) for v in unpacked(np.array([key], dtype=np.int64)))
        organisation = self.reading.catalogue.organisation
        words = [
            self.rules.measures[measure].short_name,
            organisation.units[self.reading.unit_ids[unit]].name,
            period_text(Period(Month(month), WINDOWS[window])),
        ]
        if SEXES[sex] is not Sex.ALL:
            words.append(SEX_WORD[SEXES[sex]])
        return ", ".join(words)

    def _totals(self, kept: _Kept) -> None:
        """The keys are in order and differ in their sex last: a total, women and men stand side by side."""
        base = kept.key >> 2
        whole = (
            np.flatnonzero((base[:-2] == base[2:]) & (base[:-2] == base[1:-1])) if len(base) > 2 else _EMPTY
        )
        whole = whole[(kept.key[whole] & 3) == 0]
        measure, _, _, _, form, _ = unpacked(kept.key[whole])
        whole = whole[form == 0]
        measure = measure[form == 0]
        names = (("numerator", "täljare"), ("denominator", "nämnare"))
        for name, word in names:
            values: Ints = getattr(kept, name)
            wrong = values[whole] != values[whole + 1] + values[whole + 2]
            if name == "denominator":
                wrong &= ~self.rules.shared[measure]
            for at in whole[wrong].tolist():
                if self.reading.faults.full:
                    self.reading.faults.more(1)
                    continue
                total, women, men = (int(v) for v in values[at : at + 3])
                self.reading.faults.add(
                    f"Totalens {word} är inte kvinnor + män: {self._told(int(kept.key[at]))}.",
                    f"Ange {plain_number(women + men)} ({plain_number(women)} + {plain_number(men)}), "
                    "eller rätta kvinnor och män.",
                    kept.row[at : at + 3].tolist(),
                    column=self.reading.heading(name),
                    value=plain_number(total),
                )
