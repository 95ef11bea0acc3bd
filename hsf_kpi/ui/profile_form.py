"""What is answered in the editor of source profiles, and the profile that it makes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from hsf_kpi.model.incoming import Fault, Holds
from hsf_kpi.model.profile import FIELDS, Column, Decimals, Profile, UnitKey, WideColumn

ABSENT, ALWAYS = "\0finns-inte", "\0alltid"
"""Answers about a field beside the file's own columns."""
NUMBERS = frozenset({"numerator", "denominator", "ready", "amount", "persons", "expected", "value"})
"""Fields that may be scaled."""
MAPPED: Mapping[str, str] = {"unit": "units", "measure": "measures", "account": "accounts"}
"""Field → the part of a profile that says what its unknown texts mean."""


@dataclass(frozen=True, slots=True)
class Answer:
    """column: a heading of the file, ABSENT or ALWAYS; fixed: what stands on every row. scale: of a number."""

    column: str = ABSENT
    fixed: str = ""
    scale: str = "1"


@dataclass(frozen=True, slots=True)
class Answers:
    """fields: our field → answer. units, measures, accounts: the file's text → our id, "" where it is not answered."""

    title: str
    system: str
    holds: Holds
    fields: Mapping[str, Answer]
    units_by: UnitKey = UnitKey.ID
    decimals: Decimals = Decimals.AUTO
    units: Mapping[str, str] | None = None
    measures: Mapping[str, str] | None = None
    accounts: Mapping[str, str] | None = None
    wide: tuple[WideColumn, ...] = ()


def answers_of(profile: Profile) -> dict[str, Answer]:
    """How a profile answers for each field that its kind of file has."""
    found = {}
    for field in FIELDS[profile.holds]:
        column = profile.column(field)
        if column is None:
            found[field] = Answer()
        elif column.fixed:
            found[field] = Answer(ALWAYS, column.fixed, column.scale)
        else:
            found[field] = Answer(column.names[0] if column.names else ABSENT, "", column.scale)
    return found


def made(answers: Answers, base: Profile, key: str) -> Profile:
    """The profile. What the editor does not ask about (values, rows to skip, signs) is the base's."""
    columns = []
    for field, answer in answers.fields.items():
        before = base.column(field)
        start = before or Column(field)
        if answer.column == ALWAYS and answer.fixed.strip():
            columns.append(replace(start, names=(), fixed=answer.fixed.strip(), scale=answer.scale or "1"))
        elif answer.column not in (ABSENT, ALWAYS):
            names = (answer.column, *(name for name in start.names if name != answer.column))
            kept = names if before is not None and answer.column in start.names else (answer.column,)
            columns.append(replace(start, names=kept, fixed="", scale=answer.scale or "1"))
    return replace(
        base,
        key=key,
        title=answers.title.strip(),
        system=answers.system.strip(),
        holds=answers.holds,
        columns=tuple(columns),
        wide=answers.wide,
        units_by=answers.units_by,
        decimals=answers.decimals,
        units=_given(base.units, answers.units),
        measures=_given(base.measures, answers.measures),
        accounts=_given(base.accounts, answers.accounts),
        saved=True,
    )


def key_of(title: str) -> str:
    """«Heroma sjukfrånvaro» → «heroma-sjukfranvaro»"""
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60]


def unknown(faults: Iterable[Fault], profile: Profile, header: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Field (unit, measure, account) → the texts in its column that nothing is known of, as the faults say."""
    headings = set(header)
    found: dict[str, tuple[str, ...]] = {}
    faults = tuple(faults)
    for field in MAPPED:
        column = profile.column(field)
        names = set(column.names) & headings if column is not None else set()
        texts = [f.value for f in faults if f.column in names and f.value and "finns inte" in f.what]
        if texts:
            found[field] = tuple(dict.fromkeys(texts))
    return found


def _given(before: Mapping[str, str], answered: Mapping[str, str] | None) -> dict[str, str]:
    return {**before, **{text: ours for text, ours in (answered or {}).items() if ours}}
