"""Text on slides: cut only where it must be, never lost in running text, never markup."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from hsf_kpi.render.powerpoint.flow import Words, pages, tall
from hsf_kpi.render.powerpoint.shapes import NAMESPACES
from hsf_kpi.render.powerpoint.text import fitted, height, one_line, paragraph, run, width, wrapped
from hsf_kpi.swedish.numbers import SPACE

SIZES = (26.0, 22.0, 18.0)
anything = st.text(max_size=300)


@settings(max_examples=150)
@given(anything)
def test_any_text_is_text_in_a_run(text):
    found = etree.fromstring(paragraph(run(text)).replace("<a:p>", f"<a:p {NAMESPACES}>", 1))
    assert "".join(found.itertext()) == one_line(text)


@settings(max_examples=100, deadline=None)
@given(anything, st.text("abc ", max_size=8))
def test_a_title_fits_whole_or_is_cut_and_keeps_its_tail(text, tail):
    shown, size = fitted(text, 300.0, 70.0, SIZES, bold=True, tail=tail)
    assert size in SIZES
    assert shown.endswith(tail)
    assert height([shown], 300.0, size) <= 70.0 + size or len(wrapped(shown, 300.0, size, bold=True)) <= 3
    whole = one_line(text) + tail
    assert shown == whole or (size == SIZES[-1] and shown.removesuffix(tail).endswith("…"))


def test_a_hard_space_is_never_broken_or_lost():
    text = f"Resultatet är 1{SPACE}035,5{SPACE}mnkr sämre"
    assert all(
        f"1{SPACE}035,5{SPACE}mnkr" in "|".join(wrapped(text, room, 12.0)) for room in range(90, 300, 7)
    )
    assert fitted(text, 500.0, 40.0, SIZES)[0] == text


def test_what_holds_together_has_the_room_that_arial_takes():
    # 2048ths of the size: four digits 1139, a hard space 569, × and = 1196.
    takes = (4 * 1139 + 4 * 569 + 2 * 1196) / 2048
    assert width(f"3{SPACE}×{SPACE}4{SPACE}={SPACE}12", 1.0) >= takes


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), st.floats(20.0, 400.0))
def test_lines_hold_all_signs_and_no_more_than_there_is_room_for(text, room):
    lines = wrapped(text, room, 12.0)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(line, 12.0) <= room + 0.01 or len(line) == 1 for line in lines)


words = st.builds(
    Words,
    st.text("abc åäö", min_size=1, max_size=900),
    st.sampled_from((12.0, 18.0)),
    st.booleans(),
    st.floats(0, 10),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(words, max_size=12))
def test_running_text_is_whole_and_every_slide_has_room_for_its_own(texts):
    found = pages(texts, 300.0, 200.0)
    shown = "".join(one.text for page in found for one in page)
    assert shown.replace(" ", "") == "".join(one.text for one in texts).replace(" ", "")
    assert all(tall(page, 300.0) <= 200.0 for page in found if len(page) > 1)


def test_a_heading_does_not_stand_alone_at_the_end_of_a_slide():
    filling = Words("a", 20.0, before=140.0)
    found = pages([filling, Words("Rubrik", 20.0, bold=True), Words("Text", 20.0)], 300.0, 200.0)
    assert [[one.text for one in page] for page in found] == [["a"], ["Rubrik", "Text"]]
