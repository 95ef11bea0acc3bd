"""data/intern_kontroll.toml: what a wrong risk is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.ingest.definitions.around import Around
from hsf_kpi.ingest.definitions.controls import build_controls, check_controls
from hsf_kpi.ingest.definitions.controls_shapes import ControlsShape
from hsf_kpi.ingest.definitions.words import shape_problems
from hsf_kpi.model.control import HIGHEST, ControlPlan
from tests.ingest.conftest import Change, Problems

FILE = "data/intern_kontroll.toml"


def risk(**changed: Any) -> dict[str, Any]:
    return {
        "id": "brand", "name": "Brand", "level": "hsn", "text": "Det brinner", "area": "Släckare",
        "policy": "Riktlinje 1", "likelihood": 2, "consequence": 3, "value": 6, "method": "Stickprov", **changed,
    }  # fmt: skip


def told(*risks: dict[str, Any], known: bool = True) -> list[str]:
    """The problems of shape, or when there are none those of meaning. known: whether the organisation could be read."""
    raw = {"source": "Exempel", "risk": list(risks)}
    try:
        shape = ControlsShape.model_validate(raw)
    except ValidationError as error:
        return [str(problem) for problem in shape_problems(error, FILE, raw, ControlsShape)]
    around = Around(goal_areas=None, units={} if known else None, measures=None, series=())
    return [str(problem) for problem in check_controls(shape, FILE, around)]


@given(st.integers(1, HIGHEST), st.integers(1, HIGHEST), st.integers(-1, 20))
def test_the_risktal_is_the_product_or_told(likelihood: int, consequence: int, value: int) -> None:
    found = told(risk(likelihood=likelihood, consequence=consequence, value=value))
    product = likelihood * consequence
    expected = (
        f"{FILE}: risk[brand].value: Risktalet är {value}, men {likelihood} × {consequence} är {product}."
        " Rätta likelihood, consequence eller value efter källan."
    )
    assert found == ([] if value == product else [expected])


@pytest.mark.parametrize(
    ("risks", "expected"),
    [
        ((risk(), risk()), "risk[brand].id: Id används flera gånger. Ge varje rad ett eget id."),
        ((risk(method="  "),), "risk[brand].method: Fältet får inte vara tomt. Fyll i fältet."),
        ((risk(level="rf"),), "risk[brand].level: ”rf” är inget tillåtet värde. Välj ett av: hsn, rs."),
        ((risk(likelihood=5),), "risk[brand].likelihood: ”5” är utanför det tillåtna. Ange högst 4."),
        ((risk(consequence=0),), "risk[brand].consequence: ”0” är utanför det tillåtna. Ange minst 1."),
        (
            (risk(unit="sol", responsible="Sol"),),
            "risk[brand].unit: Enheten ”sol” finns inte. Ange id för en enhet i organisation.toml, eller ta bort fältet.",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(risks: tuple[dict[str, Any], ...], expected: str) -> None:
    assert told(*risks) == [f"{FILE}: {expected}"]


def test_a_unit_is_somebodys_and_held_against_an_organisation_that_can_be_read() -> None:
    assert told(risk(unit="sol"), known=False) == [
        f"{FILE}: risk[brand].responsible: Risken har en verksamhet men ingen ansvarig."
        " Ange den ansvariga funktionen, eller ta bort unit."
    ]
    assert told(risk(unit="sol", responsible="Sol"), known=False) == []


def test_what_is_built_is_what_stands_there() -> None:
    shape = ControlsShape.model_validate({"source": "Exempel", "notes": ["Märk väl."], "risk": [risk()]})
    built = build_controls(shape)
    assert (built.source, built.notes) == ("Exempel", ("Märk väl.",))
    [one] = built.risks
    assert {name: getattr(one, name) for name in risk()} == risk()
    assert (one.responsible, one.unit) == ("", "")


def test_a_wrong_risk_in_the_folder_stops_the_reading(change: Change, problems: Problems) -> None:
    change("intern_kontroll.toml", "value = 12", "value = 13")
    assert problems() == [
        f"{FILE}: risk[hygien].value: Risktalet är 13, men 3 × 4 är 12."
        " Rätta likelihood, consequence eller value efter källan."
    ]


def test_without_a_file_there_are_no_risks(folder: Path) -> None:
    (folder / "intern_kontroll.toml").unlink()
    assert read_catalogue(folder).controls == ControlPlan()
