"""Splits every leaf into enheter, so that the same figures come from ten or a hundred times as many rows
(for benchmarks)."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from hsf_kpi.ingest.demo.apportion import Floats, Ints
from hsf_kpi.ingest.demo.block import generator, reporting_units
from hsf_kpi.ingest.demo.table import tidy
from hsf_kpi.model.aggregation import FIXED, Aggregation
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.organisation import Organisation, Placement, Unit

_CELL = ["unit", "window", "end"]


def enlarge(catalogue: Catalogue, frame: pd.DataFrame, k: int) -> tuple[Catalogue, pd.DataFrame]:
    """A catalogue with `k` enheter below every leaf, and the table with each leaf's rows moved down to them.

    The enheter's components sum to the leaf's exactly (women, men and total), none has more in a
    share's numerator than in
    its denominator, and a denominator that all units share stays whole. Finished values stay where they are.
    ValueError when k < 2.
    """
    if k < 2:
        raise ValueError("k must be at least 2")
    leaves = _leaves(catalogue.organisation)
    measures = {
        key: replace(measure, measured_at=_measured_at(measure, catalogue.organisation, leaves, k))
        for key, measure in catalogue.measures.items()
    }
    bigger = replace(
        catalogue, organisation=_with_enheter(catalogue.organisation, leaves, k), measures=measures
    )
    moves = frame["unit"].isin(leaves) & frame["numerator"].notna()
    edges = {leaf: _edges(leaf, k) for leaf in leaves}
    parts = [
        _split(rows, catalogue.measure(str(key)), edges)
        for key, rows in frame[moves].groupby("measure", observed=True)
    ]
    return bigger, tidy(_joined([frame[~moves], *parts]))


def _joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """One table; only the units' categories differ between the parts."""
    units = union_categoricals([pd.Categorical(part["unit"]) for part in parts])
    joined = pd.concat([part.drop(columns="unit") for part in parts], ignore_index=True)
    joined["unit"] = units
    return joined


def enhet_id(leaf: str, number: int) -> str:
    """The id of the leaf's enhet number 0, 1, …"""
    return f"{leaf}-enhet-{number + 1:03d}"


def _leaves(organisation: Organisation) -> frozenset[str]:
    parents = {placement.parent for unit in organisation.units.values() for placement in unit.placements}
    return frozenset(organisation.units) - parents


def _with_enheter(organisation: Organisation, leaves: frozenset[str], k: int) -> Organisation:
    units: dict[str, Unit] = {}
    for unit in organisation.units.values():
        units[unit.id] = unit
        if unit.id in leaves:
            for number in range(k):
                units[enhet_id(unit.id, number)] = _enhet(unit, number)
    return Organisation(units, organisation.reorganisations)


def _enhet(leaf: Unit, number: int) -> Unit:
    successor = leaf.successor and enhet_id(leaf.successor, number)
    return Unit(
        id=enhet_id(leaf.id, number),
        name=f"{leaf.name}, enhet {number + 1}",
        level="enhet",
        placements=(Placement(leaf.id, leaf.first, leaf.last),),
        successor=successor,
        assumed=True,
        source=leaf.source,
    )


def _measured_at(
    measure: Measure, organisation: Organisation, leaves: frozenset[str], k: int
) -> tuple[str, ...]:
    units = reporting_units(measure, organisation)
    if measure.aggregation is Aggregation.SURVEY:
        return units
    below = ((enhet_id(u, n) for n in range(k)) if u in leaves else (u,) for u in units)
    return tuple(chain.from_iterable(below))


def _edges(leaf: str, k: int) -> Floats:
    """(k + 1,) rising from 0 to 1: where one enhet's share ends and the next begins. The same for every
    measure."""
    sizes = generator(0, leaf).uniform(0.5, 1.5, k)
    return np.concatenate(([0.0], np.cumsum(sizes[:-1]) / sizes.sum(), [1.0]))


def _split(rows: pd.DataFrame, measure: Measure, edges: dict[str, Floats]) -> pd.DataFrame:
    """The rows of one measure, k for each. Totals of women and men are added up again after the split."""
    kind = measure.aggregation
    if not measure.by_sex:
        return _table(rows, *_components(rows, kind, edges))
    women, men = (rows[rows["sex"] == sex].sort_values(_CELL, kind="stable") for sex in ("women", "men"))
    women_n, women_d = _components(women, kind, edges)
    men_n, men_d = _components(men, kind, edges)
    together = women_d
    if women_d is not None and men_d is not None and not kind.shared_denominator:
        together = women_d + men_d
    total = women.assign(sex=pd.Categorical(["all"] * len(women), categories=rows["sex"].cat.categories))
    tables = [
        _table(total, women_n + men_n, together),
        _table(women, women_n, women_d),
        _table(men, men_n, men_d),
    ]
    return _joined(tables)


def _components(rows: pd.DataFrame, kind: Aggregation, edges: dict[str, Floats]) -> tuple[Ints, Ints | None]:
    """(rows, k) numerators and denominators, in whole units."""
    cuts = np.stack([edges[unit] for unit in rows["unit"]])
    numerator = rows["numerator"].to_numpy(dtype=np.int64) // FIXED
    ends = _ends(numerator, cuts)
    if not kind.has_denominator:
        return np.diff(ends, axis=1), None
    denominator = rows["denominator"].to_numpy(dtype=np.int64) // FIXED
    if kind.shared_denominator:
        return np.diff(ends, axis=1), np.repeat(denominator[:, None], cuts.shape[1] - 1, axis=1)
    below = _ends(denominator, cuts)
    some = denominator > 0
    # n_j = ⌊n·D_j/d⌋ − ⌊n·D_(j−1)/d⌋ is never above D_j − D_(j−1) when n ≤ d.
    ends[some] = numerator[some, None] * below[some] // denominator[some, None]
    return np.diff(ends, axis=1), np.diff(below, axis=1)


def _table(rows: pd.DataFrame, numerator: Ints, denominator: Ints | None) -> pd.DataFrame:
    k = numerator.shape[1]
    units = rows["unit"].cat.remove_unused_categories().cat
    names = [enhet_id(leaf, n) for leaf in units.categories for n in range(k)]
    codes = units.codes.to_numpy(dtype=np.int64)[:, None] * k + np.arange(k)
    table = rows.drop(columns=["unit", "numerator", "denominator"]).iloc[np.repeat(np.arange(len(rows)), k)]
    return table.assign(
        unit=pd.Categorical.from_codes(codes.ravel(), pd.Index(names, dtype="str")),
        numerator=pd.array(numerator.ravel() * FIXED, dtype="Int64"),
        denominator=pd.NA if denominator is None else pd.array(denominator.ravel() * FIXED, dtype="Int64"),
    )


def _ends(amounts: Ints, edges: Floats) -> Ints:
    """(rows, k + 1): the amounts cut at the edges, whole, the first 0 and the last the amount itself."""
    ends = np.floor(amounts[:, None] * edges).astype(np.int64)
    ends[:, -1] = amounts
    return ends
