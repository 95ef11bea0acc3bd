"""What HoS 2029 shows of its nyckeltal, and to whom."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hsf_kpi.composing import transformation
from hsf_kpi.composing.ask import Ask, ask_of
from hsf_kpi.composing.choices import ONE_MEASURE, TRANSFORMATION
from hsf_kpi.composing.one_measure import trend_figure
from hsf_kpi.figures.figure import FigureKind, Role
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.scope import Reach, Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.ui import warm

OCTOBER = Month.of(2023, 10)
LISTED = "listade-per-lakare"


@pytest.fixture(scope="module", autouse=True)
def _demo(demo_database: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HSF_KPI_DATABASE_URL", demo_database)
        warm.close()
        yield
        warm.close()


def ask(measures: frozenset[str] | None = None, **extras: str) -> Ask:
    workspace = warm.workspace()
    units = frozenset(workspace.catalogue.organisation.units)
    scope = Scope(frozenset({Reach(units, measures)}))
    return ask_of(workspace, scope, TRANSFORMATION, Selection("kirurgkliniken", OCTOBER), **extras)


def test_the_curve_is_nyckeltals_own_with_the_target_of_the_last_year() -> None:
    found = transformation.trend(ask())
    assert found is not None
    own = ask_of(warm.workspace(), ask().scope, ONE_MEASURE, Selection("hsf", OCTOBER, View.MONTH), LISTED)
    [mark] = set(found.figure.marks) - set(trend_figure(own).figure.marks)
    assert (mark.role, mark.low, mark.high) == (Role.TARGET_HIGH, 1100.0, 1100.0)
    assert "2029" in mark.label
    assert found.figure.rows == trend_figure(own).figure.rows
    assert found.tells_of_measures(None) == (LISTED,)
    assert "hsf" in found.tells_of_units("kirurgkliniken")
    assert transformation.trend(ask()) is found


def test_who_may_not_see_the_nyckeltal_sees_the_rest() -> None:
    without = ask(frozenset({"sjukfranvaro"}))
    assert transformation.trend(without) is None
    assert [tile.id for tile in transformation.tiles(without)] == [
        "hos-delmal",
        "hos-ansvarig",
        "hos-forsenade",
    ]
    assert [one.figure.kind for one in transformation.figures(without)] == [
        FigureKind.TIMELINE,
        FigureKind.TABLE,
        FigureKind.TABLE,
    ]
    assert transformation.measure_key(ask()) == LISTED


def test_an_activity_that_is_chosen_opens_its_history_and_an_unknown_one_nothing() -> None:
    assert len(transformation.histories(ask(aktivitet="digitalisering"))) == 2
    assert transformation.histories(ask(aktivitet="flygplats")) == ()
    assert transformation.histories(ask()) == ()


def test_the_decision_came_after_the_demos_months() -> None:
    assert transformation.decided_later(ask())
    assert transformation.activity_names(ask())["narakut-koping"].startswith("1")
