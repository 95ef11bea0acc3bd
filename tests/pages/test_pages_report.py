"""Rapport without a browser: the link, what is written in it, files that can't be made, editions, and who may what."""

from __future__ import annotations

import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from hsf_kpi.model.event import Event
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import Problem, RenderError
from hsf_kpi.model.register import Effect, Improvement, Progress
from hsf_kpi.ui import warm
from tests.pages.test_pages_economy import read
from tests.pages.test_pages_states import words
from tests.reading import as_read

REPORT, CLINIC = "rapport", "kirurgkliniken"
OCTOBER = {"manad": "2023-10"}
SHORT = {**OCTOBER, "avsnitt": "laget"}
FREEZE, MAKE, SAVE = "Frys som utgåva", "Gör filerna", "Spara i rapporten"
SECTIONS = "rapport-avsnitt-{}"
SHOWN, ABOUT = "rapport-visa", "rapport-text-om"
CAUSE = "Fler <b>sena</b> *pass* än 2022."


pytestmark = pytest.mark.usefixtures("demo")


def button(app: AppTest, label: str) -> Any:
    return next(one for one in app.button if one.label == label)


def labels(app: AppTest) -> list[str]:
    return [one.label for one in app.button]


def finding(app: AppTest) -> str:
    (header,) = app.header
    return as_read(header.value)


def link(app: AppTest, name: str) -> str:
    """What the link of the page says of it."""
    found = app.query_params[name]
    return found if isinstance(found, str) else found[0]


def told(elements: Any) -> list[str]:
    """Without the escapes of Markdown."""
    return [as_read(one.value) for one in elements]


@pytest.mark.parametrize(
    ("role", "unit", "month", "template"),
    [
        ("ledning", "1177-vardguiden-pa-telefon", "2023-10", "allt-for-min-enhet"),
        ("omradeschef", "akutsjukvard", "2023-04", "dialogmote"),
        ("verksamhetschef", CLINIC, "2023-10", "manadsuppfoljning"),
        ("controller", "hsf", "2022-12", "arsredovisning"),
        ("namnd", "hsf", "2023-08", "resultatdialog-delar-2"),
        ("hr", "vuxenpsykiatri", "2023-10", "allt-for-min-enhet"),
    ],
)
def test_every_role_meets_a_report_in_swedish_and_may_freeze_where_it_speaks_for_the_unit(
    role: str, unit: str, month: str, template: str
) -> None:
    app, text = read(REPORT, roll=role, enhet=unit, manad=month, mall=template)
    assert re.fullmatch(r".+: \d+ figurer i \d+ avsnitt", finding(app))
    assert MAKE in labels(app)
    assert (FREEZE in labels(app)) is (role not in ("hr", "namnd"))
    assert link(app, "mall") == template
    assert link(app, "avsnitt") == "alla"
    assert ("**Budget och utfall** Det ingår inte i behörigheten" in text) is (role == "hr")


def test_template_and_sections_are_kept_in_the_link() -> None:
    app = read(REPORT, enhet=CLINIC, mall="dialogmote", **SHORT)[0]
    assert finding(app) == "Dialogmöte: 3 figurer i ett avsnitt"
    assert any("Mallen Dialogmöte är gjord för" in str(one.value) for one in app.info), "told, and made"
    app.button_group(key=SECTIONS.format("dialogmote")).set_value(["laget", "vagen"]).run()
    assert link(app, "avsnitt") == "laget,vagen"
    assert finding(app).endswith("figurer i 2 avsnitt")
    app.selectbox(key="rapport-mall").set_value("manadsuppfoljning").run()
    assert (link(app, "mall"), link(app, "avsnitt")) == ("manadsuppfoljning", "alla"), "another has others"
    assert finding(app).endswith("figurer i 9 avsnitt")
    app.button_group(key=SECTIONS.format("manadsuppfoljning")).set_value([]).run()
    assert link(app, "avsnitt") == "inga"
    assert finding(app) == "Välj minst ett avsnitt"
    assert MAKE not in labels(app)
    assert not app.exception


