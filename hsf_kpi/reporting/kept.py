"""Composed reports, kept while nothing they stand on has changed: a page asks for the same one at each click."""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from typing import Final

from hsf_kpi.access.rights import Rights
from hsf_kpi.dialogue import dialogue_of
from hsf_kpi.economy import economy_of
from hsf_kpi.figures.report import Report
from hsf_kpi.month import month_of
from hsf_kpi.promises import promises_of
from hsf_kpi.render.progress import Progress, unheard
from hsf_kpi.reporting.compose import compose
from hsf_kpi.reporting.order import Order
from hsf_kpi.workspace import Version, Workspace

KEPT: Final = 16
Key = tuple[int, Version, int, int, int, int, Rights, Order, bool, dt.date]
"""The scope is part of it, by the rights: nobody is served what was composed for another."""

_kept: OrderedDict[Key, tuple[Workspace, Report]] = OrderedDict()
_lock = threading.Lock()


def report_key(workspace: Workspace, rights: Rights, order: Order, *, to_take: bool = True) -> Key:
    """All that the report depends on."""
    return (
        id(workspace),
        workspace.version(),
        dialogue_of(workspace).version(),
        economy_of(workspace).register_version(),
        month_of(workspace).version(),
        promises_of(workspace).version(),
        rights,
        order,
        to_take,
        dt.date.today(),
    )


def report_of(
    workspace: Workspace, rights: Rights, order: Order, told: Progress = unheard, *, to_take: bool = True
) -> Report:
    """As `compose`, made once for each key."""
    key = report_key(workspace, rights, order, to_take=to_take)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key][1]
    report = compose(workspace, rights, order, told, to_take=to_take)
    with _lock:
        # The workspace is held with it, so that no other one gets its id meanwhile.
        _kept[key] = (workspace, report)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return report
