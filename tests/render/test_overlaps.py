"""On a phone no words of a chart cover other words or a point: what is less important moves or is left out."""

from __future__ import annotations

import pytest

from hsf_kpi.composing import choices
from hsf_kpi.figures.figure import Figure, FigureKind
from hsf_kpi.model.period import View
from hsf_kpi.render.free_place import NARROW_MONTH, Space
from hsf_kpi.workspace import Workspace
from tests.render.drawn_references import PHONE, _ask, _figures
from tests.render.economy_samples import drawn
from tests.render.overlaps import overlaps

UNITS = ("hsf", "akutsjukvard", "nara-vard", "kirurgkliniken", "medicinkliniken", "akutmottagningen")
WORD = '<text transform="translate({x},{y})" font-size="14px" font-weight="400">{words}</text>'
DOT = '<g class="mark-symbol role-mark"><path transform="translate(20,16)" d="M3,0A3,3,0,1,1,-3,0" fill="#000000"/></g>'


def svg(*parts: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'


def figures(demo: Workspace, unit: str, page: str, kind: FigureKind, **extras: str) -> list[Figure]:
    ask = _ask(demo, unit, page, View.YTD, extras)
    return [one for one in _figures(page, ask) if one.kind is kind and not one.empty]


def test_words_on_words_and_on_a_point_are_found() -> None:
    one, beside = WORD.format(x=10, y=20, words="−127,8"), WORD.format(x=80, y=20, words="−134,3")
    assert overlaps(svg(one, beside)) == []
    assert overlaps(svg(one, WORD.format(x=30, y=24, words="sep"))) == [("sep", "−127,8")]
    assert overlaps(svg(one, DOT)) == []
    assert overlaps(svg(one, DOT), points=True) == [("−127,8", "")]


@pytest.mark.parametrize("unit", UNITS)
def test_the_words_of_the_road_stay_off_its_points(demo: Workspace, unit: str) -> None:
    found = figures(demo, unit, choices.ROAD, FigureKind.TRAJECTORY)
    assert found
    assert [overlaps(drawn(one, PHONE), points=True) for one in found] == [[] for _ in found]


@pytest.mark.parametrize("unit", UNITS)
def test_the_names_of_a_funnel_stay_off_its_points(demo: Workspace, unit: str) -> None:
    found = figures(demo, unit, choices.COMPARE, FigureKind.FUNNEL, nyckeltal="sjukfranvaro")
    assert [overlaps(drawn(one, PHONE), points=True) for one in found] == [[] for _ in found]


@pytest.mark.parametrize("width", [268, PHONE, 560])
@pytest.mark.parametrize("measure", ["sjukfranvaro", "vardgaranti.besok", "belaggning-somatik"])
def test_small_pictures_keep_their_words_from_their_neighbours(
    demo: Workspace, measure: str, width: int
) -> None:
    found = figures(demo, "hsf", choices.COMPARE, FigureKind.MULTIPLES, nyckeltal=measure)
    assert found
    assert [overlaps(drawn(one, width)) for one in found] == [[] for _ in found]


@pytest.mark.parametrize("width", [268, PHONE, 560])
def test_the_names_of_small_pictures_of_an_assignment_keep_apart(demo: Workspace, width: int) -> None:
    found = [
        one
        for unit in ("hsf", "akutsjukvard")
        for one in figures(demo, unit, choices.ASSIGNMENTS, FigureKind.MULTIPLES, uppdrag="medarbetare")
    ]
    assert found
    assert [overlaps(drawn(one, width)) for one in found] == [[] for _ in found]


def test_words_that_need_not_be_there_are_left_out_where_they_would_cover_others() -> None:
    space = Space([], 0, 12, 100, 300)
    side = [("left", 4, 0)]
    assert space.best(2, 50, "−127,8", NARROW_MONTH, side) == side[0]
    assert space.best(3, 50, "Statistisk", NARROW_MONTH, side, must=False) is None
    assert space.best(3, 90, "Statistisk", NARROW_MONTH, side, must=False) == side[0]
    marked = Space([], 0, 12, 100, 300, marks=[(3, 50)])
    assert marked.best(2, 50, "Statistisk", NARROW_MONTH, side, must=False) is None
