"""What several commands share: opening the workspace, the selection options, and the output formats."""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from hsf_kpi.model.codes import OrgView, Sex
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.problems import NotFound, Problem
from hsf_kpi.model.scope import Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.settings import read_settings
from hsf_kpi.workspace import Workspace

FORMATS = ("table", "csv", "json")
Row = Mapping[str, str | int | float | None]


def add_selection(command: argparse.ArgumentParser) -> None:
    command.add_argument("--unit", required=True, metavar="ID", help="verksamhetens id, se kommandot units")
    command.add_argument(
        "--through", "--month", dest="through", required=True, metavar="ÅÅÅÅ-MM", help="till och med månaden"
    )
    command.add_argument(
        "--view",
        choices=[v.value for v in View],
        default=View.YTD.value,
        help="månad, ackumulerat, rullande 12",
    )
    command.add_argument(
        "--sex", choices=[s.value for s in Sex], default=Sex.ALL.value, help="alla, kvinnor, män"
    )
    command.add_argument(
        "--org",
        choices=[o.value for o in OrgView],
        default=OrgView.TODAY.value,
        help="dagens organisation, eller som den var",
    )
    command.add_argument("--format", choices=FORMATS, default="table")


def open_workspace() -> Workspace:
    return Workspace.open(read_settings())


def whole_scope(workspace: Workspace) -> Scope:
    """The command line is run by the one who holds the database's own key, and sees all of it."""
    return Scope.of(workspace.catalogue.organisation.units)


def read_selection(
    options: argparse.Namespace, workspace: Workspace, scope: Scope | None = None
) -> Selection:
    """The selection, or NotFound with every problem at once. scope: whose months there are; None for all of them."""
    problems = []
    if options.unit not in workspace.catalogue.organisation.units:
        problems.append(
            Problem(f"verksamheten ”{options.unit}” finns inte.", "--unit", "Se python -m hsf_kpi units.")
        )
    month = None
    try:
        month = read_month(
            options.through, workspace.months(whole_scope(workspace) if scope is None else scope)
        )
    except NotFound as error:
        problems += error.problems
    if problems or month is None:
        raise NotFound(problems)
    return Selection(options.unit, month, View(options.view), Sex(options.sex), OrgView(options.org))


def read_month(text: str, months: Sequence[Month]) -> Month:
    """What --through names. months: those there are, latest first. NotFound for another one, and for what is none."""
    try:
        month = Month.parse(text)
    except ValueError:
        raise NotFound(
            Problem(f"”{text}” är ingen månad.", "--through", "Skriv till exempel 2023-10.")
        ) from None
    if month not in months:
        span = f"{months[-1]} till {months[0]}" if months else "inga alls"
        raise NotFound(
            Problem(f"månaden {month} finns inte i databasen.", "--through", f"Månaderna som finns: {span}.")
        )
    return month


def plain_number(value: Fraction | Decimal | None, decimals: int = 4) -> float | None:
    """A number for machines: point, no thousands separator, rounded only to drop the tail of a division."""
    if value is None:
        return None
    return round(float(value), decimals) + 0.0


def write(rows: Iterable[Row], columns: Sequence[str], form: str) -> None:
    """Prints rows as CSV (comma, point, UTF-8 without BOM), JSON or an aligned table."""
    rows = list(rows)
    if form == "json":
        print(json.dumps([dict(r) for r in rows], ensure_ascii=False, indent=2))
    elif form == "csv":
        out = io.StringIO()
        writer = csv.DictWriter(out, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        sys.stdout.write(out.getvalue())
    else:
        _write_table(rows, columns)


def _write_table(rows: Sequence[Row], columns: Sequence[str]) -> None:
    cells = [[_cell(row.get(name)) for name in columns] for row in rows]
    widths = [max([len(name), *(len(row[i]) for row in cells)]) for i, name in enumerate(columns)]
    for line in (list(columns), *cells):
        print("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip())


def _cell(value: str | int | float | None) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.10g}"
    return str(value)
