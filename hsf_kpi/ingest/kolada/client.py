"""Asks Kolada over HTTP, patiently: what is busy or broken for the moment is asked again, the rest is told in Swedish.

Never follows an address to another server, and never reads more than a page can be.
"""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Final, Self
from urllib.parse import SplitResult, urljoin, urlsplit

import httpx

from hsf_kpi import __version__
from hsf_kpi.ingest.kolada.answers import WAIT, KoladaError, parsed
from hsf_kpi.model.problems import Problem

MOST_BYTES: Final = 32 * 2**20
"""A page of 5 000 rows is about a megabyte."""
AGAIN: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers that another try may better."""

Waiting = Callable[[float], object]


@dataclass(frozen=True, slots=True)
class Patience:
    """tries: in all. first: seconds before the second try, doubled for each one after; longest: never more than so many.

    timeout: seconds that the server may be silent. whole: seconds that one answer may take.
    """

    tries: int = 6
    first: float = 1.0
    longest: float = 60.0
    timeout: float = 30.0
    whole: float = 300.0


class _TryAgain(Exception):
    """problem: what to tell when nothing helps. wait: seconds that the server asked for."""

    def __init__(self, what: str, todo: str = WAIT, wait: float = 0.0) -> None:
        super().__init__(what)
        self.what, self.todo, self.wait = what, todo, wait


class KoladaClient:
    """A connection to the API at `base`. To be closed, or used in a with statement.

    sleep, clock (monotonic seconds), now (with time zone) and jitter (0–1) are the outer world's, for tests to replace.
    """

    def __init__(
        self,
        base: str,
        *,
        transport: httpx.BaseTransport | None = None,
        patience: Patience = Patience(),
        sleep: Callable[[float], object] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self.base = base.rstrip("/")
        self._patience, self._sleep, self._clock, self._now, self._jitter = (
            patience,
            sleep,
            clock,
            now,
            jitter,
        )
        self._http = httpx.Client(
            transport=transport,
            timeout=patience.timeout,
            follow_redirects=False,
            headers={"Accept": "application/json", "User-Agent": f"hsf-nyckeltal/{__version__}"},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def address(self, path: str) -> str:
        return f"{self.base}/{path}"

    def following(self, found: str, where: str) -> str:
        """The address of the next page, from the server's own link. KoladaError unless it lies below the base address."""
        base = urlsplit(self.base)
        try:
            link = urlsplit(urljoin(f"{self.base}/", found))
            same = _same_server(link, base)
        except ValueError:
            same = False
        if not same or not _below(link.path, base.path):
            raise KoladaError(
                Problem(
                    "länken till nästa sida leder utanför Kolada och följs inte.",
                    where,
                    "Kontrollera adressen i HSF_KPI_KOLADA_URL.",
                )
            )
        return link._replace(scheme=base.scheme, netloc=base.netloc, fragment="").geturl()

    def get(self, address: str, where: str, waiting: Waiting = lambda _seconds: None) -> bytes:
        """The answer's bytes, which are whole and valid JSON. KoladaError when it can't be had.

        waiting: told the seconds before each new try.
        """
        patience = self._patience
        for made in range(1, patience.tries + 1):
            try:
                return self._once(address, where)
            except _TryAgain as error:
                if made == patience.tries:
                    what = f"{error.what} {made} försök gjordes."
                    raise KoladaError(Problem(what, where, error.todo)) from None
                wait = self._pause(made, error.wait)
                waiting(wait)
                self._sleep(wait)
        raise AssertionError("tries is at least 1")

    def _pause(self, made: int, asked: float) -> float:
        """Seconds: what the server asked for, else doubled for each try and spread, so that clients do not march in step."""
        patience = self._patience
        if asked > 0:
            return min(asked, patience.longest)
        step: float = min(patience.first * 2.0 ** (made - 1), patience.longest)
        return step * (0.5 + self._jitter() / 2)

    def _once(self, address: str, where: str) -> bytes:
        began = self._clock()
        try:
            with self._http.stream("GET", address) as response:
                self._judge(response, where)
                body = bytearray()
                for piece in response.iter_bytes():
                    body += piece
                    if len(body) > MOST_BYTES:
                        raise KoladaError(Problem("Kolada svarade med alltför mycket.", where, WAIT))
                    if self._clock() - began > self._patience.whole:
                        raise _TryAgain("Kolada svarade alltför långsamt.")
        except httpx.TimeoutException:
            raise _TryAgain("Kolada svarade inte i tid.") from None
        except httpx.RequestError as error:
            if "CERTIFICATE_VERIFY" in str(error):
                raise KoladaError(
                    Problem(
                        "Kolada går inte att nå säkert: certifikatet går inte att lita på.",
                        where,
                        "Kontrollera adressen, och att datorn litar på nätets certifikat (SSL_CERT_FILE).",
                    )
                ) from None
            raise _TryAgain(
                "Kolada går inte att nå, eller bröt förbindelsen.",
                "Kontrollera nätet, en eventuell proxy (HTTPS_PROXY) och adressen i HSF_KPI_KOLADA_URL.",
            ) from None
        try:
            parsed(bytes(body))
        except ValueError:
            raise _TryAgain("Kolada svarade något som inte är hel och giltig JSON.") from None
        return bytes(body)

    def _judge(self, response: httpx.Response, where: str) -> None:
        status = response.status_code
        if status == 200:
            return
        if status in AGAIN or status >= 500:
            busy = "Kolada är upptaget" if status == 429 else "Kolada har ett fel hos sig"
            raise _TryAgain(f"{busy} (svar {status}).", WAIT, self._asked(response))
        what, todo = {
            400: ("Kolada förstod inte frågan", "Kontrollera id:na efter --kpi och --region."),
            401: ("Kolada släpper inte in oss", "Kontrollera adressen i HSF_KPI_KOLADA_URL."),
            403: ("Kolada släpper inte in oss", "Kontrollera nätet och adressen i HSF_KPI_KOLADA_URL."),
            404: ("adressen finns inte hos Kolada", "Kontrollera HSF_KPI_KOLADA_URL."),
            422: ("Kolada godtog inte frågan", "Kontrollera id:na efter --kpi och --region."),
        }.get(status, ("Kolada svarade inte med data", "Kontrollera adressen i HSF_KPI_KOLADA_URL."))
        raise KoladaError(Problem(f"{what} (svar {status}).", where, todo))

    def _asked(self, response: httpx.Response) -> float:
        """Seconds by Retry-After: a number, or a day and time; 0 where it says nothing that can be read."""
        text = response.headers.get("Retry-After", "").strip()
        if text.isascii() and text.isdigit():
            return float(text[:9])
        try:
            until = parsedate_to_datetime(text)
        except ValueError:
            return 0.0
        if until.tzinfo is None:
            until = until.replace(tzinfo=dt.UTC)
        return max(0.0, (until - self._now()).total_seconds())


_PORTS: Final = {"http": 80, "https": 443}


def _same_server(link: SplitResult, base: SplitResult) -> bool:
    """A server behind a proxy may write its links with http; they are asked for by https all the same."""
    if link.scheme not in _PORTS or "@" in link.netloc or link.hostname != base.hostname:
        return False
    ours = base.port or _PORTS[base.scheme]
    return (link.port or _PORTS[link.scheme]) == ours or (link.port is None and base.port is None)


def _below(path: str, base: str) -> bool:
    return path.startswith(f"{base}/") and ".." not in path.split("/") and "%2e" not in path.lower()
