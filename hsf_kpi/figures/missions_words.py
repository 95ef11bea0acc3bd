"""The titles of the tables of the plan's uppdrag and åtgärder, and the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from hsf_kpi.figures.captions import sentences
from hsf_kpi.figures.economy.words import listed
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.model.mission import Giver, Mission, MissionPlan, PlanAction, TimePlan
from hsf_kpi.swedish.numbers import SPACE
from hsf_kpi.swedish.words import sentence_start

GIVER_WORD = {Giver.COUNCIL: "Regionfullmäktige", Giver.BOARD: "Hälso- och sjukvårdsnämnden"}
NO_TIME = "Ingen tidplan"
_TERTIAL = re.compile(r"(\bT[123]) (?=\d)")


def action_name(action: PlanAction) -> str:
    """«A. Etablera sjukhusvård i hemmet»"""
    return f"{action.letter}. {action.title}"


def function_names(plan: MissionPlan) -> Mapping[str, str]:
    """Function → as people choose it, «NV – Nära vård»; the id alone where it is the name."""
    return {id_: id_ if id_ == name else f"{id_} – {name}" for id_, name in plan.functions.items()}


def mission_titles(plan: MissionPlan, whole: MissionPlan) -> Iterator[str]:
    """«Två av 37 uppdrag saknar åtgärd bland A–Å: 29 och 38». whole: the plan of which `plan` may be a part."""
    count, without = len(plan.missions), plan.without_action
    if not without:
        yield f"{_every_mission(count)} har minst en åtgärd"
    elif len(without) == count:
        yield f"{_every_mission(count)} saknar åtgärd"
    else:
        start = f"{missions_of(len(without), count)} saknar åtgärd{_among(whole)}"
        yield f"{start}: {listed([label_words(mission) for mission in without])}"
        yield start


def action_titles(plan: MissionPlan, year: str, whole: MissionPlan) -> Iterator[str]:
    """«17 av 27 åtgärder ska enligt planen vara klara senast 2023». An åtgärd with several time plans ends with the last
    that it has in the whole plan.
    """
    count = len(plan.actions)
    done = sum(_done_by(action, whole, int(year)) for action in plan.actions) if year else 0
    if done:
        some = "En" if done == 1 else how_many(done, capital=True)
        start = f"{some} av {actions_words(count)}"
        if done == count:
            start = {1: "Den enda åtgärden", 2: "Båda åtgärderna"}.get(count, f"Alla {actions_words(count)}")
        yield f"{start} ska enligt planen vara {'klar' if done == 1 else 'klara'} senast {year}"
    subject = "Planen" if plan is whole else "Urvalet"
    yield f"{subject} har {actions_words(count)} i {areas_words(areas_of(plan))}"


def unserved_words(plan: MissionPlan) -> str:
    """Which uppdrag no åtgärd serves, and whether the plan says something else to them."""
    without = plan.without_action
    answered = [label_words(m) for m in without if plan.answers_to(m.number)]
    silent = [label_words(m) for m in without if not plan.answers_to(m.number)]
    return sentences(
        f"Uppdrag {listed(answered)} har ingen åtgärd med bokstav; planen svarar med egna ord."
        if answered
        else "",
        f"Uppdrag {listed(silent)} har inget svar i planen." if silent else "",
    )


def unlinked_words(plan: MissionPlan) -> str:
    """The åtgärder that serve nothing of their own, and what they all are to serve."""
    letters = [action.letter for action in plan.without_mission]
    common = [label_words(mission) for mission in plan.common]
    return sentences(
        f"Åtgärd {listed(letters)} svarar inte mot något eget uppdrag." if letters else "",
        f"Samtliga åtgärder ska också svara mot uppdrag {listed(common)}." if common else "",
    )


def area_words(plan: MissionPlan, names: Mapping[str, str]) -> Iterator[str]:
    """What the plan says of a målområde instead of giving it an uppdrag. names: målområde → its name."""
    for answer in plan.answers:
        if answer.goal_area is not None:
            name = names.get(answer.goal_area, answer.goal_area)
            yield f"{name}: {answer.text} ({', '.join((time_words(answer.time), *answer.responsible))})."


def functions_words(plan: MissionPlan) -> str:
    """«HSN = uppdrag från … Ansvariga: HSD = Hälso- och sjukvårdsdirektör, …»: the short names that need it."""
    board = any(mission.giver is Giver.BOARD for mission in plan.missions)
    short = [f"{id_} = {name}" for id_, name in plan.functions.items() if id_ != name]
    return sentences(
        f"HSN = uppdrag från {GIVER_WORD[Giver.BOARD]}, övriga från {GIVER_WORD[Giver.COUNCIL]}."
        if board
        else "",
        f"Ansvariga: {', '.join(short)}." if short else "",
    )


def givers_words(plan: MissionPlan) -> str:
    """«27 från Regionfullmäktige och tio från Hälso- och sjukvårdsnämnden»"""
    counts = [(giver, sum(mission.giver is giver for mission in plan.missions)) for giver in Giver]
    return listed([f"{_some(count)} från {GIVER_WORD[giver]}" for giver, count in counts if count])


def label_words(mission: Mission) -> str:
    """«2», «HSN 2.2», kept on one line."""
    return mission.label.replace(" ", SPACE)


def time_words(time: TimePlan | None) -> str:
    """«2023–2025», «T1 2023», whose year stays on the line of its tertial."""
    return NO_TIME if time is None else _TERTIAL.sub(rf"\1{SPACE}", time.text)


def years_words(plan: MissionPlan) -> str:
    """«2023–2025»: the years that the time plans span; "" without any."""
    times = [link.time for link in plan.links]
    times += [answer.time for answer in plan.answers if answer.time is not None]
    if not times:
        return ""
    first, last = min(time.first.year for time in times), max(time.last.year for time in times)
    return str(first) if first == last else f"{first}–{last}"


def missions_words(count: int) -> str:
    return f"{_some(count)} uppdrag"


def missions_of(part: int, count: int) -> str:
    """«Sju av 37 uppdrag», «Ett av två uppdrag», «Alla sex uppdrag»"""
    return (
        _every_mission(count)
        if part == count
        else f"{sentence_start(_some(part))} av {missions_words(count)}"
    )


def actions_words(count: int) -> str:
    return f"{how_many(count)} åtgärder" if count != 1 else "en åtgärd"


def areas_of(plan: MissionPlan) -> int:
    """The insatsområden that its åtgärder belong to."""
    return len({action.focus_area for action in plan.actions})


def areas_words(count: int) -> str:
    return f"{how_many(count)} insatsområden" if count != 1 else "ett insatsområde"


def _done_by(action: PlanAction, plan: MissionPlan, year: int) -> bool:
    """Whether every time plan of it ends by then; not without one."""
    ends = [link.time.last.year for link in plan.links_to(action.letter)]
    return bool(ends) and max(ends) <= year


def _some(count: int) -> str:
    """Of uppdrag: «ett», «två»."""
    return "ett" if count == 1 else how_many(count)


def _every_mission(count: int) -> str:
    return {1: "Det enda uppdraget", 2: "Båda uppdragen"}.get(count, f"Alla {how_many(count)} uppdrag")


def _among(plan: MissionPlan) -> str:
    """« bland A–Å»"""
    letters = [action.letter for action in plan.actions]
    return f" bland {letters[0]}–{letters[-1]}" if len(letters) > 1 else ""
