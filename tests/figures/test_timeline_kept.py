"""A timeline frozen and read back, and held against a later one: days stay days, a moved end is told in months."""

from __future__ import annotations

from dataclasses import replace

from hsf_kpi.figures.changed_cells import CellChange, table_change
from hsf_kpi.figures.figure import Column, Figure, Role
from hsf_kpi.figures.frozen_codec import plain, reader
from hsf_kpi.figures.shape import day_read
from tests.render.timeline_samples import BARS, DAY, road, timeline


def test_a_frozen_timeline_comes_back_as_it_was():
    for figure in (timeline(), road()):
        assert reader(Figure)(plain(figure)) == figure


def test_a_moved_end_is_told_as_people_read_it():
    then = timeline(*(replace(bar, note="") for bar in BARS[:2]))
    now = timeline(BARS[0], replace(BARS[1], last=DAY(2023, 8, 31)))
    shown = {"options": {"shown": "label,first,last"}}
    change = table_change(replace(then, **shown), replace(now, **shown))
    assert change.cells == (CellChange("F. Reviderat program", "Till och med", "april 2023", "augusti 2023"),)
    assert not change.gone_rows
    assert not change.new_rows


def test_a_day_is_read_as_its_role_has_it():
    days = [Column("x", "X", role) for role in (Role.FIRST, Role.LAST, Role.TIME)]
    assert [day_read(DAY(2023, 5, 31), column) for column in days] == ["maj 2023", "maj 2023", "2023-05-31"]
    assert day_read(DAY(1, 1, 1), days[0]) == "januari 1"
