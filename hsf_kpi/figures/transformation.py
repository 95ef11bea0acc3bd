"""HoS 2029 as figures: the road to the last year, the activities, and the target picture with its sources."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from hsf_kpi.analysis.transformation import ActivityState
from hsf_kpi.figures.addresses import in_words
from hsf_kpi.figures.captions import sentences
from hsf_kpi.figures.dialogue.words import one_line, shortened
from hsf_kpi.figures.economy.words import source_line
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.followed import NOT_FOLLOWED, state_text
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.figures.shape import unique
from hsf_kpi.figures.timelines import YEAR, Bar, timeline_figure
from hsf_kpi.figures.transformation_words import (
    LATE_WORDS,
    NO_RISK,
    NOBODY,
    NONE,
    NOT_DEFINED,
    PAST,
    SOURCE,
    activity_titles,
    milestones_text,
    picture_title,
    road_title,
    without_milestones,
)
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.follow_up import Entry, Stage
from hsf_kpi.model.period import Month
from hsf_kpi.model.transformation import Activity, TransformationPlan
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.numbers import SPACE
from hsf_kpi.swedish.words import sentence_start

EMPTY = f"{NOT_DEFINED}."
KNOWN, MILESTONES = "Känt på vägen", "Delmål"
AT_BAR = 40
"""Characters of a delmål at its mark; the table has it whole."""


def road_map(
    plan: TransformationPlan,
    states: Sequence[ActivityState],
    *,
    now: Month,
    context: Context,
    origins: Collection[Origin],
) -> Figure:
    """What is known on the way, each on a line of its own, then the delmål, a line for each activity that has any.

    Activities have no time of their own, so that those without delmål are named under the picture. now: the chosen month.
    origins: of the register.
    """
    every = [one for state in states for one in state.milestones]
    return timeline_figure(
        slug="hos-2029-vagen",
        title=road_title(plan, states),
        caption=f"Kända händelser på vägen, och delmål i registret till och med {month_text(now)}.",
        context=context,
        bars=[*_known(plan), *_delmal(states)],
        sentence=_road_sentence(plan, len(every)),
        source=_source(plan, bool(every), *(one.source for one in plan.events)),
        origins=_with(origins, bool(every)),
        now=now.last_day,
        grain=YEAR,
        help=sentences(
            LATE_WORDS if every else "",
            without_milestones(states),
        ),
        empty=EMPTY,
        label_title="Händelse eller aktivitet",
        group_title="Slag",
        note_title="Delmål",
        more_columns=(Column("text", "Delmål i sin helhet", Role.TEXT), Column("from", "Källa", Role.TEXT)),
    )


def activities_table(
    plan: TransformationPlan,
    states: Sequence[ActivityState],
    *,
    context: Context,
    origins: Collection[Origin],
) -> Figure:
    """A row for each activity, in the source's order. origins: of the register."""
    told = any(
        one.responsible or one.milestones or one.dependencies or one.risks or one.followed for one in states
    )
    names = {one.activity.id: one.activity.name for one in states}
    columns = (
        Column("name", "Aktivitet", Role.LABEL),
        Column("text", "Med källans ord", Role.TEXT),
        Column("responsible", "Ansvarig", Role.TEXT),
        Column("state", "Status", Role.TEXT),
        Column("milestones", "Delmål", Role.TEXT),
        Column("dependencies", "Beror på", Role.TEXT),
        Column("risk", "Högsta risktal", Role.TEXT),
    )
    return Figure(
        kind=FigureKind.TABLE,
        slug="hos-2029-aktiviteter",
        title=fitting(activity_titles(states)) if states else "Aktiviteterna i HoS 2029 saknas",
        caption=sentences(
            f"{how_many(len(states), capital=True)} aktiviteter som prioriteras först, med källans ord.",
            f"Ansvarig, status, delmål, beroenden och risker ur registret, {context.period}.",
        )
        if states
        else "",
        context=context,
        columns=columns,
        rows=tuple(_row(at, one, names) for at, one in enumerate(states, 1)),
        sentence=f"Tabell med {how_many(len(states))} aktiviteter: ansvarig, status, delmål, beroenden och högsta risktal."
        if states
        else EMPTY,
        source=_source(plan, told),
        origins=_with(origins, told) if states else frozenset(),
        help=sentences(*plan.notes, LATE_WORDS if any(one.count(Stage.LATE) for one in states) else "")
        if states
        else "",
        empty="" if states else EMPTY,
        options={
            "shown": "name,state,responsible,milestones,dependencies,risk,text",
            "file": ",".join(column.key for column in columns),
        },
    )


