"""The definition files as they lie on disk: which there are, their text, their TOML, their fingerprint."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from hsf_kpi.model.problems import DefinitionError, Problem

SUFFIXES = (".toml", ".csv")
PROFILES, REPORTS = "profiles", "reports"
"""The folders of the source profiles and the report templates: how files are read and reports arranged, nothing measured."""


def data_files(folder: Path) -> list[Path]:
    """All data files below the folder, by name. Hidden files, other kinds of files, the source profiles and the
    report templates are left out.

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
        and path.relative_to(folder).parts[0] not in (PROFILES, REPORTS)
    ]
    if not found:
        raise DefinitionError(
            Problem("Mappen med definitioner är tom.", str(folder), "Kontrollera sökvägen till data.")
        )
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def label(folder: Path, path: Path) -> str:
    """How a file is named to people: «data/indicators/hme.toml»."""
    return f"{folder.resolve().name}/{path.relative_to(folder).as_posix()}"


@dataclass(frozen=True)
class DefinitionFiles:
    """The data files of a folder, by their path below it («targets/2023.toml»).

    loaded: texts that were loaded into a database, by the same kind of path. They are read beside those of the folder, and
    instead of the one with the same path. Only TOML files are read from there. Which there are is looked up once: made anew
    for each reading.
    """

    folder: Path
    loaded: Mapping[str, str] = field(default_factory=dict)

    def names(self) -> list[str]:
        """All of them, in order. DefinitionError when the folder is missing or holds none."""
        return list(self._names)

    @cached_property
    def _names(self) -> list[str]:
        here = {path.relative_to(self.folder).as_posix() for path in data_files(self.folder)}
        return sorted({*here, *self.loaded})

    def below(self, kind: str) -> list[str]:
        """The TOML files right in one of the folder's folders («targets»)."""
        paths = map(PurePosixPath, self.names())
        return [p.as_posix() for p in paths if p.parent.as_posix() == kind and p.suffix == ".toml"]

    def has(self, name: str) -> bool:
        return name in self.loaded or (self.folder / name).exists()

    def label(self, name: str) -> str:
        """How a file is named to people: «data/targets/2024.toml», «data/targets/2024-andringar.toml (inläst)»."""
        told = f"{self._folder_name}/{name}"
        return f"{told} (inläst)" if name in self.loaded else told

    @cached_property
    def _folder_name(self) -> str:
        return self.folder.resolve().name

    def text(self, name: str) -> str | Problem:
        return self.loaded[name] if name in self.loaded else read_text(self.folder / name, self.label(name))

    def toml(self, name: str) -> dict[str, Any] | Problem:
        """The file as tables, or the problem with its line."""
        text = self.text(name)
        return text if isinstance(text, Problem) else parse_toml(text, self.label(name))

    def fingerprint(self) -> str:
        """SHA-256 over the names and the bytes of all files, in hexadecimal."""
        digest = hashlib.sha256()
        for name in self.names():
            loaded = self.loaded.get(name)
            content = (self.folder / name).read_bytes() if loaded is None else loaded.encode()
            for part in (name.encode(), content):
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


def parse_toml(text: str, name: str) -> dict[str, Any] | Problem:
    """The text as tables, or the problem with its line."""
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
