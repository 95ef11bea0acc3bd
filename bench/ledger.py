"""The demo's ledger with every leaf split into enheter, as `enlarge` splits the observations."""

from __future__ import annotations

import numpy as np
import pandas as pd

from hsf_kpi.ingest.demo.enlarge import enhet_id


def split_ledger(entries: pd.DataFrame, leaves: frozenset[str], k: int) -> pd.DataFrame:
    """Every row of a leaf, or with a leaf as its counterpart, as k rows that sum to it; both ends of a trade alike."""
    return _split(entries, leaves, k, ("unit", "counterpart"))


def split_forecasts(forecasts: pd.DataFrame, leaves: frozenset[str], k: int) -> pd.DataFrame:
    return _split(forecasts, leaves, k, ("unit",))


def _split(frame: pd.DataFrame, leaves: frozenset[str], k: int, ends: tuple[str, ...]) -> pd.DataFrame:
    touched = np.logical_or.reduce([frame[end].isin(leaves).to_numpy() for end in ends])
    rows = frame[touched]
    many = rows.loc[rows.index.repeat(k)].reset_index(drop=True)
    number = np.tile(np.arange(k), len(rows))
    whole = many["amount"].to_numpy(dtype=np.int64)
    many["amount"] = whole // k + np.where(number < whole % k, 1, 0)
    for end in ends:
        names = many[end].astype(str)
        many[end] = [
            enhet_id(name, n) if name in leaves else name for name, n in zip(names, number, strict=True)
        ]
    return pd.concat([frame[~touched], many], ignore_index=True)
