"""Texts compared as people mean them: upper and lower case, and every kind of space, alike."""

from __future__ import annotations

import unicodedata


def plain(text: str) -> str:
    """Lower case, without byte order mark and signs that take no room, one plain space between words."""
    text = unicodedata.normalize("NFC", text)
    return " ".join("".join(sign for sign in text if unicodedata.category(sign) != "Cf").casefold().split())
