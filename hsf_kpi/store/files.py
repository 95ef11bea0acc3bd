"""Loaded files, kept as they were: packed, a part at a time, so that memory does not grow with the file."""

from __future__ import annotations

import datetime as dt
import hashlib
import zlib
from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, Engine, exists, insert, select

from hsf_kpi.model.load import KeptFile
from hsf_kpi.model.problems import DataError, NotFound, Problem
from hsf_kpi.store.engine import reading
from hsf_kpi.store.tables_loading import load_file, load_file_part

_PART: Final = 1 << 20
"""Bytes of the file in each part."""
_F, _P = load_file.c, load_file_part.c


def keep_file(connection: Connection, file: KeptFile, by: str, at: dt.datetime) -> None:
    """Keeps the file once, however often it is loaded. DataError when it is no longer the one that was read."""
    known = _is_kept(connection, file.sha256)
    if not known:
        connection.execute(
            insert(load_file).values(
                sha256=file.sha256, name=file.name[:255], size=file.size, kept_at=at, kept_by=by
            )
        )
    digest = hashlib.sha256()
    with file.path.open("rb") as content:
        for number, part in enumerate(iter(lambda: content.read(_PART), b"")):
            digest.update(part)
            if known:
                continue
            connection.execute(
                insert(load_file_part).values(
                    sha256=file.sha256, number=number, content=zlib.compress(part, 6)
                )
            )
    if digest.hexdigest() != file.sha256:
        raise DataError(
            Problem("Filen har ändrats sedan den kontrollerades.", file.name, "Läs in den på nytt.")
        )


def file_parts(engine: Engine, sha256: str) -> Iterator[bytes]:
    """The file's bytes, a part at a time. NotFound for a file that is not kept."""
    number = 0
    while True:
        query = select(_P.content).where(_P.sha256 == sha256, _P.number == number)
        with reading(engine) as connection:
            packed = connection.execute(query).scalar_one_or_none()
            if packed is None and number == 0 and not _is_kept(connection, sha256):
                raise NotFound(Problem("Filen finns inte sparad.", "fil", "Välj en inläsning med fil."))
        if packed is None:
            return
        yield zlib.decompress(packed)
        number += 1


def _is_kept(connection: Connection, sha256: str) -> bool:
    return bool(connection.execute(select(exists().where(_F.sha256 == sha256))).scalar())
