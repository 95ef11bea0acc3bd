"""The heading says of a page what its figures say of themselves: demo data, published, or both."""

from __future__ import annotations

import pytest

from hsf_kpi.composing import choices
from hsf_kpi.figures.figure import Figure
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.period import View
from hsf_kpi.settings import read_settings
from hsf_kpi.ui.frame import PARTLY_DEMO, origin_badge
from hsf_kpi.workspace import Workspace
from tests.render.drawn_references import _ask, _figures

BOTH = {Origin.DEMO, Origin.PUBLISHED}


@pytest.fixture(scope="module")
def demo(demo_database: str) -> Workspace:
    return Workspace.open(read_settings({"HSF_KPI_DATABASE_URL": demo_database}))


def figures(demo: Workspace, page: str) -> list[Figure]:
    return [one for one in _figures(page, _ask(demo, "hsf", page, View.YTD, {})) if one.origins]


@pytest.mark.parametrize("page", choices.CHANGE)
def test_the_heading_agrees_with_the_figures(demo: Workspace, page: str) -> None:
    shown = figures(demo, page)
    origins = frozenset().union(*(one.origins for one in shown))
    assert (origins == {Origin.PUBLISHED}) == (page in choices.WITHOUT_MONTH)
    assert (origins == BOTH) == (page in choices.PARTLY_PUBLISHED)
    for one in shown:
        assert ("Demodata" in one.source) == (Origin.DEMO in one.origins), one.slug


def test_the_words() -> None:
    assert origin_badge(choices.TRANSFORMATION) == PARTLY_DEMO
    assert origin_badge(choices.BUDGET) == ":yellow-badge[Demodata]"
