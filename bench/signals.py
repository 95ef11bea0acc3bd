"""Månadens signaler of the whole förvaltning at 100 and at 1,000 units: the first time, for somebody else, and again."""

from __future__ import annotations

import gc
import resource
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from bench.pages import build
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.ingest.demo import enlarge, generate_all
from hsf_kpi.ingest.demo import read_settings as demo_settings
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.scope import Reach, Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.settings import read_settings
from hsf_kpi.signals import signals_of
from hsf_kpi.store.store import Store
from hsf_kpi.workspace import Workspace

FACTORS = (2, 31)
"""Enheter below every leaf: about a hundred units, and a thousand."""
OCTOBER = Month.of(2023, 10)


@dataclass(frozen=True)
class Times:
    """Milliseconds of processor, on one thread. view: in another view. other: for somebody who may see the same."""

    units: int
    series: int
    first: float
    view: float
    other: float
    again: float


def main(factors: tuple[int, ...] = FACTORS) -> None:
    # As the server does it: fewer collections, since what is kept is long-lived.
    gc.set_threshold(100_000, 20, 50)
    print("\nMånadens signaler of all units, ms of processor:")
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for factor in factors:
            url = build(Path(folder), factor, most=factor)
            found.append(times(url, _catalogue(factor)))
    for one in found:
        print(
            f"  {one.units:5} units, {one.series:6} series: first {one.first:8.0f} ({one.first / one.series:.2f} a series)"
            f"   another view {one.view:7.0f} ({one.view / one.first:.2f} ×)"
            f"   somebody else {one.other:6.1f} ({one.other / one.first:.4f} ×)"
            f"   again {one.again:.2f} ({one.again / one.first:.6f} ×)"
        )
    if len(found) > 1:
        few, many = found[0], found[-1]
        print(
            f"  a series among {many.units} units: {many.first / many.series / (few.first / few.series):.2f} × its time"
            f" among {few.units}"
        )
    print(
        f"  peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB, building included"
    )


def times(url: str, catalogue: Catalogue) -> Times:
    with closing(Store.open(url)) as store:
        workspace = Workspace(catalogue, store)
        signals, units = signals_of(workspace), frozenset(catalogue.organisation.units)
        everything, same = Scope.of(units), Scope(frozenset({Reach(units), Reach(frozenset({"hsf"}))}))
        whole = Selection("hsf", OCTOBER)
        # Imports, statements and what is known of the whole ledger; and what was made to build is not looked through again.
        signals.monthly(everything, replace(whole, unit="kirurgkliniken", month=OCTOBER - 12))
        gc.freeze()
        first = took(lambda: signals.monthly(everything, whole))
        found = signals.monthly(everything, whole)
        return Times(
            found.units,
            found.series,
            first,
            view=took(lambda: signals.monthly(everything, replace(whole, view=View.R12))),
            other=took(lambda: signals.monthly(same, whole)),
            again=took(lambda: signals.monthly(everything, whole)),
        )


def took(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return (time.process_time() - started) * 1000


def _catalogue(factor: int) -> Catalogue:
    """The definitions of a database that `build` made."""
    data = read_settings({}).data_dir
    catalogue = read_catalogue(data)
    observed, _ = generate_all(catalogue, demo_settings(data / "demo"))
    return enlarge(catalogue, observed.head(0), factor)[0]


if __name__ == "__main__":
    main()
