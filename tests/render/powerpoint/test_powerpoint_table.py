"""Tables in a deck: a header row, numbers to the right, tints, and rows and columns that go on on the next slide."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.figures.economy.cells import as_sum
from hsf_kpi.figures.figure import Column, Figure, FigureKind, Role
from hsf_kpi.render.powerpoint import pptx
from hsf_kpi.render.powerpoint.chart import Room
from hsf_kpi.render.powerpoint.table import grids
from tests.figures.figure_samples import CONTEXT
from tests.render.powerpoint.opened import NS, Opened, texts

DAY = dt.date(2023, 11, 14)
ROOM = Room(888.0, 340.0)


def table(headings: list[str], rows: list[tuple[str, ...]]) -> Figure:
    columns = tuple(
        Column(f"c{i}", heading, Role.TEXT if i else Role.LABEL) for i, heading in enumerate(headings)
    )
    return Figure(
        kind=FigureKind.TABLE,
        slug="tabell",
        title="Två av tre når målet",
        caption="Utfall, procent.",
        context=CONTEXT,
        columns=columns,
        rows=tuple(rows),
        sentence="Tabell.",
        source="Källa: Demodata.",
        origins=frozenset(),
    )


def cells(deck: Opened) -> list[list[list[str]]]:
    """Slide by slide, row by row."""
    return [
        [
            [" ".join(texts(cell)) for cell in row.findall("a:tc", NS)]
            for row in slide.iter(f"{{{NS['a']}}}tr")
        ]
        for slide in deck.slides
    ]


SMALL = table(
    ["Verksamhet", "Utfall", "Status"],
    [
        ("Kirurgkliniken", "6,0\u00a0%", "● uppnått"),
        ("Medicin", "−7,5\u00a0%", "■ ej uppnått"),
        ("HSF", "8,1\u00a0%", "◆ nära"),
    ],
)


def test_a_table_is_native_with_a_header_row_and_its_first_column():
    deck = Opened(pptx(SMALL, taken=DAY))
    assert cells(deck) == [[["Verksamhet", "Utfall", "Status"], *map(list, SMALL.rows)]]
    (look,) = deck.slides[0].xpath("//a:tblPr", namespaces=NS)
    assert (look.get("firstRow"), look.get("firstCol")) == ("1", "1")
    assert deck.told(0)[0].startswith("Två av tre når målet.")


def test_numbers_stand_to_the_right_and_names_to_the_left():
    (slide,) = Opened(pptx(SMALL, taken=DAY)).slides
    ways = [
        [cell.xpath("string(.//a:pPr/@algn)", namespaces=NS) for cell in row.findall("a:tc", NS)]
        for row in slide.iter(f"{{{NS['a']}}}tr")
    ]
    assert ways == [["", "r", ""]] * 4


def test_a_verdict_has_its_tint_and_keeps_shape_and_words():
    (slide,) = Opened(pptx(SMALL, taken=DAY)).slides
    grounds = [
        cell.xpath("string(a:tcPr/a:solidFill/a:schemeClr/@val)", namespaces=NS)
        for cell in slide.xpath("//a:tr/a:tc[3]", namespaces=NS)
    ]
    assert grounds == ["", "accent1", "accent2", "accent6"]


def test_a_sum_is_bold_without_the_mark_of_it():
    rows = [("Personal", "1,0"), (as_sum("Summa"), as_sum("1,0"))]
    (slide,) = Opened(pptx(table(["Post", "Utfall"], rows), taken=DAY)).slides
    assert slide.xpath("//a:tr/a:tc[2]//a:rPr/@b", namespaces=NS) == ["1", "1"]
    assert slide.xpath("//a:tr[3]/a:tc[2]//a:t/text()", namespaces=NS) == ["1,0"]


def test_many_rows_go_on_on_following_slides_with_the_headings():
    rows = [(f"Enhet {i}", f"{i},0 %") for i in range(90)]
    deck = Opened(pptx(table(["Enhet", "Utfall"], rows), taken=DAY))
    found = cells(deck)
    assert len(found) > 2
    assert all(part[0] == ["Enhet", "Utfall"] for part in found)
    assert max(map(len, found)) - min(map(len, found)) <= len(found)
    assert [tuple(row) for part in found for row in part[1:]] == rows
    assert deck.titles()[1] == f"Två av tre når målet (forts.\u00a02\u00a0av\u00a0{len(found)})"
    assert any(line.startswith("Källa: ") for line in deck.notes(1))


def test_many_columns_are_divided_and_repeat_the_first():
    headings = ["Verksamhet", *(f"Ett ganska långt kolumnnamn {i}" for i in range(16))]
    rows = [(f"Enhet {r}", *(f"en text om {r} och {i}" for i in range(16))) for r in range(3)]
    found = cells(Opened(pptx(table(headings, rows), taken=DAY)))
    assert len(found) > 1
    assert all([row[0] for row in part] == ["Verksamhet", "Enhet 0", "Enhet 1", "Enhet 2"] for part in found)
    assert [h for part in found for h in part[0][1:]] == headings[1:]


def test_a_column_that_is_empty_is_left_out_and_an_empty_table_has_its_headings():
    rows = [("A", "", "1"), ("B", "", "2")]
    assert cells(Opened(pptx(table(["Enhet", "Not", "Utfall"], rows), taken=DAY)))[0][0] == [
        "Enhet",
        "Utfall",
    ]
    assert cells(Opened(pptx(table(["Enhet", "Utfall"], []), taken=DAY))) == [[["Enhet", "Utfall"]]]


def test_a_cell_longer_than_a_slide_goes_on_in_the_next_row():
    words = [f"ord{i}" for i in range(1800)]
    found = cells(
        Opened(pptx(table(["Enhet", "Analys"], [("A", " ".join(words)), ("B", "kort")]), taken=DAY))
    )
    rows = [row for part in found for row in part[1:]]
    assert " ".join(row[1] for row in rows[:-1]).split() == words
    assert rows[-1] == ["B", "kort"]


cell_texts = st.text(st.sampled_from("abc åäö 123,%−●■\u00a0\u202e\x00<&"), max_size=60)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 14).flatmap(lambda n: st.lists(st.tuples(*[cell_texts] * n), min_size=1, max_size=30)))
def test_any_table_has_room_on_its_slides(rows):
    headings = [f"Kolumn {i}" for i in range(len(rows[0]))]
    parts = grids(table(headings, rows), ROOM)
    for part in parts:
        assert part.width <= ROOM.width + 1
        assert part.height <= ROOM.height + 1
        assert len({len(row) for row in (part.headings, *part.rows)}) == 1


def test_a_long_reading_help_stands_under_a_table_that_leaves_room_for_it():
    help_ = (
        "Källan säger inte vilken ålder som avses, och ökningen stämmer inte med någon av procentsatserna. "
        * 4
    )

    def said(count: int) -> list[bool]:
        figure = replace(table(["År", "Värde"], [(str(i), "1") for i in range(count)]), help=help_)
        return [help_.strip() in " ".join(texts(slide)) for slide in Opened(pptx(figure)).slides]

    assert said(3) == [True]
    assert not any(said(60)), "in the notes"
