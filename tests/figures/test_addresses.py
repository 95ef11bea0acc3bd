"""Sources in words, where an address can't be followed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.figures.addresses import in_words, place_name


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("Källa: Västerås Tidning, https://www.vt.se/a/b-c/247602.", "Källa: Västerås Tidning (vt.se)."),
        (
            "Källa: https://github.com/Analys/hosrapport (46106ba, app/data/ar.json); Demodata.",
            "Källa: hosrapport på GitHub; Demodata.",
        ),
        ("https://vt.se.", "vt.se."),
        ("Källa: Förvaltningsplan 2023–2025, avsnitt 5.4.1.",) * 2,
    ],
)
def test_an_address_is_told_by_the_name_of_its_place(source: str, words: str) -> None:
    assert in_words(source) == words


@given(st.text())
def test_text_without_addresses_is_left(text: str) -> None:
    if "://" not in text and " (" not in text:
        assert in_words(text) == text


def test_what_is_no_address_has_no_place() -> None:
    with pytest.raises(ValueError, match="ordet"):
        place_name("ordet")
