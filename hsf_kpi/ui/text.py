"""Text from data shown as text: no Markdown, no directives, no formulas come alive."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]#|<>~$:^]|(?<=^\d)\.|^[-+])")


def plain(text: str) -> str:
    """Escapes everything that Streamlit's Markdown gives a meaning."""
    return _SPECIAL.sub(r"\\\1", text)


def link(label: str, href: str) -> str:
    return f"[{plain(label)}]({href})"
