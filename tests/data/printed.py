"""The sources' own text, as it was read off them, to hold the definitions against."""

from __future__ import annotations

import re

from hsf_kpi import ROOT


def printed(name: str) -> str:
    return (ROOT / "tests" / "data" / f"printed_{name}.txt").read_text(encoding="utf-8")


def folded(text: str) -> str:
    """Without spaces, line breaks and hyphens: what a column's width has done to a text is undone."""
    return re.sub(r"[\s\-\N{HYPHEN}\N{EN DASH}]", "", text)
