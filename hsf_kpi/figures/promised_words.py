"""The words of how far the plan's åtgärder have come: a status with its shape, the page's finding, what is chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from hsf_kpi.analysis.promised import ActionStand, Stand, counts, due_by
from hsf_kpi.figures.economy.words import listed
from hsf_kpi.figures.findings import heading
from hsf_kpi.figures.followed import state_text, state_word
from hsf_kpi.figures.missions_words import action_name, actions_words, label_words, missions_words
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.figures.words_tile import WordsTile
from hsf_kpi.model.follow_up import Stage
from hsf_kpi.model.mission import MissionPlan
from hsf_kpi.model.period import Month
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.numbers import SPACE
from hsf_kpi.swedish.words import STAGE_SHAPE, sentence_start

PASSED, UNTOLD = "tidplanen passerad", "inte uppföljd"
RULE = (
    f"”{sentence_start(PASSED)}”: åtgärdens sista tidplan har löpt ut utan att någon har sagt att den är klar,"
    " vår regel."
)
LINES = 3
"""Under a tile's value: where they are enough, each åtgärd has one with its name, and not its letter alone."""
FEW = 6
"""Åtgärder that a tile names, and whose insatsområden a title tells."""
_AS_STAGE: Mapping[Stand, Stage] = MappingProxyType(
    {
        Stand.DONE: Stage.DONE,
        Stand.ONGOING: Stage.ONGOING,
        Stand.NOT_STARTED: Stage.NOT_STARTED,
        Stand.LATE: Stage.LATE,
        Stand.OVERDUE: Stage.LATE,
    }
)


def tone(one: ActionStand) -> str:
    """The `Stage` that its bar is drawn as; "" for what nobody has followed up."""
    stage = _AS_STAGE.get(one.stand)
    return "" if stage is None else stage.value


def stand_text(one: ActionStand) -> str:
    """«● klar», «■ tidplanen passerad (pågår)», «inte uppföljd»"""
    if one.stand is Stand.UNTOLD:
        return UNTOLD
    if one.stand is Stand.OVERDUE:
        told = f" ({state_word(one.told.state)})" if one.told is not None else ""
        return f"{STAGE_SHAPE[Stage.LATE]}{SPACE}{PASSED}{told}"
    return state_text(_AS_STAGE[one.stand])


def stands_words(stands: Sequence[ActionStand], *, marked: bool = False) -> str:
    """«två klara, en pågår, en försenad»; "" of none. marked: «■ en försenad», so that it is found in a column of words."""
    found = counts(stands)
    late = f"{STAGE_SHAPE[Stage.LATE]}{SPACE}" if marked else ""
    shape = {Stand.LATE: late, Stand.OVERDUE: late}
    told = (
        (Stand.DONE, "klar", "klara"),
        (Stand.ONGOING, "pågår", "pågår"),
        (Stand.NOT_STARTED, "ej påbörjad", "ej påbörjade"),
        (Stand.LATE, "försenad", "försenade"),
        (Stand.OVERDUE, "förbi sin tidplan", "förbi sin tidplan"),
        (Stand.UNTOLD, "inte uppföljd", "inte uppföljda"),
    )
    return ", ".join(
        f"{shape.get(stand, '')}{how_many(found[stand])} {one if found[stand] == 1 else more}"
        for stand, one, more in told
        if found[stand]
    )


def promised_finding(plan: MissionPlan, stands: Sequence[ActionStand], month: Month, chosen: str) -> str:
    """How many åtgärder are late; what the plan promises, while nobody has told how it goes. chosen: the words of what is
    chosen, "" for everything.
    """
    if not plan.missions:
        return "Planens uppdrag och åtgärder saknas bland definitionerna"
    if not stands:
        return "Ingen av planens åtgärder ingår i urvalet"
    return heading(_findings(stands, month, chosen))


def _findings(stands: Sequence[ActionStand], month: Month, chosen: str) -> Iterator[str]:
    every, found = len(stands), counts(stands)
    inside = " i urvalet" if chosen else ""
    due = due_by(stands, month.year)
    # Once the last time plans are over, the year's end is no date for anything.
    rest = f"; {_due(due, every)} vid årets slut" if due > due_by(stands, month.year - 1) else ""
    late, passed = found[Stand.LATE], found[Stand.OVERDUE]
    subject = f"{of_all(late + passed, every)}{inside}"
    one = late + passed <= 1
    if all(one.told is None for one in stands):
        of = f"{sentence_start(actions_words(every))}{inside}"
        yield f"{of} är {'lovad' if every == 1 else 'lovade'}{rest.replace(';', ',')}; ingen är uppföljd än"
    elif late and passed:
        verb = "är försenade eller har passerat sin tidplan"
        yield f"{subject} {verb} i {month_text(month)}{rest}"
        yield f"{subject} {verb}{rest}"
        yield f"{subject} {verb}"
    elif passed:
        yield f"{subject} har passerat sin tidplan{rest}"
    elif not late and every == 1:
        yield f"Den enda åtgärden{inside} är inte försenad i {month_text(month)}{rest}"
    else:
        yield f"{subject} är {'försenad' if one else 'försenade'} i {month_text(month)}{rest}"


