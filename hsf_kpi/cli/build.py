"""`build`: creates the database, or brings it up to date with the definitions."""

from __future__ import annotations

import argparse

from hsf_kpi.build import bring_up_to_date
from hsf_kpi.cli.sign_in import refuse_demo_sign_in
from hsf_kpi.settings import read_settings


def add_to(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    command = commands.add_parser("build", help="skapa databasen, eller uppdatera den efter definitionerna")
    command.set_defaults(run=run)


def run(_options: argparse.Namespace) -> int:
    settings = read_settings()
    refuse_demo_sign_in(settings)
    print(bring_up_to_date(settings, tell=print))
    return 0
