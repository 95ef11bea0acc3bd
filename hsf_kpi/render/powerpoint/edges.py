"""The edges of a slide: title and caption at the top, source and filters at the foot."""

from __future__ import annotations

from hsf_kpi.render.powerpoint.deck import Page
from hsf_kpi.render.powerpoint.shapes import (
    CAPTION_BOX,
    FOOT_END,
    FOOT_WIDTH,
    INNER,
    MARGIN,
    TITLE_BOX,
    Box,
)
from hsf_kpi.render.powerpoint.text import LEADING, fitted, height, paragraph, run

TITLE_SIZES = (26.0, 24.0, 22.0, 20.0, 18.0)
CAPTION_SIZES = (14.0, 13.0, 12.0)
FOOT_SIZE = 10.0
FOOT_LINES = 2
"""Of the source, and of the filters."""


def head(page: Page, title: str, caption: str = "", *, part: tuple[int, int] = (1, 1)) -> None:
    """Title and caption as the layout has them. part: «(forts. 2 av 3)» after the title from the second on."""
    tail = f" (forts. {part[0]} av {part[1]})" if part[0] > 1 else ""
    text, size = fitted(title, INNER, TITLE_BOX.height, TITLE_SIZES, bold=True, tail=tail)
    page.placeholder("Rubrik", 'type="title"', [paragraph(run(text, size=size))])
    if caption:
        text, size = fitted(caption, INNER, CAPTION_BOX.height, CAPTION_SIZES)
        page.placeholder(
            "Beskrivning", 'type="body" sz="quarter" idx="10"', [paragraph(run(text, size=size))]
        )


def foot(page: Page, lines: list[str]) -> None:
    """Source and filters at the foot, and the slide's number."""
    kept = _foot(lines)
    box = Box(MARGIN, FOOT_END - foot_height(lines), FOOT_WIDTH, foot_height(lines))
    texts = [paragraph(run(line, size=FOOT_SIZE)) for line in kept]
    page.placeholder("Källa", 'type="body" sz="quarter" idx="11"', texts, box)
    page.numbered()


def _foot(lines: list[str]) -> list[str]:
    """Each on at most two lines; the notes have them whole."""
    high = FOOT_SIZE * LEADING * FOOT_LINES
    return [fitted(line, FOOT_WIDTH, high, (FOOT_SIZE,))[0] for line in lines if line]


def foot_height(lines: list[str]) -> float:
    """Points from the foot's first line to its end."""
    return height(_foot(lines), FOOT_WIDTH, FOOT_SIZE) + 2
