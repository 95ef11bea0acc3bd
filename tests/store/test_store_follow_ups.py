"""What is followed up, on both databases: every version is kept, the latest told for the month or before stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest

from hsf_kpi.model.dialogue import Written
from hsf_kpi.model.follow_up import ControlResult, EntryKind, Stage, Subject
from hsf_kpi.model.problems import DataError, NotFound
from hsf_kpi.store import Store, versions
from hsf_kpi.store.follow_ups import FollowUpStore
from tests.store.asking import AS_OF, rows
from tests.store.follow_up_builders import (
    CAT,
    EVERYONE,
    ME,
    OCTOBER,
    YOU,
    entry,
    follow_up,
    standing,
    told_to_reload,
)

AUGUST, SEPTEMBER, NOVEMBER = OCTOBER - 2, OCTOBER - 1, OCTOBER + 1
MILESTONE = entry("Klart", kind=EntryKind.MILESTONE, due=NOVEMBER, state=Stage.LATE)
RISK = entry("Läkare saknas", kind=EntryKind.RISK, likelihood=3, consequence=4)
RESPONSIBLE = entry("Områdeschef", kind=EntryKind.RESPONSIBLE)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store.create(database_url, "demo", CAT, AS_OF)
    yield store
    store.close()


@pytest.fixture
def lite() -> Iterator[Store]:
    """For what no database does differently."""
    store = Store.create("sqlite://", "demo", CAT, AS_OF)
    yield store
    store.close()


def version_of(written: Written | None) -> int:
    assert written is not None
    return written.version


def test_everything_is_saved_and_read(store: Store) -> None:
    ups = store.follow_ups
    control = follow_up("", subject=Subject.CONTROL, key="hygien", state=ControlResult.CLEAN)
    activity = follow_up("Möte\n\nhållet.", subject=Subject.ACTIVITY, key="digitalt", state=Stage.DONE)
    given = (control, activity, follow_up(key="A"), follow_up(key="B", state=Stage.NOT_STARTED))
    saved = [ups.save(CAT, one, *ME) for one in given]
    for one, kept in zip(given, saved, strict=True):
        assert kept == replace(one, written=kept.written)
        assert kept.written is not None
        assert (kept.written.by, kept.written.name, kept.written.version) == (*ME, 1)
        assert abs(dt.datetime.now(dt.UTC) - kept.written.at) < dt.timedelta(minutes=1)
        assert kept.written.at.tzinfo is dt.UTC
    assert ups.standing(EVERYONE, CAT, OCTOBER) == (saved[3], saved[2], saved[1], saved[0]), (
        "åtgärder, activities, controls, each in the plan's order"
    )
    lines = [ups.save_entry(CAT, one, *ME) for one in (MILESTONE, RISK, RESPONSIBLE)]
    first = ups.save_entry(CAT, entry(other="digitalt"), *YOU)
    assert [one.number for one in (*lines, first)] == [1, 2, 3, 4]
    assert ups.save_entry(CAT, replace(RISK, activity="digitalt"), *ME).number == 5
    found = ups.entries(EVERYONE, CAT, OCTOBER)
    assert found[:4] == (*lines, first)
    assert [(one.activity, one.number) for one in found[3:]] == [("narakut", 4), ("digitalt", 5)]
    assert (found[1].risk_value, found[0].risk_value) == (12, None)
    assert ups.version() == 9


def test_what_stands_is_told_for_the_month_or_one_before(store: Store) -> None:
    ups = store.follow_ups
    october = ups.save(CAT, follow_up("Oktober."), *ME)
    august = ups.save(CAT, follow_up("Augusti.", month=AUGUST, state=Stage.NOT_STARTED), *ME)
    corrected = ups.save(CAT, replace(august, text="Augusti, rättat."), *YOU)
    assert version_of(corrected.written) == 2, "of that month"
    told = [standing(store, month).get("A") for month in (AUGUST - 1, AUGUST, SEPTEMBER, OCTOBER, NOVEMBER)]
    assert told == [None, corrected, corrected, october, october]
    ask = (CAT, Subject.ACTION, "A")
    assert ups.history(EVERYONE, *ask, OCTOBER) == (october, corrected, august), "newest month first"
    assert ups.history(EVERYONE, *ask, SEPTEMBER) == (corrected, august)
    assert ups.history(EVERYONE, CAT, Subject.ACTION, "B", OCTOBER) == ()
    assert rows(store, "follow_up") == 3


def test_of_what_is_no_longer_defined_nothing_is_told(lite: Store) -> None:
    ups = lite.follow_ups
    ups.save(CAT, follow_up(), *ME)
    line = ups.save_entry(CAT, RISK, *ME)
    gone = replace(
        CAT,
        missions=replace(CAT.missions, actions=CAT.missions.actions[:1]),
        transformation=replace(CAT.transformation, activities=()),
    )
    assert ups.standing(EVERYONE, gone, OCTOBER) == ()
    assert ups.entries(EVERYONE, gone, OCTOBER) == ups.entry_history(EVERYONE, gone, 1, OCTOBER) == ()
    assert ups.entry_history(EVERYONE, CAT, 1, OCTOBER) == (line,)
    for subject, what in (
        (Subject.ACTION, "Åtgärden ”X” finns inte"),
        (Subject.ACTIVITY, "Aktiviteten ”X” finns inte"),
        (Subject.CONTROL, "Risken ”X” finns inte"),
    ):
        with pytest.raises(NotFound, match=what):
            ups.history(EVERYONE, CAT, subject, "X", OCTOBER)
    with pytest.raises(NotFound, match="Aktiviteten ”narakut” finns inte"):
        ups.activity_history(EVERYONE, gone, "narakut", OCTOBER)


def test_a_line_is_changed_removed_and_brought_back(store: Store) -> None:
    ups = store.follow_ups
    first = ups.save_entry(CAT, replace(MILESTONE, month=AUGUST), *ME)
    later = ups.save_entry(CAT, replace(first, month=OCTOBER, state=Stage.DONE), *YOU)
    assert (later.number, version_of(later.written)) == (1, 2)
    assert ups.entries(EVERYONE, CAT, SEPTEMBER) == (first,)
    assert ups.entries(EVERYONE, CAT, OCTOBER) == (later,)
    gone = ups.save_entry(CAT, replace(later, removed=True, text="Nåt annat", month=NOVEMBER), *ME)
    assert (gone.text, gone.state, gone.removed) == ("Klart", Stage.DONE, True), "as it stood"
    assert ups.save_entry(CAT, gone, *YOU) == gone, "what is gone is not taken away again"
    assert ups.entries(EVERYONE, CAT, OCTOBER) == (later,)
    assert ups.entries(EVERYONE, CAT, NOVEMBER) == ()
    assert ups.entry_history(EVERYONE, CAT, 1, NOVEMBER) == (gone, later, first)
    assert ups.entry_history(EVERYONE, CAT, 1, OCTOBER) == (later, first)
    assert ups.save_entry(CAT, RISK, *ME).number == 2, "no number is given twice"
    back = ups.save_entry(CAT, replace(gone, removed=False), *ME)
    assert ups.entries(EVERYONE, CAT, NOVEMBER)[0] == back
    assert rows(store, "follow_up_entry") == 5


def test_a_line_is_not_changed_for_a_month_before_its_last_change(lite: Store) -> None:
    ups = lite.follow_ups
    first = ups.save_entry(CAT, RISK, *ME)
    for earlier in (replace(first, month=SEPTEMBER), replace(first, month=SEPTEMBER, removed=True)):
        with pytest.raises(
            DataError, match=r"ändrats för oktober 2023, .+ Välj oktober 2023 eller en senare"
        ):
            ups.save_entry(CAT, earlier, *ME)
    assert ups.version() == 1


def test_who_saw_an_older_version_is_told_and_writes_nothing(lite: Store) -> None:
    ups = lite.follow_ups
    mine = ups.save(CAT, follow_up("Min."), *ME)
    told_to_reload(lambda: ups.save(CAT, follow_up("Din."), *YOU))
    yours = ups.save(CAT, replace(mine, text="Din."), *YOU)
    told_to_reload(lambda: ups.save(CAT, replace(mine, text="Min igen."), *ME))
    told_to_reload(lambda: ups.save(CAT, replace(mine, month=NOVEMBER), *ME))
    line = ups.save_entry(CAT, RISK, *ME)
    changed = ups.save_entry(CAT, replace(line, likelihood=1), *YOU)
    for mine_again in (replace(line, likelihood=2), replace(line, removed=True)):
        told_to_reload(lambda given=mine_again: ups.save_entry(CAT, given, *ME))  # type: ignore[misc]
    assert standing(lite)["A"] == yours
    assert ups.entries(EVERYONE, CAT, OCTOBER) == (changed,)
    assert ups.version() == 4


def test_who_names_the_responsible_where_another_just_has_is_told(lite: Store) -> None:
    ups = lite.follow_ups
    first = ups.save_entry(CAT, RESPONSIBLE, *ME)
    later = replace(RESPONSIBLE, text="Controller")
    for one in (later, replace(later, month=NOVEMBER)):
        told_to_reload(lambda one=one: ups.save_entry(CAT, one, *YOU))
    other = ups.save_entry(CAT, replace(later, activity="digitalt"), *YOU)
    before = ups.save_entry(CAT, replace(later, month=SEPTEMBER), *YOU)
    gone = ups.save_entry(CAT, replace(first, removed=True), *YOU)
    ups.save_entry(CAT, replace(before, removed=True), *YOU)
    anew = ups.save_entry(CAT, replace(later, month=gone.month), *YOU)
    assert ups.entries(EVERYONE, CAT, OCTOBER) == (anew, other)


def test_a_second_click_is_not_a_change(lite: Store) -> None:
    ups = lite.follow_ups
    said, line = ups.save(CAT, follow_up("Enligt plan."), *ME), ups.save_entry(CAT, RISK, *ME)
    assert ups.save(CAT, follow_up("  Enligt plan.\r\n"), *ME) == said
    assert ups.save_entry(CAT, replace(RISK, text=" Läkare \n saknas"), *ME) == line
    assert ups.save_entry(CAT, line, *ME) == line
    gone = ups.save_entry(CAT, replace(line, removed=True), *ME)
    assert ups.save_entry(CAT, replace(line, removed=True), *ME) == gone
    assert ups.version() == 3
    assert ups.save_entry(CAT, RISK, *ME).number == 2, "withdrawn, and then wanted again"
    assert ups.save_entry(CAT, RISK, *YOU).number == 3, "another person's in the same words is another"


def test_a_line_that_is_not_there(lite: Store) -> None:
    ups = lite.follow_ups
    ups.save_entry(CAT, RISK, *ME)
    for strange in (
        replace(RISK, number=1, activity="digitalt"),
        replace(entry(), number=1),
        *(replace(RISK, number=number) for number in (2, 0, -1, 2**40)),
        replace(RISK, removed=True),
    ):
        with pytest.raises(NotFound, match="Raden finns inte"):
            ups.save_entry(CAT, strange, *ME)
    for number in (2, 0, -1, 2**40):
        assert ups.entry_history(EVERYONE, CAT, number, OCTOBER) == ()
    assert ups.version() == 1


def test_there_is_a_limit_to_versions(lite: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "MOST_VERSIONS", 2)
    ups: FollowUpStore = lite.follow_ups
    said = ups.save(CAT, follow_up("0"), *ME)
    said = ups.save(CAT, replace(said, text="1"), *ME)
    lines = [ups.save_entry(CAT, entry(text), *ME) for text in "ab"]
    for save, what in (
        (lambda: ups.save(CAT, replace(said, text="2"), *ME), "Uppföljningen"),
        (lambda: ups.save_entry(CAT, entry("c"), *ME), "Aktivitetens rader"),
        (lambda: ups.save_entry(CAT, replace(lines[0], text="c"), *ME), "Aktivitetens rader"),
    ):
        with pytest.raises(DataError, match=f"{what} har ändrats 2 gånger .+ nästa månad"):
            save()
    ups.save_entry(CAT, replace(lines[0], removed=True), *ME)
    ups.save(CAT, replace(said, month=NOVEMBER, written=None), *ME)
    ups.save_entry(CAT, entry("c", month=NOVEMBER), *ME)
    ups.save_entry(CAT, entry("c", activity="digitalt"), *ME)
    assert ups.version() == 8
