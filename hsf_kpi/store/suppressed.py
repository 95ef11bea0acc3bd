"""Which of a measure's sums are masked: from the arrays of the rollup to the system of `access.suppression`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from hsf_kpi.access.masking import Component, components, few_by_component
from hsf_kpi.access.suppression import suppress
from hsf_kpi.access.suppression_system import History, Span, System
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.codes import OrgView, UnitOfMeasure
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Window
from hsf_kpi.store.ancestry import Ancestry, Bools, Ints, Pairs
from hsf_kpi.store.codes import ORG, SEX_OF, WINDOW
from hsf_kpi.store.grid import Grid, grid
from hsf_kpi.store.sums import Sums
from hsf_kpi.store.suppressed_before import THEN, Before, node_of, placed


@dataclass(frozen=True)
class Piece:
    """The sums of one view of the organisation, sex and window. `ancestors`: the unit of each row of the sums."""

    org: OrgView
    sex: int
    window: Window
    ancestors: Ints
    table: Grid
    sums: Sums


def masked_sums(
    measure: Measure, pieces: Sequence[Piece], ancestry: Ancestry, before: Before | None
) -> list[Bools]:
    """For each piece (all of one base window, the year's whole grid) which sums are masked, ancestor × month."""
    names = components(measure)
    few = [
        few_by_component(measure, p.sums.numerator, _below(measure, p.sums), p.sums.months, SEX_OF[p.sex])
        for p in pieces
    ]
    some = any(
        bool(np.any(found[name] & p.sums.exists))
        for p, found in zip(pieces, few, strict=True)
        for name in found
    )
    windows = [WINDOW[window] for window in dict.fromkeys(p.window for p in pieces)]
    old = before.of_window(windows) if before is not None and names else None
    if not names or not (some or (old is not None and old.masked.any())):
        return [np.zeros(p.sums.exists.shape, np.bool_) for p in pieces]
    frame = _Frame(measure, pieces, ancestry, old)
    hidden = suppress(frame.system(few)).hidden
    return [hidden[frame.place(p)] for p in pieces]


def _below(measure: Measure, sums: Sums) -> Ints | None:
    return sums.denominator if measure.aggregation.has_denominator else None


class _Frame:
    """One set of axes for the pieces of all sexes, and for what was seen before: units, nodes, windows and whole years."""

    def __init__(
        self, measure: Measure, pieces: Sequence[Piece], ancestry: Ancestry, before: Before | None
    ) -> None:
        self._measure, self._pieces, self._ancestry = measure, pieces, ancestry
        self._tables = {p.sex: p.table for p in pieces}
        self.windows = list(dict.fromkeys(p.window for p in pieces))
        units = [t.units for t in self._tables.values()]
        months = [t.months for t in self._tables.values()]
        if before is not None:
            base = Window.MONTH if Window.MONTH in self.windows else self.windows[0]
            before = before.of_base(WINDOW[base])
            units.append(before.leaves.unit)
            months.append(np.concatenate([before.leaves.month, before.month]))
        self.units = np.unique(np.concatenate(units))
        self.first = min(int(some.min()) for some in months if len(some)) // 12 * 12
        self.months = max(int(some.max()) for some in months if len(some)) // 12 * 12 + 12 - self.first
        # A node's number: the unit's in the organisation as it was, after them those of today's, and of what was today's.
        self._seen = None if before is None else placed(before, ancestry)
        nodes = [_node(ancestry, p.org, p.ancestors) for p in pieces]
        nodes.append(_node(ancestry, OrgView.AS_WAS, self.units))
        if self._seen is not None:
            nodes.append(node_of(ancestry, self._seen.org, self._seen.unit))
        self.nodes = np.unique(np.concatenate(nodes))

    def place(self, piece: Piece) -> tuple[int, int, Ints, Ints]:
        """Where the piece's sums are among (sex, window, node, month)."""
        nodes = np.searchsorted(self.nodes, _node(self._ancestry, piece.org, piece.ancestors))
        months = piece.table.months - self.first
        return piece.sex, self.windows.index(piece.window), nodes[:, None], months[None, :]

    def system(self, few: Sequence[dict[Component, Bools]]) -> System:
        names = components(self._measure)
        exists = np.zeros((3, len(self.windows), len(self.nodes), self.months), np.bool_)
        small = np.zeros((len(names), *exists.shape), np.bool_)
        for piece, found in zip(self._pieces, few, strict=True):
            at = self.place(piece)
            exists[at] = piece.sums.exists
            for number, name in enumerate(names):
                small[(number, *at)] = found.get(name, False) & piece.sums.exists
        path, paths = self._paths()
        own = np.searchsorted(self.nodes, _node(self._ancestry, OrgView.AS_WAS, self.units))
        reported, amount = self._observed(self._tables)
        history = None
        if self._seen is not None:
            history = self._history(self._seen, reported, amount, exists.shape)
        spans = tuple(span_of(self._measure.aggregation, window) for window in self.windows)
        return System(reported, amount, path, paths, spans, exists, small, own, history)

    def _observed(self, tables: dict[int, Grid]) -> tuple[Bools, Ints]:
        """(reported, amount) of `System`, from the grid of each sex."""
        names = components(self._measure)
        reported = np.zeros((3, len(self.units), self.months), np.bool_)
        amount = np.zeros((len(names), *reported.shape), np.int64)
        for sex, table in tables.items():
            rows = np.searchsorted(self.units, table.units)[:, None]
            columns = (table.months - self.first)[None, :]
            reported[sex, rows, columns] = table.has
            for number, name in enumerate(names):
                amount[number, sex, rows, columns] = amount_of(
                    self._measure, name, table.numerator, table.denominator
                )
        return reported, amount

    def _views(self) -> Iterator[tuple[int, Pairs]]:
        """The views of the organisation, as numbers of nodes are told apart, with what holds in them."""
        yield ORG[OrgView.AS_WAS], self._ancestry.as_was
        yield ORG[OrgView.TODAY], self._ancestry.today
        if self._seen is not None:
            yield THEN, self._seen.paths.today

    def _paths(self) -> tuple[Ints, Ints]:
        """(path, paths) of `System`: for every segment of the organisation the nodes of each unit, equal rows once."""
        paths, unit_count = self._ancestry, len(self.units)
        segment = paths.segments(np.arange(self.months) + self.first)
        used, column = np.unique(segment, return_inverse=True)
        rows: list[Ints] = []
        nodes: list[Ints] = []
        for org, pairs in self._views():
            holds = (
                np.stack(pairs.signatures) if pairs.signatures else np.zeros((1, used.max() + 1), np.bool_)
            )
            unit = np.minimum(np.searchsorted(self.units, pairs.leaf), unit_count - 1)
            wanted = node_of(paths, np.array(org), pairs.ancestor)
            node = np.minimum(np.searchsorted(self.nodes, wanted), len(self.nodes) - 1)
            known = (self.units[unit] == pairs.leaf) & (self.nodes[node] == wanted)
            for number, one in enumerate(used):
                here = known & holds[pairs.signature, one]
                rows.append(number * unit_count + unit[here])
                nodes.append(node[here])
        row, node = np.concatenate(rows), np.concatenate(nodes)
        order = np.lexsort((node, row))
        row, node = row[order], node[order]
        count = np.bincount(row, minlength=len(used) * unit_count)
        starts = np.concatenate(([0], np.cumsum(count)))
        table = np.full((len(count), max(int(count.max()), 1)), -1, dtype=np.int64)
        table[row, np.arange(len(row)) - starts[row]] = node
        distinct, number_of = np.unique(table, axis=0, return_inverse=True)
        path = number_of.reshape(len(used), unit_count)[column].T
        return np.ascontiguousarray(path, dtype=np.int64), distinct

    def _history(self, before: Before, reported: Bools, amount: Ints, shape: tuple[int, ...]) -> History:
        shown, hidden = np.zeros(shape, np.bool_), np.zeros(shape, np.bool_)
        node = np.searchsorted(self.nodes, node_of(self._ancestry, before.org, before.unit))
        month = before.month - self.first
        codes = np.array([WINDOW[window] for window in self.windows])
        order = np.argsort(codes)
        window = order[np.searchsorted(codes, before.window, sorter=order)]
        at = before.sex, window, node, month
        shown[at], hidden[at] = ~before.masked, before.masked
        small = np.zeros((len(amount), *shape), np.bool_)
        for sex in range(3):
            rows = np.flatnonzero(before.sex == sex)
            below = before.denominator[rows] if self._measure.aggregation.has_denominator else None
            found = few_by_component(
                self._measure, before.numerator[rows], below, before.months[rows], SEX_OF[sex]
            )
            for number, name in enumerate(components(self._measure)):
                small[number, sex, window[rows], node[rows], month[rows]] = found.get(name, False)
        base = Window.MONTH if Window.MONTH in self.windows else self.windows[0]
        tables = {}
        for sex in np.unique(before.leaves.sex).tolist():
            of_sex = before.leaves.where(before.leaves.sex == sex)
            horizon = int(of_sex.month.max())
            tables[sex] = grid(self._measure.aggregation, base, horizon, of_sex, self._ancestry)
        existed, then = self._observed(tables)
        unchanged = reported & existed & (amount == then)
        if Component.DENOMINATOR in components(self._measure):
            # What may be lowered of it can be the same although it has changed.
            number = components(self._measure).index(Component.DENOMINATOR)
            unchanged[number] &= self._denominators(self._tables) == self._denominators(tables)
        return History(shown, hidden, small, existed, unchanged, then)

    def _denominators(self, tables: dict[int, Grid]) -> Ints:
        """(sex, unit, month)."""
        out = np.zeros((3, len(self.units), self.months), np.int64)
        for sex, table in tables.items():
            rows = np.searchsorted(self.units, table.units)[:, None]
            out[sex, rows, (table.months - self.first)[None, :]] = table.denominator
        return out


def _node(ancestry: Ancestry, org: OrgView, unit: Ints) -> Ints:
    return node_of(ancestry, np.array(ORG[org]), unit)


def span_of(kind: Aggregation, window: Window) -> Span:
    """Which months a sum adds up. A measured window stands alone; a kind that takes the latest repeats the month."""
    if window not in (Window.YTD, Window.R12):
        return Span.POINT
    if kind.takes_latest and not (window is Window.R12 and kind is Aggregation.STOCK):
        return Span.POINT
    return Span.YEAR if window is Window.YTD else Span.TWELVE


def amount_of(measure: Measure, component: Component, numerator: Ints, denominator: Ints) -> Ints:
    """What a change may lower: the component itself. A percentage's denominator can't fall below its numerator."""
    if component is Component.NUMERATOR:
        return numerator
    percent = measure.unit_of_measure is UnitOfMeasure.PERCENT and measure.aggregation in (
        Aggregation.RATIO,
        Aggregation.SNAPSHOT_RATIO,
    )
    if component is Component.COMPLEMENT or percent:
        return denominator - numerator
    return denominator
