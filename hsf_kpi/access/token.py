"""A key to the API as text: made, recognised, and what is kept of it."""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import Final

PREFIX: Final = "hsfk_"
"""So that people, and scanners for lost secrets, know what it is."""
DEMO: Final = f"{PREFIX}demo_"
"""On demo data, followed by the id of the demo person: written in the documentation, and no secret."""
_BYTES: Final = 36
_HINT: Final = len(PREFIX) + 5
_TOKEN: Final = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{1,100}}")


def new_token() -> str:
    """288 random bits: with the five characters of the hint known, 258 are left."""
    return PREFIX + secrets.token_urlsafe(_BYTES)


def is_token(text: str) -> bool:
    """Whether it is written as one."""
    return _TOKEN.fullmatch(text) is not None


def kept(token: str) -> str:
    """What the server keeps: its SHA-256 in hex. It is random and long, so a plain hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def hint(token: str) -> str:
    """«hsfk_Ab3dE…»."""
    return f"{token[:_HINT]}…"