def picture_table(plan: TransformationPlan, *, context: Context) -> Figure:
    """What is public of the target picture, a row for each statement with its source."""
    return Figure(
        kind=FigureKind.TABLE,
        slug="hos-2029-malbild",
        title=picture_title(plan),
        caption="Det som är offentligt om målbilden, med källa för varje uppgift.",
        context=replace(context, period=str(plan.last_year)),
        columns=(
            Column("text", "Uppgift", Role.LABEL),
            Column("from", "Källa", Role.TEXT),
            Column("source", "Källa", Role.TEXT),
        ),
        rows=tuple((one.text, in_words(one.source), one.source) for one in plan.picture),
        sentence=f"Tabell med {how_many(len(plan.picture))} uppgifter om målbilden, var och en med sin källa.",
        source="Källa: anges för varje uppgift.",
        origins=frozenset({Origin.PUBLISHED}),
        options={"shown": "text,from", "file": "text,source"},
    )


def numbered(at: int, activity: Activity) -> str:
    """«1. Närakut i Köping»: the number is its place in the source. The full stop keeps «10. Vårdplatser» from being ten."""
    return f"{at}.{SPACE}{activity.name}"


def _known(plan: TransformationPlan) -> Iterator[Bar]:
    for one in plan.events:
        last = one.first.first_day if one.first == one.last else one.last.last_day
        yield Bar(one.text, KNOWN, one.first.first_day, last, "", "", ("", in_words(one.source)), one.time)


def _delmal(states: Sequence[ActivityState]) -> Iterator[Bar]:
    for state in states:
        for one in state.milestones:
            text = one_line(one.entry.text)
            day = one.due.last_day
            more = (text, SOURCE)
            when = month_text(one.due)
            yield Bar(
                state.activity.name,
                MILESTONES,
                day,
                day,
                one.state.value,
                shortened(text, AT_BAR),
                more,
                when,
                PAST if one.state is Stage.LATE and one.entry.state is not Stage.LATE else "",
            )


def _road_sentence(plan: TransformationPlan, milestones: int) -> str:
    known = sentence_start("; ".join(f"{one.time}: {one.text}" for one in plan.events))
    said = f"{how_many(milestones)} delmål" if milestones else "inga delmål"
    return f"Tidslinje till {plan.last_year} med {said}. {known}.".replace("..", ".")


def _row(at: int, one: ActivityState, names: dict[str, str]) -> tuple[Value, ...]:
    top = one.risks[0] if one.risks else None
    return (
        numbered(at, one.activity),
        one.activity.text,
        one_line(one.responsible) or NOBODY,
        NOT_FOLLOWED if one.followed is None else state_text(one.followed.state),
        milestones_text(one),
        "; ".join(_needs(each, names) for each in one.dependencies) or NONE,
        NO_RISK if top is None else f"{top.risk_value}: {shortened(top.text, 60)}",
    )


def _needs(one: Entry, names: dict[str, str]) -> str:
    """«Digitalisering: journalsystemet», «utanför HoS 2029: statsbidrag»"""
    return f"{names.get(one.other, 'utanför HoS 2029')}: {shortened(one.text, 60)}"


def _source(plan: TransformationPlan, told: bool, *also: str) -> str:
    """also: the other sources of what is shown, each once."""
    if not plan.source:
        return "Källa: ingen."
    return source_line(f"Källa: {plan.source}.", *unique(also), *([SOURCE] if told else []))


def _with(origins: Collection[Origin], told: bool) -> frozenset[Origin]:
    return frozenset({Origin.PUBLISHED, *(origins if told else ())})
