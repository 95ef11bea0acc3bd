"""The handbook is Swedish to the last word, but for what is code. (The app's own words: tests/e2e/test_every_page.py.)"""

from __future__ import annotations

import re

from hsf_kpi import ROOT
from tests.e2e.walking.english import ALLOWED, SWEDISH, english_in, words_in

CODE = re.compile(r"```.*?```|`[^`]*`|<!--.*?-->|\]\([^)]*\)", re.DOTALL)


def test_no_english_word_stands_in_the_handbook() -> None:
    chapters = sorted((ROOT / "docs" / "handbok").glob("*.md"))
    assert len(chapters) > 5
    said = [
        (file.name, line) for file in chapters for line in CODE.sub(" ", file.read_text("utf-8")).splitlines()
    ]
    assert english_in(said) == {}


def test_an_english_word_is_found_and_what_looks_like_one_is_not() -> None:
    said = [("text", "Help for Uppgifter per"), ("text", "AS och PET-CT, till 2023-10"), ("title", "Excel")]
    assert english_in(said).keys() == {"help", "for"}
    assert words_in("Se https://example.com/help, skriv till help@example.com") == ["se", "skriv", "till"]


def test_the_list_of_swedish_words_is_sorted_and_has_none_of_the_allowed_english_ones() -> None:
    listed = SWEDISH.read_text("utf-8").splitlines()
    assert listed == sorted(set(listed))
    assert not set(listed) & ALLOWED.keys()
