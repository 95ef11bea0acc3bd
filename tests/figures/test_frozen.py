"""A frozen report comes back as it was, or not at all; the same report has the same bytes, whoever freezes it and when."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hsf_kpi.figures.figure import Figure
from hsf_kpi.figures.frozen import freeze, marked, thaw, unmarked
from hsf_kpi.figures.report import EditionMark, LeftOut, Part, Report, Section
from hsf_kpi.model.edition import FORMAT, edition_id, report_hash
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import StoreError
from tests.figures.report_samples import figure, figures, report

QUIET = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
SAMPLE = report(figure(), figure(kind="table", rows=()))
MARK = EditionMark(
    "2023-10-hsf-7c1f20ab", "7c" * 32, dt.datetime(2023, 11, 20, 9, tzinfo=dt.UTC), "Controller", 7
)

WRITTEN = (
    r'{"format":1,"report":{"context":{"organisation":"dagens organisation",'
    r'"path":"H\u00e4lso- och sjukv\u00e5rdsf\u00f6rvaltningen","period":"oktober 2023","sex":"alla",'
    r'"state":"prelimin\u00e4rt","unit":"H\u00e4lso- och sjukv\u00e5rdsf\u00f6rvaltningen",'
    r'"unit_id":"hsf","view":"m\u00e5nad"},'
    r'"findings":["Sjukfr\u00e5nvaron \u00e4r \u00f6ver m\u00e5let."],"made":{"date":"2023-11-20"},'
    r'"meeting":"M\u00e5nadens uppf\u00f6ljning.","month":"2023-10","name":"M\u00e5nadsuppf\u00f6ljning",'
    r'"reaches":[{"through":{"index":24285},"units":["akut","hsf"]}],"sections":[{"id":"a",'
    r'"intro":["Tre av fyra."],"kind":"nyckeltal","left_out":[{"what":"Vikt","why":"Saknas."}],'
    r'"parts":[{"figure":{"caption":"Sjukfr\u00e5nvaro,'
    r' procent. H\u00e4lso- och sjukv\u00e5rdsf\u00f6rvaltningen, oktober 2023, m\u00e5nad.",'
    r'"columns":[{"key":"month","role":"label","title":"M\u00e5nad"},{"key":"date","role":"time",'
    r'"title":"Dag"},{"decimals":1,"key":"outcome","role":"outcome","title":"Utfall","unit":"percent"},'
    r'{"key":"outcome_text","role":"text","title":"Utfall"},{"key":"note","role":"note",'
    r'"title":"Anm\u00e4rkning"}],"context":{"organisation":"dagens organisation",'
    r'"path":"H\u00e4lso- och sjukv\u00e5rdsf\u00f6rvaltningen","period":"oktober 2023","sex":"alla",'
    r'"state":"prelimin\u00e4rt","unit":"H\u00e4lso- och sjukv\u00e5rdsf\u00f6rvaltningen",'
    r'"unit_id":"hsf","view":"m\u00e5nad"},"decimals":1,"kind":"trend","marks":[{"high":6.0,'
    r'"label":"M\u00e5l 6,0 %","low":6.0,"role":"target_high","since":1}],"options":{"file":"month,date,'
    r'outcome,note","shown":"month,outcome_text,note"},"origins":["demo"],"rows":[["september",'
    r'{"date":"2023-09-01"},6.61,"6,6 %*","en enhet saknas"],["oktober",{"date":"2023-10-01"},null,'
    r'"maskerat",""]],"sentence":"Kurva \u00f6ver sjukfr\u00e5nvaron.","slug":"sjukfranvaro",'
    r'"source":"K\u00e4lla: demodata.","title":"Sjukfr\u00e5nvaron ligger 0,'
    r'6 procentenheter \u00f6ver m\u00e5let","unit":"percent"},"id":"a","measures":["sjukfranvaro"],'
    r'"units":["hsf"]}],"title":"Nyckeltal"}],"template":"manadsuppfoljning",'
    r'"title":"M\u00e5nadsuppf\u00f6ljning oktober 2023"}}'
)
"""The first format, as it was written."""


def told(content: bytes) -> Report | str:
    """What is in it, or why it can't be read; any other fault comes through."""
    try:
        return thaw(content)
    except StoreError as error:
        return error.problems[0].what


def figures_of(one: Report) -> list[Figure]:
    return [part.figure for part in one.parts()]


def changed(change: Callable[[dict[str, Any]], object]) -> bytes:
    """The sample's bytes with something else in them."""
    content = json.loads(freeze(SAMPLE))
    change(content)
    return json.dumps(content).encode()


@QUIET
@given(shown=st.lists(figures(), max_size=2), words=st.text(), day=st.dates())
def test_what_is_frozen_comes_back_as_it_was(shown: list[Figure], words: str, day: dt.date) -> None:
    one = report(*shown, title=words, findings=(words, ""), made=day)
    content = freeze(one)
    found = thaw(content)
    assert found == one
    assert freeze(found) == content
    # A whole number stays whole, and minus zero minus: equality does not tell.
    rows = [[repr(value) for row in f.rows for value in row] for f in figures_of(found)]
    assert rows == [[repr(value) for row in f.rows for value in row] for f in shown]


