"""The funnel, the curves and the matrix of comparable units, as pages ask for them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from hsf_kpi.analysis.compare.types import Funnel, NoFunnel
from hsf_kpi.comparing import Comparing, comparing_of
from hsf_kpi.model.aggregation import from_fixed
from hsf_kpi.model.codes import Missing
from hsf_kpi.model.measure import Counted
from hsf_kpi.model.period import View
from hsf_kpi.model.scope import Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.settings import read_settings
from hsf_kpi.workspace import Workspace
from tests.comparing_asked import HSF, KIR, OCTOBER, ranked, scope_of


@pytest.fixture(scope="module")
def workspace(demo_database: str) -> Iterator[Workspace]:
    opened = Workspace.open(read_settings({"HSF_KPI_DATABASE_URL": demo_database}))
    with closing(opened.store):
        yield opened


@pytest.fixture(scope="module")
def comparing(workspace: Workspace) -> Comparing:
    return comparing_of(workspace)


def test_the_funnel_is_of_the_units_within_the_scope_alone(
    workspace: Workspace, comparing: Comparing
) -> None:
    scope = scope_of(workspace, "omradeschef")
    found = comparing.funnel(scope, KIR, "sjukfranvaro", "vardande")
    assert isinstance(found, Funnel)
    assert (len(found.points), found.left_out, found.own) == (9, 0, "kirurgkliniken")
    assert all(scope.sees(point.unit) for point in found.points)
    assert found.size_words == "personmånader"
    whole = comparing.funnel(scope_of(workspace, "ledning"), KIR, "sjukfranvaro", "vardande")
    assert isinstance(whole, Funnel)
    assert len(whole.points) == 14
    values = {p.unit: (p.size, p.value) for p in whole.points}
    assert all(values[p.unit] == (p.size, p.value) for p in found.points)
    assert found.centre != whole.centre
    total = sum(p.size * p.value for p in whole.points) / sum(p.size for p in whole.points)
    assert whole.centre == pytest.approx(total)


def test_the_centre_is_what_the_parts_sum_to(workspace: Workspace, comparing: Comparing) -> None:
    scope = scope_of(workspace, "ledning")
    found = comparing.funnel(scope, KIR, "aterinskrivning-65", "vardande")
    assert isinstance(found, Funnel)
    cells = [
        workspace.assessment(scope, replace(KIR, unit=p.unit), "aterinskrivning-65").outcome.cell
        for p in found.points
    ]
    numerator, denominator = (
        sum(c.numerator or 0 for c in cells if c),
        sum(c.denominator or 0 for c in cells if c),
    )
    assert found.centre == pytest.approx(100 * numerator / denominator)
    assert sum(p.size for p in found.points) == pytest.approx(float(from_fixed(denominator)))


def test_there_is_no_funnel_of_what_is_not_counted_or_of_too_few(
    workspace: Workspace, comparing: Comparing
) -> None:
    everything, head = scope_of(workspace, "ledning"), scope_of(workspace, "verksamhetschef")

    def words(scope: Scope, key: str, selection: Selection = KIR, group: str = "vardande") -> str:
        found = comparing.funnel(scope, selection, key, group)
        assert isinstance(found, NoFunnel)
        return found.words

    assert words(everything, "hyrpersonal").startswith("Nyckeltalet räknar inte hur många av hur många")
    assert words(head, "sjukfranvaro").endswith("här har en ett.")
    assert words(everything, "vardgaranti.telefon").startswith("Nyckeltalet mäts inte")
    assert words(scope_of(workspace, "hr"), "vantande-besok", HSF).startswith("Nyckeltalet ingår inte")
    assert words(everything, "sjukfranvaro", HSF, "staber").endswith("här har 3 ett.")


def test_masked_units_are_left_out_and_counted(workspace: Workspace, comparing: Comparing) -> None:
    found = comparing.funnel(scope_of(workspace, "ledning"), KIR, "trycksar.kat-1-4", "vardande")
    assert isinstance(found, Funnel)
    whole = ranked(comparing, "ledning", "trycksar.kat-1-4")
    assert {word for _, word in whole.missing} == {"maskerat"}
    assert found.left_out == len(whole.missing) == 7 - len(found.points) > 0


def test_what_is_counted_gives_the_value_that_is_shown(workspace: Workspace, comparing: Comparing) -> None:
    scope = scope_of(workspace, "ledning")
    for measure in workspace.catalogue.measures.values():
        if measure.counted is None:
            continue
        for group in ("vardande", "oppna"):
            found = comparing.funnel(scope, HSF, measure.key, group)
            for point in found.points if isinstance(found, Funnel) else ():
                a = workspace.assessment(scope, replace(HSF, unit=point.unit), measure.key)
                assert point.value == pytest.approx(float(a.outcome.value or 0))
                assert measure.counted is Counted.RATE or point.value <= 100


# Curves and the matrix


def test_the_curves_are_the_months_of_the_units_within_the_scope(
    workspace: Workspace, comparing: Comparing
) -> None:
    everything, head = scope_of(workspace, "ledning"), scope_of(workspace, "verksamhetschef")
    whole = comparing.curves(everything, KIR, "sjukfranvaro", "vardande")
    assert len(whole) == 14
    for unit, outcomes in whole.items():
        assert {o.unit for o in outcomes} == {unit}
        assert outcomes[-1].period.end == OCTOBER
        assert len(outcomes) <= 36
        assert {o.period.window.value for o in outcomes} == {"month"}
    mine = comparing.curves(head, KIR, "sjukfranvaro", "vardande")
    assert mine == {"kirurgkliniken": whole["kirurgkliniken"]}
    yearly = comparing.curves(everything, KIR, "hme", "vardande")
    assert all(o.period.window.value == "year" for outcomes in yearly.values() for o in outcomes)
    assert comparing.curves(scope_of(workspace, "hr"), HSF, "vantande-besok", "vardande") == {}
    assert comparing.curves(everything, replace(KIR, view=View.R12), "sjukfranvaro", "vardande") is whole


def test_the_matrix_has_the_plans_measures_that_the_units_share(
    workspace: Workspace, comparing: Comparing
) -> None:
    scope = scope_of(workspace, "ledning")
    found = comparing.grid(scope, HSF, "diagnostik")
    rows = [measure.row for measure, _ in found]
    assert rows == sorted(row for row in rows if row is not None)
    for measure, by_unit in found:
        assert len(by_unit) >= 2
        assert list(by_unit) == [u for u in workspace.catalogue.organisation.units if u in by_unit]
        for unit, assessment in by_unit.items():
            assert (assessment.outcome.unit, assessment.measure) == (unit, measure)
            assert assessment.outcome.missing is not Missing.NOT_MEASURED_HERE
    assert "korda-mil" not in {measure.key for measure, _ in found}, "only Hjälpmedelscentrum has it"


def test_a_head_has_the_own_unit_alone_in_the_matrix(workspace: Workspace, comparing: Comparing) -> None:
    mine = comparing.grid(scope_of(workspace, "verksamhetschef"), KIR, "vardande")
    assert {unit for _, by_unit in mine for unit in by_unit} == {"kirurgkliniken"}
    whole = comparing.grid(scope_of(workspace, "ledning"), KIR, "vardande")
    theirs = {measure.key: by_unit for measure, by_unit in whole}
    assert len(mine) > 20
    for measure, by_unit in mine:
        if measure.key in theirs:
            assert by_unit["kirurgkliniken"] == theirs[measure.key]["kirurgkliniken"]
    staff = comparing.grid(scope_of(workspace, "hr"), HSF, "vardande")
    assert "vardgaranti.besok" not in {measure.key for measure, _ in staff}
