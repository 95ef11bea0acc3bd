"""A report as a workbook: a sheet for each figure, found from a summary, with all that is told of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.figures.figure import Comment, FigureKind
from hsf_kpi.figures.report import EditionMark
from hsf_kpi.render.excel import report_xlsx
from hsf_kpi.render.excel.report import sheet_names
from hsf_kpi.render.excel.texts import SHEET_NAME, mark, sheet_name
from tests.render.excel.workbooks import ANALYSIS, KINDS, Opened, curve, report

EDITION = EditionMark(
    "2023-10-hsf-7c1f20ab", "7c1f20ab" * 8, dt.datetime(2023, 11, 20, 23, 30, tzinfo=dt.UTC), "Controller", 14
)


def opened(*figures, **more) -> Opened:
    return Opened(report_xlsx(report(*figures, **more)))


def test_a_sheet_for_each_figure_found_from_the_summary():
    table = replace(curve(), kind=FigureKind.TABLE, caption="Alla nyckeltal. HSF, oktober 2023.")
    found = opened(curve(), table, KINDS["goals"]())
    assert found.names == [
        "Sammanfattning",
        "1 Sjukfrånvaro",
        "2 Alla nyckeltal",
        "3 Måluppfyllelse per målområde",
        "Utelämnat",
        "Diagramdata",
        "Om rapporten",
    ]
    links = found.links("Sammanfattning")
    for name in found.names[1:4]:
        assert f"'{name}'!A1" in links
        assert found.links(name) == {"'Sammanfattning'!A1"}
    texts = found.texts("Sammanfattning")
    assert texts[0] == "Månadsuppföljning oktober 2023, HSF"
    assert "Sjukfrånvaron når målet." in texts
    assert "Inga uppdrag är lämnade." in texts, "a section without figures"
    assert curve().title in texts
    assert "Demodata" in texts


def test_what_stands_on_a_figures_sheet():
    long = Comment("Åtgärd", "Steg. " * 1700, "Vårdenhetschef", "15 november 2023")
    found = opened(curve(comments=(ANALYSIS, long), definition="Vad det mäter."), KINDS["goals"]())
    texts = found.texts("1 Sjukfrånvaro")
    assert texts[0] == curve().title
    assert "Så här ser det ut." in texts
    assert "Så här ser det ut." not in found.texts(found.names[2]), "told once"
    assert ANALYSIS.text in texts
    assert long.text.strip() in "".join(texts)
    assert "Definition: Vad det mäter." in texts
    assert curve().source in texts
    assert any(text.endswith("uttaget 2023-11-20") for text in texts)
    assert found.column("1 Sjukfrånvaro", "Utfall (procent)") == [6.4, None, 5.2, 5.1]


def test_what_was_left_out_is_told():
    assert opened(curve()).table("Utelämnat") == (["Vad", "Varför"], [("Tratt", "Gruppen är för liten.")])
    none = report(curve())
    sections = tuple(replace(section, left_out=()) for section in none.sections)
    assert "Utelämnat" not in Opened(report_xlsx(replace(none, sections=sections))).names


def test_the_edition_is_in_the_file():
    found = opened(curve(), edition=EDITION)
    told = dict(found.lines("Om rapporten"))
    assert told["Utgåva"] == EDITION.id
    assert told["Kontrollsumma (SHA-256)"] == EDITION.hash
    assert told["Fryst"] == "21 november 2023 kl. 00.30 av Controller", "Swedish time"
    assert told["Uppgifter till och med"] == "inläsning 14"
    assert told["Ursprung"].startswith("Demodata: påhittade")
    assert told["Framtagen"] == "20 november 2023"
    assert all(EDITION.id in sheet.oddFooter.center.text for sheet in found.book)
    assert dict(opened(curve()).lines("Om rapporten"))["Utgåva"].startswith("Inte fryst")


def test_the_waiting_is_told_of_each_figure_and_may_stop_it():
    heard: list[tuple[int, int]] = []
    report_xlsx(report(curve(), curve()), lambda done, of: heard.append((done, of)))
    assert heard == [(1, 2), (2, 2)]

    def gone(done: int, of: int) -> None:
        raise ConnectionAbortedError(f"{done} of {of}")

    with pytest.raises(ConnectionAbortedError, match="1 of 2"):
        report_xlsx(report(curve(), curve()), gone)


def test_the_same_report_gives_the_same_bytes():
    made = [report_xlsx(report(curve(), KINDS["ranking"](), edition=EDITION)) for _ in range(2)]
    assert made[0] == made[1]


def test_a_report_without_figures_is_a_workbook():
    found = opened()
    assert found.names == ["Sammanfattning", "Utelämnat", "Om rapporten"]


def test_names_say_the_measure():
    captions = (
        "Plats bland jämförbara: Sjukfrånvaro, procent. HSF.",
        "Budget, utfall och prognos per intäktsslag och kostnadsslag, mnkr. HSF.",
        "Oberoende av hyrpersonal (kostnad), procent. HSF.",
        "",
    )
    names = sheet_names([curve(caption=caption, title="En titel") for caption in captions])
    assert names == [
        "1 Sjukfrånvaro",
        "2 Budget, utfall och prognos",
        "3 Oberoende av hyrpersonal",
        "4 En titel",
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=50), max_size=12))
def test_sheet_names_are_unique_and_allowed(captions):
    names = sheet_names([curve(caption=caption) for caption in captions])
    assert len({name.casefold() for name in names}) == len(names)
    for number, name in enumerate(names, 1):
        assert name.split(" ")[0] == str(number)
        assert len(name.encode("utf-16-le")) // 2 <= SHEET_NAME
        assert not set(name) & set("[]:*?/\\")
        assert name == name.strip("' ")
        assert name.isprintable() or "\N{NO-BREAK SPACE}" in name or not name.isascii()


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 999), st.text(alphabet="å🩺 '[]:*?/\\\n", max_size=60))
def test_a_hostile_sheet_name_is_still_one(number, text):
    name = sheet_name(number, text)
    assert name.startswith(str(number))
    assert len(name.encode("utf-16-le")) // 2 <= SHEET_NAME


def test_a_mark_in_a_footer_has_no_code_and_is_not_long():
    assert mark("Vård & omsorg") == "Vård ＆ omsorg"
    assert len(mark("ord " * 60)) <= 81
