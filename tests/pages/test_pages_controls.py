"""Intern kontroll and Nära vård in the app: what is shown, who may follow up a control, and where it is then seen."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from hsf_kpi.access.identity import Identity
from hsf_kpi.model.follow_up import Subject
from hsf_kpi.model.role import Grant
from hsf_kpi.promises import promises_of
from hsf_kpi.ui import warm
from tests.pages.opening import show
from tests.reading import as_read

PAGE, CARE = "intern_kontroll", "nara_vard"
AT = {"manad": "2023-10", "enhet": "hsf"}


pytestmark = pytest.mark.usefixtures("demo")


def words(app: AppTest) -> str:
    kinds = ("header", "subheader", "markdown", "caption", "warning", "error", "success", "info")
    found = [str(element.value) for kind in kinds for element in app.get(kind)]
    found += [table.value.to_string() for table in app.table]
    return as_read("\n".join(found))


def save(app: AppTest) -> AppTest:
    return next(one for one in app.button if one.label == "Spara uppföljningen").click().run()


def test_what_somebody_follows_up_stands_in_the_table_and_in_the_history() -> None:
    app = show(PAGE, roll="controller", risk="hygien", **AT)
    assert "Två av åtta risker har risktal 12" in app.header[0].value
    before = words(app)
    app.text_area[0].set_value("Mätt på sex avdelningar")
    state = next(one for one in app.selectbox if one.label == "Resultat")
    state.set_value(next(one for one in state.options if "väsentlig" in one))
    app = save(app)
    assert not app.error
    assert "visar väsentlig avvikelse" in app.header[0].value
    after = words(app)
    assert "■ väsentlig avvikelse, okt 2023" in after
    assert "Mätt på sex avdelningar" in after
    assert "Mätt på sex avdelningar" not in before
    earlier = words(show(PAGE, roll="controller", risk="hygien", enhet="hsf", manad="2023-09"))
    assert "Mätt på sex avdelningar" not in earlier, "told for October, not for the month before"


@pytest.mark.parametrize(
    ("role", "risk"), [("verksamhetschef", "hygien"), ("hr", "loneutbetalningar"), ("namnd", "hygien")]
)
def test_who_may_not_follow_up_is_told_who_may(role: str, risk: str) -> None:
    found = {"roll": role, "risk": risk, "manad": "2023-09"}
    app = show(PAGE, **found)
    assert not app.text_area
    assert "Du kan läsa men inte följa upp kontrollen." in words(app)


def test_the_level_of_decision_chooses_risks_everywhere() -> None:
    app = show(PAGE, roll="ledning", beslut="rs", **AT)
    assert app.header[0].value.startswith("Fyra av fem risker har risktal 9, högst bland dem")
    said = words(app)
    assert "Planen anger ingen ansvarig för riskerna." in said
    assert "Hygienrutiner" not in said
    assert next(one for one in app.selectbox if one.label == "Kontroll").options == [
        "Löneutbetalningar", "Avtalstrohet", "Kommunikationskanaler", "Digital tillgänglighet", "Informationssäkerhet",
    ]  # fmt: skip


def test_a_control_that_is_not_there_is_told_in_words() -> None:
    app = show(PAGE, roll="ledning", risk="sol", **AT)
    assert "Valet av risk i länken gäller något som inte finns." in words(app)
    assert not app.text_area


def test_nara_vard_is_the_same_for_every_unit_and_month() -> None:
    here = show(CARE, roll="ledning", **AT)
    there = show(CARE, roll="ledning", enhet="kirurgkliniken", manad="2022-03")
    assert here.header[0].value == there.header[0].value
    assert "Gäller hela länet." in words(here)
    tables = [[table.value.to_string() for table in app.table] for app in (here, there)]
    assert tables[0] == tables[1]
    assert [str(one.value).strip("\\").partition(" ")[0] for one in here.metric][:4] == [
        "+74\N{NO-BREAK SPACE}%", "+28\N{NO-BREAK SPACE}%", "+1\N{NO-BREAK SPACE}%", "6,9\N{NO-BREAK SPACE}%",
    ]  # fmt: skip
    assert "beräknat +24,8 %" in words(here)


def test_the_head_of_the_responsible_unit_may_follow_up_its_control_and_no_other() -> None:
    workspace = warm.workspace()
    rights = workspace.rights_of(Identity("x", "Chef", (Grant("omradeschef", "planering-och-utveckling"),)))
    risks = workspace.catalogue.controls.risks
    may = [one.id for one in risks if promises_of(workspace).may(rights, Subject.CONTROL, one.id)]
    assert may == ["dokumentation"]
