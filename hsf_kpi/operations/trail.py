"""Which request, session, run and page a line in the log belongs to. Held for the thread or the request that it is in."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

_SHAPE: Final = re.compile(r"[A-Za-z0-9_.-]{8,64}")
FIELDS: Final = ("request", "session", "run", "page")
_HELD: Final = {name: ContextVar(f"hsf_{name}", default="") for name in FIELDS}


def new_id() -> str:
    """Twelve signs, short enough to be read out over the telephone."""
    return secrets.token_hex(6)


def request_id(given: str | None) -> str:
    """The id that a proxy has given the request, if it can be one: what else a browser sends is not written into the log."""
    return given if given is not None and _SHAPE.fullmatch(given) else new_id()


def session_mark(session_id: str) -> str:
    """Tells one session's lines from another's. Streamlit's own id would let its reader take the session over."""
    return hashlib.blake2b(session_id.encode(), digest_size=6).hexdigest()


def note(**fields: str) -> None:
    """From now on, in this thread or request."""
    for name, value in fields.items():
        _HELD[name].set(value)


def noted() -> Mapping[str, str]:
    """What is known, the empty left out, in the order of `FIELDS`."""
    return {name: value for name, held in _HELD.items() if (value := held.get())}


@contextmanager
def run(request: str = "", session: str = "") -> Iterator[str]:
    """One run of a page's script, and its id. The thread runs others afterwards: nothing of this one is left in it."""
    mine = new_id()
    before = [
        (held, held.set(value))
        for held, value in zip(_HELD.values(), (request, session, mine, ""), strict=True)
    ]
    try:
        yield mine
    finally:
        for held, token in before:
            held.reset(token)
