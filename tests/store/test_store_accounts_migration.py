"""A database of the first version is brought up with what it holds."""

from __future__ import annotations

import datetime as dt

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from hsf_kpi.model.role import Grant
from hsf_kpi.store import Store, schema, tables
from hsf_kpi.store.engine import open_engine, parse_url, reading, writing
from hsf_kpi.store.state import write_meta
from tests.store.people import CAT, DAY, HASH, HOME, HOUR, NOW, TODAY, kept


def first_version(connection: Connection) -> None:
    """A database as version 0001 left it, with an account, a role and an entry in the log."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "0001")
    write_meta(
        connection, {"kind": "real", "as_of": "2023-11-14", "data_version": "3", "fingerprint": "gammalt"}
    )
    for statement in (
        "INSERT INTO unit (id, key) VALUES (1, 'hsf'), (2, 'akut')",
        "INSERT INTO user_account (login, name, active, created) VALUES"
        " ('chef', 'Chef', TRUE, '2023-01-02 03:04:05')",
        "INSERT INTO role_grant (user_id, role, unit, valid_from, valid_to) VALUES"
        " (1, 'chef', 2, '2023-01-02', NULL), (1, 'ledning', NULL, '2023-01-02', '2023-02-03')",
        "INSERT INTO audit_log (at, who, what, detail) VALUES"
        " ('2023-01-02 03:04:05', 'system', 'skapade databasen', 'real')",
    ):
        connection.execute(text(statement))


def test_from_the_first_version_with_all_it_holds(database_url: str) -> None:
    engine = open_engine(parse_url(database_url))
    with writing(engine) as connection:
        first_version(connection)
    store = Store.open(database_url)
    with reading(engine) as connection:
        assert schema.version(connection) == schema.VERSIONS[-1]
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []
        found = inspect(connection)
        assert found.get_unique_constraints("role_grant") == []
        assert len(found.get_foreign_keys("role_grant")) == 2
        indexes = {index["name"] for name in found.get_table_names() for index in found.get_indexes(name)}
    assert {"ix_role_grant_user_id", "ix_session_user_id_address", "ix_audit_log_at"} <= indexes
    account = store.accounts.find("chef")
    assert account is not None
    assert (account.name, account.active, account.password, account.must_change) == (
        "Chef",
        True,
        None,
        False,
    )
    assert [held.grant for held in account.held] == [
        Grant("chef", "akut", dt.date(2023, 1, 2)),
        Grant("ledning", None, dt.date(2023, 1, 2), dt.date(2023, 2, 3)),
    ]
    assert [(entry.who, entry.detail) for entry in store.audit_log.entries()] == [("system", "real")]
    assert store.state().data_version == 3

    store.accounts.set_password("chef", HASH, "x")
    store.accounts.grant("chef", Grant("admin"), CAT, "x")
    later = NOW + HOUR
    store.sessions.begin("chef", "local", kept("a"), later + DAY, HOME, later)
    assert store.sessions.valid(kept("a"), later)
    assert store.accounts.has_administrator(TODAY)
    store.close()
    engine.dispose()


def test_it_is_brought_up_once(database_url: str) -> None:
    engine = open_engine(parse_url(database_url))
    with writing(engine) as connection:
        first_version(connection)
    for _ in range(2):
        store = Store.open(database_url)
        assert len(store.accounts.all()) == 1
        store.close()
    engine.dispose()
