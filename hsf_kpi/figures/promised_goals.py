"""The plan's målområden with their mål and måldokument, and which indicator belongs to which mål."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hsf_kpi.figures.captions import sentences
from hsf_kpi.figures.economy.words import source_line
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.missions import EMPTY, NONE_CHOSEN
from hsf_kpi.figures.missions_words import GIVER_WORD, area_words, label_words
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.figures.shape import unique
from hsf_kpi.model.catalogue import GoalArea
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.mission import Giver, MissionPlan

NONE_NAMED = "Planen nämner inget"


def goals_table(
    plan: MissionPlan,
    areas: Sequence[GoalArea],
    measures: Sequence[Measure],
    *,
    context: Context,
    chosen: str = "",
) -> Figure:
    """A row for each målområde. areas: those that are shown. measures: the plan's rows. chosen: the words of what the
    filters leave, "" for everything.
    """
    rows = tuple(_area_row(area, plan, measures) for area in areas)
    names = {area.id: area.name for area in areas}
    told = tuple(answer for answer in plan.answers if answer.goal_area in names)
    empty = NONE_CHOSEN.format(chosen) if chosen else EMPTY
    return Figure(
        kind=FigureKind.TABLE,
        slug="mal-och-maldokument",
        title=_title(plan, areas),
        caption=sentences(
            "Målområden med mål och måldokument.",
            f"Urval: {chosen}." if chosen else "",
            f"{plan.source}, med planens ord." if plan.source else "",
        ),
        context=replace(context, view="", state=""),
        columns=(
            Column("area", "Målområde", Role.LABEL),
            Column("council", "Fullmäktiges mål", Role.TEXT),
            Column("board", "Nämndens mål", Role.TEXT),
            Column("documents", "Måldokument", Role.TEXT),
            Column("missions", "Uppdrag", Role.TEXT),
            Column("actions", "Åtgärder", Role.TEXT),
            Column("measures", "Indikatorrader", Role.COUNT),
        ),
        rows=rows,
        sentence=f"Tabell med {areas_counted(len(areas))}: mål, måldokument, uppdrag och åtgärder."
        if rows
        else empty,
        source=source_line(plan.source or "ingen"),
        origins=frozenset({Origin.PUBLISHED}) if rows else frozenset(),
        help=sentences(
            f"Uppdrag med HSN är från {GIVER_WORD[Giver.BOARD]}.",
            "Ett måldokument kan höra till flera målområden.",
            "Planen skriver samma måldokument på olika sätt i olika målområden; orden är planens.",
            *area_words(replace(plan, answers=told), names),
        )
        if rows
        else "",
        empty="" if rows else empty,
        options={
            "shown": "area,documents,council,board,missions,actions,measures",
            "file": "area,council,board,documents,missions,actions,measures",
        },
    )


def _title(plan: MissionPlan, areas: Sequence[GoalArea]) -> str:
    """The documents are not counted: the plan writes the same one in several ways."""
    if not areas:
        return "Inget målområde ingår i urvalet"
    having = sum(bool(plan.goals_of(area.id).documents) for area in areas)
    if having == len(areas):
        every = {1: "målområdet", 2: "båda målområdena"}.get(having, f"alla {areas_counted(having)}")
        return f"Planen knyter måldokument till {every}"
    return f"Planen knyter måldokument till {'ett' if having == 1 else how_many(having)} av {areas_counted(len(areas))}"


def _area_row(area: GoalArea, plan: MissionPlan, measures: Sequence[Measure]) -> tuple[Value, ...]:
    goals = plan.goals_of(area.id)
    missions = [mission for mission in plan.missions if mission.goal_area == area.id]
    numbers = {mission.number for mission in missions}
    serving = {link.action for link in plan.links if link.mission in numbers}
    return (
        area.name,
        "; ".join(goals.council) or NONE_NAMED,
        "; ".join(goals.board) or NONE_NAMED,
        "; ".join(goals.documents) or NONE_NAMED,
        ", ".join(label_words(mission) for mission in missions) or "Inga",
        ", ".join(one.letter for one in plan.actions if one.letter in serving) or "Inga egna",
        sum(measure.goal_area == area.id for measure in measures),
    )


def indicators_table(
    areas: Sequence[GoalArea],
    measures: Sequence[Measure],
    year: int,
    *,
    context: Context,
    source: str,
    every: int | None = None,
) -> Figure:
    """A row for each of the plan's rows in the målområden, in the plan's order: its mål and its målvärde of the year.
    measures: those of the rows that may be seen. every: how many rows there are, where some of them may not be. source: the
    document.
    """
    names = {area.id: area.name for area in areas}
    shown = [measure for measure in measures if measure.goal_area in names]
    goals = unique((measure.goal_area, measure.goal) for measure in shown)
    empty = "Ingen indikator hör till det som är valt och ingår i behörigheten."
    indicators = len({measure.key.partition(".")[0] for measure in shown})
    part = shown and every is not None and len(shown) < every
    return Figure(
        kind=FigureKind.TABLE,
        slug="indikatorer-per-mal",
        title=_indicators_title(indicators, len(goals), " i behörigheten" if part else ""),
        caption=sentences(
            f"Vilken indikator som hör till vilket mål, med målvärde för {year}.",
            f"{how_many(len(shown), capital=True)} av {every} rader ingår i behörigheten." if part else "",
            f"{source}, med planens ord.",
        ),
        context=replace(context, view="", state=""),
        columns=(
            Column("measure", "Indikator", Role.LABEL),
            Column("goal", "Mål", Role.TEXT),
            Column("area", "Målområde", Role.TEXT),
            Column("target", f"Målvärde {year}", Role.TEXT),
            Column("row", "Rad i planen", Role.COUNT),
            Column("key", "Nyckel", Role.TEXT),
        ),
        rows=tuple((m.name, m.goal, names[m.goal_area], _target(m, year), m.row, m.key) for m in shown),
        sentence=f"Tabell med {how_many(len(shown))} rader: indikator, mål och målvärde." if shown else empty,
        source=source_line(source),
        origins=frozenset({Origin.PUBLISHED}) if shown else frozenset(),
        help="En indikator med flera målvärden har en rad för varje." if indicators < len(shown) else "",
        empty="" if shown else empty,
        options={"shown": "measure,goal,target", "file": "row,key,measure,goal,area,target"},
    )


def _target(measure: Measure, year: int) -> str:
    target = measure.target_for(year)
    return "Inget" if target is None else target.wording


def _indicators_title(indicators: int, goals: int, among: str) -> str:
    if not indicators:
        return "Ingen indikator hör till det som är valt"
    some = "En indikator" if indicators == 1 else f"{how_many(indicators, capital=True)} indikatorer"
    return f"{some}{among} hör till {'ett mål' if goals == 1 else f'{how_many(goals)} mål'}"


def areas_counted(count: int) -> str:
    return "ett målområde" if count == 1 else f"{how_many(count)} målområden"
