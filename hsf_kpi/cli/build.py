"""`build`: creates the database, or brings it up to date with the definitions."""

from __future__ import annotations

import argparse

from hsf_kpi.build import bring_up_to_date
from hsf_kpi.settings import read_settings


def add_to(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    command = commands.add_parser("build", help="skapa databasen, eller uppdatera den efter definitionerna")
    command.set_defaults(run=run)


def run(_options: argparse.Namespace) -> int:
    print(bring_up_to_date(read_settings(), tell=print))
    return 0