def test_numbers_that_are_none_come_back_too() -> None:
    row = ("x", dt.datetime(2023, 1, 2, 3, 4, tzinfo=dt.UTC), float("inf"), "", float("nan"))
    found = figures_of(thaw(freeze(report(figure(rows=(row,))))))[0]
    assert found.rows[0][:4] == row[:4]
    assert repr(found.rows[0][4]) == "nan"


def test_the_bytes_are_the_same_wherever_they_are_made() -> None:
    """Written down, so that no later program makes other bytes of the same report, or other figures of the same bytes."""
    one = figure(rows=figure().rows[1:], comments=())
    small = report(one, reaches=report().reaches[:1], selection=None)
    assert freeze(small).decode() == WRITTEN
    assert thaw(WRITTEN.encode()) == small
    assert report_hash(WRITTEN.encode()) == "43f03cef9e9571f287aa32a34235f5057f8faaa0eb15364a2d5618007b758347"
    assert edition_id(Month.of(2023, 10), "hsf", report_hash(WRITTEN.encode())) == "2023-10-hsf-43f03cef"


def test_a_field_that_came_later_has_its_default() -> None:
    """And one that has its default is not in the bytes, so that old editions keep their hash."""
    assert b'"empty"' not in freeze(SAMPLE)
    assert b'"comments"' not in freeze(report(figure(comments=())))
    bare = changed(lambda c: c["report"]["sections"][0]["parts"][0]["figure"].pop("marks"))
    assert figures_of(thaw(bare))[0] == figure(marks=())


@pytest.mark.parametrize(
    "change",
    [
        lambda c: c["report"].update(unheard_of=1),
        lambda c: c["report"].pop("title"),
        lambda c: c["report"].update(title=7),
        lambda c: c["report"].update(made={"day": "2023-11-20"}),
        lambda c: c["report"].update(made={"date": "2023-13-20"}),
        lambda c: c["report"].update(made={}),
        lambda c: c["report"].update(sections="abc"),
        lambda c: c["report"].update(sections=[7]),
        lambda c: c["report"].update(reaches=[{"units": "hsf"}]),
        lambda c: c["report"]["sections"][0]["parts"][0]["figure"].update(kind="pie"),
        lambda c: c["report"]["sections"][0]["parts"][0]["figure"].update(rows=[[[1]]]),
        lambda c: c["report"]["sections"][0]["parts"][0]["figure"].update(decimals=1.5),
        lambda c: c["report"]["sections"][0]["parts"][0]["figure"].update(options={"shown": 1}),
        lambda c: c.pop("report"),
        lambda c: c.update(report=None),
        lambda c: c.update(format=0),
        lambda c: c.update(format="1"),
        lambda c: c.update(format=None),
    ],
)
def test_what_is_not_as_declared_is_told_in_words(change: Callable[[dict[str, Any]], object]) -> None:
    with pytest.raises(StoreError, match="Utgåvans innehåll går inte att läsa"):
        thaw(changed(change))


@pytest.mark.parametrize(
    "content",
    [b"", b"null", b"[]", b"7", b"{", b"\xff\xfe", b'{"format":NaN}', b"[" * 100_000, freeze(SAMPLE)[:-1]],
)
def test_what_is_no_edition_is_told_in_words(content: bytes) -> None:
    with pytest.raises(StoreError, match="Utgåvans innehåll går inte att läsa"):
        thaw(content)


@QUIET
@given(at=st.integers(0, len(freeze(SAMPLE)) - 1), byte=st.integers(0, 255))
def test_a_byte_that_is_another_gives_a_report_or_words(at: int, byte: int) -> None:
    content = bytearray(freeze(SAMPLE))
    content[at] = byte
    assert isinstance(told(bytes(content)), Report | str)


def test_a_later_format_is_told_as_such() -> None:
    with pytest.raises(StoreError, match="gjord av en nyare version av programmet") as caught:
        thaw(changed(lambda c: c.update(format=FORMAT + 1, report={"anything": "else"})))
    assert "Uppdatera programmet" in str(caught.value)


@pytest.mark.parametrize("value", [Decimal("1.5"), b"x", object(), {1, 2}])
def test_what_no_figure_holds_is_not_frozen(value: Any) -> None:
    with pytest.raises(TypeError, match="can't be frozen"):
        freeze(report(figure(rows=((value, None, None, "", ""),))))


def test_the_mark_stands_in_every_context_and_is_not_what_is_frozen() -> None:
    one = report(figure(), figure(context=replace(figure().context, month_edition=2)))
    with_mark = marked(one, MARK)
    assert with_mark.edition == MARK
    assert with_mark.context.edition == "rapport 2023-10-hsf-7c1f20ab"
    assert {f.context.edition for f in figures_of(with_mark)} == {"rapport 2023-10-hsf-7c1f20ab"}
    assert unmarked(with_mark) == one == unmarked(one)
    assert freeze(with_mark) == freeze(one)
    other = replace(MARK, id="2023-10-hsf-00000000")
    assert unmarked(marked(with_mark, other)) == one, "one mark at a time"


def test_every_part_of_a_report_can_be_frozen() -> None:
    full = report(figure())
    found = thaw(freeze(full))
    assert [type(one) for one in (found.sections[0], found.sections[0].parts[0], found.left_out[0])] == [
        Section,
        Part,
        LeftOut,
    ]
    assert (found.reaches, found.selection) == (full.reaches, full.selection)
