"""What is erased by itself: the log, the ended sign-ins and keys when their time is up, and what is forgotten anyway."""

from __future__ import annotations

import datetime as dt
from typing import Final

from hsf_kpi.store.moment import SWEDEN, day_start
from hsf_kpi.store.store import Store

BY: Final = "system"


def prune(store: Store, log_days: int | None, now: dt.datetime | None = None) -> int:
    """Erases the log's entries, the ended sign-ins and keys that are older than `log_days` whole days; None: the region has
    not decided, and they are kept. Says how many entries. To be called when the app starts and once a day.
    """
    now = now or dt.datetime.now(dt.UTC)
    store.throttle.clear(now)
    if log_days is None:
        return 0
    before = now.astimezone(SWEDEN).date() - dt.timedelta(days=log_days)
    store.sessions.prune(day_start(before))
    store.tokens.prune(day_start(before))
    return store.audit_log.prune(before, BY)
