"""A long timeline on paper: parts that are low enough, lose no lane, divide none and have the same years."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest

from hsf_kpi.figures.figure import FigureKind
from hsf_kpi.render.alt import alternative_text
from hsf_kpi.render.pdf import report_pdf
from hsf_kpi.render.timeline_lanes import lanes, years
from hsf_kpi.render.timeline_parts import parts
from hsf_kpi.render.timeline_rows import timeline_height
from tests.render.excel.workbooks import report
from tests.render.pdf.pdf_samples import tags
from tests.render.timeline_samples import plan, road, timeline

MOST = 880.0


@pytest.mark.parametrize("groups", [1, 3])
@pytest.mark.parametrize("count", [27, 60])
def test_parts_are_low_lose_nothing_and_divide_no_lane(count, groups):
    figure = plan(count, groups)
    found = parts(figure, MOST)
    assert len(found) > 1
    assert tuple(row for part in found for row in part.rows) == figure.rows
    assert [lane for part in found for lane in lanes(part)] == lanes(figure)
    assert all(timeline_height(part) <= MOST for part in found)
    assert {years(part, lanes(part)) for part in found} == {years(figure, lanes(figure))}
    assert len({alternative_text(part) for part in found}) == len(found)
    assert found[1].sentence.endswith(f"Del 2 av {len(found)}.")


def test_what_has_room_is_itself():
    for figure in (
        timeline(),
        road(),
        replace(plan(27), empty="Inget."),
        replace(plan(27), kind=FigureKind.TABLE),
    ):
        assert parts(figure, MOST) == (figure,)


def test_a_report_has_a_picture_for_each_part_with_its_own_alternative():
    with pikepdf.open(io.BytesIO(report_pdf(report(plan(27), timeline())))) as file:
        told = [str(tag.Alt) for tag in tags(file) if str(tag.S) == "/Figure"]
    assert len(told) == len(set(told)) == len(parts(plan(27), MOST)) + 1
