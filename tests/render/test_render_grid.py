"""How a grid is drawn: at every width each cell once, nothing cut and no words over others, and one spec for all grids."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.grids import BETTER, NEAR, NONE, PLAIN, WORSE, Cell
from hsf_kpi.render.frame import UNSEEN, Row
from hsf_kpi.render.grid_cells import laid
from hsf_kpi.render.grid_plan import WIDTHS, letter, plan
from hsf_kpi.render.grid_rows import LAYERS, grid_rows
from hsf_kpi.render.image import svg
from hsf_kpi.render.page import text_width
from hsf_kpi.render.screen import chart, spec
from tests.render.economy_samples import drawn
from tests.render.grid_samples import SAMPLES, areas, grid, links, risks, years

NARROW, WIDE = 1, len(WIDTHS) - 1
SHAPES = {BETTER: "circle", WORSE: "square", NEAR: "diamond", NONE: "circle"}


def at(figure: Figure, width: int, layer: str) -> list[Row]:
    return [
        row
        for row in grid_rows(figure)
        if row.segment == str(width) and row.layer == layer and row.tone != UNSEEN
    ]


def words(figure: Figure, width: int) -> list[str]:
    return [row.text for row in at(figure, width, "word")]


def boxes(figure: Figure, width: int) -> list[tuple[str, float, float, float, float]]:
    """(text, left, top, right, bottom) of all words in the picture, in pixels."""
    found: list[tuple[str, float, float, float, float]] = []

    def walk(element: ElementTree.Element, x: float, y: float) -> None:
        if move := re.search(r"translate\(([-\d.e]+),\s*([-\d.e]+)\)", element.get("transform", "")):
            x, y = x + float(move[1]), y + float(move[2])
        if element.tag.endswith("text") and element.text and element.get("opacity") != "0":
            size = float(element.get("font-size", "13").removesuffix("px"))
            across = text_width(element.text, size)
            left = x - {"middle": across / 2, "end": across}.get(element.get("text-anchor", ""), 0.0)
            found.append((element.text, left, y - size * 0.7, left + across, y + size * 0.2))
        for child in element:
            walk(child, x, y)

    walk(ElementTree.fromstring(drawn(figure, width)), 0.0, 0.0)
    return found


@pytest.mark.parametrize("width", [254, 334, 590, 760, 1244])
@pytest.mark.parametrize("name", SAMPLES)
def test_no_words_are_cut_or_over_others_at_any_width(name, width):
    found = boxes(links(22) if name == "links" else SAMPLES[name](), width)
    assert len(found) > 5
    assert all(left >= 0 and right <= width + 4.5 for _, left, _, right, _ in found)
    for i, (one, left, top, right, bottom) in enumerate(found):
        for other, left2, top2, right2, bottom2 in found[i + 1 :]:
            apart = right <= left2 or right2 <= left or bottom <= top2 or bottom2 <= top
            assert apart, f"«{one}» and «{other}»"


names = st.lists(
    st.text("abcdåäö 123", min_size=1, max_size=60).filter(str.strip), unique=True, min_size=1, max_size=6
)


@settings(max_examples=12, deadline=None)
@given(names, names, st.data())
def test_every_cell_is_there_once_at_every_width_and_inside_the_columns(rows, columns, choose):
    places = [(row, column) for row in rows for column in columns]
    chosen = choose.draw(st.lists(st.sampled_from(places), unique=True))
    some = [Cell(*place, choose.draw(st.sampled_from((PLAIN, BETTER, WORSE)))) for place in chosen]
    figure = grid(some, rows, columns)
    tones = Counter(cell.tone for cell in some)
    for width in range(len(WIDTHS)):
        marks = at(figure, width, "mark")
        assert Counter(mark.tone for mark in marks) == tones
        assert len({(mark.x, mark.y) for mark in marks}) == len(some)
        assert Counter(mark.x for mark in marks) == Counter(columns.index(cell.column) + 0.5 for cell in some)
        down = [mark.y for mark in marks]
        order = {row: i for i, row in enumerate(rows)}
        ranks = sorted({order[cell.row] for cell in some})
        assert len(set(down)) == len(ranks)
        told = {row.tip.partition(":")[0] for row in at(figure, width, "told")}
        assert told == {f"{row}, {column}" for row, column in chosen}


def test_one_spec_serves_every_grid_and_is_valid():
    assert spec(links()) is spec(risks()) is spec(grid([], [], []))
    assert spec(links(), True) is not spec(links())
    for dark in (False, True):
        chart(years(), dark).to_dict(validate=True)


def test_each_layer_has_a_row_at_each_width_also_without_cells():
    for figure in (links(), grid([], [], []), grid([], ["a"], [])):
        there = {(row.layer, row.segment) for row in grid_rows(figure)}
        assert there == {(layer, str(i)) for layer in LAYERS for i in range(len(WIDTHS))}
        assert "<svg" in drawn(figure, 334)


@pytest.mark.parametrize("tone", [PLAIN, BETTER, WORSE, NEAR, NONE])
def test_each_tone_has_its_shape_and_colour(tone):
    """Told apart without colour but for plain and better, which never mean different things in one figure."""
    picture = drawn(grid([Cell("a", "x", tone)], ["a"], ["x"]), 334)
    (mark,) = re.findall(r'<path[^>]*d="(M[^"]*)"[^>]*fill="(#[^"]*)" stroke="(#[^"]*)"', picture)
    outline = "circle" if "A" in mark[0] else "square" if mark[0].count("h") else "diamond"
    assert outline == SHAPES.get(tone, "circle")
    colours = {PLAIN: "#1E3140", BETTER: "#125C9A", WORSE: "#D1600A", NEAR: "#6B7884", NONE: "#FFFFFF"}
    assert mark[1].upper() == colours[tone]
    assert mark[2].upper() == ("#6B7884" if tone == NONE else colours[tone])


def test_many_rows_have_bands_and_their_headings_again_below():
    figure = links()
    for width in (NARROW, WIDE):
        assert len(at(figure, width, "band")) == 37 // 2
        assert Counter(words(figure, width))["Å"] == 2
    small = areas()
    assert at(small, WIDE, "band") == []
    assert Counter(words(small, WIDE))["Tillgänglighet"] == 1


def test_letters_that_have_no_room_beside_each_other_stand_on_two_lines():
    heads = {
        row.text: row.y for row in at(links(), NARROW, "word") if row.text in "ABC" and row.align == "center"
    }
    assert heads["A"] == heads["C"] < heads["B"]
    assert (
        len({row.y for row in at(links(), WIDE, "word") if row.text in ("A", "B") and (row.y or 0) < 60}) == 1
    )


def test_notes_stand_on_a_wide_screen_alone():
    figure = links(12, 5)
    note = "Verka för en ökad tillgängligh"
    assert note in words(figure, WIDE)
    assert not any(note in words(figure, width) for width in range(4))
    assert note not in words(links(12, 5, notes=False), WIDE)


def test_headings_that_have_no_room_are_letters_told_below():
    narrow = words(areas(), NARROW)
    assert {"a", "e", "c = Kompetensförsörjning"} <= set(narrow)
    assert "Kompetensförsörjning" in words(areas(), WIDE)
    assert [letter(i) for i in (0, 25, 26, 27, 701, 702)] == ["a", "z", "aa", "ab", "zz", "aaa"]


def test_a_long_name_stands_over_its_cells_on_a_narrow_screen():
    figure = years()
    name = next(row for row in at(figure, NARROW, "word") if row.text == "Vårdgaranti första besök")
    assert name.y < min(mark.y for mark in at(figure, NARROW, "mark"))
    assert "Mål" not in words(figure, NARROW)
    beside = next(row for row in at(figure, WIDE, "word") if row.text == "Vårdgaranti första besök")
    assert beside.y == min(mark.y for mark in at(figure, WIDE, "mark"))
    assert "Sannolikhet 3 Sannolik" in words(risks(), NARROW), "a number says of what"


def test_words_stand_in_their_cells_or_under_their_row():
    figure = risks()
    assert {"■ 9: läkemedelshantering", "9: avtalstrohet", "◆ 8: digital tillgänglighet"} <= set(
        words(figure, WIDE)
    )
    assert at(figure, WIDE, "mark") == []
    under = [text.replace("\N{NO-BREAK SPACE}", " ") for text in words(figure, NARROW)]
    assert "4 Allvarlig · ◆ 8: digital tillgänglighet" in under
    assert sorted(mark.tone for mark in at(figure, NARROW, "mark")) == [PLAIN, PLAIN, BETTER, NEAR, WORSE]
    short = grid([Cell("a", "x", BETTER, "3")], ["a"], ["x"])
    (word,) = [row for row in at(short, WIDE, "word") if "3" in row.text]
    assert (word.text, word.align, word.x) == ("● 3", "center", 0.5)


def test_a_pointer_is_told_row_column_and_all_words_once():
    tips = {row.tip for row in at(risks(), WIDE, "told")}
    assert "2 Möjlig, 4 Allvarlig: ◆ 8: digital tillgänglighet" in tips
    assert {row.tip for row in at(years(), WIDE, "told")} >= {
        "Fallskador, 2016: nära",
        "Trycksår, 2020: ej uppnått",
    }


def test_a_row_is_as_high_as_what_stands_in_it():
    figure = risks()
    lines = sorted(row.y for row in at(figure, WIDE, "across"))
    assert all(b - a >= 36 for a, b in pairwise(lines))
    assert max(b - a for a, b in pairwise(lines)) >= 3 * 17
    heights = [float(re.search(r'height="([\d.]+)"', drawn(f, 334))[1]) for f in (links(12, 5), links(37, 5))]
    assert heights[0] < heights[1]


def test_hostile_names_and_cells_are_drawn():
    long = "Samverkansöverenskommelsedokumentationsansvarig" * 3
    evil = "\ud800\x00<script>&"
    figure = grid(
        [Cell(long, "x", PLAIN, evil), Cell("b", long[:90], WORSE, long)], [long, "b"], ["x", long[:90]]
    )
    for width in (254, 760):
        assert "<script" not in drawn(figure, width)
    assert svg(replace(figure, rows=(*figure.rows, (None, None, "annat", "", None)))).count("</svg>") == 1


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("title", ["Vad", "Samverkansöverenskommelsedokumentationsansvarig"])
@pytest.mark.parametrize("columns", [1, 5, 13, 40])
def test_the_columns_have_the_room_that_is_left(columns, title, width):
    rows = ["Kort", "Ett namn som är så långt att det inte får rum vid sidan om"]
    figure = grid([], rows, [str(i) for i in range(columns)], row_title=title)
    made = plan(laid(figure), width)
    assert 0 <= made.left < width
    assert 0 < made.step <= made.most
    assert made.left + made.step * columns <= width + 1e-6
    assert math.isfinite(made.name)


def test_a_grid_of_marks_is_told_by_few_rows():
    """They travel to the browser: the lines between columns go from top to bottom once."""
    assert len(at(links(), NARROW, "down")) == len(at(links(), WIDE, "down")) == 28
    assert len(at(years(), NARROW, "down")) == 5 * 11
