"""What the ledger makes of itself: the derived observations that are not stored yet, in a load."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from sqlalchemy import Connection, select

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.problems import Problem
from hsf_kpi.store import tables
from hsf_kpi.store.batch import NUMBERS, Batch, batch
from hsf_kpi.store.checks import problems_of, where
from hsf_kpi.store.codes import ORIGIN, ORIGIN_OF
from hsf_kpi.store.derive import derived

_PLACE = ("measure", "window", "sex", "unit", "month")


def by_hand(found: Batch, catalogue: Catalogue, *, has_ledger: bool) -> Iterator[Problem]:
    """Values of measures that the ledger makes, delivered beside a ledger of the same origin."""
    if not has_ledger:
        return
    for key in pd.unique(found.frame["measure"]):
        measure = catalogue.measures.get(str(key))
        if measure is not None and measure.derived is not None:
            rows = np.flatnonzero((found.frame["measure"] == key).to_numpy())
            yield Problem(
                f"”{measure.name}” räknas fram ur huvudboken och kan inte läsas in för sig.",
                where(rows.tolist()),
                "Ta bort raderna, eller rätta huvudboken.",
            )


def ledger_origins(connection: Connection) -> frozenset[Origin]:
    """The origins of what is booked or forecast."""
    loads = tables.load.c
    entries = select(loads.origin).where(loads.id.in_(select(tables.ledger_entry.c.load_id))).distinct()
    forecasts = select(loads.origin).where(loads.id.in_(select(tables.forecast_entry.c.load_id))).distinct()
    codes = {*connection.execute(entries).scalars(), *connection.execute(forecasts).scalars()}
    return frozenset(ORIGIN_OF[code] for code in codes)


def takes_hours(found: Batch, catalogue: Catalogue) -> bool:
    """Whether the batch holds a measure whose hours a derived one is made of."""
    hours = {m.derived.hours for m in catalogue.measures.values() if m.derived is not None} - {""}
    return bool(found.frame["measure"].isin(hours).any())


def newly_derived(
    connection: Connection, catalogue: Catalogue, origin: Origin, arriving: Batch | None = None
) -> Batch | None:
    """The derived observations of the origin that differ from those that are live; None where none does.

    arriving: what is about to be written with the same load.
    """
    frame = derived(connection, catalogue, origin, None if arriving is None else arriving.frame)
    if not len(frame):
        return None
    found = batch(frame, origin)
    if wrong := problems_of(found, catalogue, origin):
        # Not the region's mistake but ours: what we compute must be such that it can be stored.
        raise AssertionError("; ".join(map(str, wrong)))
    fresh = _differs(found.frame, _live(connection, catalogue, origin))
    if not fresh.any():
        return None
    return Batch(found.frame[fresh].reset_index(drop=True), found.too_large[fresh].reset_index(drop=True))


def together(one: Batch, other: Batch | None) -> Batch:
    if other is None:
        return one
    if not len(one):
        return other
    frame = pd.concat([one.frame, other.frame], ignore_index=True)
    return Batch(frame, pd.concat([one.too_large, other.too_large], ignore_index=True))


_Values = dict[tuple[object, ...], tuple[object, ...]]


def _live(connection: Connection, catalogue: Catalogue, origin: Origin) -> _Values:
    o = tables.observation.c
    keys = [measure.key for measure in catalogue.measures.values() if measure.derived is not None]
    query = (
        select(
            tables.measure.c.key, o.window, o.sex, tables.unit.c.key, o.month, o.numerator, o.denominator, o.ready
        )
        .join_from(tables.observation, tables.measure, tables.measure.c.id == o.measure)
        .join(tables.unit, tables.unit.c.id == o.unit)
        .where(tables.measure.c.key.in_(keys), o.superseded_by.is_(None), o.origin == ORIGIN[origin])
    )  # fmt: skip
    return {tuple(row[:5]): tuple(row[5:]) for row in connection.execute(query)}


def _differs(frame: pd.DataFrame, live: _Values) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    if not live:
        return np.ones(len(frame), dtype=np.bool_)
    places = zip(*(frame[name].tolist() for name in _PLACE), strict=True)
    values = zip(
        *(frame[name].to_numpy(dtype=object, na_value=None).tolist() for name in NUMBERS), strict=True
    )
    differs = [live.get(place) != value for place, value in zip(places, values, strict=True)]
    return np.array(differs, dtype=np.bool_)
