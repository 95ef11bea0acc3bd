"""Text from data is shown as text."""

import re

from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.ui.text import link, plain


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
def test_nothing_is_added_but_backslashes_and_what_takes_no_room(text: str) -> None:
    shown = re.sub(r"\\([\\`*_{}\[\]()#+!|<>~$:^=.&-])", r"\1", plain(text))
    assert shown.replace("\u2060", "") == text.replace("\u2060", "")


def test_a_link_keeps_its_address() -> None:
    assert link("A [b]", "./?enhet=x") == r"[A \[b\]](./?enhet=x)"
