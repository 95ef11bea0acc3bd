"""What is put into the head of the document: scripts and style rules, a file of this folder each, and what signing in needs.

Every script is let in by the hash of the very text that is sent (`headers.content_policy`): nothing is filled in after that.
"""

from __future__ import annotations

import json
from pathlib import Path

from hsf_kpi.ui.document.printed import printed_colours
from hsf_kpi.ui.document.words import PATTERNS, WORDS
from hsf_kpi.ui.sign_in.script import SIGN_IN_SCRIPT, SIGN_IN_STYLE
from hsf_kpi.ui.tables import numbers_style, short_style

FOLDER = Path(__file__).parent
SCRIPT_FILES = (
    "keys",
    "language",
    "links",
    "words",
    "search",
    "copy",
    "room",
    "tables",
    "pictures",
    "theme",
    "popovers",
    "roles",
)
"""In this order, before Streamlit's own."""
STYLE_FILES = (
    "parts",
    "tables",
    "habits",
    "loading",
    "states",
    "help",
    "focus",
    "contrast",
    "motion",
    "reflow",
    "print",
)


def _read(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")


def _said(script: str) -> str:
    """The words that a script asks for, as JSON."""
    for name, words in (("$WORDS", WORDS), ("$PATTERNS", PATTERNS)):
        script = script.replace(name, json.dumps(words, ensure_ascii=False))
    return script


SCRIPTS = (*(_said(_read(f"{name}.js")) for name in SCRIPT_FILES), SIGN_IN_SCRIPT)
STYLE = "\n".join(
    (
        *(_read(f"{name}.css") for name in STYLE_FILES),
        numbers_style(),
        short_style(),
        printed_colours(),
        SIGN_IN_STYLE,
    )
)
HEAD = "".join(f"<script>{script}</script>" for script in SCRIPTS) + f"<style>{STYLE}</style>"
