"""What the demo's pages and figures say over themselves: a finding, and short enough to stand on its lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest

from hsf_kpi.access.identity import Identity
from hsf_kpi.composing import (
    assignments,
    budget,
    choices,
    compare,
    controls,
    goals,
    near_care,
    one_measure,
    overview,
    own_unit,
    production,
    promised,
    quality,
    road,
    signals,
    surroundings,
    transformation,
)
from hsf_kpi.composing.ask import Ask, ask_of
from hsf_kpi.composing.registry import PAGES, figures_of
from hsf_kpi.figures.findings import LONGEST, LONGEST_HEADING
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.selection import Selection
from hsf_kpi.settings import read_settings
from hsf_kpi.workspace import Workspace
from tests.composing.test_composing_registry import SHOWN

HEADINGS: Mapping[str, Callable[[Ask], str]] = {
    choices.OVERVIEW: overview.finding,
    choices.SIGNALS: signals.finding,
    choices.OWN_UNIT: own_unit.finding,
    choices.ROAD: road.finding,
    choices.BUDGET: budget.finding,
    choices.ASSIGNMENTS: assignments.finding,
    choices.PRODUCTION: production.finding,
    choices.GOALS: goals.finding,
    choices.ONE_MEASURE: one_measure.finding,
    choices.COMPARE: compare.finding,
    choices.MISSIONS: promised.finding,
    choices.TRANSFORMATION: transformation.finding,
    choices.NEAR_CARE: near_care.finding,
    choices.CONTROLS: controls.finding,
    choices.SURROUNDINGS: surroundings.finding,
    choices.QUALITY: quality.finding,
}
"""Page → the sentence over it."""
SEEN = (
    ("hsf", Month.of(2023, 10), View.YTD),
    ("kirurgkliniken", Month.of(2023, 10), View.MONTH),
    ("mottagning-for-tidiga-insatser", Month.of(2023, 1), View.YTD),
)
"""The whole, a klinik, and the longest name in the first month of a year."""
VERBS = re.compile(
    r"\b(?:är|når|nås|uppnås|uppnåddes|ligger|följer|följde|mäts|har|hade|kan|landar|står|stod|försämrar|försämrats|förbättrar"
    r"|avviker|skiljer|växte|ökar|ökade|ökat|minskar|minskade|redovisas|summerar|ger|gav|ska|hör|kostar|krävs|avsatte|nämner"
    r"|knyter|visar|visas|väntar|väntas|saknar|beslutades|bytts|bröt|blir|blev|håller|rangordnas|räknat|går|gått|gäller|får)\b"
)
COMPARED = re.compile(r"\b(?:fler|färre|högre|lägre|längre|kortare|bättre|sämre|större|mindre|över|under)\b")
COUNTED = re.compile(
    r"\b(?:förbättring(?:ar)?|försämring(?:ar)?|förändringar|(?:o|inte )?besvarad[e]?|källor|källa|avvikelser)\b"
)


@pytest.fixture(scope="module")
def workspace(demo_database: str) -> Workspace:
    return Workspace.open(read_settings({"HSF_KPI_DATABASE_URL": demo_database}))


def asked(workspace: Workspace, page: str, chosen: Mapping[str, str], selection: Selection) -> Ask:
    person = next(one for one in workspace.catalogue.demo_people if one.id == "ledning")
    scope = workspace.scope_of(Identity(person.id, person.title, person.grants))
    measure = chosen.get("nyckeltal")
    extras = {name: value for name, value in chosen.items() if name != "nyckeltal"}
    return ask_of(workspace, scope, page, selection, **({"measure": measure} if measure else {}), **extras)


def tells(title: str) -> bool:
    """A verb, a comparison, or a count of what has happened: no mere name of what is shown."""
    return any(pattern.search(title) for pattern in (VERBS, COMPARED, COUNTED))


def test_every_page_has_a_sentence_of_its_own() -> None:
    assert HEADINGS.keys() == PAGES.keys()


@pytest.mark.parametrize(("unit", "month", "view"), SEEN)
def test_titles_and_headings_fit_and_say_what_was_found(
    workspace: Workspace, unit: str, month: Month, view: View
) -> None:
    faults, count = [], 0
    for page, chosen in SHOWN:
        ask = asked(workspace, page, chosen, Selection(unit, month, view))
        titles = [(one.figure.title, LONGEST) for one in figures_of(ask, page)]
        for said, longest in [*titles, (HEADINGS[page](ask), LONGEST_HEADING)]:
            count += 1
            if len(said) > longest or "…" in said or not tells(said):
                faults.append((page, len(said), said))
    assert faults == []
    assert count > 50


def test_a_mere_name_is_no_finding() -> None:
    assert not tells("Egen plats i gruppen")
    assert not tells("Prognos jämfört med budget")
    assert tells("Sjukfrånvaro: 0,7 procentenheter lägre än jan–okt 2022")
    assert tells("Inga verkliga förändringar i oktober")