def test_what_is_not_there_in_a_link_is_told() -> None:
    text = read(REPORT, enhet=CLINIC, manad="2023-10", mall="hittepa", avsnitt="laget,tokigt")[1]
    assert "Mallen i länken finns inte." in text
    assert "Avsnittet tokigt i länken finns inte i mallen." in text
    app, text = read(REPORT, enhet=CLINIC, manad="2023-10", utgava="../../hsf")
    assert finding(app) == "Utgåvan kan inte visas"
    assert "finns inte eller ingår inte i din behörighet" in text
    assert "Gör en ny rapport" in text


def test_what_is_written_stands_in_the_preview_and_a_persons_number_is_refused() -> None:
    app = read(REPORT, roll="verksamhetschef", enhet=CLINIC, avsnitt="avvikelser", **OCTOBER)[0]
    about = app.selectbox(key=ABOUT)
    assert about.value == "periodresultat"
    analysis, action = app.text_area
    analysis.set_value("Patienten 19121212-1212 hörde av sig.")
    action.set_value(CAUSE)
    button(app, SAVE).click().run()
    assert told(app.error) == ["Analys: Texten innehåller något som liknar ett personnummer. Ta bort det."]
    assert app.text_area[1].value == CAUSE, "what is typed is not lost"

    app.text_area[0].set_value("")
    button(app, SAVE).click().run()
    assert told(app.success) == ["Texten om Periodresultat står i rapporten."]
    app.button_group(key=SHOWN).set_value("avvikelser").run()
    preview = "\n".join(str(one.value) for one in app.markdown)
    assert (
        f"**Åtgärd** (Verksamhetschef, Kirurgkliniken, {warm.workspace().state().as_of.year}" not in preview
    )
    written = next(text for text in map(str, (one.value for one in app.markdown)) if "sena" in text)
    assert written.startswith("**Åtgärd** (Verksamhetschef, Kirurgkliniken, ")
    assert r"Fler \<b\>sena\</b\> \*pass\* än 2022." in written, "shown as it was typed"
    assert "Gemensam planering av vårdplatser" not in written
    assert "Klinikens resultat är 48,9 mnkr sämre" in words(app), "the analysis that was handed in stays"

    app.text_area[1].set_value("")
    button(app, SAVE).click().run()
    assert told(app.success) == ["Texten om Periodresultat är borttagen."]
    assert CAUSE not in words(app)
    assert not app.exception


def test_a_file_that_cannot_be_made_is_told_and_the_others_are_offered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def made(report: Any, medium: str, told: Any, _who: str) -> bytes:
        told(0, 0)
        told(1, 3)
        if medium == "pdf":
            raise RenderError(Problem("Filen kunde inte skapas.", "rapport", "Försök igen."))
        return medium.encode()

    monkeypatch.setattr("hsf_kpi.ui.report_files.make_beside", made)
    app = read(REPORT, enhet=CLINIC, **SHORT)[0]
    button(app, MAKE).click().run()
    assert told(app.error) == ["PDF: Filen kunde inte skapas. Försök igen."]
    assert offered(app) == ["Ladda ner PowerPoint", "Ladda ner Excel", "Alla i en ZIP-fil"]
    app.button_group(key=SHOWN).set_value("laget").run()
    assert len(offered(app)) == 3, "they stay while the page shows the same report"
    pills = app.button_group(key=SECTIONS.format("manadsuppfoljning"))
    pills.set_value(["laget", "signaler"]).run()
    assert offered(app) == [], "another report has other files"
    app.button_group(key="rapport-format").set_value([]).run()
    assert button(app, MAKE).disabled
    assert not app.exception


def offered(app: AppTest) -> list[str]:
    """The files of the report; each figure has its own in its menu."""
    every: Any = app.get("download_button")
    return [one.label for one in every if one.label.startswith(("Ladda ner", "Alla"))]


