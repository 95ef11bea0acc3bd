"""Passwords: the rules, the hash and the check. The hash is streamlit-authenticator's own kind (bcrypt), made without it,
since it brings Streamlit along.
"""

from __future__ import annotations

import re
import secrets
from functools import lru_cache
from typing import Final

import bcrypt

from hsf_kpi.model.problems import Problem

SHORTEST: Final = 12
"""Characters."""
LONGEST: Final = 72
"""Bytes in UTF-8: bcrypt looks at no more."""
RULES: Final = (
    f"Lösenordet ska ha minst {SHORTEST} tecken, högst {LONGEST} byte (å, ä och ö räknas som två), "
    "och inte vara användarnamnet."
)
_ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without what is mistaken for something else when it is read aloud or written down."""
_HASH: Final = re.compile(r"\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}")


def problems(password: str, login: str) -> list[Problem]:
    """What is wrong with a new password; empty when it is good."""
    found = []
    if len(password) < SHORTEST:
        found.append(
            Problem(f"Lösenordet har färre än {SHORTEST} tecken.", "lösenord", "Välj ett längre lösenord.")
        )
    if not _usable(password):
        found.append(
            Problem(
                "Lösenordet är för långt, eller innehåller tecken som inte går att använda.",
                "lösenord",
                f"Välj ett lösenord på högst {LONGEST} byte (å, ä och ö räknas som två).",
            )
        )
    if password.strip().lower() == login.strip().lower():
        found.append(Problem("Lösenordet är användarnamnet.", "lösenord", "Välj ett annat lösenord."))
    elif len(set(password)) < 4 and len(password) >= SHORTEST:
        found.append(
            Problem(
                "Lösenordet upprepar samma tecken.", "lösenord", "Välj ett lösenord med fler olika tecken."
            )
        )
    return found


def hashed(password: str) -> str:
    """A bcrypt hash with a salt of its own. ValueError for what `problems` refuses as unusable."""
    if not _usable(password):
        raise ValueError("a password that bcrypt can't take")
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt()).decode()


def matches(password: str, kept: str | None) -> bool:
    """Whether the password is the one that was hashed. Without a hash (an unknown or disabled account, or one without a
    password) the same work is done in vain, so that the time tells nothing.
    """
    usable = _usable(password) and bool(password)
    found = bcrypt.checkpw(password.encode() if usable else b"-", (kept or _nobody()).encode())
    return found and usable and kept is not None


def is_hash(text: str) -> bool:
    return _HASH.fullmatch(text) is not None


def one_time() -> str:
    """A password to be changed at the first sign-in: four groups of five characters, about 99 bits."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(4))


def _usable(password: str) -> bool:
    try:
        return len(password.encode()) <= LONGEST and "\0" not in password
    except UnicodeEncodeError:
        return False


@lru_cache(maxsize=1)
def _nobody() -> str:
    """The hash of a password that nobody knows."""
    return hashed(secrets.token_urlsafe(32))
