"""What the commands about loads share: the rights of the command line, checking a file, and how its faults are told."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from hsf_kpi.access.identity import Identity
from hsf_kpi.access.rights import Rights, rights_of
from hsf_kpi.cli.progress import progress
from hsf_kpi.loading import Checked, Loading
from hsf_kpi.model.incoming import Fault
from hsf_kpi.model.load import Load
from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.model.role import Extent, Grant, Permission, Role
from hsf_kpi.swedish.dates import date_text, month_text
from hsf_kpi.swedish.numbers import SPACE, number
from hsf_kpi.workspace import Workspace

BY: Final = "kommandoraden"
"""In the log of loads, and in the audit log."""
_ROLE: Final = Role(BY, "Kommandoraden", "Ser och får göra allt.", Extent.EVERYTHING, frozenset(Permission))


def command_line_rights(workspace: Workspace) -> Rights:
    """The command line is run by the one who holds the database's own key, and may do all of it."""
    rule = replace(workspace.rule(), roles={_ROLE.id: _ROLE})
    return rights_of(Identity(BY, _ROLE.title, (Grant(_ROLE.id),)), rule, dt.date.today())


def add_reading(command: argparse.ArgumentParser, *, required: bool) -> None:
    command.add_argument(
        "--profile", required=required, metavar="PROFIL", help="hur filen är ordnad, se kommandot profiles"
    )
    command.add_argument("--sheet", default="", metavar="BLAD", help="bladet i en Excelfil med flera blad")


def file_of(text: str) -> Path:
    """DataError unless it is a file."""
    path = Path(text)
    if not path.is_file():
        raise DataError(Problem("Filen finns inte.", text, "Kontrollera sökvägen."))
    return path


def checked_file(loading: Loading, rights: Rights, path: Path, key: str, sheet: str = "") -> Checked:
    with progress() as tell:
        return loading.check(rights, path, path.name, key, sheet=sheet, tell=tell)


def refusals(checked: Checked) -> tuple[str, ...]:
    """What stands in the way of loading it, one line each; () where nothing does."""
    lines = [_fault_line(checked.name, fault) for fault in checked.faults]
    if checked.faults:
        faults, rows = len(checked.faults), sum(_rows(fault) for fault in checked.faults)
        where = f" på {rows_text(rows)}" if rows else ""
        lines.append(f"{checked.name}: {number(faults, 0)} fel{where}. Ingenting är ändrat.")
    if checked.released:
        months = ", ".join(month_text(month) for month in checked.released[:12])
        more = f" och {len(checked.released) - 12} till" if len(checked.released) > 12 else ""
        lines.append(
            f"{checked.name}: Filen ändrar månader som är frisläppta ({months}{more}). "
            "Öppna dem igen först. Ingenting är ändrat."
        )
    return tuple(map(seen, lines))


def told_already(checked: Checked, load: Load) -> str:
    return seen(
        f"{checked.name} är redan inläst (inläsning {load.number}, {date_text(load.at.date())}, av {load.by}). "
        "Ingenting är ändrat."
    )


def tell_wrong(lines: Sequence[str]) -> int:
    """Writes them on stderr. The exit code."""
    for line in lines:
        print(line, file=sys.stderr)
    return 2


def rows_text(rows: int) -> str:
    return f"{number(rows, 0)} {'rad' if rows == 1 else 'rader'}"


def seen(text: str) -> str:
    """Text of a file as it may be shown on a terminal: what moves the cursor or changes colours is a dot."""
    return "".join(sign if sign.isprintable() or sign == SPACE else "·" for sign in text)


def _fault_line(name: str, fault: Fault) -> str:
    return str(fault.problem(name))


def _rows(fault: Fault) -> int:
    return max(fault.count, len(fault.rows))
