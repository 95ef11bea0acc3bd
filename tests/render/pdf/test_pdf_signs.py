"""The signs that the report's font has, and how a table is fitted to the paper."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from hsf_kpi.render.page import FONTS
from hsf_kpi.render.pdf.cells import ON_ITS_SIDE, SIZES, UPRIGHT, grid
from hsf_kpi.render.pdf.signs import INSTEAD, Signs, breakable, shapes
from tests.render.pdf.pdf_samples import matrix, rows


def test_the_font_has_the_signs_that_figures_are_written_with():
    assert set("åäöÅÄÖé●◆■○▲▼↔→−–≥≤*§%«»…□\N{NO-BREAK SPACE}\N{HYPHEN}") <= shapes()
    assert not set("😀漢◇⇄") & shapes()


@pytest.mark.parametrize("file", sorted(FONTS.glob("*.ttf")), ids=lambda path: path.stem)
def test_every_sign_that_it_is_said_to_have_has_a_shape_of_its_own(file):
    font = ImageFont.truetype(file, 40, layout_engine=ImageFont.Layout.BASIC)
    absent = bytes(font.getmask("\ufffe"))
    drawn = [sign for sign in shapes() if not unicodedata.category(sign).startswith(("Z", "C", "M"))]
    assert len(drawn) > 1000
    assert [sign for sign in drawn if bytes(font.getmask(sign)) == absent] == []


def test_what_is_missing_is_marked_once_each_and_the_unseen_is_gone():
    signs = Signs()
    assert signs.shown("a😀b😀漢\ufe0f\u202ec\u200d\x00\ud800") == f"a{INSTEAD}b{INSTEAD}{INSTEAD}c"
    assert signs.codes() == ["U+1F600", "U+6F22"]
    assert signs.shown("e\u0301\tx\r\ny\u2028z\u3000") == "é x\ny\nz "


@given(st.text())
def test_only_signs_with_a_shape_are_left_and_those_stay(text):
    signs = Signs()
    shown = signs.shown(text)
    assert shapes().issuperset(shown)
    assert signs.shown(shown) == shown
    assert shown.count(INSTEAD) - text.count(INSTEAD) >= len(signs.missing)


@given(st.text())
def test_places_to_break_change_nothing_that_is_read(text):
    told = breakable(text)
    assert told.replace("\N{ZERO WIDTH SPACE}", "") == text.replace("\N{ZERO WIDTH SPACE}", "")


def test_ordinary_words_are_left_to_the_hyphens():
    word = "arbetsplatsförlagda-utbildningssamordnaruppdrag"
    assert breakable(word) == word
    assert "\N{ZERO WIDTH SPACE}" in breakable("x" * 41)


@pytest.mark.parametrize("columns", [2, 9, 14, 20, 40])
@pytest.mark.parametrize("may_turn", [True, False])
def test_no_table_is_wider_than_its_page(columns, may_turn):
    set_as = grid(matrix(columns, 3, "12 345,6"), Signs(), may_turn=may_turn)
    assert may_turn or not set_as.sideways
    for piece, table in zip(set_as.pieces, set_as.told(), strict=True):
        assert sum(table["widths"]) <= (ON_ITS_SIDE if set_as.sideways else UPRIGHT) + 0.1
        assert piece[0].heading == "Verksamhet"
        assert table["size"] in SIZES
    headings = [column.heading for piece in set_as.pieces for column in piece[1:]]
    assert headings == [f"Kolumn {k}" for k in range(columns)]


def test_a_table_of_long_texts_is_laid_on_its_side():
    prose = "Andelen är lägre än i fjol, men målet nås inte förrän till våren om inget görs."
    assert grid(matrix(6, 5, prose), Signs(), may_turn=True).sideways
    assert not grid(matrix(6, 5, "1,0"), Signs(), may_turn=True).sideways


def test_numbers_stand_to_the_right_and_verdicts_have_their_colour():
    (table,) = grid(rows("Nära vård", "Akutsjukvård"), Signs(), may_turn=True).told()
    right = dict(zip(table["head"], table["right"], strict=True))
    assert right["Utfall"]
    assert not right["Verksamhet"]
    cells = [cell for row in table["rows"] for cell in row if isinstance(cell, dict)]
    assert {cell["c"] for cell in cells if cell["t"].startswith("■")} == {"orange_text"}
    assert all(cell["b"] for cell in cells if cell["t"] in ("Nära vård", "Akutsjukvård"))
