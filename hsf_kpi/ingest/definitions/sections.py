"""The definition files that stand each for itself beside the indicators: what has been promised, what is looked at beside.

A new one is a shape, what builds it, what checks it, and a line here. A file may be missing: what it tells of is then told
nowhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hsf_kpi.ingest.definitions import controls, missions, near_care, search, surroundings, transformation
from hsf_kpi.ingest.definitions.around import Around
from hsf_kpi.ingest.definitions.controls_shapes import ControlsShape
from hsf_kpi.ingest.definitions.missions_shapes import MissionsShape
from hsf_kpi.ingest.definitions.near_care_shapes import NearCareShape
from hsf_kpi.ingest.definitions.search_shapes import SearchShape
from hsf_kpi.ingest.definitions.shapes import Shape
from hsf_kpi.ingest.definitions.surroundings_shapes import SurroundingsShape
from hsf_kpi.ingest.definitions.transformation_shapes import TransformationShape
from hsf_kpi.model.problems import Problem


@dataclass(frozen=True, slots=True)
class Section:
    """field: of the catalogue. check: every problem of what has the right shape, told with the file's name."""

    field: str
    file: str
    shape: type[Shape]
    build: Callable[[Any], Any]
    check: Callable[[Any, str, Around], list[Problem]]
    complete: Callable[[Any, Around], Any] | None = None
    """Adds what other files say of what was built."""

    def made(self, shape: Shape, around: Around) -> Any:
        """What the catalogue holds."""
        built = self.build(shape)
        return built if self.complete is None else self.complete(built, around)


SECTIONS: tuple[Section, ...] = (
    Section("missions", missions.FILE, MissionsShape, missions.build_missions, missions.check_missions),
    Section(
        "transformation",
        transformation.FILE,
        TransformationShape,
        transformation.build_transformation,
        transformation.check_transformation,
    ),
    Section(
        "surroundings",
        surroundings.FILE,
        SurroundingsShape,
        surroundings.build_surroundings,
        surroundings.check_surroundings,
    ),
    Section(
        "near_care",
        near_care.FILE,
        NearCareShape,
        near_care.build_near_care,
        near_care.check_near_care,
        near_care.with_series,
    ),
    Section("controls", controls.FILE, ControlsShape, controls.build_controls, controls.check_controls),
    Section("synonyms", search.FILE, SearchShape, search.build_synonyms, search.check_synonyms),
)
