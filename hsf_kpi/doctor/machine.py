"""What is around the program: disk, port, and how it stands behind its proxy."""

from __future__ import annotations

import hashlib
import shutil
import socket
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from hsf_kpi.doctor.finding import Finding, fine, warning, wrong
from hsf_kpi.settings import PREFIX, Settings
from hsf_kpi.swedish.numbers import number

GB: Final = 1 << 30
LITTLE: Final = 1.0
"""Gigabytes free that warn; a tenth of it is wrong."""
TIMES: Final = 3
"""So many times the database should fit in what is free: an upgrade and a backup write it anew."""


def disk(settings: Settings) -> Iterator[Finding]:
    database = settings.sqlite_path
    places = {"Disk (tillfälliga filer)": Path(tempfile.gettempdir())}
    if database is not None:
        places = {"Disk (databasen)": _existing(database.parent), **places}
    for area, folder in places.items():
        free = shutil.disk_usage(folder).free / GB
        size = database.stat().st_size / GB if database is not None and database.is_file() else 0.0
        told = f"{number(free, 1)} GB ledigt."
        if free < LITTLE / 10:
            yield wrong(area, told, "Frigör plats: inläsningar och säkerhetskopior misslyckas snart.")
        elif free < max(LITTLE, TIMES * size if "databasen" in area else 0.0):
            yield warning(
                area, told, f"Se till att minst {number(max(LITTLE, TIMES * size), 1)} GB är ledigt."
            )
        else:
            yield fine(area, told)
    if database is None:
        yield fine("Disk (databasen)", "databasserverns disk syns inte härifrån.")


def port(settings: Settings) -> Iterator[Finding]:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        answers = probe.connect_ex(("127.0.0.1", settings.port)) == 0
    yield fine(
        "Port", f"{settings.port} {'svarar: tjänsten, eller något annat, kör' if answers else 'är ledig'}."
    )


def proxy(settings: Settings, environ: Mapping[str, str]) -> Iterator[Finding]:
    real = settings.data_kind == "real"
    if real and settings.sign_in.way == "demo":
        yield wrong(
            "Inloggning", "demoinloggning till verkliga uppgifter: vem som helst ser allt.",
            f"Sätt {PREFIX}SIGN_IN till local eller oidc.",
        )  # fmt: skip
    hosts = ", ".join(settings.allowed_hosts)
    if real and not hosts:
        todo = f"Sätt {PREFIX}ALLOWED_HOSTS till adressen som används."
        yield warning("Proxy", "servern svarar på alla värdnamn.", todo)
    else:
        yield fine("Proxy", f"servern svarar på {hosts or 'alla värdnamn'}.")
    if environ.get("FORWARDED_ALLOW_IPS", "").strip() == "*":
        yield warning(
            "Proxy", "FORWARDED_ALLOW_IPS är *: vem som helst kan ange en avsändaradress.",
            "Ange proxyns adresser.",
        )  # fmt: skip
    oidc = settings.sign_in.oidc
    if oidc is not None and not oidc.redirect_url.startswith("https://"):
        yield warning(
            "TLS", "leverantörens svar kommer till en adress utan TLS.",
            f"Låt {PREFIX}OIDC_REDIRECT_URL börja med https://.",
        )  # fmt: skip
    if oidc is not None:
        yield fine(
            "Kakornas hemlighet",
            f"fingeravtryck {fingerprint(oidc.cookie_secret)}. Det ska vara samma på alla servrar.",
        )
    if real and settings.log_days is None:
        yield warning(
            "Gallring",
            "loggen gallras aldrig.",
            f"Sätt {PREFIX}LOG_DAYS enligt regionens beslut om gallring.",
        )


def _existing(folder: Path) -> Path:
    return next(one for one in (folder, *folder.parents) if one.exists())


def fingerprint(secret: str) -> str:
    """Eight signs that tell two secrets apart, and nothing of either."""
    return hashlib.sha256(f"hsf-kpi doctor\n{secret}".encode()).hexdigest()[:8]
