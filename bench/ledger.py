"""The demo's ledger with every leaf split into enheter, as `enlarge` splits the observations."""

from __future__ import annotations

import numpy as np
import pandas as pd

from hsf_kpi.ingest.demo.enlarge import enhet_id


def split_ledger(entries: pd.DataFrame, leaves: frozenset[str], k: int) -> pd.DataFrame:
    """Every row of a leaf as k rows that sum to it. Internal trade goes to the first enhet of both ends, since rows of
    several kostnadsställen meet one of the other side.
    """
    internal = (entries["counterpart"] != "").to_numpy()
    trade = entries[internal].copy()
    for end in ("unit", "counterpart"):
        trade[end] = [enhet_id(name, 0) if name in leaves else name for name in trade[end].astype(str)]
    return pd.concat([split_forecasts(entries[~internal], leaves, k), trade], ignore_index=True)


def split_forecasts(forecasts: pd.DataFrame, leaves: frozenset[str], k: int) -> pd.DataFrame:
    mine = forecasts["unit"].isin(leaves).to_numpy()
    rows = forecasts[mine]
    many = rows.loc[rows.index.repeat(k)].reset_index(drop=True)
    number = np.tile(np.arange(k), len(rows))
    whole = many["amount"].to_numpy(dtype=np.int64)
    many["amount"] = whole // k + np.where(number < whole % k, 1, 0)
    names = many["unit"].astype(str)
    many["unit"] = [enhet_id(name, n) for name, n in zip(names, number, strict=True)]
    return pd.concat([forecasts[~mine], many], ignore_index=True)
