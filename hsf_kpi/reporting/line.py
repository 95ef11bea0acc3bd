"""Whose turn it is, where one thing is made at a time: nobody waits for all that somebody else has asked for."""

from __future__ import annotations

import itertools
import threading
from dataclasses import dataclass
from typing import Final

from hsf_kpi.model.problems import Problem, RenderError

MOST: Final = 3
"""So much may one person have waiting, in as many windows as they like."""
REMEMBERED: Final = 256
"""People whose latest turn is known."""

TOO_MANY: Final = Problem(
    "Du väntar redan på andra filer.", "rapport", "Vänta tills de är klara, eller stäng de andra flikarna."
)


@dataclass(frozen=True, slots=True)
class Ticket:
    """who: "" where it is not known, and then nothing is too much."""

    who: str
    number: int


class Line:
    """First comes who has had no turn, or had their latest one longest ago; then who came first. Safe to use from several
    threads.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._waiting: list[Ticket] = []
        self._served: dict[str, int] = {}

    def join(self, who: str = "") -> Ticket:
        """A place in the line, to be left by `serve` or `leave`. RenderError for who has too much waiting."""
        with self._lock:
            if who and sum(one.who == who for one in self._waiting) >= MOST:
                raise RenderError(TOO_MANY)
            ticket = Ticket(who, next(self._numbers))
            self._waiting.append(ticket)
        return ticket

    def is_first(self, ticket: Ticket) -> bool:
        with self._lock:
            return ticket == min(self._waiting, key=lambda one: (self._served.get(one.who, 0), one.number))

    def serve(self, ticket: Ticket) -> None:
        """Its turn has come."""
        with self._lock:
            self._waiting.remove(ticket)
            if len(self._served) >= REMEMBERED:
                self._served.clear()
            self._served[ticket.who] = next(self._numbers)

    def leave(self, ticket: Ticket) -> None:
        with self._lock:
            self._waiting.remove(ticket)
