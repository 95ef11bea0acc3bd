"""The examination: one look after another, each by itself, so that what is broken does not hide the rest."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping

from hsf_kpi.doctor import database, machine, packages
from hsf_kpi.doctor.finding import Finding, Level, fine, wrong
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.ingest.definitions.report_templates import read_templates
from hsf_kpi.ingest.published import read_published
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.problems import HsfError
from hsf_kpi.settings import Settings, read_settings
from hsf_kpi.store.definitions import overlay_at

_log = logging.getLogger(__name__)
_MOST = 5


def examine(environ: Mapping[str, str], now: dt.datetime, *, sums: bool = False) -> list[Finding]:
    """All findings, in the order looked. sums: also every sum, made anew beside (other writers wait meanwhile)."""
    found = [*_safely("Python", packages.python), *_safely("Paket", packages.packages)]
    settings: Settings | None = None
    try:
        settings = read_settings(environ)
    except HsfError as error:
        found += _told("Inställningar", error)
    if settings is None:
        return found
    read = settings
    found.append(fine("Inställningar", "alla går att använda."))
    found += _safely("Proxy", lambda: machine.proxy(read, environ))
    found += _safely("Port", lambda: machine.port(read))
    catalogue: list[Catalogue] = []
    found += _safely("Definitioner", lambda: _definitions(read, catalogue))
    found += _safely("Disk", lambda: machine.disk(read))
    found += _safely(
        "Databas", lambda: database.database(read, catalogue[0] if catalogue else None, now, sums=sums)
    )
    return found


def worst(found: Iterable[Finding]) -> Level:
    return max((one.level for one in found), default=Level.FINE)


def _definitions(settings: Settings, into: list[Catalogue]) -> Iterator[Finding]:
    try:
        loaded = overlay_at(settings.database_url)
    except HsfError:
        loaded = {}  # told of the database
    catalogue = read_catalogue(settings.data_dir, loaded)
    read_published(settings.data_dir, catalogue)
    templates = read_templates(settings.data_dir, catalogue.measures)
    into.append(catalogue)
    for problem in templates.problems:
        yield wrong("Definitioner", str(problem), "")
    yield fine(
        "Definitioner",
        f"{len(catalogue.organisation.units)} verksamheter, {len(catalogue.measures)} nyckeltal.",
    )


def _safely(area: str, look: Callable[[], Iterable[Finding]]) -> list[Finding]:
    found: list[Finding] = []
    try:
        for one in look():
            found.append(one)
    except HsfError as error:
        found += _told(area, error)
    except Exception as error:  # whatever it is, the rest is looked at too
        _log.debug("%s", area, exc_info=error)
        found.append(
            wrong(
                area,
                f"kunde inte undersökas ({type(error).__name__}).",
                "Rätta det som sägs ovan, och försök igen.",
            )
        )
    return found


def _told(area: str, error: HsfError) -> list[Finding]:
    shown = [
        wrong(area, f"{one.where}: {one.what}" if one.where else one.what, one.todo)
        for one in error.problems[:_MOST]
    ]
    if len(error.problems) > _MOST:
        shown.append(
            wrong(
                area,
                f"{len(error.problems) - _MOST} fel till.",
                "Kör python -m hsf_kpi check för att se alla.",
            )
        )
    return shown
