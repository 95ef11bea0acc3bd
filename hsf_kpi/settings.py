"""Configuration from the environment, read and checked in one place. README lists every name."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from hsf_kpi import ROOT
from hsf_kpi.model.problems import HsfError, Problem
from hsf_kpi.secret_files import SUFFIX, with_files

PREFIX = "HSF_KPI_"
KOLADA_URL = "https://api.kolada.se/v3"
LOCAL = ("localhost", "127.0.0.1", "::1")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*")


class SettingsError(HsfError):
    """An environment variable has a value that can't be used."""


WAYS = ("demo", "local", "oidc")
LOG_FORMS = ("text", "json")
LOG_LEVELS = ("debug", "info", "warning", "error")
SHORTEST_SECRET = 32
"""Characters."""


@dataclass(frozen=True, slots=True)
class Operations:
    """How the server is run. log: the form of its lines, log_level: from which level on. metrics_token: opens /metrics; ""
    keeps it closed. stop_seconds: so long a load or a report that has begun may take to end when the server is stopped.
    """

    log: str = "text"
    log_level: str = "warning"
    metrics_token: str = field(default="", repr=False)
    stop_seconds: int = 30


@dataclass(frozen=True, slots=True)
class Oidc:
    """A client at an OpenID provider. `claim`: the claim whose value is the login here."""

    metadata_url: str
    client_id: str
    client_secret: str = field(repr=False)
    redirect_url: str = ""
    cookie_secret: str = field(default="", repr=False)
    claim: str = "email"


@dataclass(frozen=True, slots=True)
class SignIn:
    """way: demo, local or oidc. hours: how long a session lasts at most. contact: whom somebody without access asks."""

    way: str
    hours: int = 8
    contact: str = "den som sköter HSF nyckeltal"
    oidc: Oidc | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """database_url: where the database is. data_kind: «demo» or «real», fixed when a database is created.

    data_dir: the definitions. port: where the launcher serves.
    """

    database_url: str = field(repr=False)
    data_kind: str
    data_dir: Path
    port: int
    open_figures: bool = False
    """Whether everybody signed in may see all figures that count no persons, of every unit."""
    log_days: int | None = None
    """How long the audit log is kept; None for ever."""
    allowed_hosts: tuple[str, ...] = ()
    """The host names that the server answers to; () for any."""
    frame_ancestors: tuple[str, ...] = ()
    """The origins («https://intranat.exempel.se») whose pages may show this one in a frame; () for none."""
    sign_in: SignIn = SignIn("demo")
    kolada_url: str = KOLADA_URL
    """Where public statistics are fetched from, without a slash at the end."""
    operations: Operations = Operations()

    @property
    def sqlite_path(self) -> Path | None:
        """The database file, when the database is an embedded one."""
        prefix = "sqlite:///"
        if not self.database_url.startswith(prefix):
            return None
        return Path(self.database_url.removeprefix(prefix))


