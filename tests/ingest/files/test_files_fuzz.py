"""Whatever the bytes are, they are read or refused in words: no other error comes out."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hsf_kpi.ingest.files import Limits, check_lines, open_table
from hsf_kpi.model.incoming import FileRefused
from tests.ingest.files.file_samples import GOOD_CSV, repacked, workbook

SOME = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
GOOD_BOOK = workbook()
PARTS = tuple(name for name in zipfile.ZipFile(io.BytesIO(GOOD_BOOK)).namelist() if "theme" not in name)
LIMITS = Limits(line=5_000, cell=200)

SCRAPS = r"""
" ; < > & <v> </c> "-1" 1e999 nan r="A0" r="XFD1" 999999999999 <f/> <mergeCell|ref="A:B"/> <mergeCell|ref=""/> <row> t="d"
t="e" t="s" s="99" &#0; &x; <![CDATA[ <!-- _xD800_
"""
scraps = st.one_of(
    st.binary(max_size=6),
    st.sampled_from(
        [b"\r", b"\n", b"\0", b"\xef\xbb\xbf", *(text.replace("|", " ").encode() for text in SCRAPS.split())]
    ),
)
cuts = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 6), scraps), min_size=1, max_size=4)


def mutated(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    """Some bytes taken out at each place, and others put there."""
    for place, length, scrap in changes:
        at = int(place * len(data))
        data = data[:at] + scrap + data[at + length :]
    return data


def read_or_refused(folder: Path, data: bytes) -> None:
    path = folder / "fil"
    path.write_bytes(data)
    try:
        table = open_table(path, "fil.csv", limits=LIMITS)
        faults = check_lines(table)
        numbers = [line.number for line in table.lines()]
    except FileRefused as refused:
        faults = list(refused.faults)
    else:
        assert numbers == sorted(set(numbers))
        assert faults == []
        assert len(table.header) >= 2
        assert {len(line.cells) for line in table.lines()} <= {len(table.header)}
        return
    assert faults
    for fault in faults:
        assert fault.what.endswith(".")
        assert fault.expected.endswith(".")
        assert len(fault.value) <= 80


@SOME
@given(
    st.one_of(st.binary(max_size=200), st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace")))
)
def test_any_bytes(tmp_path: Path, data: bytes) -> None:
    read_or_refused(tmp_path, data)


@SOME
@given(st.text('ab;,\t"\r\n 1.\0<é', max_size=60), st.sampled_from(["utf-8", "cp1252", "utf-16"]))
def test_almost_tables(tmp_path: Path, text: str, encoding: str) -> None:
    read_or_refused(tmp_path, text.encode(encoding))


@SOME
@given(cuts)
def test_broken_csv(tmp_path: Path, changes: list[tuple[float, int, bytes]]) -> None:
    read_or_refused(tmp_path, mutated(GOOD_CSV, changes))


@SOME
@given(cuts)
def test_broken_archives(tmp_path: Path, changes: list[tuple[float, int, bytes]]) -> None:
    read_or_refused(tmp_path, mutated(GOOD_BOOK, changes))


@settings(SOME, max_examples=100)
@given(st.sampled_from(PARTS), cuts)
def test_broken_parts_of_whole_archives(
    tmp_path: Path, part: str, changes: list[tuple[float, int, bytes]]
) -> None:
    read_or_refused(
        tmp_path,
        repacked(GOOD_BOOK, lambda name, content: mutated(content, changes) if name == part else content),
    )
