"""A file's rows on their way into the store, some at a time."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from hsf_kpi.model.observation import ExternalValue
from hsf_kpi.model.register import Improvement, Move


@dataclass(frozen=True)
class Slice:
    """Some rows of a file as they go into the store; only the part that its kind fills is not empty.

    observations, ledger, forecasts: frames with the columns of store/batch.py and store/ledger_batch.py, and `row`, the
    row in the file. moves, external, improvements: rows of a file that is small enough to be held whole; `rows` then gives
    the file's row of each. definitions: path below data/ → text, for what the new year brings.
    """

    observations: pd.DataFrame | None = None
    ledger: pd.DataFrame | None = None
    forecasts: pd.DataFrame | None = None
    moves: tuple[Move, ...] = ()
    external: tuple[ExternalValue, ...] = ()
    improvements: tuple[Improvement, ...] = ()
    definitions: tuple[tuple[str, str], ...] = ()
    rows: tuple[int, ...] = ()
