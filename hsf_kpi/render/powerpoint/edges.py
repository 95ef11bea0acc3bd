"""The edges of a slide: title and caption at the top, source and filters at the foot."""

from __future__ import annotations

from dataclasses import replace

from hsf_kpi.render.characters import plain
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
from hsf_kpi.render.powerpoint.text import LEADING, fitted, height, one_line, paragraph, run, wrapped
from hsf_kpi.swedish.numbers import SPACE

TITLE_SIZES = (26.0, 24.0, 22.0, 20.0, 18.0)
UNTITLED = "Utan rubrik"
ONE_LINE_SIZES = TITLE_SIZES[:3]
"""Rather one line of these than a second with a word or two."""
CAPTION_SIZES = (14.0, 13.0, 12.0)
CAPTION_LINE = CAPTION_SIZES[-1] * LEADING
FOOT_SIZE = 11.0
FOOT_LINES = 2
"""Of the source, and of the filters."""


def head(page: Page, title: str, caption: str = "", *, part: tuple[int, int] = (1, 1)) -> None:
    """Title and caption as the layout has them; a caption of two lines takes the second from the title. part: «(forts. 2 av
    3)» after the title from the second on.
    """
    above = CAPTION_LINE if caption and not _has_room(caption, CAPTION_SIZES[-1]) else 0.0
    box = replace(TITLE_BOX, height=TITLE_BOX.height - above)
    text, size = _title(title if plain(title).strip() else caption or UNTITLED, _part(*part), box.height)
    page.placeholder("Rubrik", 'type="title"', [paragraph(run(text, size=size))], box if above else None)
    if caption:
        box = Box(MARGIN, CAPTION_BOX.y - above, INNER, CAPTION_BOX.height + above)
        text, size = fitted(caption, INNER, box.height, CAPTION_SIZES[-1:] if above else CAPTION_SIZES)
        page.placeholder(
            "Beskrivning",
            'type="body" sz="quarter" idx="10"',
            [paragraph(run(text, size=size))],
            box if above else None,
        )


def _part(number: int, of: int) -> str:
    """Kept together, whatever line it stands on."""
    return f" (forts.{SPACE}{number}{SPACE}av{SPACE}{of})" if number > 1 else ""


def _title(title: str, tail: str, high: float) -> tuple[str, float]:
    """On one line where a size that is no smaller than a title may be lets it, else on as many as `high` has room for."""
    text = one_line(title) + tail
    alone = next((size for size in ONE_LINE_SIZES if _has_room(text, size, bold=True)), None)
    return (text, alone) if alone else fitted(title, INNER, high, TITLE_SIZES, bold=True, tail=tail)


def _has_room(text: str, size: float, *, bold: bool = False) -> bool:
    return len(wrapped(one_line(text), INNER, size, bold=bold)) == 1


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
