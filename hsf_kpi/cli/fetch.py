"""`fetch`: fetches public statistics into a file, and loads it where that is asked for."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from hsf_kpi import ROOT
from hsf_kpi.cli.common import open_workspace
from hsf_kpi.cli.load import load_files
from hsf_kpi.cli.loading import command_line_rights
from hsf_kpi.cli.progress import progress
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.ingest.kolada import Fetched, KoladaClient, KoladaError, KoladaRequest, fetch_kolada
from hsf_kpi.ingest.published import FIRST_YEAR, KOLADA, read_external, read_series
from hsf_kpi.model.event import Event
from hsf_kpi.model.problems import Problem
from hsf_kpi.settings import Settings, read_settings
from hsf_kpi.swedish.numbers import number

WORK = ROOT / "var" / "kolada"
"""Where pages are kept until all are there, and the file when nothing else is said."""


def add_to(commands: argparse._SubParsersAction) -> None:  # type: ignore[type-arg]
    top = commands.add_parser("fetch", help="hämta offentlig statistik")
    sources = top.add_subparsers(dest="source", required=True, metavar="KÄLLA", parser_class=type(top))
    told = "hämta nyckeltal per region och år från Kolada"
    command = sources.add_parser("kolada", help=told, description=told)
    command.add_argument(
        "--kpi", nargs="+", metavar="ID", help="nyckeltal (annars de i data/published/kolada_indicators.csv)"
    )
    command.add_argument(
        "--region", nargs="+", metavar="ID", help="regioner, 0000 är riket (annars de som följer med)"
    )
    command.add_argument("--from", dest="first", type=int, default=FIRST_YEAR, metavar="ÅÅÅÅ")
    command.add_argument("--to", dest="last", type=int, metavar="ÅÅÅÅ", help="sista året (annars i år)")
    command.add_argument("--out", metavar="FIL", help="filen som skrivs (annars i var/kolada/)")
    command.add_argument("--load", action="store_true", help="läs in filen när den är hämtad")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    settings = read_settings()
    request = request_of(options, settings)
    # Opened first: a database that is not there is told before the fetch, not after it.
    workspace = open_workspace() if options.load else None
    out = Path(options.out) if options.out else WORK / f"kolada-{request.first}-{request.last}.csv"
    fetched = fetched_from(settings.kolada_url, request, out)
    print(told(fetched))
    for note in fetched.notes:
        print(f"  {note}")
    if workspace is None:
        return 0
    detail = f"Kolada: {fetched.series} nyckeltal, {fetched.rows} värden"
    workspace.log(command_line_rights(workspace).identity, Event.FETCHED, detail)
    return load_files(workspace, [fetched.path], KOLADA)


def request_of(options: argparse.Namespace, settings: Settings) -> KoladaRequest:
    kpis = _ids(options.kpi) if options.kpi else list(read_series(settings.data_dir))
    regions = _ids(options.region) if options.region else _shipped_regions(settings.data_dir)
    return KoladaRequest.of(kpis, regions, options.first, options.last or dt.date.today().year)


def fetched_from(base: str, request: KoladaRequest, out: Path) -> Fetched:
    """KoladaError too when it is interrupted from the keyboard."""
    try:
        with KoladaClient(base) as client, progress() as tell:
            return fetch_kolada(client, request, work=WORK, out=out, tell=tell)
    except KeyboardInterrupt:
        raise KoladaError(
            Problem(
                "hämtningen avbröts.",
                "fetch kolada",
                "Kör kommandot igen: det som är hämtat finns kvar i ett dygn.",
            )
        ) from None


def told(fetched: Fetched) -> str:
    reused = f", varav kvar sedan förra gången: {fetched.reused}" if fetched.reused else ""
    return (
        f"Hämtat till {fetched.path}: {number(fetched.rows, 0)} värden, {fetched.first}–{fetched.last} "
        f"(nyckeltal: {fetched.series}, regioner: {fetched.regions}, sidor: {fetched.pages}{reused})."
    )


def _shipped_regions(folder: Path) -> Sequence[str]:
    return sorted({value.region_id for value in read_external(folder, read_catalogue(folder))})


def _ids(texts: Sequence[str]) -> Sequence[str]:
    """With spaces or commas between them."""
    return [one for text in texts for one in text.split(",") if one]
