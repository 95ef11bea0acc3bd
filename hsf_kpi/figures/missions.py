"""What the plan has promised, as two tables: the uppdrag with their åtgärder, and the åtgärder with their uppdrag."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from hsf_kpi.figures.captions import sentences
from hsf_kpi.figures.economy.words import listed, source_line
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.missions_status import STATUS_COLUMNS, Followed, action_status, mission_status
from hsf_kpi.figures.missions_words import (
    GIVER_WORD,
    action_titles,
    actions_words,
    area_words,
    areas_of,
    areas_words,
    functions_words,
    givers_words,
    label_words,
    mission_titles,
    missions_words,
    time_words,
    unlinked_words,
    unserved_words,
    years_words,
)
from hsf_kpi.figures.promised_words import RULE
from hsf_kpi.figures.shape import unique
from hsf_kpi.model.catalogue import GoalArea
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.mission import Link, Mission, MissionPlan, PlanAction
from hsf_kpi.swedish.dates import month_text

NOTHING_LEFT = "Urvalet lämnar inget kvar av planens uppdrag och åtgärder"
NONE_CHOSEN = "Planen har inget för {}. Välj något annat, eller ”Alla”."
NO_ANSWER, NO_MISSION = "Inget svar i planen", "Inget eget uppdrag"
EMPTY = "Planens uppdrag och åtgärder finns inte bland definitionerna."


def missions_table(
    plan: MissionPlan,
    goal_areas: Sequence[GoalArea],
    *,
    context: Context,
    followed: Followed | None = None,
) -> Figure:
    """A row for each uppdrag, in the plan's order. goal_areas: all there are. The context is that of the page; the plan's
    own years replace its period. followed: adds how the åtgärder of each stand.
    """
    names = {area.id: area.name for area in goal_areas}
    status = (Column("status", "Åtgärdernas status", Role.TEXT),) if followed else ()
    return _figure(
        plan,
        context,
        followed,
        slug="plan-uppdrag",
        titles=mission_titles(plan, followed.plan if followed else plan),
        what="Uppdrag och de åtgärder som svarar mot dem",
        columns=(
            Column("number", "Nr", Role.LABEL),
            Column("text", "Uppdrag", Role.TEXT),
            Column("giver", "Givet av", Role.TEXT),
            Column("goal_area", "Målområde", Role.TEXT),
            Column("letters", "Åtgärd", Role.TEXT),
            Column("actions", "Åtgärd med planens ord", Role.TEXT),
            Column("time", "Tidplan", Role.TEXT),
            Column("responsible", "Ansvarig", Role.TEXT),
            *status,
        ),
        rows=[
            (*_mission_row(mission, plan, names), *mission_status(mission, plan, followed))
            for mission in plan.missions
        ],
        sentence=f"Tabell med {missions_words(len(plan.missions))}, {givers_words(plan)}:"
        " nummer, text, åtgärder, tidplan och ansvarig.",
        help_=(unserved_words(plan), *area_words(plan, names), functions_words(plan), *plan.mission_notes),
        shown=f"number,text,letters,{'status,' if followed else ''}time,responsible",
    )


def plan_actions_table(plan: MissionPlan, *, context: Context, followed: Followed | None = None) -> Figure:
    """A row for each åtgärd, by letter. The title counts those that are to be done by the end of the context's year.
    followed: adds how each stands, and the latest that has been told of it.
    """
    more = STATUS_COLUMNS if followed else ()
    return _figure(
        plan,
        context,
        followed,
        slug="plan-atgarder",
        titles=action_titles(plan, context.year, followed.plan if followed else plan),
        what="Åtgärder med tidplan, ansvarig och de uppdrag de svarar mot",
        columns=(
            Column("letter", "Åtgärd", Role.LABEL),
            Column("title", "Vad som ska göras", Role.TEXT),
            Column("focus_area", "Insatsområde", Role.TEXT),
            Column("missions", "Uppdrag", Role.TEXT),
            Column("time", "Tidplan", Role.TEXT),
            Column("responsible", "Ansvarig", Role.TEXT),
            *more,
        ),
        rows=[(*_action_row(action, plan), *action_status(action, followed)) for action in plan.actions],
        sentence=f"Tabell med {actions_words(len(plan.actions))} i {areas_words(areas_of(plan))}:"
        " bokstav, vad som ska göras, insatsområde, uppdrag, tidplan och ansvarig.",
        help_=(unlinked_words(plan), functions_words(plan), *plan.action_notes),
        shown="letter,title,status,note,time,responsible,missions,signed"
        if followed
        else "letter,title,focus_area,missions,time,responsible",
    )


def _figure(
    plan: MissionPlan,
    context: Context,
    followed: Followed | None,
    *,
    slug: str,
    titles: Iterator[str],
    what: str,
    columns: tuple[Column, ...],
    rows: Sequence[tuple[Value, ...]],
    sentence: str,
    help_: Iterable[str],
    shown: str,
) -> Figure:
    told, chosen = followed is not None and followed.told, followed.chosen if followed else ""
    empty = NONE_CHOSEN.format(chosen) if chosen else EMPTY
    return Figure(
        kind=FigureKind.TABLE,
        slug=slug,
        title=fitting(titles) if rows else NOTHING_LEFT if chosen else "Planens uppdrag och åtgärder saknas",
        caption=sentences(
            f"{what}.",
            f"Urval: {chosen}." if chosen else "",
            f"{plan.source}, med planens ord." if plan.source else "",
            f"Status till och med {month_text(followed.month)}." if followed and told else "",
        ),
        context=replace(context, period=years_words(plan) or context.period, view="", state=""),
        columns=columns,
        rows=tuple(rows),
        sentence=sentence if rows else empty,
        source=source_line(plan.source or "ingen", *(followed.sources if followed else ())),
        origins=frozenset({Origin.PUBLISHED, *(followed.told_origins if followed else ())})
        if rows
        else frozenset(),
        help=sentences(RULE if followed and followed.passed else "", *help_) if rows else "",
        empty="" if rows else empty,
        options={"shown": shown, "file": ",".join(column.key for column in columns)},
    )


def _mission_row(mission: Mission, plan: MissionPlan, names: Mapping[str, str]) -> tuple[Value, ...]:
    links, answers = plan.links_of(mission.number), plan.answers_to(mission.number)
    titles = {action.letter: action.title for action in plan.actions}
    own = [answer.text for answer in answers]
    letters = ", ".join(link.action for link in links)
    told = [f"{link.action}. {link.wording or titles[link.action]}" for link in links]
    return (
        label_words(mission),
        mission.text,
        GIVER_WORD[mission.giver],
        names.get(mission.goal_area, mission.goal_area),
        "; ".join(filter(None, (letters, *own))) or NO_ANSWER,
        "; ".join((*told, *own)) or NO_ANSWER,
        _grouped(
            [(time_words(link.time), link.action) for link in links],
            [time_words(answer.time) for answer in answers],
        ),
        _grouped(
            [(", ".join(link.responsible), link.action) for link in links],
            [", ".join(answer.responsible) for answer in answers],
        ),
    )


def _action_row(action: PlanAction, plan: MissionPlan) -> tuple[Value, ...]:
    links = plan.links_to(action.letter)
    labels = {mission.number: label_words(mission) for mission in plan.missions}
    areas = {area.id: area.name for area in plan.focus_areas}
    return (
        action.letter,
        "; ".join((action.title, *_other_words(links, labels))),
        areas.get(action.focus_area, action.focus_area),
        ", ".join(labels[link.mission] for link in links) or NO_MISSION,
        _grouped([(time_words(link.time), labels[link.mission]) for link in links]),
        _grouped([(", ".join(link.responsible), labels[link.mission]) for link in links]),
    )


def _other_words(links: Sequence[Link], labels: Mapping[str, str]) -> Iterator[str]:
    """«för uppdrag 21: Omarbeta formerna för primärvårdsprogrammet», once for each wording."""
    for wording in unique(link.wording for link in links if link.wording):
        missions = listed([labels[link.mission] for link in links if link.wording == wording])
        yield f"för uppdrag {missions}: {wording}"


def _grouped(told: Sequence[tuple[str, str]], rest: Sequence[str] = ()) -> str:
    """What is alike is told once: «2023–2025», or «2023 (A, B); 2023–2025 (I)». told: (what, of which). rest: of none."""
    groups: dict[str, list[str]] = {}
    for what, of in told:
        groups.setdefault(what, []).append(of)
    parts = [what if len(groups) == 1 else f"{what} ({', '.join(of)})" for what, of in groups.items()]
    return "; ".join(unique(part for part in (*parts, *rest) if part))
