"""The small nouns: scope, problems, catalogue, targets and units of measure."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import UnitOfMeasure
from hsf_kpi.model.measure import ExternalSeries
from hsf_kpi.model.period import Window
from hsf_kpi.model.problems import DefinitionError, HsfError, NotFound, NotPermitted, Problem
from hsf_kpi.model.scope import NOTHING, Scope
from hsf_kpi.model.target import TargetKind
from tests.analysis.builders import a_measure, a_target, an_organisation


@given(st.frozensets(st.sampled_from(["hsf", "nara", "akut"])), st.sampled_from(["hsf", "nara", "akut", "x"]))
def test_a_scope_sees_its_units_and_nothing_else(units: frozenset[str], unit: str) -> None:
    scope = Scope.of(units)
    assert scope.sees(unit) == (unit in units)
    assert scope.key == Scope.of(sorted(units)).key
    if unit in units:
        scope.demand(unit)
    else:
        with pytest.raises(NotPermitted):
            scope.demand(unit)
    assert not NOTHING.sees(unit)


def test_the_forbidden_and_the_unknown_are_told_in_the_same_words() -> None:
    with pytest.raises(NotFound) as forbidden:
        NOTHING.demand("x")
    with pytest.raises(NotFound) as unknown:
        an_organisation().get("x")
    assert str(forbidden.value) == str(unknown.value)


def test_an_error_carries_all_its_problems() -> None:
    first, second = Problem("Fel ett.", "a.toml: id", "Rätta."), Problem("Fel två.")
    error = DefinitionError(iter([first, second]))
    assert error.problems == (first, second)
    assert str(error) == "a.toml: id: Fel ett. Rätta.\nFel två."
    assert isinstance(error, HsfError)
    assert HsfError(first).problems == (first,)


def test_the_catalogue_answers_by_key_and_in_the_plans_order() -> None:
    rows = {f"m{n}": a_measure(key=f"m{n}", row=n or None) for n in (3, 1, 0, 2)}
    catalogue = Catalogue(an_organisation(), rows, (), (), "x")
    assert catalogue.measure("m3").row == 3
    assert [m.row for m in catalogue.plan_rows()] == [1, 2, 3]
    with pytest.raises(NotFound, match="saknas-helt"):
        catalogue.measure("saknas-helt")


def test_a_measure_finds_its_target_and_its_public_series() -> None:
    target = a_target(TargetKind.AT_LEAST, "95")
    series = (ExternalSeries("kolada", "N1", "related"), ExternalSeries("kolada", "U2", "outcome"))
    measure = a_measure(targets=(target, replace(target, year=2024)), external=series)
    assert measure.target_for(2023) is target
    assert measure.target_for(2022) is None
    assert measure.outcome_series() == "U2"
    assert measure.outcome_series("scb") is None
    assert measure.monthly
    assert not a_measure(measured=(Window.YEAR,)).monthly


def test_the_bounds_that_each_kind_needs() -> None:
    low = {kind for kind in TargetKind if kind.needs_low}
    high = {kind for kind in TargetKind if kind.needs_high}
    assert low & high == {TargetKind.BETWEEN}
    band = a_target(TargetKind.BETWEEN, "85", "90")
    assert (band.low, band.high) == (Decimal(85), Decimal(90))


def test_amounts_and_counts_alone_are_not_relative() -> None:
    absolute = {unit for unit in UnitOfMeasure if not unit.is_relative}
    assert absolute == {UnitOfMeasure.MNKR, UnitOfMeasure.COUNT, UnitOfMeasure.FTE}
