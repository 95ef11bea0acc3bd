"""A small catalogue with something to follow up, and short follow-ups of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hsf_kpi.model.control import ControlPlan, DecisionLevel, Risk
from hsf_kpi.model.follow_up import Entry, EntryKind, FollowUp, Stage, Subject
from hsf_kpi.model.mission import MissionPlan, PlanAction
from hsf_kpi.model.period import Month
from hsf_kpi.model.transformation import Activity, TransformationPlan
from hsf_kpi.store import Store
from tests.store import asking
from tests.store.builders import everyone, m
from tests.store.handin_builders import ME, YOU, told_to_reload

__all__ = ["CAT", "EVERYONE", "ME", "OCTOBER", "YOU", "entry", "follow_up", "standing", "told_to_reload"]

OCTOBER = m("2023-10")


def _risk(key: str) -> Risk:
    words: dict[str, Any] = dict.fromkeys(("id", "name", "text", "area", "policy", "method"), key)
    return Risk(**words, level=DecisionLevel.BOARD, likelihood=2, consequence=3, value=6)


CAT = replace(
    asking.CAT,
    missions=MissionPlan(actions=tuple(PlanAction(letter, letter, "nara") for letter in "BA")),
    transformation=TransformationPlan(
        activities=tuple(Activity(key, key, key) for key in ("narakut", "digitalt"))
    ),
    controls=ControlPlan(risks=(_risk("hygien"), _risk("loner"))),
)
"""Åtgärder B and A, in this order; activities narakut and digitalt; risks hygien and loner."""
EVERYONE = everyone(CAT)


def follow_up(text: str = "Enligt plan.", **changes: Any) -> FollowUp:
    plain: dict[str, Any] = {"subject": Subject.ACTION, "key": "A", "month": OCTOBER}
    return FollowUp(**{**plain, "state": Stage.ONGOING, "text": text, **changes})


def entry(text: str = "Avtal med kommunerna", **changes: Any) -> Entry:
    plain: dict[str, Any] = {"activity": "narakut", "kind": EntryKind.DEPENDENCY, "month": OCTOBER}
    return Entry(**{**plain, "text": text, **changes})


def standing(store: Store, through: Month = OCTOBER) -> dict[str, FollowUp]:
    """By key."""
    return {one.key: one for one in store.follow_ups.standing(EVERYONE, CAT, through)}
