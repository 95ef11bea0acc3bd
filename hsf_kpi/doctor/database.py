"""The database: reached, whole, of this version, with what should be in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from hsf_kpi.doctor.finding import Finding, fine, warning, wrong
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.settings import PREFIX, Settings
from hsf_kpi.store import examine, schema
from hsf_kpi.store.examine import Looked
from hsf_kpi.store.state import StoreState
from hsf_kpi.swedish.dates import moment_text, month_text

CLOCK: Final = dt.timedelta(minutes=5)
"""So far ahead of the clock something may have been written: two servers' clocks are never the same."""
BACKUP: Final = dt.timedelta(days=2)
_BUILD: Final = "Kör python -m hsf_kpi build."


def database(
    settings: Settings, catalogue: Catalogue | None, now: dt.datetime, *, sums: bool
) -> Iterator[Finding]:
    path = settings.sqlite_path
    if path is not None and not Path(path).is_file():
        yield wrong("Databas", f"filen {path} finns inte.", _BUILD)
        return
    with examine.opened(settings.database_url) as engine:
        looked = examine.look(engine, now.date())
        yield fine("Databas", f"{'SQLite' if looked.kind == 'sqlite' else 'PostgreSQL'} nås.")
        for fault in looked.faults:
            yield wrong("Databasens fil", f"{fault}.", "Återställ den senaste säkerhetskopian.")
        if not looked.faults and looked.kind == "sqlite":
            yield fine("Databasens fil", "hel, och alla rader pekar rätt.")
        yield from _version(looked)
        if looked.state is None:
            return
        yield from _content(settings, catalogue, looked.state)
        if looked.version != schema.VERSIONS[-1]:
            return
        yield from _people(settings, looked)
        yield from _times(settings, looked, now)
        if not looked.writable:
            yield wrong(
                "Rättigheter", "databasen går inte att skriva i.", "Ge tjänstens användare skrivrätt."
            )
        else:
            yield fine("Rättigheter", "databasen går att skriva i.")
        if sums and catalogue is not None:
            differ = examine.sums_that_differ(engine, catalogue)
            if differ:
                yield wrong(
                    "Summor", f"stämmer inte med underlaget: {', '.join(differ)}.",
                    "Återställ en säkerhetskopia, eller kontakta den som utvecklar programmet.",
                )  # fmt: skip
            else:
                yield fine("Summor", "alla verksamheters summor stämmer med en ny beräkning.")


def _version(looked: Looked) -> Iterator[Finding]:
    newest = schema.VERSIONS[-1]
    if looked.version is None or looked.state is None:
        yield wrong("Databas", "den är tom.", _BUILD)
    elif looked.version not in schema.VERSIONS:
        todo = "Uppdatera programmet, eller gå tillbaka med en säkerhetskopia."
        yield wrong("Version", f"databasen har version {looked.version}, som är nyare än programmet.", todo)
    elif looked.version != newest:
        todo = "Ta en säkerhetskopia. Den uppdateras när tjänsten startar."
        yield warning("Version", f"databasen har version {looked.version}, programmet {newest}.", todo)
    else:
        yield fine("Version", f"databasen har version {newest}, den senaste.")


def _content(settings: Settings, catalogue: Catalogue | None, state: StoreState) -> Iterator[Finding]:
    kind = "demodata" if state.kind == "demo" else "verkliga uppgifter"
    if state.kind != settings.data_kind:
        todo = f"Sätt {PREFIX}DATA till {state.kind}, eller använd en annan databas."
        yield warning(
            "Slag", f"databasen innehåller {kind}, men inställningen är {settings.data_kind}.", todo
        )
    else:
        yield fine("Slag", f"{kind}.")
    if catalogue is not None and catalogue.fingerprint != state.fingerprint:
        todo = "De tas in när tjänsten startar, eller med python -m hsf_kpi build."
        yield warning("Definitioner", "mappen har ändrats sedan databasen räknades.", todo)
    if state.latest is None:
        yield warning("Månad", "inga månadsvärden är inlästa.", "Läs in den första månaden.")
    else:
        yield fine("Månad", f"den senaste är {month_text(state.latest)}, dataversion {state.data_version}.")


def _people(settings: Settings, looked: Looked) -> Iterator[Finding]:
    if settings.sign_in.way == "demo":
        yield fine("Konton", "demo: ingen loggar in.")
    elif not looked.administered:
        todo = 'Kör python -m hsf_kpi user add ANVÄNDARNAMN --name "NAMN" --role admin.'
        yield wrong("Konton", "ingen kan hantera användare.", todo)
    else:
        yield fine("Konton", f"{looked.users} konton, och någon hanterar dem.")


def _times(settings: Settings, looked: Looked, now: dt.datetime) -> Iterator[Finding]:
    if looked.latest_entry is not None and looked.latest_entry > now + CLOCK:
        yield wrong(
            "Klocka",
            f"den går efter: något skrevs {moment_text(looked.latest_entry)}, och nu är {moment_text(now)}.",
            "Ställ klockan (NTP). Inloggningar och loggen följer den.",
        )
    else:
        yield fine("Klocka", f"{moment_text(now)}, efter det senaste i loggen.")
    latest = looked.latest_backup
    todo = "Kör python -m hsf_kpi backup varje natt."
    none = "ingen är tagen med kommandot backup."
    if latest is None and settings.data_kind == "demo":
        yield fine("Säkerhetskopia", none)
    elif latest is None:
        yield warning("Säkerhetskopia", none, todo)
    elif now - latest > BACKUP:
        yield warning("Säkerhetskopia", f"den senaste är från {moment_text(latest)}.", todo)
    else:
        yield fine("Säkerhetskopia", f"den senaste är från {moment_text(latest)}.")
