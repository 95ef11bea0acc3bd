"""Names as a file writes them, and what they are called here: units, nyckeltal and accounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from hsf_kpi.ingest.files.wording import plain
from hsf_kpi.ingest.nearest import nearest
from hsf_kpi.ingest.profiles.check import span_of
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.profile import Profile, UnitKey

KEYS: Final[Mapping[UnitKey, str]] = {UnitKey.COST_CENTRE: "kostnadsställe", UnitKey.HSA_ID: "hsa_id"}
"""The external keys of a unit that a file may name it by."""
AMBIGUOUS: Final = ""
"""What is found where several are called the same."""


@dataclass(frozen=True)
class Names:
    """known: folded text → id. mapped: those that the profile itself translates. shown: what may be suggested, as it is
    written here. spans: first, last and id of account numbers.
    """

    known: Mapping[str, str]
    mapped: Mapping[str, str] = field(default_factory=dict)
    shown: tuple[str, ...] = ()
    spans: tuple[tuple[int, int, str], ...] = ()

    def find(self, text: str) -> str | None:
        """The id; None for what is unknown, `AMBIGUOUS` for what several are called."""
        folded = plain(text)
        found = self.mapped.get(folded)
        if found is None and self.spans and folded.isascii() and folded.isdigit() and len(folded) <= 12:
            number = int(folded)
            found = next((name for first, last, name in self.spans if first <= number <= last), None)
        return self.known.get(folded) if found is None else found

    def is_mapped(self, text: str) -> bool:
        """Whether it is the profile that says what it is, and not its own name."""
        return plain(text) in self.mapped

    def suggestion(self, text: str) -> str:
        """« Menade du ”kirurgkliniken”?», or ""."""
        found = nearest(text, self.shown, 2)
        return f" Menade du {' eller '.join(f'”{name}”' for name in found)}?" if found else ""


def unit_names(profile: Profile, catalogue: Catalogue, allowed: frozenset[str] | None) -> Names:
    """allowed: the units that may be loaded for; the others are as unknown as those that do not exist."""
    units = [u for u in catalogue.organisation.units.values() if allowed is None or u.id in allowed]
    ids = {unit.id for unit in units}
    if profile.units_by in KEYS:
        key = KEYS[profile.units_by]
        pairs = [(unit.keys[key], unit.id) for unit in units if key in unit.keys]
        return Names(_unique(pairs), _mapped(profile.units, ids), tuple(text for text, _ in pairs))
    names = [(text, unit.id) for unit in units for text in (unit.name, unit.short_name) if text]
    # An id is never ambiguous, whatever others are called.
    own = [] if profile.units_by is UnitKey.NAME else [(unit.id, unit.id) for unit in units]
    known = {**_unique(names), **_unique(own)}
    return Names(known, _mapped(profile.units, ids), tuple(text for text, _ in own or names))


def counterpart_names(profile: Profile, catalogue: Catalogue) -> Names:
    """Every unit of the förvaltning, whoever loads: the other party of an internal purchase is named, not loaded for."""
    return unit_names(profile, catalogue, None)


def measure_names(profile: Profile, catalogue: Catalogue) -> Names:
    measures = catalogue.measures.values()
    names = [(text, m.key) for m in measures for text in dict.fromkeys((m.name, m.short_name))]
    known = {**_unique(names), **{plain(key): key for key in catalogue.measures}}
    return Names(known, _mapped(profile.measures, catalogue.measures), tuple(catalogue.measures))


def account_names(profile: Profile, catalogue: Catalogue) -> Names:
    accounts = catalogue.ledger_accounts
    ids = {account.id for account in accounts}
    known = {
        **_unique((account.title, account.id) for account in accounts),
        **{plain(account.id): account.id for account in accounts},
    }
    spans = tuple(
        (*span, name)
        for text, name in profile.accounts.items()
        if name in ids and (span := span_of(text)) is not None
    )
    return Names(known, _mapped(profile.accounts, ids), tuple(a.id for a in accounts), spans)


def units_by_words(profile: Profile) -> str:
    """How the file is to name a unit, in an imperative sentence."""
    return {
        UnitKey.ID: "Ange verksamhetens id eller namn.",
        UnitKey.NAME: "Ange verksamhetens namn.",
        UnitKey.COST_CENTRE: "Ange ett kostnadsställe som hör till en verksamhet, i profilen eller i organisationen.",
        UnitKey.HSA_ID: "Ange ett HSA-id som hör till en verksamhet, i profilen eller i organisationen.",
    }[profile.units_by]


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for text, name in pairs:
        folded = plain(text)
        found[folded] = name if found.get(folded, name) == name else AMBIGUOUS
    return found


def _mapped(texts: Mapping[str, str], known: Iterable[str]) -> dict[str, str]:
    kept = set(known)
    return {plain(text): name for text, name in texts.items() if name in kept}
