"""Text from data shown as text: no Markdown, no directives, no formulas come alive."""

from __future__ import annotations

import re
from functools import lru_cache

from hsf_kpi.figures.addresses import ADDRESS, place_name, without_edition
from hsf_kpi.ui.together import JOINER, together

_SPECIAL = re.compile(r"([\\`*_{}\[\]#|<>~$:^]|&(?=#?\w+;)|^[-+])")
_NUMBERED = re.compile(r"^(\d+)([.)])")
"""Would begin a list."""

_REPLACED = re.compile(
    r"https?(?=://)|www(?=\.)|(?<=[\w.+-])@(?=[\w-])"  # web and mail addresses
    r"|:(?=[a-z_+-][\w/+-]*:)"  # icons, emoji
    r"|(?:(?<=\s)|^)(?:<(?=[-=])|-(?=[->])|[>~](?==))",  # arrows and the like
    re.IGNORECASE,
)
"""What the browser side looks for in the text that is left when Markdown has been read, so that no escape stops it."""
_MAIL = re.compile(r"(\b[\w.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+)", re.ASCII | re.IGNORECASE)
_ESCAPED = r"\\\1"


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Escapes everything that Streamlit's Markdown gives a meaning; a number and its unit stand on one line."""
    return escaped(together(text))


def escaped(text: str) -> str:
    """The same for a Markdown file: lines break there as they do."""
    # The joiner parts what would become something else.
    shown = _SPECIAL.sub(_ESCAPED, _REPLACED.sub(rf"\g<0>{JOINER}", text))
    return _NUMBERED.sub(r"\1\\\2", shown)


def plain_lines(text: str) -> str:
    """The same with its line breaks kept, and no line the beginning of a list, a heading or code."""
    lines = [line.strip() for line in text.splitlines()]
    return "  \n".join(f"{JOINER}{plain(line)}" for line in lines if line)


def with_sources(text: str, *, linked: bool) -> str:
    """As `plain`, with web addresses as the name of their place. linked: whether that leads there: of what is published,
    never of what somebody has loaded.
    """
    shown, at = [], 0
    text = without_edition(text)
    for found in ADDRESS.finditer(text):
        address = found[0].rstrip(".")
        label = plain(place_name(address)).replace(".", f".{JOINER}")
        shown += [plain(text[at : found.start()]), f"[{label}]({address})" if linked else label]
        at = found.start() + len(address)
    return "".join((*shown, plain(text[at:])))


def with_mail(text: str) -> str:
    """The installation's own words, as `plain`, but with mail addresses that can be clicked, and copied as they are."""
    pieces = _MAIL.split(text)
    return "".join(
        f"[{_SPECIAL.sub(_ESCAPED, piece)}](mailto:{piece})" if i % 2 else plain(piece)
        for i, piece in enumerate(pieces)
    )


def link(label: str, href: str) -> str:
    return f"[{plain(label)}]({href})"
