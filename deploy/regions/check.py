"""Many regions on one installation, tried: the facts of two regions on two PostgreSQL servers, the product's own queries
unchanged. Needs Debian's package postgresql; takes some minutes; stands outside `make test`.

    .venv/bin/python -m deploy.regions.check

Prints what the queries answer against one server with the same rows, what is sent to the servers (EXPLAIN), and how long it
takes as a ratio. Exit code 1 when an answer differs. docs/many_regions.md says what came of it.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, event, text

from deploy.regions.servers import Server, two_servers
from deploy.regions.sharding import FACTS, make_coordinator, make_region
from hsf_kpi.build import bring_up_to_date
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import OrgView, Sex
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.scope import Scope
from hsf_kpi.settings import Settings, read_settings
from hsf_kpi.store import schema
from hsf_kpi.store.engine import writing
from hsf_kpi.store.store import Store

OFFSET = 1000
"""The second region's units are the first one's, with numbers so much higher."""
SECOND = "b."
"""And with names that begin so."""
ALONE, TOGETHER = "ensam", "samlat"
REGIONS = ("region_a", "region_b")
REPEAT = 7
UNIT = "kirurgkliniken"


@dataclass(frozen=True)
class Question:
    """One of the product's own: what a page asks."""

    name: str
    ask: Callable[[Store], object]


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description="Prövar flera regioner över två PostgreSQL-servrar.")
    parser.add_argument("--port", type=int, default=20170, help="den första av två lediga portar")
    options = parser.parse_args(arguments)
    with two_servers(options.port) as (first, second):
        settings = read_settings({"HSF_KPI_DATABASE_URL": first.url(ALONE)})
        catalogue = read_catalogue(settings.data_dir)
        tell(f"bygger demodata för två regioner på en server ({ALONE})")
        _one_server(first, settings)
        tell("fördelar fakta över två servrar")
        rows = _two_servers(first, second)
        tell(f"rader: {rows}")
        return _compare(first, catalogue)


def tell(said: str) -> None:
    print(f"— {said}", flush=True)


def _one_server(server: Server, settings: Settings) -> None:
    """The demo, and the same rows once more as another region's."""
    server.create(ALONE)
    bring_up_to_date(settings)
    engine = server.engine(ALONE)
    with engine.connect() as connection:
        connection.execute(
            text(f"INSERT INTO unit SELECT id + {OFFSET}, '{SECOND}' || key, touched FROM unit")
        )
        for table in FACTS:
            names = [column.name for column in table.columns]
            moved = [f'"{name}" + {OFFSET}' if name == "unit" else f'"{name}"' for name in names]
            listed = ", ".join(f'"{name}"' for name in names)
            connection.execute(
                text(f"INSERT INTO {table.name} ({listed}) SELECT {', '.join(moved)} FROM {table.name}")
            )
        connection.execute(text("ANALYZE"))
    engine.dispose()


def _two_servers(first: Server, second: Server) -> str:
    """The same rows, the facts on two servers; how many came to each."""
    servers = dict(zip(REGIONS, (first, second), strict=True))
    for name, server in servers.items():
        server.create(name)
        with _opened(server.engine(name)) as connection:
            make_region(connection)
    first.create(TOGETHER)
    engine = first.engine(TOGETHER)
    with writing(engine) as connection:
        schema.migrate(connection)
    with _opened(engine) as connection:
        make_coordinator(
            connection,
            servers,
            {REGIONS[0]: ("MINVALUE", str(OFFSET)), REGIONS[1]: (str(OFFSET), "MAXVALUE")},
        )
        _copy(connection, first)
    for name, server in servers.items():
        with _opened(server.engine(name)) as connection:
            connection.execute(text("ANALYZE"))
    with _opened(engine) as connection:
        connection.execute(text("ANALYZE"))
        counts = [
            connection.execute(text(f"SELECT count(*) FROM rollup_{name}")).scalar_one() for name in REGIONS
        ]
    return ", ".join(f"{name} {count}" for name, count in zip(REGIONS, counts, strict=True))


def _opened(engine: Engine) -> Connection:
    return engine.connect()


