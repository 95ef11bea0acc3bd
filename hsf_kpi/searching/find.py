"""The hits of what has been typed so far, best first.

Every word must be found in an entry, in any order; how well the entry is found is how well its worst word is. What is typed
is also held as one word against each name as one word, so that spaces and hyphens don't matter. Misspellings are looked for
only where little else is found: whoever spells well is not shown what merely looks alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from hsf_kpi.searching.fold import without_little, words_of
from hsf_kpi.searching.index import Entry, Index, Kind, Rank, Text, letters_of
from hsf_kpi.searching.misspelt import slips, slips_allowed

ENOUGH: Final = 3
"""With so many that begin so, misspellings are not looked for."""
LONGEST: Final = 100
"""So many signs are read of what is typed, and so many words."""
MOST_WORDS: Final = 8
_BEGINS: Final = 5
"""From so many letters on, a misspelt word may be the beginning of another."""
_INSIDE: Final = 6
"""From so many letters on, a misspelt word is looked for inside others too: klniken in kirurgkliniken."""
_MOST: Final = 2


class Quality(IntEnum):
    """Best first."""

    EXACT = 0
    BEGINS = 1
    WORD_BEGINS = 2
    CONTAINS = 3
    MISSPELT = 4


@dataclass(frozen=True, slots=True)
class Hit:
    """kind: in Swedish, shown. key: the page's name in links, the unit's id, the measure's key. detail: what the page
    answers, the unit's path, the measure's official name. via: the other word by which it was found, "" for its names.
    """

    kind: Kind
    key: str
    title: str
    detail: str
    quality: Quality
    via: str = ""


@dataclass(frozen=True, slots=True, order=True)
class _Found:
    """How well something is found: the least is the best."""

    quality: Quality
    slips: int
    rank: Rank


_Places = Mapping[int, _Found]
"""The number of an entry → how well it is found."""


def search(index: Index, text: str, limit: int = 12) -> tuple[Hit, ...]:
    """At most so many; nothing for a text without letters or digits."""
    words = words_of(text[:LONGEST])[:MOST_WORDS]
    if not words:
        return ()
    found = _merged(_as_one(index, "".join(words)), _word_by_word(index, without_little(words)))
    if not _is_enough(found):
        misspelt = _merged(_misspelt_as_one(index, "".join(words)), _misspelt(index, without_little(words)))
        found = _merged(found, misspelt)
    best = sorted(
        found, key=lambda number: (found[number], *_order(index.entries[number], found[number]), number)
    )
    return tuple(_hit(index.entries[number], found[number], words) for number in best[:limit])


def _is_enough(found: _Places) -> bool:
    """Whether somebody has typed a whole name, or what several words begin with."""
    if any(one.quality is Quality.EXACT and one.rank is Rank.NAME for one in found.values()):
        return True
    return sum(one.quality < Quality.CONTAINS for one in found.values()) >= ENOUGH


def _as_one(index: Index, typed: str) -> _Places:
    found: dict[int, _Found] = {}
    for number, text in _names(index):
        if text.joined == typed:
            quality = Quality.EXACT
        elif text.joined.startswith(typed):
            quality = Quality.BEGINS if text.rank is Rank.NAME else Quality.WORD_BEGINS
        elif len(typed) > 2 and typed in text.joined:
            quality = Quality.CONTAINS
        else:
            continue
        _keep(found, number, _Found(quality, 0, text.rank))
    return found


def _word_by_word(index: Index, words: tuple[str, ...]) -> _Places:
    return _in_all([_containing(index, word) for word in words])


def _containing(index: Index, typed: str) -> _Places:
    found: dict[int, _Found] = {}
    for word, places in index.words.items():
        if word.startswith(typed):
            quality = Quality.WORD_BEGINS
        elif len(typed) > 2 and typed in word:
            quality = Quality.CONTAINS
        else:
            continue
        for number, rank in places:
            _keep(found, number, _Found(quality, 0, rank))
    return found


def _misspelt(index: Index, words: tuple[str, ...]) -> _Places:
    """Each word as it stands, misspelt as the beginning of another, or misspelt inside one."""
    return _in_all([_merged(_containing(index, word), _slipped(index, word)) for word in words])


def _slipped(index: Index, typed: str) -> _Places:
    most = slips_allowed(typed)
    if not most:
        return {}
    letters, longest = letters_of(typed)[-1], len(typed) + most
    near = [w for w, has in index.letters.items() if _lacks(letters, has[:longest][-1]) <= most]
    # What is as short as this begins a word of nearly any kind.
    found = _held(index, typed, near, most, whole=len(typed) < _BEGINS)
    if not found and len(typed) >= _INSIDE:
        near = [word for word, has in index.letters.items() if _lacks(letters, has[-1]) <= most]
        found = _held(index, typed, near, most, anywhere=True)
    return found


def _lacks(letters: int, has: int) -> int:
    return (letters & ~has).bit_count()


def _held(
    index: Index, typed: str, near: list[str], most: int, *, whole: bool = False, anywhere: bool = False
) -> dict[int, _Found]:
    found: dict[int, _Found] = {}
    for word in near:
        count = slips(typed, word, most, whole=whole, anywhere=anywhere)
        if count <= most:
            for number, rank in index.words[word]:
                _keep(found, number, _Found(Quality.MISSPELT, count, rank))
    return found


def _misspelt_as_one(index: Index, typed: str) -> _Places:
    most, letters = slips_allowed(typed), letters_of(typed)[-1]
    found: dict[int, _Found] = {}
    for number, text in _names(index) if most else ():
        if _lacks(letters, text.letters) <= most and _lacks(text.letters, letters) <= most:
            count = slips(typed, text.joined, most)
            if count <= most:
                _keep(found, number, _Found(Quality.MISSPELT, count, text.rank))
    return found


def _names(index: Index) -> Iterator[tuple[int, Text]]:
    """Every text by which an entry is found alone."""
    for number, entry in enumerate(index.entries):
        for text in entry.texts:
            if text.rank is not Rank.AROUND:
                yield number, text


def _in_all(each: list[_Places]) -> _Places:
    """The entries where every word is found, one of them not only in what is around; as well as the worst."""
    found: dict[int, _Found] = {}
    for number in set(each[0]).intersection(*each[1:]):
        told = [places[number] for places in each]
        if any(one.rank is not Rank.AROUND for one in told):
            found[number] = max(told)
    return found


def _merged(one: _Places, other: _Places) -> _Places:
    found = dict(one)
    for number, told in other.items():
        _keep(found, number, told)
    return found


def _keep(found: dict[int, _Found], number: int, told: _Found) -> None:
    if number not in found or told < found[number]:
        found[number] = told


def _order(entry: Entry, found: _Found) -> tuple[int, int]:
    """Pages, units, measures; of a kind the shortest name, of which most has been typed."""
    return list(Kind).index(entry.kind), len(entry.title) if found.rank is Rank.NAME else 0


def _hit(entry: Entry, found: _Found, words: tuple[str, ...]) -> Hit:
    via = _synonym(entry, words) if found.rank is Rank.SYNONYM else ""
    return Hit(entry.kind, entry.key, entry.title, entry.detail, found.quality, via)


def _synonym(entry: Entry, words: tuple[str, ...]) -> str:
    """The one that what is typed is most like; "" when the names tell it too."""

    def unlike(text: Text) -> int:
        if any(word in text.joined for word in words):
            return 0
        return min(slips(word, text.joined, _MOST, anywhere=True) for word in words)

    shown = " ".join(text.joined for text in entry.texts if text.rank in (Rank.NAME, Rank.DETAIL))
    if all(word in shown for word in words):
        return ""
    return min((text for text in entry.texts if text.rank is Rank.SYNONYM), key=unlike).text
