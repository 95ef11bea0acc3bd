"""What has been said of a figure: beside or under it where it is short, else whole on slides of its own."""

from __future__ import annotations

from collections.abc import Sequence

from hsf_kpi.figures.dialogue.comments import byline
from hsf_kpi.figures.figure import Comment
from hsf_kpi.render.powerpoint.deck import Deck, Page
from hsf_kpi.render.powerpoint.edges import foot, head
from hsf_kpi.render.powerpoint.flow import Words, pages, tall, written
from hsf_kpi.render.powerpoint.ink import TEXT
from hsf_kpi.render.powerpoint.shapes import INNER, TEXT_BOX, Box
from hsf_kpi.render.powerpoint.template import TEXT as TEXT_LAYOUT
from hsf_kpi.render.powerpoint.text import lines_of

BESIDE = 600
"""Signs that stand beside a chart; more have slides of their own."""
COLUMN = 236.0
"""Points that they take there."""
SIZE, LARGER = 12.0, 14.0
"""Points of the text beside a figure, and on a slide of its own."""
COMMENTS = "Kommentarer"


def said(comments: Sequence[Comment], size: float = SIZE) -> list[Words]:
    """Each under who said it and when, line by line."""
    found: list[Words] = []
    for one in comments:
        by = ", ".join(part for part in (one.kind, byline(one)) if part)
        found.append(Words(by, size, bold=True, before=8.0 if found else 0.0))
        found += [Words(line, size, before=2.0) for line in lines_of(one.text)]
    return found


def fits_beside(comments: Sequence[Comment], high: float) -> bool:
    """Whether they can stand in a column beside a chart of that height; not where there are none."""
    signs = sum(len(one.text) for one in comments)
    return len(comments) > 0 and signs <= BESIDE and tall(said(comments), COLUMN) <= high


def fits_under(comments: Sequence[Comment], left: float) -> bool:
    """Whether they can stand under a table that leaves so much; not where there are none."""
    return len(comments) > 0 and tall(said(comments), INNER) <= left


def column(page: Page, comments: Sequence[Comment], box: Box) -> None:
    page.words(COMMENTS, box, written(said(comments), TEXT))


def comment_slides(
    deck: Deck,
    title: str,
    comments: Sequence[Comment],
    source: list[str],
    notes: list[tuple[str, str]],
) -> None:
    """title: the figure's. source: what stands at the foot. notes: of the figure, without the comments."""
    found = pages(said(comments, LARGER), TEXT_BOX.width, TEXT_BOX.height)
    for i, texts in enumerate(found):
        page = deck.page(TEXT_LAYOUT)
        head(page, f"{COMMENTS}: {title}", part=(i + 1, len(found)))
        page.placeholder("Text", 'type="body" idx="1"', written(texts))
        foot(page, source)
        page.notes(notes)