def _copy(connection: Connection, source: Server) -> None:
    """Everything from the one server, through a window that is shut afterwards; each fact finds its partition by itself."""
    place = f"host '{source.folder}', port '{source.port}', dbname '{ALONE}'"
    for statement in (
        f"CREATE SERVER source FOREIGN DATA WRAPPER postgres_fdw OPTIONS ({place}, fetch_size '10000')",
        "CREATE USER MAPPING FOR PUBLIC SERVER source OPTIONS (user 'postgres')",
        "CREATE SCHEMA source",
        "IMPORT FOREIGN SCHEMA public FROM SERVER source INTO source",
        # The copy is in the order of names: what refers to something else may come before it.
        "SET session_replication_role = replica",
    ):
        connection.execute(text(statement))
    names = connection.execute(
        text(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
            " UNION SELECT relname FROM pg_class WHERE relkind = 'p' ORDER BY 1"
        )
    ).scalars()
    for name in list(names):
        columns = connection.execute(
            text(
                "SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)"
                " FROM information_schema.columns WHERE table_schema = 'public' AND table_name = :name"
            ),
            {"name": name},
        ).scalar_one()
        connection.execute(text(f"INSERT INTO {name} ({columns}) SELECT {columns} FROM source.{name}"))
    connection.execute(text("SET session_replication_role = DEFAULT"))
    connection.execute(text("DROP SERVER source CASCADE"))


def questions(catalogue: Catalogue) -> list[Question]:
    """Of one unit, of both regions' units at once, and those whose answer the database itself sums up."""
    own = list(catalogue.organisation.units)
    both = [*own, *(SECOND + unit for unit in own)]
    scope = Scope.of(both)
    as_was, sex, ytd = OrgView.AS_WAS, Sex.ALL, View.YTD
    months = Month.of(2023, 1), Month.of(2023, 10)
    return [
        Question(
            "en klinik, alla nyckeltal",
            lambda s: s.unit_series(scope, catalogue, SECOND + UNIT, ytd, sex, as_was),
        ),
        Question(
            "ett nyckeltal, båda regionernas alla enheter",
            lambda s: s.units_series(scope, catalogue, both, "sjukfranvaro", ytd, sex, as_was),
        ),
        Question(
            "ekonomin, en enhet i varje region",
            lambda s: s.ledger.read(scope, catalogue, [UNIT, SECOND + UNIT], as_was),
        ),
        Question(
            "kostnadsställen, en klinik",
            lambda s: s.ledger.cost_centres(scope, catalogue, SECOND + UNIT, *months),
        ),
        Question(
            "vilka inläsningar, båda regionerna",
            lambda s: s.quality.sources(scope, catalogue, both, *months),
        ),
    ]


def _compare(server: Server, catalogue: Catalogue) -> int:
    wrong = 0
    with (
        closing(Store.open(server.url(ALONE))) as alone,
        closing(Store.open(server.url(TOGETHER))) as together,
    ):
        for question in questions(catalogue):
            same = question.ask(alone) == question.ask(together)
            wrong += not same
            ratio = _median(question, together) / _median(question, alone)
            print(f"\n{question.name}: {'samma svar' if same else 'OLIKA SVAR'}, {ratio:.1f} × tiden")
            for line in _sent(together, question):
                print(f"    {line}")
    print(f"\n{'Alla svar är lika.' if not wrong else f'{wrong} svar skiljer sig.'}")
    return 1 if wrong else 0


def _median(question: Question, store: Store) -> float:
    times = []
    for _ in range(REPEAT):
        began = time.perf_counter()
        question.ask(store)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def _sent(store: Store, question: Question) -> list[str]:
    """What each statement of the question about the facts sends to the servers: PostgreSQL's own plan of it."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, values: Any, _context: Any, _many: Any) -> None:
        if any(f"{table.name}." in statement for table in FACTS):
            asked.append((statement, values))

    store.ledger._facts = None
    event.listen(store._engine, "before_cursor_execute", note)
    try:
        question.ask(store)
    finally:
        event.remove(store._engine, "before_cursor_execute", note)
    wanted = ("Foreign Scan", "Relations:", "Remote SQL", "Append", "Aggregate", "Subplans Removed")
    lines: list[str] = []
    with store._engine.connect() as connection:
        for statement, values in asked:
            plan = connection.exec_driver_sql(f"EXPLAIN (VERBOSE, COSTS OFF) {statement}", values).scalars()
            lines += [line.strip(" ->")[:170] for line in plan if any(one in line for one in wanted)]
    return lines


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
