"""One figure in every medium: table, alternative text, CSV, picture, file name."""

from __future__ import annotations

import csv as reader
import datetime as dt
import io
import re
from dataclasses import replace
from xml.etree import ElementTree

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from hsf_kpi.figures.figure import Column, Figure, FigureKind, Role
from hsf_kpi.figures.goals import goals
from hsf_kpi.figures.matrix import matrix
from hsf_kpi.figures.shape import keys, records
from hsf_kpi.figures.spark import spark
from hsf_kpi.figures.tables import status_table, units_table
from hsf_kpi.figures.trend import trend
from hsf_kpi.model.codes import Missing, Origin, Status, UnitOfMeasure
from hsf_kpi.model.period import Window
from hsf_kpi.model.target import TargetKind
from hsf_kpi.render.alt import alternative_text
from hsf_kpi.render.characters import FORMULA
from hsf_kpi.render.csv import csv, file_cell, safe
from hsf_kpi.render.image import SCALE, WIDTH, png, svg
from hsf_kpi.render.names import file_name
from hsf_kpi.render.page import clean, text_width, wrap
from hsf_kpi.render.picture_table import column_widths
from hsf_kpi.render.screen import chart, data
from hsf_kpi.render.table import cell, distinct, table
from tests.figures.figure_samples import CONTEXT, assessment, measure, months, outcome, target, years

DAY = dt.date(2023, 11, 14)
GOAL = target(TargetKind.AT_MOST, "6,0%", high="6.0")


def curve(values=("6.4", None, "-5.123456789", "5.1"), **more) -> Figure:
    os = months(measure(), list(values), **more)
    return trend(assessment(os[-1], GOAL, Status.MET, bound="6.0", last="5.5"), os, context=CONTEXT)


def parsed(figure: Figure) -> tuple[dict[str, str], pd.DataFrame]:
    """The CSV read back: (heading lines, table as pandas reads it)."""
    text = csv(figure, taken=DAY).decode("utf-8-sig")
    head, _, body = text.partition("\r\n\r\n")
    lines = dict(row for row in reader.reader(io.StringIO(head), delimiter=";"))
    return lines, pd.read_csv(io.StringIO(body), sep=";", decimal=",", keep_default_na=True)


def test_csv_read_back_equals_the_figure():
    figure = curve()
    lines, frame = parsed(figure)
    expected = [float("nan") if r["outcome"] is None else r["outcome"] for r in records(figure)]
    assert frame["Utfall (procent)"].tolist() == pytest.approx(expected, abs=5e-5, nan_ok=True)
    assert frame["Mål, högst (procent)"].tolist() == [6.0] * 4
    assert frame["Periodens första dag"].tolist() == ["2023-07-01", "2023-08-01", "2023-09-01", "2023-10-01"]
    assert frame["Anmärkning"].tolist()[1] == "inte rapporterat"
    assert lines["Rubrik"] == figure.title
    assert lines["Verksamhet"] == "Hälso- och sjukvårdsförvaltningen"
    assert lines["Period"] == "oktober 2023 (preliminärt)"
    assert lines["Vy"] == "månad"
    assert lines["Kön"] == "alla"
    assert lines["Organisation"] == "dagens organisation"
    assert lines["Måttenhet"] == "procent"
    assert lines["Källa"].startswith("Demodata. Mål")
    assert lines["Ursprung"] == "Demodata"
    assert lines["Datum uttaget"] == "2023-11-14"
    assert "Inget att visa" not in lines


def test_csv_is_swedish():
    raw = csv(curve(), taken=DAY)
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in raw
    assert b"\n" not in raw.replace(b"\r\n", b"")
    text = raw.decode("utf-8-sig")
    assert ";6,4;" in text
    assert ";-5,1235;" in text, "a negative number is a number"
    assert "'-5" not in text


