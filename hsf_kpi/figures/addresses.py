"""Web addresses in a source, told by the name of their place: for pictures, slides and papers, where nobody can follow them.

The whole address stands behind the name on the page, and in a file's own account of itself (`render/stamp.py`).
"""

from __future__ import annotations

import re

ADDRESS = re.compile(r"https?://(?:www\.)?([\w.-]+)((?:/[\w.~%/+=&?-]*)?)", re.ASCII)
_AFTER_NAME = re.compile(rf", ({ADDRESS.pattern})", re.ASCII)
_COMMIT = re.compile(r" \([0-9a-f]{7,40}, [^()]*\)")
"""Which edition of which file in a code host: in the table and in every file, not under the picture."""
_HOST = "github.com"


def without_edition(text: str) -> str:
    return _COMMIT.sub("", text)


def place_name(address: str) -> str:
    """«vasterastidning.se», «hosrapport på GitHub»; ValueError for what is no address."""
    found = ADDRESS.fullmatch(address)
    if found is None:
        raise ValueError(address)
    if found[1] == _HOST:
        return f"{address.rsplit('/', 1)[1]} på GitHub"
    return found[1].rstrip(".")


def in_words(source: str) -> str:
    """«Västerås Tidning (vasterastidning.se)»: with the place in brackets after a name, else alone."""
    named = _AFTER_NAME.sub(lambda found: f" ({_place(found[1])}){_end(found[1])}", without_edition(source))
    return ADDRESS.sub(lambda found: f"{_place(found[0])}{_end(found[0])}", named)


def _place(address: str) -> str:
    return place_name(address.rstrip("."))


def _end(address: str) -> str:
    """The full stop of the sentence, which is no part of the address."""
    return "." * (len(address) - len(address.rstrip(".")))
