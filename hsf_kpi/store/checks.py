"""What must hold before anything is written: all problems at once, each with its first rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from hsf_kpi.access.masking import counts_respondents
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.observation import ExternalValue
from hsf_kpi.model.period import MEASURED_WINDOWS, Month, Window
from hsf_kpi.model.problems import Problem
from hsf_kpi.store.batch import Batch
from hsf_kpi.store.codes import ORIGIN, SEX, WINDOW, WINDOW_OF

_FIRST_ROWS = 5
_LOADABLE = [WINDOW[window] for window in MEASURED_WINDOWS]
_END_MONTH = {
    Window.TERTIAL_1: 4,
    Window.TERTIAL_2: 8,
    Window.YEAR: 12,
    Window.TWO_YEARS: 12,
}
_WINDOW_WORD = {
    Window.MONTH: "månad",
    Window.YTD: "ackumulerat",
    Window.R12: "rullande 12",
    Window.TERTIAL_1: "delår 1",
    Window.TERTIAL_2: "delår 2",
    Window.YEAR: "år",
    Window.TWO_YEARS: "två år",
}
_MAY_BE_NEGATIVE_BELOW = frozenset({Aggregation.GROWTH})

Rows = Any
"""A boolean column of the batch's frame."""


def problems_of(batch: Batch, catalogue: Catalogue, origin: Origin) -> list[Problem]:
    """Everything that is wrong with the batch, in the order of the columns. Empty when it can be loaded."""
    found = [*_keys(batch.frame, catalogue), *_vocabulary(batch.frame, origin)]
    known = batch.frame[
        batch.frame["measure"].isin(list(catalogue.measures))
        & batch.frame["unit"].isin(list(catalogue.organisation.units))
        & batch.frame["window"].isin(_LOADABLE)
        & (batch.frame["sex"] >= 0)
    ]
    found.extend(_per_measure(known, catalogue, batch.too_large))
    found.extend(_existence(known, catalogue))
    found.extend(_numbers(batch))
    found.extend(_duplicates(known))
    return found


def external_problems(values: Iterable[ExternalValue]) -> list[Problem]:
    """One value per register, series, region and year."""
    seen: set[tuple[str, str, str, int]] = set()
    found = []
    for number, value in enumerate(values, start=1):
        key = (value.register, value.series, value.region_id, value.year)
        if key in seen:
            found.append(
                Problem(
                    f"Serie {value.series}, region {value.region_id}, {value.year} förekommer två gånger.",
                    f"externa värden, rad {number}",
                    "Behåll ett av dem.",
                )
            )
        seen.add(key)
    return found


def where(rows: Iterable[int]) -> str:
    """«rad 3, 7 och 12 till»: the first rows, given from 0 and told from 1."""
    return _named(int(row) + 1 for row in rows)


def _named(rows: Iterable[int]) -> str:
    numbers = list(rows)
    first = ", ".join(str(number) for number in numbers[:_FIRST_ROWS])
    rest = len(numbers) - _FIRST_ROWS
    return f"rad {first} och {rest} till" if rest > 0 else f"rad {first}"


def _at(frame: pd.DataFrame, rows: Rows, what: str, todo: str) -> Iterator[Problem]:
    if bool(np.any(rows)):
        yield Problem(what, _named(frame.loc[rows, "row"].tolist()), todo)


def _keys(frame: pd.DataFrame, catalogue: Catalogue) -> Iterator[Problem]:
    known: tuple[tuple[str, Iterable[str], str], ...] = (
        ("measure", catalogue.measures, "Nyckeltalet"),
        ("unit", catalogue.organisation.units, "Verksamheten"),
    )
    todo = "Rätta namnet, eller lägg till det i definitionerna."
    for column, keys, word in known:
        for name in pd.unique(frame.loc[~frame[column].isin(list(keys)), column]):
            yield from _at(frame, frame[column] == name, f"{word} ”{name}” finns inte.", todo)


def _vocabulary(frame: pd.DataFrame, origin: Origin) -> Iterator[Problem]:
    yield from _at(
        frame,
        ~frame["window"].isin(_LOADABLE),
        "Perioden är inte av ett slag som kan läsas in.",
        "Ange månad, delår 1, delår 2, år eller två år; ackumulerat och rullande 12 räknas fram.",
    )
    yield from _at(
        frame, ~frame["sex"].isin(list(SEX.values())), "Könet är okänt.", "Ange totalt, kvinnor eller män."
    )
    yield from _at(
        frame,
        frame["origin"] != ORIGIN[origin],
        "Värdets ursprung är ett annat än inläsningens.",
        "Läs in varje ursprung för sig.",
    )


def _per_measure(frame: pd.DataFrame, catalogue: Catalogue, too_large: pd.Series) -> Iterator[Problem]:
    for key, rows in frame.groupby("measure", sort=False):
        measure = catalogue.measures[str(key)]
        for holds, what, todo in _rules(rows, measure, too_large[rows.index]):
            yield from _at(rows, holds, f"”{measure.name}”: {what}", todo)
        yield from _shared_denominator(rows, measure)


