"""A file held against the database before it is loaded. Every question takes a scope first; nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

import pandas as pd
from sqlalchemy import Connection, Engine, func, select

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Origin, Sex
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.observation import ExternalValue
from hsf_kpi.model.period import Month, Period, Window
from hsf_kpi.model.preview import Change, TotalMove, Vanished
from hsf_kpi.model.register import Improvement, Move
from hsf_kpi.model.scope import Scope
from hsf_kpi.store import tables
from hsf_kpi.store.codes import ORIGIN, SEX, WINDOW_OF
from hsf_kpi.store.engine import reading
from hsf_kpi.store.grid import step_back, stride
from hsf_kpi.store.preview_arrived import Arrivals
from hsf_kpi.store.preview_ledger import ACTUAL, Booked
from hsf_kpi.store.preview_ledger_totals import ledger_totals
from hsf_kpi.store.preview_observations import Observed
from hsf_kpi.store.preview_rows import table
from hsf_kpi.store.preview_scope import AGO, Concerned, no_longer
from hsf_kpi.store.preview_small import Forecasts, count_activities, count_external, count_moves
from hsf_kpi.store.preview_totals import total_moves
from hsf_kpi.store.state import read_meta, state_of


class Arriving(Protocol):
    """Some rows of a file, as `ingest.slices.Slice`."""

    @property
    def observations(self) -> pd.DataFrame | None: ...
    @property
    def ledger(self) -> pd.DataFrame | None: ...
    @property
    def forecasts(self) -> pd.DataFrame | None: ...
    @property
    def moves(self) -> tuple[Move, ...]: ...
    @property
    def external(self) -> tuple[ExternalValue, ...]: ...
    @property
    def improvements(self) -> tuple[Improvement, ...]: ...


@dataclass(frozen=True)
class Comparison:
    """What a file would change, not yet judged. unit: the lowest one above all that it touches, "" for none.

    months: of the file; touched: those of them where something would be another. released: the last final month.
    totals: with the ledger's earlier months in `earlier`. arrivals: the monthly series of the file, some units at a time.
    """

    unit: str
    new: int
    changed: int
    same: int
    gone: int
    months: tuple[Month, ...]
    touched: frozenset[Month]
    released: Month | None
    version: int
    arrivals: Arrivals
    changes: tuple[Change, ...] = ()
    totals: tuple[TotalMove, ...] = ()
    earlier: Mapping[tuple[AmountKind, str], Mapping[int, Fraction]] = field(default_factory=dict)
    vanished: tuple[Vanished, ...] = ()


class PreviewStore:
    """One for a store. Safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def compare(
        self, scope: Scope, catalogue: Catalogue, slices: Iterable[Arriving], origin: Origin
    ) -> Comparison:
        """The file's rows held against those that are live of the same origin, in one state of the database.

        NotPermitted when a unit, a measure or a month of the file is outside the scope. Takes memory for some slices at a
        time, and for the latest months of every series in the file.
        """
        with reading(self._engine) as connection:
            return _compare(connection, scope, catalogue, slices, origin)


