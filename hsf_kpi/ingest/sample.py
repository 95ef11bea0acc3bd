"""The first rows of a file as a profile reads them: what a person sees while writing the profile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice

import pandas as pd

from hsf_kpi.ingest.files import FileTable, Findings, Line
from hsf_kpi.ingest.incoming import incoming_table
from hsf_kpi.ingest.rows.words import plain_number
from hsf_kpi.ingest.slices import Slice
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Sex
from hsf_kpi.model.incoming import Fault, FileRefused, Holds
from hsf_kpi.model.period import Month, Period, Window
from hsf_kpi.model.profile import FIELDS, Profile
from hsf_kpi.swedish.dates import month_text, period_text
from hsf_kpi.swedish.numbers import number
from hsf_kpi.swedish.words import SEX_WORD

ROW = "Rad"
_UNDERSTOOD = (Holds.OBSERVATIONS, Holds.LEDGER, Holds.FORECASTS)
"""Of the others the cells are shown by our fields, as they stand in the file."""
_KIND = {"budget": "budget", "actual": "utfall"}

Shown = Mapping[str, str]
"""A row as it is shown: our heading → text, and «Rad», its number in the file."""


def sample(
    table: FileTable, profile: Profile, catalogue: Catalogue, rows: int = 20
) -> tuple[tuple[Shown, ...], tuple[Fault, ...]]:
    """What the first rows become, as far as they can be read, and what is wrong in them."""
    try:
        lines = tuple(islice(table.lines(Findings(table.name)), rows))
    except FileRefused as refused:
        return (), refused.faults

    def again(found: Findings) -> Iterator[Line]:
        return iter(lines)

    read = incoming_table(replace(table, read=again), profile, catalogue)
    if profile.holds in _UNDERSTOOD:
        shown = [row for some in read.readable() for row in _rows(some, profile, catalogue)]
    else:
        shown = [_as_read(row, profile) for row in read.as_read()]
    return tuple(sorted(shown, key=lambda row: int(row[ROW]))), read.faults


def _as_read(row: Mapping[str, str], profile: Profile) -> Shown:
    words = FIELDS[profile.holds]
    return {ROW: row["row"], **{words[name]: text for name, text in row.items() if name != "row"}}


def _rows(some: Slice, profile: Profile, catalogue: Catalogue) -> Iterator[Shown]:
    words = FIELDS[profile.holds]
    for frame in (some.observations, some.ledger, some.forecasts):
        if frame is not None:
            for row in frame.to_dict("records"):
                told = {
                    words.get(str(name), ""): _text(str(name), value, row, catalogue)
                    for name, value in row.items()
                }
                told.pop("", None)
                if "window" in row:
                    told[words["period"]] = period_text(
                        Period(Month(int(row["month"])), Window(row["window"]))
                    )
                elif "month" in row:
                    told[words["period"]] = month_text(Month(int(row["month"])))
                told.pop(words.get("month", ""), None)
                yield {ROW: str(row["row"]), **told}


def _text(name: str, value: object, row: Mapping[object, object], catalogue: Catalogue) -> str:
    if value is None or value is pd.NA:
        return ""
    if name in ("numerator", "denominator", "ready"):
        return plain_number(int(str(value)))
    if name == "amount":
        return number(int(str(value)), 0)
    if name == "measure":
        return catalogue.measures[str(value)].short_name
    if name in ("unit", "counterpart"):
        unit = catalogue.organisation.units.get(str(value))
        return unit.name if unit else ""
    if name == "account":
        return next(a.title for a in catalogue.ledger_accounts if a.id == value)
    if isinstance(value, Sex):
        return SEX_WORD[value]
    if isinstance(value, bool):
        return "ja" if value else ""
    return _KIND.get(str(value), str(value)) if name == "kind" else str(value)
