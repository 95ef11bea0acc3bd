"""The ledger of a file held against what is booked: the month of a unit and kind is replaced whole, so that rows vanish."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Final

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Select, func, select

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.period import Month, Period, Window
from hsf_kpi.model.preview import Change
from hsf_kpi.model.scope import Scope
from hsf_kpi.store import tables
from hsf_kpi.store.ancestry import Bools, Ints
from hsf_kpi.store.codes import AMOUNT_KIND, AMOUNT_KIND_OF, ORIGIN
from hsf_kpi.store.ledger_batch import ledger_rows
from hsf_kpi.store.preview_rows import FETCHED, FEW_UNITS, HELD, STREAMED, Sorted, ends, packed
from hsf_kpi.store.preview_scope import LARGEST_CHANGES, Concerned, Counted, Places

_UNIT, _KIND, _PROJECT, _MONTH, _ACCOUNT, _COUNTERPART, _CENTRE, _AMOUNT, _ROW = range(9)
GROUP: Final = ((_UNIT, 22), (_KIND, 2), (_PROJECT, 1), (_MONTH, 15))
_REST: Final = ((_ACCOUNT, 12), (_COUNTERPART, 23), (_CENTRE, 24))
_MONTH_MASK: Final = (1 << 15) - 1
ACTUAL: Final = AMOUNT_KIND[AmountKind.ACTUAL]


class Booked:
    """Add the frames one by one; then `finish`."""

    def __init__(
        self, connection: Connection, scope: Scope, catalogue: Catalogue, origin: Origin, concerned: Concerned
    ) -> None:
        self.connection, self._catalogue, self.code = connection, catalogue, ORIGIN[origin]
        self.concerned = concerned
        self.unit_places = Places(connection, tables.unit, catalogue.organisation.units)
        self.accounts = Places(
            connection, tables.ledger_account, (account.id for account in catalogue.ledger_accounts)
        )
        groups = [account.group.id for account in catalogue.ledger_accounts]
        self.groups = tuple(dict.fromkeys(groups))
        self.group_of = np.array([self.groups.index(one) for one in groups] or [0], dtype=np.int64)
        self.counted = Counted()
        self._waiting: list[Ints] = []
        self._centres: dict[str, int] = {}
        self.matched: Counter[int] = Counter()
        self.stronger: set[int] = set()
        self.sums: Counter[tuple[int, int, int, int]] = Counter()

    def add(self, frame: pd.DataFrame) -> None:
        """NotPermitted for a unit whose ledger, or a month of it, is outside the scope."""
        found = ledger_rows(frame)
        seen_with = self._catalogue.ledger_seen_with
        unit = found.unit.coded(lambda name: self.unit_places.at.get(name, -1))
        for place, name in enumerate(found.unit.names):
            months = found.month[found.unit.number == place]
            if len(months):
                self.concerned.demand(name, seen_with, int(months.max()))
                for month in np.unique(months).tolist():
                    self.concerned.meet(name, month)
        kinds = {kind.value: code for kind, code in AMOUNT_KIND.items()}
        columns = [
            unit,
            found.kind.coded(lambda name: kinds.get(name, 0)),
            found.project.astype(np.int64),
            found.month,
            found.account.coded(lambda name: self.accounts.at.get(name, 0)),
            found.counterpart.coded(lambda name: self.unit_places.at.get(name, -1) + 1),
            found.cost_centre.coded(lambda name: self._centres.setdefault(name, len(self._centres))),
            found.amount,
            rows_of(frame),
        ]
        self._waiting.append(np.column_stack(columns))
        if sum(map(len, self._waiting)) >= HELD:
            self.hold()

    def hold(self) -> None:
        """Holds what has been added against what is booked."""
        if not self._waiting:
            return
        rows = np.concatenate(self._waiting)
        self._waiting = []
        group = packed([(rows[:, column], bits) for column, bits in GROUP])
        rest = packed([(rows[:, column], bits) for column, bits in _REST])
        groups, group_at = np.unique(group, return_inverse=True)
        rests, rest_at = np.unique(rest, return_inverse=True)
        keys = Sorted(group_at * len(rests) + rest_at)
        before, known = np.zeros(len(rows), dtype=np.int64), np.zeros(len(rows), dtype=np.bool_)
        for live, origin in self._live(rows):
            its_group = packed([(live[:, column], bits) for column, bits in GROUP])
            its_rest = packed([(live[:, column], bits) for column, bits in _REST])
            self.stronger.update(np.unique(its_group[origin < self.code]).tolist())
            same = (origin == self.code) & np.isin(its_group, groups) & np.isin(its_rest, rests)
            wanted = np.searchsorted(groups, its_group[same]) * len(rests) + np.searchsorted(
                rests, its_rest[same]
            )
            hit, at = keys.find(wanted)
            before[at], known[at] = live[same][hit, _AMOUNT], True
        differs = known & (before != rows[:, _AMOUNT])
        self.counted.count_many(known, differs, rows[:, _MONTH])
        for number in groups.tolist():
            self.matched.setdefault(number, 0)
        numbers, counts = np.unique(group[known], return_counts=True)
        self.matched.update(dict(zip(numbers.tolist(), counts.tolist(), strict=True)))
        self._remember_changes(rows, before, differs)
        self._add_up(rows)

    def finish(self) -> None:
        """Counts what goes away, when all of the file has been held."""
        self.hold()
        if not self.matched:
            return
        e = tables.ledger_entry.c
        query = (
            self.of_file(select(e.unit, e.kind, e.project, e.month, func.count()))
            .where(e.load_id.in_(self._loads()))
            .group_by(e.unit, e.kind, e.project, e.month)
        )
        for unit, kind, project, month, count in self.connection.execute(query):
            group = self.group(unit, kind, project, month)
            if group in self.matched and count > self.matched[group]:
                self.counted.gone += count - self.matched[group]
                self.counted.touched.add(month)

    def newest(self) -> int | None:
        """The newest month with an outcome in the file."""
        months = [group & _MONTH_MASK for group in self.matched if self._is_actual(group)]
        return max(months, default=None)

    def units_in(self, month: int) -> Ints:
        """The places of the units with an outcome in the month of the file."""
        groups = [g for g in self.matched if self._is_actual(g) and g & _MONTH_MASK == month]
        return np.array([group >> 18 for group in groups], dtype=np.int64)

    def _is_actual(self, group: int) -> bool:
        return (group >> 16) & 3 == ACTUAL and not (group >> 15) & 1

    def group(self, unit: int, kind: int, project: int, month: int) -> int:
        """The number that a unit (as stored), kind and month are known by here; −1 for a unit that is no longer defined."""
        place = self.unit_places.place(unit)
        return -1 if place < 0 else self.packed_group(place, kind, project, month)

    def packed_group(self, place: int, kind: int, project: int, month: int) -> int:
        """The same of a unit by its place."""
        return ((place << 2 | kind) << 1 | project) << 15 | month

    def account_place(self, stored: int) -> int:
        return self.accounts.place(stored)

    # Inside

    def _loads(self) -> Select[Any]:
        return select(tables.load.c.id).where(tables.load.c.origin == self.code)

    def of_file(self, query: Select[Any], rows: Ints | None = None) -> Select[Any]:
        """The live entries of the units and months of the whole file, or of some rows of it."""
        e = tables.ledger_entry.c
        if rows is None:
            groups = np.array(list(self.matched), dtype=np.int64)
            units, months = np.unique(groups >> 18).tolist(), groups & _MONTH_MASK
        else:
            units, months = np.unique(rows[:, _UNIT]).tolist(), rows[:, _MONTH]
        query = query.where(e.month.between(*ends(months)), e.superseded_by.is_(None))
        return query.where(e.unit.in_(self.unit_places.numbers(units))) if len(units) <= FEW_UNITS else query

    def _live(self, rows: Ints) -> Iterator[tuple[Ints, Ints]]:
        """(rows as ours, their origins) of what is booked by the units in the months of the file."""
        e, load = tables.ledger_entry.c, tables.load.c
        columns = (e.unit, e.kind, e.project, e.month, e.account, e.counterpart, e.cost_centre, e.amount)
        query = self.of_file(
            select(*columns, load.origin).join_from(tables.ledger_entry, tables.load, load.id == e.load_id),
            rows,
        )
        # A cost centre that the file does not name matches no row of it.
        unknown = (1 << 24) - 1
        result = self.connection.execute(query, execution_options=STREAMED)
        for part in result.partitions(FETCHED):
            centres = np.array([self._centres.get(row[6], unknown) for row in part], dtype=np.int64)
            table = np.array([(*row[:6], 0, *row[7:]) for row in part], dtype=np.int64).reshape(-1, 9)
            table[:, _CENTRE] = centres
            table[:, _UNIT] = self.unit_places.of(table[:, _UNIT])
            table[:, _ACCOUNT] = self.accounts.of(table[:, _ACCOUNT])
            inner = table[:, _COUNTERPART]
            table[:, _COUNTERPART] = np.where(inner > 0, self.unit_places.of(inner) + 1, 0)
            table = table[(table[:, _UNIT] >= 0) & (table[:, _ACCOUNT] >= 0)]
            yield table, table[:, _ROW].copy()

    def _remember_changes(self, rows: Ints, before: Ints, differs: Bools) -> None:
        at = np.flatnonzero(differs)
        size = np.abs(rows[at, _AMOUNT] - before[at])
        centres = list(self._centres)
        self.counted.remember(
            self._change(rows[place].tolist(), int(before[place]), centres)
            for place in at[np.argsort(-size, kind="stable")[:LARGEST_CHANGES]].tolist()
        )

    def _change(self, row: list[int], before: int, centres: list[str]) -> Change:
        return Change(
            unit=self.unit_places.names[row[_UNIT]],
            key=self.accounts.names[row[_ACCOUNT]],
            period=Period(Month(row[_MONTH]), Window.MONTH),
            before=Fraction(before),
            after=Fraction(row[_AMOUNT]),
            weight=float(abs(row[_AMOUNT] - before)),
            kind=AMOUNT_KIND_OF[row[_KIND]],
            detail=centres[row[_CENTRE]],
            row=row[_ROW],
        )

    def _add_up(self, rows: Ints) -> None:
        """What the file books by unit, kind, group of accounts and month, uppdragsprojekt apart."""
        plain = rows[rows[:, _PROJECT] == 0]
        group = self.group_of[plain[:, _ACCOUNT]]
        frame = pd.DataFrame(
            {
                "unit": plain[:, _UNIT], "kind": plain[:, _KIND], "group": group,
                "month": plain[:, _MONTH], "amount": plain[:, _AMOUNT],
            }
        )  # fmt: skip
        sums = frame.groupby(["unit", "kind", "group", "month"])["amount"].sum()
        for key, amount in zip(sums.index, sums.tolist(), strict=True):
            self.sums[key] += amount


def rows_of(frame: pd.DataFrame) -> Ints:
    """The file's row of each, or its place from 1."""
    if "row" in frame.columns:
        found: Ints = frame["row"].to_numpy(dtype=np.int64)
        return found
    return np.arange(1, len(frame) + 1, dtype=np.int64)
