"""Workbooks: the sheet with the table is found and read as it is typed; what may hide something is refused."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from hsf_kpi.ingest.files import Findings, Limits, Line, check_lines
from hsf_kpi.model.incoming import FileRefused
from tests.ingest.files.file_samples import (
    HEADER,
    ROWS,
    TEXTS,
    cells,
    csv_bytes,
    faults_of,
    lines_of,
    opened,
    repacked,
    the_fault,
    workbook,
)

NAME = "bok.xlsx"
SHEET = "xl/worksheets/sheet1.xml"


def changed(pattern: str, text: str, part: str = SHEET, data: bytes | None = None) -> bytes:
    """A workbook whose sheet's XML is written over."""

    def change(name: str, content: bytes) -> bytes:
        return re.sub(pattern.encode(), text.encode(), content, count=1) if name == part else content

    new = repacked(data or workbook(), change)
    assert new != repacked(data or workbook(), lambda _, content: content)
    return new


def test_what_is_told_of_a_good_one(tmp_path: Path) -> None:
    data = workbook()
    table = opened(tmp_path, data, NAME)
    assert (table.kind, table.header, table.header_row) == ("xlsx", HEADER, 1)
    assert (table.sheet, table.sheets, table.delimiter, table.notes) == ("Data", ("Data",), "", ())
    assert (table.sha256, table.size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert cells(table) == list(ROWS)
    assert check_lines(table) == []


def test_cells_keep_their_type(tmp_path: Path) -> None:
    row = [
        "x",
        12,
        1.1,
        -1e-7,
        True,
        dt.date(2023, 10, 31),
        dt.datetime(2023, 10, 31, 12, 30),
        None,
        " y ",
        "  ",
    ]

    def fill(book: Any) -> None:
        sheet = book.active
        sheet.delete_rows(1, 9)
        sheet.append([f"k{n}" for n in range(len(row))])
        sheet.append(row)
        sheet.append([])
        sheet.append([None, 2**53, dt.time(18, 31), dt.timedelta(hours=30, minutes=5), False])

    first, second = lines_of(tmp_path, workbook(fill))
    assert first == Line(2, (*row[:8], "y", None))
    assert [type(cell) for cell in first.cells[1:7]] == [int, float, float, bool, dt.date, dt.datetime]
    assert second == Line(4, (None, 2**53, "18:31:00", "30:05:00", False, *[None] * 5))


def test_texts_in_the_cell_and_in_pieces(tmp_path: Path) -> None:
    pieces = '<r><t>Närvård</t></r><r><t xml:space="preserve"> Öst</t></r><rPh sb="0" eb="1"><t>X</t></rPh>'
    inline = f'<c r="A2" t="inlineStr"><is>{pieces}</is></c>'
    data = changed(r'<c r="A2".*?</c>', inline)
    assert cells(opened(tmp_path, data))[0][0] == "Närvård Öst"
    data = changed("<si><t>kirurgkliniken</t></si>", f"<si>{pieces}</si>", TEXTS)
    assert cells(opened(tmp_path, data))[0][0] == "Närvård Öst"


def test_days_counted_from_1904(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        book.active["B2"] = dt.date(2023, 10, 31)
        book.epoch = openpyxl.utils.datetime.MAC_EPOCH

    assert cells(opened(tmp_path, workbook(fill)))[0][1] == dt.date(2023, 10, 31)


def test_iso_days_and_broken_ones(tmp_path: Path) -> None:
    data = changed(r'<c r="B2".*?</c>', '<c r="B2" t="d"><v>2023-10-31T00:00:00</v></c>')
    assert cells(opened(tmp_path, data))[0][1] == dt.date(2023, 10, 31)
    data = changed(r'<c r="B2".*?</c>', '<c r="B2" t="d"><v>i dag</v></c>')
    assert "inget datum" in the_fault(tmp_path, data).what


def test_a_number_that_is_no_day(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        book.active["C3"] = 99_999_999
        book.active["C3"].number_format = "yyyy-mm-dd"

    fault = the_fault(tmp_path, workbook(fill))
    assert ("inget datum" in fault.what, fault.rows, fault.column, fault.value) == (
        True,
        (3,),
        "Täljare",
        "99999999",
    )


def test_another_prefix_and_no_references(tmp_path: Path) -> None:
    def change(name: str, content: bytes) -> bytes:
        if name != SHEET:
            return content
        content = re.sub(rb' r="[A-Z]*\d+"', b"", content)
        content = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", content)
        return content.replace(b"xmlns=", b"xmlns:x=")

    assert cells(opened(tmp_path, repacked(workbook(), change))) == list(ROWS)


def test_percent_is_told_of(tmp_path: Path) -> None:
    def fill(book: Any) -> None:
        book.active["C2"] = 0.125
        book.active["C2"].number_format = "0.0%"

    table = opened(tmp_path, workbook(fill))
    assert cells(table)[0][2] == 0.125
    assert any("procent" in note and "”Täljare”" in note for note in table.notes)


class TestSheets:
    def test_the_third_is_the_only_one_with_rows(self, tmp_path: Path) -> None:
        def fill(book: Any) -> None:
            book.create_sheet("Om", 0)["A1"] = "Uttag ur systemet"
            book.create_sheet("Tom", 1)

        table = opened(tmp_path, workbook(fill))
        assert (table.sheet, table.sheets) == ("Data", ("Om", "Tom", "Data"))
        assert table.notes == ("Bladet ”Data” lästes.", "Inte lästa blad: ”Om”.")
        assert cells(table) == list(ROWS)

    def test_several_with_rows(self, tmp_path: Path) -> None:
        def fill(book: Any) -> None:
            other = book.create_sheet("Mer")
            other.append(("Konto", "Belopp"))
            other.append(("5010", 7))

        data = workbook(fill)
        fault = the_fault(tmp_path, data)
        assert (fault.what, fault.expected) == ("Flera blad har rader: ”Data”, ”Mer”.", "Välj blad.")
        assert opened(tmp_path, data, sheet="mer ").header == ("Konto", "Belopp")
        assert opened(tmp_path, data, sheet="Data").header == HEADER

    def test_one_that_does_not_exist(self, tmp_path: Path) -> None:
        fault = the_fault(tmp_path, workbook(), sheet="Saknas")
        assert (fault.what, fault.expected) == (
            "Bladet ”Saknas” finns inte.",
            "Välj ett blad som finns: ”Data”.",
        )

    def test_a_hidden_one_is_not_chosen_but_told_of(self, tmp_path: Path) -> None:
        def fill(book: Any) -> None:
            other = book.create_sheet("Dolt")
            other.append(("Konto", "Belopp"))
            other.append(("5010", 7))
            other.sheet_state = "veryHidden"

        table = opened(tmp_path, workbook(fill))
        assert table.sheet == "Data"
        assert "Inte lästa blad: ”Dolt”." in table.notes

    def test_a_hidden_one_with_the_only_rows(self, tmp_path: Path) -> None:
        def fill(book: Any) -> None:
            book.create_sheet("Framsida")["A1"] = "Hej"
            book["Data"].sheet_state = "hidden"
            book.active = 1

        assert "Bladet är dolt i arbetsboken." in opened(tmp_path, workbook(fill)).notes

    def test_hidden_rows_and_columns_are_read_and_told_of(self, tmp_path: Path) -> None:
        def fill(book: Any) -> None:
            book.active.row_dimensions[3].hidden = True
            book.active.column_dimensions["C"].hidden = True

        table = opened(tmp_path, workbook(fill))
        assert cells(table) == list(ROWS)
        assert table.notes == (
            "Bladet har dolda rader. De lästes som de andra.",
            "Dolda kolumner lästes som de andra: ”Täljare”.",
        )

    def test_nothing_anywhere(self, tmp_path: Path) -> None:
        def empty(book: Any) -> None:
            book.active.delete_rows(1, 9)

        def only_headings(book: Any) -> None:
            book.active.delete_rows(2, 9)

        def only_a_title(book: Any) -> None:
            empty(book)
            book.active["A1"] = "Rapport"

        assert the_fault(tmp_path, workbook(empty)).what == "Arbetsboken är tom."
        assert the_fault(tmp_path, workbook(empty), sheet="Data").what == "Bladet ”Data” är tomt."
        assert (
            the_fault(tmp_path, workbook(only_headings)).what == "Bladet ”Data” har rubriker men inga rader."
        )
        assert "Ingen rad med rubriker" in the_fault(tmp_path, workbook(only_a_title)).what

    def test_headings_further_down(self, tmp_path: Path) -> None:
        def fill(book: Any) -> None:
            book.active.insert_rows(1, 3)
            book.active["A1"] = "Rapport"
            book.active.merge_cells("A1:D1")

        table = opened(tmp_path, workbook(fill))
        assert (table.header, table.header_row) == (HEADER, 4)
        assert [line.number for line in table.lines()] == [5, 6]
        assert check_lines(table) == []
        assert opened(tmp_path, workbook(fill), header_row=5).header == ROWS[0]
        assert "rad 2" in the_fault(tmp_path, workbook(fill), header_row=2).what

    def test_headings_far_down_where_they_are_told(self, tmp_path: Path) -> None:
        def fill(book: Any) -> None:
            for number in range(80):
                book.active.append((f"rad {number}", "x"))

        assert opened(tmp_path, workbook(fill), header_row=70).header == ("rad 66", "x")

    def test_two_hundred_columns(self, tmp_path: Path) -> None:
        def fill(book: Any) -> None:
            for column in range(1, 201):
                book.active.cell(1, column, f"k{column}")

        assert "200 kolumner" in the_fault(tmp_path, workbook(fill)).what

    def test_values_beside_the_headings(self, tmp_path: Path) -> None:
        def fill(book: Any) -> None:
            book.active["F3"] = "anmärkning"

        fault = the_fault(tmp_path, workbook(fill))
        assert (fault.what, fault.rows) == ("Kolumn F har värden men ingen rubrik.", (3,))


class TestCells:
    def test_formulas(self, tmp_path: Path) -> None:
        def fill(book: Any) -> None:
            book.active["C2"] = "=SUM(D2:D3)"
            book.active["D3"] = "=1+1"
            book.active["C3"] = "=1"

        found = faults_of(tmp_path, workbook(fill))
        assert [(fault.what, fault.rows, fault.column) for fault in found] == [
            ("Cellen har en formel.", (2, 3), "Täljare"),
            ("Cellen har en formel.", (3,), "Nämnare"),
        ]
        assert all("Klistra in som värden" in fault.expected for fault in found)

    def test_a_formula_in_a_heading(self, tmp_path: Path) -> None:
        def fill(book: Any) -> None:
            book.active["C1"] = "=A1"

        assert (the_fault(tmp_path, workbook(fill)).rows) == (1,)

    def test_error_values(self, tmp_path: Path) -> None:
        def fill(book: Any) -> None:
            book.active["D2"] = "#DIV/0!"

        fault = the_fault(tmp_path, workbook(fill))
        assert (fault.what, fault.rows, fault.column, fault.value) == (
            "Cellen har ett felvärde.",
            (2,),
            "Nämnare",
            "#DIV/0!",
        )

    def test_merged_cells(self, tmp_path: Path) -> None:
        def fill(book: Any) -> None:
            book.active.merge_cells("A2:A3")
            book.active.merge_cells("H20:J22")

        fault = the_fault(tmp_path, workbook(fill))
        assert "sammanslagna celler" in fault.what
        assert (fault.rows, fault.column, fault.value) == ((2,), "Verksamhet", "A2:A3")

    def test_merged_headings(self, tmp_path: Path) -> None:
        data = changed("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>')
        assert the_fault(tmp_path, data).rows == (1,)

    def test_control_characters_and_long_texts(self, tmp_path: Path) -> None:
        def fill(book: Any) -> None:
            book.active["A2"] = "x_x0007_"
            book.active["A3"] = "y" * 2_001

        found = faults_of(tmp_path, workbook(fill))
        assert [(fault.rows, fault.column) for fault in found] == [((2,), "Verksamhet"), ((3,), "Verksamhet")]
        assert "styrtecken" in found[0].what
        assert "2\u00a0000 tecken" in found[1].what

    def test_everything_at_once(self, tmp_path: Path) -> None:
        def fill(book: Any) -> None:
            sheet = book.active
            sheet["C2"], sheet["D2"], sheet["A3"] = "=1", "#N/A", "900101-1234"
            sheet.append(("a", "2023-12", 1, 2))
            sheet.merge_cells("B2:B3")

        data = workbook(fill)
        assert len(faults_of(tmp_path, data)) == 4
        assert [line.number for line in opened(tmp_path, data).lines(Findings(NAME))] == [4]
        with pytest.raises(FileRefused, match=r"bok\.xlsx, rad 2"):
            list(opened(tmp_path, data, NAME).lines())

    def test_too_many_rows(self, tmp_path: Path) -> None:
        assert "fler än 1 rader" in the_fault(tmp_path, workbook(), limits=Limits(rows=1)).what


OTHER_ARCHIVES = {
    "zip": ({"a.csv": b"a;b"}, "komprimerat arkiv (zip)"),
    "Word": ({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<x/>"}, "Word"),
    "OpenDocument": ({"mimetype": b"application/vnd.oasis.opendocument", "content.xml": b"<x/>"}, "OpenDocument"),
    "xlsb": ({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"x"}, ".xlsb"),
    "nothing": ({}, "tom"),
}  # fmt: skip


@pytest.mark.parametrize(("parts", "word"), OTHER_ARCHIVES.values(), ids=OTHER_ARCHIVES)
def test_other_archives(tmp_path: Path, parts: dict[str, bytes], word: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert word in the_fault(tmp_path, out.getvalue(), NAME).what


class TestHarm:
    def test_macros(self, tmp_path: Path) -> None:
        for part in ("xl/vbaProject.bin", "xl/macrosheets/sheet1.xml", "xl/other/VBAPROJECT.bin"):
            data = repacked(workbook(), lambda _, content: content, {part: b"x"})
            for name in (NAME, "bok.xlsm", "bok.csv"):
                assert the_fault(tmp_path, data, name).what == "Arbetsboken innehåller makron."

    def test_macros_by_what_it_says_of_itself(self, tmp_path: Path) -> None:
        main = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main"
        data = changed(
            re.escape(main), "application/vnd.ms-excel.sheet.macroEnabled.main", "[Content_Types].xml"
        )
        assert the_fault(tmp_path, data).what == "Arbetsboken innehåller makron."

    def test_links_to_other_workbooks(self, tmp_path: Path) -> None:
        data = repacked(
            workbook(), lambda _, content: content, {"xl/externalLinks/externalLink1.xml": b"<x/>"}
        )
        assert "länkar till andra arbetsböcker" in the_fault(tmp_path, data).what

    @pytest.mark.parametrize(
        "part", ["xl/embeddings/oleObject1.bin", "xl/media/inner.zip", "bok.xlsx", "xl/model/item.data"]
    )
    def test_files_in_the_file(self, tmp_path: Path, part: str) -> None:
        data = repacked(workbook(), lambda _, content: content, {part: workbook()})
        assert "inbäddade" in the_fault(tmp_path, data).what

    def test_several_kinds_are_told_at_once(self, tmp_path: Path) -> None:
        more = {
            "xl/vbaProject.bin": b"x",
            "xl/externalLinks/externalLink1.xml": b"<x/>",
            "xl/embeddings/x.bin": b"x",
        }
        assert len(faults_of(tmp_path, repacked(workbook(), lambda _, content: content, more))) == 3

    @pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "docProps/core.xml"])
    def test_entities(self, tmp_path: Path, part: str) -> None:
        bomb = b'<!DOCTYPE x [<!ENTITY a "' + b"a" * 50 + b'"><!ENTITY b "' + b"&a;" * 50 + b'">]>'

        def change(name: str, content: bytes) -> bytes:
            if name != part:
                return content
            start = content.index(b"?>") + 2 if content.startswith(b"<?xml") else 0
            return content[:start] + bomb + content[start:]

        assert "DTD" in the_fault(tmp_path, repacked(workbook(), change)).what

    def test_a_document_type_far_into_a_part(self, tmp_path: Path) -> None:
        late = "<!--" + "x" * 300_000 + "--><!DOCTYPE x SYSTEM 'file:///etc/passwd'><worksheet"
        assert "DTD" in the_fault(tmp_path, changed("<worksheet", late)).what

    def test_comments_and_pivot_tables_about_persons(self, tmp_path: Path) -> None:
        comment = b"<comment><text><r><t>900101</t></r><r><t>-1234</t></r></text></comment>"
        parts = {
            "xl/comments/comment1.xml": b"<comments>" + comment + b"</comments>",
            "xl/pivotCache/pivotCacheDefinition1.xml": b'<x><s v="900101-1234"/></x>',
        }
        found = faults_of(tmp_path, repacked(workbook(), lambda _, content: content, parts))
        assert [fault.what.partition(", i ")[2] for fault in found] == [
            "en kommentar.",
            "en pivottabells underlag.",
        ]

    def test_a_sheet_named_as_a_person(self, tmp_path: Path) -> None:
        def fill(book: Any) -> None:
            book.active.title = "900101-1234"

        fault = the_fault(tmp_path, workbook(fill))
        assert "blads namn" in fault.what
        assert "900101" not in str(fault)


def test_parts_named_in_another_case(tmp_path: Path) -> None:
    data = changed("sharedStrings.xml", "SHAREDSTRINGS.xml", "xl/_rels/workbook.xml.rels")
    assert cells(opened(tmp_path, data)) == list(ROWS)


class TestBombs:
    def test_a_part_that_is_packed_too_hard(self, tmp_path: Path) -> None:
        data = changed("</worksheet>", "<!--" + " " * 12_000_000 + "--></worksheet>")
        assert len(data) < 100_000
        tracemalloc.start()
        try:
            fault = the_fault(tmp_path, data)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert "när den packas upp" in fault.what
        assert "högst 1\u00a0000\u00a0MB" in fault.expected
        assert peak < 8_000_000

    def test_all_parts_together(self, tmp_path: Path) -> None:
        more = {f"xl/media/{n}.xml": b"<x>" + bytes(str(n), "ascii") * 200 + b"</x>" for n in range(50)}
        data = repacked(workbook(), lambda _, content: content, more)
        assert faults_of(tmp_path, data) == []
        assert "när den packas upp" in the_fault(tmp_path, data, limits=Limits(unpacked=15_000)).what

    def test_too_many_parts(self, tmp_path: Path) -> None:
        more = {f"xl/media/{n}.xml": b"<x/>" for n in range(1_000)}
        assert "delar" in the_fault(tmp_path, repacked(workbook(), lambda _, content: content, more)).what

    def test_a_part_that_is_larger_than_it_says(self, tmp_path: Path) -> None:
        data = bytearray(workbook())
        at = data.rindex(SHEET.encode()) - 46
        assert data[at : at + 4] == b"PK\x01\x02"
        data[at + 24 : at + 28] = (100).to_bytes(4, "little")
        assert "skadad" in the_fault(tmp_path, bytes(data)).what

    def test_too_much_text(self, tmp_path: Path) -> None:
        assert "för mycket text" in the_fault(tmp_path, workbook(), limits=Limits(texts=20)).what

    def test_endless_depth_and_endless_tags(self, tmp_path: Path) -> None:
        assert (
            "skadad"
            in the_fault(tmp_path, changed("<sheetData>", "<a>" * 100 + "</a>" * 100 + "<sheetData>")).what
        )
        noise = "".join(f"{n:x}" for n in range(1_000_000))
        assert "skadad" in the_fault(tmp_path, changed("<sheetData>", f'<a b="{noise}"/><sheetData>')).what

    def test_a_sheet_listed_many_times(self, tmp_path: Path) -> None:
        data = changed(r"<sheets>(<sheet .*?/>)</sheets>", r"<sheets>\1\1\1</sheets>", "xl/workbook.xml")
        assert "skadad" in the_fault(tmp_path, data).what

    def test_cells_far_away_take_no_room(self, tmp_path: Path) -> None:
        def fill(book: Any) -> None:
            book.active["A1048576"] = "sist"
            book.active["B1048576"] = "2023-12"

        tracemalloc.start()
        try:
            lines = lines_of(tmp_path, workbook(fill))
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert lines[-1] == Line(1_048_576, ("sist", "2023-12", None, None))
        assert peak < 8_000_000


class TestDamage:
    @pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
    def test_truncated(self, tmp_path: Path, share: float) -> None:
        data = workbook()
        fault = the_fault(tmp_path, data[: int(len(data) * share)], NAME)
        assert fault.what == "Arbetsboken är avbruten eller skadad."
        assert "Ladda upp" in fault.expected

    def test_flipped_bytes_are_seen_by_the_check_sum(self, tmp_path: Path) -> None:
        data = bytearray(workbook())
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            at = archive.getinfo(SHEET).header_offset + 30 + len(SHEET) + 20
        data[at] ^= 0xFF
        assert "skadad" in the_fault(tmp_path, bytes(data)).what

    @pytest.mark.parametrize(
        ("pattern", "text"),
        [
            ('r="2"', 'r="1"'),
            ('r="B2"', 'r="A2"'),
            ('r="B2"', 'r="ÅÄ2"'),
            ('r="B2"', 'r="ZZZ2"'),
            ("<v>4</v>", "<v>4000</v>"),
            ("<v>4</v>", "<v>-1</v>"),
            ("<v>4</v>", "<v>x</v>"),
            ('t="s"><v>4', 't="n"><v>1_0'),
            ('t="s"><v>4', 't="?"><v>4'),
            ('<row r="2"', '<row r="9999999"'),
            ("</sheetData>", ""),
        ],
    )
    def test_xml_that_makes_no_sense(self, tmp_path: Path, pattern: str, text: str) -> None:
        assert "skadad" in the_fault(tmp_path, changed(pattern, text)).what

    @pytest.mark.parametrize(
        "part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedStrings.xml"]
    )
    def test_parts_that_are_missing_or_nonsense(self, tmp_path: Path, part: str) -> None:
        def missing(name: str, content: bytes) -> bytes | None:
            return None if name == part else content

        def nonsense(name: str, content: bytes) -> bytes:
            return b"<a><b></a>" if name == part else content

        assert "skadad" in the_fault(tmp_path, repacked(workbook(), nonsense)).what
        found = faults_of(tmp_path, repacked(workbook(), missing))
        # Without styles there are no dates to know, and the cells are as they are.
        assert bool(found) is (part != "xl/styles.xml")

    def test_one_of_the_old_kind(self, tmp_path: Path) -> None:
        ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 3_000
        assert "(.xls)" in the_fault(tmp_path, ole, NAME).what
        locked = the_fault(tmp_path, ole + "EncryptedPackage".encode("utf-16-le") + b"\0" * 100, NAME)
        assert "lösenord" in locked.what
        assert "lösenord" in locked.expected

    def test_an_archive_with_a_password(self, tmp_path: Path) -> None:
        data = bytearray(workbook())
        for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = -1
            while (at := data.find(mark, at + 1)) >= 0:
                data[at + flags] |= 1
        assert "lösenord" in the_fault(tmp_path, bytes(data)).what

    def test_changed_between_two_readings(self, tmp_path: Path) -> None:
        table = opened(tmp_path, workbook(), NAME)
        table.path.write_bytes(csv_bytes((HEADER, *ROWS)))
        with pytest.raises(FileRefused):
            list(table.lines())
