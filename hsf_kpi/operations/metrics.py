"""Every metric of ours, with its labels. Counted where it happens, read at /metrics (docs/operations.md).

A label takes one of a few values that stand in the code: never a person, a unit, or a text from outside.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    Info,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)

from hsf_kpi import __version__

disable_created_metrics()  # type: ignore[no-untyped-call]
REGISTRY: Final = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)
GCCollector(registry=REGISTRY)


class Outcome(StrEnum):
    """How a run of a page ended. stopped: the page has said why it shows nothing more, or another run took over. failed:
    a fault of ours, the definitions or the database.
    """

    OK = "ok"
    STOPPED = "stopped"
    FAILED = "failed"


RERUN: Final = Histogram(
    "hsf_kpi_rerun_seconds",
    "Time of one run of the main script and its page, on the server.",
    ("page", "first", "outcome"),
    buckets=(0.01, 0.025, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0, 1.5, 2.5, 5.0, 10.0),
    registry=REGISTRY,
)
LOADS: Final = Counter(
    "hsf_kpi_loads",
    "Files given to be loaded, and loads undone, in this process.",
    ("outcome",),
    registry=REGISTRY,
)
REPORTS: Final = Histogram(
    "hsf_kpi_report_seconds",
    "Time to make one file of a report, once it was its turn.",
    ("medium", "outcome"),
    buckets=(0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0),
    registry=REGISTRY,
)
SIGN_INS_REFUSED: Final = Counter(
    "hsf_kpi_sign_ins_refused", "Sign-ins that were refused.", ("reason",), registry=REGISTRY
)
DATABASE_ERRORS: Final = Counter(
    "hsf_kpi_database_errors",
    "Times that the database could not do what was asked: unreachable, locked, readonly, full.",
    ("kind",),
    registry=REGISTRY,
)
UNDER_WAY: Final = Gauge(
    "hsf_kpi_under_way", "Loads and reports that are being made now.", ("kind",), registry=REGISTRY
)
Info("hsf_kpi_build", "Which program this is.", registry=REGISTRY).info({"version": __version__})

for _outcome in ("loaded", "refused", "failed", "undone"):
    LOADS.labels(_outcome)
for _reason in ("wrong", "throttled", "no_account"):
    SIGN_INS_REFUSED.labels(_reason)
for _kind in ("unreachable", "locked", "readonly", "full"):
    DATABASE_ERRORS.labels(_kind)


def text() -> bytes:
    """Everything, in Prometheus' text format."""
    return generate_latest(REGISTRY)
