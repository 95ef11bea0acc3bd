"""What one load brings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from hsf_kpi.model.codes import Origin
from hsf_kpi.model.dialogue import HandIn
from hsf_kpi.model.follow_up import Entry, FollowUp
from hsf_kpi.model.incoming import Progress
from hsf_kpi.model.ledger import ForecastEntry, LedgerEntry
from hsf_kpi.model.load import KeptFile
from hsf_kpi.model.observation import ExternalValue, Observation
from hsf_kpi.model.period import Month
from hsf_kpi.model.register import Improvement, Move


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one load brings. `sha256`: of the file, when there was one. `by`: who loads, for the log.

    definitions: path below data/ and text, of what the new year brings. slices: the observations of a
    large file, some rows at a time, instead of whole. file: kept with the load. at: when it became known, where that is
    not now (only the demo's loads). unit, first, last: what it concerns, for the log of loads. tell: called as the work
    goes. seen: the data version that a person has seen the changes against; another one is told, and nothing loaded.
    """

    source: str
    origin: Origin
    observations: Iterable[Observation] | pd.DataFrame
    external: Sequence[ExternalValue] = ()
    sha256: str | None = None
    by: str = "system"
    as_of: dt.date | None = None
    ledger: Sequence[LedgerEntry] | pd.DataFrame = ()
    forecasts: Sequence[ForecastEntry] | pd.DataFrame = ()
    moves: Sequence[Move] = ()
    improvements: Sequence[Improvement] = ()
    handins: Sequence[HandIn] = ()
    follow_ups: Sequence[FollowUp] = ()
    entries: Sequence[Entry] = ()
    definitions: Sequence[tuple[str, str]] = ()
    slices: Callable[[], Iterator[pd.DataFrame]] | None = None
    file: KeptFile | None = None
    profile: str | None = None
    at: dt.datetime | None = None
    unit: str | None = None
    first: Month | None = None
    last: Month | None = None
    tell: Progress = lambda _what, _share: None
    seen: int | None = None
