"""What the ledger makes of itself: the derived observations that are not stored yet, in a load, and those that are stored
and that it no longer makes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Select, bindparam, func, or_, select, update

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.store import tables
from hsf_kpi.store.batch import NUMBERS, Batch, batch
from hsf_kpi.store.checks import problems_of, where
from hsf_kpi.store.codes import ORIGIN, ORIGIN_OF, Form
from hsf_kpi.store.derive import derived

_PLACE = ("measure", "window", "sex", "unit", "month")
_STORED = ("measure", "window", "sex", "unit", "month", "origin", "form", "load_id")


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
                where((found.frame["row"].to_numpy()[rows] - 1).tolist()),
                "Ta bort raderna, eller rätta huvudboken.",
            )


def ledger_origins(connection: Connection) -> frozenset[Origin]:
    """The origins of what is booked or forecast, and holds."""
    loads = tables.load.c
    codes: set[int] = set()
    for table in (tables.ledger_entry, tables.forecast_entry):
        live = select(table.c.load_id).where(table.c.superseded_by.is_(None))
        codes.update(connection.execute(select(loads.origin).where(loads.id.in_(live)).distinct()).scalars())
    return frozenset(ORIGIN_OF[code] for code in codes)


def takes_hours(found: Batch, catalogue: Catalogue) -> bool:
    """Whether the batch holds a measure whose hours a derived one is made of."""
    hours = {m.derived.hours for m in catalogue.measures.values() if m.derived is not None} - {""}
    return bool(found.frame["measure"].isin(hours).any())


@dataclass(frozen=True)
class Derived:
    """What the ledger makes otherwise than what is live. fresh: observations to write. gone: the measure and the stored key
    of live observations that it no longer makes.
    """

    fresh: Batch
    gone: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def fresh_measures(self) -> frozenset[str]:
        return frozenset(self.fresh.frame["measure"])

    @property
    def measures(self) -> frozenset[str]:
        return self.fresh_measures | {measure for measure, _ in self.gone}


def newly_derived(connection: Connection, catalogue: Catalogue, origin: Origin) -> Derived | None:
    """How the derived observations of the origin differ from those that are live; None where none does.

    DataError where a sum is too large to be stored.
    """
    frame = derived(connection, catalogue, origin)
    found = batch(frame, origin)
    if found.too_large.any():
        raise DataError(_too_large(found, catalogue))
    if wrong := problems_of(found, catalogue, origin):
        # Not the region's mistake but ours: what we compute must be such that it can be stored.
        raise AssertionError("; ".join(map(str, wrong)))
    live = _live(connection, catalogue, origin)
    fresh = _differs(found.frame, live)
    made = set(zip(*(found.frame[name].tolist() for name in _PLACE), strict=True))
    gone = tuple(
        (str(place[0]), stored)
        for place, (_values, stored, by_ledger) in live.items()
        if by_ledger and place not in made
    )
    if not gone and not fresh.any():
        return None
    return Derived(
        Batch(found.frame[fresh].reset_index(drop=True), found.too_large[fresh].reset_index(drop=True)), gone
    )


def withdraw(connection: Connection, gone: Derived, number: int) -> None:
    """Marks what the ledger no longer makes with the load that it ended with. Nothing takes its place."""
    o = tables.observation.c
    if gone.gone:
        connection.execute(
            update(tables.observation)
            .where(*(o[name] == bindparam(f"its_{name}") for name in _STORED))
            .values(superseded_by=number),
            [
                {f"its_{name}": value for name, value in zip(_STORED, key, strict=True)}
                for _, key in gone.gone
            ],
        )


def _too_large(found: Batch, catalogue: Catalogue) -> Iterator[Problem]:
    rows = found.frame[found.too_large].groupby(["measure", "unit"], as_index=False)["month"].min()
    for row in rows.itertuples(index=False):
        yield Problem(
            f"Beloppen för ”{row.unit}” i {Month(int(row.month)).iso} är sammanlagt för stora för "
            f"”{catalogue.measures[str(row.measure)].name}”.",
            "huvudbok",
            "Kontrollera enheten: kronor, inte ören.",
        )


_Live = dict[tuple[object, ...], tuple[tuple[object, ...], tuple[int, ...], bool]]
"""Place → the three numbers, the stored key, and whether the ledger has made it."""


def _live(connection: Connection, catalogue: Catalogue, origin: Origin) -> _Live:
    """Values of before the origin's first ledger were delivered by hand; after it none can be (see `by_hand`). The demo's
    own are all of its making, and what an earlier demo had that this one lacks is nobody's.
    """
    o = tables.observation.c
    first = connection.execute(_first_ledger(origin)).scalar()
    keys = [measure.key for measure in catalogue.measures.values() if measure.derived is not None]
    query = (
        select(
            tables.measure.c.key, o.window, o.sex, tables.unit.c.key, o.month, o.numerator, o.denominator, o.ready,
            func.coalesce(o.given_by, o.load_id).label("came_with"), *(o[name] for name in _STORED),
        )
        .join_from(tables.observation, tables.measure, tables.measure.c.id == o.measure)
        .join(tables.unit, tables.unit.c.id == o.unit)
        .where(tables.measure.c.key.in_(keys), o.superseded_by.is_(None), o.origin == ORIGIN[origin])
        .where(o.form == Form.PARTS)
    )  # fmt: skip
    return {
        tuple(row[:5]): (
            tuple(row[5:8]),
            tuple(row[9:]),
            first is not None and (origin is Origin.DEMO or row.came_with >= first),
        )
        for row in connection.execute(query)
    }


def _first_ledger(origin: Origin) -> Select[int]:
    loads = tables.load.c
    booked = [loads.id.in_(select(t.c.load_id)) for t in (tables.ledger_entry, tables.forecast_entry)]
    return select(func.min(loads.id)).where(loads.origin == ORIGIN[origin], or_(*booked))


def _differs(frame: pd.DataFrame, live: _Live) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    if not live:
        return np.ones(len(frame), dtype=np.bool_)
    places = zip(*(frame[name].tolist() for name in _PLACE), strict=True)
    values = zip(
        *(frame[name].to_numpy(dtype=object, na_value=None).tolist() for name in NUMBERS), strict=True
    )
    differs = [
        place not in live or live[place][0] != value for place, value in zip(places, values, strict=True)
    ]
    return np.array(differs, dtype=np.bool_)
