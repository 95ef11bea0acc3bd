"""The plan's åtgärder over time: a lane for each, a bar for each of its time plans, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from hsf_kpi.analysis.promised import ActionStand, Stand
from hsf_kpi.figures.captions import sentences
from hsf_kpi.figures.dialogue.words import one_line, signed
from hsf_kpi.figures.economy.words import listed, source_line
from hsf_kpi.figures.figure import Column, Context, Figure, Role
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.missions import EMPTY, NONE_CHOSEN
from hsf_kpi.figures.missions_status import Followed
from hsf_kpi.figures.missions_words import (
    action_name,
    action_titles,
    actions_words,
    areas_of,
    areas_words,
    functions_words,
    label_words,
    time_words,
    years_words,
)
from hsf_kpi.figures.promised_words import FEW, PASSED, RULE, of_all, stand_text, stands_words, tone
from hsf_kpi.figures.shape import unique
from hsf_kpi.figures.timelines import Bar, timeline_figure
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.mission import Link, MissionPlan, PlanAction, TimePlan
from hsf_kpi.swedish.dates import month_text

SHAPES = (
    "● klar, ◆ pågår, ■ försenad eller tidplanen passerad, ○ ej påbörjad; utan märke: ingen har följt upp."
)
NO_TIMES = "Ingen åtgärd har en tidplan: planens kopplingar saknas."
_MORE = (
    Column("letter", "Bokstav", Role.TEXT),
    Column("status", "Status", Role.TEXT),
    Column("missions", "Uppdrag", Role.TEXT),
    Column("told", "Senaste anteckning", Role.TEXT),
    Column("signed", "Uppföljd", Role.TEXT),
)


def actions_timeline(plan: MissionPlan, followed: Followed, *, context: Context) -> Figure:
    """plan: what is shown, the whole or what the filters leave. An åtgärd without a time plan has no lane."""
    stands = [followed.stands[action.letter] for action in plan.actions]
    bars = list(_bars(plan, followed))
    times = [link.time for link in plan.links]
    shown = times and min(t.first for t in times) <= followed.month <= max(t.last for t in times)
    figure = timeline_figure(
        slug="atgarder-tidslinje",
        title=_title(plan, stands, followed, context),
        caption=sentences(
            "Åtgärder och tidplan.",
            f"Urval: {followed.chosen}." if followed.chosen else "",
            f"{plan.source}." if plan.source else "",
            f"Status till och med {month_text(followed.month)}."
            if followed.told
            else "Ingen är uppföljd än.",
        ),
        context=replace(context, period=years_words(plan) or context.period, view="", state=""),
        bars=bars,
        sentence=_sentence(plan, stands),
        source=source_line(plan.source or "ingen", *followed.sources),
        origins={Origin.PUBLISHED, *followed.told_origins} if bars else (),
        now=followed.month.last_day if shown else None,
        help=sentences(
            SHAPES if any(tone(one) for one in stands) else "",
            RULE if any(one.stand is Stand.OVERDUE for one in stands) else "",
            _several_words(plan) if followed.told else "",
            functions_words(plan),
        )
        if bars
        else "",
        empty=NONE_CHOSEN.format(followed.chosen) if followed.chosen else NO_TIMES if plan.actions else EMPTY,
        label_title="Åtgärd",
        group_title="Insatsområde",
        more_columns=_MORE,
    )
    # The status in the plan's words knows what the bars' colours do not: whose time has run out.
    own = {
        name: ",".join(
            key
            for key in figure.options[name].split(",")
            if key not in ("state_text", *(("letter",) if name == "shown" else ()))
        )
        for name in ("shown", "file")
    }
    return replace(figure, options={**figure.options, **own})


def _several_words(plan: MissionPlan) -> str:
    """That an åtgärd whose time plan differs by uppdrag has one status; "" where none has."""
    letters = [
        action.letter
        for action in plan.actions
        if len({link.time.text for link in plan.links_to(action.letter)}) > 1
    ]
    if not letters:
        return ""
    verb = "har" if len(letters) == 1 else "har var och en"
    return f"Åtgärd {listed(letters)} {verb} flera tidplaner men en status, som gäller hela åtgärden."


def _bars(plan: MissionPlan, followed: Followed) -> Iterator[Bar]:
    areas = {area.id: area.name for area in plan.focus_areas}
    for area in plan.focus_areas:
        for action in (one for one in plan.actions if one.focus_area == area.id):
            yield from _lane(action, areas[area.id], plan, followed.stands[action.letter])


def _lane(action: PlanAction, area: str, plan: MissionPlan, stand: ActionStand) -> Iterator[Bar]:
    """A bar for each time plan; which uppdrag each is for, where there are several."""
    labels = {mission.number: label_words(mission) for mission in plan.missions}
    by_time: dict[TimePlan, list[Link]] = {}
    for link in plan.links_to(action.letter):
        by_time.setdefault(link.time, []).append(link)
    for time, links in sorted(by_time.items(), key=lambda one: (one[0].first, -one[0].last.index)):
        missions = ", ".join(labels[link.mission] for link in links)
        responsible = ", ".join(unique(one for link in links for one in link.responsible))
        note = f"{responsible} (uppdrag {missions})" if len(by_time) > 1 else responsible
        told = stand.told
        yield Bar(
            action_name(action),
            area,
            time.first.first_day,
            time.last.last_day,
            tone(stand),
            note,
            (
                action.letter,
                stand_text(stand),
                missions,
                one_line(told.text) if told else "",
                signed(told.written) if told else "",
            ),
            time_words(time),
            PASSED if stand.stand is Stand.OVERDUE else "",
        )


def _title(plan: MissionPlan, stands: Sequence[ActionStand], followed: Followed, context: Context) -> str:
    if not stands:
        return "Ingen åtgärd ingår i urvalet" if followed.chosen else "Planens åtgärder saknas"
    return fitting(_titles(plan, stands, followed, context))


def _titles(
    plan: MissionPlan, stands: Sequence[ActionStand], followed: Followed, context: Context
) -> Iterator[str]:
    """How many are late, and of how much of the plan; the one by its name; else how many are done; else when they are to
    be. The picture names each: a letter tells nothing to who does not know the plan by heart.
    """
    late = [one for one in stands if one.stand is Stand.LATE]
    both = [one for one in stands if one.late]
    if both:
        verb = (
            f"är {'försenad' if len(both) == 1 else 'försenade'}"
            if len(late) == len(both)
            else "är försenade eller förbi sin tidplan"
            if late
            else "har passerat sin tidplan"
        )
        start = f"{of_all(len(both), len(stands))} {verb}"
        if len(both) == 1:
            yield f"”{both[0].action.title}” {verb}"
        elif len(both) <= FEW:
            names = {area.id: area.name for area in plan.focus_areas}
            areas = unique(one.action.focus_area for one in both)
            inside = names.get(areas[0], areas[0]) if len(areas) == 1 else areas_words(len(areas))
            yield f"{start}, {'inom' if len(areas) == 1 else 'i'} {inside}"
        yield start
    elif any(one.told for one in stands):
        yield f"Ingen åtgärd är försenad: {stands_words(stands)}"
        yield "Ingen åtgärd är försenad"
    yield from action_titles(plan, context.year, followed.plan)


def _sentence(plan: MissionPlan, stands: Sequence[ActionStand]) -> str:
    years = years_words(plan)
    areas = areas_words(areas_of(plan))
    when = f", {years}" if years else ""
    return f"Tidslinje över {actions_words(len(stands))} i {areas}{when}: {stands_words(stands) or 'inga'}."
