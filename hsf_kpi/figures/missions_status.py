"""How far the åtgärder have come, as columns beside what the plan says of uppdrag and åtgärder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hsf_kpi.analysis.promised import ActionStand, Stand
from hsf_kpi.figures.dialogue.words import day, one_line, signed, who
from hsf_kpi.figures.figure import Column, Role, Value
from hsf_kpi.figures.followed import told_source
from hsf_kpi.figures.promised_words import stand_text, stands_words
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.mission import Mission, MissionPlan, PlanAction
from hsf_kpi.model.period import Month
from hsf_kpi.swedish.dates import month_text

STATUS_COLUMNS = (
    Column("status", "Status", Role.TEXT),
    Column("note", "Senaste anteckning", Role.NOTE),
    Column("about", "Gäller", Role.TEXT),
    Column("signed", "Senast uppföljd", Role.TEXT),
    Column("who", "Uppföljd av", Role.TEXT),
    Column("when", "Uppföljd", Role.TEXT),
)


@dataclass(frozen=True, slots=True)
class Followed:
    """How far the åtgärder have come, beside what the plan says of them. plan: the whole one. stands: all of its åtgärder by
    letter, in the month. origins: of what has been told. chosen: the words of what the page's filters leave, "" for
    everything.
    """

    plan: MissionPlan
    stands: Mapping[str, ActionStand]
    month: Month
    origins: frozenset[Origin] = frozenset()
    chosen: str = ""

    @property
    def told(self) -> bool:
        return any(one.told is not None for one in self.stands.values())

    @property
    def sources(self) -> tuple[str, ...]:
        """Where what has been told comes from; () while nobody has told anything."""
        return (told_source(self.origins),) if self.told else ()

    @property
    def told_origins(self) -> frozenset[Origin]:
        return self.origins if self.told else frozenset()

    @property
    def passed(self) -> bool:
        """Whether the time of one has run out without its being done."""
        return any(one.stand is Stand.OVERDUE for one in self.stands.values())


def mission_status(mission: Mission, plan: MissionPlan, followed: Followed | None) -> tuple[Value, ...]:
    """«● klar», «två klara, ■ en försenad»; of all the åtgärder where they all serve it, "" where none does."""
    if followed is None:
        return ()
    letters = [link.action for link in plan.links_of(mission.number)]
    if mission in followed.plan.common:
        letters = list(followed.stands)
    if len(letters) == 1:
        return (stand_text(followed.stands[letters[0]]),)
    return (stands_words([followed.stands[letter] for letter in letters], marked=True),)


def action_status(action: PlanAction, followed: Followed | None) -> tuple[Value, ...]:
    if followed is None:
        return ()
    stand = followed.stands[action.letter]
    told = stand.told
    if told is None:
        return (stand_text(stand), "", "", "", "", "")
    return (
        stand_text(stand),
        one_line(told.text),
        month_text(told.month),
        signed(told.written),
        who(told.written),
        day(told.written),
    )
