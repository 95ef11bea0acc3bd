"""What is under way is waited for; nothing is begun when the server is being stopped; everything is counted."""

from __future__ import annotations

import threading
import time
from contextlib import AbstractContextManager, nullcontext

import pytest

from hsf_kpi.model.problems import DataError, Problem, StoreError
from hsf_kpi.operations.metrics import REGISTRY
from hsf_kpi.operations.work import WORK, Leaving, Work, load_under_way, report_under_way


def count(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


def raised(error: BaseException | None) -> AbstractContextManager[object]:
    return nullcontext() if error is None else pytest.raises(type(error))


def test_nothing_under_way_is_done_at_once() -> None:
    assert Work().done(time.monotonic() - 1) == {}


def test_what_is_under_way_is_told_until_it_is_done() -> None:
    work, may_end = Work(), threading.Event()

    def load() -> None:
        with work.under_way("load"):
            begun.set()
            may_end.wait(30)

    begun = threading.Event()
    thread = threading.Thread(target=load)
    thread.start()
    assert begun.wait(30)
    assert work.done(time.monotonic()) == {"load": 1}
    assert count("hsf_kpi_under_way", kind="load") == 1
    may_end.set()
    assert work.done(time.monotonic() + 30) == {}
    thread.join()
    assert count("hsf_kpi_under_way", kind="load") == 0


def test_nothing_is_begun_when_the_server_is_being_stopped() -> None:
    work = Work()
    with work.under_way("report"):
        work.leaving = True
        with (
            pytest.raises(Leaving, match="Servern startas om just nu"),
            work.under_way("load"),
        ):
            pytest.fail("begun")
        assert work.done(time.monotonic()) == {"report": 1}


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (None, "undone"),
        (DataError(Problem("Fel.")), "refused"),
        (StoreError(Problem("Borta.")), "failed"),
        (ValueError(), "failed"),
        (KeyboardInterrupt(), "failed"),
    ],
)
def test_a_load_is_counted_once_by_what_came_of_it(error: BaseException | None, outcome: str) -> None:
    outcomes = ("loaded", "refused", "failed", "undone")
    before = {one: count("hsf_kpi_loads_total", outcome=one) for one in outcomes}
    with raised(error), load_under_way("undone"):
        if error is not None:
            raise error
    after = {one: count("hsf_kpi_loads_total", outcome=one) for one in outcomes}
    assert {one: after[one] - before[one] for one in outcomes if after[one] != before[one]} == {outcome: 1}
    assert WORK.done(time.monotonic()) == {}


@pytest.mark.parametrize(
    ("made", "error", "outcome"),
    [
        (True, None, "made"),
        (False, None, "failed"),
        (True, OSError(), "failed"),
        (False, GeneratorExit(), "stopped"),
    ],
)
def test_a_report_is_timed_by_medium_and_outcome(
    made: bool, error: BaseException | None, outcome: str
) -> None:
    def counted() -> float:
        return count("hsf_kpi_report_seconds_count", medium="pdf", outcome=outcome)

    before = counted()
    with raised(error), report_under_way("pdf") as is_made:
        if made:
            is_made()
        if error is not None:
            raise error
    assert counted() == before + 1
