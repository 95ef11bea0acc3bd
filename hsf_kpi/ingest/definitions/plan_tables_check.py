"""The fields of one table of the plan against each other: columns, rows, totals, units and ramar."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from hsf_kpi.ingest.definitions.plan_tables_shapes import PlanRowShape, PlanTableShape, PlanTotalShape
from hsf_kpi.ingest.definitions.ramar import Ramar
from hsf_kpi.ingest.definitions.words import told_twice
from hsf_kpi.model.plan_table import ColumnKind
from hsf_kpi.model.problems import Problem


def check_fields(shape: PlanTableShape, file: str, ramar: Ramar | None) -> list[Problem]:
    """Everything that is wrong with the table but its sums. Units and ramar are not looked up when `ramar` is None."""
    return list(_Check(shape, file, ramar).problems())


class _Check:
    def __init__(self, shape: PlanTableShape, file: str, ramar: Ramar | None) -> None:
        self.shape = shape
        self.file = file
        self.ramar = ramar
        self.kinds = {column.id: column.kind for column in shape.column}

    def problems(self) -> Iterator[Problem]:
        rows, totals = self.shape.row, self.shape.total
        yield from told_twice(self.file, "column", [c.id for c in self.shape.column])
        yield from told_twice(self.file, "row", [r.id for r in rows])
        # A row may name either as what it is part of, so they share their ids.
        named = [r.id for r in rows]
        yield from told_twice(self.file, "total", [*set(named), *(t.id for t in totals)])
        for column in self.shape.column:
            if column.year is not None and not column.kind.is_amount:
                yield Problem(
                    "En textkolumn har inget år.",
                    f"{self.file}: column[{column.id}].year",
                    "Ta bort fältet.",
                )
        for row in rows:
            yield from self._row(row, f"{self.file}: row[{row.id}]")
        for total in totals:
            yield from self._total(total, f"{self.file}: total[{total.id}]")
        yield from self._rings()

    def _rings(self) -> Iterator[Problem]:
        """Rows that are parts of each other would be in no sum at all."""
        whole = {row.id: row.part_of for row in self.shape.row}
        for row in whole:
            path, at = [row], whole[row]
            while at in whole and at not in path:
                path.append(at)
                at = whole[at]
            # Told once, at the first of its members. A row that is part of itself is told by itself.
            if at == row and len(path) > 1 and row == min(path, key=list(whole).index):
                yield Problem(
                    f"Raderna är delar av varandra: {' → '.join([*path, row])}.",
                    f"{self.file}: row[{row}].part_of",
                    "Ta bort part_of för någon av dem.",
                )

    def _row(self, row: PlanRowShape, where: str) -> Iterator[Problem]:
        amounts = {c for c, kind in self.kinds.items() if kind.is_amount}
        texts = set(self.kinds) - amounts
        yield from self._unit(row.unit, f"{where}.unit")
        yield from self._columns(row.texts, texts, f"{where}.texts")
        if row.ram:
            yield from self._frame(row.unit, row.ram_part, row.amounts, amounts, where, "amounts")
        else:
            yield from self._columns(row.amounts, amounts, f"{where}.amounts")
            if row.ram_part:
                yield Problem(
                    "Raden namnger en post men hämtar ingen ram.",
                    f"{where}.ram_part",
                    "Ange ram = true eller ta bort fältet.",
                )
        others = {r.id for r in self.shape.row} | {t.id for t in self.shape.total}
        if row.part_of is not None and row.part_of not in others - {row.id}:
            yield Problem(
                f"”{row.part_of}” är ingen annan rad eller summa i tabellen.",
                f"{where}.part_of",
                "Ange id för en [[row]] eller [[total]].",
            )

    def _total(self, total: PlanTotalShape, where: str) -> Iterator[Problem]:
        sums = {c for c, kind in self.kinds.items() if kind.sums}
        yield from self._unit(total.unit, f"{where}.unit")
        if total.ram:
            yield from self._frame(total.unit, "", total.printed, sums, where, "printed")
        else:
            yield from self._columns(total.printed, sums, f"{where}.printed")
        if total.change_of_ram is not None:
            yield from self._change(total.change_of_ram, f"{where}.change_of_ram")
        yield from self._columns(total.source_errors, sums, f"{where}.source_errors", all_needed=False)

    def _columns(
        self, given: Collection[str], known: Collection[str], where: str, *, all_needed: bool = True
    ) -> Iterator[Problem]:
        order = list(self.kinds)
        for column in sorted(set(known) - set(given), key=order.index) if all_needed else ():
            yield Problem(
                f"Kolumnen ”{column}” saknas.",
                f"{where}.{column}",
                'Ange värdet, eller "" där planen inte anger något.',
            )
        for column in given:
            if column not in known:
                what = "hör inte hit" if column in self.kinds else "finns inte"
                yield Problem(f"Kolumnen ”{column}” {what}.", f"{where}.{column}", "Rätta kolumnens id.")

    def _unit(self, unit: str | None, where: str) -> Iterator[Problem]:
        if unit is not None and self.ramar is not None and unit not in self.ramar.units:
            yield Problem(f"Verksamheten ”{unit}” finns inte.", where, "Ange ett id från organisation.toml.")

    def _frame(
        self,
        unit: str | None,
        part: str,
        given: Collection[str],
        columns: Collection[str],
        where: str,
        field_: str,
    ) -> Iterator[Problem]:
        """Amounts taken from the ram: of a unit, for columns in mnkr with a year, and not written here as well."""
        if given:
            yield Problem(
                "Beloppen står både här och i organisation.toml.",
                f"{where}.{field_}",
                "Ta bort beloppen här, eller ram = true.",
            )
        if unit is None:
            yield Problem("Ramen hör inte till någon verksamhet.", f"{where}.unit", "Ange verksamhetens id.")
            return
        for column in self.shape.column:
            if column.id in columns and (column.year is None or column.kind is not ColumnKind.MNKR):
                yield Problem(
                    f"Kolumnen ”{column.id}” kan inte hämtas ur ramen.",
                    f"{where}.ram",
                    "Ange kolumnens år och kind = ”mnkr”, eller skriv beloppen här.",
                )
            elif column.id in columns and column.year is not None:
                yield from self._known(unit, part, column.year, f"{where}.ram")

    def _change(self, unit: str, where: str) -> Iterator[Problem]:
        yield from self._unit(unit, where)
        years = [c.year for c in self.shape.column if c.year is not None and c.kind is ColumnKind.MNKR]
        if not years:
            yield Problem(
                "Ingen kolumn i mnkr har ett år.", where, "Ange kolumnernas år eller ta bort fältet."
            )
        for year in sorted({*years, *(year - 1 for year in years)}):
            yield from self._known(unit, "", year, where)

    def _known(self, unit: str, part: str, year: int, where: str) -> Iterator[Problem]:
        # An unknown unit is told by itself.
        if self.ramar is None or unit not in self.ramar.units or year in self.ramar.years(unit, part):
            return
        of = f"Posten ”{part}” hos ”{unit}”" if part else f"Verksamheten ”{unit}”"
        yield Problem(f"{of} har ingen ram för {year}.", where, "Lägg till ramen i organisation.toml.")
