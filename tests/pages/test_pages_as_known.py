"""A page with «?per=»: what was known on that day, told in words, in every file, and nothing to change."""

from __future__ import annotations

from typing import Any

import pytest

from hsf_kpi.composing.composed import Composed
from hsf_kpi.render.csv import csv
from hsf_kpi.render.names import file_name
from hsf_kpi.ui import figures
from tests.pages.opening import buttons, show
from tests.reading import as_read

DAY = "2023-10-20"
"""Before October's figures had come, and before those of September were corrected."""


pytestmark = pytest.mark.usefixtures("demo")


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Composed]:
    found: list[Composed] = []
    shown = figures.export_menu

    def watched(entry: Any, prepared: Composed) -> None:
        found.append(prepared)
        shown(entry, prepared)

    monkeypatch.setattr(figures, "export_menu", watched)
    return found


def words(app: Any) -> str:
    return as_read(
        " ".join(str(each.value) for kind in ("markdown", "caption", "warning") for each in app.get(kind))
    )


def test_an_earlier_day_is_shown_told_and_taken_along(drawn: list[Composed]) -> None:
    app = show("budget", per=DAY, roll="controller")
    told = words(app)
    assert "Uppgifter per 20 oktober 2023" in told
    assert "september 2023" in told
    assert app.query_params["per"] in (DAY, [DAY])
    assert next(box for box in app.selectbox if box.key == "f_per").value == DAY
    assert drawn
    for prepared in drawn:
        assert f"per-{DAY}" in file_name(prepared.figure, "csv")
        assert "Uppgifter per;20 oktober 2023" in csv(prepared.figure).decode("utf-8-sig")


def test_nothing_can_be_handed_in_on_an_earlier_day() -> None:
    app = show("min_verksamhet", per=DAY, roll="verksamhetschef", **{"del": "dialog"})
    assert "Du kan läsa men inte lämna in" in words(app)
    assert not [label for label in buttons(app) if label.startswith(("Spara", "Klar", "Öppna"))]


@pytest.mark.parametrize(
    ("page", "chosen"),
    [
        ("uppdrag", {"foljs": "A"}),
        ("hos2029", {"aktivitet": "narakut-koping"}),
        ("intern_kontroll", {"risk": "dokumentation"}),
    ],
)
def test_nothing_is_followed_up_on_an_earlier_day_and_why_is_said(page: str, chosen: dict[str, str]) -> None:
    app = show(page, per=DAY, roll="ledning", **chosen)
    told = words(app)
    assert "Uppgifter per en tidigare dag kan inte ändras." in told
    assert "Du kan läsa men inte" not in told
    assert not [label for label in buttons(app) if label.startswith(("Spara", "Ta bort"))]


@pytest.mark.parametrize(
    ("per", "told"),
    [
        ("i-fjol", "kan inte läsas"),
        ("2001-01-01", "fanns inga uppgifter inlästa"),
        ("2999-01-01", "är inte en tidigare dag"),
    ],
)
def test_a_day_that_can_not_be_shown_is_told_and_now_is_shown(per: str, told: str) -> None:
    app = show("budget", per=per)
    assert told in words(app)
    assert "oktober 2023" in words(app)
    assert "per" not in app.query_params
