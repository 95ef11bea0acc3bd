"""A table of the plan as it is printed, digit by digit, with computed sums beside printed ones where they differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from hsf_kpi.figures.captions import sentences
from hsf_kpi.figures.economy.cells import as_sum
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.figures.shape import unique
from hsf_kpi.model.catalogue import SourceError
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.plan_table import Basis, ColumnKind, PlanDifference, PlanRow, PlanTable, PlanTotal
from hsf_kpi.swedish.numbers import number, places

_UNIT: Mapping[ColumnKind, str] = {
    ColumnKind.MNKR: "mnkr",
    ColumnKind.TKR: "tkr",
    ColumnKind.PERCENT: "procent",
}
BY_ROWS, BY_RAM = "Beräknad summa av raderna", "Enligt ramarna"
_VARAV = "varav "


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the figure; kind: «rad», «tryckt summa» or «beräknad summa»."""

    name: str
    kind: str
    amounts: Mapping[str, Decimal | None]
    texts: Mapping[str, str]


def plan_table_figure(table: PlanTable, *, context: Context, errors: Mapping[str, SourceError]) -> Figure:
    """errors: id → known error of the sources. The context is that of the page; the table's own years replace its period."""
    columns: list[Column] = [Column("name", "Post", Role.LABEL), Column("kind", "Slag av rad", Role.NOTE)]
    shown, file = ["name"], ["name", "kind"]
    for column in table.columns:
        shown.append(f"{column.id}_text")
        columns.append(Column(f"{column.id}_text", column.title, Role.TEXT))
        file.append(f"{column.id}_text" if not column.kind.is_amount else column.id)
        if column.kind.is_amount:
            columns.append(Column(column.id, f"{column.title} ({_UNIT[column.kind]})", Role.OUTCOME))
    differences = table.differences()
    own = replace(context, period=_years(table) or context.period, view="", state="")
    return Figure(
        kind=FigureKind.TABLE,
        slug=f"plan-{table.id}",
        title=fitting(_titles(table, differences)),
        caption=f"{table.title}{_units(table)}. {table.source}, med planens siffror.",
        context=own,
        columns=tuple(columns),
        rows=tuple(_row(line, table) for line in _lines(table, differences)),
        sentence=f"Tabell ur planen med {how_many(len(table.rows))} rader: {table.title}.",
        source=f"Källa: {table.source}.",
        origins=frozenset({Origin.PUBLISHED}),
        help=sentences(table.note, *_explained(table, differences, errors)),
        empty="" if table.rows else "Planen har inga rader i den här tabellen.",
        options={"shown": ",".join(shown), "file": ",".join(file)},
    )


def printed(amount: Decimal | None) -> str:
    """A number as the plan prints it, with its own decimals; "" where it prints none."""
    return "" if amount is None else number(amount, places(amount))


def _lines(table: PlanTable, differences: tuple[PlanDifference, ...]) -> Iterator[_Line]:
    """The rows in the printed order, then each total, the rows that are told within it, and what it should have been."""
    totals = {total.id for total in table.totals}
    for row in table.rows:
        if row.part_of not in totals:
            yield _plain(row)
    for total in table.totals:
        yield _Line(total.name, "tryckt summa", total.printed, {})
        yield from (_plain(row) for row in table.rows if row.part_of == total.id)
        yield from _computed(table, total, [one for one in differences if one.total == total.id])


def _plain(row: PlanRow) -> _Line:
    apart = row.part_of is not None and not row.name.lower().startswith(_VARAV)
    return _Line(f"{_VARAV}{row.name}" if apart else row.name, "rad", row.amounts, row.texts)


def _computed(table: PlanTable, total: PlanTotal, differences: list[PlanDifference]) -> Iterator[_Line]:
    """The computed sum where it differs from the printed one or where none is printed, and what the ramar say."""
    none_printed = all(amount is None for amount in total.printed.values())
    if none_printed or any(one.basis is Basis.ROWS for one in differences):
        yield _Line(BY_ROWS, "beräknad summa", table.computed(total.id), {})
    if any(one.basis is Basis.RAM for one in differences):
        yield _Line(BY_RAM, "beräknad summa", total.by_ram, {})


def _row(line: _Line, table: PlanTable) -> tuple[Value, ...]:
    cells: list[Value] = [line.name, line.kind]
    is_sum = line.kind != "rad"
    for column in table.columns:
        if not column.kind.is_amount:
            cells.append(line.texts.get(column.id, ""))
            continue
        amount = line.amounts.get(column.id)
        cells.append(as_sum(printed(amount)) if is_sum else printed(amount))
        cells.append(None if amount is None else float(amount))
    return tuple(cells)


def _titles(table: PlanTable, differences: tuple[PlanDifference, ...]) -> Iterator[str]:
    start = f"{table.title}{',' if ':' in table.title else ':'}"
    if differences:
        count = len({(one.total, one.column) for one in differences})
        said = "en summa stämmer inte" if count == 1 else f"{how_many(count)} summor stämmer inte"
        yield f"{start} {said} med det beräknade"
        yield f"{start} {said}"
        yield f"{said[:1].upper()}{said[1:]} med det beräknade"
    elif any(amount is not None for total in table.totals for amount in total.printed.values()):
        yield f"{start} raderna summerar till planens summa"
        yield f"{start} summan stämmer"
        yield "Raderna summerar till planens summa"
    else:
        yield f"Planen anger {table.title[:1].lower()}{table.title[1:]}"
        yield f"Planen anger {how_many(len(table.rows))} poster"


def _units(table: PlanTable) -> str:
    units = unique(_UNIT[column.kind] for column in table.columns if column.kind.is_amount)
    return f", {' och '.join(units)}" if units else ""


def _years(table: PlanTable) -> str:
    """«2022–2025», from the columns, else from the title; "" without a year."""
    years = [str(column.year) for column in table.columns if column.year is not None]
    years = sorted(years or re.findall(r"\b20\d\d\b", table.title))
    return "" if not years else years[0] if years[0] == years[-1] else f"{years[0]}–{years[-1]}"


def _told(table: PlanTable, one: PlanDifference) -> str:
    """«Summa förändring 2023: planen trycker 507,6; ramarna ger 507,5.»"""
    total = next(total for total in table.totals if total.id == one.total)
    column = next(column for column in table.columns if column.id == one.column)
    has_printed = total.printed.get(one.column) is not None
    stated = (
        f"planen trycker {printed(one.stated)}"
        if has_printed
        else f"raderna summerar till {printed(one.stated)}"
    )
    held = "raderna summerar till" if one.basis is Basis.ROWS else "ramarna ger"
    return f"{total.name}, {column.title}: {stated}; {held} {printed(one.expected)}."


def _explained(
    table: PlanTable, differences: tuple[PlanDifference, ...], errors: Mapping[str, SourceError]
) -> list[str]:
    """Each difference in words, and after those of one sum how it is handled."""
    said: list[str] = []
    for at, one in enumerate(differences):
        said.append(_told(table, one))
        after = differences[at + 1 : at + 2]
        if not after or (after[0].total, after[0].column) != (one.total, one.column):
            said += [errors[key].handling for key in one.source_errors if key in errors]
    return unique(said)
