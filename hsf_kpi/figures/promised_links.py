"""Which åtgärd serves which uppdrag: uppdrag down, åtgärder across, a dot where the plan links them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hsf_kpi.analysis.promised import Stand
from hsf_kpi.figures.captions import sentences
from hsf_kpi.figures.economy.words import source_line
from hsf_kpi.figures.figure import Column, Context, Figure, Role
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.grids import NONE, PLAIN, WORSE, Cell, grid_figure
from hsf_kpi.figures.missions import EMPTY, NONE_CHOSEN
from hsf_kpi.figures.missions_status import Followed
from hsf_kpi.figures.missions_words import (
    actions_words,
    functions_words,
    label_words,
    mission_titles,
    missions_of,
    missions_words,
    time_words,
    unlinked_words,
    unserved_words,
    years_words,
)
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.figures.promised_words import RULE, stand_text
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.mission import Link, Mission, MissionPlan

WORD = {
    PLAIN: "svarar mot",
    WORSE: "svarar mot, försenad eller tidplanen passerad",
    NONE: "samtliga åtgärder",
}
_MORE = (
    Column("mission", "Uppdragets text", Role.TEXT),
    Column("action", "Åtgärdens titel", Role.TEXT),
    Column("time", "Tidplan", Role.TEXT),
    Column("responsible", "Ansvarig", Role.TEXT),
    Column("status", "Status", Role.TEXT),
)


def links_grid(plan: MissionPlan, followed: Followed, *, context: Context) -> Figure:
    """plan: what is shown, the whole or what the filters leave. A ring where the plan says «samtliga åtgärder»."""
    is_there = bool(plan.missions and plan.actions)
    cells = list(_cells(plan, followed)) if is_there else []
    late = any(cell.tone == WORSE for cell in cells)
    served = len({link.mission for link in plan.links})
    return grid_figure(
        slug="uppdrag-atgarder",
        title=_title(plan, followed) if is_there else "Inga kopplingar mellan uppdrag och åtgärder att visa",
        caption=sentences(
            "Uppdrag och de åtgärder som svarar mot dem.",
            f"Urval: {followed.chosen}." if followed.chosen else "",
            f"{plan.source}." if plan.source else "",
        ),
        context=replace(context, period=years_words(plan) or context.period, view="", state=""),
        cells=cells,
        rows=[label_words(mission) for mission in plan.missions] if is_there else [],
        columns=[action.letter for action in plan.actions] if is_there else [],
        row_notes=[mission.text for mission in plan.missions] if is_there else [],
        row_title="Uppdrag",
        column_title="Åtgärd",
        tones=WORD,
        more_columns=_MORE,
        sentence=f"Rutnät med {missions_words(len(plan.missions))} mot {actions_words(len(plan.actions))}:"
        f" {'en koppling' if len(plan.links) == 1 else f'{how_many(len(plan.links))} kopplingar'},"
        f" {missions_words(served)} har minst en egen åtgärd.",
        source=source_line(plan.source or "ingen", *followed.sources),
        origins={Origin.PUBLISHED, *followed.told_origins} if cells else (),
        help=sentences(
            "● åtgärden svarar mot uppdraget.",
            "■ den är försenad eller tidplanen passerad." if late else "",
            RULE if late and followed.passed else "",
            "○ samtliga åtgärder ska svara mot uppdraget." if plan.common else "",
            unserved_words(plan),
            unlinked_words(plan),
            functions_words(plan),
            *plan.mission_notes,
        )
        if is_there
        else "",
        empty=NONE_CHOSEN.format(followed.chosen) if followed.chosen else EMPTY,
    )


def _cells(plan: MissionPlan, followed: Followed) -> Iterator[Cell]:
    common = set(plan.common)
    for mission in plan.missions:
        if mission in common:
            yield from _every(mission, plan, followed)
        else:
            yield from (_linked(link, mission, followed) for link in plan.links_of(mission.number))


def _linked(link: Link, mission: Mission, followed: Followed) -> Cell:
    stand = followed.stands[link.action]
    more = (
        mission.text,
        link.wording or stand.action.title,
        time_words(link.time),
        ", ".join(link.responsible),
        stand_text(stand),
    )
    return Cell(label_words(mission), link.action, WORSE if stand.late else PLAIN, "", more)


def _every(mission: Mission, plan: MissionPlan, followed: Followed) -> Iterator[Cell]:
    answer = next(one for one in plan.answers_to(mission.number) if one.every_action)
    when, who = time_words(answer.time), ", ".join(answer.responsible)
    for action in plan.actions:
        stand = followed.stands[action.letter]
        yield Cell(
            label_words(mission), action.letter, NONE, "", (mission.text, action.title, when, who, stand_text(stand))
        )  # fmt: skip


def _title(plan: MissionPlan, followed: Followed) -> str:
    waiting = {link.mission for link in plan.links if followed.stands[link.action].late}
    return fitting(_titles(plan, followed, len(waiting)))


def _titles(plan: MissionPlan, followed: Followed, waiting: int) -> Iterator[str]:
    if waiting:
        some = missions_of(waiting, len(plan.missions))
        late = {stand.stand for link in plan.links if (stand := followed.stands[link.action]).late}
        if late == {Stand.LATE}:
            yield f"{some} väntar på en försenad åtgärd"
        elif late == {Stand.OVERDUE}:
            yield f"{some} väntar på en åtgärd som har passerat sin tidplan"
        else:
            yield f"{some} väntar på åtgärder som är sena eller förbi sin tidplan"
    yield from mission_titles(plan, followed.plan)
