"""What each åtgärd serves: its uppdrag in the plan's words, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hsf_kpi.analysis.promised import Stand
from hsf_kpi.figures.captions import sentences
from hsf_kpi.figures.economy.words import source_line
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.missions import EMPTY, NO_MISSION, NONE_CHOSEN
from hsf_kpi.figures.missions_status import Followed
from hsf_kpi.figures.missions_words import (
    action_name,
    actions_words,
    functions_words,
    label_words,
    mission_titles,
    missions_of,
    missions_words,
    time_words,
    unserved_words,
    years_words,
)
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.figures.promised_words import RULE, stand_text
from hsf_kpi.figures.shape import unique
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.mission import Mission, MissionPlan, PlanAction
from hsf_kpi.swedish.numbers import SPACE
from hsf_kpi.swedish.words import sentence_start

NO_LINKS = "Inga kopplingar mellan uppdrag och åtgärder att visa"


def links_table(plan: MissionPlan, followed: Followed, *, context: Context) -> Figure:
    """A row for each åtgärd. plan: what is shown, the whole or what the filters leave. What all the åtgärder are to serve is
    told once, under the table.
    """
    actions = plan.actions if plan.missions else ()
    stands = [followed.stands[action.letter] for action in actions]
    served = len({link.mission for link in plan.links})
    return Figure(
        kind=FigureKind.TABLE,
        slug="uppdrag-atgarder",
        title=_title(plan, followed) if actions else NO_LINKS,
        caption=sentences(
            "Åtgärder och de uppdrag som de svarar mot.",
            f"Urval: {followed.chosen}." if followed.chosen else "",
            f"{plan.source}, med planens ord." if plan.source else "",
        ),
        context=replace(context, period=years_words(plan) or context.period, view="", state=""),
        columns=(
            Column("action", "Åtgärd", Role.LABEL),
            Column("missions", "Svarar mot uppdrag", Role.TEXT),
            Column("status", "Status", Role.TEXT),
            Column("time", "Tidplan", Role.TEXT),
            Column("responsible", "Ansvarig", Role.TEXT),
        ),
        rows=tuple(_row(action, plan, followed) for action in actions),
        sentence=f"Tabell med {actions_words(len(actions))} och de uppdrag som de svarar mot:"
        f" {'en koppling' if len(plan.links) == 1 else f'{how_many(len(plan.links))} kopplingar'},"
        f" {missions_words(served)} har minst en egen åtgärd.",
        source=source_line(plan.source or "ingen", *followed.sources),
        origins=frozenset({Origin.PUBLISHED, *followed.told_origins} if actions else ()),
        help=sentences(
            *(_common_words(mission) for mission in plan.common),
            RULE if any(one.stand is Stand.OVERDUE for one in stands) else "",
            unserved_words(plan),
            functions_words(plan),
            *plan.mission_notes,
        )
        if actions
        else "",
        empty=""
        if actions
        else NONE_CHOSEN.format(followed.chosen)
        if followed.chosen
        else NO_LINKS + "."
        if plan.missions
        else EMPTY,
        options={"shown": "action,missions,status", "file": "action,missions,status,time,responsible"},
    )


def _row(action: PlanAction, plan: MissionPlan, followed: Followed) -> tuple[Value, ...]:
    links = plan.links_to(action.letter)
    by_number = {mission.number: mission for mission in plan.missions}
    return (
        action_name(action),
        "; ".join(_named(by_number[link.mission]) for link in links) or NO_MISSION,
        stand_text(followed.stands[action.letter]),
        "; ".join(unique(time_words(link.time) for link in links)),
        ", ".join(unique(one for link in links for one in link.responsible)),
    )


def _named(mission: Mission) -> str:
    """«7. Bidra till hälsofrämjande insatser»"""
    return f"{label_words(mission)}.{SPACE}{mission.text.rstrip('.')}"


def _common_words(mission: Mission) -> str:
    return sentence_start(f"samtliga åtgärder ska också svara mot uppdrag {_named(mission)}.")


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
