"""The part of docs/data.md on uppdrag.toml, held against the program as the other files are."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel

from hsf_kpi.ingest.definitions import missions_shapes, read_catalogue
from tests.docs import test_docs_data as docs

HEADINGS: dict[type[BaseModel], str] = {
    missions_shapes.MissionsShape: "The file `uppdrag.toml`",
    missions_shapes.FunctionShape: "`[[function]]`",
    missions_shapes.FocusAreaShape: "`[[focus_area]]`",
    missions_shapes.MissionShape: "`[[mission]]`",
    missions_shapes.PlanActionShape: "`[[action]]`",
    missions_shapes.LinkShape: "`[[link]]`",
    missions_shapes.AnswerShape: "`[[answer]]`",
}


def test_every_shape_has_a_table() -> None:
    assert docs.shapes_of(missions_shapes) == set(HEADINGS)


@pytest.mark.parametrize("shape", HEADINGS, ids=lambda shape: shape.__name__)
def test_the_table_is_the_programs(shape: type[BaseModel], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docs, "HEADINGS", HEADINGS)
    docs.test_the_table_has_every_field_and_no_other(shape)
    docs.test_the_defaults_are_the_programs(shape)
    docs.test_every_allowed_value_is_told(shape)


def test_the_example_says_what_the_reference_says(tmp_path: Path) -> None:
    for block in docs.blocks(docs.REFERENCE, "toml"):
        docs.put(tmp_path / "data", block)
    plan = read_catalogue(tmp_path / "data").missions
    assert [mission.label for mission in plan.missions] == ["28", "HSN 36.1"]
    assert [(link.mission, link.action, link.time.text) for link in plan.links] == [
        ("28", "P", "2023–2025"),
        ("36.1", "P", "2023–2025"),
    ]
    assert plan.without_action == ()
