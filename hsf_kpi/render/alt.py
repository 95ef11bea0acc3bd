"""The text alternative of a figure, for a screen reader and for the file formats that hold one."""

from __future__ import annotations

import re

from hsf_kpi.figures.figure import Figure


def alternative_text(figure: Figure) -> str:
    """The finding, then what is seen. One line."""
    finding = figure.title if figure.title.endswith(".") else f"{figure.title}."
    parts = (finding, figure.sentence, figure.empty if figure.empty not in figure.sentence else "")
    return re.sub(r"[ \t\r\n]+", " ", " ".join(parts)).strip()
