"""Many at once: sessions over the websocket that click about in one process, and what that costs them and it.

`python -m bench.crowd`. Every visitor asks for the document, opens a session of their own and then changes unit and page
with a pause between clicks. Client and server share the machine's processors.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from websockets.asyncio.client import ClientConnection, connect

from bench.client import arrive, is_last, question, read
from bench.pages import UNITS, build, query
from bench.servers import Server, serve

PAGES = ("", "nyckeltal", "maluppfyllelse", "vagen")
CROWDS = (1, 10, 50, 100)
PAUSE = 10.0
"""Seconds between a person's clicks."""
MINUTES = 0.75
LEFT_OPEN = 130.0
"""Seconds until the server has forgotten a closed session (disconnectedSessionTTL, and a little)."""


@dataclass
class Told:
    """Milliseconds of what the visitors waited for, and what went wrong."""

    first: list[float] = field(default_factory=list)
    clicks: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def line(self) -> str:
        return f"{_both(self.first)}   {_both(self.clicks)}   {len(self.errors):3}"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = build(Path(folder), 1)
        with serve("app.py", 8950, HSF_KPI_DATABASE_URL=url) as server:
            server.settled()
            asyncio.run(_everything(server))


async def _everything(server: Server) -> None:
    await crowd(server.url, 1, pause=0.0, seconds=10, arriving=0)  # every unit has been shown
    print(
        "\nSessions with 10 s between clicks, ms p50/p95 (first page, a click), errors; reruns and processor a second:"
    )
    for many in CROWDS:
        began, used = time.perf_counter(), server.cpu_seconds()
        told = await crowd(server.url, many, pause=PAUSE, seconds=60 * MINUTES, arriving=min(many, 30))
        spent = time.perf_counter() - began
        rate = (len(told.clicks) + len(told.first)) / spent
        print(
            f"  {many:4} {told.line()}   {rate:5.1f} {(server.cpu_seconds() - used) / spent:5.2f}",
            *told.errors[:2],
        )
    print("\nNo pause between clicks (10 sessions, the ceiling of one process):")
    told = await crowd(server.url, 10, pause=0.0, seconds=20, arriving=1)
    print(f"  {told.line()}   {len(told.clicks) / 20:.1f} reruns a second", *told.errors[:2])
    print("\n50 arrive within 10 s while 5 click every 2 s, ms p50/p95:")
    there = asyncio.create_task(crowd(server.url, 5, pause=2.0, seconds=30, arriving=1))
    await asyncio.sleep(8)
    rush = await crowd(server.url, 50, pause=60.0, seconds=12, arriving=10)
    others = await there
    print(
        f"  who arrive {_both(rush.first)}   who click {_both(others.clicks)}   errors {len(rush.errors + others.errors)}"
    )
    await memory(server)


async def memory(server: Server) -> None:
    """Before and after 200 sessions that are opened, look at two pages or more and are closed."""
    await asyncio.sleep(LEFT_OPEN)
    before = server.held_mb()
    for _ in range(10):
        await crowd(server.url, 20, pause=0.1, seconds=2, arriving=2)
    closed = server.held_mb()
    await asyncio.sleep(LEFT_OPEN)
    print("\nMemory, MB: no session open, the last of 200 just closed, all forgotten, the most it has been:")
    print(f"  {before:.0f}   {closed:.0f}   {server.held_mb():.0f}   {server.peak_mb():.0f}")


async def crowd(url: str, many: int, *, pause: float, seconds: float, arriving: float) -> Told:
    """So many visitors who arrive evenly over `arriving` seconds and click for `seconds` after the last has come."""
    told = Told()
    until = time.perf_counter() + arriving + seconds
    visitors = (_visit(url, n, arriving * n / many, pause, until, told) for n in range(many))
    await asyncio.gather(*visitors)
    return told


async def _visit(url: str, number: int, wait: float, pause: float, until: float, told: Told) -> None:
    await asyncio.sleep(wait)
    dice = random.Random(number)
    try:
        began = time.perf_counter()
        visitor = await asyncio.to_thread(arrive, url)
        async with connect(
            url.replace("http", "ws") + "/_stcore/stream",
            subprotocols=["streamlit", visitor.token],  # type: ignore[list-item]
            additional_headers=visitor.headers,
            origin=url,  # type: ignore[arg-type]
            max_size=None,
            open_timeout=60,
        ) as socket:
            await _ask(socket, PAGES[0], UNITS[number % len(UNITS)])
            told.first.append((time.perf_counter() - began) * 1000)
            await _click(socket, dice, pause, until, told)
    except Exception as error:  # a visitor whom something happens to is counted, the others go on
        told.errors.append(f"{type(error).__name__}: {error}"[:200])


async def _click(
    socket: ClientConnection, dice: random.Random, pause: float, until: float, told: Told
) -> None:
    while True:
        await asyncio.sleep(pause * dice.uniform(0.5, 1.5))
        if time.perf_counter() > until:
            return
        told.clicks.append(await _ask(socket, dice.choice(PAGES), dice.choice(UNITS)))


async def _ask(socket: ClientConnection, page: str, unit: str) -> float:
    """Milliseconds from the question to the script's end."""
    asked = question(page, query(unit)).SerializeToString()
    began = time.perf_counter()
    await socket.send(asked)
    while not is_last(read(await asyncio.wait_for(socket.recv(), 120))):  # type: ignore[arg-type]
        pass
    return (time.perf_counter() - began) * 1000


def _both(values: Iterable[float]) -> str:
    found = sorted(values)
    if not found:
        return "   –/–   "
    return f"{found[len(found) // 2]:5.0f}/{found[min(int(len(found) * 0.95), len(found) - 1)]:5.0f}"


if __name__ == "__main__":
    main()