def test_an_edition_is_frozen_found_by_its_link_and_says_what_has_changed() -> None:
    unit = "hjartavdelningen"
    at: dict[str, str] = {"enhet": unit, **OCTOBER, "avsnitt": "uppdrag"}
    app = read(REPORT, roll="ledning", **at)[0]
    for said in ("Rapporten är fryst som utgåva", "Rapporten är redan fryst, som utgåva"):
        button(app, FREEZE).click().run()
        (sentence,) = told(app.success)
        assert sentence.startswith(said)
    edition = re.search(rf"\[(2023-10-{unit}-[0-9a-f]{{8}})\]\(rapport\?.*utgava=\1\)", sentence)
    assert edition, sentence
    key = edition[1]
    log = warm.workspace().store.audit_log.entries(what=(Event.FROZEN,))
    assert [(entry.who, entry.detail.split(",")[0]) for entry in log] == [("demo-ledning", key)], "once"

    app, text = read(REPORT, roll="ledning", enhet=unit, **OCTOBER, utgava=key)
    assert finding(app) == "Månadsuppföljning oktober 2023, Hjärtavdelningen"
    assert f"**Utgåva {key}** · fryst " in text
    assert " av Förvaltningsledning · " in text
    digest = re.search(r"Uppgifter till och med inläsning \d+\. SHA-256: ([0-9a-f]{64})", text)
    assert digest
    assert key.endswith(digest[1][:8])
    assert "Inget har ändrats sedan utgåvan gjordes" in text
    assert "Utgåvan gäller" not in text
    assert FREEZE not in labels(app)
    assert not any(one.label.startswith("Skriv") for one in app.expander)

    workspace = warm.workspace()
    new = Improvement(
        unit, "Kortare svarstider", Effect.COST, 321_000_000, Month.of(2023, 10), "Chef", Progress.RUNNING
    )
    workspace.store.registers.save_improvement(workspace.catalogue, new, "chefen")
    text = read(REPORT, roll="controller", enhet="hsf", manad="2023-09", utgava=key)[1]
    assert "Inget har ändrats" not in text
    # The register shows it or not by what others have put there; the table of what has changed always does.
    assert re.search(r"förbättringsarbetet, tkr\s+\S.*\s+\S", text), "what has come since"
    assert "Utgåvan gäller Hjärtavdelningen, jan–okt 2023, ackumulerat. Valen ovan ändrar den inte." in text

    hidden = read(REPORT, roll="verksamhetschef", utgava=key)[1]
    unknown = read(REPORT, roll="verksamhetschef", utgava=key[:-8] + "00000000")[1]
    assert "Utgåvan kan inte visas" in hidden
    assert hidden == unknown.replace(key[:-8] + "00000000", key), "the same words"
    assert "Hjärtavdelningen" not in hidden
    refused = workspace.store.audit_log.entries(what=(Event.DENIED,))
    assert [(entry.who, entry.detail) for entry in refused] == [
        ("demo-verksamhetschef", f"utgåva {key}, sidan rapport")
    ], "one that there is not is nobody's secret"


def test_who_is_somebody_else_in_the_same_browser_finds_nothing_of_what_the_other_one_wrote() -> None:
    app = read(REPORT, roll="verksamhetschef", enhet=CLINIC, avsnitt="avvikelser", **OCTOBER)[0]
    app.text_area[0].set_value(CAUSE)
    button(app, SAVE).click().run()
    assert app.text_area[0].value == CAUSE
    app.selectbox(key="f_roll").set_value("omradeschef").run()
    app.query_params.update({"enhet": CLINIC, "avsnitt": "avvikelser", **OCTOBER})
    app.run()
    assert link(app, "enhet") == CLINIC
    assert app.selectbox(key=ABOUT).value == "periodresultat"
    assert [one.value for one in app.text_area] == ["", ""]
    assert not any("skrivna" in one.label for one in app.expander)
    app.selectbox(key="f_roll").set_value("verksamhetschef").run()
    app.query_params.update({"avsnitt": "avvikelser", **OCTOBER})
    app.run()
    assert app.text_area[0].value == CAUSE, "it is still theirs"
    assert not app.exception
