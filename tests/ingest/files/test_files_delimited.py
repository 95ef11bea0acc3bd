"""CSV files: every dialect is read, and what can't be trusted is refused with row and reason."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from hsf_kpi.ingest.files import Findings, Limits, Line, check_lines, open_table
from hsf_kpi.model.incoming import FileRefused
from tests.ingest.files.file_samples import (
    A_PERSON,
    GOOD_CSV,
    HEADER,
    ROWS,
    cells,
    csv_bytes,
    faults_of,
    lines_of,
    opened,
    the_fault,
    workbook,
)

ENDS = {"windows": "\r\n", "unix": "\n", "old mac": "\r"}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_every_dialect(tmp_path: Path, delimiter: str, end: str, encoding: str) -> None:
    rows = [HEADER, *([f'"{text}"' for text in row] for row in ROWS)]
    table = opened(tmp_path, csv_bytes(rows, delimiter, end, encoding))
    assert (table.kind, table.delimiter, table.encoding) == ("csv", delimiter, encoding)
    assert table.header == HEADER
    assert [line.number for line in table.lines()] == [2, 3]
    assert cells(table) == list(ROWS)


def test_what_is_told_of_a_good_file(tmp_path: Path) -> None:
    table = opened(tmp_path, GOOD_CSV, "utfall.csv")
    assert table.name == "utfall.csv"
    assert table.sha256 == hashlib.sha256(GOOD_CSV).hexdigest()
    assert table.size == len(GOOD_CSV)
    assert table.header_row == 1
    assert table.notes == ("Tecknen är UTF-8.", "Kolumnerna skiljs åt med semikolon.")
    assert check_lines(table) == []


def test_blanks_are_nothing_and_empty_rows_are_left_out(tmp_path: Path) -> None:
    data = "a;b;c\r\n 1 ; ;x\r\n;;\r\n\r\n2;\u00a0;\r\n".encode()
    assert lines_of(tmp_path, data) == [Line(2, ("1", None, "x")), Line(5, ("2", None, None))]


def test_a_field_with_line_breaks_and_quotes_is_one_row(tmp_path: Path) -> None:
    data = b'a;b\n"x ""y""\nz; w";1\nu;2\n'
    assert lines_of(tmp_path, data) == [Line(2, ('x "y"\nz; w', "1")), Line(3, ("u", "2"))]


def test_text_like_a_formula_is_text(tmp_path: Path) -> None:
    data = b"a;b\n=cmd|' /C calc'!A0;@SUM(1)\n+46 21;-x\n"
    assert cells(opened(tmp_path, data)) == [("=cmd|' /C calc'!A0", "@SUM(1)"), ("+46 21", "-x")]


def test_columns_without_a_heading_and_a_value_are_cut_off(tmp_path: Path) -> None:
    table = opened(tmp_path, b"a;b;;\n1;2;;\n3;4\n")
    assert (table.header, cells(table)) == (("a", "b"), [("1", "2"), ("3", "4")])


def test_the_sign_that_excel_is_told_of(tmp_path: Path) -> None:
    table = opened(tmp_path, b"sep=,\na,b\n1;2,3\n")
    assert (table.delimiter, table.header_row, cells(table)) == (",", 2, [("1;2", "3")])


@pytest.mark.parametrize(
    ("data", "delimiter"),
    [
        ("Verksamhet;Andel\na;1,5\nb;2,5\n", ";"),
        ("Verksamhet,Andel\na,1.5\nb,2.5\n", ","),
        ("Namn, ort;Andel\na, b;1\nc, d;2\n", ";"),
        ("Verksamhet\tNamn, ort; land\na\tb, c; d\n", "\t"),
    ],
)
def test_the_sign_between_the_columns(tmp_path: Path, data: str, delimiter: str) -> None:
    assert opened(tmp_path, data.encode()).delimiter == delimiter


class TestHeading:
    def test_below_a_title(self, tmp_path: Path) -> None:
        data = csv_bytes((("Rapport", "", "", ""), ("Uttag", "2023-11-14", "", ""), ("",) * 4, HEADER, *ROWS))
        table = opened(tmp_path, data)
        assert (table.header, table.header_row) == (HEADER, 4)
        assert [line.number for line in table.lines()] == [5, 6]
        assert "Rubrikerna står på rad 4. Raderna ovanför lästes inte." in table.notes

    def test_a_title_of_two_texts_is_narrower_than_the_rows(self, tmp_path: Path) -> None:
        data = csv_bytes((("Rapport", "Region Västmanland", "", ""), HEADER, *ROWS))
        assert opened(tmp_path, data).header == HEADER

    def test_the_expected_ones_are_known_however_they_are_written(self, tmp_path: Path) -> None:
        data = csv_bytes((("alla", "rader", "om", "allt"), ("VERKSAMHET", " period\u00a0", "x", "y"), *ROWS))
        assert opened(tmp_path, data).header_row == 1
        assert opened(tmp_path, data, expected={"Verksamhet", "Period"}).header_row == 2
        assert opened(tmp_path, data, expected={"Verksamhet", "Månad"}).header_row == 1

    def test_the_row_that_is_asked_for(self, tmp_path: Path) -> None:
        data = csv_bytes((("x", "y", "z", "u"), ("Enhet", "2023", "2024", "2025"), *ROWS))
        table = opened(tmp_path, data, header_row=2)
        assert table.header == ("Enhet", "2023", "2024", "2025")
        fault = the_fault(tmp_path, data, header_row=9)
        assert "rad 9" in fault.what

    @pytest.mark.parametrize("first", ["1;2\n3;4\n", "x\ny\n", "2023-01;2023-02\n1;2\n", "a\n1\n"])
    def test_there_is_none(self, tmp_path: Path, first: str) -> None:
        assert "Ingen rad med rubriker" in the_fault(tmp_path, first.encode()).what

    def test_nothing_below_it(self, tmp_path: Path) -> None:
        for data in (b"a;b\n", b"a;b", b"a;b\n;\n \n"):
            assert the_fault(tmp_path, data).what == "Filen har rubriker men inga rader."

    def test_the_same_twice(self, tmp_path: Path) -> None:
        fault = the_fault(tmp_path, b"Belopp;Konto;belopp \n1;2;3\n")
        assert fault.what == "Rubriken ”belopp” står i både kolumn A och C."
        assert fault.rows == (1,)

    def test_values_under_none(self, tmp_path: Path) -> None:
        fault = the_fault(tmp_path, b"a;;c\n1;;3\n1;2;3\n1;4;3\n")
        assert fault.what == "Kolumn B har värden men ingen rubrik."
        assert (fault.rows, fault.count) == ((3, 4), 2)

    def test_two_hundred_columns(self, tmp_path: Path) -> None:
        data = csv_bytes(([f"k{n}" for n in range(200)], ["1"] * 200))
        fault = the_fault(tmp_path, data)
        assert "200 kolumner" in fault.what
        assert "högst 100" in fault.expected
        assert len(opened(tmp_path, csv_bytes(([f"k{n}" for n in range(100)], ["1"] * 100))).header) == 100

    def test_a_persons_number_in_it(self, tmp_path: Path) -> None:
        fault = the_fault(tmp_path, f"a;{A_PERSON}\n1;2\n".encode())
        assert "personnummer" in fault.what
        assert A_PERSON not in str(fault)


class TestRows:
    def test_too_few_and_too_many_fields(self, tmp_path: Path) -> None:
        found = faults_of(tmp_path, b"a;b;c\n1;2\n1;2;3\n1;2;3;4\n5;6\n1;2;3\n")
        assert [(fault.what, fault.rows, fault.count) for fault in found] == [
            ("Raden har 2 fält, men det finns 3 rubriker.", (2, 5), 2),
            ("Raden har 4 fält, men det finns 3 rubriker.", (4,), 1),
        ]

    def test_a_decimal_comma_between_commas(self, tmp_path: Path) -> None:
        fault = the_fault(tmp_path, b"a,b\nx,1\ny,1,5\nz,2\n")
        assert "citattecken" in fault.expected
        assert "decimalkomma" in fault.expected

    def test_faulty_rows_are_left_out_of_what_is_read(self, tmp_path: Path) -> None:
        table = opened(tmp_path, b"a;b\n1;2\n1\n3;4\n")
        assert [line.number for line in table.lines(Findings("fil.csv"))] == [2, 4]

    def test_without_anywhere_to_tell_the_first_fault_stops_the_reading(self, tmp_path: Path) -> None:
        lines = opened(tmp_path, b"a;b\n1;2\n1\n3;4\n").lines()
        assert next(lines).number == 2
        with pytest.raises(FileRefused, match=r"fil\.csv, rad 3: Raden har 1 fält"):
            next(lines)

    def test_the_same_fault_of_many_rows_is_told_once(self, tmp_path: Path) -> None:
        fault = the_fault(tmp_path, b"a;b\n1;2\n" + b"1\n" * 30)
        assert (fault.rows, fault.count) == ((3, 4, 5, 6, 7), 30)

    def test_at_most_a_thousand_faults_are_kept(self, tmp_path: Path) -> None:
        rows = [["a", "b"], ["1", "2"], *(["x"] * (3 + n) for n in range(1_200))]
        found = faults_of(tmp_path, csv_bytes(rows), limits=Limits(columns=2_000))
        assert len(found) == 1_001
        assert found[-1].what == "Ytterligare 200 fel visas inte."

    def test_too_many_rows(self, tmp_path: Path) -> None:
        data = b"a;b\n" + b"1;2\n" * 6
        assert faults_of(tmp_path, data, limits=Limits(rows=6)) == []
        assert "fler än 5 rader" in the_fault(tmp_path, data, limits=Limits(rows=5)).what

    def test_a_long_text(self, tmp_path: Path) -> None:
        data = ("a;b\n" + "x" * 2_001 + ";1\n" + "x" * 2_000 + ";2\n").encode()
        fault = the_fault(tmp_path, data)
        assert (fault.what, fault.rows, fault.column) == ("Texten är längre än 2\u00a0000 tecken.", (2,), "a")

    def test_no_line_ends_at_all(self, tmp_path: Path) -> None:
        data = b"a;b\n1;2\n" + b"x" * 5_000
        assert "radslut" in faults_of(tmp_path, data, limits=Limits(line=1_000))[0].expected

    @pytest.mark.parametrize("sign", ["\0", "\x07", "\x1a", "\x7f", "\x9b", "\ufffe"])
    def test_control_characters(self, tmp_path: Path, sign: str) -> None:
        filler = "".join(f"{n};text {n}\n" for n in range(8_000))
        fault = the_fault(tmp_path, f"a;b\n{filler}x;y{sign}\n".encode())
        assert ("styrtecken" in fault.what, fault.rows, fault.column) == (True, (8_002,), "b")


class TestTruncated:
    def test_in_the_middle_of_the_last_row(self, tmp_path: Path) -> None:
        fault = the_fault(tmp_path, b"a;b;c\n1;2;3\n4;5")
        assert "avbruten" in fault.what
        assert "2 fält av 3" in fault.what
        assert fault.rows == (3,)

    def test_a_short_last_row_with_its_line_end(self, tmp_path: Path) -> None:
        assert "avbruten" not in the_fault(tmp_path, b"a;b;c\n1;2;3\n4;5\n").what

    def test_a_whole_last_row_needs_no_line_end(self, tmp_path: Path) -> None:
        assert cells(opened(tmp_path, b"a;b\n1;2")) == [("1", "2")]

    def test_in_the_middle_of_a_quoted_field(self, tmp_path: Path) -> None:
        fault = the_fault(tmp_path, b'a;b\n1;2\n3;"text som inte')
        assert ("stängs aldrig" in fault.what, fault.rows) == (True, (3,))

    def test_a_quote_that_is_never_closed_does_not_fill_the_memory(self, tmp_path: Path) -> None:
        found = faults_of(tmp_path, b'a;b\n1;"2\n' + b"3;4\n" * 60_000)
        assert "stängs aldrig" in found[0].what
        assert found[0].rows == (2,)

    def test_a_quote_in_the_middle_of_a_field(self, tmp_path: Path) -> None:
        fault = the_fault(tmp_path, b'a;b\n"x" y;2\n3;4\n')
        assert ("mitt i ett fält" in fault.what, fault.rows) == (True, (2,))


class TestCharacters:
    def test_utf8_beside_windows(self, tmp_path: Path) -> None:
        data = "a;b\nNärvård;1\nplain;1\n".encode() + "Öst;2\n".encode("cp1252")
        fault = the_fault(tmp_path, data)
        assert "som UTF-8 på rad 2, men inte på rad 4" in fault.what
        assert "CSV UTF-8" in fault.expected

    def test_the_other_way_round_and_on_the_last_row(self, tmp_path: Path) -> None:
        data = "a;b\nÖst;2\n".encode("cp1252") + "Närvård;1".encode()
        assert "som UTF-8 på rad 3, men inte på rad 2" in the_fault(tmp_path, data).what

    def test_both_on_one_row(self, tmp_path: Path) -> None:
        data = b"a;b\nN\xc3\xa4r;\xd6st\n"
        assert "rad 2" in the_fault(tmp_path, data).what

    def test_neither(self, tmp_path: Path) -> None:
        fault = the_fault(tmp_path, b"a;b\n1;2\n\xe5\x81;1\n")
        assert fault.what == "Tecknen på rad 3 är varken UTF-8 eller Windows-1252."

    def test_a_byte_order_mark_before_something_else(self, tmp_path: Path) -> None:
        assert "rad 2" in the_fault(tmp_path, b"\xef\xbb\xbfa;b\n\xe5;1\n").what

    @pytest.mark.parametrize("text", ["HÖ”", "Å–Ä", "NÄ…", "ÅÄÖ åäö é", "20 €", "’x’", "½", "±"])
    def test_windows_text_is_not_mistaken(self, tmp_path: Path, text: str) -> None:
        table = opened(tmp_path, f"a;b\n{text};Närvård\n".encode("cp1252"))
        assert (table.encoding, cells(table)) == ("cp1252", [(text, "Närvård")])
        assert table.notes[0] == "Tecknen är Windows-1252."

    def test_a_sign_across_two_pieces_of_the_file(self, tmp_path: Path) -> None:
        filler = "a;b\n" + "x;1\n" * 262_143
        data = filler.encode()[:-1] + "å;2\n".encode()
        assert len(filler) == 1 << 20
        assert data[(1 << 20) - 1 : (1 << 20) + 1] == "å".encode()
        assert opened(tmp_path, data).encoding == "utf-8"


NO_TABLES = {
    "PNG": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "bild"),
    "JPEG": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "bild"),
    "GIF": (b"GIF89a\x01\x00", "bild"),
    "BMP": (b"BM\x36\x00\x00\x00", "bild"),
    "HEIC": (b"\0\0\0\x18ftypheic", "bild"),
    "SVG": (b"<?xml version='1.0'?><svg xmlns='x'/>", "bild"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
    "RTF": (b"{\\rtf1 x}", "RTF"),
    "gzip": (b"\x1f\x8b\x08\x00", "komprimerat arkiv"),
    "7z": (b"7z\xbc\xaf\x27\x1c", "komprimerat arkiv"),
    "HTML": (b"\xef\xbb\xbf  <!DOCTYPE html><html>", "HTML"),
    "HTML table": (b"<table><tr><td>1</td>", "HTML"),
    "HTML after a comment": (b"<!-- x --><html>", "HTML"),
    "XML": (b"<?xml version='1.0'?><data/>", "XML"),
    "UTF-16": ("a;b\n1;2\n".encode("utf-16"), "UTF-16"),
    "UTF-16 without a mark": ("Verksamhet;b\n1;2\n".encode("utf-16-le"), "UTF-16"),
    "binary": (bytes(range(256)) * 4, "ingen textfil"),
    "Parquet": (b"PAR1\x15\x04", "Parquet"),
    "database": (b"SQLite format 3\0", "databas"),
    "empty": (b"", "tom"),
    "blank": (b"\xef\xbb\xbf \r\n\r\n", "tom"),
}


@pytest.mark.parametrize(("data", "word"), NO_TABLES.values(), ids=NO_TABLES)
@pytest.mark.parametrize("name", ["data.csv", "data.xlsx"])
def test_what_is_no_table_is_told_whatever_its_name(
    tmp_path: Path, data: bytes, word: str, name: str
) -> None:
    fault = the_fault(tmp_path, data, name)
    assert word in fault.what
    assert fault.rows == ()


def test_a_file_that_begins_as_a_picture_or_page_may_be_text(tmp_path: Path) -> None:
    assert opened(tmp_path, b"BM;MM;II\n1;2;3\n").header == ("BM", "MM", "II")
    assert opened(tmp_path, b"<5;>5\nx;y\n").header == ("<5", ">5")


def test_a_workbook_named_csv_is_read_as_what_it_is(tmp_path: Path) -> None:
    assert opened(tmp_path, workbook(), "data.csv").kind == "xlsx"


def test_a_large_file_is_told_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "fil"
    with path.open("wb") as file:
        file.truncate(500_000_000)
    monkeypatch.setattr(Path, "open", lambda *args, **how: pytest.fail("read"))
    with pytest.raises(FileRefused) as told:
        open_table(path, "stor.csv")
    (fault,) = told.value.faults
    assert fault.what == "Filen är 500\u00a0MB."
    assert "högst 200\u00a0MB" in fault.expected


def test_a_persons_number_in_the_name(tmp_path: Path) -> None:
    fault = the_fault(tmp_path, GOOD_CSV, f"lista {A_PERSON}.csv")
    assert "namn" in fault.what
    with pytest.raises(FileRefused) as told:
        opened(tmp_path, GOOD_CSV, f"lista {A_PERSON}.csv")
    assert A_PERSON not in str(told.value)
    assert told.value.file == "filen"


def test_no_file(tmp_path: Path) -> None:
    for path in (tmp_path / "saknas", tmp_path):
        with pytest.raises(FileRefused, match="går inte att läsa"):
            open_table(path, "fil.csv")


def test_a_file_that_changes_while_it_is_read(tmp_path: Path) -> None:
    table = opened(tmp_path, GOOD_CSV)
    table.path.write_bytes(csv_bytes((HEADER, *ROWS), encoding="cp1252"))
    with pytest.raises(FileRefused, match="till slutet"):
        list(table.lines())
    table.path.unlink()
    with pytest.raises(FileRefused, match="till slutet"):
        list(table.lines())


def test_every_reading_is_the_whole_file(tmp_path: Path) -> None:
    table = opened(tmp_path, GOOD_CSV)
    first = table.lines()
    next(first)
    assert list(table.lines()) == list(table.lines())
    assert len(list(first)) == 1
