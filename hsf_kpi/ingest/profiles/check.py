"""What a profile must mean: fields that exist, columns that can be found, enough of them to make rows of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

from hsf_kpi.access.person_number import like_person_number
from hsf_kpi.ingest.files.wording import plain
from hsf_kpi.ingest.nearest import did_you_mean
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.incoming import Holds
from hsf_kpi.model.problems import Problem
from hsf_kpi.model.profile import FIELDS, Column, Profile

NEEDED: Mapping[Holds, tuple[tuple[tuple[str, ...], ...], ...]] = {
    Holds.OBSERVATIONS: ((("unit",),), (("period",), ("year",)), (("measure",),), (("numerator",), ("ready",))),
    Holds.LEDGER: (
        (("unit",),), (("period",), ("year", "month")), (("account",),), (("kind",),), (("amount",),)
    ),
    Holds.FORECASTS: (
        (("unit",),), (("made",),), (("year",),), (("account",),), (("amount",),), (("author",),)
    ),
    Holds.MOVES: ((("id",),), (("unit",),), (("period",),), (("persons",),), (("reference",),)),
    Holds.ACTIVITIES: (
        (("unit",),), (("what",),), (("effect",),), (("expected",),), (("start",),), (("responsible",),)
    ),
    Holds.EXTERNAL: ((("register",),), (("series",),), (("region_id",),), (("year",),), (("value",),)),
    Holds.TARGETS: ((("measure",),), (("year",),)),
    Holds.BASELINES: ((("measure",),), (("year",),)),
    Holds.UNITS: ((("unit",),),),
}  # fmt: skip
"""What rows of each kind can't be made without: of each group, all fields of one alternative."""
NUMBERS = frozenset({"numerator", "denominator", "ready", "amount", "persons", "expected", "value", "upper"})
"""The fields that hold a number, and so may have a scale."""
_SCALE = re.compile(r"-?[0-9]{1,12}([./][0-9]{1,12})?")
_SPAN = re.compile(r"([0-9]{1,12})\s*[-\N{EN DASH}]\s*([0-9]{1,12})")


def scale_of(text: str) -> Fraction | None:
    """«1000», «-1», «0.001», «1/60» → exact. None for what is no scale; zero is none."""
    if not _SCALE.fullmatch(text):
        return None
    try:
        return Fraction(text) or None
    except ZeroDivisionError:
        return None


def span_of(text: str) -> tuple[int, int] | None:
    """«5000-5999» → (5000, 5999). None for what is no span."""
    found = _SPAN.fullmatch(text.strip())
    return (int(found[1]), int(found[2])) if found else None


def profile_problems(profile: Profile, where: str) -> list[Problem]:
    """Everything that is wrong with the profile in itself."""
    return [
        *_columns(profile, where),
        *_wide(profile, where),
        *_needed(profile, where),
        *_maps(profile, where),
        *_persons(profile, where),
    ]


def catalogue_problems(profile: Profile, catalogue: Catalogue, where: str) -> list[Problem]:
    """What the profile names that the definitions do not have, each with the nearest name that they have."""
    units, measures = catalogue.organisation.units, catalogue.measures
    accounts = [account.id for account in catalogue.ledger_accounts]
    found = [
        *_unknown(profile.units, units, "Verksamheten", f"{where}: units"),
        *_unknown(profile.measures, measures, "Nyckeltalet", f"{where}: measures"),
        *_unknown(profile.accounts, accounts, "Kontot", f"{where}: accounts"),
        *_unknown(
            {name: name for name in sorted(profile.reversed_accounts)},
            accounts,
            "Kontot",
            f"{where}: reversed_accounts",
        ),
        *_unknown(
            {column.name: column.measure for column in profile.wide},
            measures,
            "Nyckeltalet",
            f"{where}: wide",
        ),
    ]
    for name, known, word in (
        ("unit", units, "Verksamheten"),
        ("measure", measures, "Nyckeltalet"),
        ("account", accounts, "Kontot"),
    ):
        column = profile.column(name)
        if column is not None and column.fixed:
            found += _unknown({name: column.fixed}, known, word, f"{where}: column[{name}].fixed")
    return found


def _unknown(named: Mapping[str, str], known: Collection[str], word: str, where: str) -> Iterator[Problem]:
    for text, target in named.items():
        if target not in known:
            at = where if text == target else f"{where}[{text}]"
            yield Problem(
                f"{word} ”{target}” finns inte.", at, did_you_mean(target, known) or "Rätta id i profilen."
            )


def _columns(profile: Profile, where: str) -> Iterator[Problem]:
    fields = FIELDS[profile.holds]
    for name, count in Counter(column.field for column in profile.columns).items():
        at = f"{where}: column[{name}]"
        if name not in fields:
            todo = did_you_mean(name, fields) or f"Välj ett av: {', '.join(fields)}."
            yield Problem(f"Fältet ”{name}” finns inte för det som filen innehåller.", f"{at}.field", todo)
        if count > 1:
            yield Problem("Fältet står flera gånger.", at, "Behåll en kolumn per fält.")
    for column in profile.columns:
        yield from _column(column, f"{where}: column[{column.field}]")


