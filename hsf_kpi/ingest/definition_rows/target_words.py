"""The plan's words for the kinds of targets, as people write them in a cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from hsf_kpi.ingest.files.wording import plain
from hsf_kpi.model.target import TargetKind

_K = TargetKind

KIND_WORDS: Final[Mapping[TargetKind, tuple[str, ...]]] = {
    _K.AT_LEAST: ("minst", "lägst", "≥", ">=", "lika med eller över"),
    _K.ABOVE: ("över", "mer än", "högre än", ">"),
    _K.AT_MOST: ("högst", "max", "≤", "<=", "lika med eller under"),
    _K.BELOW: ("under", "mindre än", "lägre än", "<"),
    _K.BETWEEN: ("mellan", "inom", "intervall"),
    _K.MORE_THAN_LAST_YEAR: (
        "öka", "ökar", "ökning", "högre än föregående år", "mer än föregående år", "fler än föregående år",
    ),
    _K.LESS_THAN_LAST_YEAR: (
        "minska", "minskar", "minskning", "färre", "lägre än föregående år", "mindre än föregående år",
        "färre än föregående år",
    ),
    _K.LESS_THAN_FIXED_YEAR: ("lägre än år", "lägre än ett visst år"),
    _K.BETTER_THAN_NATIONAL: ("bättre än riket", "bättre än rikssnittet", "bättre än riks snittet", "bättre än rikets"),
    _K.ON_BUDGET: ("enligt budget", "budget", "noll i förhållande till budget", "budget i balans"),
    _K.AMOUNT_AT_LEAST: ("belopp minst", "prognos minst"),
    _K.ACCORDING_TO_PLAN: ("enligt plan",),
}  # fmt: skip
"""The first of each is how we call it in messages."""
_KIND: Final = {word: kind for kind, words in KIND_WORDS.items() for word in (*words, kind.value)}
_FIXED_YEAR: Final = re.compile(r"lägre än (?:år )?((?:19|20|21)\d\d)")
_NUMBER: Final = r"[-−‐–]?\s*\d[\d\s]*(?:[.,]\d+)?\s*(?:%|procent|min|mnkr)?"
_SIGNED: Final = re.compile(rf"(>=|<=|≥|≤|>|<)\s*{_NUMBER}")
_SPAN: Final = re.compile(rf"\d+(?:[.,]\d+)?\s*%?\s*[-−‐–]\s*{_NUMBER}")


def kind_word(kind: TargetKind) -> str:
    return KIND_WORDS[kind][0]


def kind_of(text: str) -> tuple[TargetKind, int | None] | None:
    """The kind that the words mean, and the year in «lägre än 2022»; None for other words."""
    words = _plain(text)
    if words in _KIND:
        return _KIND[words], None
    if found := _FIXED_YEAR.fullmatch(words):
        return _K.LESS_THAN_FIXED_YEAR, int(found[1])
    return None


def kind_of_wording(text: str) -> tuple[TargetKind, int | None] | None:
    """As `kind_of`, of the plan's own words for a target: also «>95%» and «85–90 %». A number alone does not tell."""
    words = _plain(text)
    if found := _SIGNED.fullmatch(words):
        return _KIND[found[1]], None
    if _SPAN.fullmatch(words):
        return _K.BETWEEN, None
    return kind_of(text)


def _plain(text: str) -> str:
    return re.sub(r"\bfg\b\.?|\bföreg\b\.?", "föregående", plain(text)).strip(" .")
