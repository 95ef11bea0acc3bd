"""Words as they are compared: without case, accents, and the dots and ring of å, ä and ö, which not every keyboard has."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

LITTLE: Final = (
    *("i", "på", "av", "för", "till", "från", "per", "med", "inom", "vid", "hos", "om", "mot"),
    *("och", "eller", "som", "en", "ett", "den", "det", "de", "är"),
)
"""Words that are left out of what is searched for when there are others: the names often lack them."""
_LETTERS: Final = str.maketrans({"æ": "a", "ø": "o", "œ": "o", "ß": "ss", "đ": "d", "ł": "l"})


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """Letters and digits in words: «E-tjänster, 65+» → e, tjanster, 65."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return tuple("".join(sign if sign.isalnum() else " " for sign in kept).split())


def without_little(words: tuple[str, ...]) -> tuple[str, ...]:
    """Those that say something; all of them when none does."""
    return tuple(word for word in words if word not in _FOLDED) or words


_FOLDED: Final = frozenset(word for little in LITTLE for word in words_of(little))
