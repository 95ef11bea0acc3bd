"""Server time of a filter change, ours against a bare page with the same elements, and against our own at demo size."""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.client import Session
from bench.ledger import split_forecasts, split_ledger
from bench.record import save
from bench.servers import Server, serve
from hsf_kpi.build import bring_up_to_date
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.ingest.demo import SOURCE, enlarge, generate_all
from hsf_kpi.ingest.demo import read_settings as demo_settings
from hsf_kpi.ingest.published import read_external, read_published
from hsf_kpi.model.codes import Origin
from hsf_kpi.settings import read_settings
from hsf_kpi.store.load import Delivery
from hsf_kpi.store.store import Store

PAGES = {"oversikt": ""} | {
    name: name
    for name in (
        "signaler", "min_verksamhet", "vagen", "budget", "ekonomiatgarder", "produktion", "maluppfyllelse", "nyckeltal",
        "jamfor", "uppdrag", "hos2029", "nara_vard", "intern_kontroll", "omvarld",
    )
}  # fmt: skip
ECONOMY = ("signaler", "min_verksamhet", "vagen", "budget", "ekonomiatgarder", "produktion")
UNITS = (
    "hsf",
    "akutsjukvard",
    "nara-vard",
    "kirurgkliniken",
    "medicinkliniken",
    "vuxenpsykiatri",
    "rontgenkliniken",
)
ROUNDS = 6
FACTORS = (1, 10, 100)
LEDGER_FACTOR = 10
"""Up to this the ledger grows too (0.9 million rows); beyond it the database has none, and those pages are left out."""


@dataclass(frozen=True)
class Times:
    """Milliseconds: medians over units, warm (seen before) and first (nothing kept for the unit)."""

    warm: float
    first: float


def main(factors: tuple[int, ...] = FACTORS) -> None:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        scratch = Path(folder)
        databases = {factor: build(scratch, factor) for factor in factors}
        os.environ["HSF_KPI_DATABASE_URL"] = databases[factors[0]]
        save(PAGES, UNITS, scratch / "ops.pickle")
        servers = {
            factor: running.enter_context(serve("app.py", 8950, HSF_KPI_DATABASE_URL=url))
            for factor, url in databases.items()
        }
        bare = running.enter_context(
            serve("bench/bare_page.py", 8990, HSF_BENCH_OPS=str(scratch / "ops.pickle"))
        )
        against_bare(servers[factors[0]], bare)
        growth(servers)
        print("\nPeak memory of the process (MB):")
        for factor, server in servers.items():
            print(f"  {factor:>4} × leaf rows: {server.peak_mb():.0f}")
        print(f"  bare page: {bare.peak_mb():.0f}")


def build(folder: Path, factor: int, most: int = LEDGER_FACTOR) -> str:
    """A demo database with `factor` enheter below every leaf, up to `most` with a ledger; prints what building it took."""
    url = f"sqlite:///{folder}/demo-{factor}.sqlite3"
    started = time.perf_counter()
    if factor == 1:
        bring_up_to_date(read_settings({"HSF_KPI_DATABASE_URL": url}))
        rows = 0
    else:
        data = read_settings({}).data_dir
        catalogue = read_catalogue(data)
        settings = demo_settings(data / "demo")
        observed, ledger = generate_all(catalogue, settings)
        larger, table = enlarge(catalogue, observed, factor)
        entries = forecasts = ()
        if factor <= most:
            leaves = frozenset(catalogue.organisation.units) - {
                placement.parent
                for unit in catalogue.organisation.units.values()
                for placement in unit.placements
            }
            entries = split_ledger(ledger.entries, leaves, factor)
            forecasts = split_forecasts(ledger.forecasts, leaves, factor)
        rows = len(table) + len(entries)
        with closing(Store.create(url, "demo", larger, settings.general.as_of)) as store:
            published = read_published(data, catalogue)
            store.load(
                larger, "Publicerat", Origin.PUBLISHED, published, external=read_external(data, catalogue)
            )
            table = table.rename(columns={"end": "month"})
            store.take(larger, Delivery(SOURCE, Origin.DEMO, table, ledger=entries, forecasts=forecasts))
    size = (folder / f"demo-{factor}.sqlite3").stat().st_size / 1e6
    told = f" ({rows} rows)" if rows else ""
    print(f"built {factor} × leaf rows{told}: {time.perf_counter() - started:.0f} s, {size:.0f} MB")
    return url


def against_bare(ours: Server, bare: Server) -> None:
    print("\nServer time of a filter change, median ms (ours / bare page with the same elements):")
    with Session(ours.url) as our_session, Session(bare.url) as bare_session:
        for page in PAGES:
            mine, floor = side_by_side(our_session, bare_session, page)
            print(
                f"  {page:16} warm {held(mine.warm, floor.warm)}   first for a unit {held(mine.first, floor.first)}"
            )


def held(ours: float, floor: float) -> str:
    return f"{ours:6.1f} / {floor:6.1f} = {ours / floor:.2f} × ({ours - floor:+.0f} ms)"


def growth(servers: dict[int, Server]) -> None:
    print("\nThe same page on more leaf rows, median ms (× its own time at demo size):")
    with ExitStack() as open_sessions:
        every = {f: open_sessions.enter_context(Session(s.url)) for f, s in servers.items()}
        for page in PAGES:
            sessions = {f: s for f, s in every.items() if f <= LEDGER_FACTOR or page not in ECONOMY}
            found = interleaved(sessions, page)
            base = found[min(found)]
            line = "   ".join(f"{f} ×: {t:6.1f} ({t / base:.2f} ×)" for f, t in found.items())
            print(f"  {page:16} {line}")


def interleaved(sessions: dict[int, Session], page: str) -> dict[int, float]:
    """Warm medians, the servers asked in turn so that a slow moment hits all of them."""
    found: dict[int, list[float]] = {factor: [] for factor in sessions}
    for session in sessions.values():
        for unit in UNITS:
            session.rerun(PAGES[page], query(unit))
    for _ in range(ROUNDS):
        for unit in UNITS:
            for factor, session in sessions.items():
                found[factor].append(session.rerun(PAGES[page], query(unit)))
    return {factor: median(values) for factor, values in found.items()}


def side_by_side(ours: Session, bare: Session, page: str) -> tuple[Times, Times]:
    """Ours and the bare page's, asked in turn so that a slow moment hits both."""
    # Another month than the defaults first: imports, specifications and code paths are warm, the units' answers are not.
    ours.rerun(PAGES[page], query("hsf", "2022-12"))
    ours.rerun(PAGES[page], query("akutsjukvard", "2022-11"))
    bare.rerun("", f"sida={page}&enhet=hsf")
    found = [
        [(ours.rerun(PAGES[page], query(u)), bare.rerun("", f"sida={page}&enhet={u}")) for u in UNITS]
        for _ in range(1 + ROUNDS)
    ]
    first, warm = found[0], [pair for units in found[1:] for pair in units]
    mine, floor = (Times(median(p[i] for p in warm), median(p[i] for p in first)) for i in (0, 1))
    return mine, floor


def query(unit: str, month: str = "2023-10") -> str:
    return f"enhet={unit}&manad={month}&vy=ack&kon=alla&org=idag"
