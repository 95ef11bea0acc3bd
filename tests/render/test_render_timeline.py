"""A timeline on the screen: bars at their days, nothing on anything else, notes never cut, the status told by its shape."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from dataclasses import replace

import pytest

from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.timelines import Bar
from hsf_kpi.model.follow_up import Stage
from hsf_kpi.render.frame import UNSEEN
from hsf_kpi.render.image import chart_size, chart_svg
from hsf_kpi.render.page import text_width
from hsf_kpi.render.screen import chart, data, spec
from hsf_kpi.render.table import table
from hsf_kpi.render.theme import NAME_SIZE, NOTE_SIZE, SEMIBOLD
from hsf_kpi.render.timeline_lanes import POINT, lanes, stacked, year_at, years
from hsf_kpi.render.timeline_places import (
    NARROW_BAR,
    NARROW_NAME,
    NARROW_NOTE,
    NARROW_PLOT,
    Scale,
    narrow_places,
    wide_places,
)
from hsf_kpi.render.timeline_rows import PLAIN, TERTIALS, timeline_height
from tests.render.test_screen import layer, words
from tests.render.timeline_samples import BARS, DAY, DONE, NOW, WAITING, plan, road, timeline


def test_a_day_stands_at_its_share_of_its_year():
    assert year_at(DAY(2023, 1, 1)) == 2023
    assert year_at(DAY(2024, 12, 31)) == pytest.approx(2025 - 1 / 366)
    days = [DAY(2023, 1, 1) + dt.timedelta(days=n) for n in range(800)]
    assert all(a < b for a, b in itertools.pairwise(map(year_at, days)))


def test_bars_reach_from_their_first_day_through_their_last():
    bars = layer(timeline(), "bar")
    assert bars["x"].tolist() == pytest.approx([2023, 2023, 2023, 2024 + 121 / 366])
    assert bars["x2"].tolist() == pytest.approx([2024, 2023 + 120 / 365, 2026, 2025])
    assert bars["tone"].tolist() == [bar.state for bar in BARS]
    corners = data(timeline()).query("layer == 'corner'")["x"].tolist()
    assert corners == [2023, 2026]


def test_lanes_keep_the_order_of_their_first_rows_and_headings_that_of_the_groups():
    figure = timeline(*BARS, Bar("Z", "Omställning", DAY(2023, 1, 1), DAY(2023, 4, 30), DONE, ""))
    assert words(figure, "name") == [
        "A. Etablera sjukhusvård i hemmet", "F. Reviderat program", "Z", "M. Seniorhälsovård",
    ]  # fmt: skip
    assert words(figure, "group") == ["Omställning", "Hälsofrämjande"]
    assert words(road(), "group") == []


@pytest.mark.parametrize("dark", [False, True])
def test_each_status_has_its_shape_and_the_spec_is_valid(dark):
    found = chart(timeline(), dark).to_dict(validate=True)
    (sign, *_) = [part["encoding"]["shape"] for part in found["layer"] if "shape" in part["encoding"]]
    shapes = dict(zip(sign["scale"]["domain"], sign["scale"]["range"], strict=True))
    assert {shapes[state] for state in Stage} == {"circle", "diamond", "square"}
    assert set(shapes) == {*Stage, POINT}
    (tones, *_) = [
        part["encoding"]["fill"]["scale"]
        for part in found["layer"]
        if "scale" in part["encoding"].get("fill", {})
    ]
    colours = dict(zip(tones["domain"], tones["range"], strict=True))
    assert shapes[DONE] == shapes[WAITING]
    assert colours[DONE] != colours[WAITING], "the ring is hollow"
    assert len({colours[state] for state in (*Stage, PLAIN)}) == 5
    assert layer(timeline(), "sign")["segment"].tolist() == [bar.state for bar in BARS]


def test_what_happens_on_a_day_is_a_diamond_and_tells_its_status_in_its_words():
    signs = layer(road(), "sign")
    assert signs["segment"].tolist() == [POINT, POINT]
    assert signs["tone"].tolist() == [PLAIN, DONE]
    assert words(road(), "note") == ["Beslut i regionfullmäktige", "● delmål 1", "○ ej påbörjad, NV"]
    assert len(layer(road(), "bar")) == 1


def test_a_pointer_is_told_the_time_in_words():
    assert layer(timeline(), "told")["tip"].tolist() == [
        "A. Etablera sjukhusvård i hemmet: 2023, pågår, AS, NV",
        "F. Reviderat program: T1\u00a02023, klar, HSD",
        "F. Reviderat program: 2023–2025, försenad, HSD, NV",
        "M. Seniorhälsovård: T2\u00a02024–T3\u00a02024, ej påbörjad",
    ]
    assert layer(road(), "told")["tip"].tolist()[-1] == "Utan tid: ej påbörjad, NV"


def test_now_is_a_line_from_its_own_words_and_takes_part_in_the_years():
    line, *crossed = layer(timeline(), "now").itertuples()
    assert {one.x for one in (line, *crossed)} == {year_at(NOW)}
    assert words(timeline(), "now_name") == ["okt 2023"]
    ends = {
        tuple(layer(timeline(now=day), "now_name")["align"]) for day in (DAY(2023, 1, 9), DAY(2025, 12, 9))
    }
    assert ends == {("left",), ("right",)}
    assert years(timeline(now=DAY(2031, 2, 1)), lanes(timeline())) == (2023, 2032)
    assert layer(timeline(now=None), "now").empty
    assert timeline_height(timeline(now=None)) < timeline_height(timeline())


def test_now_runs_through_on_a_wide_screen_and_crosses_the_bars_alone_where_names_stand_across_the_plot():
    figure = plan(9)
    line, *crossed = layer(figure, "now").itertuples()
    assert line.y2 > layer(figure, "bar")["y"].max()
    assert all(one.y == one.y2 for one in crossed)
    bars = sorted(layer(figure, "bar")["y2"])
    assert sorted((one.dx + one.dy) / 2 for one in crossed) == bars
    for name in layer(figure, "name").itertuples():
        top, bottom = name.y2 - 7, name.y2 + 16 * len(name.short.split("\n")) - 9
        assert all(one.dy <= top + 2 or one.dx >= bottom - 2 for one in (line, *crossed))


def test_now_stops_for_the_words_that_stand_across_it():
    first = Bar("R", "", DAY(2023, 1, 1), DAY(2023, 4, 30), DONE, "POU (uppdrag HSN 13.1), och mer")
    figure = timeline(first, Bar("S", "", DAY(2023, 1, 1), DAY(2023, 12, 31), DONE, "NV"))
    short, through = layer(figure, "bar")["y"]
    lines = [(one.y, one.y2) for one in layer(figure, "now").itertuples() if one.y2 > one.y]
    assert len(lines) == 2
    assert not any(top < short + 8 and bottom > short - 8 for top, bottom in lines), "clear of the words"
    assert any(top < through < bottom for top, bottom in lines), "across the bar of the one after"


def test_years_are_thinned_where_they_have_no_room_and_tertials_only_where_there_are_few():
    short = timeline()
    assert [text for text in words(short, "head") if text.startswith("T")] == ["T1", "T2", "T3"] * 3
    assert len(layer(short, "tick")) == 6
    long = timeline(Bar("A", "", DAY(2018, 1, 1), DAY(2018 + TERTIALS, 12, 31), "", ""))
    assert not [text for text in words(long, "head") if text.startswith("T")]
    assert len(layer(long, "tick")) == 2 * (TERTIALS + 1)
    assert layer(road(), "tick").empty
    heads = layer(road(), "head")
    assert heads["text"].tolist() == [str(year) for year in range(2020, 2030)]
    assert heads["short"].tolist()[:5] == ["2020", "", "2022", "", "2024"]


def test_a_figure_without_rows_and_one_without_any_time_are_drawn():
    empty = replace(road(), rows=(), marks=())
    assert years(empty, lanes(empty)) == (0, 1)
    assert set(data(empty).query("layer == 'bar'")["tone"]) == {UNSEEN}
    untimed = replace(road(), rows=road().rows[-1:], marks=())
    assert words(untimed, "note") == ["○ ej påbörjad, NV"]
    chart_svg(untimed, 400)


def test_bars_that_would_stand_on_each_other_have_rows_of_their_own():
    assert stacked([(0, 2), (2, 3), (1, 4), (4, 5)]) == [[0, 1, 3], [2]]
    assert stacked([]) == []


def boxes(figure: Figure, width: float, *, narrow: bool) -> list[tuple[float, float, float, float]]:
    """(left, right, top, bottom) in pixels of every bar, of its note, and of names and headings where they stand over bars:
    in a plot that is `width` wide.
    """
    found = lanes(figure)
    low, high = years(figure, found)
    rows = data(figure)
    drawn = "layer in ('bar', 'note', 'name', 'group') and tone != 'unseen'"
    down, pixels = ("y2" if narrow else "y"), width / (high - low)
    answer = []
    for row in rows.query(drawn).itertuples():
        y = getattr(row, down)
        text = row.short if narrow else row.text
        lines = text.split("\n")
        if row.layer in ("name", "group"):
            if narrow:
                size = (NAME_SIZE,) if row.layer == "name" else (NOTE_SIZE, SEMIBOLD)
                across = max(text_width(line, *size) for line in lines)
                answer.append((0.0, across, y - 7, y + 16 * len(lines) - 9))
        elif row.layer == "note":
            start = ((row.x2 if narrow else row.x) - low) * pixels + (row.dy if narrow else row.dx)
            across = max(text_width(line, NOTE_SIZE) for line in lines)
            answer.append((start, start + across, y - 7, y + 16 * len(lines) - 9))
        elif row.layer == "bar":
            answer.append(((row.x - low) * pixels, (row.x2 - low) * pixels, y - 5, y + 5))
    return answer


@pytest.mark.parametrize(("narrow", "width"), [(False, 340), (False, 900), (True, 150), (True, 270)])
@pytest.mark.parametrize(
    "figure", [timeline(), road(), plan(27), plan(32, 1)], ids=["few", "road", "27", "32"]
)
def test_nothing_stands_on_anything(figure, narrow, width):
    found = boxes(figure, width, narrow=narrow)
    assert len(found) >= len(figure.rows)
    for one, other in itertools.combinations(found, 2):
        across = min(one[1], other[1]) - max(one[0], other[0])
        down = min(one[3], other[3]) - max(one[2], other[2])
        assert across <= 0.5 or down <= 0.5, (one, other)


@pytest.mark.parametrize("figure", [timeline(), road(), plan(27)], ids=["few", "road", "27"])
def test_notes_have_their_room_right_of_the_plot(figure):
    (room,) = data(figure).query("layer == 'room'").itertuples()
    for narrow, width, beyond in ((False, 340, room.x), (True, 150, room.x2)):
        assert max(right for _, right, _, _ in boxes(figure, width, narrow=narrow)) <= max(
            width + beyond + 0.5, NARROW_NAME if narrow else 0
        )


def test_a_picture_has_every_note_and_the_height_that_the_lanes_need():
    figure = plan(9)
    drawn = chart_svg(figure, 904)
    across, high = chart_size(drawn)
    assert across == pytest.approx(904, abs=1)
    assert high >= timeline_height(figure) - 1
    told = re.sub(r"<[^>]+>", " ", drawn)
    assert all(f"(uppdrag {i}.0)" in told for i in range(9))


def test_a_long_note_stands_over_its_bar_on_a_narrow_screen_with_the_row_to_itself():
    found = lanes(plan(5))
    places = narrow_places(found, Scale(2023, 2026, NARROW_PLOT), 0.0)
    for lane, place in zip(found, places.lanes, strict=True):
        assert len(lane.spans) == len(place.placed)
        for span, placed in zip(lane.spans, place.placed, strict=True):
            assert text_width(span.label, NOTE_SIZE) > NARROW_NOTE
            assert placed.note_at is not None
            assert placed.note_at < placed.at
        assert len({placed.at for placed in place.placed}) == len(lane.spans)
    assert places.room == 0
    short = narrow_places(lanes(timeline()), Scale(2023, 2026, NARROW_PLOT), 0.0)
    assert all(placed.note_at is None for place in short.lanes for placed in place.placed)
    assert short.room > 0


def test_the_chart_is_as_high_as_its_lanes_and_the_spec_the_same_for_as_many():
    tall = [timeline_height(plan(count)) for count in (5, 15, 27)]
    assert tall == sorted(set(tall))
    found = wide_places(lanes(plan(15)), Scale(2023, 2026, 340), 0.0)
    tops = [place.top for place in found.lanes]
    assert tops == sorted(tops)
    assert found.bottom > tops[-1] + NARROW_BAR
    assert spec(timeline()) is spec(timeline(title="Något annat"))


def test_a_table_says_months_and_the_time_in_words():
    shown = table(timeline(title="Tabell"))
    assert shown["Tid"].tolist()[:2] == ["2023", "T1\u00a02023"]
    assert shown["Status"].tolist()[0].endswith("pågår")
    days = replace(timeline(), options={"shown": "label,first,last"})
    assert table(days).iloc[1].tolist() == ["F. Reviderat program", "januari 2023", "april 2023"]