def test_csv_of_tables_has_numbers_and_words():
    m = measure("Hyrpersonal")
    rows = [
        ("a", "A", assessment(outcome(m, "1.25"), GOAL, Status.MET, bound="6", last="1")),
        ("b", "B", assessment(outcome(m, None))),
    ]
    _, frame = parsed(units_table(m, rows, context=CONTEXT))
    assert frame["Utfall (procent)"].tolist() == pytest.approx([1.25, float("nan")], nan_ok=True)
    assert frame["Förändring (procentenheter)"].tolist()[0] == 0.25
    assert frame["Status"].str.replace("\N{NO-BREAK SPACE}", " ").tolist()[0] == "● uppnått"
    _, frame = parsed(matrix([("a", "A")], [(m, {"a": rows[0][2]})], context=CONTEXT))
    assert frame.columns.tolist() == ["Verksamhet", "Hyrpersonal (procent)", "Hyrpersonal, status"]
    lines, _ = parsed(trend(assessment(outcome(m, None)), [], context=replace(CONTEXT, path="", state="")))
    assert lines["Inget att visa"]
    assert lines["Period"] == "oktober 2023"


@pytest.mark.parametrize("start", FORMULA)
def test_formulas_are_neutralised(start):
    assert safe(f"{start}SUM(A1)").startswith("'")
    assert safe(f"  {start}=SUM(A1)").startswith("'")


@given(st.text(max_size=40))
def test_no_text_cell_can_become_a_formula_or_break_a_line(text):
    answer = safe(text)
    assert not answer.lstrip().startswith(FORMULA)
    assert "\n" not in answer
    assert "\r" not in answer
    if not text.lstrip().startswith(FORMULA) and not text.startswith(FORMULA):  # what is harmless stays
        assert answer == text.replace("\n", " ").replace("\r", " ")


@given(st.floats(-1e8, 1e8, allow_nan=False))
def test_numbers_in_a_file_read_back(value):
    text = file_cell(value)
    assert re.fullmatch(r"-?\d+(,\d{0,3}[1-9])?", text)
    assert float(text.replace(",", ".")) == pytest.approx(value, abs=5.1e-5)


def test_file_cells_of_other_kinds():
    assert file_cell(None) == ""
    assert file_cell(float("nan")) == ""
    assert file_cell(0.0) == file_cell(-1e-9) == "0"
    assert file_cell(120) == "120"
    assert file_cell(DAY) == "2023-11-14"


def test_table_has_the_shown_columns_as_people_read_them():
    frame = table(curve())
    assert frame.columns.tolist() == ["Period", "Utfall", "Anmärkning"]
    assert frame["Utfall"].tolist() == ["6,4\u00a0%", "inte rapporterat", "−5,1\u00a0%", "5,1\u00a0%"]
    assert {str(d) for d in frame.dtypes} == {"str"}
    empty = table(trend(assessment(outcome(measure(), None)), [], context=CONTEXT))
    assert len(empty) == 0
    assert empty.columns.tolist() == ["Period", "Utfall", "Anmärkning"]


def test_a_figure_without_options_shows_every_column():
    columns = (
        Column("a", "Värde", Role.OUTCOME, None, 1),
        Column("b", "Värde", Role.TEXT),
        Column("c", "Dag", Role.TIME),
    )
    figure = replace(
        curve(), kind=FigureKind.TABLE, columns=columns, rows=((1234.56, None, DAY),), options={}
    )
    frame = table(figure)
    assert frame.columns.tolist() == ["Värde", "Värde (2)", "Dag"]
    assert frame.iloc[0].tolist() == ["1\u00a0234,6", "", "2023-11-14"]
    assert cell("text", columns[1]) == "text"


@given(st.lists(st.sampled_from(["A", "A (2)", "B"]), max_size=6))
def test_headings_are_distinct(headings):
    answer = distinct(headings)
    assert len(set(answer)) == len(answer) == len(headings)


def test_file_names():
    figure = replace(curve(), slug="vardgaranti-besok", context=replace(CONTEXT, unit_id="medicinkliniken"))
    assert file_name(figure, "csv") == "hsf-nyckeltal_vardgaranti-besok_medicinkliniken_2023-10.csv"
    assert (
        file_name(replace(figure, options={}), "png") == "hsf-nyckeltal_vardgaranti-besok_medicinkliniken.png"
    )
    nasty = replace(figure, slug="../åäö", context=replace(CONTEXT, unit_id="a/b\\c"))
    assert file_name(nasty, "svg") == "hsf-nyckeltal_aao_a-b-c_2023-10.svg"


