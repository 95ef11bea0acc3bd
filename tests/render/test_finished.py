"""What only shows in a finished picture or file: whole words, shapes apart, the figure's own period."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
import vl_convert

from hsf_kpi.figures.goals import goals
from hsf_kpi.figures.tables import status_table
from hsf_kpi.figures.trend import trend
from hsf_kpi.model.codes import Status
from hsf_kpi.model.period import Window
from hsf_kpi.model.target import TargetKind
from hsf_kpi.render.alt import alternative_text, readable
from hsf_kpi.render.csv import csv
from hsf_kpi.render.image import VEGA_LITE, svg
from hsf_kpi.render.layers import NARROW
from hsf_kpi.render.page import text_width, wrap
from hsf_kpi.render.picture_table import column_widths
from hsf_kpi.render.screen import data, spec
from tests.figures.figure_samples import CONTEXT, assessment, measure, months, outcome, target, years
from tests.render.test_media import DAY, GOAL, parsed, texts_of
from tests.render.test_screen import AT_MOST, goal_figure, layer


def test_a_yearly_measures_files_say_its_own_period_and_view():
    m = measure(measured=(Window.YEAR,))
    os = years(m, {2016: "59", 2022: "61"})
    page = replace(CONTEXT, period="jan–okt 2023", view="ackumulerat")
    figure = trend(assessment(os[-1], GOAL, Status.MISSED, bound="6"), os, context=page)
    lines, _ = parsed(figure)
    assert (lines["Period"], lines["Vy"]) == ("2016–2022", "år")
    printed = texts_of(svg(figure, taken=DAY))
    assert " · 2016–2022 · år · alla · " in printed
    for wrong in ("jan–okt 2023", "ackumulerat", "preliminärt"):
        assert wrong not in printed


def test_hyphens_of_the_plan_are_read_as_signs_but_printed_as_they_are():
    band = target(TargetKind.BETWEEN, "85\u201090%", "85", "90")
    os = months(measure(), ["88", "89"])
    figure = trend(assessment(os[-1], band, Status.MET, bound="90"), os, context=CONTEXT)
    assert "85\u201390%" in alternative_text(figure)
    assert "85\u201390%" in csv(figure, taken=DAY).decode("utf-8-sig")
    document = svg(figure, taken=DAY)
    assert "85\u201090%" in texts_of(document), "what people see is the plan's own wording"
    assert "85\u201390%" in document.partition("<rect")[0]
    assert readable("\u2010800 mnkr, 2020/2021 \u2010246,5") == "\u2212800 mnkr, 2020/2021 \u2212246,5"
    assert readable("Prog.\u201022 \u2010510 mnkr") == "Prog.\u201022 \u2212510 mnkr"
    assert readable("24 (okt\u201022)") == "24 (okt\u201022)"


def test_a_picture_of_a_full_table_breaks_no_word():
    name = "Beläggningsgrad somatiska vårdplatser med återinskrivningar"
    m = measure(name, goal="Förvaltningens verksamhet ska bedrivas med god tillgänglighet")
    why = "87,2\u00a0% är 12,8\u00a0procentenheter under målet 100\u00a0%"
    a = assessment(outcome(m, "87.2"), GOAL, Status.MISSED, bound="6", last="85", reason=why)
    figure = status_table("En effektiv verksamhet av god kvalitet", [a] * 25, context=CONTEXT)
    document = svg(figure, taken=DAY)
    root = ElementTree.fromstring(document)
    printed = {w for e in root.iter() if e.tag.endswith("}text") for w in re.split(r"\s", e.text or "")}
    for word in {*name.split(), "procentenheter", "87,2", "uppnått"}:
        assert word in printed
    assert not {"Beläggningsgra", "procentenh"} & printed
    assert "Hör till målet" not in texts_of(document)
    assert "Hör till målet" in csv(figure, taken=DAY).decode("utf-8-sig")


def test_a_hard_space_breaks_only_where_it_must():
    assert wrap("12,8\u00a0procentenheter", 90, 13) == ["12,8", "procentenheter"]
    assert wrap("är 12,8\u00a0%", 42, 13) == ["är", "12,8\u00a0%"]
    words = ("procentenheter", "screeningprogrammen")
    room = sum(text_width(word, 13, 600) + 18 for word in words) + 4
    widths = column_widths(["A", "B"], [["12,8\u00a0procentenheter", "screeningprogrammen ord " * 9]], room)
    for width, word in zip(widths, words, strict=True):
        assert width >= text_width(word, 13, 600) + 18 - 1e-6


@pytest.mark.parametrize("width", [280, 320, 400, 700, 1440])
def test_marks_stay_apart_and_inside_at_every_width(width):
    figure = goal_figure(8, 25)
    whole = dict(spec(figure)) | {
        "data": {"name": "source", "values": json.loads(data(figure).to_json(orient="records"))},
        "width": width,
    }
    narrow = {"name": "narrow", "value": width < NARROW}
    whole["params"] = [narrow if p["name"] == "narrow" else p for p in whole["params"]]
    root = ElementTree.fromstring(vl_convert.vegalite_to_svg(whole, vl_version=VEGA_LITE))
    drawn = [e for e in root.iter() if e.get("aria-roledescription") == "målvärde"]
    places = [tuple(map(float, re.findall(r"[-\d.]+", e.get("transform", ""))[:2])) for e in drawn]
    ends = [abs(float(n)) for e in drawn for n in re.findall(r"M(-?[\d.]+),(-?[\d.]+)", e.get("d", ""))[0]]
    across = 2 * max(ends) + 1.5
    assert len(drawn) == 33
    assert all(0 <= x <= width - 8 for x, _ in places)
    for one, two in itertools.combinations(places, 2):
        assert max(abs(one[0] - two[0]), abs(one[1] - two[1])) >= across + 1


def test_a_long_areas_name_is_broken_on_a_narrow_screen_and_moves_what_is_below():
    a = assessment(outcome(measure(), "5"), AT_MOST, Status.MET)
    name = "Stolta och engagerade medarbetare och uppdragstagare"
    figure = goals([(name, [a] * 14), ("Kort", [a])], context=CONTEXT)
    names = layer(figure, "name")
    assert names["text"].tolist() == [name, "Kort"]
    lines = names["short"][0].split("\n")
    assert " ".join(lines) == name
    assert len(lines) == 2
    assert max(text_width(line, 14) for line in lines) <= 250
    marks = layer(figure, "mark")
    assert marks["y2"].tolist() == [47.0] * 13 + [67.0, 113.0]
    assert names["y2"].tolist() == [10.0, 93.0]
    assert marks["x2"].tolist() == [*map(float, range(13)), 0.0, 0.0]
