"""The nearest of the names that there are, for what was not found."""

from __future__ import annotations

import difflib
from collections.abc import Collection

_CUTOFF = 0.6


def nearest(name: str, known: Collection[str], most: int = 3) -> tuple[str, ...]:
    """The names that are most like it, the nearest first; upper and lower case make no difference."""
    folded: dict[str, str] = {}
    for one in known:
        folded.setdefault(one.casefold(), one)
    found = difflib.get_close_matches(name.casefold(), folded, n=most, cutoff=_CUTOFF)
    return tuple(folded[text] for text in found)


def did_you_mean(name: str, known: Collection[str]) -> str:
    """«Menade du ”kirurgkliniken”?», or "" where nothing is near."""
    found = nearest(name, known, 2)
    return f"Menade du {' eller '.join(f'”{one}”' for one in found)}?" if found else ""
