"""How large a file may be. More is refused, as it is told, before it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from hsf_kpi.swedish.numbers import SPACE, number

MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """bytes: of the file as it is. columns, rows: of the table. cell: characters in one cell. unpacked: bytes of all
    that a workbook holds, ratio: unpacked bytes for each packed one, parts: files in it, texts: characters of all its
    different texts (they are held in memory). line: characters between two line ends.
    """

    bytes: int = 200 * MEGABYTE
    columns: int = 100
    rows: int = 2_000_000
    cell: int = 2_000
    unpacked: int = 1_000 * MEGABYTE
    ratio: int = 200
    parts: int = 1_000
    texts: int = 100_000_000
    line: int = 1_000_000

    @property
    def bytes_text(self) -> str:
        """«200 MB»"""
        return size_text(self.bytes)


def size_text(size: int) -> str:
    """Bytes as «4,1 MB»; «under 0,1 MB» for a small one."""
    if size < MEGABYTE // 10:
        return f"under 0,1{SPACE}MB"
    return f"{number(size / MEGABYTE, 0 if size % MEGABYTE == 0 else 1)}{SPACE}MB"


LIMITS: Final = Limits()
"""The limits of every file that people bring."""

FIRST_ROWS: Final = 20
"""The heading is looked for among so many rows."""
