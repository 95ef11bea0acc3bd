"""`check`: reads the definitions and the published figures, or a file that is to be loaded, and says what is wrong. Changes
nothing.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from hsf_kpi.cli.check_file import check_file
from hsf_kpi.cli.loading import add_reading
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.ingest.definitions.report_templates import read_templates
from hsf_kpi.ingest.published import read_published
from hsf_kpi.model.problems import DefinitionError
from hsf_kpi.settings import read_settings
from hsf_kpi.store.definitions import overlay_at


def add_to(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    command = commands.add_parser(
        "check", help="kontrollera definitionerna i data/, eller en fil innan den läses in"
    )
    command.add_argument(
        "path",
        nargs="?",
        metavar="FIL",
        help="filen som ska läsas in, eller mappen med definitionerna (annars den inställda)",
    )
    add_reading(command, required=False)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """A folder that is named is read by itself, the one of the settings with what has been loaded into the database."""
    if options.profile or (options.path and Path(options.path).is_file()):
        return check_file(options)
    if options.path:
        folder, loaded = Path(options.path), {}
    else:
        settings = read_settings()
        folder, loaded = settings.data_dir, overlay_at(settings.database_url)
    catalogue = read_catalogue(folder, loaded)
    published = read_published(folder, catalogue)
    templates = read_templates(folder, catalogue.measures)
    if templates.problems:
        raise DefinitionError(templates.problems)
    rows = sum(1 for _ in catalogue.plan_rows())
    also = f" Inlästa filer räknas in: {', '.join(sorted(loaded))}." if loaded else ""
    print(
        f"Definitionerna är i ordning: {len(catalogue.organisation.units)} verksamheter, "
        f"{len(catalogue.measures)} nyckeltal, varav {rows} rader med målvärde, "
        f"{len(published)} publicerade utfall, {len(templates.templates)} rapportmallar.{also}"
    )
    return 0
