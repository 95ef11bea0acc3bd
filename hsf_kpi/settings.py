"""Configuration from the environment, read and checked in one place. README lists every name."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hsf_kpi import ROOT
from hsf_kpi.model.problems import HsfError, Problem

PREFIX = "HSF_KPI_"


class SettingsError(HsfError):
    """An environment variable has a value that can't be used."""


@dataclass(frozen=True, slots=True)
class Settings:
    """database_url: where the database is. data_kind: «demo» or «real», fixed when a database is created.

    data_dir: the definitions. port: where the launcher serves.
    """

    database_url: str
    data_kind: str
    data_dir: Path
    port: int

    @property
    def sqlite_path(self) -> Path | None:
        """The database file, when the database is an embedded one."""
        prefix = "sqlite:///"
        if not self.database_url.startswith(prefix):
            return None
        return Path(self.database_url.removeprefix(prefix))


NAMES: Mapping[str, str] = {
    "DATABASE_URL": "databasens adress, t.ex. postgresql://användare@värd/hsf (tomt: en SQLite-fil i var/)",
    "DATA": "demo eller real: vad en ny databas innehåller (tomt: demo)",
    "DATA_DIR": "mapp med definitionerna (tomt: data/ i projektet)",
    "PORT": "port som ”python -m hsf_kpi start” börjar leta från (tomt: 8501)",
}


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings, or a SettingsError with every problem at once."""
    environ = os.environ if environ is None else environ
    values = {name.removeprefix(PREFIX): v for name, v in environ.items() if name.startswith(PREFIX)}
    problems = [
        Problem(
            "inställningen finns inte.",
            f"{PREFIX}{name}",
            f"De som finns är {', '.join(PREFIX + n for n in NAMES)}.",
        )
        for name in values
        if name not in NAMES
    ]
    kind = values.get("DATA") or "demo"
    if kind not in ("demo", "real"):
        problems.append(Problem(f"”{kind}” går inte att använda.", f"{PREFIX}DATA", "Skriv demo eller real."))
    port = values.get("PORT") or "8501"
    if not port.isdecimal() or not 1 <= int(port) <= 65535:
        problems.append(
            Problem(f"”{port}” är ingen port.", f"{PREFIX}PORT", "Skriv ett tal från 1 till 65535.")
        )
    folder = Path(values.get("DATA_DIR") or ROOT / "data")
    if not folder.is_dir():
        problems.append(
            Problem(f"mappen {folder} finns inte.", f"{PREFIX}DATA_DIR", "Ange mappen med definitionerna.")
        )
    if problems:
        raise SettingsError(problems)
    url = values.get("DATABASE_URL") or f"sqlite:///{ROOT / 'var' / 'hsf_kpi.sqlite3'}"
    return Settings(url, kind, folder, int(port))
