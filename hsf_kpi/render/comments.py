"""What has been said of a figure, as a picture and its text alternative tell it: short enough to be read there."""

from __future__ import annotations

from hsf_kpi.figures.dialogue.comments import byline
from hsf_kpi.figures.dialogue.words import one_line
from hsf_kpi.figures.figure import Figure
from hsf_kpi.render.characters import printable

LONGEST = 1200
"""Signs of a comment in a picture; the CSV file has it whole."""
MOST = 8
"""Comments in a picture: the analysis, the helårsbedömning and the first åtgärder."""
REST = "… (hela texten i CSV-filen)"


def drawn_comments(figure: Figure) -> list[tuple[str, str]]:
    """(«Analys, Verksamhetschef, 14 november 2023», its text on one line), and last how many more there are."""
    found = [
        (
            ", ".join(part for part in (one.kind, printable(byline(one))) if part),
            _cut(printable(one_line(one.text))),
        )
        for one in figure.comments[:MOST]
    ]
    left = len(figure.comments) - len(found)
    if left:
        found.append((f"{left} till finns i CSV-filen", ""))
    return found


def comments_text(figure: Figure) -> str:
    """The same as sentences, for the text alternative of a picture that stands alone; "" without comments."""
    return " ".join(f"{head}: {text}" if text else f"{head}." for head, text in drawn_comments(figure))


def _cut(text: str) -> str:
    """Cut at a word where there is one to cut at."""
    if len(text) <= LONGEST:
        return text
    kept = text[: LONGEST - len(REST)]
    return f"{kept.rpartition(' ')[0] or kept}{REST}"
