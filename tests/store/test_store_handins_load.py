"""What a delivery brings goes only into what is empty; and a database of the version before is brought up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from hsf_kpi.model.dialogue import HandIn, Ready, Written
from hsf_kpi.model.problems import DataError
from hsf_kpi.store import Store, schema, tables
from hsf_kpi.store.engine import open_engine, parse_url, reading, writing
from hsf_kpi.store.load import Delivery
from hsf_kpi.store.state import write_meta
from tests.store.asking import AS_OF, CAT, DEMO
from tests.store.builders import SMALL, catalogue, everyone, measure, obs, organisation, unit
from tests.store.handin_builders import ME, OCTOBER, action, forecast, judged, stands

EVERYONE = everyone(CAT)
THEN = dt.datetime(2023, 11, 13, 9, 30, tzinfo=dt.UTC)
HEAD = Written("demo", "Verksamhetschef", THEN, 1)
WHOLE = HandIn(
    "kirurgi",
    OCTOBER,
    (judged("Ett.", written=HEAD), judged("Två.", written=replace(HEAD, name="Enhetschef"))),
    (action("Ett"), action("Två", measure="belopp")),
    forecast(),
    Ready("kirurgi", OCTOBER, True),
)


def delivery(*handins: HandIn) -> Delivery:
    return Delivery("fil", DEMO, [obs("belopp", "kirurgi", "2023-01", 4)], handins=handins)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store.create(database_url, "demo", CAT, AS_OF)
    yield store
    store.close()


def test_a_delivery_is_written_with_its_own_who_and_when(store: Store) -> None:
    store.take(CAT, delivery(WHOLE))
    found = stands(store.handins)
    assert [one.text for one in found.analyses] == ["Två."]
    second, first = store.handins.history(EVERYONE, CAT, "kirurgi", OCTOBER, "andel")
    assert first.written == HEAD
    assert second.written == replace(HEAD, name="Enhetschef", version=2)
    assert [(one.number, one.measure) for one in found.actions] == [(1, "andel"), (2, "belopp")]
    written = found.actions[0].written
    assert written is not None
    assert (written.by, written.name, written.version) == ("system", "fil", 1), (
        "who loads, where nobody is told"
    )
    assert found.forecast == replace(forecast(), written=found.forecast and found.forecast.written)
    assert found.is_ready


def test_what_people_have_written_is_left(store: Store) -> None:
    mine = store.handins.save_analysis(CAT, judged("Mitt."), *ME)
    own = store.handins.save_action(CAT, action("Mitt"), *ME)
    gone = store.handins.save_action(CAT, replace(own, removed=True), *ME)
    expected = store.handins.save_forecast(CAT, forecast(-5), *ME)
    store.take(
        CAT, delivery(replace(WHOLE, ready=None), HandIn("medicin", OCTOBER, (judged(unit="medicin"),)))
    )
    found = stands(store.handins)
    assert found.analyses == (mine,)
    assert [(one.what, one.number) for one in found.actions] == [("Två", 2)], "about the other figure"
    assert gone.removed
    assert found.forecast == expected
    assert [one.text for one in stands(store.handins, "medicin").analyses] == ["Färre tider."]
    store.take(CAT, delivery(WHOLE))
    assert stands(store.handins).is_ready
    opened = store.handins.set_ready(CAT, "kirurgi", OCTOBER, False, 1, *ME)
    before = store.handins.version()
    store.take(CAT, delivery(WHOLE))
    assert store.handins.version() == before, "delivered again, nothing is added"
    assert stands(store.handins).ready == opened


def test_changed_definitions_leave_what_is_handed_in(store: Store) -> None:
    store.take(CAT, delivery(WHOLE))
    before = stands(store.handins)
    ended = [replace(SMALL.units["kirurgi"], placements=unit("kirurgi", "akut", None, "2023-10").placements)]
    units = [one for one in SMALL.units.values() if one.id != "kirurgi"] + ended
    newer = catalogue(
        organisation(*units),
        [*CAT.measures.values(), measure("nytt", CAT.measures["andel"].aggregation)],
        "f2",
    )
    assert store.sync_definitions(newer, [delivery(WHOLE)])
    assert store.handins.read(everyone(newer), newer, ["kirurgi"], OCTOBER, OCTOBER) == (before,), (
        "a unit that has ended"
    )
    store.handins.save_analysis(newer, judged(unit="medicin", measure="nytt"), *ME)


def test_every_problem_of_a_delivery_and_nothing_written(store: Store) -> None:
    bad = HandIn("kirurgi", OCTOBER, (judged("", measure="x"),), (action(amount=-1),), forecast(reason=""))
    strange = HandIn("kirurgi", OCTOBER, (judged(unit="medicin"),))
    nobody = HandIn("x", OCTOBER - 1, (judged("", unit="x", month=OCTOBER - 1),))
    with pytest.raises(DataError) as caught:
        store.take(CAT, delivery(WHOLE, bad, strange, nobody))
    told = [str(problem) for problem in caught.value.problems]
    assert len(told) == 6
    assert told[0].startswith("inlämnat, kirurgi 2023-10, nyckeltal: Nyckeltalet ”x” finns inte.")
    assert told[4].startswith("inlämnat, kirurgi 2023-10: En del gäller en annan verksamhet")
    assert told[5].startswith("inlämnat, x 2023-09, verksamhet: Verksamheten ”x” finns inte.")
    assert store.handins.version() == 0
    assert store.state().data_version == 0


def version_before(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "0004")
    write_meta(connection, {"kind": "real", "as_of": "2023-11-14", "data_version": "3", "fingerprint": "f0"})
    connection.execute(text("INSERT INTO unit (id, key) VALUES (1, 'kirurgi'), (2, 'medicin')"))
    connection.execute(text("INSERT INTO measure (id, key) VALUES (1, 'andel')"))


def test_a_database_of_the_version_before_is_brought_up(database_url: str) -> None:
    engine = open_engine(parse_url(database_url))
    with writing(engine) as connection:
        version_before(connection)
    store = Store.open(database_url)
    with reading(engine) as connection:
        assert schema.version(connection) == schema.VERSIONS[-1]
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []
    assert store.state().data_version == 3
    assert store.handins.version() == 0
    said = store.handins.save_analysis(CAT, judged(), *ME)
    assert stands(store.handins).analyses == (said,)
    store.close()
    engine.dispose()
