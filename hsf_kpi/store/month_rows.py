"""The rows of the months' log, read and added inside a transaction that the caller has begun."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, select

from hsf_kpi.model.month_step import Books, MonthStep, Reconciliation, Step
from hsf_kpi.model.period import Month, View
from hsf_kpi.store import tables
from hsf_kpi.store.tables_loading import month_step

_C = month_step.c
_KEPT: Final = 200
"""As the columns of login and name hold it."""
_MAKES_EDITIONS: Final = (Step.RELEASED.value, Step.REOPENED.value)


@dataclass(frozen=True, slots=True)
class Who:
    """Who does something, and when."""

    by: str
    name: str
    at: dt.datetime


def last_number(connection: Connection, *, month: Month | None = None, step: Step | None = None) -> int:
    """The number of the latest step, of all or of the month and kind; 0 where there is none."""
    query = select(func.coalesce(func.max(_C.id), 0))
    if month is not None:
        query = query.where(_C.month == month.index)
    if step is not None:
        query = query.where(_C.step == step.value)
    return int(connection.execute(query).scalar_one())


def read_steps(connection: Connection) -> tuple[MonthStep, ...]:
    """Newest first."""
    return tuple(step_of(row) for row in connection.execute(select(month_step).order_by(_C.id.desc())))


def read_step(connection: Connection, number: int) -> MonthStep:
    return step_of(connection.execute(select(month_step).where(_C.id == number)).one())


def editions(connection: Connection) -> Mapping[int, int]:
    """Month.index → its latest edition, of those that have a step of their own."""
    query = select(_C.month, func.max(_C.edition)).where(_C.step.in_(_MAKES_EDITIONS)).group_by(_C.month)
    return {row[0]: row[1] for row in connection.execute(query)}


def edition_of(known: Mapping[int, int], month: Month, released: Month | None) -> int:
    """0 for a month that has never been released. One that is final without a step of its own has the first."""
    return known.get(month.index, 1 if released is not None and month <= released else 0)


def add_step(
    connection: Connection,
    month: Month,
    step: Step,
    edition: int,
    who: Who,
    note: str,
    *,
    books: Reconciliation | None = None,
    handed_in: tuple[int, int] | None = None,
) -> MonthStep:
    details: dict[str, Any] = {}
    if books is not None:
        details["books"] = {
            "view": books.view.value,
            "ours": asdict(books.ours),
            "theirs": asdict(books.theirs),
        }
    if handed_in is not None:
        details["handed_in"] = list(handed_in)
    loads = tables.load.c
    load = connection.execute(select(func.max(loads.id)).where(loads.created_at <= who.at)).scalar()
    number = connection.execute(
        insert(month_step).returning(_C.id),
        {
            "month": month.index,
            "step": step.value,
            "edition": edition,
            "load_id": load,
            "at": who.at,
            "by": who.by[:_KEPT],
            "name": who.name[:_KEPT],
            "note": note,
            "details": json.dumps(details),
        },
    ).scalar_one()
    return read_step(connection, int(number))


def step_of(row: Row[Any]) -> MonthStep:
    details = json.loads(row.details)
    books, handed_in = details.get("books"), details.get("handed_in")
    return MonthStep(
        number=row.id,
        month=Month(row.month),
        step=Step(row.step),
        edition=row.edition,
        at=row.at,
        by=row.by,
        name=row.name,
        note=row.note,
        load=row.load_id,
        books=Reconciliation(View(books["view"]), Books(**books["ours"]), Books(**books["theirs"]))
        if books
        else None,
        handed_in=(handed_in[0], handed_in[1]) if handed_in else None,
    )
