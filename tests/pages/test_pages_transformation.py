"""HoS 2029: what a role may see and do there, and the register kept through its forms in a real database."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from hsf_kpi.model.follow_up import Entry, EntryKind, Stage
from hsf_kpi.model.period import Month
from hsf_kpi.model.scope import Scope
from hsf_kpi.ui import warm
from tests.pages.opening import buttons
from tests.pages.test_pages_economy import read

PAGE, OCTOBER = "hos2029", {"manad": "2023-10"}
PLACES = {"aktivitet": "vardplatser", **OCTOBER}
RESPONSIBLE, MILESTONE, DEPENDENCY, RISK = range(4)
"""The forms of an activity without any lines, in their order."""


@pytest.fixture(autouse=True)
def _demo(demo_database: str, tmp_path: Path) -> Iterator[None]:
    copy = tmp_path / "demo.sqlite3"
    shutil.copyfile(demo_database.removeprefix("sqlite:///"), copy)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HSF_KPI_DATABASE_URL", f"sqlite:///{copy}")
        warm.close()
        yield
        warm.close()


def opened(role: str = "ledning", **chosen: str) -> tuple[AppTest, str]:
    return read(PAGE, roll=role, **(chosen or PLACES))


def field(found: Any, label: str, at: int = 0) -> Any:
    return [one for one in found if one.label == label][at]


def pressed(app: AppTest, label: str, at: int = 0) -> AppTest:
    field(app.button, label, at).click().run()
    assert not app.exception
    return app


def entries() -> tuple[Entry, ...]:
    workspace = warm.workspace()
    scope = Scope.of(workspace.catalogue.organisation.units)
    return workspace.store.follow_ups.entries(scope, workspace.catalogue, Month.of(2023, 10))


def test_an_empty_register_says_so_and_what_is_published_is_shown() -> None:
    app, text = opened(**OCTOBER)
    assert app.header[0].value == "Ingen av de tolv aktiviteterna har delmål eller ansvarig än"
    assert "HoS 2029 beslutades i februari 2024, efter vald månad." in text
    assert "Genomföra renovering i Fagersta" in text
    assert [one.value for one in app.metric][:3] == ["0 av 12", "0 av 12", "Inga delmål"]
    assert "gäller 2029" in text
    assert not [one for one in app.button if one.label == "Spara"], "no form before an activity is chosen"


@pytest.mark.parametrize("role", ["hr", "namnd", "omradeschef"])
def test_who_may_not_follow_up_reads_it_without_forms(role: str) -> None:
    app, text = opened(role)
    assert "Du kan läsa men inte ändra registret." in text
    assert not [label for label in buttons(app) if label.startswith("Spara")]
    assert [one.label for one in app.metric][-1] == "Listade per läkare"


def test_what_is_filled_in_is_saved_and_told_in_the_heading() -> None:
    app, _ = opened("controller")
    field(app.text_input, "Ansvarig funktion").set_value(" Områdeschef, Akutsjukvård ")
    pressed(app, "Spara", RESPONSIBLE)
    assert [one.value for one in app.success] == ["Ansvarig funktion är sparad."]
    field(app.text_input, "Vad som ska vara klart").set_value("Flöden är kartlagda")
    field(app.selectbox, "Status").set_value(Stage.ONGOING)
    field(app.selectbox, "Klart senast").set_value(Month.of(2025, 6))
    pressed(app, "Spara", MILESTONE)
    responsible, milestone = entries()
    assert (responsible.kind, responsible.text) == (EntryKind.RESPONSIBLE, "Områdeschef, Akutsjukvård")
    assert (milestone.due, milestone.state) == (Month.of(2025, 6), Stage.ONGOING)
    assert (milestone.activity, milestone.month) == ("vardplatser", Month.of(2023, 10))
    again, text = opened("verksamhetschef")
    assert again.header[0].value == "En av tolv aktiviteter har delmål; inget delmål är försenat"
    assert "Flöden är kartlagda" in text
    assert "Områdeschef, Akutsjukvård" in text


def test_dependencies_and_risks_are_shown_when_there_are_any() -> None:
    app, _ = opened()
    field(app.text_input, "Vad aktiviteten behöver").set_value("Egenmonitorering")
    field(app.selectbox, "Beror på").set_value("digitalisering")
    pressed(app, "Spara", DEPENDENCY)
    field(app.text_input, "Vad som kan hända", 0).set_value("För få medarbetare")
    field(app.selectbox, "Sannolikhet (1–4)").set_value("3")
    field(app.selectbox, "Konsekvens (1–4)").set_value("4")
    pressed(app, "Spara", RISK + 1)
    assert [one.risk_value for one in entries()] == [None, 12]
    _, text = opened()
    assert "Ett beroende är registrerat" in text
    assert "Högst risktal, 12, har en risk i Vårdplatser" in text


def test_every_problem_is_told_at_once_and_nothing_is_lost_or_saved() -> None:
    app, _ = opened()
    field(app.text_input, "Ansvarig funktion").set_value("chef@region.se")
    pressed(app, "Spara", RESPONSIBLE)
    assert len(app.error) == 1
    pressed(app, "Spara", RISK)
    told = [str(one.value) for one in app.error]
    assert len(told) == 3, told
    assert "Det står inte vad risken är" in told[0]
    assert field(app.text_input, "Ansvarig funktion").value == "chef@region.se"
    assert entries() == ()


def test_a_line_is_changed_and_taken_away_and_the_history_keeps_all_of_it() -> None:
    app, _ = opened()
    field(app.text_input, "Ansvarig funktion").set_value("Controller")
    pressed(app, "Spara", RESPONSIBLE)
    field(app.text_input, "Ansvarig funktion").set_value("Ekonomichef")
    pressed(app, "Spara", RESPONSIBLE)
    assert [one.text for one in entries()] == ["Ekonomichef"]
    pressed(app, "Ta bort")
    assert entries() == ()
    app, text = opened()
    assert "Registret om aktiviteten har ändrats tre gånger" in text
    assert "borttagen" in text
    assert "Controller" in text
    assert "0 av 12" in [one.value for one in app.metric]


def test_what_somebody_else_has_saved_meanwhile_is_told_and_not_overwritten() -> None:
    opened_first, _ = opened()
    field(opened_first.text_input, "Ansvarig funktion").set_value("Controller")
    pressed(opened_first, "Spara", RESPONSIBLE)
    mine, other = opened()[0], opened("controller")[0]
    field(other.text_input, "Ansvarig funktion").set_value("Ekonomichef")
    pressed(other, "Spara", RESPONSIBLE)
    field(mine.text_input, "Ansvarig funktion").set_value("Jag")
    pressed(mine, "Spara", RESPONSIBLE)
    assert mine.error
    assert any("ändrats" in str(one.value) for one in mine.info)
    assert field(mine.text_input, "Ansvarig funktion").value == "Jag"
    assert [one.text for one in entries()] == ["Ekonomichef"]


def test_an_activity_that_is_not_there_is_told() -> None:
    app, _ = opened(aktivitet="flygplats", **OCTOBER)
    assert any("gäller något som inte finns" in str(one.value) for one in app.warning)
    assert not [one for one in app.button if one.label == "Spara"]
