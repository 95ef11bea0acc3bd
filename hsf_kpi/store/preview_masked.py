"""Rows of observations as arrays, and which of them are of so few persons that they are hidden."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from sqlalchemy import Connection, select

from hsf_kpi.access.masking import components, masked_finished, masked_many
from hsf_kpi.model.codes import OrgView
from hsf_kpi.model.measure import Measure
from hsf_kpi.store import tables
from hsf_kpi.store.ancestry import Bools, Ints
from hsf_kpi.store.codes import ORG, SEX_OF, Form
from hsf_kpi.store.preview_rows import FEW_UNITS, ends, fetched, packed
from hsf_kpi.store.preview_scope import Places

MEASURE, WINDOW, SEX, UNIT, MONTH, FORM, UP, DOWN, READY, ROW = range(10)
"""The columns: places of measure and unit, codes, the three numbers on the stored scale, and the row in the file."""
BITS: Final = ((MEASURE, 14), (WINDOW, 3), (SEX, 2), (UNIT, 22), (MONTH, 15), (FORM, 1))
"""The columns of the key, and how wide they are."""
NUMBERS: Final = slice(UP, READY + 1)
NOTHING: Final = -(1 << 62)
"""In the place of a number that is not there: no component is that large."""


def few_rows(measures: Sequence[Measure], rows: Ints) -> Bools:
    """Which rows are of so few persons that they are masked by themselves."""
    found = np.zeros(len(rows), dtype=np.bool_)
    numbers = np.where(rows[:, NUMBERS] == NOTHING, 0, rows[:, NUMBERS])
    for place in np.unique(rows[:, MEASURE]).tolist():
        measure = measures[place]
        if not components(measure):
            continue
        for code, sex in SEX_OF.items():
            at = np.flatnonzero((rows[:, MEASURE] == place) & (rows[:, SEX] == code))
            up, down = numbers[at, 0], numbers[at, 1]
            below = down if measure.aggregation.has_denominator else None
            parts = masked_many(measure, up, below, np.ones_like(up), sex)
            found[at] = np.where(rows[at, FORM] == Form.READY, masked_finished(measure, down, sex), parts)
    return found


def masked_today(
    connection: Connection,
    measure_places: Places,
    unit_places: Places,
    measures: Sequence[Measure],
    rows: Ints,
    which: Bools,
) -> Bools:
    """Of those rows the ones whose place is masked today, for whatever reason."""
    found = np.zeros(len(rows), dtype=np.bool_)
    counting = [place for place, measure in enumerate(measures) if components(measure)]
    at = np.flatnonzero(which & np.isin(rows[:, MEASURE], counting))
    if not len(at):
        return found
    some, r = rows[at], tables.rollup.c
    query = select(r.measure, r.window, r.sex, r.unit, r.month).where(
        r.org == ORG[OrgView.AS_WAS],
        r.masked,
        r.measure.in_(measure_places.numbers(np.unique(some[:, MEASURE]).tolist())),
        r.month.between(*ends(some[:, MONTH])),
    )
    units = np.unique(some[:, UNIT]).tolist()
    if len(units) <= FEW_UNITS:
        query = query.where(r.unit.in_(unit_places.numbers(units)))
    keys = packed([(some[:, column], bits) for column, bits in BITS[:-1]])
    for live in fetched(connection, query, 5):
        live[:, MEASURE] = measure_places.of(live[:, MEASURE])
        live[:, UNIT] = unit_places.of(live[:, UNIT])
        live = live[(live[:, MEASURE] >= 0) & (live[:, UNIT] >= 0)]
        found[at] |= np.isin(keys, packed([(live[:, column], bits) for column, bits in BITS[:-1]]))
    return found
