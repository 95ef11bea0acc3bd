"""A page of SVG that is written from top to bottom: lines of text, a picture, a table. Sizes in pixels.

Texts are measured with the font that images are drawn with, so that lines break where they must.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache, partial
from html import escape
from pathlib import Path

from PIL import ImageFont

from hsf_kpi.render.characters import printable
from hsf_kpi.render.theme import FONT, REGULAR, SEMIBOLD, Colours
from hsf_kpi.swedish.numbers import SPACE

FONTS = Path(__file__).parent / "fonts"
_FILES = {REGULAR: "SourceSansPro-Regular.ttf", SEMIBOLD: "SourceSansPro-Semibold.ttf"}
_MEASURED_AT = 100
"""Pixels at which widths are measured; they scale."""


@lru_cache(maxsize=2)
def _font(weight: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / _FILES[weight], _MEASURED_AT, layout_engine=ImageFont.Layout.BASIC)


def text_width(text: str, size: float, weight: int = REGULAR) -> float:
    """Pixels."""
    return float(_font(weight).getlength(text)) * size / _MEASURED_AT


def wrap(text: str, width: float, size: float, weight: int = REGULAR) -> list[str]:
    """Lines of at most `width` pixels, broken at spaces, where they don't suffice at hard ones too.

    A word that is too long is broken anywhere.
    """
    lines: list[str] = []
    line = ""
    for gap, word in _pieces(text, width, size, weight):
        candidate = f"{line}{gap}{word}" if line else word
        if text_width(candidate, size, weight) <= width:
            line = candidate
            continue
        if line:
            lines.append(line)
        while text_width(word, size, weight) > width and len(word) > 1:
            tried = range(1, len(word))
            cut = max(1, bisect_right(tried, width, key=partial(_width_of, word, size, weight)))
            lines.append(word[:cut])
            word = word[cut:]
        line = word
    return [*lines, line]


def _width_of(word: str, size: float, weight: int, signs: int) -> float:
    """Of the word's first signs."""
    return text_width(word[:signs], size, weight)


def _pieces(text: str, width: float, size: float, weight: int) -> Iterator[tuple[str, str]]:
    """(the space before it, word): «12,8 %» is one, but «12,8 procentenheter» two where it is too wide."""
    for glued in text.split(" "):
        parts = glued.split(SPACE) if text_width(glued, size, weight) > width else [glued]
        for k, part in enumerate(parts):
            yield (SPACE if k else " "), part


@dataclass
class Page:
    """`y` is where the next thing begins."""

    width: float
    margin: float
    colours: Colours
    y: float = 0.0
    parts: list[str] = field(default_factory=list)

    @property
    def inner(self) -> float:
        return self.width - 2 * self.margin

    def skip(self, pixels: float) -> None:
        self.y += pixels

    def text(self, text: str, size: float, colour: str, weight: int = REGULAR) -> None:
        """A paragraph over the page's width; nothing for an empty text."""
        if not text:
            return
        for line in wrap(text, self.inner, size, weight):
            self.y += size * 1.35
            self.put(self.margin, self.y - size * 0.3, line, size, colour, weight)

    def put(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        colour: str,
        weight: int = REGULAR,
        anchor: str = "start",
    ) -> None:
        """One line with its baseline at y."""
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-family="{FONT}" font-size="{size:g}px"'
            f' font-weight="{weight}" fill="{colour}" text-anchor="{anchor}"'
            f' xml:space="preserve">{clean(text)}</text>'
        )

    def rule(self, colour: str) -> None:
        """A hairline across at y."""
        self.parts.append(
            f'<line x1="{self.margin:g}" x2="{self.width - self.margin:g}"'
            f' y1="{self.y:.1f}" y2="{self.y:.1f}" stroke="{colour}" stroke-width="1"/>'
        )

    def picture(self, inner: str, height: float) -> None:
        """SVG markup placed at the left margin."""
        self.parts.append(f'<g transform="translate({self.margin:g},{self.y:.1f})">{inner}</g>')
        self.y += height

    def svg(self, title: str, description: str) -> str:
        """The whole document, as high as what was written."""
        height = self.y + self.margin
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width:g}" height="{height:.0f}"'
            f' viewBox="0 0 {self.width:g} {height:.0f}" role="img" lang="sv">'
            f"<title>{clean(title)}</title><desc>{clean(description)}</desc>"
            f'<rect width="100%" height="100%" fill="{self.colours.background}"/>{"".join(self.parts)}</svg>'
        )


def clean(text: str) -> str:
    """Text that XML can hold: markup escaped, characters that no document can hold gone."""
    return escape(printable(text))
