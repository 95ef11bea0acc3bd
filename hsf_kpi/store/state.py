"""What a database knows about itself: the table `meta`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.store import tables

KINDS = ("demo", "real")


@dataclass(frozen=True, slots=True)
class StoreState:
    """kind: «demo» or «real», fixed when the database was created. as_of: the day that the data are looked
    at.

    data_version: raised by every load. fingerprint: of the definitions that the sums were made with. latest:
    the last month with monthly values. today: the month whose organisation is «dagens», `latest` or the month
    of `as_of`.
    """

    kind: str
    as_of: dt.date
    data_version: int
    fingerprint: str
    latest: Month | None
    today: Month
    first: Month | None = None
    """The first month with monthly values."""
    released: Month | None = None
    """The last released month (frisläppt): it and the earlier ones are final, later ones preliminary."""


@dataclass(frozen=True, slots=True)
class Extent:
    """The first and last month of all values, whatever their window."""

    first: Month
    last: Month


def read_meta(connection: Connection, *, lock: bool = False) -> dict[str, str]:
    """`lock`: hold back other writers until the transaction ends (PostgreSQL; SQLite's writers are alone
    anyway).
    """
    query = select(tables.meta.c.key, tables.meta.c.value)
    return dict(connection.execute(query.with_for_update() if lock else query).all())


def write_meta(connection: Connection, values: Mapping[str, str]) -> None:
    """A row that is there is changed, not made anew: a writer that waits for its lock would not find the new one."""
    meta = tables.meta
    for key, value in values.items():
        if not connection.execute(update(meta).where(meta.c.key == key).values(value=value)).rowcount:
            connection.execute(insert(meta).values(key=key, value=value))


def state_of(meta: Mapping[str, str]) -> StoreState:
    as_of = dt.date.fromisoformat(meta["as_of"])
    latest = _month(meta, "latest")
    return StoreState(
        kind=meta["kind"],
        as_of=as_of,
        data_version=int(meta["data_version"]),
        fingerprint=meta["fingerprint"],
        latest=latest,
        today=latest or Month.of(as_of.year, as_of.month),
        first=_month(meta, "earliest"),
        released=_month(meta, "released"),
    )


def demand_seen(meta: Mapping[str, str], seen: int | None, where: str) -> None:
    """DataError when the data have been changed since a person judged by the version that they saw. None: nobody judged."""
    if seen is not None and int(meta["data_version"]) != seen:
        raise DataError(
            Problem(
                "Uppgifterna har ändrats sedan du såg dem: någon annan har läst in, ångrat eller frisläppt.",
                where,
                "Se efter på nytt vad som nu ändras.",
            )
        )


def extent_of(meta: Mapping[str, str]) -> Extent | None:
    if not meta.get("first_month"):
        return None
    return Extent(Month.parse(meta["first_month"]), Month.parse(meta["last_month"]))


def _month(meta: Mapping[str, str], key: str) -> Month | None:
    """None where it is not there, or empty: what a load brought may have been undone."""
    return Month.parse(meta[key]) if meta.get(key) else None
