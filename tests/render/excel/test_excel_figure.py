"""A workbook of one figure: typed cells equal to the figure's rows, what is told of it, hostile text, the same bytes."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hsf_kpi.figures.figure import Column, Comment, Figure, FigureKind, Role, Value
from hsf_kpi.figures.shape import keys, records
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.render.excel import xlsx
from hsf_kpi.render.excel.texts import pieces
from hsf_kpi.render.office import FONT, NAME, SCHEME
from hsf_kpi.render.stamp import told_lines
from tests.figures.figure_samples import CONTEXT
from tests.render.excel.workbooks import ANALYSIS, DAY, KINDS, SPREADSHEET, A, Opened, curve


def opened(figure: Figure) -> Opened:
    return Opened(xlsx(figure, taken=DAY))


def table(*columns: Column, rows: tuple[tuple[Value, ...], ...], **options: str) -> Figure:
    return replace(
        curve(),
        kind=FigureKind.TABLE,
        columns=columns,
        rows=rows,
        options=options,
        marks=(),
        title="En tabell",
    )


def column(key: str, title: str, role: Role = Role.TEXT, **more) -> Column:
    return Column(key, title, role, **more)


@pytest.mark.parametrize("kind", KINDS)
def test_numbers_are_the_figures_own(kind):
    figure = KINDS[kind]()
    found = opened(figure)
    headings, rows = found.table("Data")
    by_key = {one.key: one for one in figure.columns}
    assert len(rows) == len(figure.rows)
    for i, key in enumerate(keys(figure, "file")):
        assert headings[i].startswith(by_key[key].title)
        for row, record in zip(rows, records(figure), strict=True):
            value = record[key]
            if isinstance(value, int | float):
                assert row[i] == pytest.approx(value, rel=1e-14)
            elif isinstance(value, dt.date):
                assert row[i].date() == value
            elif value is None:
                assert row[i] is None or isinstance(row[i], str)
            else:
                assert (row[i] or "") == value


def test_cells_have_types_formats_and_units():
    found = opened(curve())
    headings, rows = found.table("Data")
    at = headings.index("Utfall (procent)")
    assert [row[at] for row in rows] == [6.4, None, 5.2, 5.1]
    sheet = found.book["Data"]
    assert sheet.cell(2, at + 1).number_format == "#,##0.0"
    day = headings.index("Periodens första dag")
    assert sheet.cell(2, day + 1).number_format == "yyyy-mm-dd"
    assert sheet.cell(2, day + 1).is_date
    assert sheet.freeze_panes == "A2"
    assert found.column("Data", "Anmärkning")[1] == "inte rapporterat"


def test_words_stand_where_a_number_is_missing_and_nothing_is_zero():
    figure = table(
        column("name", "Verksamhet", Role.LABEL),
        column("value", "Utfall", Role.OUTCOME, unit=UnitOfMeasure.PERCENT, decimals=1),
        column("value_text", "Utfall"),
        column("share", "Avvikelse (procent)", Role.CHANGE),
        rows=(("A", None, "maskerat", -0.30084), ("B", None, "–", None), ("C", 2.5, "2,5 %", float("nan"))),
        file="name,value,share",
    )
    found = opened(figure)
    assert found.column("Figur", "Utfall (procent)") == ["maskerat", None, 2.5]
    assert found.column("Figur", "Avvikelse (procent)") == [-0.30084, None, None]
    cell = next(c for row in found.book["Figur"] for c in row if c.value == -0.30084)
    assert cell.number_format == "#,##0.00", "what is not whole is not shown as 0"
    assert found.names == ["Figur", "Om"]


def test_a_table_stands_on_the_first_sheet_with_its_headings_fixed():
    figure = table(column("name", "Namn", Role.LABEL), rows=(("A",), ("B",)))
    sheet = opened(figure).book["Figur"]
    (made,) = sheet.tables.values()
    top = int(re.sub(r"\D", "", made.ref.partition(":")[0]))
    assert sheet.freeze_panes == f"A{top + 1}"
    assert sheet.print_title_rows == f"${top}:${top}"


def test_everything_told_follows_along():
    context = replace(CONTEXT, edition="rapport 2023-10-hsf-7c1f20ab", known=dt.date(2023, 11, 15))
    figure = curve(context=context, comments=(ANALYSIS,), definition="Vad det mäter.", help="Så läses den.")
    found = opened(figure)
    assert found.lines("Om") == told_lines(figure, DAY)
    told = dict(found.lines("Om"))
    for name in (
        "Rubrik",
        "Verksamhet",
        "Period",
        "Vy",
        "Kön",
        "Utgåva",
        "Källa",
        "Ursprung",
        "Datum uttaget",
    ):
        assert told[name]
    texts = found.texts("Figur")
    assert texts[0] == figure.title
    assert "Demodata" in texts
    assert "Analys, Verksamhetschef, 14 november 2023" in texts
    assert ANALYSIS.text in texts
    assert figure.source in texts
    assert any("rapport 2023-10-hsf-7c1f20ab" in text for text in texts)


def test_the_file_says_what_it_is_and_is_printed_lying_on_a4():
    found = opened(curve())
    properties = found.book.properties
    assert properties.title == curve().title
    assert properties.creator == NAME
    assert properties.created == dt.datetime(2023, 11, 20)
    assert not properties.lastModifiedBy or properties.lastModifiedBy == NAME
    for sheet in found.book:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.fitToWidth in (None, 1)
        assert sheet.oddHeader.left.text == curve().title
        assert "oktober 2023" in sheet.oddHeader.right.text
        assert sheet.oddFooter.left.text.startswith("Källa: Demodata")


def test_the_theme_is_ours():
    theme = opened(curve()).xml("xl/theme/theme1.xml")
    scheme = next(theme.iter(f"{A}clrScheme"))
    found = {colour.tag.removeprefix(A): f"#{colour[0].get('val')}" for colour in scheme}
    assert found == dict(SCHEME)
    assert {latin.get("typeface") for latin in theme.iter(f"{A}latin")} == {FONT}


def test_the_same_figure_gives_the_same_bytes():
    for kind in ("trend", "funnel"):
        assert xlsx(KINDS[kind](), taken=DAY) == xlsx(KINDS[kind](), taken=DAY)
    assert xlsx(curve(), taken=DAY) != xlsx(curve(), taken=dt.date(2023, 11, 21))
    dates = {info.date_time for info in opened(curve()).parts.infolist()}
    assert dates == {(1980, 1, 1, 0, 0, 0)}


HOSTILE = (
    '=HYPERLINK("http://x.se")', "+1+1", "-2", "@SUM(A1)", "\t=1", "＝1+1", "=1", "x!A1", "a & <b> \"c\" 'd'",
    "_x0041_", "emoji 🩺", "rad 1\nrad 2", "nul\x00 och \x1f", "\ud800halv", "http://x.se", "mailto:a@x.se", "  =1",
)  # fmt: skip


def test_no_text_is_a_formula_or_a_link():
    figure = table(
        *(column(f"k{i}", text) for i, text in enumerate(HOSTILE)),
        column("last", "Sist", Role.LABEL),
        rows=((*HOSTILE, "x"), (*reversed(HOSTILE), "y")),
    )
    hostile = HOSTILE[0]
    figure = replace(
        figure,
        title=hostile,
        caption=hostile,
        help=hostile,
        definition="=1+1",
        comments=(Comment("=Analys", "=cmd|'/c calc'!A1\n=2", "=x", "=y"),),
        context=replace(figure.context, unit="A&B &L =1 &[Picture] &G"),
    )
    found = opened(figure)
    for part in found.parts.namelist():
        if part.endswith(".xml"):
            xml = found.xml(part)
            assert not list(xml.iter(f"{SPREADSHEET}f")), part
            assert not list(xml.iter(f"{SPREADSHEET}hyperlink")), part
    starts = ("=", "+", "-", "@", "\t", "＝")
    assert not [text for text in found.every_text() if text.lstrip().startswith(starts)]
    texts = found.every_text()
    assert "emoji 🩺" in texts
    assert "a & <b> \"c\" 'd'" in texts
    assert "_x0041_" in texts
    assert "nul och" in texts
    assert "halv" in texts
    assert found.book["Figur"].oddHeader.right.text.startswith("A＆B ＆L =1")


anything = st.text(alphabet=st.characters(), max_size=20)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(anything, min_size=4, max_size=4), anything)
def test_any_text_gives_a_file_that_opens(texts, heading):
    figure = table(column("a", heading, Role.LABEL), column("b", heading), rows=((texts[0], texts[1]),))
    unit = replace(CONTEXT, unit=texts[2], path=texts[3])
    comment = Comment(texts[0], texts[1], texts[2], texts[3])
    for tried in (figure, curve()):
        found = opened(
            replace(tried, title=texts[0], caption=texts[1], help=texts[2], context=unit, comments=(comment,))
        )
        for part in found.parts.namelist():
            found.xml(part)
        assert "Figur" in found.names


def test_long_comments_are_whole():
    text = " ".join(f"ord{i}" for i in range(2000)) + "\n" + "å" * 10_000 + " 🩺" * 2000
    found = opened(curve(comments=(Comment("Analys", text, "", ""),)))
    texts = found.texts("Figur")
    start = texts.index("Analys") + 1
    end = texts.index(curve().source)
    assert "".join(texts[start:end]) == text.strip()
    assert all(len(cell.encode("utf-16-le")) // 2 <= 32_767 for cell in found.every_text())
    told = "".join(line for name, line in found.lines("Om") if name == "Analys")
    assert told == text.replace("\n", " ")


def test_pieces_lose_nothing():
    assert pieces("a b c", 3) == ["a ", "b c"]
    assert pieces("abcdef", 4) == ["abcd", "ef"]
    assert pieces("", 4) == [""]


def test_a_figure_with_nothing_to_draw_says_why():
    found = opened(curve(rows=(), empty="Inget är rapporterat."))
    assert found.names == ["Figur", "Om"]
    assert "Inget är rapporterat." in found.texts("Figur")
    assert found.charts() == []
    assert dict(found.lines("Om"))["Inget att visa"] == "Inget är rapporterat."


def test_headings_that_differ_in_case_alone_are_told_apart():
    figure = table(
        column("a", "Utfall"),
        column("b", "UTFALL"),
        column("c", "Utfall"),
        column("d", ""),
        rows=(("1", "2", "3", "4"),),
    )
    headings, _ = opened(figure).table("Figur")
    assert headings == ["Utfall", "UTFALL (2)", "Utfall (3)", "–"]