def _compare(
    connection: Connection, scope: Scope, catalogue: Catalogue, slices: Iterable[Arriving], origin: Origin
) -> Comparison:
    state = state_of(read_meta(connection))
    concerned = Concerned(scope, catalogue)
    observed = Observed(connection, scope, catalogue, origin, concerned)
    booked = Booked(connection, scope, catalogue, origin, concerned)
    forecasts = Forecasts(connection, catalogue, origin, concerned)
    moves: list[Move] = []
    activities: list[Improvement] = []
    external: list[ExternalValue] = []
    for part in slices:
        for frame, taker in (
            (part.observations, observed),
            (part.ledger, booked),
            (part.forecasts, forecasts),
        ):
            if frame is not None and len(frame):
                taker.add(frame)
        moves += part.moves
        activities += part.improvements
        external += part.external
    observed.hold()
    booked.finish()
    small = [
        forecasts.finish(),
        count_moves(connection, concerned, moves),
        count_activities(connection, concerned, catalogue.ledger_seen_with, activities),
        count_external(connection, external),
    ]
    counts = (observed.counted, booked.counted, *small)
    vanished, lacking = _vanished(connection, observed, origin)
    no_outcome = _no_outcome(connection, booked, catalogue.ledger_seen_with, origin)
    totals = total_moves(
        connection, observed.sums, observed.measures, observed.unit_places, observed.measure_places,
        concerned, lacking,
    )  # fmt: skip
    amounts, earlier = ledger_totals(
        booked, catalogue.ledger_seen_with, {one.period.end.index: one for one in no_outcome}
    )
    return Comparison(
        unit=concerned.above,
        new=sum(one.new for one in counts),
        changed=sum(one.changed for one in counts),
        same=sum(one.same for one in counts),
        gone=sum(one.gone for one in counts),
        months=tuple(Month(index) for index in sorted(set().union(*(one.months for one in counts)))),
        touched=frozenset(Month(index) for one in counts for index in one.touched),
        released=state.released,
        version=state.data_version,
        changes=tuple(change for one in counts for change in one.changes),
        totals=(*totals, *amounts),
        earlier=earlier,
        vanished=(*vanished, *no_outcome),
        arrivals=observed.arrivals,
    )


def _vanished(
    connection: Connection, observed: Observed, origin: Origin
) -> tuple[list[Vanished], dict[tuple[int, int], set[int]]]:
    """The units that used to report a measure, and the periods of the measures that lack one."""
    found: list[Vanished] = []
    lacking: dict[tuple[int, int], set[int]] = {}
    o = tables.observation.c
    for (place, window), newest in observed.arrivals.newest.items():
        measure, kind = observed.measures[place], WINDOW_OF[window]
        year = step_back(stride(kind))
        ago = AGO if kind is Window.MONTH else ()
        query = select(o.unit, o.month, func.coalesce(o.given_by, o.load_id)).where(
            o.measure.in_(observed.measure_places.numbers([place])),
            o.window == window,
            o.sex == SEX[Sex.ALL],
            o.month.in_([newest, *(newest - back for back in ago), newest - year]),
            o.origin == ORIGIN[origin],
            o.superseded_by.is_(None),
        )
        live = table(connection, query, 3)
        live[:, 0] = observed.unit_places.of(live[:, 0])
        here = observed.arrivals.units_in(place, window, newest)
        for unit, last in no_longer(live[live[:, 0] >= 0], here, newest, ago, year):
            name = observed.unit_places.names[unit]
            if not observed.concerned.stands_below(name, newest):
                continue
            lacking.setdefault((place, window), set()).add(newest)
            if observed.concerned.may_tell(name, measure.key, newest):
                found.append(Vanished(name, measure.key, Period(Month(newest), kind), Month(last)))
    return found, lacking


def _no_outcome(connection: Connection, booked: Booked, seen_with: str, origin: Origin) -> list[Vanished]:
    """The units that used to book an outcome."""
    newest = booked.newest()
    if newest is None:
        return []
    e, load = tables.ledger_entry.c, tables.load.c
    query = (
        select(e.unit, e.month, func.coalesce(e.given_by, e.load_id))
        .join_from(tables.ledger_entry, tables.load, load.id == e.load_id)
        .where(
            e.kind == ACTUAL,
            e.project == 0,
            e.month.in_([newest, *(newest - back for back in AGO), newest - 12]),
            e.superseded_by.is_(None),
            load.origin == ORIGIN[origin],
        )
        .distinct()
    )
    found = []
    live = table(connection, query, 3)
    live[:, 0] = booked.unit_places.of(live[:, 0])
    for unit, last in no_longer(live[live[:, 0] >= 0], booked.units_in(newest), newest, AGO, 12):
        name, concerned = booked.unit_places.names[unit], booked.concerned
        if concerned.stands_below(name, newest) and concerned.may_tell(name, seen_with, newest):
            found.append(Vanished(name, "", Period(Month(newest), Window.MONTH), Month(last)))
    return found
