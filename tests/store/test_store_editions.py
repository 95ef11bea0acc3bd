"""Frozen reports: kept once, seen by those who see their unit and month, and never shown when a bit of them is another."""

from __future__ import annotations

import datetime as dt
import threading
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, update

from hsf_kpi.model.edition import Edition, report_hash
from hsf_kpi.model.event import Event
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import NotFound, NotPermitted, StoreError
from hsf_kpi.model.scope import NOTHING, Reach, Scope
from hsf_kpi.store import Store, tables
from hsf_kpi.store.engine import reading, writing
from hsf_kpi.store.snapshot import snapshot
from hsf_kpi.store.tables_editions import report_edition
from tests.store.asking import AS_OF, CAT, DEMO, rows
from tests.store.builders import everyone, m, obs

ALL = everyone(CAT)
OCT, NOV = m("2023-10"), m("2023-11")
AT = dt.datetime(2023, 11, 20, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))
CONTENT = '{"format":1,"report":{"title":"Åtgärder på kliniken"}}'.encode()
SEEN = Scope.of(["kirurgi"])


def filled(address: str) -> Store:
    store = Store.create(address, "demo", CAT, AS_OF)
    store.load(CAT, "a.csv", DEMO, [obs("belopp", "kirurgi", "2023-10", 5)])
    return store


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    found = filled(database_url)
    yield found
    found.close()


@pytest.fixture(scope="module")
def one_store() -> Iterator[Store]:
    found = filled("sqlite://")
    yield found
    found.close()


@pytest.fixture
def lite(one_store: Store) -> Store:
    """Loaded, and nothing is frozen."""
    with writing(one_store._engine) as connection:
        connection.execute(delete(report_edition))
        connection.execute(delete(tables.audit_log))
    return one_store


def freeze(
    store: Store, content: bytes = CONTENT, unit: str = "kirurgi", month: Month = OCT, **more: Any
) -> Edition:
    return saved(store, content, unit, month, **more)[0]


def saved(
    store: Store, content: bytes = CONTENT, unit: str = "kirurgi", month: Month = OCT, **more: Any
) -> tuple[Edition, bool]:
    told: dict[str, Any] = {
        "template": "manadsuppfoljning", "title": "Månadsuppföljning oktober 2023", "by": "chef", "name": "Chefen",
        "data": 1, "at": AT,
    }  # fmt: skip
    return store.editions.save(ALL, content, unit=unit, month=month, **(told | more))


def test_what_is_frozen_is_kept_and_told(store: Store) -> None:
    edition, new = saved(store)
    digest = report_hash(CONTENT)
    assert new
    assert edition == Edition(
        id=f"2023-10-kirurgi-{digest[:8]}", hash=digest, template="manadsuppfoljning",
        title="Månadsuppföljning oktober 2023", unit="kirurgi", month=OCT, by="chef", by_name="Chefen",
        at=AT.astimezone(dt.UTC), data=1, format=1, size=len(CONTENT),
    )  # fmt: skip
    assert edition.at.tzinfo is dt.UTC
    assert store.editions.get(SEEN, edition.id) == (edition, CONTENT)
    assert store.editions.list(SEEN) == store.editions.list(SEEN, "kirurgi") == (edition,)
    assert store.audit(1)[0][1:] == ("chef", Event.FROZEN, f"{edition.id}, {edition.title}")
    version = store.state().data_version
    assert version == 1, "no figure is another"


def test_the_same_again_is_the_first_one(store: Store) -> None:
    first = freeze(store)
    again = saved(store, by="controller", name="Controllern", at=AT + dt.timedelta(days=1), title="Annan")
    assert again == (first, False)
    assert (rows(store, "report_edition"), len(store.audit_log.entries(what=[Event.FROZEN]))) == (1, 1)
    others = [saved(store, CONTENT + b" "), saved(store, unit="medicin"), saved(store, month=NOV)]
    assert all(new for _, new in others)
    assert len({first.id, *(one.id for one, _ in others)}) == 4


