"""The product's facts laid out over several servers by region: what PostgreSQL is told, and nothing else.

A region is a list of unit numbers. A fact's primary key begins with or holds its unit, so no column is added.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, ForeignKeyConstraint, MetaData, Table, text

from deploy.regions.servers import NOBODY, Server
from hsf_kpi.store import tables

FACTS: Sequence[Table] = (
    tables.observation,
    tables.rollup,
    tables.ledger_entry,
    tables.ledger_sum,
)
"""The tables that grow with the number of units and months."""

Units = Mapping[str, Sequence[int]]
"""Region → the numbers of its units."""


def make_region(connection: Connection) -> None:
    """A region's own database: the facts, with their primary keys. What they refer to lies with the coordinator, so no
    foreign keys.
    """
    alone = MetaData()
    for table in FACTS:
        copy = table.to_metadata(alone)
        for constraint in [one for one in copy.constraints if isinstance(one, ForeignKeyConstraint)]:
            copy.constraints.remove(constraint)
        copy.create(connection)


def make_coordinator(connection: Connection, regions: Mapping[str, Server], units: Units) -> None:
    """In a database where the product's own migrations have run: puts partitioned tables in the place of the facts, and
    their partitions on the regions' servers.
    """
    connection.execute(text("CREATE EXTENSION postgres_fdw"))
    for name, server in regions.items():
        place = f"host '{server.folder}', port '{server.port}', dbname '{name}'"
        does = "async_capable 'true', use_remote_estimate 'true', fetch_size '10000'"
        connection.execute(
            text(f"CREATE SERVER {name} FOREIGN DATA WRAPPER postgres_fdw OPTIONS ({place}, {does})")
        )
        connection.execute(text(f"CREATE USER MAPPING FOR PUBLIC SERVER {name} OPTIONS (user '{NOBODY}')"))
    for table in FACTS:
        # LIKE without constraints and indexes: no key can be held over partitions on other servers.
        for statement in (
            f"ALTER TABLE {table.name} RENAME TO before",
            f"CREATE TABLE {table.name} (LIKE before INCLUDING DEFAULTS) PARTITION BY LIST (unit)",
            "DROP TABLE before",
        ):
            connection.execute(text(statement))
        for name, numbers in units.items():
            connection.execute(
                text(
                    f"CREATE FOREIGN TABLE {table.name}_{name} PARTITION OF {table.name}"
                    f" FOR VALUES IN ({', '.join(map(str, numbers))})"
                    f" SERVER {name} OPTIONS (table_name '{table.name}')"
                )
            )
    # For every session, and so without a word in the product.
    for setting in ("enable_partitionwise_aggregate", "enable_partitionwise_join"):
        connection.execute(text(f"ALTER DATABASE {connection.engine.url.database} SET {setting} = on"))
