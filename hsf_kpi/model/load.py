"""A load as the log of loads tells it: what came in, when, by whom, and whether it still holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from hsf_kpi.model.codes import Origin
from hsf_kpi.model.period import Month


class LoadKind(StrEnum):
    DATA = "data"
    DERIVED = "derived"
    """What the ledger made of itself when the definitions had changed."""
    UNDO = "undo"
    DEFINITIONS = "definitions"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that is kept as it was with the load that it brings. path: where its bytes are just now."""

    name: str
    sha256: str
    size: int
    path: Path


@dataclass(frozen=True, slots=True)
class Load:
    """number: grows with each load, so what was known on a day is what the loads up to one number say.

    rows: of the file. unit: the lowest one above all that it touches (None: the whole förvaltning, or not known).
    undoes: the load that it undid. undone_by: the load that undid it.
    """

    number: int
    kind: LoadKind
    source: str
    origin: Origin
    rows: int
    at: dt.datetime
    by: str
    sha256: str | None = None
    file_name: str | None = None
    profile: str | None = None
    unit: str | None = None
    first: Month | None = None
    last: Month | None = None
    undoes: int | None = None
    undone_by: int | None = None
    undone_at: dt.datetime | None = None

    @property
    def holds(self) -> bool:
        """Whether it has not been undone."""
        return self.undone_by is None
