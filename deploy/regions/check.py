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
from hsf_kpi.model.codes import OrgView, Origin, Sex
from hsf_kpi.model.observation import Observation
from hsf_kpi.model.period import Month, View, Window
from hsf_kpi.model.scope import Scope
from hsf_kpi.settings import read_settings
from hsf_kpi.store import schema
from hsf_kpi.store.engine import writing
from hsf_kpi.store.store import Store

ALONE, TOGETHER = "ensam", "samlat"
REGIONS = ("region_a", "region_b")
REPEAT = 7
MEASURE = "vardgaranti.besok"
MONTHS = Month.of(2023, 1), Month.of(2023, 10)


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
        tell(f"bygger demodata på en server ({ALONE})")
        first.create(ALONE)
        bring_up_to_date(settings)
        tell("fördelar fakta över två servrar")
        rows = _two_servers(first, second, catalogue)
        tell(f"rader: {rows}")
        with (
            closing(Store.open(first.url(ALONE))) as alone,
            closing(Store.open(first.url(TOGETHER))) as together,
        ):
            wrong = _compare(alone, together, catalogue) + _load(alone, together, catalogue)
            second.stop()
            _without_the_second(together, catalogue)
        print(f"\n{'Alla svar är lika.' if not wrong else f'{wrong} svar skiljer sig.'}")
        return 1 if wrong else 0


def tell(said: str) -> None:
    print(f"— {said}", flush=True)


def regions_of(catalogue: Catalogue) -> dict[str, list[str]]:
    """Region → its units. The demo has one region: the one half of its områden plays another."""
    organisation, month = catalogue.organisation, MONTHS[1]
    areas = organisation.children(organisation.root, month)
    other = {unit for area in areas[len(areas) // 2 :] for unit in organisation.below(area, month)}
    return {
        REGIONS[0]: [unit for unit in organisation.units if unit not in other],
        REGIONS[1]: [unit for unit in organisation.units if unit in other],
    }


def _two_servers(first: Server, second: Server, catalogue: Catalogue) -> str:
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
        numbers = _numbers(first)
        units = {name: [numbers[unit] for unit in own] for name, own in regions_of(catalogue).items()}
        make_coordinator(connection, servers, units)
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


def _numbers(server: Server) -> dict[str, int]:
    """Unit → its number, as the product has given them out."""
    with _opened(server.engine(ALONE)) as connection:
        return dict(connection.execute(text("SELECT key, id FROM unit")).all())  # type: ignore[arg-type]


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
    # Numbers go on where they were.
    sequences = connection.execute(
        text(
            "SELECT s.relname, t.relname, a.attname FROM pg_class s JOIN pg_depend d ON d.objid = s.oid"
            " JOIN pg_class t ON t.oid = d.refobjid"
            " JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid WHERE s.relkind = 'S'"
        )
    ).all()
    for sequence, table, column in sequences:
        last = f"(SELECT coalesce(max({column}), 0) + 1 FROM {table})"
        connection.execute(text(f"SELECT setval('{sequence}', {last}, false)"))
    connection.execute(text("DROP SERVER source CASCADE"))


def questions(catalogue: Catalogue) -> list[Question]:
    """Of one unit in each region, of both regions' units at once, and those whose answer the database itself sums up."""
    by_region = regions_of(catalogue)
    every = [unit for own in by_region.values() for unit in own]
    scope = Scope.of(every)
    one, other = (_klinik(catalogue, by_region[name]) for name in REGIONS)
    as_was, sex, ytd = OrgView.AS_WAS, Sex.ALL, View.YTD
    return [
        *(
            Question(
                f"alla nyckeltal, en klinik i {name}",
                lambda s, unit=unit: s.unit_series(scope, catalogue, unit, ytd, sex, as_was),  # type: ignore[misc]
            )
            for name, unit in zip(REGIONS, (one, other), strict=True)
        ),
        Question(
            "ett nyckeltal, alla enheter i båda regionerna",
            lambda s: s.units_series(scope, catalogue, every, "sjukfranvaro", ytd, sex, as_was),
        ),
        Question(
            "ekonomin, en enhet i varje region",
            lambda s: s.ledger.read(scope, catalogue, [one, other], as_was),
        ),
        Question(
            "kostnadsställen, en klinik",
            lambda s: s.ledger.cost_centres(scope, catalogue, other, *MONTHS),
        ),
        Question(
            "vilka inläsningar, båda regionerna",
            lambda s: s.quality.sources(scope, catalogue, every, *MONTHS),
        ),
    ]


def _klinik(catalogue: Catalogue, units: Sequence[str]) -> str:
    """The first of them that has none below it and stands below an område."""
    organisation, month = catalogue.organisation, MONTHS[1]
    return next(
        unit
        for unit in units
        if organisation.units[unit].exists_at(month)
        and len(organisation.path(unit, month)) == 3
        and not organisation.children(unit, month)
    )


def _compare(alone: Store, together: Store, catalogue: Catalogue) -> int:
    """How many answers differ."""
    wrong = 0
    for question in questions(catalogue):
        same = question.ask(alone) == question.ask(together)
        wrong += not same
        ratio = _median(question, together) / _median(question, alone)
        print(f"\n{question.name}: {'samma svar' if same else 'OLIKA SVAR'}, {ratio:.1f} × tiden")
        for line in _sent(together, question):
            print(f"    {line}")
    return wrong


def _load(alone: Store, together: Store, catalogue: Catalogue) -> int:
    """A value loaded by the product's own way in, with the sums above it made anew; 1 when the two then differ."""
    unit = _klinik(catalogue, regions_of(catalogue)[REGIONS[1]])
    scope = Scope.of(catalogue.organisation.units)
    value = Observation(
        MEASURE, unit, Window.MONTH, MONTHS[1], Sex.ALL, Origin.LOADED, "Prov", 15_000_000, 16_050_000
    )
    seen, took = [], []
    for store in (alone, together):
        began = time.perf_counter()
        store.load(catalogue, "Prov", Origin.LOADED, [value])
        took.append(time.perf_counter() - began)
        asked = (View.YTD, Sex.ALL, OrgView.TODAY, [MEASURE])
        seen.append(
            [store.unit_series(scope, catalogue, one, *asked) for one in (unit, catalogue.organisation.root)]
        )
    same = seen[0] == seen[1]
    print(
        f"\nen inläsning: {'samma svar' if same else 'OLIKA SVAR'} efteråt, {took[1] / took[0]:.1f} × tiden"
    )
    return 0 if same else 1


def _without_the_second(together: Store, catalogue: Catalogue) -> None:
    """What each question says when the second region's server is gone."""
    print("\nnär den andra servern är borta:")
    for question in questions(catalogue):
        try:
            question.ask(together)
        except Exception as error:
            print(f"    {question.name}: {type(error).__name__}: {str(error).splitlines()[0][:110]}")
        else:
            print(f"    {question.name}: svarar")


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
