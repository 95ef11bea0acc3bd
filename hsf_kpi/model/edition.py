"""An edition (utgåva): a report that has been frozen, and stays as it was whatever is corrected later."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Final

from hsf_kpi.model.period import Month

FORMAT: Final = 1
"""Of what is frozen (figures.frozen). Raised when an edition made today could not be read by the program of yesterday."""

HASH_SIGNS: Final = 8
"""So many signs of the hash stand in an edition's id."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What is told of an edition without opening it. id: «2023-10-kirurgkliniken-7c1f20ab».

    hash: SHA-256 of what is frozen, hex. template, title: of the report. by: a login; by_name: what it is shown by. at: in
    UTC. data: the number of the latest load that it knew of, 0 for none. format: of what is frozen. size: its bytes.
    """

    id: str
    hash: str
    template: str
    title: str
    unit: str
    month: Month
    by: str
    by_name: str
    at: dt.datetime
    data: int
    format: int
    size: int


def report_hash(content: bytes) -> str:
    """SHA-256 of what is frozen, 64 hex signs: what sha256sum says of a file with the same bytes."""
    return hashlib.sha256(content).hexdigest()


def edition_id(month: Month, unit: str, digest: str, signs: int = HASH_SIGNS) -> str:
    """«2023-10-kirurgkliniken-7c1f20ab»: month, the unit's id, and the first signs of the hash."""
    return f"{month.iso}-{unit}-{digest[:signs]}"
