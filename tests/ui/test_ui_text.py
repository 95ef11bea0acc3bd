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


@given(st.text())
def test_nothing_but_backslashes_is_added(text: str) -> None:
    assert re.sub(r"\\([\\`*_{}\[\]()#+!|<>~$:^=.-])", r"\1", plain(text)) == text


def test_a_link_keeps_its_address() -> None:
    assert link("A [b]", "./?enhet=x") == r"[A \[b\]](./?enhet=x)"
