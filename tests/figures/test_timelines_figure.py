"""Bars over time as a figure: rows, time in words, what is refused."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.figures.figure import Column, Role
from hsf_kpi.figures.shape import keys, records
from hsf_kpi.figures.timelines import Bar, time_words
from tests.render.timeline_samples import BARS, NOW, timeline

DAY = dt.date


def plain(text: object) -> str:
    return str(text).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (DAY(2023, 1, 1), DAY(2023, 12, 31), "2023"),
        (DAY(2023, 1, 1), DAY(2025, 12, 31), "2023–2025"),
        (DAY(2023, 1, 1), DAY(2023, 4, 30), "T1 2023"),
        (DAY(2023, 5, 1), DAY(2024, 12, 31), "T2 2023–T3 2024"),
        (DAY(2023, 1, 1), DAY(2024, 8, 31), "T1 2023–T2 2024"),
        (DAY(2023, 10, 1), DAY(2023, 10, 31), "okt 2023"),
        (DAY(2023, 10, 1), DAY(2024, 2, 29), "okt 2023–feb 2024"),
        (DAY(2023, 10, 2), DAY(2023, 10, 31), "2023-10-02–2023-10-31"),
        (DAY(2023, 10, 1), DAY(2023, 10, 30), "2023-10-01–2023-10-30"),
        (DAY(2023, 11, 15), DAY(2023, 11, 15), "15 november 2023"),
    ],
)
def test_time_in_words(first, last, words):
    assert plain(time_words(first, last)) == words


@given(st.dates(DAY(2015, 1, 1), DAY(2035, 1, 1)), st.integers(0, 4000))
def test_different_times_have_different_words(first, days):
    last = first + dt.timedelta(days=days)
    assert time_words(first, last) != time_words(first, last + dt.timedelta(days=1))
    assert str(last.year) in time_words(first, last)


def test_a_row_a_bar_with_its_state_in_words():
    figure = timeline()
    assert [r["label"] for r in records(figure)] == [bar.label for bar in BARS]
    assert [r["state_text"] for r in records(figure)] == [
        "◆\u00a0pågår",
        "●\u00a0klar",
        "■\u00a0försenad",
        "○\u00a0ej påbörjad",
    ]
    (mark,) = figure.marks
    assert (mark.at, plain(mark.label)) == (NOW, "okt 2023")


def test_a_table_has_only_the_columns_that_say_something():
    assert keys(timeline(), "shown") == ("group", "label", "when", "state_text", "note")
    bare = timeline(Bar("A", "", DAY(2018, 1, 1), DAY(2018, 12, 31), "", ""), now=None)
    assert keys(bare, "shown") == ("label", "when")
    assert keys(bare, "file") == ("label", "when", "first", "last")
    assert bare.marks == ()


def test_further_columns_and_a_bars_own_words_of_time():
    bar = Bar("A", "", DAY(2023, 11, 15), DAY(2023, 11, 15), "klar", "", ("text",), when="hösten 2023")
    figure = timeline(bar, more_columns=(Column("what", "Vad", Role.TEXT),))
    (row,) = records(figure)
    assert (row["when"], row["what"], row["state_text"]) == ("hösten 2023", "text", "●\u00a0klar")
    assert keys(figure, "shown")[-1] == "what"


@pytest.mark.parametrize(
    ("bar", "changes", "said"),
    [
        (Bar("A", "", DAY(2023, 2, 1), DAY(2023, 1, 1), "", ""), {}, "before it begins"),
        (Bar("A", "", DAY(2023, 1, 1), DAY(2023, 2, 1), "done", ""), {}, "done"),
        (Bar("A", "", DAY(2023, 1, 1), DAY(2023, 2, 1), "", "", ("x",)), {}, "further cells"),
        (BARS[0], {"grain": "week"}, "no grain 'week'"),
    ],
)
def test_what_is_no_timeline_is_refused(bar, changes, said):
    with pytest.raises(ValueError, match=said):
        timeline(bar, **changes)
