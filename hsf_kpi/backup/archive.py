"""What a backup file is: a ZIP with a file of JSON lines for each table, the definitions as they lay in their folder, and
last a manifest that tells what there should be. Nothing of it is believed before all of it has been read.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.store.dump import Row, TableShape
from hsf_kpi.store.moment import SWEDEN

FORMAT: Final = "hsf-nyckeltal-backup"
FORMAT_VERSION: Final = 1
MANIFEST: Final = "manifest.json"
_TABLES: Final = "tables/"
_DEFINITIONS: Final = "definitions/"
_CHUNK: Final = 1 << 20
_LONGEST_MANIFEST: Final = 10 << 20


class Part(BaseModel):
    """A file of the archive. rows: of a table's, else None. columns: name and kind of each."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str
    sha256: str
    size: int
    rows: int | None = None
    columns: tuple[tuple[str, str], ...] = ()


class Manifest(BaseModel):
    """made: ISO, UTC. migration: the version of the tables. fingerprint: of the definitions that the sums were made with.
    data_dir: SHA-256 over the folder of definitions. left_out: tables that are not copied.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    format: str
    format_version: int
    made: str
    product: str
    migration: str
    kind: str
    data_version: int
    fingerprint: str
    latest: str | None
    data_dir: str
    left_out: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def at(self) -> str:
        """When it was made, in Swedish time: «2026-11-23 01:36»."""
        return f"{dt.datetime.fromisoformat(self.made).astimezone(SWEDEN):%Y-%m-%d %H:%M}"

    @property
    def tables(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.name.startswith(_TABLES))

    @property
    def definitions(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.name.startswith(_DEFINITIONS))

    @property
    def rows(self) -> int:
        return sum(part.rows or 0 for part in self.tables)


class Writer:
    """Writes the parts one after the other, then the manifest."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
        self._parts: list[Part] = []

    def table(self, shape: TableShape, rows: Iterable[Row]) -> None:
        count = 0

        def lines() -> Iterator[bytes]:
            nonlocal count
            for row in rows:
                count += 1
                yield json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n"

        sha256, size = self._write(f"{_TABLES}{shape.name}.jsonl", lines())
        self._parts.append(
            Part(
                name=f"{_TABLES}{shape.name}.jsonl",
                sha256=sha256,
                size=size,
                rows=count,
                columns=shape.columns,
            )
        )

    def definitions(self, folder: Path) -> str:
        """Every file of the folder; the SHA-256 over their names and contents."""
        for path, name in folder_files(folder):
            sha256, size = self._write(_DEFINITIONS + name, iter([path.read_bytes()]))
            self._parts.append(Part(name=_DEFINITIONS + name, sha256=sha256, size=size))
        return folder_hash(folder)

    def close(self, about: Mapping[str, Any]) -> Manifest:
        """Writes the manifest; `about`: what it tells beside its format and parts."""
        manifest = Manifest(
            format=FORMAT, format_version=FORMAT_VERSION, parts=tuple(self._parts), **dict(about)
        )
        self._zip.writestr(MANIFEST, manifest.model_dump_json(indent=1))
        self._zip.close()
        return manifest

    def drop(self) -> None:
        """Writes nothing more, also not when it is thrown away: its file is."""
        self._zip.fp = None

    def _write(self, name: str, content: Iterable[bytes]) -> tuple[str, int]:
        digest, size = hashlib.sha256(), 0
        # Its size is not known beforehand, and may be beyond what the old format can tell.
        with self._zip.open(name, "w", force_zip64=True) as part:
            for piece in content:
                digest.update(piece)
                size += len(piece)
                part.write(piece)
        return digest.hexdigest(), size


@dataclass(frozen=True)
class Archive:
    """A backup file that has been read from beginning to end and is whole."""

    path: Path
    manifest: Manifest

    def shapes(self) -> dict[Part, TableShape]:
        return {
            part: TableShape(part.name.removeprefix(_TABLES).removesuffix(".jsonl"), part.columns)
            for part in self.manifest.tables
        }

    def rows(self, part: Part) -> Iterator[Row]:
        with zipfile.ZipFile(self.path) as found, found.open(part.name) as lines:
            for line in lines:
                yield json.loads(line)

    def definitions(self) -> Iterator[tuple[str, bytes]]:
        """Path within the folder, with «/», and content."""
        with zipfile.ZipFile(self.path) as found:
            for part in self.manifest.definitions:
                yield part.name.removeprefix(_DEFINITIONS), found.read(part.name)


