"""The titles of HoS 2029 and the words around them: how many activities have delmål and responsible, what is late."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from hsf_kpi.analysis.transformation import ActivityState
from hsf_kpi.analysis.types import Assessment
from hsf_kpi.figures.dialogue.words import shortened
from hsf_kpi.figures.economy.words import listed
from hsf_kpi.figures.phrases import difference, how_many, missing_finding, outcome_text, period_of
from hsf_kpi.figures.words_tile import WordsTile
from hsf_kpi.model.follow_up import Entry, Stage
from hsf_kpi.model.target import Target
from hsf_kpi.model.transformation import TransformationPlan
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.numbers import bound_text
from hsf_kpi.swedish.words import STAGE_WORD, comparative_for

SOURCE = "registret för HoS 2029"
NOBODY, NONE, NO_RISK = "Inte utsedd", "Inga", "Ingen"
NOT_DEFINED = "HoS 2029 finns inte bland definitionerna"
OUTSIDE = "U"
"""The column of what lies outside HoS 2029."""
PAST = "månaden passerad"
LATE_WORDS = "Försenat: sagt försenat, eller inte klart när dess månad är förbi (vår konvention)."


def transformation_finding(states: Sequence[ActivityState]) -> str:
    """«Ingen av de tolv aktiviteterna har delmål än», «Tre av tolv aktiviteter har delmål; inget delmål är försenat»"""
    if not states:
        return NOT_DEFINED
    count = len(states)
    planned, named = with_milestones(states), with_responsible(states)
    if not planned and not named:
        return f"Ingen av de {how_many(count)} aktiviteterna har delmål eller ansvarig än"
    if not planned:
        return f"{_some(named, count)} har en ansvarig; ingen har delmål än"
    late = counted(states, Stage.LATE)
    return f"{_some(planned, count)} har delmål; {_late_milestones(late)}"


def decided_words(plan: TransformationPlan) -> str:
    """Said in a month before the decision."""
    when = f"{month_text(plan.decided)}, " if plan.decided is not None else ""
    return f"HoS 2029 beslutades i {when}efter vald månad. Planen visas ändå, som den är känd nu."


def with_milestones(states: Sequence[ActivityState]) -> int:
    return sum(bool(one.milestones) for one in states)


def with_responsible(states: Sequence[ActivityState]) -> int:
    return sum(bool(one.responsible) for one in states)


def counted(states: Sequence[ActivityState], state: Stage) -> int:
    """How many delmål of all activities."""
    return sum(one.count(state) for one in states)


def register_tiles(states: Sequence[ActivityState]) -> tuple[WordsTile, ...]:
    """Activities with delmål, with a responsible function, and how the delmål stand."""
    count = len(states)
    every = sum(len(one.milestones) for one in states)
    late, done = counted(states, Stage.LATE), counted(states, Stage.DONE)
    planned, named = with_milestones(states), with_responsible(states)
    return (
        WordsTile(
            "hos-delmal",
            "Aktiviteter med delmål",
            f"{planned} av {count}",
            lines=(f"{every} delmål i registret" if every else "Källan har inga delmål",),
        ),
        WordsTile(
            "hos-ansvarig",
            "Aktiviteter med ansvarig",
            f"{named} av {count}",
            lines=("Ansvariga funktioner i registret" if named else "Källan namnger inga ansvariga",),
        ),
        WordsTile(
            "hos-forsenade",
            "Försenade delmål",
            f"{late} av {every}" if every else "Inga delmål",
            lines=(f"{done} klara" if done != 1 else "1 klart",) if every else ("Inget att följa upp än",),
        ),
    )


def measure_tile(assessment: Assessment, target: Target | None) -> WordsTile:
    """The value now, against the target of its own year: never judged before it."""
    outcome, measure = assessment.outcome, assessment.measure
    if outcome.value is None:
        return WordsTile("hos-nyckeltal", measure.short_name, missing_finding(measure.short_name, outcome))
    lines = [period_of(outcome)]
    if target is not None and target.high is not None:
        bound = bound_text(target.high, measure)
        lines += [f"Mål: högst {bound}, gäller {target.year}"]
        gap = outcome.value - Fraction(target.high)
        if gap:
            word = comparative_for(measure, gap > 0)
            lines += [f"{difference(abs(gap), measure)} {word} än målet"]
    return WordsTile("hos-nyckeltal", measure.short_name, outcome_text(outcome), lines=tuple(lines))


def trend_title(assessment: Assessment, target: Target) -> str:
    """«Listade per läkare är 549 högre än målet för 2029». target: one that is to be at most a number."""
    value, name = assessment.outcome.value, assessment.measure.short_name
    if value is None or target.high is None:
        return missing_finding(name, assessment.outcome)
    gap = value - Fraction(target.high)
    if gap <= 0:
        return f"{name} är {outcome_text(assessment.outcome)}: målet för {target.year} är nått"
    word = comparative_for(assessment.measure, True)
    return f"{name} är {difference(gap, assessment.measure)} {word} än målet för {target.year}"


def road_title(plan: TransformationPlan, states: Sequence[ActivityState]) -> str:
    """«Fem delmål är satta på vägen till 2029, ett är försenat»"""
    if not states:
        return NOT_DEFINED
    every = sum(len(one.milestones) for one in states)
    if not every:
        return f"Inga delmål är satta på vägen till {plan.last_year}"
    set_ = "Ett delmål är satt" if every == 1 else f"{how_many(every, capital=True)} delmål är satta"
    return f"{set_} på vägen till {plan.last_year}, {_late(counted(states, Stage.LATE), every)}"


def without_milestones(states: Sequence[ActivityState]) -> str:
    """«Inga delmål är satta för Närakut i Köping och Digitalisering.»; "" where all have."""
    names = [one.activity.name for one in states if not one.milestones]
    if not names:
        return ""
    if len(names) == len(states):
        return "Inga delmål är satta än: de förs i registret på sidan."
    return f"Inga delmål är satta för {listed(names)}."


def activity_titles(states: Sequence[ActivityState]) -> Iterator[str]:
    """«Fem av tolv aktiviteter har en ansvarig funktion, två är påbörjade»"""
    count, named = len(states), with_responsible(states)
    start = (
        f"Ingen av de {how_many(count)} aktiviteterna har en ansvarig funktion"
        if not named
        else f"{_some(named, count)} har en ansvarig funktion"
    )
    late = sum(one.followed is not None and one.followed.state is Stage.LATE for one in states)
    if late:
        yield f"{start}, {how_many(late)} är {_late_activity(late)}"
    followed = sum(one.followed is not None for one in states)
    if followed and not late:
        yield f"{start}, {how_many(followed)} är {'uppföljd' if followed == 1 else 'uppföljda'}"
    yield start


def dependency_titles(states: Sequence[ActivityState]) -> Iterator[str]:
    """«Digitalisering är den aktivitet som flest andra beror på»"""
    met = {
        one.activity.id: sum(any(d.other == one.activity.id for d in other.dependencies) for other in states)
        for one in states
    }
    names = {one.activity.id: one.activity.name for one in states}
    most = max(met.values(), default=0)
    top = [key for key, times in met.items() if times == most]
    if most > 1 and len(top) == 1:
        yield f"{names[top[0]]}: {how_many(most)} andra aktiviteter beror på den"
    every = sum(len(one.dependencies) for one in states)
    yield (
        f"{how_many(every, capital=True)} beroenden är registrerade"
        if every != 1
        else "Ett beroende är registrerat"
    )


def risk_titles(states: Sequence[ActivityState]) -> Iterator[str]:
    """«Högst risktal, 12, har en risk i Digitalisering»"""
    risks = [(one, risk) for one in states for risk in one.risks]
    most = max(risk.risk_value or 0 for _, risk in risks)
    top = [one.activity.name for one, risk in risks if risk.risk_value == most]
    if len(top) == 1:
        yield f"Högst risktal, {most}, har en risk i {top[0]}"
    else:
        yield f"{how_many(len(top), capital=True)} risker har det högsta risktalet, {most}"


def picture_title(plan: TransformationPlan) -> str:
    when = f" i {month_text(plan.decided)}" if plan.decided else ""
    return f"Målbilden för {plan.last_year} beslutades{when}"


def milestones_text(one: ActivityState) -> str:
    """«3, varav 1 försenat; närmast mars 2025: Text»"""
    if not one.milestones:
        return NONE
    late, done = one.count(Stage.LATE), one.count(Stage.DONE)
    parts = [f"{late} försenat" if late == 1 else f"{late} försenade"] if late else []
    parts += [f"{done} klart" if done == 1 else f"{done} klara"] if done else []
    said = f"{len(one.milestones)}{f', varav {listed(parts)}' if parts else ''}"
    ahead = one.next
    return (
        said
        if ahead is None
        else f"{said}; närmast {month_text(ahead.due)}: {shortened(ahead.entry.text, 60)}"
    )


def entry_details(one: Entry, names: Mapping[str, str]) -> str:
    """What a line in the register says besides its text: when and how far, which activity, how it is valued."""
    if one.due is not None:
        state = one.state or Stage.NOT_STARTED
        return f"klart senast {month_text(one.due)}, {STAGE_WORD[state]}"
    if one.other:
        return f"beror på {names.get(one.other, one.other)}"
    if one.risk_value is not None:
        return f"sannolikhet {one.likelihood} × konsekvens {one.consequence} = {one.risk_value}"
    return ""


def _some(part: int, whole: int) -> str:
    """«Tre av tolv aktiviteter»"""
    if part == whole:
        return f"Alla {how_many(whole)} aktiviteter" if whole != 1 else "Aktiviteten"
    return f"{'En' if part == 1 else how_many(part, capital=True)} av {how_many(whole)} aktiviteter"


def _late_milestones(late: int) -> str:
    if not late:
        return "inget delmål är försenat"
    return "ett delmål är försenat" if late == 1 else f"{how_many(late)} delmål är försenade"


def _late(late: int, every: int = 0) -> str:
    if not late:
        return "inget är försenat"
    if late == every:
        return "det är försenat" if late == 1 else "alla är försenade"
    return "ett är försenat" if late == 1 else f"{how_many(late)} är försenade"


def _late_activity(late: int) -> str:
    return "försenad" if late == 1 else "försenade"
