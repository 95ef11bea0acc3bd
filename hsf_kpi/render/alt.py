"""The text alternative of a figure, for a screen reader and for the file formats that hold one."""

from __future__ import annotations

import re

from hsf_kpi.figures.figure import Figure

_HYPHEN = "\N{HYPHEN}"


def readable(text: str) -> str:
    """The plan's wordings with signs that are read aloud: its hyphens for «–» in a range and for a minus.

    «85‐90%» → «85–90%», «‐800 mnkr» → «−800 mnkr». A year's («Prog.‐22 ‐510 mnkr») stays.
    What people see keeps the wording as printed.
    """
    ranges = re.sub(rf"(?<=\d){_HYPHEN}(?=\d)", "\N{EN DASH}", text)
    return re.sub(rf"(?<!\w){_HYPHEN}(?=\d)(?!\d+,?\s+{_HYPHEN})", "\N{MINUS SIGN}", ranges)


def alternative_text(figure: Figure) -> str:
    """The finding, then what is seen. One line."""
    finding = figure.title if figure.title.endswith(".") else f"{figure.title}."
    parts = (finding, figure.sentence, figure.empty if figure.empty not in figure.sentence else "")
    return readable(re.sub(r"[ \t\r\n]+", " ", " ".join(parts)).strip())
