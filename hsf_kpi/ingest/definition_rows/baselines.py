"""Baselines from rows: the values that a plan states as its starting points, in the file of changes of the plan's year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from hsf_kpi.ingest.definition_rows.loaded import with_rows
from hsf_kpi.ingest.definition_rows.rows import PLACES, Row, number_text
from hsf_kpi.ingest.files.values import parse_cell_month, parse_cell_number, parse_cell_period
from hsf_kpi.ingest.files.wording import plain
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Sex
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import MONTHLY_WINDOWS, Month, Period, Window
from hsf_kpi.model.profile import Decimals
from hsf_kpi.swedish.words import WINDOW_WORD

KIND_WORDS: Final = {
    "outcome": ("utfall", "nuvärde", "outcome"),
    "forecast": ("prognos", "forecast"),
    "derived": ("härlett", "beräknat", "derived"),
}
_KIND: Final = {word: kind for kind, words in KIND_WORDS.items() for word in words}
_YTD: Final = re.compile(r"(?:ack(?:umulerat)?\.?|jan(?:uari)?\.? ?[-–]) ?(.+)")
_R12: Final = re.compile(r"(?:r12|r 12|rullande 12(?: månader)?) ?(.+)")
_NO_PERIOD: Final = re.compile(r"\d{4} ?[/–-] ?\d{2,4}")
"""«2020/2021» where the measure is not measured for two years: a date of the plan's that is no single period of ours."""

_FROM_JANUARY: Final = {Window.YEAR, Window.TERTIAL_1, Window.TERTIAL_2}
_Key = tuple[str, Sex, Period | None, str]


def baseline_files(rows: Sequence[Row], catalogue: Catalogue) -> dict[str, str]:
    by_year: dict[int, dict[_Key, dict[str, Any]]] = {}
    for row in rows:
        found = _baseline(row, catalogue)
        if found is None:
            continue
        year, key, entry = found
        baselines = by_year.setdefault(year, {})
        if key in baselines:
            row.fault("Nyckeltalet har flera nuvärden för samma period.", "Behåll en av raderna.", "measure")
        baselines[key] = entry
    return dict(
        with_rows(catalogue, year, "baseline", baselines.values(), f"Inlästa nuvärden {year}")
        for year, baselines in sorted(by_year.items())
    )


def _baseline(row: Row, catalogue: Catalogue) -> tuple[int, _Key, dict[str, Any]] | None:
    """None where a row can't be read so far that its baseline is known; what is wrong is told."""
    measure, year = row.measure("measure", catalogue), row.year("year")
    if not row.has("year"):
        row.fault("Året saknas.", "Skriv planens första år, till exempel 2024.", "year")
    sex, kind = row.sex("sex"), _kind(row)
    if measure is None or year is None:
        return None
    if sex is not Sex.ALL and not measure.by_sex:
        row.fault("Nyckeltalet redovisas inte per kön.", "Lämna cellen tom.", "sex")
    value, period = row.amount("value", measure), _period(row, measure)
    wording = row.text("text") or row.text("value")
    if not wording:
        row.fault("Nuvärdet saknas.", "Skriv talet, eller planens egna ord i stället.", "value")
    entry: dict[str, Any] = {"measure": measure.key, "label": _label(row, period), "wording": wording}
    if value is not None:
        entry["value"] = number_text(value)
    entry |= {"decimals": _decimals(row, value), "kind": kind}
    if period is not None:
        entry |= {"window": period.window.value, "end": period.end.iso}
    if sex is not Sex.ALL:
        entry["sex"] = sex.value
    entry |= {field: text for field in ("note", "source") if (text := row.text(field))}
    return year, (measure.key, sex, period, kind), entry


def _kind(row: Row) -> str:
    if not row.has("kind"):
        return "outcome"
    kind = _KIND.get(plain(row.text("kind")))
    if kind is None:
        words = ", ".join(f"”{words[0]}”" for words in KIND_WORDS.values())
        row.fault("Slaget av nuvärde är okänt.", f"Skriv ett av {words}.", "kind")
    return kind or "outcome"


def _period(row: Row, measure: Measure) -> Period | None:
    """As it is measured: «2022» and «delår 2 2022» of a monthly measure are the year so far in December and August."""
    if not row.has("period"):
        return None
    possible = set(measure.measured) | (set(MONTHLY_WINDOWS) if measure.monthly else set())
    text = row.text("period")
    found = _read(row.cell("period") if not isinstance(row.cell("period"), str | Month) else text)
    if found is not None and found.window in _FROM_JANUARY - possible and Window.YTD in possible:
        found = Period(found.end, Window.YTD)
    if _NO_PERIOD.fullmatch(text) and (found is None or found.window not in possible):
        return None
    if found is None:
        row.fault(
            "Perioden går inte att läsa.",
            "Skriv till exempel 2022, delår 2 2022, 2022-11 eller ack nov 2022.",
            "period",
        )
    elif found.window not in possible:
        words = ", ".join(WINDOW_WORD[window] for window in Window if window in possible)
        row.fault(
            f"Nyckeltalet mäts inte för perioden {WINDOW_WORD[found.window]}.", f"Möjliga: {words}.", "period"
        )
        return None
    return found


def _read(cell: Any) -> Period | None:
    if isinstance(cell, str):
        text = plain(cell).replace(",", " ").replace("  ", " ")
        for pattern, window in ((_R12, Window.R12), (_YTD, Window.YTD)):
            if found := pattern.fullmatch(text):
                month = parse_cell_month(found[1])
                return None if month is None else Period(month, window)
        cell = text
    read = parse_cell_period(cell)
    return None if read is None else Period(read[1], read[0])


def _label(row: Row, period: Period | None) -> str:
    if row.has("label"):
        return row.text("label")
    when = str(period.end.year) if period is not None else row.text("period")
    return f"Nuvärde {when}".strip()


def _decimals(row: Row, value: Decimal | None) -> int:
    """Those that the plan prints; as many as the number has where that is not said."""
    cell = row.cell("decimals")
    if cell is None:
        return 0 if value is None else -int(value.as_tuple().exponent)
    number = parse_cell_number(cell, Decimals.COMMA)
    if number is None or number.denominator != 1 or not 0 <= number <= PLACES:
        row.fault("Antalet decimaler stämmer inte.", f"Skriv 0 till {PLACES}, eller lämna tomt.", "decimals")
        return 0
    return int(number)
