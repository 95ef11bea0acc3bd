"""The whole fetch: the regions' names, page after page of values, one file at the end."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from hsf_kpi.ingest.kolada.answers import (
    WAIT,
    KoladaError,
    Page,
    Region,
    Unfit,
    data_page,
    parsed,
    region_page,
)
from hsf_kpi.ingest.kolada.client import KoladaClient
from hsf_kpi.ingest.kolada.kept import KeptPages, write_whole
from hsf_kpi.ingest.kolada.request import NATIONAL, KoladaRequest
from hsf_kpi.ingest.kolada.values import Values
from hsf_kpi.model.incoming import Progress
from hsf_kpi.model.problems import Problem

PER_PAGE: Final = 5000
"""As many rows a page as the API gives."""
MOST_PAGES: Final = 5000
"""A server that always has one more page is not followed for ever."""
KINDS: Final = frozenset({"R", "L"})
"""The types of regions in Kolada; municipalities are K."""

Item = TypeVar("Item")
Read = Callable[[object, str], Page[Item]]
_NAME: Final = re.compile(r"[^\W\d_][^\W_]*(?:[ -][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Fetched:
    """The file and what it holds. reused: pages that an earlier, interrupted fetch had left."""

    path: Path
    rows: int
    series: int
    regions: int
    first: int
    last: int
    pages: int
    reused: int
    notes: tuple[str, ...]


def fetch_kolada(
    client: KoladaClient,
    request: KoladaRequest,
    *,
    work: Path,
    out: Path,
    tell: Progress = lambda _what, _share: None,
    now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
) -> Fetched:
    """Writes `out`, whole or not at all. KoladaError or DataError with what stands in the way.

    work: where pages are kept until all are there. Interrupted, it goes on from there when it is called again within a day.
    """
    pages = KeptPages(work / request.key(client.base))
    pages.start(now())
    walk = _Walk(client, pages, tell)
    try:
        names = walk.names(request)
        values = walk.values(request)
    except Unfit:
        pages.clear()
        raise
    tell("Skriver filen", 1.0)
    write_whole(out, values.csv(names))
    pages.clear()
    years = [year for _, _, year in values.found]
    return Fetched(
        out,
        len(values.found),
        len({kpi for kpi, _, _ in values.found}),
        len({region for _, region, _ in values.found}),
        min(years),
        max(years),
        walk.number,
        walk.reused,
        values.notes(),
    )


class _Walk:
    """Goes through pages in order, each from the folder where it is kept, else from the server."""

    def __init__(self, client: KoladaClient, pages: KeptPages, tell: Progress) -> None:
        self._client, self._kept, self._tell = client, pages, tell
        self._seen: set[str] = set()
        self.number = 0
        self.reused = 0

    def names(self, request: KoladaRequest) -> Mapping[str, str]:
        """Region id → name, «Västmanland» for «Region Västmanland». Unfit when a region that is asked for is missing."""
        found: dict[str, str] = {}
        for page, where in self._pages(f"municipality?per_page={PER_PAGE}", region_page, 0.0):
            for region in page.items:
                if region.id in request.regions and (region.type in KINDS or region.id == NATIONAL):
                    found[region.id] = _name(region, where)
        missing = [region for region in request.regions if region not in found]
        if missing:
            raise Unfit(
                Problem(f"regionerna {', '.join(missing)} finns inte i Kolada.", "--region", "Ta bort dem.")
            )
        return found

    def values(self, request: KoladaRequest) -> Values:
        """Every value of the request. Unfit when there is none, or when they contradict each other."""
        values = Values(request)
        paths = tuple(request.paths())
        for done, path in enumerate(paths):
            for page, where in self._pages(f"{path}?per_page={PER_PAGE}", data_page, done / len(paths)):
                values.take(page.items, where)
        if not values.found:
            problem = "Kolada har inga värden för det som frågades."
            raise Unfit(Problem(problem, self._client.base, "Välj andra id:n eller år."))
        return values

    def _pages(self, path: str, read: Read[Item], share: float) -> Iterator[tuple[Page[Item], str]]:
        """(page, its place in words), from the path on as long as each page has a link to a next one."""
        address = self._client.address(path)
        while address:
            self.number += 1
            where = f"Kolada, sida {self.number}"
            if address in self._seen or self.number > MOST_PAGES:
                raise Unfit(Problem("Kolada svarade med sidor utan slut.", where, WAIT))
            self._seen.add(address)
            page, address = self._page(address, where, read, share)
            yield page, where

    def _page(self, address: str, where: str, read: Read[Item], share: float) -> tuple[Page[Item], str]:
        """The page and the address of the next one. What is kept has been read without fault once."""
        # By its address too: after a page that was fetched anew, the next one may be another than the one that is kept.
        name = f"page-{self.number:04d}-{hashlib.sha256(address.encode()).hexdigest()[:8]}"
        kept = self._kept.read(name)
        if kept is not None:
            try:
                found = self._read(kept, where, read)
            except (ValueError, KoladaError):
                pass
            else:
                self.reused += 1
                return found
        self._tell(f"Hämtar sida {self.number} från Kolada", share)

        def waiting(seconds: float) -> None:
            self._tell(f"Väntar på Kolada, försöker igen om {max(1, round(seconds))} s", share)

        body = self._client.get(address, where, waiting)
        found = self._read(body, where, read)
        self._kept.write(name, body)
        return found

    def _read(self, body: bytes, where: str, read: Read[Item]) -> tuple[Page[Item], str]:
        page = read(parsed(body), where)
        more = page.next_url and page.items
        return page, self._client.following(page.next_url, where) if more else ""


def _name(region: Region, where: str) -> str:
    name = " ".join(region.title.split()).removeprefix("Region ")
    if len(name) > 60 or not _NAME.fullmatch(name):
        raise Unfit(Problem(f"namnet på region {region.id} går inte att använda.", where, WAIT))
    return name
