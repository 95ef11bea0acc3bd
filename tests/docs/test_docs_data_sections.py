"""The tables of docs/data.md on the files that stand each for itself, held against the program as those of the others."""

from __future__ import annotations

from types import ModuleType

import pytest
from pydantic import BaseModel

from hsf_kpi.ingest.definitions import (
    controls_shapes,
    missions_shapes,
    near_care_shapes,
    search_shapes,
    surroundings_shapes,
    transformation_shapes,
)
from hsf_kpi.ingest.demo import follow_ups_settings
from tests.docs import test_docs_data as docs

HEADINGS: dict[ModuleType, dict[type[BaseModel], str]] = {
    missions_shapes: {
        missions_shapes.MissionsShape: "The file `uppdrag.toml`",
        missions_shapes.FunctionShape: "`[[function]]`",
        missions_shapes.FocusAreaShape: "`[[focus_area]]`",
        missions_shapes.GoalsShape: "`[[goals]]`",
        missions_shapes.MissionShape: "`[[mission]]`",
        missions_shapes.PlanActionShape: "`[[action]]`",
        missions_shapes.LinkShape: "`[[link]]`",
        missions_shapes.AnswerShape: "`[[answer]]`",
    },
    transformation_shapes: {
        transformation_shapes.TransformationShape: "The file `hos2029.toml`",
        transformation_shapes.ActivityShape: "`[[activity]]`",
        transformation_shapes.StatementShape: "`[[picture]]`",
        transformation_shapes.KnownShape: "`[[event]]`",
    },
    near_care_shapes: {
        near_care_shapes.NearCareShape: "The file `nara_vard.toml`",
        near_care_shapes.ForecastShape: "`[[forecast]]`",
        near_care_shapes.CountShape: "`[count]`",
        near_care_shapes.PopulationShape: "`[[population]]`",
        near_care_shapes.TargetAreaShape: "`[[target_area]]`",
        near_care_shapes.ProjectShape: "`[[target_area.project]]`",
        near_care_shapes.ContractShape: "`[contract]`",
        near_care_shapes.HistoryShape: "`[[history]]`",
        near_care_shapes.EventShape: "`[[history.event]]`",
    },
    surroundings_shapes: {
        surroundings_shapes.SurroundingsShape: "The file `omvarld.toml`",
        surroundings_shapes.FieldShape: "`[[field]]`",
        surroundings_shapes.KeyFigureShape: "`[[figure]]`",
        surroundings_shapes.OtherPlanShape: "`[plan]`",
        surroundings_shapes.PlanAreaShape: "`[[plan.area]]`",
        surroundings_shapes.OtherActionShape: "`[[plan.action]]`",
        surroundings_shapes.DecisionShape: "`[[plan.decision]]`",
        surroundings_shapes.PartShape: "`[[plan.decision.part]]`",
    },
    controls_shapes: {
        controls_shapes.ControlsShape: "The file `intern_kontroll.toml`",
        controls_shapes.RiskShape: "`[[risk]]`",
    },
    search_shapes: {
        search_shapes.SearchShape: "The file `search.toml`",
        search_shapes.SynonymShape: "`[[synonym]]`",
    },
    follow_ups_settings: {
        follow_ups_settings.FollowUpsSettings: "`demo/followups.toml`",
        follow_ups_settings.FollowUpSettings: "`[[follow_up]]`",
        follow_ups_settings.EntrySettings: "`[[entry]]`",
    },
}
SHAPES = [(module, shape) for module, headings in HEADINGS.items() for shape in headings]


@pytest.mark.parametrize("module", HEADINGS, ids=lambda module: module.__name__)
def test_every_shape_has_a_table(module: ModuleType) -> None:
    assert docs.shapes_of(module) == set(HEADINGS[module])


@pytest.mark.parametrize(("module", "shape"), SHAPES, ids=lambda one: one.__name__)
def test_the_table_is_the_programs(
    module: ModuleType, shape: type[BaseModel], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(docs, "HEADINGS", HEADINGS[module])
    docs.test_the_table_has_every_field_and_no_other(shape)
    docs.test_the_defaults_are_the_programs(shape)
    docs.test_every_allowed_value_is_told(shape)
