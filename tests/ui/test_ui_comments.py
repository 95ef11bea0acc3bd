"""What somebody has typed, on the page: text, whatever is in it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from hsf_kpi.figures.figure import Comment
from hsf_kpi.ui.figures import comment_markdown
from hsf_kpi.ui.text import plain_lines
from tests.figures.dialogue_samples import NASTY, WHO

JOINER = "\u2060"


def comment(text: str, who: str = WHO) -> Comment:
    return Comment("Analys", text, who, "14 november 2023")


def test_kind_who_when_and_text():
    assert comment_markdown(comment("Vakanser.")) == (
        f"**Analys** ({WHO}, 14\xa0november\xa02023): {JOINER}Vakanser."
    )
    assert comment_markdown(Comment("Åtgärd", "Ett", "", "")) == f"**Åtgärd**: {JOINER}Ett"


@pytest.mark.parametrize("text", NASTY)
def test_nothing_typed_is_markdown(text):
    told = comment_markdown(comment(text, who=text.splitlines()[0][:40]))
    bare = re.sub(r"\\.", "", told.replace("\\\\", ""))
    assert bare.startswith("**Analys** (")
    left = [sign for sign in bare.removeprefix("**Analys**") if sign in "<>*_`$[]#~|:"]
    assert left == [":"], "the one before the text"


@given(st.text(alphabet="ab \n\r\t1.)-+=#>*~_`$:[]<|", max_size=60))
@settings(max_examples=100)
def test_no_line_begins_anything(text):
    told = plain_lines(text)
    lines = told.split("  \n") if told else []
    assert all(line.startswith(JOINER) for line in lines)
    assert "\n" not in told.replace("  \n", "")
    assert len(lines) == sum(bool(line.strip()) for line in text.splitlines())


def page() -> None:
    from hsf_kpi.ui.figures import show_comments
    from tests.figures.dialogue_samples import NASTY
    from tests.ui.test_ui_comments import comment

    show_comments([comment(text) for text in NASTY])


def test_the_page_takes_them_all():
    at = AppTest.from_function(page).run(timeout=10)
    assert not at.exception
    assert len(at.markdown) == len(NASTY)
    assert all(JOINER in block.value for block in at.markdown)
