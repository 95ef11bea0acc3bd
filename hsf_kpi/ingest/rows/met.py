"""What a file turns out to hold, for the load's own log."""

from __future__ import annotations

import numpy as np

from hsf_kpi.ingest.rows.cells import Ints


class Met:
    """What has been met in the rows so far. units, measures: positions in the catalogue (of accounts, in a ledger). span:
    first and last Month.index.
    """

    def __init__(self) -> None:
        self.units: set[int] = set()
        self.measures: set[int] = set()
        self.span: tuple[int, int] | None = None

    def meet(self, units: Ints, measures: Ints, months: Ints) -> None:
        self.units.update(np.unique(units).tolist())
        self.measures.update(np.unique(measures).tolist())
        if len(months):
            self.meet_months(months, months)

    def meet_months(self, first: Ints, last: Ints) -> None:
        low, high = int(first.min()), int(last.max())
        self.span = (min(low, self.span[0]), max(high, self.span[1])) if self.span else (low, high)
