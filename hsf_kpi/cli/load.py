"""`load`: loads files, each in one transaction of its own; none when any of them has a fault."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from hsf_kpi.access.rights import Rights
from hsf_kpi.cli.common import open_workspace
from hsf_kpi.cli.loading import (
    add_reading,
    checked_file,
    command_line_rights,
    file_of,
    refusals,
    rows_text,
    seen,
    tell_wrong,
    told_already,
)
from hsf_kpi.cli.preview import preview_lines
from hsf_kpi.cli.progress import progress
from hsf_kpi.loading import Checked, Loading, loading_of
from hsf_kpi.model.problems import DataError, HsfError, Problem
from hsf_kpi.workspace import Workspace


def add_to(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    command = commands.add_parser("load", help="läs in filer, efter kontroll")
    command.add_argument("files", nargs="+", metavar="FIL", help="CSV eller Excel (xlsx)")
    add_reading(command, required=True)
    command.add_argument("--yes", action="store_true", help="fråga inte; utan terminal frågas aldrig")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    paths = _files(options.files)
    return load_files(open_workspace(), paths, options.profile, options.sheet, ask=not options.yes)


def load_files(
    workspace: Workspace, paths: Sequence[Path], key: str, sheet: str = "", *, ask: bool = False
) -> int:
    """Checks all the files before any is loaded. The exit code."""
    loading, rights = loading_of(workspace), command_line_rights(workspace)
    files = [(path, checked_file(loading, rights, path, key, sheet)) for path in paths]
    wrong = [line for _, checked in files for line in refusals(checked)]
    if wrong:
        return tell_wrong(wrong)
    loaded = 0
    for path, first in files:
        # What was loaded just now may change what the next file would change.
        checked = checked_file(loading, rights, path, key, sheet) if loaded else first
        wrong = list(refusals(checked))
        if wrong:
            return tell_wrong([*wrong, f"{loaded} av {len(files)} filer är inlästa."])
        if checked.already is not None:
            print(told_already(checked, checked.already))
            continue
        for line in preview_lines(checked, workspace.catalogue):
            print(line, flush=True)
        if ask and sys.stdin.isatty() and not _wanted(checked.name):
            print(seen(f"{checked.name} är inte inläst."))
            continue
        _load(loading, rights, checked)
        loaded += 1
    return 0


def _load(loading: Loading, rights: Rights, checked: Checked) -> None:
    try:
        with progress() as tell:
            load = loading.load(rights, checked, tell=tell)
    except KeyboardInterrupt:
        raise HsfError(
            Problem("inläsningen avbröts.", checked.name, "Se python -m hsf_kpi loads vad som är inläst.")
        ) from None
    print(
        seen(
            f"{checked.name} är inläst: {rows_text(load.rows)}, inläsning {load.number}. "
            f"Ångra med: python -m hsf_kpi undo {load.number}"
        )
    )


def _files(texts: Sequence[str]) -> list[Path]:
    """DataError with every one that is no file."""
    paths: list[Path] = []
    problems: list[Problem] = []
    for text in texts:
        try:
            paths.append(file_of(text))
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    return paths


def _wanted(name: str) -> bool:
    try:
        return input(seen(f"Läsa in {name}? [j/N] ")).strip().casefold() in ("j", "ja", "y", "yes")
    except (EOFError, KeyboardInterrupt):
        print()
        return False
