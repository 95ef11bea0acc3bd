"""Python and the packages, held against requirements.txt. Only the standard library is imported here."""

from __future__ import annotations

import importlib.metadata as metadata
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from hsf_kpi import ROOT
from hsf_kpi.doctor.finding import Finding, fine, warning, wrong

OLDEST = (3, 11)
_PINNED = re.compile(r"^([A-Za-z0-9_.\[\]-]+)==([^\s;\\]+)\s*(?:;\s*([^\\]+))?")
_INSTALL = "Kör: python -m pip install --require-hashes -r requirements.txt"
_MOST = 5


def python() -> Iterator[Finding]:
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST:
        yield wrong("Python", f"version {found}.", "Installera Python 3.11 eller senare.")
    else:
        yield fine("Python", f"version {found}.")


def packages(path: Path = ROOT / "requirements.txt") -> Iterator[Finding]:
    missing, other, count = [], [], 0
    for name, version in pinned(path):
        count += 1
        try:
            found = metadata.version(name)
        except metadata.PackageNotFoundError:
            missing.append(name)
            continue
        if found != version:
            other.append(f"{name} {found} i stället för {version}")
    if missing:
        yield wrong("Paket", f"{len(missing)} saknas: {_some(missing)}.", _INSTALL)
    if other:
        yield warning("Paket", f"{len(other)} har en annan version: {_some(other)}.", _INSTALL)
    if not missing and not other:
        yield fine("Paket", f"alla {count} har den version som requirements.txt anger.")


def pinned(path: Path) -> Iterator[tuple[str, str]]:
    """Name and version of the packages that this machine should have."""
    for line in path.read_text("utf-8").splitlines():
        found = _PINNED.match(line)
        if found and _holds(found[3]):
            yield found[1].partition("[")[0], found[2]


def _holds(marker: str | None) -> bool:
    """Whether the condition of a line holds here. Without the library that reads it no such package is demanded."""
    if not marker:
        return True
    try:
        from packaging.markers import InvalidMarker, Marker
    except ImportError:
        return False
    try:
        return Marker(marker.strip()).evaluate()
    except InvalidMarker:
        return False


def _some(names: list[str]) -> str:
    shown = ", ".join(names[:_MOST])
    return shown if len(names) <= _MOST else f"{shown} och {len(names) - _MOST} till"


def nothing_can_be_imported(error: ImportError) -> int:
    """What any command says when a package is not there; the exit code."""
    print(f"Programmet kan inte starta: {error.name or error} går inte att läsa in.", file=sys.stderr)
    for finding in (*python(), *packages()):
        print(finding, file=sys.stderr)
    return 2