def read_archive(path: Path, migrations: tuple[str, ...]) -> Archive:
    """Reads all of it and changes nothing. migrations: the versions that this program knows.

    DataError for a file that is missing, no backup of ours, damaged or cut off, or made by a newer program.
    """
    try:
        with zipfile.ZipFile(path) as found:
            manifest = _manifest(found, path)
            _demand_known(manifest, migrations, path)
            names = [info.filename for info in found.infolist()]
            if sorted(names) != sorted([MANIFEST, *(part.name for part in manifest.parts)]):
                raise _damaged(path)
            for part in manifest.parts:
                _demand_whole(found, part, path)
    except FileNotFoundError:
        raise DataError(
            Problem("filen finns inte.", path.name, "Ange en säkerhetskopia som finns.")
        ) from None
    except PermissionError:
        raise DataError(
            Problem("filen får inte läsas.", path.name, "Kör som den som äger säkerhetskopian.")
        ) from None
    except zipfile.BadZipFile as error:
        raise _damaged(path) from error
    except (OSError, EOFError, zlib.error, NotImplementedError, RuntimeError, ValueError) as error:
        raise _damaged(path) from error
    return Archive(path, manifest)


def folder_files(folder: Path) -> Iterator[tuple[Path, str]]:
    """The definition files in the order of their names; hidden ones and what Python leaves are none."""
    found = (
        (path, path.relative_to(folder).as_posix()) for path in sorted(folder.rglob("*")) if path.is_file()
    )
    for path, name in found:
        if not any(piece.startswith((".", "__")) for piece in name.split("/")):
            yield path, name


def folder_hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for path, name in folder_files(folder):
        digest.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def _manifest(found: zipfile.ZipFile, path: Path) -> Manifest:
    foreign = DataError(
        Problem(
            "filen är ingen säkerhetskopia av HSF nyckeltal.",
            path.name,
            "Ange en fil som python -m hsf_kpi backup har gjort.",
        )
    )
    if MANIFEST not in found.namelist():
        raise foreign
    if found.getinfo(MANIFEST).file_size > _LONGEST_MANIFEST:
        raise foreign
    try:
        told = json.loads(found.read(MANIFEST))
    except ValueError:
        raise foreign from None
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise foreign
    if isinstance(told.get("format_version"), int) and told["format_version"] > FORMAT_VERSION:
        raise _newer(path)
    try:
        return Manifest.model_validate(told)
    except ValidationError as error:
        raise _damaged(path) from error


def _demand_known(manifest: Manifest, migrations: tuple[str, ...], path: Path) -> None:
    if manifest.migration not in migrations:
        raise _newer(path)


def _demand_whole(found: zipfile.ZipFile, part: Part, path: Path) -> None:
    digest, size, rows, last = hashlib.sha256(), 0, 0, b"\n"
    with found.open(part.name) as content:
        while piece := content.read(_CHUNK):
            digest.update(piece)
            size += len(piece)
            rows += piece.count(b"\n")
            last = piece[-1:]
            if size > part.size:
                break
    told = (part.sha256, part.size, rows if part.rows is None else part.rows)
    if (digest.hexdigest(), size, rows) != told or (part.rows is not None and last != b"\n"):
        raise _damaged(path)


def _newer(path: Path) -> DataError:
    return DataError(
        Problem(
            "säkerhetskopian är gjord av en nyare version av programmet.",
            path.name,
            "Uppdatera programmet först.",
        )
    )


def _damaged(path: Path) -> DataError:
    return DataError(
        Problem(
            "säkerhetskopian är skadad eller avbruten, och går inte att läsa hel.",
            path.name,
            "Använd en annan kopia. Ingenting är ändrat.",
        )
    )
