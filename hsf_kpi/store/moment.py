"""Points in time as they are stored: always UTC, always told with their time zone, in SQLite too."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import DateTime, Dialect
from sqlalchemy.types import TypeDecorator

SWEDEN = ZoneInfo("Europe/Stockholm")


class Moment(TypeDecorator[dt.datetime]):
    """A datetime with a time zone in and out. SQLite keeps none, so what it gives back is UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without its time zone")
        return value.astimezone(dt.UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        moment: dt.datetime = value
        return moment.replace(tzinfo=dt.UTC) if moment.tzinfo is None else moment.astimezone(dt.UTC)


def day_start(day: dt.date) -> dt.datetime:
    """When the day begins in Sweden."""
    return dt.datetime.combine(day, dt.time(), SWEDEN)
