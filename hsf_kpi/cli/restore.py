"""`restore`: stands up again from a backup."""

from __future__ import annotations

import argparse
from pathlib import Path

from hsf_kpi.backup.restore import restore
from hsf_kpi.settings import read_settings
from hsf_kpi.swedish.numbers import number


def add_to(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    command = commands.add_parser("restore", help="återställ databasen från en säkerhetskopia")
    command.add_argument("path", metavar="FIL", help="en säkerhetskopia som kommandot backup har gjort")
    command.add_argument(
        "--replace", action="store_true", help="ersätt det som finns i databasen; stoppa servern först"
    )
    command.add_argument(
        "--definitions", metavar="MAPP", help="skriv också kopians definitioner till en ny mapp"
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    done = restore(
        read_settings(),
        Path(options.path),
        replace=options.replace,
        definitions=Path(options.definitions) if options.definitions else None,
        tell=lambda told: print(told, flush=True),
    )
    told = done.manifest
    print(
        f"Databasen är återställd: {number(told.rows, 0)} rader i {len(told.tables)} tabeller, som den var {told.at} "
        f"(dataversion {told.data_version}, senaste månad {told.latest or 'saknas'}). Alla loggar in på nytt."
    )
    print(
        f"OBS! Också konton, roller och åtkomstnycklar är som de var {told.at}: stäng av dem som har stängts av efter det, "
        "på sidan Användare och logg."
    )
    if done.written is not None:
        print(f"Kopians definitioner ligger i {done.written}.")
    if not done.same_definitions:
        print(
            "OBS! Definitionerna i mappen är inte de som kopian togs med. Vid start räknas uppgifterna om efter dem, och "
            "en demodatabas i SQLite byggs om från början. Ska kopians gälla: återställ med --definitions MAPP och sätt "
            "HSF_KPI_DATA_DIR till den mappen."
        )
    return 0
