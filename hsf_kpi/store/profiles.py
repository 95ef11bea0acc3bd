"""Source profiles that have been written in the page: every version is kept, the highest holds."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Engine, func, insert, select

from hsf_kpi.model.event import Event
from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.store.audit import log
from hsf_kpi.store.engine import reading, writing
from hsf_kpi.store.tables_loading import source_profile

_P = source_profile.c


class ProfileStore:
    """Knows texts, not what they mean."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def saved(self) -> dict[str, tuple[int, str]]:
        """key → version and text of those that hold."""
        last = select(_P.key, func.max(_P.version).label("version")).group_by(_P.key).subquery()
        query = (
            select(_P.key, _P.version, _P.text)
            .join(last, (last.c.key == _P.key) & (last.c.version == _P.version))
            .where(_P.removed.is_(False))
            .order_by(_P.key)
        )
        with reading(self._engine) as connection:
            return {key: (version, text) for key, version, text in connection.execute(query)}

    def save(self, key: str, text: str, by: str, version: int, *, removed: bool = False) -> int:
        """Writes the version after `version` (0: a new profile) and returns it.

        DataError when somebody has written since.
        """
        with writing(self._engine) as connection:
            query = select(func.coalesce(func.max(_P.version), 0)).where(_P.key == key)
            latest = int(connection.execute(query).scalar_one())
            if latest != version and not (version == 0 and self._is_removed(key, latest)):
                raise DataError(
                    Problem(
                        "Någon annan har ändrat källprofilen sedan du öppnade den.",
                        f"källprofil {key}",
                        "Öppna den på nytt och gör om din ändring.",
                    )
                )
            connection.execute(
                insert(source_profile).values(
                    key=key, version=latest + 1, text=text, removed=removed, at=dt.datetime.now(dt.UTC), by=by
                )
            )
            log(
                connection,
                by,
                Event.PROFILE_CHANGED,
                f"{key}, {'borttagen' if removed else f'version {latest + 1}'}",
            )
        return latest + 1

    def _is_removed(self, key: str, version: int) -> bool:
        query = select(_P.removed).where(_P.key == key, _P.version == version)
        with reading(self._engine) as connection:
            return bool(connection.execute(query).scalar_one_or_none())
