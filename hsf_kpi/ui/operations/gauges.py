"""What is not counted but looked up when /metrics is read: open sessions, kept answers, the latest load, readiness."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import _lru_cache_wrapper, cache
from typing import Any, Final

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from streamlit.runtime import Runtime
from streamlit.runtime.stats import ACTIVE_SESSIONS_FAMILY

from hsf_kpi.comparing import comparing_of
from hsf_kpi.dialogue import dialogue_of
from hsf_kpi.economy import economy_of
from hsf_kpi.month import month_of
from hsf_kpi.operations.metrics import REGISTRY
from hsf_kpi.operations.work import WORK
from hsf_kpi.quality import quality_of
from hsf_kpi.regions import regions_of
from hsf_kpi.signals import signals_of
from hsf_kpi.ui import warm
from hsf_kpi.ui.operations.ready import PROBE, Probe

_ASKED: Final = (comparing_of, dialogue_of, economy_of, month_of, quality_of, regions_of, signals_of)
"""What is asked of the workspace, each with answers of its own."""


class Looked(Collector):
    def __init__(self, probe: Probe = PROBE) -> None:
        self._probe = probe

    def describe(self) -> Iterable[Metric]:
        """Nothing is looked up to register it."""
        return ()

    def collect(self) -> Iterator[Metric]:
        yield GaugeMetricFamily("hsf_kpi_active_sessions", "Open websocket sessions.", value=_sessions())
        yield GaugeMetricFamily(
            "hsf_kpi_leaving", "1 while the server is being stopped.", value=int(WORK.leaving)
        )
        yield from _kept_answers()
        yield from self._database()

    def _database(self) -> Iterator[Metric]:
        """As far as the database answers in time; what was found last otherwise."""
        found = self._probe.found()
        yield GaugeMetricFamily(
            "hsf_kpi_ready",
            "1 when every check of /readyz passes.",
            value=int(found is not None and found.all_well),
        )
        load = (found or self._probe.latest()).load
        if load is not None:
            yield GaugeMetricFamily(
                "hsf_kpi_latest_load_number", "Number of the latest load.", value=load.number
            )
            yield GaugeMetricFamily("hsf_kpi_latest_load_rows", "Rows of its file.", value=load.rows)
            yield GaugeMetricFamily(
                "hsf_kpi_latest_load_timestamp_seconds", "When it was loaded.", value=load.at.timestamp()
            )


def _sessions() -> int:
    if not Runtime.exists():
        return 0
    stats: Any = Runtime.instance().stats_mgr.get_stats([ACTIVE_SESSIONS_FAMILY])
    return sum(int(one.value) for one in stats.get(ACTIVE_SESSIONS_FAMILY, ()))


def _kept_answers() -> Iterator[Metric]:
    lookups = CounterMetricFamily(
        "hsf_kpi_cache_lookups",
        "Questions to kept answers, by part of the program.",
        labels=("cache", "result"),
    )
    entries = GaugeMetricFamily("hsf_kpi_cache_entries", "Answers kept now.", labels=("cache",))
    most = GaugeMetricFamily("hsf_kpi_cache_entries_max", "Answers kept at most.", labels=("cache",))
    for part, caches in sorted(_caches().items()):
        found = [cache.cache_info() for cache in caches]
        lookups.add_metric((part, "hit"), sum(one.hits for one in found))
        lookups.add_metric((part, "miss"), sum(one.misses for one in found))
        entries.add_metric((part,), sum(one.currsize for one in found))
        most.add_metric((part,), sum(one.maxsize or 0 for one in found))
    yield from (lookups, entries, most)


def _caches() -> dict[str, list[_lru_cache_wrapper[Any]]]:
    """Part of the program (`composing`, `workspace` …) → every cache of it: of its modules, and of the open workspace. Those
    of earlier days (`as_known`), which come and go, are left out: a count never falls.
    """
    found: dict[str, dict[int, _lru_cache_wrapper[Any]]] = {}
    for module in list(sys.modules.values()):
        name = getattr(module, "__name__", "")
        if name.startswith("hsf_kpi."):
            _add(found, vars(module))
    opened = warm.opened()
    if opened is not None:
        for one in (opened, *(of(opened) for of in _ASKED)):
            _add(found, vars(one))
    return {part: list(caches.values()) for part, caches in found.items()}


def _add(found: dict[str, dict[int, _lru_cache_wrapper[Any]]], names: dict[str, Any]) -> None:
    """Each once, under the part that it was made in: a module also has the names that it imports."""
    for one in list(names.values()):
        home = getattr(one, "__module__", "") if isinstance(one, _lru_cache_wrapper) else ""
        if home.startswith("hsf_kpi."):
            found.setdefault(home.split(".")[1], {})[id(one)] = one


@cache
def register() -> None:
    """Once in a process."""
    REGISTRY.register(Looked())
