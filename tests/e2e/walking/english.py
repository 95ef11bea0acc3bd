"""English words among what a page says: any that an English word list has, but for those that are Swedish too.

A word counts as English when it stands in pyspellchecker's list (160 000 words of spoken English) or in `SCREEN`, and
neither in `swedish.txt`, which was gone through word by word, nor in `ALLOWED`.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import spellchecker

SWEDISH = Path(__file__).parent / "swedish.txt"
"""Swedish words and names that are spelled as an English word is; sorted, one a line."""
SCREEN = frozenset(
    {"combobox", "dropdown", "fullscreen", "listbox", "popup", "scrollable", "streamlit", "textbox", "vega"}
)
"""Words of screens, of which a list of spoken English lacks some."""
ALLOWED = {
    "axe": "axe-core: a tool's name, in the accessibility statement",
    "core": "axe-core",
    "python": "a product's name, in the handbook for IT",
    "streamlit": "a product's name, in the accessibility statement",
    "enter": "a key's name",
    "kick": "”Kick off i länet”: the programme's own words",
    "off": "”Kick off i länet”: the programme's own words",
    "make": "a program's name, in the handbook for IT",
    "powerpoint": "a product's name",
    "excel": "a product's name",
    "power": "a product's name, Power BI",
    "query": "a product's name, Power Query",
    "wilson": "a statistician's name",
    "wipe": "”wipe-test”: the internal control plan's own word",
}
"""The English words that may stand, each with its reason."""

_ADDRESS = re.compile(
    r"\bhttps?\W*//\S+|\b[\w./-]+\.(?:se|com|org|eu|md|toml|py|zip)\b\S*|\S+@\S+|\b[\w.-]+(?:/[\w.-]+)+\.\w+"
)
_WORD = re.compile(r"(?<!\w)[^\W\d_]{2,}(?!\w)")


@cache
def dictionary() -> frozenset[str]:
    """Every word that counts as English wherever it stands."""
    packed = Path(spellchecker.__file__).parent / "resources" / "en.json.gz"
    with gzip.open(packed, "rt", encoding="utf-8") as file:
        known = frozenset(json.load(file))
    return (known | SCREEN) - swedish() - ALLOWED.keys()


@cache
def swedish() -> frozenset[str]:
    return frozenset(SWEDISH.read_text("utf-8").split())


def words_in(text: str) -> list[str]:
    """The words of a text, small letters; no addresses, no codes with digits in them, no single letters, no abbreviations
    in capitals («AS», «WHO»).
    """
    found = _WORD.findall(_ADDRESS.sub(" ", text.replace("\N{WORD JOINER}", "")))
    return [word.lower() for word in found if len(word) > 4 or not word.isupper()]


def english_in(said: Iterable[tuple[str, str]]) -> dict[str, str]:
    """English word → how and where it is said, of pairs (how, text)."""
    known = dictionary()
    return {word: f"{how}: {text[:120]}" for how, text in said for word in words_in(text) if word in known}
