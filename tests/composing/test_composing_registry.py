"""The registry and the pages can't drift apart: every figure that a page frames is the registry's, in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from hsf_kpi import ROOT
from hsf_kpi.access.identity import Identity
from hsf_kpi.composing.ask import ask_of
from hsf_kpi.composing.choices import (
    ASSIGNMENTS,
    BUDGET,
    COMPARE,
    CONTROLS,
    GOALS,
    MISSIONS,
    NEAR_CARE,
    ONE_MEASURE,
    OVERVIEW,
    OWN_UNIT,
    PRODUCTION,
    QUALITY,
    ROAD,
    SIGNALS,
    SURROUNDINGS,
    TRANSFORMATION,
)
from hsf_kpi.composing.composed import Composed
from hsf_kpi.composing.registry import PAGES, figures_of
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.problems import DataError, NotFound, NotPermitted
from hsf_kpi.model.scope import Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.render.names import file_name
from hsf_kpi.ui import export, figures, lists, warm
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.menu import MENU
from tests.pages.opening import show

HSF = Selection("hsf", Month.of(2023, 10), View.YTD)
PULLED = "hyrpersonal:2@2023-11"
ABSENCE = "sjukfranvaro"
SHOWN: tuple[tuple[str, dict[str, str]], ...] = (
    (OVERVIEW, {}),
    (SIGNALS, {"slag": "budget"}),
    (OWN_UNIT, {}),
    (OWN_UNIT, {"del": "budget"}),
    (OWN_UNIT, {"del": "dialog"}),
    (ROAD, {"scenario": PULLED, "brygga": "utfall"}),
    (BUDGET, {"tabell": "ram-per-omrade", "konto": "egen-personal"}),
    (ASSIGNMENTS, {"uppdrag": "medarbetare"}),
    (PRODUCTION, {}),
    (GOALS, {}),
    (ONE_MEASURE, {"nyckeltal": ABSENCE, "raknat": "ja"}),
    (COMPARE, {"nyckeltal": ABSENCE}),
    (MISSIONS, {"foljs": "B"}),
    (MISSIONS, {"visar": "samband", "ansvarig": "NV"}),
    (MISSIONS, {"visar": "uppdrag", "insats": "personcentrering"}),
    (MISSIONS, {"visar": "mal"}),
    (SURROUNDINGS, {}),
    (SURROUNDINGS, {"utblick": "ett", "matt": "U71458", "regioner": "0014,0004"}),
    (SURROUNDINGS, {"utblick": "riket"}),
    (SURROUNDINGS, {"utblick": "vgr"}),
    (NEAR_CARE, {}),
    (CONTROLS, {"risk": "dokumentation"}),
    (CONTROLS, {"beslut": "rs"}),
    (TRANSFORMATION, {"aktivitet": "vardplatser"}),
    (QUALITY, {"kvalitet": "kallor"}),
)
"""Each page with its parts, and with what opens figures that are closed before anything is chosen."""


@pytest.fixture(scope="module", autouse=True)
def _demo(demo_database: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HSF_KPI_DATABASE_URL", demo_database)
        warm.close()
        yield
        warm.close()


@pytest.fixture
def framed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Entry, Composed]]:
    """Every figure that a page has framed, with whom it was framed for."""
    found: list[tuple[Entry, Composed]] = []
    menu = export.export_menu

    def watched(entry: Entry, composed: Composed) -> None:
        found.append((entry, composed))
        menu(entry, composed)

    for module in (figures, lists):
        monkeypatch.setattr(module, "export_menu", watched)
    return found


def scope(person: str = "ledning") -> Scope:
    workspace = warm.workspace()
    one = next(p for p in workspace.catalogue.demo_people if p.id == person)
    return workspace.scope_of(Identity(one.id, one.title, one.grants))


def made(page: str, selection: Selection = HSF, person: str = "ledning", **extras: Any) -> list[str]:
    ask = ask_of(warm.workspace(), scope(person), page, selection, **extras)
    return [one.figure.slug for one in figures_of(ask, page)]


def test_it_names_every_page_that_frames_figures_by_its_title_in_the_menu() -> None:
    frames = ("show_figure(", "list_signals(")
    files = (ROOT / "pages").glob("*.py")
    assert {f.stem for f in files if any(one in f.read_text("utf-8") for one in frames)} == set(PAGES)
    menu = {page: title for pages in MENU.values() for page, (title, _) in pages.items()}
    assert PAGES.items() <= menu.items()
    assert {page for page, _ in SHOWN} == set(PAGES)


@pytest.mark.parametrize(("page", "chosen"), SHOWN)
def test_a_page_frames_just_the_figures_of_the_registry(
    page: str, chosen: dict[str, str], framed: list[tuple[Entry, Composed]]
) -> None:
    app = show(page, roll="ledning", enhet="akutsjukvard", manad="2023-10", vy="ack", **chosen)
    assert not app.error
    assert not app.warning
    assert framed
    ask = framed[0][0].ask
    # The very same ones: a page and a report that ask alike share what has been composed.
    assert [one for _, one in framed] == list(figures_of(ask, page))
    assert all(dict(ask.extras)[name] == code for name, code in chosen.items() if name != "nyckeltal")


def test_what_opens_a_figure_adds_it() -> None:
    assert made(ROAD, scenario=PULLED)[-1] == "vad-hander-om"
    assert made(ROAD)[-1] == "prognoser"
    assert "sjukfranvaro-raknat" in made(ONE_MEASURE, measure=ABSENCE, raknat="ja")
    over = replace(HSF, month=Month.of(2022, 12))
    assert made(ROAD, over, scenario=PULLED)[-1] == "prognoser"


@pytest.mark.parametrize(
    ("page", "extras", "told"),
    [
        ("inlasning", {}, "visar inga diagram"),
        (ROAD, {"mot": "sol"}, "Valet av jämförelse ”sol” finns inte. Välj underskott, budget, fjol."),
        (ROAD, {"tabell": "anslag", "mott": "fjol"}, "har inget val ”mott”"),
        (OVERVIEW, {"mot": "fjol"}, "inga egna val"),
        (BUDGET, {"tabell": "sol"}, "sol"),
        (BUDGET, {"konto": "sol"}, "Kontot i länken finns inte."),
        (COMPARE, {"measure": ABSENCE, "grupp": "sol"}, "Gruppen i länken finns inte"),
        (MISSIONS, {"ansvarig": "SOL"}, "Valet av ansvarig ”SOL” finns inte. Välj alla, HSD, AS,"),
        (MISSIONS, {"insats": "sol", "foljs": "Ö"}, "Valet av insatsområde ”sol” finns inte."),
        (CONTROLS, {"risk": "sol"}, "Valet av risk ”sol” finns inte. Välj ingen, hygien"),
        (CONTROLS, {"beslut": "rs", "risk": "hygien"}, "Valet av risk ”hygien” finns inte."),
        (TRANSFORMATION, {"aktivitet": "sol"}, "Valet av aktivitet ”sol” finns inte. Välj ingen, narakut"),
        (SURROUNDINGS, {"falt": "sol"}, "Området i länken finns inte"),
        (SURROUNDINGS, {"utblick": "ett", "matt": "sol"}, "Nyckeltalet i länken finns inte"),
        (SURROUNDINGS, {"utblick": "ett", "regioner": "0014,99"}, "Regionen ”99” i länken finns inte"),
    ],
)
def test_what_there_is_not_is_told(page: str, extras: dict[str, Any], told: str) -> None:
    with pytest.raises(NotFound, match=told):
        made(page, **extras)


def test_a_scenario_that_can_not_be_read_is_told_whole() -> None:
    with pytest.raises(DataError) as error:
        made(ROAD, scenario="solsken:2@2023-11;hyrpersonal:tva@2023-11")
    assert len(error.value.problems) == 2


def test_it_gives_nobody_what_the_page_does_not() -> None:
    clinic = replace(HSF, unit="kirurgkliniken")
    for page in (ROAD, BUDGET):
        with pytest.raises(NotPermitted):
            made(page, clinic, "hr")
    with pytest.raises(NotPermitted):
        made(OVERVIEW, replace(HSF, unit="medicinkliniken"), "verksamhetschef")


def test_who_changes_the_register_or_hands_in_changes_the_question() -> None:
    def extras(page: str) -> set[str]:
        return {name for name, _ in ask_of(warm.workspace(), scope(), page, HSF).extras}

    assert "register" in extras(ASSIGNMENTS) & extras(OWN_UNIT)
    assert "inlamnat" in extras(ROAD) & extras(GOALS) & extras(ONE_MEASURE) & extras(OWN_UNIT)
    assert not {"register", "inlamnat"} & extras(PRODUCTION)


@pytest.mark.parametrize("page", ["uppdrag", "hos2029", "intern_kontroll"])
def test_what_is_told_through_a_month_has_the_month_in_its_files_name(page: str) -> None:
    ask = ask_of(warm.workspace(), scope(), page, HSF)
    told = [one.figure for one in figures_of(ask, page) if Origin.DEMO in one.figure.origins]
    names = [file_name(figure, "csv") for figure in told]
    assert names
    assert [name for name in names if "2023-10" not in name] == []
