"""Handing in with two windows open, and coming back to a form: nothing typed is lost, nothing is undone by a stale click."""

from __future__ import annotations

import pytest

from hsf_kpi import ROOT
from hsf_kpi.model.period import Month
from hsf_kpi.model.register import Effect, Improvement, Progress
from hsf_kpi.ui import warm
from tests.pages.test_pages_economy import read
from tests.pages.test_pages_signals import OCTOBER, OWN, answering, button

pytestmark = pytest.mark.usefixtures("demo")


def test_a_form_that_was_left_is_filled_with_what_stands_now() -> None:
    at = {"enhet": "onkologkliniken", "del": "dialog", "svar": "sjukfranvaro", **OCTOBER}
    mine, other = (read(OWN, roll=role, **at)[0] for role in ("ledning", "controller"))
    mine.switch_page(str(ROOT / "pages" / "signaler.py")).run()
    other.text_area[0].set_value("Sagt medan jag var borta")
    button(other, "Spara analysen").click().run()
    mine.switch_page(str(ROOT / "pages" / "min_verksamhet.py")).run()
    assert mine.text_area[0].value == "Sagt medan jag var borta"
    assert not any("ändrats" in str(one.value) for one in mine.info), "nothing that was typed is at stake"
    mine.text_area[0].set_value("Sagt efteråt")
    button(mine, "Spara analysen").click().run()
    assert mine.success


def test_what_is_typed_of_the_first_figure_stays_when_somebody_else_answers_it() -> None:
    """Without a figure in the link the first unanswered one is shown: it does not give way while it is being answered."""
    at = {"enhet": "akutsjukvard", "del": "dialog", **OCTOBER}
    mine, other = (read(OWN, roll=role, **at)[0] for role in ("ledning", "controller"))
    first = answering(mine)
    other.text_area[0].set_value("Hela svaret")
    judged = next(one for one in other.selectbox if one.label == "Helårsbedömning")
    judged.set_value(judged.options[1])
    next(one for one in other.text_input if one.label == "Skäl till bedömningen").set_value("Tio månader")
    button(other, "Spara analysen").click().run()
    assert other.success
    assert answering(other) == first, "what is typed of its åtgärd stays too"
    mine.text_area[0].set_value("Mina ord")
    button(mine, "Spara analysen").click().run()
    assert answering(mine) == first
    assert mine.text_area[0].value == "Mina ord"
    assert mine.error
    again = read(OWN, roll="ledning", **at)[0]
    assert answering(again) != first


def test_a_change_in_the_register_shows_on_min_verksamhet_at_once() -> None:
    at = {"enhet": "hjartavdelningen", **OCTOBER}
    before = read(OWN, roll="ledning", **at)[1]
    workspace = warm.workspace()
    one = Improvement(
        "hjartavdelningen",
        "Färre prover",
        Effect.COST,
        123_000_000,
        Month.of(2023, 10),
        "Chef",
        Progress.RUNNING,
    )
    workspace.store.registers.save_improvement(workspace.catalogue, one, "chefen")
    after = read(OWN, roll="ledning", **at)[1]
    assert after != before
    assert "123" in after


def test_a_second_click_on_klar_in_another_tab_opens_nothing() -> None:
    at = {"enhet": "ambulanssjukvarden", "del": "dialog", **OCTOBER}
    here, there = (read(OWN, roll="ledning", **at)[0] for _ in range(2))
    for app in (here, there):
        button(app, "Klar för dialog").click().run()
        assert button(app, "Öppna igen")
    button(here, "Öppna igen").click().run()
    assert button(here, "Klar för dialog")


def test_what_is_sent_after_somebody_else_has_marked_klar_is_shown_to_be_copied() -> None:
    at = {"enhet": "fysiologkliniken", "del": "dialog", "svar": "sjukfranvaro", **OCTOBER}
    mine, other = (read(OWN, roll=role, **at)[0] for role in ("ledning", "controller"))
    button(other, "Klar för dialog").click().run()
    assert not other.code
    mine.text_area[0].set_value("Mina ord, **inte** sparade")
    button(mine, "Spara analysen").click().run()
    assert not mine.success
    assert "Mina ord, **inte** sparade" in mine.code[0].value
    assert "inte sparat" in mine.warning[0].value
    assert not mine.run().code
