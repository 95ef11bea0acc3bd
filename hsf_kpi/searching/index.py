"""What can be found: the pages, the units and the measures that somebody may see, with the words for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from functools import lru_cache
from itertools import accumulate
from operator import or_
from weakref import WeakKeyDictionary, ref

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import OrgView
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.organisation import Unit
from hsf_kpi.model.period import Month
from hsf_kpi.model.scope import Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.searching.fold import words_of
from hsf_kpi.workspace import Workspace

STEP = " › "
"""Between the units of a path."""


class Kind(StrEnum):
    """In the order told where two are found equally well."""

    PAGE = "Sida"
    UNIT = "Verksamhet"
    MEASURE = "Nyckeltal"


class Rank(IntEnum):
    """What a text says of the entry, best first."""

    NAME = 0
    SYNONYM = 1
    DETAIL = 2
    AROUND = 3
    """Where it belongs: finds nothing alone, but tells two of the same name apart."""


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page as the menu tells of it: its name in links, its title, and what it answers."""

    key: str
    title: str
    answers: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """As it is written, in words that can be compared, as one word, and the letters of that."""

    text: str
    rank: Rank
    words: tuple[str, ...]
    joined: str
    letters: int


@dataclass(frozen=True, slots=True)
class Entry:
    """detail: what the page answers, the unit's path, the measure's official name."""

    kind: Kind
    key: str
    title: str
    detail: str
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class Index:
    """entries: in the order told. words: each word → where it stands: entry, rank. letters: see `letters_of`."""

    entries: tuple[Entry, ...]
    words: Mapping[str, tuple[tuple[int, Rank], ...]] = field(repr=False)
    letters: Mapping[str, tuple[int, ...]] = field(repr=False)


def letters_of(word: str) -> tuple[int, ...]:
    """Of its first letter, its first two … a bit for each: a letter that one word has and the other lacks is a slip."""
    return tuple(accumulate((1 << (ord(sign) % 64) for sign in word), or_))


def index_of(
    catalogue: Catalogue,
    scope: Scope,
    month: Month,
    pages: Iterable[PageEntry],
    *,
    today: Month | None = None,
) -> Index:
    """The pages, the units that stand in the organisation of `month` and the measures that may be seen at any unit.

    today: the month whose organisation carries on the history of units that have ended; they then find the one that does.
    None where the organisation is shown as it was.
    """
    entries = [
        *(_page(page, catalogue) for page in pages),
        *_units(catalogue, scope, month, today),
        *(_measure(one, catalogue) for one in catalogue.measures.values() if _is_seen(scope, one.key)),
    ]
    words: dict[str, dict[int, Rank]] = {}
    for number, entry in enumerate(entries):
        for text in entry.texts:
            for word in text.words:
                at = words.setdefault(word, {})
                at[number] = min(text.rank, at.get(number, text.rank))
    return Index(
        tuple(entries),
        {word: tuple(at.items()) for word, at in words.items()},
        {word: letters_of(word) for word in words},
    )


def _page(page: PageEntry, catalogue: Catalogue) -> Entry:
    synonyms = [word for one in catalogue.synonyms if page.key in one.pages for word in one.words]
    texts = _texts([page.title], synonyms, [page.answers])
    return Entry(Kind.PAGE, page.key, page.title, page.answers, texts)


def _units(catalogue: Catalogue, scope: Scope, month: Month, today: Month | None) -> Iterator[Entry]:
    organisation = catalogue.organisation
    ended: dict[str, list[Unit]] = {}
    if today is not None:
        for unit in organisation.units.values():
            if not unit.exists_at(month) and scope.sees(unit.id):
                ended.setdefault(organisation.heir(unit.id, today), []).append(unit)
    for key in organisation.below(organisation.root, month):
        if not scope.sees(key):
            continue
        unit = organisation.get(key)
        path = [organisation.get(one).name for one in organisation.path(key, month) if scope.sees(one)]
        # The root is above everything, and tells nothing.
        above = path[:-1] if path[0] != organisation.get(organisation.root).name else path[1:-1]
        synonyms = [word for one in catalogue.synonyms if key in one.units for word in one.words]
        synonyms += [one.name for one in ended.get(key, ())]
        texts = _texts([unit.name, unit.short_name], [*synonyms, *unit.keys.values()], [], above)
        yield Entry(Kind.UNIT, key, unit.name, STEP.join([*above, unit.name]), texts)


def _measure(one: Measure, catalogue: Catalogue) -> Entry:
    synonyms = [word for other in catalogue.synonyms if other.means_measure(one.key) for word in other.words]
    synonyms += [series.id for series in one.external]
    area = [area.name for area in catalogue.goal_areas if area.id == one.goal_area]
    texts = _texts([one.short_name], synonyms, [one.name], area)
    return Entry(Kind.MEASURE, one.key, one.short_name, one.name, texts)


def _is_seen(scope: Scope, key: str) -> bool:
    return any(reach.units and (reach.measures is None or key in reach.measures) for reach in scope.reaches)


def _texts(
    names: Sequence[str], synonyms: Sequence[str], details: Sequence[str], around: Sequence[str] = ()
) -> tuple[Text, ...]:
    ranked = zip(Rank, (names, synonyms, details, around), strict=True)
    return tuple(
        Text(text, rank, words, joined := "".join(words), letters_of(joined)[-1])
        for rank, texts in ranked
        for text in texts
        if (words := words_of(text))
    )


def unit_for(workspace: Workspace, scope: Scope, selection: Selection, key: str) -> str:
    """Where the measure is opened: at the chosen unit when it may be seen there, else at the nearest above where it may,
    else at the first in the order shown. The chosen one when it may be seen nowhere: the page says so.
    """
    above = reversed(workspace.path(scope, selection))
    order = (*above, *workspace.units(scope, selection))
    return next((unit for unit in order if scope.allows(unit, key)), selection.unit)


class _Kept:
    """The indexes of a workspace: one for each set of definitions, scope, organisation and menu."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = ref(workspace)
        self.index = lru_cache(maxsize=64)(self._make)

    def _make(
        self, _fingerprint: str, scope: Scope, month: Month, today: Month | None, pages: tuple[PageEntry, ...]
    ) -> Index:
        workspace = self._workspace()
        assert workspace is not None, "the workspace is open as long as it is asked"
        return index_of(workspace.catalogue, scope, month, pages, today=today)


_KEPT: WeakKeyDictionary[Workspace, _Kept] = WeakKeyDictionary()


def index_for(
    workspace: Workspace, scope: Scope, selection: Selection, pages: tuple[PageEntry, ...]
) -> Index:
    """The index of who may see the scope, with the organisation that is chosen. pages: those in their menu."""
    kept = _KEPT.get(workspace)
    if kept is None:
        kept = _KEPT.setdefault(workspace, _Kept(workspace))
    month = workspace.organisation_month(selection)
    today = month if selection.org is OrgView.TODAY else None
    return kept.index(workspace.catalogue.fingerprint, scope, month, today, pages)
