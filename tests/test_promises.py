"""What has been promised, on a copy of the demo: who sees it until when, who may follow it up, what the log keeps."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from hsf_kpi.access.identity import Identity
from hsf_kpi.access.rights import Rights
from hsf_kpi.model.event import Event
from hsf_kpi.model.follow_up import ControlResult, Entry, EntryKind, FollowUp, Stage, Subject
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError, HsfError, NotFound, NotPermitted
from hsf_kpi.model.role import Grant
from hsf_kpi.model.scope import NOTHING, Reach, Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.promises import Promises, promises_of
from hsf_kpi.settings import read_settings
from hsf_kpi.workspace import Workspace

OCTOBER = Month.of(2023, 10)
SEPTEMBER = OCTOBER - 1
ROOT, KLINIK = "hsf", "kirurgkliniken"
ACTION, ACTIVITY, CONTROL = Subject.ACTION, Subject.ACTIVITY, Subject.CONTROL
KOPING, DIGITAL = "narakut-koping", "digitalisering"


@pytest.fixture(scope="module")
def workspace(demo_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    path = tmp_path_factory.mktemp("promises") / "demo.sqlite3"
    shutil.copyfile(Path(demo_database.removeprefix("sqlite:///")), path)
    opened = Workspace.open(read_settings({"HSF_KPI_DATABASE_URL": f"sqlite:///{path}"}))
    with closing(opened.store):
        yield opened


@pytest.fixture(scope="module")
def promises(workspace: Workspace) -> Promises:
    return promises_of(workspace)


@pytest.fixture(scope="module")
def everything(workspace: Workspace) -> Scope:
    return Scope.of(workspace.catalogue.organisation.units)


def at(month: Month = OCTOBER, unit: str = ROOT) -> Selection:
    return Selection(unit, month)


def rights_of(workspace: Workspace, role: str, unit: str | None = None, *, seen_as: str = "") -> Rights:
    return workspace.rights_of(Identity(f"{role}-{unit}", "Funktion", (Grant(role, unit),), seen_as))


def said(key: str = "G", month: Month = OCTOBER, subject: Subject = ACTION, text: str = "Möte.") -> FollowUp:
    state = ControlResult.CLEAN if subject is CONTROL else Stage.ONGOING
    return FollowUp(subject, key, month, state, text)


def line(text: str = "Bemanning", month: Month = OCTOBER, activity: str = KOPING) -> Entry:
    return Entry(activity, EntryKind.RISK, month, text, likelihood=2, consequence=3)


def questions(promises: Promises, scope: Scope, chosen: Selection) -> dict[str, Callable[[], object]]:
    return {
        "standing": lambda: promises.standing(scope, chosen),
        "history": lambda: promises.history(scope, chosen, ACTION, "A"),
        "entries": lambda: promises.entries(scope, chosen),
        "entry_history": lambda: promises.entry_history(scope, chosen, 1),
        "activity_history": lambda: promises.activity_history(scope, chosen, KOPING),
    }


def test_there_is_one_for_a_workspace(workspace: Workspace, promises: Promises) -> None:
    assert promises_of(workspace) is promises


def test_nothing_is_answered_without_the_forvaltning(promises: Promises, everything: Scope) -> None:
    for ask in questions(promises, everything, at()).values():
        ask()
    for scope in (Scope.of([KLINIK]), NOTHING):
        for name, ask in questions(promises, scope, at(unit=KLINIK)).items():
            with pytest.raises(NotPermitted):
                pytest.fail(f"{name} was answered: {ask()!r:.80}")
    with pytest.raises(NotPermitted):
        promises.standing(everything, at(unit="finns-inte"))
    with pytest.raises(NotFound, match="Åtgärden ”Ö” finns inte"):
        promises.history(everything, at(), ACTION, "Ö")


def test_the_demo_tells_of_each_month_what_was_told_until_then(promises: Promises, everything: Scope) -> None:
    told = {}
    for month in (3, 4, 7, 8, 10):
        standing = promises.standing(everything, at(Month.of(2023, month), KLINIK))
        states = {one.key: one.state for one in standing.values()}
        told[month] = [states.get(key) for key in ("M", "B", "O", "dokumentation")]
    assert told == {
        3: [None, None, None, None],
        4: [Stage.LATE, Stage.ONGOING, Stage.ONGOING, None],
        7: [Stage.LATE, Stage.ONGOING, Stage.ONGOING, None],
        8: [Stage.DONE, Stage.LATE, Stage.LATE, None],
        10: [Stage.DONE, Stage.LATE, Stage.ONGOING, ControlResult.MINOR],
    }
    history = promises.history(everything, at(), ACTION, "B")
    assert [(one.month.iso, one.written and one.written.version) for one in history] == [
        ("2023-10", 2),
        ("2023-10", 1),
        ("2023-08", 1),
        ("2023-04", 1),
    ]


def test_the_namnd_sees_what_was_told_of_released_months(workspace: Workspace, promises: Promises) -> None:
    namnd = rights_of(workspace, "namnd").scope
    for now, then in zip(
        questions(promises, namnd, at()).values(),
        questions(promises, namnd, at(SEPTEMBER)).values(),
        strict=True,
    ):
        assert now() == then()
    assert promises.standing(namnd, at())[ACTION, "B"].month == Month.of(2023, 8)
    assert (CONTROL, "dokumentation") not in promises.standing(namnd, at())


def test_the_units_whose_heads_are_responsible(workspace: Workspace, promises: Promises) -> None:
    akut, nara, stab = "akutsjukvard", "nara-vard", "planering-och-utveckling"
    for subject, key, units in (
        (ACTION, "A", {akut, nara}),
        (ACTION, "D", {stab, "medicinsk-diagnostik-och-teknik"}),
        (ACTION, "I", {stab, nara}),
        (ACTION, "F", {nara}),
        (ACTION, "W", {akut}),
        (ACTION, "H", set()),
        (ACTION, "V", set()),
        (ACTIVITY, KOPING, set()),
        (CONTROL, "dokumentation", {stab}),
        (CONTROL, "lakemedel", {"sjukvardsfarmaci"}),
        (CONTROL, "loneutbetalningar", set()),
        (CONTROL, "finns-inte", set()),
    ):
        assert promises.responsible_units(subject, key) == units, key
    organisation = workspace.catalogue.organisation.units
    for subject in Subject:
        for key in workspace.catalogue.followed(subject):
            assert promises.responsible_units(subject, key) <= set(organisation)


MAY = [
    ("ledning", None, {(ACTION, "A"), (ACTION, "H"), (ACTIVITY, KOPING), (CONTROL, "loneutbetalningar")}),
    ("controller", ROOT, {(ACTION, "A"), (ACTION, "H"), (ACTIVITY, KOPING), (CONTROL, "loneutbetalningar")}),
    ("omradeschef", "akutsjukvard", {(ACTION, "A")}),
    ("omradeschef", "medicinsk-diagnostik-och-teknik", set()),
    ("controller", "nara-vard", {(ACTION, "A")}),
    ("controller", KLINIK, set()),
    ("verksamhetschef", "akutsjukvard", set()),
    ("verksamhetschef", ROOT, set()),
    ("hr", None, set()),
    ("namnd", None, set()),
    ("admin", None, set()),
]  # fmt: skip


@pytest.mark.parametrize(("role", "unit", "those"), MAY)
def test_who_may_follow_up(
    workspace: Workspace, promises: Promises, role: str, unit: str | None, those: set[tuple[Subject, str]]
) -> None:
    asked = [(ACTION, "A"), (ACTION, "H"), (ACTIVITY, KOPING), (CONTROL, "loneutbetalningar")]
    rights = rights_of(workspace, role, unit)
    assert {one for one in asked if promises.may(rights, *one)} == those
    assert not any(promises.may(replace(rights, looking=True), *one) for one in asked)
    seen = rights_of(workspace, role, unit, seen_as="ledning")
    assert not any(promises.may(seen, *one) for one in asked)
    for subject, key in {*asked} - those:
        refused(workspace, promises, rights, said(key, subject=subject), NotPermitted)


def refused(
    workspace: Workspace, promises: Promises, rights: Rights, one: FollowUp | Entry, error: type[HsfError]
) -> str:
    """What the refusal says; nothing is written or logged."""
    before, logged = promises.version(), workspace.store.audit_log.count()
    with pytest.raises(error) as caught:
        promises.save_entry(rights, one) if isinstance(one, Entry) else promises.save(rights, one)
    assert (promises.version(), workspace.store.audit_log.count()) == (before, logged)
    return str(caught.value)


def test_who_does_not_see_the_forvaltning_does_not_follow_it_up(
    workspace: Workspace, promises: Promises
) -> None:
    rights = replace(rights_of(workspace, "ledning"), scope=Scope.of([KLINIK]))
    assert not promises.may(rights, ACTION, "A")
    refused(workspace, promises, rights, said("A"), NotPermitted)


def test_the_month_is_open_and_seen(workspace: Workspace, promises: Promises, everything: Scope) -> None:
    leader = rights_of(workspace, "ledning")
    for month, words in (
        (SEPTEMBER, "September 2023 är frisläppt"),
        (OCTOBER + 1, "Det finns inga utfall för november 2023"),
    ):
        assert words in (promises.closed(everything, at(month)) or "")
        for one in (said(month=month), line(month=month)):
            assert words in refused(workspace, promises, leader, one, DataError)
    assert promises.closed(everything, at()) is None
    reaches = {Reach(frozenset({ROOT}), None, SEPTEMBER), Reach(frozenset({KLINIK}))}
    late = replace(leader, scope=Scope(frozenset(reaches)))
    for one in (said(), line()):
        told = refused(workspace, promises, late, one, NotPermitted)
        assert "Oktober 2023 ingår inte i din behörighet." in told


def test_following_up_is_logged_without_what_was_written(
    workspace: Workspace, promises: Promises, everything: Scope
) -> None:
    leader = rights_of(workspace, "ledning")
    before = promises.version()
    first = promises.save(leader, said("X", text="Hemlig mening"))
    second = promises.save(leader, replace(first, state=Stage.LATE, text="Hemligt skäl"))
    control = promises.save(leader, said("hygien", subject=CONTROL, text="Hemligt fynd"))
    risk = promises.save_entry(leader, line("Hemlig risk"))
    changed = promises.save_entry(leader, replace(risk, likelihood=4))
    gone = promises.save_entry(leader, replace(changed, removed=True))
    assert second.written is not None
    assert (second.written.by, second.written.name, second.written.version) == ("ledning-None", "Funktion", 2)
    standing = promises.standing(everything, at())
    assert (standing[ACTION, "X"], standing[CONTROL, "hygien"]) == (second, control)
    assert promises.history(everything, at(), ACTION, "X") == (second, first)
    assert promises.entries(everything, at()) == ()
    assert risk.number is not None
    assert promises.entry_history(everything, at(), risk.number) == (gone, changed, risk)
    assert promises.activity_history(everything, at(), KOPING) == (gone, changed, risk)
    assert promises.version() == before + 6, "a page that kept an answer asks again"
    rows = workspace.store.audit_log.entries(who="ledning-None", what=[Event.FOLLOWED_UP.value])
    number = f"risk nr {risk.number} om {KOPING}"
    assert [row.detail for row in reversed(rows)] == [
        "2023-10, atgard X",
        "2023-10, atgard X",
        "2023-10, kontroll hygien",
        f"2023-10, {number}",
        f"2023-10, {number}",
        f"2023-10, tog bort {number}",
    ]
    refused(workspace, promises, leader, replace(first, text="Samtidigt"), DataError)
    refused(workspace, promises, leader, said("X", text=""), DataError)


def test_the_head_who_is_responsible_follows_up_its_own(
    workspace: Workspace, promises: Promises, everything: Scope
) -> None:
    head = rights_of(workspace, "omradeschef", "nara-vard")
    saved = promises.save(head, said("N"))
    assert promises.standing(everything, at())[ACTION, "N"] == saved
    told = refused(workspace, promises, head, line(activity=DIGITAL), NotPermitted)
    assert told.startswith("Din behörighet räcker inte för att följa upp det här.")


def test_as_known_on_a_day_it_is_what_had_been_told_then_and_only_read(
    workspace: Workspace, promises: Promises, everything: Scope
) -> None:
    then = workspace.as_known(dt.date(2023, 9, 14))
    known = promises_of(then)
    assert known is not promises
    told = known.standing(everything, at(Month.of(2023, 8)))
    assert {one.key for one in told.values() if one.month == Month.of(2023, 8)} == set("ABLPTUW")
    leader = then.rights_of(Identity("ledning", "Ledning", (Grant("ledning"),)))
    assert not known.may(leader, ACTION, "A")
    with pytest.raises(NotPermitted):
        known.save(leader, said("A", Month.of(2023, 8)))