def test_alternative_text():
    figure = curve()
    text = alternative_text(figure)
    assert text.startswith(f"{figure.title}. Linjediagram.")
    assert "\n" not in text
    empty = replace(figure, title="Hej.", sentence="Ett.\nTvå.", empty="Inget.")
    assert alternative_text(empty) == "Hej. Ett. Två. Inget."
    assert alternative_text(replace(empty, sentence="Inget.")) == "Hej. Inget."


def texts_of(document: str) -> str:
    root = ElementTree.fromstring(document)
    return " ".join(e.text or "" for e in root.iter() if e.tag.endswith("}text")).replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_svg_stands_alone():
    figure = curve()
    document = svg(figure, taken=DAY)
    texts = texts_of(document)
    for expected in (
        "Sjukfrånvaro når målet 6,0% med",
        "Källa: Demodata. Mål och definition: Förvaltningsplan",
        "uttaget 2023-11-14",
        "oktober 2023 preliminärt",
        "Mål 6,0%",
        "5,1 % oktober",
        "aug saknas",
        "okt",
        "6 %",
    ):
        assert expected in texts
    assert "<desc>" in document
    assert 'lang="sv"' in document
    assert "http" not in document.replace("http://www.w3.org/", ""), "nothing is fetched"


def pixels(figure: Figure, **more) -> Image.Image:
    return Image.open(io.BytesIO(png(figure, taken=DAY, **more))).convert("RGB")


def test_png_is_double_and_drawn():
    image = pixels(curve())
    assert image.width == WIDTH * SCALE
    assert image.height > 700
    colours = {colour for _, colour in image.getcolors(1 << 24)}
    assert (255, 255, 255) in colours
    assert (0x8A, 0x2F, 0x6E) in colours, "the target"
    assert (0x1E, 0x31, 0x40) in colours, "the outcome"
    assert pixels(curve(), dark=True).getpixel((0, 0)) == (0x10, 0x18, 0x20)


def test_text_is_drawn_in_two_weights():
    """The title's ink is heavier than the same words as a caption; both have ink."""

    def ink(figure: Figure, top: int, bottom: int) -> int:
        strip = pixels(figure).crop((0, top, WIDTH * SCALE, bottom)).convert("L")
        return sum(n for n, level in strip.getcolors(256) if level < 128)

    figure = replace(curve(), title="Åäö väntetid", caption="")
    blank = replace(figure, title=" ")
    assert ink(figure, 40, 130) > 1500
    assert ink(blank, 40, 130) < 50
    assert text_width("Åäö väntetid", 20, 600) > text_width("Åäö väntetid", 20, 400) > 0


def test_pictures_of_every_kind():
    m = measure("Hyrpersonal & <andel>")
    a = assessment(
        outcome(m, "5"), GOAL, Status.MET, bound="6", last="4", reason="Lång mening om varför. " * 8
    )
    area = [("Målområde", [a] * 3)]
    table_figure = status_table("Målområde", [a, a], context=CONTEXT)
    for figure, expected in (
        (goals(area, context=CONTEXT), "3 av 3"),
        (table_figure, "Hyrpersonal & <andel>"),
        (spark(a, months(m, ["1", "2"]), context=CONTEXT), "Källa"),
        (trend(a, years(m, {2022: "5"}), context=CONTEXT), "2022"),
        (curve((None, None), missing=Missing.NOT_BY_SEX), "redovisas inte per kön"),
        (units_table(m, [], context=CONTEXT), "Det finns inga verksamheter"),
    ):
        assert expected in texts_of(svg(figure, taken=DAY))
        assert len(png(figure, taken=DAY)) > 3000
    assert "Nuvärde" not in texts_of(svg(table_figure, taken=DAY)), (
        "an empty column is left out of the picture"
    )


@given(st.text(alphabet="abc åäö-", max_size=120), st.floats(20, 300))
def test_wrapped_lines_fit_and_lose_nothing(text, width):
    lines = wrap(text, width, 14)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(text_width(line, 14) <= width or len(line) == 1 for line in lines)


@given(
    st.lists(st.lists(st.text(alphabet="abc ", max_size=80), min_size=3, max_size=3), max_size=4),
    st.floats(200, 900),
)
def test_columns_fit_the_page(rows, room):
    widths = column_widths(["Nyckeltal", "Utfall", "Varför"], rows, room)
    assert sum(widths) <= room + 1e-6
    assert all(width > 0 for width in widths)


