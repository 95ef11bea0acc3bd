"""The definition files as they lie on disk: which there are, their text, their TOML, their fingerprint."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path
from typing import Any

from hsf_kpi.model.problems import DefinitionError, Problem

SUFFIXES = (".toml", ".csv")


def data_files(folder: Path) -> list[Path]:
    """All data files below the folder, by name. Hidden files and other kinds of files are left out.

    DefinitionError when the folder is missing or holds none.
    """
    if not folder.is_dir():
        raise DefinitionError(
            Problem("Mappen med definitioner finns inte.", str(folder), "Kontrollera sökvägen till data.")
        )
    found = [
        path
        for path in folder.rglob("*")
        if path.suffix in SUFFIXES
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
    if not found:
        raise DefinitionError(
            Problem("Mappen med definitioner är tom.", str(folder), "Kontrollera sökvägen till data.")
        )
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def label(folder: Path, path: Path) -> str:
    """How a file is named to people: «data/indicators/hme.toml»."""
    return f"{folder.resolve().name}/{path.relative_to(folder).as_posix()}"


def fingerprint(folder: Path) -> str:
    """SHA-256 over the relative names and the bytes of all data files, in hexadecimal."""
    digest = hashlib.sha256()
    for path in data_files(folder):
        for part in (path.relative_to(folder).as_posix().encode(), path.read_bytes()):
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
    return digest.hexdigest()


def read_text(path: Path, name: str) -> str | Problem:
    """The text of a UTF-8 file (with or without BOM), or the problem that stands in the way."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Problem("Filen saknas.", name, "Återställ filen eller skapa den.")
    except OSError:
        return Problem("Filen går inte att läsa.", name, "Kontrollera behörigheten till filen.")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return Problem(
            "Filen är inte sparad som UTF-8.",
            f"{name}: rad {line}",
            "Spara om filen med teckenkodningen UTF-8.",
        )


def read_toml(path: Path, name: str) -> dict[str, Any] | Problem:
    """The file as tables, or the problem with its line."""
    text = read_text(path, name)
    if isinstance(text, Problem):
        return text
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+), column (\d+)", str(error))
        place = f"rad {found[1]}, kolumn {found[2]}" if found else "filens slut"
        return Problem(
            "Filen är inte giltig TOML.",
            f"{name}: {place}",
            "Kontrollera citattecken, hakparenteser och likhetstecken på raden.",
        )
