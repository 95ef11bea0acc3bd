"""Making a backup: whole or not at all, never in another file's place, readable by its owner alone."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from hsf_kpi import __version__
from hsf_kpi.backup.archive import Manifest, Writer
from hsf_kpi.model.problems import DataError, HsfError, Problem
from hsf_kpi.settings import Settings
from hsf_kpi.store import copies
from hsf_kpi.store.dump import LEFT_OUT
from hsf_kpi.store.moment import SWEDEN

ENDING: Final = ".hsf-kopia.zip"


@dataclass(frozen=True, slots=True)
class Made:
    """size: bytes. logged: whether the audit log tells of it; a database that can't be written is copied all the same."""

    path: Path
    size: int
    manifest: Manifest
    logged: bool


def default_name(now: dt.datetime) -> str:
    return f"hsf-nyckeltal-{now.astimezone(SWEDEN):%Y-%m-%d-%H%M%S}{ENDING}"


def back_up(settings: Settings, target: Path, now: dt.datetime | None = None) -> Made:
    """Copies the database and the definitions into `target`, or into a file with the time in its name when `target` is a
    folder. DataError where it can't be written; StoreError where the database can't be read. Then there is no file.
    """
    now = now or dt.datetime.now(dt.UTC)
    path = target / default_name(now) if target.is_dir() else target
    if path.exists():
        raise _taken(path)
    temporary = _beginning(path)
    try:
        with temporary.open("wb") as file:
            manifest = _write(settings, Writer(file), now)
            file.flush()
            os.fsync(file.fileno())
        size = temporary.stat().st_size
        _put_in_place(temporary, path)
    except OSError as error:
        raise DataError(
            Problem(
                f"säkerhetskopian kunde inte skrivas ({os.strerror(error.errno) if error.errno else error}).",
                path.name,
                "Se till att disken har plats. Ingen kopia är gjord.",
            )
        ) from error
    finally:
        temporary.unlink(missing_ok=True)
    logged = False
    with suppress(HsfError):
        copies.note_backup(settings.database_url, f"{path.name}, dataversion {manifest.data_version}")
        logged = True
    return Made(path, size, manifest, logged)


def _write(settings: Settings, writer: Writer, now: dt.datetime) -> Manifest:
    try:
        return _write_parts(settings, writer, now)
    except BaseException:
        writer.drop()
        raise


def _write_parts(settings: Settings, writer: Writer, now: dt.datetime) -> Manifest:
    with copies.copied(settings.database_url) as copy:
        for shape in copy.shapes:
            writer.table(shape, copy.rows(shape))
        about: dict[str, Any] = {
            "migration": copy.migration,
            "kind": copy.state.kind,
            "data_version": copy.state.data_version,
            "fingerprint": copy.state.fingerprint,
            "latest": copy.state.latest.iso if copy.state.latest else None,
        }
    folder = writer.definitions(settings.data_dir)
    return writer.close(
        about
        | {
            "made": now.astimezone(dt.UTC).isoformat(timespec="seconds"),
            "product": __version__,
            "data_dir": folder,
            "left_out": LEFT_OUT,
        }
    )


def _beginning(path: Path) -> Path:
    """An empty file beside, for its owner alone (mkstemp's own mode)."""
    try:
        handle, name = tempfile.mkstemp(prefix=".hsf-kopia-", dir=path.parent)
    except OSError as error:
        raise DataError(
            Problem(
                f"mappen {path.parent} går inte att skriva i.",
                path.name,
                "Ange en mapp som finns och går att skriva i.",
            )
        ) from error
    os.close(handle)
    return Path(name)


def _put_in_place(temporary: Path, path: Path) -> None:
    """Never in another file's place, also when it came meanwhile: a link is refused there, a renaming is not."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise _taken(path) from None
    except OSError:  # a file system without links
        if path.exists():
            raise _taken(path) from None
        os.rename(temporary, path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """The name is on the disk too. Windows can't open a folder, and does it by itself."""
    with suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _taken(path: Path) -> DataError:
    return DataError(
        Problem("filen finns redan och skrivs aldrig över.", path.name, "Välj ett annat namn eller en mapp.")
    )
