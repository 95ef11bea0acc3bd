"""A first guess at a profile, from a sample's headings and values, for a person to correct."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Final

from hsf_kpi.ingest.files.findings import Findings
from hsf_kpi.ingest.files.periods import parse_cell_day, parse_cell_month, parse_cell_period
from hsf_kpi.ingest.files.table import Cell, FileTable
from hsf_kpi.ingest.files.values import parse_cell_number, parse_cell_sex
from hsf_kpi.ingest.files.wording import plain
from hsf_kpi.ingest.profiles.check import NEEDED
from hsf_kpi.ingest.rows.cells import text_of
from hsf_kpi.ingest.rows.names import account_names, measure_names, unit_names
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.incoming import FileRefused, Holds
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.profile import FIELDS, Column, Decimals, Profile, UnitKey, WideColumn

KEY: Final = "ny-profil"
_ROWS = 200
_MOST = 0.8
"""So large a part of the values must be readable as what the field holds."""
_HALF = 0.5
"""And so large a part below a heading that says it."""
_ALIKE = 0.85
_WORDS: Final[Mapping[str, str]] = {
    "measure": "indikator nyckeltal mått kpi variabel",
    "unit": "verksamhet enhet klinik organisation organisationsenhet kostnadsställe kst ansvar hsa-id hsaid avdelning",
    "period": "period månad datum tid årmånad år-månad mätperiod redovisningsperiod",
    "year": "år year",
    "month": "månad mån month",
    "sex": "kön könstillhörighet sex",
    "numerator": "täljare antal utfall frånvarotimmar timmar",
    "denominator": "nämnare totalt antal_totalt population tidsunderlag",
    "ready": "värde index resultat andel medelvärde",
    "account": "konto kontoklass kontonr kontonummer kostnadsslag",
    "kind": "slag typ budget/utfall",
    "amount": "belopp summa utfall kronor kr saldo",
    "counterpart": "motpart motpartskod",
    "project": "projekt uppdragsprojekt",
    "cost_centre": "kostnadsställe kst",
    "made": "lämnad prognosdatum datum",
    "author": "ansvarig upprättad_av",
    "value": "värde value",
    "series": "kolada_id kpi nyckeltal serie",
    "region_id": "municipality_id kommunkod regionkod",
    "region": "region kommun",
}
"""What columns are often called, one word each; a name with a space is written with _."""


def suggest_profile(table: FileTable, catalogue: Catalogue, holds: Holds) -> Profile:
    """The fields whose columns can be told by their heading or their values; the rest is left out, so the profile may lack
    what it needs. Reads the first rows only.
    """
    return _Guess(table, catalogue, holds).profile()


class _Guess:
    def __init__(self, table: FileTable, catalogue: Catalogue, holds: Holds) -> None:
        self.table, self.catalogue, self.holds = table, catalogue, holds
        self.values = _first_values(table)
        self.taken: dict[str, int] = {}

    def profile(self) -> Profile:
        self._by_heading()
        self._by_values()
        units_by = self._units_by()
        columns = tuple(
            Column(field, (self.table.header[at],), required=self._needed(field))
            for field, at in sorted(
                self.taken.items(), key=lambda item: list(FIELDS[self.holds]).index(item[0])
            )
        )
        wide = self._wide()
        if wide:
            columns = tuple(
                c for c in columns if c.field not in ("measure", "numerator", "denominator", "ready")
            )
        return Profile(
            key=KEY, title="Ny profil", system="Okänt system", holds=self.holds, columns=columns, wide=wide,
            units_by=units_by, sheet=self.table.sheet if len(self.table.sheets) > 1 else "",
        )  # fmt: skip

    def _by_heading(self) -> None:
        headings = [plain(heading) for heading in self.table.header]
        fields = FIELDS[self.holds]
        for field, title in fields.items():
            for wanted in (plain(title), *map(_spaced, _WORDS.get(field, "").split())):
                if wanted in headings and self._fits(field, headings.index(wanted)):
                    self._take(field, headings.index(wanted))
        for field, title in fields.items():
            near = difflib.get_close_matches(plain(title), [h for h in headings if h], n=1, cutoff=_ALIKE)
            if near and self._fits(field, headings.index(near[0])):
                self._take(field, headings.index(near[0]))
        # A month that has its year with it is a period, and needs no year beside it.
        if "period" in self.taken:
            for field in ("year", "month"):
                if (field,) not in [
                    names for group in NEEDED[self.holds] for names in group if len(group) == 1
                ]:
                    self.taken.pop(field, None)

    def _by_values(self) -> None:
        for field in FIELDS[self.holds]:
            if field in self.taken or field not in self._tests() or field in ("year", "month"):
                continue
            for at in range(len(self.table.header)):
                if at not in self.taken.values() and self._share(at, self._tests()[field]) >= _MOST:
                    self._take(field, at)
                    break

    def _tests(self) -> Mapping[str, Callable[[Cell], object]]:
        """Fields that can be told by their values alone."""
        measures = measure_names(self._bare(UnitKey.ID), self.catalogue)
        accounts = account_names(self._bare(UnitKey.ID), self.catalogue)
        return {
            "unit": lambda cell: any(self._known_unit(key, cell) for key in UnitKey),
            "measure": lambda cell: measures.find(text_of(cell)),
            "account": lambda cell: accounts.find(text_of(cell)),
            "period": parse_cell_period,
            "sex": parse_cell_sex,
            "made": parse_cell_day,
        }

    def _fits(self, field: str, at: int) -> bool:
        """Whether the values can be of the field at all: a heading says less than what stands below it."""
        tests: dict[str, Callable[[Cell], object]] = {
            "period": parse_cell_period, "start": parse_cell_month, "sex": parse_cell_sex, "made": parse_cell_day,
            **dict.fromkeys(("numerator", "denominator", "ready", "amount", "value", "persons", "expected"), _is_number),
        }  # fmt: skip
        return field not in tests or not self.values[at] or self._share(at, tests[field]) >= _HALF

    def _take(self, field: str, at: int) -> None:
        if field not in self.taken and at not in self.taken.values():
            self.taken[field] = at

    def _share(self, at: int, test: Callable[[Cell], object]) -> float:
        values = self.values[at]
        return sum(bool(test(value)) for value in values) / len(values) if values else 0.0

    def _units_by(self) -> UnitKey:
        at = self.taken.get("unit")
        if at is None:
            return UnitKey.ID
        return max(UnitKey, key=lambda key: self._share(at, partial(self._known_unit, key)))

    def _known_unit(self, key: UnitKey, cell: Cell) -> bool:
        return bool(unit_names(self._bare(key), self.catalogue, None).find(text_of(cell)))

    def _bare(self, key: UnitKey) -> Profile:
        return Profile(KEY, KEY, KEY, self.holds, units_by=key)

    def _needed(self, field: str) -> bool:
        return any(group == ((field,),) for group in NEEDED[self.holds])

    def _wide(self) -> tuple[WideColumn, ...]:
        """Columns of numbers that are called as a nyckeltal, where none says which nyckeltal a row is of."""
        if self.holds is not Holds.OBSERVATIONS or "measure" in self.taken:
            return ()
        names = measure_names(self._bare(UnitKey.ID), self.catalogue)
        found = {}
        for at, heading in enumerate(self.table.header):
            key = names.find(heading)
            if key and key not in found and self._share(at, _is_number) >= _MOST:
                found[key] = WideColumn(heading, key, _component(self.catalogue.measures[key]))
        return tuple(found.values())


def _component(measure: Measure) -> str:
    """What one number of a measure is: its value where it can't be made from one part."""
    return (
        "ready"
        if measure.aggregation.has_denominator or not measure.aggregation.sums_over_units
        else "numerator"
    )


def _is_number(cell: Cell) -> bool:
    return any(parse_cell_number(cell, way) is not None for way in (Decimals.COMMA, Decimals.POINT))


def _spaced(word: str) -> str:
    return plain(word.replace("_", " ")) if word not in ("kolada_id", "municipality_id") else word


def _first_values(table: FileTable) -> Sequence[tuple[Cell, ...]]:
    """The distinct cells of each column in the first rows."""

    def lines() -> Iterator[tuple[Cell, ...]]:
        try:
            yield from (line.cells for line in islice(table.lines(Findings(table.name)), _ROWS))
        except FileRefused:
            # What is wrong with the file is told when it is checked.
            return

    columns = list(zip(*lines(), strict=True)) or [()] * len(table.header)
    return [tuple(dict.fromkeys(cell for cell in column if cell is not None)) for column in columns]
