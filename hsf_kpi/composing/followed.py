"""What people have said of what is followed up, for every page that shows it: what stands, and the history of one."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from hsf_kpi.composing.ask import KEPT, Ask
from hsf_kpi.composing.composed import Composed
from hsf_kpi.composing.road import of_the_plan
from hsf_kpi.composing.seen import for_most
from hsf_kpi.figures.figure import Context
from hsf_kpi.figures.followed import history_figure
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.follow_up import FollowUp, Subject
from hsf_kpi.promises import Standing
from hsf_kpi.swedish.dates import month_text


@lru_cache(maxsize=KEPT)
def standing_of(ask: Ask) -> Standing:
    """Of each subject and key the latest follow-up told for the chosen month or one before. Only of a page that shows them,
    since their version belongs to the key.
    """
    return ask.promises.standing(ask.scope, ask.selection)


def history_of(ask: Ask, subject: Subject, key: str) -> tuple[FollowUp, ...]:
    """Every version, newest first. NotFound for an unknown key."""
    return ask.promises.history(ask.scope, ask.selection, subject, key)


def history_table(ask: Ask, subject: Subject, key: str, name: str) -> Composed:
    """name: as people read it, «A. Etablera sjukhusvård i hemmet». Made anew each time: who asks keeps it, with its ask."""
    found = history_of(ask, subject, key)
    figure = history_figure(
        found, subject, key, name, context=whole(ask), origins=followed_origins(ask) if found else ()
    )
    return for_most(ask, figure)[0]


def followed_origins(ask: Ask) -> frozenset[Origin]:
    """On demo data what has been followed up is demo too; on real data it is nobody's file."""
    return frozenset({Origin.DEMO}) if ask.workspace.state().kind == "demo" else frozenset()


def whole(ask: Ask) -> Context:
    """The context of what is the whole förvaltning's whatever unit is chosen: its own name, the chosen month."""
    return replace(of_the_plan(ask), period=month_text(ask.selection.month), month_edition=0)
