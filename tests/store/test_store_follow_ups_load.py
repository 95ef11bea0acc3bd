"""What a delivery brings goes only into what is empty, undoing leaves it; a database of the version before is brought up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from hsf_kpi.model.dialogue import Written
from hsf_kpi.model.follow_up import ControlResult, Entry, EntryKind, FollowUp, Stage, Subject
from hsf_kpi.model.problems import DataError
from hsf_kpi.store import Store, schema, tables
from hsf_kpi.store.delivery import Delivery
from hsf_kpi.store.engine import open_engine, parse_url, reading, writing
from hsf_kpi.store.state import write_meta
from tests.store.asking import AS_OF, DEMO
from tests.store.builders import obs
from tests.store.follow_up_builders import CAT, EVERYONE, ME, OCTOBER, entry, follow_up, standing
from tests.store.handin_builders import judged, stands

THEN = dt.datetime(2023, 11, 13, 9, 30, tzinfo=dt.UTC)
HEAD = Written("demo", "Områdeschef", THEN, 1)
FOLLOW_UPS = (
    follow_up("Ett.", written=HEAD),
    follow_up(" Två. ", written=replace(HEAD, name="Controller")),
    follow_up("", subject=Subject.CONTROL, key="hygien", state=ControlResult.CLEAN),
)
ENTRIES = (
    entry("Områdeschef", kind=EntryKind.RESPONSIBLE, written=HEAD),
    entry("Läkare", activity="digitalt", kind=EntryKind.RISK, likelihood=2, consequence=2),
)


def delivery(follow_ups: Sequence[FollowUp] = FOLLOW_UPS, entries: Sequence[Entry] = ENTRIES) -> Delivery:
    values = [obs("belopp", "kirurgi", "2023-01", 4)]
    return Delivery("fil", DEMO, values, follow_ups=follow_ups, entries=entries)


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


def test_a_delivery_is_written_with_its_own_who_and_when(store: Store) -> None:
    store.take(CAT, delivery())
    second, first = store.follow_ups.history(EVERYONE, CAT, Subject.ACTION, "A", OCTOBER)
    assert first == FOLLOW_UPS[0]
    assert second == follow_up("Två.", written=replace(HEAD, name="Controller", version=2))
    control = standing(store)["hygien"].written
    assert control is not None
    assert (control.by, control.name, control.version) == ("system", "fil", 1), "who loads"
    one, two = store.follow_ups.entries(EVERYONE, CAT, OCTOBER)
    assert one == replace(ENTRIES[0], number=1)
    assert (two.number, two.text, two.risk_value) == (2, "Läkare", 4)


def test_what_people_have_written_is_left(store: Store) -> None:
    mine = store.follow_ups.save(CAT, follow_up("Mitt."), *ME)
    line = store.follow_ups.save_entry(CAT, entry("Min"), *ME)
    gone = store.follow_ups.save_entry(CAT, replace(line, removed=True), *ME)
    store.take(CAT, delivery())
    assert standing(store)["A"] == mine
    found = store.follow_ups.entries(EVERYONE, CAT, OCTOBER)
    assert [(one.activity, one.number) for one in found] == [("digitalt", 2)]
    assert store.follow_ups.entry_history(EVERYONE, CAT, 1, OCTOBER) == (gone, line)
    before = store.follow_ups.version()
    store.take(CAT, delivery((*FOLLOW_UPS, follow_up("September.", month=OCTOBER - 1))))
    assert store.follow_ups.version() == before + 1, "delivered again, only what is new is added"


def test_undoing_the_load_leaves_it(lite: Store) -> None:
    lite.take(CAT, delivery())
    before = standing(lite), lite.follow_ups.entries(EVERYONE, CAT, OCTOBER)
    lite.loads.undo(CAT, 1)
    assert before[0]
    assert (standing(lite), lite.follow_ups.entries(EVERYONE, CAT, OCTOBER)) == before


def test_every_problem_of_a_delivery_and_nothing_written(lite: Store) -> None:
    late = follow_up("", key="X", state=Stage.LATE)
    with pytest.raises(DataError) as caught:
        lite.take(CAT, delivery((*FOLLOW_UPS, late), (*ENTRIES, entry("", other="x"))))
    assert [problem.where for problem in caught.value.problems] == [
        "uppföljning, atgard X 2023-10, åtgärd",
        "uppföljning, atgard X 2023-10, anteckning",
        "uppföljning, beroende om narakut 2023-10, beroende",
        "uppföljning, beroende om narakut 2023-10, beror på",
    ]
    assert lite.follow_ups.version() == 0
    assert lite.state().data_version == 0


def version_before(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "0007")
    write_meta(connection, {"kind": "real", "as_of": "2023-11-14", "data_version": "3", "fingerprint": "f0"})
    connection.execute(text("INSERT INTO unit (id, key) VALUES (1, 'hsf'), (2, 'kirurgi')"))
    connection.execute(text("INSERT INTO measure (id, key) VALUES (1, 'andel')"))
    said = "(2, :month, 1, 1, 'Färre tider.', NULL, '', '2023-11-13 09:30:00', 'chef', 'Chef')"
    columns = 'unit, month, measure, version, text, year_end, year_end_reason, at, "by", name'
    query = text(f"INSERT INTO handin_analysis ({columns}) VALUES {said}")
    connection.execute(query, {"month": OCTOBER.index})


def test_a_database_of_the_version_before_is_brought_up(database_url: str) -> None:
    engine = open_engine(parse_url(database_url))
    with writing(engine) as connection:
        version_before(connection)
    store = Store.open(database_url)
    with reading(engine) as connection:
        assert schema.version(connection) == schema.VERSIONS[-1]
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []
    assert store.state().data_version == 3
    (kept,) = stands(store.handins).analyses
    assert kept.text == judged().text
    assert store.follow_ups.version() == 0
    said = store.follow_ups.save(CAT, follow_up(), *ME)
    line = store.follow_ups.save_entry(CAT, entry(), *ME)
    assert standing(store) == {"A": said}
    assert store.follow_ups.entries(EVERYONE, CAT, OCTOBER) == (line,)
    store.close()
    engine.dispose()
