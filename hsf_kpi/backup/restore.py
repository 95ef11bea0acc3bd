"""Standing up again from a backup: everything is judged before anything is changed."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from hsf_kpi.backup.archive import Archive, Manifest, folder_hash, read_archive
from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.settings import PREFIX, Settings
from hsf_kpi.store import copies, schema
from hsf_kpi.swedish.numbers import number

Tell = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Restored:
    """same_definitions: whether the folder in use holds what the copy was made with. written: where the copy's were put."""

    manifest: Manifest
    same_definitions: bool
    written: Path | None


def restore(
    settings: Settings,
    path: Path,
    *,
    replace: bool = False,
    definitions: Path | None = None,
    tell: Tell = lambda _text: None,
) -> Restored:
    """Puts the copy where the settings say that the database is. replace: also where something is. definitions: a new
    folder for the copy's definitions.

    DataError for a file that can't be used, StoreError for a database that can't; then nothing has changed.
    """
    tell("Kontrollerar säkerhetskopian …")
    archive = read_archive(path, schema.VERSIONS)
    told = archive.manifest
    _demand_kind(told, settings)
    if definitions is not None and definitions.exists():
        raise DataError(
            Problem(f"mappen {definitions} finns redan.", "--definitions", "Ange en mapp som inte finns.")
        )
    tell(f"Återställer {number(told.rows, 0)} rader …")
    content = [(shape, partial(archive.rows, part)) for part, shape in archive.shapes().items()]
    copies.put_in_place(
        settings.database_url,
        told.migration,
        content,
        f"{path.name}, från {told.at}, dataversion {told.data_version}",
        replace=replace,
    )
    if definitions is not None:
        _write_definitions(archive, definitions)
    return Restored(told, folder_hash(settings.data_dir) == told.data_dir, definitions)


def _demand_kind(told: Manifest, settings: Settings) -> None:
    if told.kind != settings.data_kind:
        is_demo = told.kind == "demo"
        raise DataError(
            Problem(
                f"säkerhetskopian är av {'demodata' if is_demo else 'verkliga uppgifter'}, och tjänsten är inställd på "
                f"{'verkliga uppgifter' if is_demo else 'demodata'}.",
                f"{PREFIX}DATA",
                f"Skriv {told.kind} om det är den kopian som ska användas.",
            )
        )


def _write_definitions(archive: Archive, folder: Path) -> None:
    """The names come from a file: none leads out of the folder."""
    within = folder.resolve()
    try:
        for name, content in archive.definitions():
            target = (within / name).resolve()
            if within not in target.parents:
                raise DataError(Problem("ett filnamn leder ut ur mappen.", name[:80], "Kopian är inte vår."))
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    except OSError as error:
        raise DataError(
            Problem(
                f"databasen är återställd, men definitionerna kunde inte skrivas ({os.strerror(error.errno or 0)}).",
                str(folder),
                "Packa upp mappen definitions ur säkerhetskopian för hand.",
            )
        ) from error
