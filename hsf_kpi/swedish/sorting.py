"""Swedish alphabetical order: å, ä and ö come last, case does not matter."""

from __future__ import annotations

import unicodedata

_LAST = {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"}
"""The characters right after z in ASCII stand for the last three letters of the alphabet."""


def swedish_key(text: str) -> tuple[str, str]:
    """A sort key: letters by the Swedish alphabet, other accents as their letter; ties by the text itself."""
    letters = []
    for char in unicodedata.normalize("NFC", text).casefold():
        if char in _LAST:
            letters.append(_LAST[char])
        else:
            plain = unicodedata.normalize("NFD", "y" if char == "ü" else char)
            letters.append("".join(c for c in plain if not unicodedata.combining(c)))
    return "".join(letters), text