SECRETS = ("DATABASE_URL", "OIDC_CLIENT_SECRET", "COOKIE_SECRET", "METRICS_TOKEN")
"""Those that can also be read from a file, named by the same name and `_FILE`."""
NAMES: Mapping[str, str] = {
    "DATABASE_URL": "databasens adress, t.ex. postgresql://användare@värd/hsf (tomt: en SQLite-fil i var/)",
    "DATA": "demo eller real: vad en ny databas innehåller (tomt: demo)",
    "DATA_DIR": "mapp med definitionerna (tomt: data/ i projektet)",
    "SIGN_IN": "demo, local eller oidc: hur man loggar in (tomt: demo för demodata, local för verkliga uppgifter)",
    "SESSION_HOURS": "hur många timmar en inloggning gäller som längst, 1–8 (tomt: 8)",
    "CONTACT": "vem den som saknar behörighet ska vända sig till (tomt: den som sköter HSF nyckeltal)",
    "OPEN_FIGURES": "ja eller nej: alla inloggade ser alla verksamheters nyckeltal som inte räknar personer (tomt: nej)",
    "LOG_DAYS": "så många dagar sparas loggen, enligt regionens gallringsbeslut (tomt: gallras inte)",
    "ALLOWED_HOSTS": "värdnamn som servern svarar på, med komma emellan (tomt: alla)",
    "FRAME_ANCESTORS": "adresser vars sidor får visa den här i en ram, https://värd, med komma emellan (tomt: inga)",
    "OIDC_METADATA_URL": "adressen till leverantörens .well-known/openid-configuration",
    "OIDC_CLIENT_ID": "vårt id hos leverantören",
    "OIDC_CLIENT_SECRET": "vår hemlighet hos leverantören",
    "OIDC_REDIRECT_URL": "adressen hit som slutar på /oauth2callback",
    "OIDC_CLAIM": "det fält hos leverantören som är användarnamnet här (tomt: email)",
    "COOKIE_SECRET": "hemlighet som inloggningens kakor signeras med, minst 32 tecken, samma på alla servrar",
    "KOLADA_URL": f"adressen till Koladas API, version 3 (tomt: {KOLADA_URL})",
    "PORT": "port som ”python -m hsf_kpi start” börjar leta från (tomt: 8501)",
    "LOG": "serverloggens form, text eller json (tomt: text)",
    "LOG_LEVEL": f"det lägsta som serverloggen tar med, {', '.join(LOG_LEVELS)} (tomt: warning)",
    "METRICS_TOKEN": "nyckeln som öppnar /metrics, minst 32 tecken (tomt: stängd)",
    "STOP_SECONDS": "sekunder som en påbörjad inläsning eller rapport får på sig när servern stoppas, 1–600 (tomt: 30)",
    **{f"{name}{SUFFIX}": f"fil som {PREFIX}{name} läses ur i stället" for name in SECRETS},
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
    values = with_files(values, SECRETS, PREFIX, problems)
    kind = _one_of(values, "DATA", ("demo", "real"), "demo", problems)
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
    hosts = tuple(host.strip() for host in values.get("ALLOWED_HOSTS", "").split(",") if host.strip())
    ancestors = _ancestors(values, problems)
    sign_in = _sign_in(values, kind, problems)
    open_figures = _yes_or_no(values, "OPEN_FIGURES", problems)
    log_days = _whole(values, "LOG_DAYS", 1, 36500, problems)
    kolada = _kolada(values, problems)
    operations = _operations(values, problems)
    if problems:
        raise SettingsError(problems)
    url = values.get("DATABASE_URL") or f"sqlite:///{ROOT / 'var' / 'hsf_kpi.sqlite3'}"
    return Settings(
        url, kind, folder, int(port), open_figures, log_days, hosts, ancestors, sign_in, kolada, operations
    )


def _sign_in(values: Mapping[str, str], kind: str, problems: list[Problem]) -> SignIn:
    way = _one_of(values, "SIGN_IN", WAYS, "demo" if kind == "demo" else "local", problems)
    hours = _whole(values, "SESSION_HOURS", 1, 8, problems) or 8
    contact = values.get("CONTACT") or SignIn("demo").contact
    return SignIn(way, hours, contact, _oidc(values, problems) if way == "oidc" else None)


def _oidc(values: Mapping[str, str], problems: list[Problem]) -> Oidc:
    """Every part is needed: a half-made client is told, not tried."""
    needed = (
        "OIDC_METADATA_URL",
        "OIDC_CLIENT_ID",
        "OIDC_CLIENT_SECRET",
        "OIDC_REDIRECT_URL",
        "COOKIE_SECRET",
    )
    problems += [
        Problem("inställningen saknas.", f"{PREFIX}{name}", f"Den behövs när {PREFIX}SIGN_IN är oidc.")
        for name in needed
        if not values.get(name)
    ]
    redirect, secret = values.get("OIDC_REDIRECT_URL", ""), values.get("COOKIE_SECRET", "")
    if redirect and not redirect.endswith("/oauth2callback"):
        problems.append(
            Problem(
                f"”{redirect}” slutar inte på /oauth2callback.",
                f"{PREFIX}OIDC_REDIRECT_URL",
                "Skriv till exempel https://nyckeltal.exempel.se/oauth2callback.",
            )
        )
    _demand_long(values, "COOKIE_SECRET", problems)
    return Oidc(
        values.get("OIDC_METADATA_URL", ""),
        values.get("OIDC_CLIENT_ID", ""),
        values.get("OIDC_CLIENT_SECRET", ""),
        redirect,
        secret,
        values.get("OIDC_CLAIM") or "email",
    )


def _operations(values: Mapping[str, str], problems: list[Problem]) -> Operations:
    _demand_long(values, "METRICS_TOKEN", problems)
    return Operations(
        log=_one_of(values, "LOG", LOG_FORMS, "text", problems),
        log_level=_one_of(values, "LOG_LEVEL", LOG_LEVELS, "warning", problems),
        metrics_token=values.get("METRICS_TOKEN", ""),
        stop_seconds=_whole(values, "STOP_SECONDS", 1, 600, problems) or 30,
    )


def _demand_long(values: Mapping[str, str], name: str, problems: list[Problem]) -> None:
    """A secret that somebody could guess is none. It is not repeated."""
    if 0 < len(values.get(name, "")) < SHORTEST_SECRET:
        problems.append(
            Problem(
                "hemligheten är för kort.",
                f"{PREFIX}{name}",
                f"Skriv minst {SHORTEST_SECRET} slumpmässiga tecken.",
            )
        )


def _one_of(
    values: Mapping[str, str], name: str, allowed: tuple[str, ...], default: str, problems: list[Problem]
) -> str:
    text = values.get(name) or default
    if text not in allowed:
        problems.append(
            Problem(f"”{text}” går inte att använda.", f"{PREFIX}{name}", f"Skriv {', '.join(allowed)}.")
        )
    return text


def _ancestors(values: Mapping[str, str], problems: list[Problem]) -> tuple[str, ...]:
    """Whole origins, exactly: no wildcards, no paths; without TLS only on this machine."""
    asked = [part.strip() for part in values.get("FRAME_ANCESTORS", "").split(",") if part.strip()]
    wrong = [text for text in asked if not _is_origin(text)]
    problems += [
        Problem(
            f"”{text}” går inte att använda.",
            f"{PREFIX}FRAME_ANCESTORS",
            "Skriv hela ursprung med komma emellan, till exempel https://intranat.exempel.se.",
        )
        for text in wrong
    ]
    return tuple(dict.fromkeys(text.lower() for text in asked if text not in wrong))


def _is_origin(text: str) -> bool:
    try:
        parts = urlsplit(text)
        port = f":{parts.port}" if parts.port else ""
        host = parts.hostname or ""
    except ValueError:
        return False
    safe = parts.scheme == "https" or (parts.scheme == "http" and host in LOCAL)
    return (
        safe
        and _HOST.fullmatch(host) is not None
        # Nothing before, between or after: what is written is what the browser compares with.
        and text.lower() == f"{parts.scheme}://{host}{port}"
    )


def _kolada(values: Mapping[str, str], problems: list[Problem]) -> str:
    """Without TLS only on this machine: public figures that somebody has changed on their way are worse than none."""
    text = (values.get("KOLADA_URL") or KOLADA_URL).rstrip("/")
    try:
        parts = urlsplit(text)
        safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOCAL)
        fits = bool(parts.hostname) and parts.port != 0 and safe
    except ValueError:
        fits = False
    if not fits or any(sign in text for sign in "@?# "):
        # The address is not repeated: somebody may have put a password in it.
        problems.append(
            Problem(
                "adressen går inte att använda.",
                f"{PREFIX}KOLADA_URL",
                f"Skriv en adress som börjar med https://, till exempel {KOLADA_URL}.",
            )
        )
    return text


def _whole(values: Mapping[str, str], name: str, low: int, high: int, problems: list[Problem]) -> int | None:
    text = values.get(name)
    if not text:
        return None
    if not text.isdecimal() or not low <= int(text) <= high:
        problems.append(
            Problem(
                f"”{text}” går inte att använda.",
                f"{PREFIX}{name}",
                f"Skriv ett heltal från {low} till {high}.",
            )
        )
        return None
    return int(text)


def _yes_or_no(values: Mapping[str, str], name: str, problems: list[Problem]) -> bool:
    text = values.get(name) or "nej"
    if text not in ("ja", "nej"):
        problems.append(Problem(f"”{text}” går inte att använda.", f"{PREFIX}{name}", "Skriv ja eller nej."))
    return text == "ja"
