"""The regions' values as Omvärld asks for them: all that is published, newer ones that are loaded, nothing that can't be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from hsf_kpi import ROOT
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.ingest.published import read_external
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.observation import ExternalValue
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import NotPermitted
from hsf_kpi.model.scope import Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.regions import Regions, regions_of
from hsf_kpi.store.store import Store
from hsf_kpi.workspace import Workspace

HSF = Selection("hsf", Month.of(2023, 10))
SCOPE = Scope.of(["hsf"])


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    catalogue = read_catalogue(ROOT / "data")
    path: Path = tmp_path_factory.mktemp("regions") / "hsf.sqlite3"
    store = Store.create(f"sqlite:///{path}", "real", catalogue, dt.date(2023, 11, 14))
    store.load(catalogue, "Kolada", Origin.PUBLISHED, (), read_external(ROOT / "data", catalogue))
    yield Workspace(catalogue, store)
    store.close()


def asked(workspace: Workspace) -> Regions:
    return regions_of(workspace)


def test_every_region_is_there_and_the_country_is_none(workspace: Workspace) -> None:
    regions = asked(workspace)
    names = regions.names(SCOPE, HSF)
    assert len(names) == 21
    assert "0000" not in names
    values = regions.values(SCOPE, HSF)
    assert len(values) == 76
    total = sum(len(found) for one in values.values() for found in one.years.values())
    national = sum(len(one.national) for one in values.values())
    faults = sum(len(one.faults) for one in values.values())
    # Every line of the file is somewhere, but for the year that is another key figure's: 21 regions and the country.
    copied = 22
    assert max(values["N70467"].years) == max(values["N70467"].national) == 2024
    lines = (ROOT / "data/published/kolada_regions.csv").read_text(encoding="utf-8").splitlines()
    assert total + national + faults + copied == len(lines) - 1 == 13_603


def test_a_value_that_can_not_be_is_in_no_year(workspace: Workspace) -> None:
    waiting = asked(workspace).values(SCOPE, HSF)["N79221"]
    assert waiting.faults == ((2025, "0014", Fraction("146.1")),)
    assert "0014" not in waiting.years[2025]
    assert "0014" in waiting.years[2024]


def test_the_chosen_month_holds_nothing_back(workspace: Workspace) -> None:
    early = Selection("hsf", Month.of(2023, 1))
    trust = asked(workspace).values(SCOPE, early)["U70446"]
    assert max(trust.years) == 2025
    assert trust.of("0019")[2025] == Fraction("77.6")
    assert trust.national[2025] == Fraction("73.2")


def test_who_may_not_see_the_unit_gets_no_answer(workspace: Workspace) -> None:
    for ask in (asked(workspace).values, asked(workspace).names):
        with pytest.raises(NotPermitted):
            ask(Scope.of(["kirurgkliniken"]), HSF)


def test_newer_values_that_are_loaded_take_part(workspace: Workspace) -> None:
    assert 2026 not in asked(workspace).values(SCOPE, HSF)["U70446"].years
    newer = [
        ExternalValue("kolada", "U70446", "0019", "Västmanland", 2026, 800_000),
        ExternalValue("kolada", "U70446", "0000", "Riket", 2026, 740_000),
    ]
    workspace.store.load(workspace.catalogue, "kolada-2026.csv", Origin.LOADED, (), newer)
    workspace._state = None
    found = asked(workspace).values(SCOPE, HSF)["U70446"]
    assert found.years[2026] == {"0019": Fraction(80)}
    assert found.national[2026] == 74