def test_a_column_is_not_narrower_than_its_longest_word():
    word, room = "screeningprogrammen", 500
    widths = column_widths(["A", "B", "C"], [[word, "kort " * 40, "ord " * 40]], room)
    assert widths[0] >= text_width(word, 13, 600) + 18
    assert sum(widths) == pytest.approx(room, abs=1)


def test_a_name_with_control_characters_does_not_end_the_process():
    m = measure("Sjuk\x00från\x0cvaro\uffff")
    os = years(m, {2022: "5"})
    a = assessment(os[-1], GOAL, Status.MET, bound="6")
    for figure in (trend(a, os, context=CONTEXT), goals([("Mål\x00", [a])], context=CONTEXT)):
        assert png(figure, taken=DAY)
        assert "\x00" not in "".join(data(figure)["tip"])


def test_control_characters_never_reach_xml():
    ElementTree.fromstring(f"<a>{clean('a' + chr(0) + chr(0xFFFE) + '<&' + chr(0x1F600))}</a>")


words = st.text(alphabet=st.characters(blacklist_categories=("Cs",)), max_size=30)
values = st.none() | st.decimals(-(10**6), 10**6, places=3).map(str)


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    """Any figure that the package can make: any unit of measure, window, gaps, names."""
    m = measure(
        draw(words),
        unit=draw(st.sampled_from(UnitOfMeasure)),
        short_name=draw(words) or "x",
        decimals=draw(st.integers(0, 2)),
    )
    window = draw(st.sampled_from([Window.MONTH, Window.YTD, Window.R12]))
    numbers = draw(st.lists(values, max_size=14))
    monthly = draw(st.booleans())
    missing = draw(st.sampled_from(Missing))
    if monthly:
        os = months(m, numbers, window=window, missing=missing)
    else:
        os = years(m, {2009 + i: v for i, v in enumerate(numbers)})
    last = os[-1] if os else outcome(m, None, missing=missing)
    goal = draw(
        st.sampled_from(
            [None, GOAL, target(TargetKind.ON_BUDGET, "Noll"), target(TargetKind.BETWEEN, "1–2", "1", "2")]
        )
    )
    status = draw(st.sampled_from(Status))
    bound = draw(st.sampled_from([None, "0", "6"]))
    a = assessment(last, goal, status, bound=bound, last=draw(values))
    context = replace(CONTEXT, unit=draw(words), sex=draw(words))
    kind = draw(st.sampled_from(["trend", "spark", "status", "units", "goals", "matrix"]))
    if kind == "trend":
        return trend(a, os, last_year=os, context=context)
    if kind == "spark":
        return spark(a, os, context=context)
    if kind == "status":
        return status_table(draw(words), [a] * draw(st.integers(0, 3)), context=context)
    if kind == "units":
        return units_table(m, [(n, n, a) for n in draw(st.lists(words, max_size=3))], context=context)
    if kind == "goals":
        return goals([(draw(words), [a] * draw(st.integers(0, 3)))], context=context)
    return matrix([("a", draw(words))], [(m, {"a": a})], context=context)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(figures())
def test_any_figure_renders_in_every_medium(figure):
    assert len(figure.title) <= 75
    assert figure.source.startswith("Källa:")
    assert alternative_text(figure)
    frame = table(figure)
    assert len(frame) == len(figure.rows)
    assert len(frame.columns) == len(keys(figure, "shown"))
    lines, read = parsed(figure)
    assert len(read) == len(figure.rows)
    assert lines["Datum uttaget"] == "2023-11-14"
    if figure.kind is not FigureKind.TABLE:
        rows = data(figure)
        assert len(rows) > 0
        chart(figure)
    document = svg(figure, taken=DAY)
    ElementTree.fromstring(document)
    assert re.match(r'<svg [^>]*width="960" height="\d+"', document)


def test_the_origin_is_named_wherever_the_figure_goes():
    os = [outcome(measure(), "5", origin=origin) for origin in (Origin.LOADED, Origin.PUBLISHED, Origin.DEMO)]
    figure = trend(assessment(os[-1]), os, context=CONTEXT)
    assert figure.source.startswith("Källa: inläst; publicerat; Demodata. Definition:")
    assert parsed(figure)[0]["Ursprung"] == "Demodata, inläst, publicerat"
