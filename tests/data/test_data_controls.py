"""Intern kontroll: data/intern_kontroll.toml against section 6 as the plan prints it (printed_intern_kontroll.txt)."""

from __future__ import annotations

import re

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.control import DecisionLevel, Risk
from tests.data.printed import folded, printed

SECTION = printed("intern_kontroll")
SAID = {DecisionLevel.BOARD: "HSN", DecisionLevel.REGION: "RS"}


def row(risk: Risk) -> str:
    """The cells of the plan's table, in its order."""
    value = f"S={risk.likelihood}K={risk.consequence}Risktal:{risk.value}"
    cells = (SAID[risk.level], risk.text, risk.area, risk.policy, value, risk.responsible, risk.method)
    return folded("".join(cells))


def test_every_row_of_the_plan_stands_there_whole_and_in_its_order(catalogue: Catalogue) -> None:
    rows = [row(risk) for risk in catalogue.controls.risks]
    section = folded(SECTION)
    places = [section.find(one) for one in rows]
    assert -1 not in places, [
        one.id for one, at in zip(catalogue.controls.risks, places, strict=True) if at < 0
    ]
    assert places == sorted(places)
    assert SECTION.count("Risktal:") == len(rows) == 8


def test_nothing_of_the_tables_is_left_out(catalogue: Catalogue) -> None:
    rest = folded(SECTION)
    for risk in catalogue.controls.risks:
        rest = rest.replace(row(risk), "", 1)
    assert len(rest) < 420, f"more than the headings: {rest}"
    assert "Risk" not in re.sub("Riskvärde|Risk(?=Granskning)", "", rest)


def test_three_risks_of_the_board_and_five_of_the_region_which_names_nobody(catalogue: Catalogue) -> None:
    risks = catalogue.controls.risks
    assert [risk.level for risk in risks] == [DecisionLevel.BOARD] * 3 + [DecisionLevel.REGION] * 5
    assert [bool(risk.responsible) for risk in risks] == [True] * 3 + [False] * 5
    assert [risk.value for risk in risks] == [12, 9, 12, 6, 9, 9, 9, 9]


def test_who_is_responsible_is_a_unit_where_the_organisation_has_it(catalogue: Catalogue) -> None:
    named = {risk.responsible: risk.unit for risk in catalogue.controls.risks if risk.responsible}
    units = catalogue.organisation.units
    assert named == {
        "Patientsäkerhet": "",
        "Sjukvårdsfarmaci": "sjukvardsfarmaci",
        "Planering- och utvecklingsstab": "planering-och-utveckling",
    }
    assert units["sjukvardsfarmaci"].name == "Sjukvårdsfarmaci"
    assert not [unit for unit in units.values() if "patientsäkerhet" in unit.name.casefold()]
