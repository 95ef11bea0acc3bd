"""The demo as a table: one row per cell, in the stored scale, and a walk over it as Observation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from hsf_kpi.ingest.demo.block import Block
from hsf_kpi.ingest.demo.survey import Ready
from hsf_kpi.model.aggregation import FIXED
from hsf_kpi.model.codes import Origin, Sex
from hsf_kpi.model.observation import Observation
from hsf_kpi.model.period import Month, Window

SOURCE = "Demodata"
COLUMNS = ("measure", "unit", "window", "end", "sex", "numerator", "denominator", "ready")
"""measure, unit, window, sex: categorical texts (ids). end: month index, int64. The last three: Int64,
missing where none. With a ready value, the denominator is the number of respondents."""


def table(blocks: Sequence[Block], surveys: Sequence[Ready]) -> pd.DataFrame:
    """All cells, measure by measure; by sex: the totals, then women, then men, each in the same order."""
    parts: list[pd.DataFrame] = []
    for block in blocks:
        amounts = {sex: _sex_cells(block, s) for s, sex in enumerate(block.sexes)}
        if Sex.ALL not in amounts:
            amounts = {Sex.ALL: _total(block), **amounts}
        for sex, (numerator, denominator) in amounts.items():
            parts.append(_rows(block, sex, numerator=numerator, denominator=denominator))
    for survey in surveys:
        for s, sex in enumerate(survey.sexes):
            respondents = None if survey.respondents is None else survey.respondents[:, :, s]
            parts.append(_rows(survey, sex, ready=survey.value[:, :, s], denominator=respondents))
    frame = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(COLUMNS))
    return tidy(frame)


def tidy(frame: pd.DataFrame) -> pd.DataFrame:
    """The columns in their order and types."""
    texts = dict.fromkeys(("measure", "unit", "window", "sex"), "category")
    numbers = {"end": "int64", "numerator": "Int64", "denominator": "Int64", "ready": "Int64"}
    return frame[list(COLUMNS)].astype({**texts, **numbers})


def observations(frame: pd.DataFrame) -> Iterator[Observation]:
    """Each row as an Observation of origin DEMO."""
    windows, sexes = {w.value: w for w in Window}, {s.value: s for s in Sex}
    columns = [frame[name].tolist() for name in COLUMNS]
    for measure, unit, window, end, sex, numerator, denominator, ready in zip(*columns, strict=True):
        yield Observation(
            measure=measure,
            unit=unit,
            window=windows[window],
            end=Month(end),
            sex=sexes[sex],
            origin=Origin.DEMO,
            source=SOURCE,
            numerator=None if numerator is pd.NA else numerator,
            denominator=None if denominator is pd.NA else denominator,
            ready=None if ready is pd.NA else ready,
        )


_Cells = tuple[
    "np.ndarray[tuple[int, ...], np.dtype[np.int64]]",
    "np.ndarray[tuple[int, ...], np.dtype[np.int64]] | None",
]


def _sex_cells(block: Block, sex: int) -> _Cells:
    denominator = block.denominator
    return (
        block.numerator[:, :, sex] * FIXED,
        None if denominator is None else denominator[:, :, sex] * FIXED,
    )


def _total(block: Block) -> _Cells:
    """Women and men together. A denominator that all share is not added."""
    numerator = block.numerator.sum(axis=2) * FIXED
    if block.denominator is None:
        return numerator, None
    shared = block.measure.aggregation.shared_denominator
    together = block.denominator.max(axis=2) if shared else block.denominator.sum(axis=2)
    return numerator, together * FIXED


def _rows(source: Block | Ready, sex: Sex, **values: object) -> pd.DataFrame:
    on = source.present
    if isinstance(source, Ready) and source.respondents is not None:
        on = on & (source.respondents[:, :, source.sexes.index(sex)] > 0)
    units, periods = np.nonzero(on)
    columns: dict[str, object] = {
        "measure": source.measure.key,
        "unit": np.array(source.units, dtype=object)[units],
        "window": np.array([p.window.value for p in source.periods], dtype=object)[periods],
        "end": np.array([p.end.index for p in source.periods], dtype=np.int64)[periods],
        "sex": sex.value,
    }
    for name in ("numerator", "denominator", "ready"):
        array = values.get(name)
        columns[name] = pd.array(
            np.full(len(units), pd.NA, dtype=object) if array is None else array[on],  # type: ignore[index]
            dtype="Int64",
        )
    return pd.DataFrame(columns)
