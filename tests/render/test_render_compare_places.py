"""Names beside points, and the numbers of an axis that a chart writes itself."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.render.funnel_names import LINE, Placed, Wanted, place_names
from hsf_kpi.render.layout import value_range
from hsf_kpi.render.page import text_width
from hsf_kpi.render.theme import NAME_SIZE, SEMIBOLD
from hsf_kpi.render.ticks import tick_text, tick_texts, ticks

SIZE = (400.0, 300.0)


def box(at: Wanted, placed: Placed) -> tuple[float, float, float, float]:
    wide = max(text_width(line, NAME_SIZE, SEMIBOLD) for line in placed.lines)
    left = at.x + placed.dx - {"left": 0.0, "center": wide / 2, "right": wide}[placed.align]
    top = at.y + placed.dy - LINE / 2
    return left, top, left + wide, top + LINE * len(placed.lines)


def test_a_lone_name_stands_to_the_right_and_breaks_where_it_must():
    (found,) = place_names([Wanted(100, 150, "Kirurgkliniken", 10, must=False)], [(100, 150)], SIZE, 200)
    assert found is not None
    assert (found.lines, found.align, found.dx, found.dy) == (("Kirurgkliniken",), "left", 10, 0)
    (long,) = place_names(
        [Wanted(100, 150, "Sjukvårdens larmcentral och ambulansdirigering", 10, must=False)], [], SIZE, 130
    )
    assert long is not None
    assert len(long.lines) == 3
    assert long.dy == -LINE, "the lines stand around the middle of the point"


def test_at_the_right_edge_it_stands_to_the_left():
    (found,) = place_names([Wanted(390, 150, "Kirurgkliniken", 10, must=False)], [(390, 150)], SIZE, 200)
    assert found is not None
    assert found.align == "right"


def test_it_stays_off_points_and_rather_off_lines():
    beside = [(100, 150), (130, 150)]
    (found,) = place_names([Wanted(100, 150, "Kirurgkliniken", 10, must=False)], beside, SIZE, 200)
    assert found is not None
    assert found.align == "right" or found.dy
    at = [Wanted(200, 150, "Kirurgkliniken", 10, must=False)]
    along = [(float(x), 150.0) for x in range(0, 400, 5)]
    (found,) = place_names(at, [(200, 150)], SIZE, 200, lines=along)
    assert found is not None
    assert abs(found.dy) > LINE


def test_a_name_without_room_is_left_out_unless_it_must_be_there():
    crowd = [(float(x), float(y)) for x in range(0, 400, 12) for y in range(0, 300, 12)]
    free, own = (
        Wanted(192, 144, "Kirurgkliniken", 10, must=False),
        Wanted(192, 144, "Kirurgkliniken", 10, must=True),
    )
    assert place_names([free], crowd, SIZE, 200) == [None]
    (found,) = place_names([own], crowd, SIZE, 200)
    assert found is not None


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(0, 400),
            st.floats(0, 300),
            st.sampled_from(["AH-teamet", "Onkologkliniken", "EPOS Sala"]),
        ),
        max_size=12,
        unique=True,
    )
)
def test_names_that_need_not_be_there_never_cover_anything(points):
    wanted = [Wanted(x, y, name, 10, must=False) for x, y, name in points]
    found = place_names(wanted, [(x, y) for x, y, _ in points], SIZE, 200)
    boxes = [box(at, placed) for at, placed in zip(wanted, found, strict=True) if placed is not None]
    for i, (left, top, right, bottom) in enumerate(boxes):
        assert 0 <= left <= right <= SIZE[0]
        assert 0 <= top <= bottom <= SIZE[1]
        for other in boxes[:i]:
            assert left >= other[2] or right <= other[0] or top >= other[3] or bottom <= other[1]


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (25, UnitOfMeasure.PERCENT, "25 %"),
        (2.5, UnitOfMeasure.PERCENT, "2,5 %"),
        (7.5, UnitOfMeasure.MINUTES, "7:30"),
        (-7.5, UnitOfMeasure.MINUTES, "−7:30"),
        (8, UnitOfMeasure.MINUTES, "8 min"),
        (1250, UnitOfMeasure.KR_PER_HOUR, "1 250"),
        (0.00005, None, "0,0001"),
        (-3, None, "−3"),
    ],
)
def test_tick_texts(value, unit, text):
    assert tick_text(value, unit).replace("\N{NO-BREAK SPACE}", " ") == text


def test_the_ticks_of_an_axis_have_as_many_decimals():
    texts = tick_texts([5.5, 6, 6.5], UnitOfMeasure.PERCENT)
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in texts] == ["5,5 %", "6,0 %", "6,5 %"]
    assert tick_texts([0, 20], None) == ["0", "20"]
    assert tick_texts([7.5, 8], UnitOfMeasure.MINUTES) == ["7:30", "8\N{NO-BREAK SPACE}min"]
    assert tick_texts([], None) == []


@given(st.floats(-1e4, 1e4), st.floats(0.01, 1e4))
def test_ticks_are_few_even_and_begin_and_end_with_the_axis(low, span):
    first, last = value_range([low, low + span], zero=False)
    found = ticks(first, last)
    assert 4 <= len(found) <= 13
    assert found[0] == pytest.approx(first, abs=1e-6)
    assert found[-1] == pytest.approx(last, abs=1e-6)
    assert found == sorted(set(found))
