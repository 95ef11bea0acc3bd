"""What is answered in the editor of source profiles, and the profile that it makes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from hsf_kpi.ingest.files.wording import plain as folded
from hsf_kpi.model.incoming import Fault, Holds
from hsf_kpi.model.profile import FIELDS, Column, Decimals, Profile, UnitKey, WideColumn

ABSENT, ALWAYS = "\0finns-inte", "\0alltid"
"""Answers about a field beside the file's own columns."""
SKIP = "\0hoppa-over"
"""The answer about a text whose rows are left out: sums and the like."""
NUMBERS = frozenset({"numerator", "denominator", "ready", "amount", "persons", "expected", "value"})
"""Fields that may be scaled."""
MAPPED: Mapping[str, str] = {
    "unit": "units",
    "counterpart": "units",
    "measure": "measures",
    "account": "accounts",
}
"""Field → the part of a profile that says what its unknown texts mean."""
WORDS: Mapping[str, Mapping[str, str]] = {
    "kind": {"budget": "Budget", "utfall": "Utfall"},
    "sex": {"totalt": "Totalt", "kvinnor": "Kvinnor", "män": "Män"},
}
"""Field → what a text in its column can mean, and how that is told; kept with the column."""


@dataclass(frozen=True, slots=True)
class Answer:
    """column: a heading of the file, ABSENT or ALWAYS; fixed: what stands on every row. scale: of a number."""

    column: str = ABSENT
    fixed: str = ""
    scale: str = "1"


@dataclass(frozen=True, slots=True)
class Answers:
    """fields: our field → answer. reversed_accounts: those whose amounts have the other sign in the file."""

    title: str
    system: str
    holds: Holds
    fields: Mapping[str, Answer]
    units_by: UnitKey = UnitKey.ID
    decimals: Decimals = Decimals.AUTO
    wide: tuple[WideColumn, ...] = ()
    reversed_accounts: frozenset[str] = frozenset()


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
    """The profile. What is not answered here (what texts mean, rows to skip) is the base's."""
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
        reversed_accounts=answers.reversed_accounts,
        saved=True,
    )


def key_of(title: str) -> str:
    """«Heroma sjukfrånvaro» → «heroma-sjukfranvaro»"""
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60]


def unknown(faults: Iterable[Fault], profile: Profile, header: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Field → the texts in its column that nothing is known of, as the faults say. Upper and lower case are alike."""
    headings = {folded(name): name for name in header}
    found: dict[str, tuple[str, ...]] = {}
    faults = tuple(faults)
    for field in (*MAPPED, *WORDS):
        column = profile.column(field)
        names = {headings.get(folded(name)) for name in column.names} if column is not None else set()
        said = "går inte att läsa" if field in WORDS else "finns inte"
        texts = {folded(f.value): f.value for f in faults if f.column in names and f.value and said in f.what}
        if texts:
            found[field] = tuple(texts.values())
    return found


def translations(profile: Profile, field: str) -> dict[str, str]:
    """The texts of a field that the profile knows: text → our id or word, SKIP where its rows are left out."""
    column = profile.column(field)
    if field in MAPPED:
        known = dict(getattr(profile, MAPPED[field])) if field != "counterpart" else {}
    else:
        known = dict(column.values) if column is not None else {}
    names = set(map(folded, column.names)) if column is not None else set()
    left = (texts for name, texts in profile.skip.items() if folded(name) in names)
    return known | {text: SKIP for texts in left for text in texts}


def translated(profile: Profile, field: str, answers: Mapping[str, str]) -> Profile:
    """The profile with each text meaning what is answered: our id or word, SKIP, or "" for nothing any more."""
    column = profile.column(field)
    if column is None or not answers:
        return profile
    about = set(map(folded, answers))
    given = {text: ours for text, ours in answers.items() if ours not in ("", SKIP)}
    left = tuple(text for text, ours in answers.items() if ours == SKIP)
    if field in MAPPED:
        part = MAPPED[field]
        kept = {text: ours for text, ours in getattr(profile, part).items() if folded(text) not in about}
        parts = {name: getattr(profile, name) for name in ("units", "measures", "accounts")}
        profile = replace(profile, **{**parts, part: kept | given})
    else:
        values = {text: ours for text, ours in column.values.items() if folded(text) not in about}
        now = replace(column, values=values | given)
        profile = replace(profile, columns=tuple(now if c is column else c for c in profile.columns))
    return replace(profile, skip=_skipped(profile.skip, column, about, left))


def _skipped(
    skip: Mapping[str, tuple[str, ...]], column: Column, about: set[str], left: tuple[str, ...]
) -> dict[str, tuple[str, ...]]:
    """What is left out, by heading: of this column what it was, without the texts that are told about now, and `left`."""
    names = set(map(folded, column.names))
    found = {}
    for name, texts in skip.items():
        kept = tuple(text for text in texts if folded(text) not in about) if folded(name) in names else texts
        if kept:
            found[name] = kept
    if left and column.names:
        name = next((name for name in found if folded(name) in names), column.names[0])
        found[name] = (*found.get(name, ()), *left)
    return found
