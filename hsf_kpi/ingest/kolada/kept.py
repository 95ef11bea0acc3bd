"""Fetched pages kept in a folder until all are there, so that an interrupted fetch goes on where it was."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from pathlib import Path
from typing import Final

from hsf_kpi.model.problems import DataError, Problem

LONGEST: Final = dt.timedelta(hours=24)
"""Older pages are fetched again: a file should not be put together of what Kolada said on different days."""


class KeptPages:
    """The folder of one request. DataError when it can't be read or written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def start(self, now: dt.datetime) -> None:
        """Throws away what was begun too long ago. now: with time zone."""
        began = min((_written(path) for path in self._pages()), default=None)
        if began is not None and not now - LONGEST <= began <= now + LONGEST:
            self.clear()

    def read(self, name: str) -> bytes | None:
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise DataError(_unusable(self.folder)) from error

    def write(self, name: str, body: bytes) -> None:
        write_whole(self._path(name), body)

    def clear(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.json"

    def _pages(self) -> list[Path]:
        return list(self.folder.glob("*.json"))


def write_whole(path: Path, body: bytes) -> None:
    """Writes a file so that it is there whole or not at all. DataError when it can't be written."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with fresh.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, path)
    except OSError as error:
        raise DataError(_unusable(path)) from error
    finally:
        if fresh.exists():
            fresh.unlink()


def _written(path: Path) -> dt.datetime:
    try:
        return dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
    except OSError as error:
        raise DataError(_unusable(path)) from error


def _unusable(path: Path) -> Problem:
    return Problem(
        "går inte att läsa eller skriva.", str(path), "Kontrollera behörigheten, platsen och utrymmet."
    )
