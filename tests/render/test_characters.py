"""What a text may hold on its way into a file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from hsf_kpi.render.characters import FORMULA, no_formula, plain, printable


@given(st.text(st.characters(codec=None)))
def test_what_is_left_can_be_held_by_xml_and_turns_nothing_around(text):
    for found in (printable(text), plain(text)):
        element = etree.Element("t")
        element.text = found
        assert etree.fromstring(etree.tostring(element)).text in (found, None)
    assert not set(plain(text)) & set("\u202e\u2066\r\v\x85\u2028")
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize("text", ["å ä ö – 1\N{NO-BREAK SPACE}234 %", "Steg 1\nSteg 2", "🩺"])
def test_what_people_write_stays(text):
    assert plain(text) == printable(text) == text


@pytest.mark.parametrize("start", FORMULA)
def test_nothing_begins_as_a_formula(start):
    for text in (f"{start}1+1", f" {start}1"):
        assert not no_formula(text).lstrip().startswith(FORMULA)
    assert no_formula("1 + 1 = 2") == "1 + 1 = 2"
