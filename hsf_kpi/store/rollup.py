"""The sums of one measure for every ancestor, window, sex and view of the organisation. Pure: arrays in, rows
out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from hsf_kpi.access.masking import masked_finished
from hsf_kpi.model.codes import OrgView, Sex
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Window
from hsf_kpi.store.ancestry import Ancestry, Bools, Ints
from hsf_kpi.store.codes import ORG, SEX, SEX_OF, WINDOW, WINDOW_OF, Form
from hsf_kpi.store.grid import Leaves, grid, parts
from hsf_kpi.store.sums import Gather, month_sums, window_sums
from hsf_kpi.store.suppressed import Piece, masked_sums
from hsf_kpi.store.suppressed_before import Before


@dataclass(frozen=True)
class Rows:
    """Rows of the table `rollup` for one measure, as parallel arrays. `is_ready`: `numerator` holds a
    finished value, and `denominator` its respondents, 0 where they are not known. `source`: a number, 0 for
    several.
    """

    unit: Ints
    org: Ints
    window: Ints
    sex: Ints
    month: Ints
    numerator: Ints
    denominator: Ints
    is_ready: Bools
    months: Ints
    months_expected: Ints
    reported: Ints
    expected: Ints
    missing_share: npt.NDArray[np.float64]
    masked: Bools
    origin: Ints
    source: Ints

    def __len__(self) -> int:
        return len(self.unit)

    def take(self, index: Ints) -> Rows:
        return Rows(*(getattr(self, field.name)[index] for field in fields(self)))


TUPLE_COLUMNS = (
    "unit", "org", "window", "sex", "measure", "month", "numerator", "denominator", "ready", "months",
    "months_expected", "reported", "expected", "missing_share", "masked", "origin", "source",
)  # fmt: skip


def rollup(measure: Measure, leaves: Leaves, ancestry: Ancestry, before: Before | None = None) -> Rows:
    """Every sum and finished value of `measure`, one per (unit, org, window, sex, month), sorted so.

    `before`: what was shown until now, which decides with the rest what must be masked.
    """
    found: list[Rows] = []
    for window_code in np.unique(leaves.window):
        window = WINDOW_OF[int(window_code)]
        of_window = leaves.where(leaves.window == window_code)
        summed = parts(of_window)
        if measure.aggregation.sums_over_units and len(summed.unit):
            horizon = int(summed.month.max())
            pieces = [
                piece
                for sex in np.unique(summed.sex)
                for piece in _sums(
                    measure, window, int(sex), horizon, summed.where(summed.sex == sex), ancestry
                )
            ]
            found.extend(_masked(measure, pieces, ancestry, before))
        ready = of_window.where(of_window.form == Form.READY)
        for code in SEX_OF:
            found.extend(_finished(measure, code, ready.where(ready.sex == code), ancestry))
    rows = Rows(*(np.concatenate([getattr(r, f.name) for r in found]) for f in fields(Rows)))
    return _both_sexes(_one_each(rows))


def tuples(measure: Measure, measure_id: int, rows: Rows) -> Iterator[tuple[Any, ...]]:
    """The rows in the order of `TUPLE_COLUMNS`, with None where there is no such number."""
    numerator, denominator, ready, source = (
        x.astype(object) for x in (rows.numerator, rows.denominator, rows.numerator, rows.source)
    )
    numerator[rows.is_ready] = None
    ready[~rows.is_ready] = None
    none_below = np.full(len(rows), not measure.aggregation.has_denominator)
    denominator[np.where(rows.is_ready, rows.denominator == 0, none_below)] = None
    source[rows.source == 0] = None
    lists = [x.tolist() for x in (rows.unit, rows.org, rows.window, rows.sex)]
    rest = (rows.months, rows.months_expected, rows.reported, rows.expected, rows.missing_share, rows.masked)
    return zip(
        *lists,
        [measure_id] * len(rows),
        rows.month.tolist(),
        numerator.tolist(),
        denominator.tolist(),
        ready.tolist(),
        *(x.tolist() for x in rest),
        rows.origin.tolist(),
        source.tolist(),
        strict=True,
    )


def _sums(
    measure: Measure, window: Window, sex: int, horizon: int, leaves: Leaves, ancestry: Ancestry
) -> Iterator[Piece]:
    kind = measure.aggregation
    table = grid(kind, window, horizon, leaves, ancestry)
    for org, pairs in ((OrgView.AS_WAS, ancestry.as_was), (OrgView.TODAY, ancestry.today)):
        gather = Gather(table, pairs, ancestry)
        month = month_sums(kind, table, gather)
        yield Piece(org, sex, window, gather.ancestors, table, month)
        if window is Window.MONTH:
            for wide in (Window.YTD, Window.R12):
                sums = window_sums(kind, wide, month, table, gather)
                yield Piece(org, sex, wide, gather.ancestors, table, sums)


def _masked(
    measure: Measure, pieces: Sequence[Piece], ancestry: Ancestry, before: Before | None
) -> Iterator[Rows]:
    for piece, masked in zip(pieces, masked_sums(measure, pieces, ancestry, before), strict=True):
        yield _flat(piece, masked)


def _flat(piece: Piece, masked: Bools) -> Rows:
    sums, table = piece.sums, piece.table
    at = np.nonzero(sums.exists)
    count = len(at[0])
    total = sums.total[at]
    share = sums.missing[at] / np.maximum(total, 1)
    lacking = sums.reported[at] < sums.expected[at]
    share = np.where(lacking & ((sums.unknown[at] > 0) | (total == 0)), 1.0, share)
    return Rows(
        unit=piece.ancestors[at[0]],
        org=np.full(count, ORG[piece.org]),
        window=np.full(count, WINDOW[piece.window]),
        sex=np.full(count, piece.sex),
        month=table.months[at[1]],
        numerator=sums.numerator[at],
        denominator=sums.denominator[at],
        is_ready=np.zeros(count, np.bool_),
        months=sums.months[at],
        months_expected=sums.months_expected[at],
        reported=sums.reported[at],
        expected=sums.expected[at],
        missing_share=share,
        masked=masked[at],
        origin=sums.origin[at],
        source=np.where(sums.first_source[at] == sums.last_source[at], sums.last_source[at], 0),
    )


def _finished(measure: Measure, sex: int, leaves: Leaves, ancestry: Ancestry) -> Iterator[Rows]:
    """Finished values, at their own unit only; today's organisation has those of the units that still stand
    in it.
    """
    is_touched = np.isin(leaves.unit, list(ancestry.touched))
    today = leaves.where(is_touched & ancestry.own_heir[leaves.unit])
    for org, these in ((OrgView.AS_WAS, leaves), (OrgView.TODAY, today)):
        count = len(these.unit)
        ones = np.ones(count, np.int64)
        yield Rows(
            unit=these.unit,
            org=np.full(count, ORG[org]),
            window=these.window,
            sex=these.sex,
            month=these.month,
            numerator=these.ready,
            denominator=these.denominator,
            is_ready=np.ones(count, np.bool_),
            months=ones,
            months_expected=ones,
            reported=ones,
            expected=ones,
            missing_share=np.zeros(count, np.float64),
            masked=masked_finished(measure, these.denominator, SEX_OF[sex]),
            origin=these.origin,
            source=these.source,
        )


def _one_each(rows: Rows) -> Rows:
    """Where a place has several values the strongest origin stands, and among equals the finished value."""
    keys = (rows.unit, rows.org, rows.window, rows.sex, rows.month)
    order = np.lexsort((~rows.is_ready, rows.origin, *reversed(keys)))
    first = np.ones(len(order), np.bool_)
    if len(order) > 1:
        first[1:] = np.any([key[order][1:] != key[order][:-1] for key in keys], axis=0)
    return rows.take(order[first])


def _both_sexes(rows: Rows) -> Rows:
    """A finished value of women or men that is masked takes the other's with it: the total and the other, weighted by
    those who answered, would tell it. (Sums are protected in `masked_sums`.)
    """
    by_sex = rows.is_ready & (rows.sex != SEX[Sex.ALL])
    place = np.stack([rows.unit, rows.org, rows.window, rows.month], axis=1)
    few = {tuple(key) for key in place[by_sex & rows.masked].tolist()}
    if not few:
        return rows
    told = np.fromiter((tuple(key) in few for key in place.tolist()), np.bool_, len(rows))
    return replace(rows, masked=rows.masked | (by_sex & told))
