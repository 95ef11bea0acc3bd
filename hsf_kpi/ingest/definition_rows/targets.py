"""Targets from rows: one file of changes a year. A measure in the file gets the file's targets, in place of its earlier ones
for that year.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hsf_kpi.ingest.definition_rows.loaded import with_rows
from hsf_kpi.ingest.definition_rows.rows import Row, number_text
from hsf_kpi.ingest.definition_rows.target_words import KIND_WORDS, kind_of, kind_of_wording, kind_word
from hsf_kpi.ingest.definitions.targets import contradicts
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Sex
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.target import TargetKind
from hsf_kpi.swedish.words import DIRECTION_WORD

_WORDS = ", ".join(f"”{words[0]}”" for words in KIND_WORDS.values())


def target_files(rows: Sequence[Row], catalogue: Catalogue) -> dict[str, str]:
    by_year: dict[int, dict[tuple[str, Sex], dict[str, Any]]] = {}
    for row in rows:
        found = _target(row, catalogue)
        if found is None:
            continue
        year, measure, sex, entry = found
        targets = by_year.setdefault(year, {})
        if (measure.key, sex) in targets:
            row.fault(
                "Nyckeltalet har flera målvärden för samma år och kön.", "Behåll en av raderna.", "measure"
            )
        targets[measure.key, sex] = entry
    return dict(
        with_rows(catalogue, year, "target", targets.values(), f"Inlästa målvärden {year}")
        for year, targets in sorted(by_year.items())
    )


def _target(row: Row, catalogue: Catalogue) -> tuple[int, Measure, Sex, dict[str, Any]] | None:
    """None where a row can't be read so far that its target is known; what is wrong is told."""
    measure, year = row.measure("measure", catalogue), row.year("year")
    if not row.has("year"):
        row.fault("Året saknas.", "Skriv året som målvärdet gäller, till exempel 2024.", "year")
    kind, said_year = _kind(row)
    sex, wording, source = row.sex("sex"), row.text("text"), row.text("source")
    if measure is None or year is None or kind is None:
        return None
    if sex is not Sex.ALL and not measure.by_sex:
        row.fault("Nyckeltalet redovisas inte per kön.", "Lämna cellen tom.", "sex")
    if contradicts(kind, measure.direction):
        row.fault(
            f"Målet ”{kind_word(kind)}” passar inte nyckeltalet: {DIRECTION_WORD[measure.direction]}.",
            "Rätta slaget av mål.",
            "kind" if row.has("kind") else "text",
        )
    low, high = _bounds(row, kind, measure)
    fixed = _fixed_year(row, kind, said_year, year)
    entry: dict[str, Any] = {"measure": measure.key, "kind": kind.value}
    entry["wording"] = wording or _wording(kind, row, fixed)
    if low is not None:
        entry["low"] = number_text(low)
    if high is not None:
        entry["high"] = number_text(high)
    if fixed is not None:
        entry["fixed_year"] = fixed
    if sex is not Sex.ALL:
        entry["sex"] = sex.value
    if source:
        entry["source"] = source
    return year, measure, sex, entry


def _kind(row: Row) -> tuple[TargetKind | None, int | None]:
    """By its own cell, else by the plan's words."""
    if row.has("kind"):
        found = kind_of(row.text("kind"))
        if found is None:
            row.fault("Slaget av mål är okänt.", f"Skriv ett av {_WORDS}.", "kind")
        return found or (None, None)
    found = kind_of_wording(row.text("text"))
    if found is None:
        row.fault("Slaget av mål saknas.", f"Skriv ett av {_WORDS}.", "kind")
    return found or (None, None)


def _bounds(row: Row, kind: TargetKind, measure: Measure) -> tuple[Decimal | None, Decimal | None]:
    """low and high. A single bound stands in the column «value», whichever side it is."""
    value, upper = row.amount("value", measure), row.amount("upper", measure)
    needs = kind.needs_low or kind.needs_high
    if needs and not row.has("value"):
        row.fault(f"Målet ”{kind_word(kind)}” behöver ett målvärde.", "Skriv talet.", "value")
    if not needs and value is not None and not (kind is TargetKind.ON_BUDGET and value == 0):
        row.fault(f"Målet ”{kind_word(kind)}” har inget tal.", "Lämna cellen tom.", "value")
    both = kind.needs_low and kind.needs_high
    if both and not row.has("upper"):
        row.fault(f"Målet ”{kind_word(kind)}” behöver en övre gräns.", "Skriv talet.", "upper")
    if not both and row.has("upper"):
        row.fault(f"Målet ”{kind_word(kind)}” har ingen övre gräns.", "Lämna cellen tom.", "upper")
    if not needs:
        return None, None
    if not both:
        return (value, None) if kind.needs_low else (None, value)
    if value is not None and upper is not None and value >= upper:
        row.fault("Den övre gränsen är inte högre än målvärdet.", "Rätta gränserna.", "upper")
    return value, upper


def _fixed_year(row: Row, kind: TargetKind, said: int | None, year: int) -> int | None:
    stated = row.year("fixed_year") or said
    if kind is not TargetKind.LESS_THAN_FIXED_YEAR:
        if row.has("fixed_year"):
            row.fault(f"Målet ”{kind_word(kind)}” har inget jämförelseår.", "Lämna cellen tom.", "fixed_year")
        return None
    if stated is None and not row.has("fixed_year"):
        row.fault("Jämförelseåret saknas.", "Skriv året, till exempel 2022.", "fixed_year")
    elif stated is not None and stated >= year:
        row.fault("Jämförelseåret är inte före målets år.", "Skriv ett tidigare år.", "fixed_year")
    return stated


def _wording(kind: TargetKind, row: Row, fixed: int | None) -> str:
    """Where the plan's own words are left out."""
    if fixed is not None:
        return f"Lägre än {fixed}"
    numbers = [row.text(field) for field in ("value", "upper") if row.has(field)]
    told = " och ".join(numbers) if kind.needs_low or kind.needs_high else ""
    return f"{kind_word(kind)} {told}".strip().capitalize()
