"""Text from data is shown as text."""

import re

from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.ui.text import link, plain, with_sources


def test_markdown_directives_formulas_and_html_do_not_come_alive() -> None:
    for text in (
        "**fet**",
        "[x](https://exempel.se)",
        ":material/home:",
        "$x^2$",
        "<script>",
        "# rubrik",
        ":red[x]",
        "1. a",
        "`k`",
    ):
        assert not re.search(r"(?<!\\)[*\[\]`$<>#:]", plain(text))
    told = {"12. maj": "12\\. maj", "3) c": "3\\) c", "&lt;b&gt; & c": "\\&lt;b\\&gt; & c", "1.5": "1\\.5"}
    assert {text: plain(text) for text in told} == told, "neither the number of a list nor another sign"


def test_a_bare_web_address_does_not_become_a_link() -> None:
    """Streamlit's Markdown finds them after the escapes have been read."""
    for text in ("https://exempel.se", "se HTTP://exempel.se", "www.exempel.se", "(https://exempel.se)"):
        shown = plain(text).replace("\\", "")
        assert not re.search(r"(?i)https?://|www\.", shown)
        assert shown.replace("\u2060", "") == text


@given(st.text())
def test_nothing_is_added_but_backslashes_and_what_holds_a_line_together(text: str) -> None:
    shown = re.sub(r"\\([\\`*_{}\[\]()#+!|<>~$:^=.&-])", r"\1", plain(text))
    assert shown.replace("\u2060", "").replace("\xa0", " ") == text.replace("\u2060", "").replace("\xa0", " ")


def test_a_link_keeps_its_address() -> None:
    assert link("A [b]", "./?enhet=x") == r"[A \[b\]](./?enhet=x)"


def test_a_source_is_named_by_its_place_and_leads_there_only_where_it_is_published() -> None:
    text = "Källa: https://github.com/Analys/hosrapport (46106ba, app/data/ar.json); https://www.vt.se/nytt/247602."
    shown = with_sources(text, linked=True)
    assert "[hosrapport på GitHub](https://github.com/Analys/hosrapport)" in shown
    assert "](https://www.vt.se/nytt/247602)." in shown
    assert "46106ba" not in shown
    assert "](" not in with_sources(text, linked=False)
    assert "247602" not in with_sources(text, linked=False)


def test_nothing_else_in_a_source_comes_alive() -> None:
    told = with_sources("[x](javascript:alert) https://a.se/)](javascript:b)", linked=True)
    assert told.replace(r"\](javascript", "").count("](") == 1, "the address alone leads somewhere"
    assert with_sources("*fet* _kursiv_", linked=True) == plain("*fet* _kursiv_")