def of_all(count: int, every: int) -> str:
    """«Ingen av 27 åtgärder», «Två av 27 åtgärder», «Båda åtgärderna», «Alla 27 åtgärder»"""
    if count == every:
        return {1: "Den enda åtgärden", 2: "Båda åtgärderna"}.get(every, f"Alla {actions_words(every)}")
    some = ("Ingen", "En")[count] if count < 2 else how_many(count, capital=True)
    return f"{some} av {actions_words(every)}"


def _due(due: int, every: int) -> str:
    if due == every:
        return "den ska vara klar" if due == 1 else "alla ska vara klara"
    return f"{how_many(due)} ska vara {'klar' if due == 1 else 'klara'}"


def _by_year_end(stands: Sequence[ActionStand], year: int) -> str:
    """«17 ska vara klara vid årets slut»; «Alla skulle vara klara före 2026» where none is left for the year."""
    due, before = due_by(stands, year), due_by(stands, year - 1)
    if not due:
        return "Ingen ska vara klar vid årets slut"
    said = sentence_start(_due(due, len(stands)))
    return f"{said} vid årets slut" if due > before else f"{said.replace(' ska ', ' skulle ')} före {year}"


def promised_tiles(plan: MissionPlan, stands: Sequence[ActionStand], month: Month) -> Sequence[WordsTile]:
    """Done, going on, late, and the uppdrag that no åtgärd serves. The first three add up to all åtgärder."""
    if not stands:
        return ()
    every = len(stands)
    of = f"av {actions_words(every)}"
    done = [one for one in stands if one.stand is Stand.DONE]
    late = [one for one in stands if one.late]
    rest = [one for one in stands if one not in done and one not in late]
    without = [label_words(mission) for mission in plan.without_action]
    letters = [action.letter for action in plan.without_mission]
    passed = any(one.stand is Stand.OVERDUE for one in late)
    late_name = "Försenade eller förbi tidplan" if passed else "Försenade"
    return (
        WordsTile(
            "klara", "Klara", str(len(done)), of,
            (_by_year_end(stands, month.year),),
        ),
        WordsTile("pagar", "Pågår eller väntar", str(len(rest)), of, _parts(rest) or ("Ingen",)),
        WordsTile("forsenade", late_name, str(len(late)), of, _named(late) or ("Ingen åtgärd är försenad",)),
        WordsTile(
            "utan-atgard", "Uppdrag utan åtgärd", str(len(without)), f"av {missions_words(len(plan.missions))}",
            (
                f"Uppdrag {listed(without)}" if without else "Alla har minst en åtgärd",
                f"Åtgärder utan uppdrag: {listed(letters) if letters else 'inga'}",
            ),
        ),
    )  # fmt: skip


def _named(stands: Sequence[ActionStand]) -> tuple[str, ...]:
    """Which they are while they are few, by name or «Åtgärd B, P, W och Ä»; then how many of each, where that tells more."""
    parts = _parts(stands)
    if not 0 < len(stands) <= FEW:
        return parts
    actions = [one.action for one in stands]
    told = len(parts) > 1 or stands[0].stand is not Stand.LATE
    names: tuple[str, ...] = (f"Åtgärd {listed([action.letter for action in actions])}",)
    if len(actions) + told <= LINES:
        names, parts = (
            tuple(action_name(action) for action in actions),
            (sentence_start(stands_words(stands)),),
        )
    return *names, *(parts if told else ())


def _parts(stands: Sequence[ActionStand]) -> tuple[str, ...]:
    """A line for each stand that some have: «Tio pågår»."""
    found = dict.fromkeys(one.stand for one in sorted(stands, key=lambda one: list(Stand).index(one.stand)))
    return tuple(
        sentence_start(stands_words([one for one in stands if one.stand is stand])) for stand in found
    )


def chosen_words(plan: MissionPlan, function: str | None, focus_area: str | None) -> str:
    """«ansvarig NV, insatsområde Personcentrering»; "" for everything."""
    areas = {area.id: area.name for area in plan.focus_areas}
    parts = (
        f"ansvarig {function}" if function is not None else "",
        f"insatsområde {areas.get(focus_area, focus_area)}" if focus_area is not None else "",
    )
    return ", ".join(part for part in parts if part)
