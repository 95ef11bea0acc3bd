"""Uppdrag och åtgärder: what its link chooses, who may follow up, and that nothing typed is lost."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest
from streamlit.testing.v1 import AppTest

from hsf_kpi.model.event import Event
from hsf_kpi.model.follow_up import Stage
from hsf_kpi.ui import warm
from tests.pages.opening import show
from tests.pages.test_pages_economy import read, shown
from tests.pages.test_pages_signals import OCTOBER, button
from tests.reading import as_read

PAGE = "uppdrag"
SAVE = "Spara uppföljningen"


pytestmark = pytest.mark.usefixtures("demo")


def saves(app: AppTest) -> bool:
    return any(one.label == SAVE for one in app.button)


def choice(app: AppTest, label: str) -> Any:
    return next(one for one in app.selectbox if one.label == label)


def cells(app: AppTest) -> str:
    """All that stands in tables, whole."""
    return "".join(one.value.to_csv() for one in app.table)


def headings(app: AppTest) -> list[str]:
    return [as_read(one.value) for one in app.subheader]


@pytest.mark.parametrize(
    ("visar", "said"),
    [
        ("tidslinje", "En nyhet på intranätet talar om 28 utvecklingspunkter"),
        ("samband", "Uppdrag 29 och 38 har ingen åtgärd med bokstav"),
        ("uppdrag", "Två av 37 uppdrag saknar åtgärd"),
        ("mal", "41 indikatorer hör till 13 mål"),
    ],
)
def test_each_part_has_the_finding_and_its_figures(visar: str, said: str) -> None:
    app, text = shown(PAGE, roll="ledning", enhet="kirurgkliniken", visar=visar, **OCTOBER)
    assert ("&foljs=Å" in unquote(cells(app))) == (visar == "tidslinje"), "each åtgärd leads to its history"
    assert "av 27 åtgärder" in str(app.header[0].value), "the whole förvaltning's, whatever unit is chosen"
    assert said in text


def test_a_filter_of_the_link_holds_for_every_part() -> None:
    for visar, gone in (
        ("tidslinje", "Realtidsdokumentation"),
        ("uppdrag", "Bidra till hälsofrämjande insatser"),
    ):
        app, text = shown(PAGE, roll="ledning", ansvarig="EC", visar=visar, **OCTOBER)
        assert choice(app, "Ansvarig").value == "EC"
        assert "Urval: ansvarig EC." in text
        assert gone in cells(show(PAGE, roll="ledning", visar=visar, **OCTOBER))
        assert gone not in cells(app)


def test_a_filter_that_leaves_nothing_says_so() -> None:
    app, text = read(PAGE, roll="ledning", ansvarig="EC", insats="personcentrering", **OCTOBER)
    assert str(app.header[0].value) == "Ingen av planens åtgärder ingår i urvalet"
    assert "Planen har inget för ansvarig EC, insatsområde Personcentrering." in text
    assert not app.metric


def test_a_code_that_there_is_not_is_told_and_everything_shown() -> None:
    app, _ = shown(PAGE, roll="ledning", ansvarig="sol", insats="*måne*", foljs="Ö", **OCTOBER)
    told = [str(one.value) for one in app.warning]
    assert "Valet av ansvarig ”sol” i länken finns inte. Sidan visar alla." in told
    assert any("måne" in one for one in told)
    assert any("Välj i listan" in one for one in told)
    assert "av 27 åtgärder" in str(app.header[0].value)
    assert (choice(app, "Ansvarig").value, choice(app, "Åtgärd").value) == ("alla", None)


@pytest.mark.parametrize(
    ("role", "letter", "may"),
    [
        ("ledning", "A", True),
        ("controller", "Z", True),
        ("omradeschef", "A", True),
        ("omradeschef", "S", True),
        ("omradeschef", "P", False),
        ("verksamhetschef", "A", False),
        ("hr", "X", False),
    ],
)
def test_who_may_follow_up(role: str, letter: str, may: bool) -> None:
    """A and S are Akutsjukvård's, P Nära vård's."""
    app, text = read(PAGE, roll=role, foljs=letter, visar="mal", **OCTOBER)
    assert saves(app) == may
    assert ("Du kan läsa men inte följa upp åtgärden." in text) != may
    assert any(title.startswith("Åtgärden ") for title in headings(app)), "the history is read by all"


def test_why_one_may_follow_up_does_not_hang_on_the_chosen_unit() -> None:
    for unit in ("hsf", "kirurgkliniken"):
        app = show(PAGE, roll="omradeschef", enhet=unit, foljs="A", visar="mal", **OCTOBER)
        assert saves(app)
        button(app, "Varför ser jag detta?").click().run()
        told = next(one.value for one in app.table if "Får du …" in one.value.columns)
        follows = told[told["Får du …"] == "följa upp det som har utlovats"].iloc[0]
        assert follows["Svar"] == "Ja"
        assert "ansvarar för" in follows["Därför"]


def test_the_namnd_reads_what_was_told_for_released_months_only() -> None:
    _, mine = read(PAGE, roll="ledning", foljs="A", visar="mal", **OCTOBER)
    app, theirs = read(PAGE, roll="namnd", foljs="A", visar="mal", manad="2023-08")
    assert "okt 2023" in mine
    assert "okt 2023" not in theirs
    assert not saves(app)


def test_a_released_month_takes_no_more() -> None:
    app, text = read(PAGE, roll="ledning", foljs="A", visar="mal", manad="2023-08")
    assert not saves(app)
    assert "frisläppt" in text


def test_what_is_saved_stands_at_once_with_who_and_is_logged_without_its_text() -> None:
    app = show(PAGE, roll="omradeschef", foljs="S", visar="tidslinje", **OCTOBER)
    choice(app, "Status").set_value(Stage.LATE)
    button(app, SAVE).click().run()
    assert app.error, "who says late says why"
    app.text_area[0].set_value("Väntar på **underlag** från <b>Sala</b>")
    button(app, SAVE).click().run()
    assert not app.error
    assert "är sparad för oktober 2023" in as_read(app.success[0].value)
    assert cells(app).count("underlag") == 3, "below the bars, among the åtgärder and in the history"
    assert "Åtgärden är försenad, enligt uppföljningen för oktober 2023" in headings(app)
    logged = [
        (who, detail)
        for _, who, what, detail in warm.workspace().store.audit(50)
        if what == Event.FOLLOWED_UP
    ]
    assert logged[0] == ("demo-omradeschef", "2023-10, atgard S")
    again = show(PAGE, roll="ledning", foljs="S", visar="mal", **OCTOBER)
    assert again.text_area[0].value == "Väntar på **underlag** från <b>Sala</b>"
    assert choice(again, "Status").value == Stage.LATE


def test_a_newer_version_is_told_and_what_is_typed_is_kept() -> None:
    mine, other = (
        show(PAGE, roll=role, foljs="Z", visar="mal", **OCTOBER) for role in ("ledning", "controller")
    )
    other.text_area[0].set_value("Hann före")
    button(other, SAVE).click().run()
    assert other.success
    mine.text_area[0].set_value("Mina ord")
    button(mine, SAVE).click().run()
    assert mine.error
    assert not mine.success
    assert mine.text_area[0].value == "Mina ord"
    assert any("ändrats" in str(one.value) for one in mine.info)
    button(mine, "Visa det som står nu").click().run()
    assert mine.text_area[0].value == "Hann före"
