"""Loads a delivery again and again in child processes that are killed (SIGKILL) at one point after another.

Run by test_store_killed.py in a process of its own: `python -m tests.store.killing URL`. Prints what the database held after
each: «before», «after» or «between».
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from typing import Any

import pandas as pd
from sqlalchemy import event, select

from hsf_kpi.model.codes import Origin
from hsf_kpi.model.ledger import LedgerEntry
from hsf_kpi.store import Store, tables
from hsf_kpi.store.engine import reading
from hsf_kpi.store.load import Delivery
from tests.store.asking import AS_OF
from tests.store.builders import m
from tests.store.ledger_builders import ACTUAL, delivery, entry, with_accounts

CAT = with_accounts()
MOST = 400
EVERY = 15
"""Every fifteenth point: to look at each takes its time."""


def frame(amount: int) -> pd.DataFrame:
    units = ["kirurgi", "medicin", "primar"] * 4
    months = [m("2023-01").index + i // 3 for i in range(12)]
    return pd.DataFrame(
        {
            "measure": "belopp", "unit": units, "window": "month", "month": months, "sex": "all",
            "numerator": pd.array([amount * 10_000 + i for i in range(12)], dtype="Int64"),
            "denominator": pd.array([None] * 12, dtype="Int64"),
            "ready": pd.array([None] * 12, dtype="Int64"),
            "row": range(2, 14),
        }
    )  # fmt: skip


def books(amount: int) -> list[LedgerEntry]:
    return [
        entry("kirurgi", "2023-01", "personal", amount, ACTUAL),
        entry("medicin", "2023-02", "ersattning", amount),
    ]


def made(amount: int, step: Any = lambda: None) -> Delivery:
    def slices() -> Iterator[Any]:
        for start in range(0, 12, 3):
            step()
            yield frame(amount).iloc[start : start + 3]

    return Delivery("fil", Origin.DEMO, (), ledger=books(amount), slices=slices, tell=lambda *_: step())


def picture(url: str) -> list[list[str]]:
    """Every row of every table, without the moments."""
    store = Store.open(url)
    skipped = {"created_at", "at", "known_from"}
    with reading(store._engine) as connection:
        rows = [
            sorted(map(str, connection.execute(select(*(c for c in t.c if c.name not in skipped)))))
            for t in tables.metadata.sorted_tables
        ]
    store.close()
    return rows


def die_at(url: str, point: int) -> None:
    """Loads, and is killed at the point: before or after a statement, a slice, the commit. Leaves by itself after the
    last.
    """
    store, passed = Store.open(url), [0]

    def step(*_: object, **__: object) -> None:
        passed[0] += 1
        if passed[0] >= point:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
        event.listen(store._engine, name, step)
    store.take(CAT, made(7, step))
    os._exit(0)


def main(url: str) -> None:
    store = Store.create(url, "demo", CAT, AS_OF)
    store.take(CAT, delivery(books(3), observations=frame(3)))
    store.close()
    before, held = picture(url), []
    for point in range(1, MOST, EVERY):
        child = os.fork()
        if child == 0:
            die_at(url, point)
        _, status = os.waitpid(child, 0)
        held.append(picture(url))
        if not os.WIFSIGNALED(status) or held[-1] != before:
            break
    after = held[-1]
    print(" ".join("before" if one == before else "after" if one == after else "between" for one in held))


if __name__ == "__main__":
    main(sys.argv[1])
