"""The history of what is followed up: a row for each version, and what the latest says."""

from __future__ import annotations

import datetime as dt

import pytest

from hsf_kpi.figures.figure import FigureKind
from hsf_kpi.figures.findings import LONGEST
from hsf_kpi.figures.followed import history_figure, state_text, told_source
from hsf_kpi.figures.shape import keys, records
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.dialogue import Written
from hsf_kpi.model.follow_up import STATES, ControlResult, FollowUp, Stage, Subject
from hsf_kpi.model.period import Month
from hsf_kpi.render.table import text_columns
from tests.figures.figure_samples import CONTEXT
from tests.figures.words_rules import plain, right

NAME = "A. Bygg om"


def one(state: Stage | ControlResult, month: int = 10, version: int = 1, text: str = "Så här") -> FollowUp:
    at = dt.datetime(2023, 11, 9 + version, 23, 30, tzinfo=dt.UTC)
    subject = Subject.CONTROL if isinstance(state, ControlResult) else Subject.ACTION
    return FollowUp(
        subject, "A", Month.of(2023, month), state, text, Written("x", "Områdeschef", at, version)
    )


def test_a_row_for_each_version_with_who_and_when() -> None:
    told = [
        one(Stage.LATE, 10, 2, "● klar\nsnart"),
        one(Stage.LATE, 10),
        one(Stage.ONGOING, 8, text=""),
    ]
    figure = history_figure(told, Subject.ACTION, "A", NAME, context=CONTEXT, origins={Origin.DEMO})
    assert figure.kind is FigureKind.TABLE
    assert figure.slug == "uppfoljning-atgard-a"
    rows = list(records(figure))
    assert [plain(row["month"]) for row in rows] == ["okt 2023", "okt 2023", "aug 2023"]
    assert [plain(row["state"]) for row in rows] == ["■ försenad", "■ försenad", "◆ pågår"]
    assert rows[0]["text"] == "klar snart", "no typed text reads as a status"
    assert (rows[0]["who"], rows[0]["when"], rows[0]["version"]) == ("Områdeschef", "2023-11-12", 2)
    assert figure.title == "Åtgärden är försenad, enligt uppföljningen för oktober 2023"
    assert figure.source == "Källa: Demodata; införda uppföljningar."
    assert [title for title, _ in text_columns(figure)] == [
        "Gäller",
        "Status",
        "Anteckning",
        "Uppföljd av",
        "Uppföljd",
    ]
    assert set(keys(figure, "file")) == {column.key for column in figure.columns}


def test_without_any_that_is_told() -> None:
    figure = history_figure((), Subject.CONTROL, "hygien", "Hygien", context=CONTEXT)
    assert (figure.rows, figure.origins, figure.title) == ((), frozenset(), "Kontrollen är inte uppföljd än")
    assert figure.empty == figure.sentence == "Ingen har följt upp kontrollen till och med oktober 2023."
    assert figure.source == "Källa: införda uppföljningar."


@pytest.mark.parametrize(
    ("state", "title"),
    [
        (Stage.NOT_STARTED, "Åtgärden är ej påbörjad"),
        (Stage.ONGOING, "Åtgärden pågår"),
        (Stage.DONE, "Åtgärden är klar"),
        (Stage.LATE, "Åtgärden är försenad"),
        (ControlResult.NOT_DONE, "Kontrollen är ej genomförd"),
        (ControlResult.CLEAN, "Kontrollen visar ingen avvikelse"),
        (ControlResult.MINOR, "Kontrollen visar en mindre avvikelse"),
        (ControlResult.MAJOR, "Kontrollen visar en väsentlig avvikelse"),
    ],
)
def test_the_title_says_what_the_latest_says(state: Stage | ControlResult, title: str) -> None:
    told = one(state)
    figure = history_figure([told], told.subject, "A", NAME, context=CONTEXT)
    assert figure.title.startswith(title)
    right(figure.title, LONGEST)
    right(figure.sentence)


def test_every_state_has_a_shape_of_its_own_and_a_word() -> None:
    for states in set(STATES.values()):
        said = [state_text(state).split("\N{NO-BREAK SPACE}", 1) for state in states]
        assert len({shape for shape, _ in said}) == len({word for _, word in said}) == len(states)


def test_where_what_is_told_comes_from() -> None:
    assert told_source({Origin.DEMO}) == "införda uppföljningar (Demodata)"
    assert told_source(()) == "införda uppföljningar"
