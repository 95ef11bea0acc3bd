"""What has been said of a figure follows it into every medium, whole in files, and is nowhere read as anything but text."""

from __future__ import annotations

import csv as reader
import datetime as dt
import io
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hsf_kpi.figures.figure import Comment, Figure
from hsf_kpi.figures.tables import units_table
from hsf_kpi.model.codes import Status
from hsf_kpi.model.target import TargetKind
from hsf_kpi.render.alt import alternative_text
from hsf_kpi.render.characters import FORMULA
from hsf_kpi.render.comments import LONGEST, MOST, REST, comments_text, drawn_comments
from hsf_kpi.render.csv import csv, safe
from hsf_kpi.render.image import png, svg
from hsf_kpi.render.stamp import comment_line
from tests.figures.dialogue_samples import NASTY, WHO
from tests.figures.figure_samples import CONTEXT, assessment, measure, outcome, target

DAY = dt.date(2023, 11, 14)
GOAL = target(TargetKind.AT_MOST, "6,0%", high="6.0")


def comment(text: str = "Vakanser på natten.", kind: str = "Analys", period: str = "") -> Comment:
    return Comment(kind, text, WHO, "14 november 2023", period)


def figure(*comments: Comment) -> Figure:
    m = measure()
    rows = [("a", "A", assessment(outcome(m, "8.1"), GOAL, Status.MISSED, bound="6"))]
    return replace(units_table(m, rows, context=CONTEXT), comments=comments)


def lines_of(made: Figure) -> list[list[str]]:
    text = csv(made, taken=DAY).decode("utf-8-sig")
    return list(reader.reader(io.StringIO(text.partition("\r\n\r\n")[0]), delimiter=";"))


def texts_of(document: str) -> list[str]:
    root = ElementTree.fromstring(document)
    return [e.text or "" for e in root.iter() if e.tag.endswith("}text")]


def test_csv_has_them_after_the_explanation():
    made = figure(
        comment(),
        comment("Uppnås inte.", "Helårsbedömning", "september 2023"),
        comment("Ett.", "Åtgärd"),
        comment("Två.", "Åtgärd"),
        Comment("Egen prognos", "−1,0 mnkr", "", ""),
    )
    lines = lines_of(made)
    names = [name for name, _ in lines]
    at = names.index("Analys")
    assert names[at - 1] == "Förklaring"
    assert names[at : at + 6] == ["Analys", "Helårsbedömning", "Åtgärd", "Åtgärd", "Egen prognos", "Källa"]
    assert lines[at][1] == f"Vakanser på natten. ({WHO}, 14 november 2023)"
    assert lines[at + 1][1] == f"Uppnås inte. ({WHO}, 14 november 2023, om september 2023)"
    assert lines[at + 4][1] == "−1,0 mnkr"


@pytest.mark.parametrize("text", NASTY)
def test_csv_is_whole_one_line_and_no_formula(text):
    lines = lines_of(figure(comment(text)))
    told = dict(lines)["Analys"]
    assert told.startswith(safe(comment_line(comment(text))[1])[:3])
    assert not told.startswith(FORMULA)
    assert "\n" not in told
    assert len(told) >= len(
        " ".join(text.replace("\x00", "").replace("\x07", "").replace("\ud800", "").split())
    )


@pytest.mark.parametrize("text", NASTY)
def test_a_picture_holds_them_as_text(text):
    document = svg(figure(comment(text)), taken=DAY)
    ElementTree.fromstring(document)
    assert "<script" not in document
    texts = texts_of(document)
    assert f"Analys, {WHO}, 14 november 2023" in texts


@given(st.text(max_size=80))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_makes_a_document(text):
    ElementTree.fromstring(svg(figure(comment(text, "Åtgärd")), taken=DAY))


def test_where_they_stand_in_a_picture():
    plain_ = texts_of(svg(figure(), taken=DAY))
    told = texts_of(svg(figure(comment("Vakanser på natten.")), taken=DAY))
    place = told.index("Vakanser på natten.")
    assert told[: place - 1] + told[place + 1 :] == plain_
    assert told[place + 1].startswith("Källa: ")


def test_a_long_one_is_cut_and_says_where_the_rest_is():
    long = "ord " * 2_500
    ((_, text),) = drawn_comments(figure(comment(long)))
    assert len(text) <= LONGEST
    assert text.endswith(f"ord{REST}")
    ((_, whole),) = drawn_comments(figure(comment("x" * LONGEST)))
    assert whole == "x" * LONGEST
    ((_, unbroken),) = drawn_comments(figure(comment("x" * 10_000)))
    assert len(unbroken) == LONGEST
    assert dict(lines_of(figure(comment(long))))["Analys"].count("ord") == 2_500


def test_many_are_counted():
    many = figure(*(comment(f"Nummer {n}", "Åtgärd") for n in range(MOST + 3)))
    found = drawn_comments(many)
    assert len(found) == MOST + 1
    assert found[-1] == ("3 till finns i CSV-filen", "")
    assert sum(name == "Åtgärd" for name, _ in lines_of(many)) == MOST + 3
    assert texts_of(svg(many, taken=DAY)).count("3 till finns i CSV-filen") == 1


def test_the_pictures_description_tells_them_and_the_pages_does_not():
    made = figure(comment("<b>Vakanser</b>"))
    description = ElementTree.fromstring(svg(made, taken=DAY)).findtext("{http://www.w3.org/2000/svg}desc")
    assert description is not None
    assert description.endswith(f"Analys, {WHO}, 14 november 2023: <b>Vakanser</b>")
    assert "Vakanser" not in alternative_text(made), "the page has them beside the picture"
    assert comments_text(figure()) == ""
    assert drawn_comments(figure(Comment("Analys", "Text", "", ""))) == [("Analys", "Text")]


def test_png_is_drawn_with_emoji_and_other_writing():
    small = png(figure(), taken=DAY)
    told = png(figure(comment("👍 שלום\nny rad")), taken=DAY)
    assert told.startswith(b"\x89PNG")
    height = lambda data: int.from_bytes(data[20:24], "big")  # noqa: E731
    assert height(told) > height(small)