def _column(column: Column, at: str) -> Iterator[Problem]:
    if bool(column.names) == bool(column.fixed):
        told = "både rubriker och en fast text" if column.names else "varken rubrik eller fast text"
        yield Problem(f"Kolumnen har {told}.", at, "Ange antingen names eller fixed.")
    if any(not name.strip() for name in column.names):
        yield Problem("En rubrik är tom.", f"{at}.names", "Skriv rubriken som den står i filen.")
    yield from _scale(column.scale, f"{at}.scale")
    if column.scale != "1" and column.field not in NUMBERS:
        yield Problem("Fältet är inget tal och har ingen skala.", f"{at}.scale", "Ta bort scale.")


def _scale(text: str, at: str) -> Iterator[Problem]:
    if scale_of(text) is None:
        yield Problem(
            f"”{text}” är ingen skala.",
            at,
            "Ange ett tal inom citattecken, till exempel ”1000”, ”-1” eller ”1/60”.",
        )


def _wide(profile: Profile, where: str) -> Iterator[Problem]:
    if profile.wide and profile.holds is not Holds.OBSERVATIONS:
        yield Problem(
            "Bara utfall kan ha en kolumn per nyckeltal.",
            f"{where}: wide",
            "Ta bort kolumnerna, eller ändra holds.",
        )
    told = Counter((w.measure, w.component, w.sex or "all") for w in profile.wide)
    for column in profile.wide:
        at = f"{where}: wide[{column.name}]"
        yield from _scale(column.scale, f"{at}.scale")
        if told[(column.measure, column.component, column.sex or "all")] > 1:
            yield Problem(
                f"Flera kolumner ger samma tal för ”{column.measure}”.", at, "Behåll en kolumn för varje tal."
            )
        if column.sex and profile.column("sex") is not None:
            yield Problem(
                "Könet anges både av kolumnen och av raden.", at, "Ta bort sex här, eller kolumnen med kön."
            )


def _needed(profile: Profile, where: str) -> Iterator[Problem]:
    """A column that may be missing still counts: that a whole file lacks it is told with the file."""
    there = {column.field for column in profile.columns}
    if profile.wide:
        if lone := sorted(there & {"measure", "numerator", "denominator", "ready"}):
            yield Problem(
                "Filen har en kolumn per nyckeltal, men också egna kolumner för samma sak.",
                f"{where}: column[{lone[0]}]",
                "Ange antingen wide eller measure med numerator, denominator och ready.",
            )
        there |= {"measure", "numerator"}
    words = FIELDS[profile.holds]
    for alternatives in NEEDED[profile.holds]:
        if not any(there.issuperset(fields) for fields in alternatives):
            told = " eller ".join(
                " och ".join(f"”{words[f]}” ({f})" for f in fields) for fields in alternatives
            )
            yield Problem(
                f"Profilen säger inte varifrån {told} kommer.", f"{where}: column", "Lägg till en kolumn."
            )
    if "month" in there and "year" not in there:
        yield Problem(
            "Månaden saknar år.", f"{where}: column[month]", "Lägg till fältet year, eller ange period."
        )


def _maps(profile: Profile, where: str) -> Iterator[Problem]:
    for name, texts in (
        ("units", profile.units),
        ("measures", profile.measures),
        ("accounts", profile.accounts),
    ):
        for folded, count in Counter(plain(text) for text in texts).items():
            if count > 1:
                yield Problem(
                    f"”{folded}” står flera gånger.",
                    f"{where}: {name}",
                    "Stora och små bokstäver är lika: behåll en.",
                )
    spans = sorted((span, text) for text in profile.accounts if (span := span_of(text)) is not None)
    for (first, last), text in spans:
        if last < first:
            yield Problem(
                f"Kontospannet ”{text}” slutar före det börjar.", f"{where}: accounts", "Rätta spannet."
            )
    for ((_, last), text), ((first, _), other) in pairwise(spans):
        if first <= last:
            yield Problem(
                f"Kontospannen ”{text}” och ”{other}” går in i varandra.",
                f"{where}: accounts",
                "Rätta det ena.",
            )
    for name, left in profile.skip.items():
        if not left:
            yield Problem("Det sägs inte vilka rader.", f"{where}: skip[{name}]", "Ange minst en text.")


def _persons(profile: Profile, where: str) -> Iterator[Problem]:
    texts = [profile.title, profile.system, profile.about, profile.sheet, *profile.units, *profile.measures]
    for column in profile.columns:
        texts += [column.fixed, *column.names, *column.values, *column.values.values()]
    texts += [column.name for column in profile.wide]
    texts += [*profile.accounts, *profile.skip, *(text for some in profile.skip.values() for text in some)]
    if any(map(like_person_number, texts)):
        yield Problem(
            "Profilen innehåller något som liknar ett personnummer.",
            where,
            "Ta bort det. En profil handlar om kolumner.",
        )
