"""Composed reports are kept as long as nothing they stand on has changed, and for who asked alone."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from hsf_kpi.figures.report import Report
from hsf_kpi.model.template import SectionKind
from hsf_kpi.reporting import kept
from hsf_kpi.reporting.kept import KEPT, report_key, report_of
from hsf_kpi.reporting.order import Order, Said
from hsf_kpi.workspace import Workspace
from tests.reporting.report_orders import CLINIC, order, plan, rights, template

ONE = template(plan(SectionKind.MEASURES, "sjukfranvaro"))


@pytest.fixture(autouse=True)
def _empty(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr(kept, "_kept", OrderedDict())
        yield


def asked(workspace: Workspace, **changes: Any) -> Order:
    return order(workspace, CLINIC, ONE, **changes)


def test_the_same_question_gets_the_same_report(workspace: Workspace) -> None:
    mine = rights(workspace, "ledning")
    told: list[int] = []
    first = report_of(workspace, mine, asked(workspace), lambda done, _of: told.append(done))
    assert told
    told.clear()
    assert report_of(workspace, mine, asked(workspace), lambda done, _of: told.append(done)) is first
    assert not told, "nothing was made"


def test_nobody_is_served_what_was_made_for_another(workspace: Workspace) -> None:
    reports: dict[str, Report] = {}
    for role in ("ledning", "verksamhetschef", "omradeschef", "hr"):
        reports[role] = report_of(workspace, rights(workspace, role), asked(workspace))
    assert len({id(one) for one in reports.values()}) == 4
    for role, report in reports.items():
        mine = rights(workspace, role)
        assert set(report.reaches) == mine.scope.reaches
        assert report_of(workspace, mine, asked(workspace)) is report
        assert all(map(mine.scope.sees, (unit for part in report.parts() for unit in part.units)))


def test_what_may_be_seen_is_another_report_than_what_may_be_taken(workspace: Workspace) -> None:
    mine = rights(workspace, "ledning")
    taken = report_of(workspace, mine, asked(workspace))
    assert report_of(workspace, mine, asked(workspace), to_take=False) is not taken


@pytest.mark.parametrize(
    "change",
    [
        {"said": (("sjukfranvaro", Said("Nytt.")),)},
        {"sections": ("nyckeltal",)},
        {"by": "Någon"},
        {"when": "i går"},
    ],
)
def test_another_order_is_another_report(workspace: Workspace, change: dict[str, Any]) -> None:
    mine = rights(workspace, "ledning")
    first = report_of(workspace, mine, asked(workspace))
    assert report_of(workspace, mine, asked(workspace, **change)) is not first


@pytest.mark.parametrize("what", ["dialogue_of", "economy_of", "month_of", "promises_of", "data", "day"])
def test_what_has_changed_is_made_anew(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    mine = rights(workspace, "ledning")
    before = report_key(workspace, mine, asked(workspace))
    if what == "data":
        monkeypatch.setattr(workspace, "version", lambda: (10_000, workspace.as_of()))
    elif what == "day":
        tomorrow = dt.date.today() + dt.timedelta(days=1)
        monkeypatch.setattr(kept, "dt", SimpleNamespace(date=SimpleNamespace(today=lambda: tomorrow)))
    else:
        newer = SimpleNamespace(version=lambda: 10_000, register_version=lambda: 10_000)
        monkeypatch.setattr(kept, what, lambda _: newer)
    assert report_key(workspace, mine, asked(workspace)) != before


def test_few_are_kept_the_latest_asked_for(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def cheap(_workspace: Workspace, _rights: object, one: Order, _told: object, **_: object) -> Any:
        made.append(one.by)
        return one.by

    monkeypatch.setattr(kept, "compose", cheap)
    mine = rights(workspace, "ledning")

    def ask(by: str) -> object:
        return report_of(workspace, mine, asked(workspace, by=by))

    for number in range(KEPT):
        ask(str(number))
    ask("0")
    ask("en till")
    assert len(kept._kept) == KEPT
    made.clear()
    assert ask("0") == "0"
    assert made == []
    ask("1")
    assert made == ["1"], "the one that nobody had asked for since"


def test_several_may_ask_at_once(workspace: Workspace) -> None:
    people = [rights(workspace, role) for role in ("ledning", "verksamhetschef", "hr", "omradeschef")]
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda mine: report_of(workspace, mine, asked(workspace)), people * 3))
    for mine, report in zip(people * 3, found, strict=True):
        assert set(report.reaches) == mine.scope.reaches
        assert replace(report, reaches=()) == replace(
            report_of(workspace, mine, asked(workspace)), reaches=()
        )
