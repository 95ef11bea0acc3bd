"""What is handed in, on both databases: every version is kept, the latest stands, nobody writes over another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest

from hsf_kpi.model.dialogue import HandIn, Ready, Written, YearEnd
from hsf_kpi.model.problems import DataError, NotFound
from hsf_kpi.store import Store, versions
from hsf_kpi.store.handins import HandInStore
from tests.store.asking import AS_OF, CAT, rows
from tests.store.builders import everyone, m
from tests.store.handin_builders import (
    ME,
    OCTOBER,
    YOU,
    action,
    analysis,
    forecast,
    judged,
    stands,
    told_to_reload,
)

EVERYONE = everyone(CAT)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store.create(database_url, "demo", CAT, AS_OF)
    yield store
    store.close()


@pytest.fixture
def handins(store: Store) -> HandInStore:
    return store.handins


@pytest.fixture
def lite() -> Iterator[HandInStore]:
    """For what no database does differently."""
    store = Store.create("sqlite://", "demo", CAT, AS_OF)
    yield store.handins
    store.close()


def version_of(written: Written | None) -> int:
    assert written is not None
    return written.version


def test_everything_is_saved_and_read(handins: HandInStore) -> None:
    assert stands(handins) == HandIn("kirurgi", OCTOBER)
    said = handins.save_analysis(CAT, judged("Färre\n\ntider."), *ME)
    planned = handins.save_action(CAT, action(amount=4_800_000), *ME)
    expected = handins.save_forecast(CAT, forecast(), *ME)
    ready = handins.set_ready(CAT, "kirurgi", OCTOBER, True, 0, *YOU)
    assert said == replace(judged("Färre\n\ntider."), written=said.written)
    assert planned == replace(action(amount=4_800_000), number=1, written=planned.written)
    for written, who in (
        (said.written, ME),
        (planned.written, ME),
        (expected.written, ME),
        (ready.written, YOU),
    ):
        assert written is not None
        assert (written.by, written.name, written.version) == (*who, 1)
        assert abs(dt.datetime.now(dt.UTC) - written.at) < dt.timedelta(minutes=1)
        assert written.at.tzinfo is dt.UTC
    assert stands(handins) == HandIn("kirurgi", OCTOBER, (said,), (planned,), expected, ready)
    assert stands(handins).is_ready


def test_a_change_is_a_new_version_and_the_old_ones_stay(handins: HandInStore, store: Store) -> None:
    first = handins.save_analysis(CAT, judged(), *ME)
    second = handins.save_analysis(CAT, replace(first, text="Fler tider.", year_end=YearEnd.REACHED), *YOU)
    third = handins.save_analysis(CAT, analysis("Nej.", written=second.written), *ME)
    assert version_of(third.written) == 3
    assert stands(handins).analyses == (third,)
    history = handins.history(EVERYONE, CAT, "kirurgi", OCTOBER, "andel")
    assert history == (third, second, first), "newest first"
    assert [one.year_end for one in history] == [None, YearEnd.REACHED, YearEnd.PARTLY]
    expected = handins.save_forecast(CAT, forecast(), *ME)
    handins.save_forecast(CAT, replace(expected, result=-1), *ME)
    assert version_of(handins.set_ready(CAT, "kirurgi", OCTOBER, True, 0, *ME).written) == 1
    assert handins.set_ready(CAT, "kirurgi", OCTOBER, False, 1, *ME).ready is False
    assert not stands(handins).is_ready
    assert [rows(store, f"handin_{kind}") for kind in ("analysis", "forecast", "ready")] == [3, 2, 2]


def test_actions_are_numbered_and_a_removed_one_stays_in_the_rows(handins: HandInStore, store: Store) -> None:
    first = handins.save_action(CAT, action("Ett"), *ME)
    second = handins.save_action(CAT, action("Två", measure="belopp"), *ME)
    assert (first.number, second.number) == (1, 2)
    assert handins.save_action(CAT, action("Tre", month=OCTOBER - 1), *ME).number == 1, "of unit and month"
    changed = handins.save_action(CAT, replace(first, what="Ett till", amount=7), *YOU)
    assert stands(handins).actions == (changed, second)
    gone = handins.save_action(CAT, replace(changed, removed=True, what="Nåt annat"), *ME)
    assert (gone.what, gone.removed, version_of(gone.written)) == ("Ett till", True, 3), "as it stood"
    assert stands(handins).actions == (second,)
    assert stands(handins).actions_for("andel") == ()
    assert handins.save_action(CAT, action("Fyra"), *ME).number == 3, "no number is given twice"
    assert rows(store, "handin_action") == 6
    back = handins.save_action(CAT, replace(gone, removed=False), *ME)
    assert (back.number, version_of(back.written)) == (1, 4)


def test_who_saw_an_older_version_is_told_and_writes_nothing(handins: HandInStore) -> None:
    mine = handins.save_analysis(CAT, judged("Min."), *ME)
    told_to_reload(lambda: handins.save_analysis(CAT, judged("Din."), *YOU))
    yours = handins.save_analysis(CAT, replace(mine, text="Din."), *YOU)
    told_to_reload(lambda: handins.save_analysis(CAT, replace(mine, text="Min igen."), *ME))
    one = handins.save_action(CAT, action(), *ME)
    handins.save_action(CAT, replace(one, what="Ditt"), *YOU)
    for mine_again in (replace(one, what="Mitt"), replace(one, removed=True)):
        told_to_reload(lambda given=mine_again: handins.save_action(CAT, given, *ME))  # type: ignore[misc]
    handins.save_forecast(CAT, forecast(), *ME)
    told_to_reload(lambda: handins.save_forecast(CAT, forecast(-1), *YOU))
    ready = handins.set_ready(CAT, "kirurgi", OCTOBER, True, 0, *ME)
    told_to_reload(lambda: handins.set_ready(CAT, "kirurgi", OCTOBER, True, 0, *YOU))
    told_to_reload(lambda: handins.set_ready(CAT, "kirurgi", OCTOBER, False, 0, *YOU))
    assert stands(handins).analyses == (yours,)
    assert [a.what for a in stands(handins).actions] == ["Ditt"]
    assert (stands(handins).forecast or forecast()).result == -134_000_000
    assert stands(handins).ready == ready
    assert handins.version() == 6


def test_a_second_click_is_not_a_change(lite: HandInStore) -> None:
    said, planned = lite.save_analysis(CAT, judged(), *ME), lite.save_action(CAT, action(), *ME)
    expected = lite.save_forecast(CAT, forecast(), *ME)
    assert lite.save_analysis(CAT, judged("  Färre tider.\r\n"), *ME) == said
    assert lite.save_action(CAT, action(), *ME) == planned
    assert lite.save_action(CAT, planned, *ME) == planned
    assert lite.save_forecast(CAT, forecast(), *ME) == expected
    ready = lite.set_ready(CAT, "kirurgi", OCTOBER, True, 0, *ME)
    assert lite.set_ready(CAT, "kirurgi", OCTOBER, True, 0, *ME) == ready
    assert lite.set_ready(CAT, "kirurgi", OCTOBER, True, 1, *YOU) == ready, "seen, and stands so already"
    never = lite.set_ready(CAT, "medicin", OCTOBER, False, 0, *ME)
    assert never == Ready("medicin", OCTOBER, False), "there was nothing to open"
    assert lite.version() == 4
    lite.set_ready(CAT, "kirurgi", OCTOBER, False, 1, *ME)
    other = lite.save_action(CAT, action(), *YOU)
    assert other.number == 2, "another person's åtgärd in the same words is another"
    gone = lite.save_action(CAT, replace(planned, removed=True), *ME)
    assert lite.save_action(CAT, replace(planned, removed=True), *ME) == gone
    assert lite.save_action(CAT, action(), *ME).number == 3, "withdrawn, and then wanted again"


def test_nothing_is_changed_while_the_month_is_ready(lite: HandInStore) -> None:
    said = lite.save_analysis(CAT, judged(), *ME)
    planned = lite.save_action(CAT, action(), *ME)
    lite.set_ready(CAT, "kirurgi", OCTOBER, True, 0, *ME)
    for save in (
        lambda: lite.save_analysis(CAT, replace(said, text="Annat."), *ME),
        lambda: lite.save_action(CAT, replace(planned, removed=True), *ME),
        lambda: lite.save_action(CAT, action("Annat"), *ME),
        lambda: lite.save_forecast(CAT, forecast(), *ME),
    ):
        with pytest.raises(DataError, match=r"oktober 2023 är klarmarkerat för dialog\. Öppna igen"):
            save()
    assert lite.version() == 3
    assert version_of(lite.save_analysis(CAT, judged(month=OCTOBER - 1), *ME).written) == 1, "another month"
    assert version_of(lite.save_analysis(CAT, judged(unit="medicin"), *ME).written) == 1, "another unit"
    lite.set_ready(CAT, "kirurgi", OCTOBER, False, 1, *YOU)
    assert version_of(lite.save_analysis(CAT, replace(said, text="Annat."), *ME).written) == 2


def test_an_action_that_is_not_there(lite: HandInStore) -> None:
    lite.save_action(CAT, action(), *ME)
    for strange in (
        action(number=1, unit="medicin"),
        action(number=1, measure="belopp"),
        action(number=1, month=OCTOBER - 1),
        action(number=2),
        action(number=0),
        action(number=-1),
        action(number=2**40),
        action("Okänd", removed=True),
    ):
        with pytest.raises(NotFound, match="Åtgärden finns inte"):
            lite.save_action(CAT, strange, *ME)
    assert lite.version() == 1


def test_there_is_a_limit_to_versions(lite: HandInStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "MOST_VERSIONS", 2)
    said, expected, seen = judged("0"), forecast(), 0
    for number in range(2):
        said = lite.save_analysis(CAT, replace(said, text=str(number)), *ME)
        lite.save_action(CAT, action(str(number)), *ME)
        expected = lite.save_forecast(CAT, replace(expected, result=number), *ME)
        seen = version_of(lite.set_ready(CAT, "medicin", OCTOBER, not number, seen, *ME).written)
    (last,) = lite.read(EVERYONE, CAT, ["kirurgi"], OCTOBER, OCTOBER)
    for save, what in (
        (lambda: lite.save_analysis(CAT, replace(said, text="2"), *ME), "Analysen"),
        (lambda: lite.save_action(CAT, action("2"), *ME), "Åtgärderna"),
        (lambda: lite.save_action(CAT, replace(last.actions[0], what="2"), *ME), "Åtgärderna"),
        (lambda: lite.save_forecast(CAT, replace(expected, result=2), *ME), "Prognosen"),
        (lambda: lite.set_ready(CAT, "medicin", OCTOBER, True, seen, *ME), "”Klar för dialog”"),
    ):
        with pytest.raises(DataError, match=f"{what} har ändrats 2 gånger .+ nästa månad"):
            save()
    lite.save_action(CAT, replace(last.actions[0], removed=True), *ME)
    assert (
        version_of(lite.save_analysis(CAT, replace(said, month=m("2023-11"), written=None), *ME).written) == 1
    )
