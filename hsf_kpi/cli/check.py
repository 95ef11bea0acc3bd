"""`check`: reads the definitions and the published figures, and says what is wrong with it. Changes nothing."""

from __future__ import annotations

import argparse
from pathlib import Path

from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.ingest.published import read_published
from hsf_kpi.settings import read_settings


def add_to(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    command = commands.add_parser("check", help="kontrollera definitionerna i data/")
    command.add_argument(
        "folder", nargs="?", metavar="MAPP", help="mappen med definitionerna (annars den inställda)"
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    folder = Path(options.folder) if options.folder else read_settings().data_dir
    catalogue = read_catalogue(folder)
    published = read_published(folder, catalogue)
    rows = sum(1 for _ in catalogue.plan_rows())
    print(
        f"Definitionerna är i ordning: {len(catalogue.organisation.units)} verksamheter, "
        f"{len(catalogue.measures)} nyckeltal, varav {rows} rader med målvärde, "
        f"{len(published)} publicerade utfall."
    )
    return 0