def test_of_several_who_freeze_at_the_same_time_one_does(store: Store) -> None:
    start, found = threading.Barrier(4), []

    def save(who: str) -> None:
        start.wait()
        found.append(saved(store, by=who))

    threads = [threading.Thread(target=save, args=(who,)) for who in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(new for _, new in found) == [False, False, False, True]
    assert len({edition for edition, _ in found}) == 1
    assert rows(store, "report_edition") == 1


def test_large_and_strange_content_comes_back(store: Store) -> None:
    content = bytes(range(256)) * 4000
    edition = freeze(store, content, title="  En\x00 titel\r\npå två rader ", by="b" * 300, name="")
    assert store.editions.get(SEEN, edition.id) == (edition, content)
    assert (edition.title, edition.by, edition.by_name) == ("En titel på två rader", "b" * 200, "b" * 200)
    with reading(store._engine) as connection:
        packed = connection.execute(select(report_edition.c.content)).scalar_one()
    assert len(packed) < len(content) / 20, "kept packed"


def test_newest_first_and_the_unit_s_own(lite: Store) -> None:
    at = [AT + dt.timedelta(minutes=n) for n in range(3)]
    old, new = freeze(lite, b"1", at=at[0]), freeze(lite, b"2", at=at[2])
    other = freeze(lite, b"3", "medicin", at=at[1])
    assert lite.editions.list(ALL) == (new, other, old)
    assert lite.editions.list(ALL, "medicin") == (other,)
    assert lite.editions.list(ALL, "primar") == ()


# Who sees it


def words(store: Store, scope: Scope, id: str) -> tuple[type[Exception], str]:
    with pytest.raises(NotFound) as caught:
        store.editions.get(scope, id)
    return caught.type, str(caught.value).replace(id, "…")


def test_what_is_outside_the_scope_is_told_as_what_is_not_there(store: Store) -> None:
    edition = freeze(store)
    unknown = words(store, ALL, "2023-10-kirurgi-00000000")
    assert unknown == (
        NotFound,
        "utgåva: Utgåvan ”…” finns inte eller ingår inte i din behörighet. Välj en utgåva i listan.",
    )
    for scope in (NOTHING, Scope.of(["medicin", "akut", "hsf"])):
        assert words(store, scope, edition.id) == (NotPermitted, unknown[1])
        assert store.editions.list(scope) == ()
    with pytest.raises(NotPermitted, match="finns inte eller ingår inte"):
        store.editions.list(Scope.of(["medicin"]), "kirurgi")


def test_a_link_may_hold_anything(store: Store) -> None:
    freeze(store)
    for id in ("", "x" * 5000, "2023-10-kirurgi\x00", "' OR 1=1 --", "Å", "2023-10-KIRURGI", "\ud800"):
        with pytest.raises(NotFound, match="finns inte eller ingår inte"):
            store.editions.get(ALL, id)


def test_a_month_beyond_the_scope_is_not_seen(lite: Store) -> None:
    until = Scope(
        frozenset({Reach(frozenset({"kirurgi"}), None, OCT), Reach(frozenset({"medicin"}), None, NOV)})
    )
    october, november = freeze(lite), freeze(lite, month=NOV)
    assert lite.editions.list(until) == (october,)
    assert words(lite, until, november.id)[0] is NotPermitted
    with pytest.raises(NotPermitted, match="November 2023 ingår inte i din behörighet"):
        lite.editions.save(until, CONTENT, template="", title="", unit="kirurgi", month=NOV, by="x")


def test_nobody_freezes_what_they_do_not_see(lite: Store) -> None:
    with pytest.raises(NotPermitted, match="”kirurgi” finns inte eller ingår inte"):
        lite.editions.save(
            Scope.of(["medicin"]), CONTENT, template="", title="", unit="kirurgi", month=OCT, by="x"
        )
    assert rows(lite, "report_edition") == 0


# What is changed behind its back


def tampered(store: Store, **values: Any) -> str:
    """An edition with other values in its row."""
    edition = freeze(store)
    with writing(store._engine) as connection:
        connection.execute(update(report_edition).values(values))
        return str(connection.execute(select(report_edition.c.id)).scalar_one()) or edition.id


def number(store: Store, unit: str) -> int:
    with reading(store._engine) as connection:
        return int(connection.execute(select(tables.unit.c.id).where(tables.unit.c.key == unit)).scalar_one())


FORGED = CONTENT.replace(b"kliniken", b"xliniken")


@pytest.mark.parametrize(
    "values",
    [
        {"content": zlib.compress(FORGED, 6)},
        {"content": zlib.compress(FORGED, 6), "hash": report_hash(FORGED)},
        {"content": zlib.compress(CONTENT + b" ", 6)},
        {"content": zlib.compress(CONTENT, 6)[:-5]},
        {"content": zlib.compress(b"0" * 10_000_000, 9)},
        {"content": CONTENT},
        {"content": b""},
        {"hash": "0" * 64},
        {"month": NOV.index},
        {"unit": "medicin"},
        {"id": "2023-10-kirurgi-00000000"},
    ],
)
def test_what_has_been_changed_is_not_shown(lite: Store, values: dict[str, Any]) -> None:
    if "unit" in values:
        values = {"unit": number(lite, values["unit"])}
    id = tampered(lite, **values)
    with pytest.raises(StoreError, match="Utgåvan har ändrats sedan den skapades, och visas inte") as caught:
        lite.editions.get(ALL, id)
    assert id in str(caught.value)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(at=st.integers(0, len(zlib.compress(CONTENT, 6)) - 1), bit=st.integers(0, 7))
def test_not_one_bit_may_be_another(lite: Store, at: int, bit: int) -> None:
    packed = bytearray(zlib.compress(CONTENT, 6))
    packed[at] ^= 1 << bit
    id = tampered(lite, content=bytes(packed))
    try:
        shown = lite.editions.get(ALL, id)[1]
    except StoreError:
        shown = CONTENT
    assert shown == CONTENT, "shown as it was, or not at all"
    with writing(lite._engine) as connection:
        connection.execute(delete(report_edition))


def test_two_contents_that_begin_with_the_same_hash_are_two_editions(lite: Store) -> None:
    edition = freeze(lite)
    with writing(lite._engine) as connection:
        row = dict(connection.execute(select(report_edition)).mappings().one())
        connection.execute(delete(report_edition))
        other = edition.hash[:8] + "0" * 56
        connection.execute(insert(report_edition), row | {"hash": other})
    again, new = saved(lite)
    assert (again.id, new) == (f"2023-10-kirurgi-{edition.hash[:9]}", True)
    assert lite.editions.get(ALL, again.id) == (again, CONTENT)
    assert saved(lite) == (again, False)


# What does not touch it


def test_loads_and_their_undoing_leave_it_as_it_is(store: Store) -> None:
    number = store.loads.latest()
    edition = freeze(store, data=number)
    store.load(CAT, "b.csv", DEMO, [obs("belopp", "kirurgi", "2023-10", 7)])
    store.loads.undo(CAT, number + 1)
    store.loads.undo(CAT, number)
    assert store.editions.get(SEEN, edition.id) == (edition, CONTENT)
    assert store.editions.list(ALL) == (edition,)
    store.sync_definitions(replace(CAT, fingerprint="nya"))
    assert store.editions.get(SEEN, edition.id) == (edition, CONTENT)


def test_without_any_load_it_knew_of_none(lite: Store) -> None:
    assert freeze(lite, data=0).data == 0


def test_an_earlier_day_has_none_and_takes_none(store: Store, tmp_path: Path) -> None:
    edition = freeze(store)
    then = snapshot(store, CAT, 1, dt.datetime(2030, 1, 1, tzinfo=dt.UTC), tmp_path)
    try:
        assert then.editions.list(ALL) == ()
        with pytest.raises(NotFound):
            then.editions.get(ALL, edition.id)
        with pytest.raises(StoreError, match="Uppgifterna kan bara läsas"):
            freeze(then)
    finally:
        then.close()
