"""What the plan has promised (uppdrag.toml): uppdrag, åtgärder, and the links between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import chain

from hsf_kpi.ingest.definitions.around import Around
from hsf_kpi.ingest.definitions.missions_shapes import AnswerShape, LinkShape, MissionsShape
from hsf_kpi.ingest.definitions.words import named_twice, told_twice, unknown_unit
from hsf_kpi.model.mission import Answer, AreaGoals, FocusArea, Link, Mission, MissionPlan, PlanAction
from hsf_kpi.model.problems import Problem

FILE = "uppdrag.toml"


def build_missions(shape: MissionsShape) -> MissionPlan:
    """In the order of the file, a link for each uppdrag of a row. Whether it holds together: see `check_missions`."""
    return MissionPlan(
        source=shape.source,
        missions=tuple(Mission(one.id, one.giver, one.text, one.goal_area) for one in shape.mission),
        actions=tuple(PlanAction(one.id, one.title, one.focus_area) for one in shape.action),
        links=tuple(
            Link(mission, row.action, row.time, tuple(row.responsible), row.wording)
            for row in shape.link
            for mission in row.missions
        ),
        answers=tuple(
            Answer(one.text, one.mission, one.goal_area, one.time, tuple(one.responsible), one.every_action)
            for one in shape.answer
        ),
        focus_areas=tuple(FocusArea(one.id, one.name) for one in shape.focus_area),
        functions={one.id: one.name for one in shape.function},
        function_units={one.id: one.unit for one in shape.function if one.unit is not None},
        goals=tuple(
            AreaGoals(one.goal_area, tuple(one.council), tuple(one.board), tuple(one.documents))
            for one in shape.goals
        ),
        mission_notes=tuple(shape.mission_notes),
        action_notes=tuple(shape.action_notes),
    )


def check_missions(shape: MissionsShape, file: str, around: Around) -> list[Problem]:
    """Everything that is wrong with it."""
    goal_areas = around.goal_areas
    return [
        *told_twice(file, "function", [one.id for one in shape.function]),
        *told_twice(file, "focus_area", [one.id for one in shape.focus_area]),
        *named_twice(file, "focus_area", "name", [one.name for one in shape.focus_area]),
        *told_twice(file, "mission", [one.id for one in shape.mission]),
        *told_twice(file, "action", [one.id for one in shape.action]),
        *chain.from_iterable(
            unknown_unit(one.unit, around.units, f"{file}: function[{one.id}].unit")
            for one in shape.function
            if one.unit is not None
        ),
        *_check_areas(shape, file, goal_areas),
        *chain.from_iterable(_check_link(row, shape, f"{file}: {_name(row)}") for row in shape.link),
        *_check_pairs(shape.link, file),
        *chain.from_iterable(_check_answer(one, shape, file, goal_areas) for one in shape.answer),
    ]


def _name(row: LinkShape) -> str:
    """«link[H, 1 2 7]»"""
    return f"link[{row.action}, {' '.join(row.missions)}]"


def _check_areas(shape: MissionsShape, file: str, goal_areas: Collection[str] | None) -> Iterator[Problem]:
    for area, count in Counter(goals.goal_area for goals in shape.goals).items():
        where = f"{file}: goals[{area}]"
        yield from _known_area(area, goal_areas, where)
        if count > 1:
            yield Problem(
                "Målområdet står flera gånger.",
                f"{where}.goal_area",
                "Samla dess mål och måldokument i en [[goals]].",
            )
    for mission in shape.mission:
        yield from _known_area(mission.goal_area, goal_areas, f"{file}: mission[{mission.id}]")
    known = {one.id for one in shape.focus_area}
    for action in shape.action:
        if action.focus_area not in known:
            yield Problem(
                f"Insatsområdet ”{action.focus_area}” finns inte.",
                f"{file}: action[{action.id}].focus_area",
                "Ange id för en [[focus_area]].",
            )


def _check_link(row: LinkShape, shape: MissionsShape, where: str) -> Iterator[Problem]:
    for mission in dict.fromkeys(row.missions):
        yield from _known_mission(mission, shape, f"{where}.missions")
    if row.action not in {one.id for one in shape.action}:
        yield Problem(
            f"Åtgärden ”{row.action}” finns inte.", f"{where}.action", "Ange bokstaven för en [[action]]."
        )
    yield from _check_responsible(row.responsible, shape, where)


def _check_pairs(rows: Sequence[LinkShape], file: str) -> Iterator[Problem]:
    """That an uppdrag and an åtgärd are linked once: two rows might give two time plans."""
    first: dict[tuple[str, str], int] = {}
    for at, row in enumerate(rows):
        for mission in row.missions:
            other = first.setdefault((mission, row.action), at)
            if other != at:
                yield _twice(mission, row, f"redan i {_name(rows[other])}", file)
        for mission in (m for m, count in Counter(row.missions).items() if count > 1):
            yield _twice(mission, row, "flera gånger i raden", file)


def _twice(mission: str, row: LinkShape, again: str, file: str) -> Problem:
    return Problem(
        f"Uppdrag {mission} och åtgärd {row.action} står {again}.",
        f"{file}: {_name(row)}.missions",
        "Koppla ett uppdrag till en åtgärd en gång: ta bort det ena.",
    )


def _check_answer(
    one: AnswerShape, shape: MissionsShape, file: str, goal_areas: Collection[str] | None
) -> Iterator[Problem]:
    where = f"{file}: answer[{one.mission or one.goal_area or '?'}]"
    if (one.mission is None) == (one.goal_area is None):
        yield Problem(
            "Det sägs inte vad svaret gäller."
            if one.mission is None
            else "Svaret gäller både uppdrag och målområde.",
            f"{where}.mission",
            "Ange antingen mission eller goal_area.",
        )
    if one.mission is not None:
        yield from _known_mission(one.mission, shape, f"{where}.mission")
    if one.goal_area is not None:
        yield from _known_area(one.goal_area, goal_areas, where)
    yield from _check_responsible(one.responsible, shape, where)


def _known_mission(number: str, shape: MissionsShape, where: str) -> Iterator[Problem]:
    if number not in {one.id for one in shape.mission}:
        yield Problem(f"Uppdraget ”{number}” finns inte.", where, "Ange numret på ett [[mission]].")


def _known_area(area: str, known: Collection[str] | None, where: str) -> Iterator[Problem]:
    if known is not None and area not in known:
        yield Problem(
            f"Målområdet ”{area}” finns inte.",
            f"{where}.goal_area",
            "Ange id för ett målområde i plan.toml.",
        )


def _check_responsible(named: Sequence[str], shape: MissionsShape, where: str) -> Iterator[Problem]:
    known = {one.id for one in shape.function}
    for function in dict.fromkeys(named):
        if function not in known:
            yield Problem(
                f"Funktionen ”{function}” finns inte.",
                f"{where}.responsible",
                "Ange id för en [[function]].",
            )
        if named.count(function) > 1:
            yield Problem(
                f"Funktionen ”{function}” står flera gånger.",
                f"{where}.responsible",
                "Ta bort dubbletten.",
            )
