"""«Månaden» on the page: the four steps, reconciling with the difference in sight, releasing and opening again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from hsf_kpi.access.identity import Identity
from hsf_kpi.model.month_step import Books
from hsf_kpi.model.role import Grant
from hsf_kpi.month import month_of
from hsf_kpi.workspace import Workspace
from tests.month_samples import MARCH
from tests.ui.month_page import opened, run, shown


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with opened() as found:
        yield found


def told(app: AppTest) -> str:
    kinds = ("markdown", "caption", "info", "warning", "error", "success", "metric")
    found = [str(element.value) for kind in kinds for element in app.get(kind)]
    found += [table.value.to_string() for table in app.table]
    return "\n".join(found).replace("\\", "").replace("\u2060", "").replace("\N{NO-BREAK SPACE}", " ")


def press(app: AppTest, label: str) -> AppTest:
    next(one for one in app.button if one.label == label).click()
    return run(app)


def fill(app: AppTest, *amounts: str, note: str = "") -> None:
    for field, text in zip(app.text_input, amounts, strict=True):
        field.set_value(text)
    next(one for one in app.text_area if one.label.startswith("Förklaring")).set_value(note)


def test_a_month_is_reconciled_released_and_opened_again(workspace: Workspace) -> None:
    app = shown()
    assert "Mars 2023: inläst · inte avstämd · 0 av 4 har lämnat in · preliminär, ej frisläppt" in told(app)
    assert "+1" not in told(app)
    fill(app, "1 200", "719", "481")
    assert "+1" in told(run(app)), "the difference in cost is shown before anything is saved"
    press(app, "Spara avstämningen")
    assert "Vår summa skiljer sig från huvudbokens." in told(app)
    fill(app, "1 200", "720", "480")
    press(app, "Spara avstämningen")
    assert "Mars 2023 är avstämd." in told(app)
    assert "● Avstämd" in told(app)

    press(app, "Frisläpp …")
    assert "4 av 4 chefer har inte lämnat in" in told(app)
    assert not workspace.is_final(MARCH), "nothing is done until it has been confirmed"
    press(app, "Avbryt")
    assert not workspace.is_final(MARCH)
    press(app, "Frisläpp …")
    press(app, "Frisläpp")
    assert "Januari och februari 2023 är inte avstämda mot huvudboken." in told(app)
    assert not workspace.is_final(MARCH)
    app.text_area[-1].set_value("Ingår i avstämningen av mars.")
    press(app, "Frisläpp …")
    press(app, "Frisläpp")
    assert "Mars 2023 är frisläppt." in told(app)
    assert workspace.is_final(MARCH)

    press(app, "Öppna igen …")
    press(app, "Öppna igen")
    assert "Det står inte varför månaden öppnas igen." in told(app)
    app.text_area[-1].set_value("Rättad bokföring på röntgen.")
    press(app, "Öppna igen …")
    press(app, "Öppna igen")
    assert "■ Öppnad igen" in told(app)
    assert "Rättad bokföring på röntgen." in told(app)
    assert not workspace.is_final(MARCH)


def test_what_is_typed_stays_until_it_has_been_saved(workspace: Workspace) -> None:
    app = shown()
    fill(app, "1 200", "mycket", "481", note="En order kom in för sent.")
    press(app, "Spara avstämningen")
    assert "Kostnader: ”mycket” är inget tal." in told(app)
    app.text_input[1].set_value("719")
    other = workspace.rights_of(Identity("annan", "Någon annan", (Grant("controller", "hsf"),)))
    month_of(workspace).reconcile(other, MARCH, Books(1200, 720, 480))
    press(app, "Spara avstämningen")
    assert "Mars 2023 har stämts av av Någon annan sedan du öppnade sidan." in told(app)
    assert [field.value for field in app.text_input] == ["1 200", "719", "481"]
    assert app.text_area[0].value == "En order kom in för sent."
    press(app, "Visa det som står nu")
    assert [field.value for field in app.text_input] == ["", "", ""]


@pytest.mark.parametrize(("role", "unit"), [("ledning", None), ("controller", "akut")])
def test_who_may_not_take_the_month_on_sees_where_it_is(
    workspace: Workspace, role: str, unit: str | None
) -> None:
    app = shown(role, unit)
    assert "Mars 2023: inläst" in told(app)
    assert not app.button
    assert not app.text_input
    assert ("görs av en controller för hela förvaltningen" in told(app)) == (role == "controller")
