"""The plan's tables (economy/ID.toml), made of what was read, and their sums held against the known errors.

Amounts that stand in organisation.toml too (the ramar) are taken from there, so that they are written once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from hsf_kpi.ingest.definitions.plan_tables_check import check_fields
from hsf_kpi.ingest.definitions.plan_tables_shapes import PlanTableShape
from hsf_kpi.ingest.definitions.ramar import Ramar
from hsf_kpi.ingest.definitions.shapes import SourceErrorShape
from hsf_kpi.model.plan_table import (
    Basis,
    ColumnKind,
    PlanColumn,
    PlanDifference,
    PlanRow,
    PlanTable,
    PlanTotal,
)
from hsf_kpi.model.problems import Problem


def build_plan_table(shape: PlanTableShape, ramar: Ramar) -> PlanTable:
    """The table with the ramar filled in. Whether it holds together: see `check_plan_table`."""
    columns = tuple(PlanColumn(c.id, c.title, c.kind, c.year) for c in shape.column)
    # Ramar are in mnkr, and nothing else is compared with them.
    years = {c.id: c.year for c in columns if c.year is not None and c.kind is ColumnKind.MNKR}

    def frame(unit: str | None, part: str = "") -> Mapping[str, Decimal | None]:
        known = ramar.years(unit or "", part)
        return {column: known.get(year) for column, year in years.items()}

    def change(unit: str | None) -> Mapping[str, Decimal]:
        known = ramar.years(unit or "")
        return {c: known[y] - known[y - 1] for c, y in years.items() if y in known and y - 1 in known}

    rows = tuple(
        PlanRow(
            id=row.id,
            name=row.name,
            amounts=frame(row.unit, row.ram_part) if row.ram else dict(row.amounts),
            texts=dict(row.texts),
            unit=row.unit,
            part_of=row.part_of,
        )
        for row in shape.row
    )
    totals = tuple(
        PlanTotal(
            id=total.id,
            name=total.name,
            printed=frame(total.unit) if total.ram else dict(total.printed),
            by_ram=change(total.change_of_ram),
            source_errors={column: tuple(ids) for column, ids in total.source_errors.items()},
        )
        for total in shape.total
    )
    return PlanTable(shape.id, shape.title, shape.section, columns, rows, totals, shape.source, shape.note)


def check_plan_table(
    shape: PlanTableShape,
    file: str,
    *,
    ramar: Ramar | None,
    source_errors: Mapping[str, SourceErrorShape] | None,
) -> list[Problem]:
    """Everything that is wrong with one table. Nothing is looked up in files that could not be read (None).

    A sum that does not add up is either a slip of ours or a known error of the plan's: it must be registered.
    """
    problems = check_fields(shape, file, ramar)
    if not problems and ramar is not None and source_errors is not None:
        problems += _check_differences(build_plan_table(shape, ramar), file, source_errors)
    return problems


def _check_differences(
    table: PlanTable, file: str, errors: Mapping[str, SourceErrorShape]
) -> Iterator[Problem]:
    differences = table.differences()
    for difference in differences:
        if not any(_explains(errors.get(error), difference) for error in difference.source_errors):
            said = "raderna ger" if difference.basis is Basis.ROWS else "ramarna ger"
            yield Problem(
                f"Summan är {difference.stated} men {said} {difference.expected}.",
                f"{file}: total[{difference.total}].printed.{difference.column}",
                "Rätta beloppen. Är planen fel: lägg in felet i source_errors.toml och ange dess id i source_errors.",
            )
    for total in table.totals:
        for column, ids in total.source_errors.items():
            own = [d for d in differences if (d.total, d.column) == (total.id, column)]
            for error in ids:
                where = f"{file}: total[{total.id}].source_errors.{column}"
                if error not in errors:
                    yield Problem(
                        f"Källfelet ”{error}” finns inte.", where, "Ange ett id från source_errors.toml."
                    )
                elif not any(_explains(errors[error], d) for d in own):
                    yield Problem(
                        f"Källfelet ”{error}” svarar inte mot någon skillnad i kolumnen.",
                        where,
                        "Ta bort id:t, eller rätta beloppen här eller i source_errors.toml.",
                    )


def _explains(error: SourceErrorShape | None, difference: PlanDifference) -> bool:
    return error is not None and (error.printed_value, error.expected_value) == (
        difference.stated,
        difference.expected,
    )