def _rules(rows: pd.DataFrame, measure: Measure, too_large: pd.Series) -> Iterator[tuple[Rows, str, str]]:
    kind = measure.aggregation
    ready = rows["ready"].notna()
    numerator, denominator = rows["numerator"].notna(), rows["denominator"].notna()
    for code in pd.unique(rows["window"]):
        window = WINDOW_OF[int(code)]
        these = rows["window"] == code
        words = " eller ".join(_WINDOW_WORD[w] for w in measure.measured)
        yield (
            these if window not in measure.measured else these & False,
            f"mäts inte per {_WINDOW_WORD[window]}.",
            f"Ange värden per {words}.",
        )
        if month := _END_MONTH.get(window):
            yield (
                these & (rows["month"] % 12 != month - 1),
                f"perioden {_WINDOW_WORD[window]} slutar inte i den månaden.",
                f"Ange månad {month:02d} som sista månad.",
            )
    yield (
        (rows["sex"] != 0) & (not measure.by_sex),
        "redovisas inte per kön.",
        "Ange bara totalen.",
    )
    yield (
        ready & numerator,
        "ett färdigt värde har också en täljare.",
        "Ange antingen delarna eller det färdiga värdet.",
    )
    yield (
        ready & denominator & (not counts_respondents(measure)),
        "ett färdigt värde har en nämnare, men nyckeltalet räknar inga svarande i den.",
        "Ta bort nämnaren.",
    )
    yield (
        ready & (rows["denominator"] <= 0).fillna(False).astype(bool),
        "antalet svarande är inte större än noll.",
        "Ange antalet svarande, eller lämna nämnaren tom när det inte är känt.",
    )
    # A number that is too large has been told already, and is empty here.
    parts = ~ready & ~too_large
    if kind is Aggregation.SURVEY:
        yield (parts, "räknas inte fram ur delar.", "Ange det färdiga värdet.")
        return
    yield (parts & ~numerator, "täljaren saknas.", "Ange täljaren, eller ta bort raden om värdet saknas.")
    if not kind.has_denominator:
        yield (parts & denominator, "har ingen nämnare.", "Ta bort nämnaren.")
        return
    yield (parts & ~denominator, "nämnaren saknas.", "Ange nämnaren, eller ta bort raden om värdet saknas.")
    if kind not in _MAY_BE_NEGATIVE_BELOW:
        yield (
            parts & (rows["denominator"] < 0).fillna(False).astype(bool),
            "nämnaren är negativ.",
            "Rätta nämnaren.",
        )


def _shared_denominator(rows: pd.DataFrame, measure: Measure) -> Iterator[Problem]:
    """The norm hours of a month are one number: units that disagree about it cannot be added up."""
    if not measure.aggregation.shared_denominator:
        return
    kinds = rows.groupby(["window", "month"])["denominator"].nunique()
    for (_, month), _count in kinds[kinds > 1].items():
        yield from _at(
            rows,
            rows["month"] == month,
            f"”{measure.name}”: normtiden för {Month(int(month)).iso} är inte densamma på alla rader.",
            "Ange samma normtid för alla verksamheter.",
        )


def _existence(frame: pd.DataFrame, catalogue: Catalogue) -> Iterator[Problem]:
    units = catalogue.organisation.units
    pairs = frame[["unit", "month"]].drop_duplicates()
    gone = [
        not units[unit].exists_at(Month(int(month)))
        for unit, month in zip(pairs["unit"], pairs["month"], strict=True)
    ]
    absent = pairs[np.array(gone, dtype=bool)]
    for unit, months in absent.groupby("unit", sort=False)["month"]:
        first, last = Month(int(months.min())).iso, Month(int(months.max())).iso
        span = first if first == last else f"{first}–{last}"
        rows = (frame["unit"] == unit) & frame["month"].isin(months)
        yield from _at(
            frame,
            rows,
            f"Verksamheten ”{unit}” fanns inte {span}.",
            "Rätta månaden, verksamheten eller verksamhetens giltighetstid.",
        )


def _numbers(batch: Batch) -> Iterator[Problem]:
    yield from _at(
        batch.frame, batch.too_large, "Talet är för stort.", "Kontrollera enheten: kronor, inte ören."
    )


def _duplicates(frame: pd.DataFrame) -> Iterator[Problem]:
    key = ["measure", "unit", "window", "month", "sex"]
    is_ready = frame["ready"].notna()
    again = frame[key].assign(form=is_ready).duplicated(keep=False)
    groups: Callable[..., Any] = (
        frame[again].assign(form=is_ready[again]).groupby([*key, "form"], sort=False).groups.items
    )
    for shown, (group, rows) in enumerate(groups()):
        if shown == _FIRST_ROWS:
            rest = int(again.sum())
            yield Problem(
                f"Sammanlagt {rest} rader är dubbletter.",
                _named(frame.loc[again, "row"].tolist()),
                "Behåll en rad av varje.",
            )
            return
        measure, unit, _window, month, _sex, _form = group
        yield Problem(
            f"Värdet för ”{measure}”, ”{unit}”, {Month(int(month)).iso} förekommer {len(rows)} gånger.",
            _named(frame.loc[rows, "row"].tolist()),
            "Behåll en rad.",
        )
