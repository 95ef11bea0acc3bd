"""`backup`: one file that holds all that is needed to stand up again."""

from __future__ import annotations

import argparse
from pathlib import Path

from hsf_kpi.backup.make import back_up
from hsf_kpi.settings import read_settings
from hsf_kpi.swedish.numbers import number


def add_to(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    command = commands.add_parser("backup", help="ta en säkerhetskopia av databasen och definitionerna")
    command.add_argument(
        "path",
        nargs="?",
        default=".",
        metavar="FIL",
        help="filen som ska göras, eller en mapp där den får dagens namn (annars mappen där kommandot körs)",
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    made = back_up(read_settings(), Path(options.path))
    told = made.manifest
    print(
        f"Säkerhetskopian är klar: {made.path} ({number(-(-made.size // 1024), 0)} kB, {number(told.rows, 0)} rader i "
        f"{len(told.tables)} tabeller, {len(told.definitions)} definitionsfiler, dataversion {told.data_version})."
    )
    print(
        "Den innehåller allt, också lösenordens kontrollsummor: bara den som sköter tjänsten ska kunna läsa den. "
        "Inloggningar och inställningarnas hemligheter är inte med."
    )
    if not made.logged:
        print("Loggen kunde inte skrivas: den säger inte att kopian har tagits.")
    return 0
