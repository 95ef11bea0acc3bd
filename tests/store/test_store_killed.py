"""A load that is killed anywhere has happened or has not; who reads meanwhile sees before or after; two loads queue."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hsf_kpi import ROOT
from hsf_kpi.model.codes import OrgView, Sex
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.period import View
from hsf_kpi.store import Store
from tests.store.asking import AS_OF
from tests.store.builders import everyone, m
from tests.store.killing import CAT, frame, made, picture

MONTHS = [m("2023-01") + i for i in range(4)]


@pytest.fixture
def url(database_url: str) -> str:
    store = Store.create(database_url, "demo", CAT, AS_OF)
    store.take(CAT, made(3))
    store.close()
    return database_url


def total(store: Store) -> tuple[list[int | None], int | None]:
    """The sums of four months, and the ledger's result, as one page reads them."""
    series = store.unit_series(everyone(CAT), CAT, "hsf", View.MONTH, Sex.ALL, OrgView.TODAY, ["belopp"])[
        "belopp"
    ]
    cells = next(iter(series.cells.values()), {})
    found = [cells[month].numerator if month in cells else None for month in MONTHS]
    ledger = store.ledger.read(everyone(CAT), CAT, ["hsf"], OrgView.TODAY)["hsf"]
    return found, ledger.result(AmountKind.ACTUAL, MONTHS[0])


def test_killed_anywhere_it_is_before_or_after(database_url: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.killing", database_url],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    held = done.stdout.split()
    assert len(held) > 7, "it was killed at many points"
    assert set(held[:-1]) == {"before"}
    assert held[-1] == "after"
    store = Store.open(database_url)
    assert store.loads.latest() == 2
    assert total(store)[0][0] == sum(frame(7)["numerator"][:3])
    store.close()


def test_who_reads_meanwhile_sees_before_and_then_after(url: str) -> None:
    reader, seen = Store.open(url), []
    writer = Store.open(url)
    before = total(reader)
    writer.take(CAT, made(7, lambda: seen.append(total(reader))))
    assert len(seen) > 5
    assert all(one == before for one in seen), "not a mixture, and not the half of it"
    after = total(reader)
    assert after[0][0] != before[0][0]
    assert after[1] != before[1]
    reader.close()
    writer.close()


def test_two_loads_at_once_come_one_after_the_other(url: str) -> None:
    one, other = Store.open(url), Store.open(url)
    order: list[str] = []
    started, errors = threading.Event(), list[BaseException]()

    def second() -> None:
        started.set()
        try:
            other.take(CAT, made(9, lambda: order.append("andra")))
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=second)

    def first() -> None:
        order.append("första")
        if not thread.is_alive() and not started.is_set():
            thread.start()
            started.wait()

    one.take(CAT, made(7, first))
    thread.join(60)
    assert not errors
    assert "andra" not in order[: len(order) - order[::-1].index("första")], "it waited"
    assert [load.number for load in one.loads.all()][:2] == [3, 2]
    assert total(one)[0][0] == sum(frame(9)["numerator"][:3])
    one.close()
    other.close()


def test_a_load_that_fails_on_the_way_leaves_nothing(url: str) -> None:
    store, before = Store.open(url), picture(url)

    def fail() -> None:
        raise OSError(28, "No space left on device")

    def slices() -> Iterator[Any]:
        yield from list(made(7).slices())[:2]  # type: ignore[misc]
        fail()

    with pytest.raises(OSError, match="No space"):
        store.take(CAT, replace(made(7), slices=slices))
    store.close()
    assert picture(url) == before
    assert not Path("fil").exists()
