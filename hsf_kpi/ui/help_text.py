"""The handbook's Markdown: a chapter and its parts, its pictures, and its relative links as links in the app.

The files stand in docs/handbok and are read on a code host as well, so every link in them is relative to that folder:
`roller.md` (a chapter), `sidorna.md#vägen-till-800` (a part of it), `../../pages/oversikt.py` (a page of the app),
`../pictures/x.png`. A picture alone on its line is a block; one in a text is an icon.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

_HEADING = re.compile(r"^(#+) (.+)$", re.M)
_PART = re.compile(r"^## (.+)\n", re.M)
_PICTURE = re.compile(r"^!\[([^\]]*)\]\(([^)\s]+)\)$", re.M)
LINK = re.compile(r"(!?)(?<!\\)\[((?:\\.|[^\]\\])*)\]\(([^)\s]+)\)")
"""Whether it is a picture, its text, and where it leads. Escaped brackets are text."""
_PAGE = re.compile(r"^\.\./\.\./pages/(\w+)\.py$")
_CHAPTER = re.compile(r"^(?:(\w+)\.md)?(?:#(.+))?$")
_ORDER = "Öppna "
_CODE = re.compile(r"(```.*?```|`[^`\n]*`)", re.S)


@dataclass(frozen=True, slots=True)
class Part:
    """What stands under a heading of the second level."""

    title: str
    text: str

    @property
    def key(self) -> str:
        return slug(self.title)


@dataclass(frozen=True, slots=True)
class Chapter:
    """`intro`: what stands before the first part."""

    key: str
    title: str
    intro: str
    parts: tuple[Part, ...]

    def part(self, key: str) -> Part | None:
        return next((part for part in self.parts if part.key == key), None)


@dataclass(frozen=True, slots=True)
class Picture:
    """`path`: as the file writes it, from docs/handbok."""

    alt: str
    path: str


@dataclass(frozen=True, slots=True)
class Ways:
    """Where links lead. `page`, `chapter` (with a part or ""): the address, or None where there is no way for the reader,
    who then gets the words without a link. `icon`: the address of an icon's picture.
    """

    page: Callable[[str], str | None]
    chapter: Callable[[str, str], str | None]
    icon: Callable[[str], str]


def slug(heading: str) -> str:
    """The part of a link that leads to a heading, as code hosts make it, but without å, ä, ö: «vagen-till-800»."""
    plain = unicodedata.normalize("NFD", heading.lower())
    kept = "".join(c for c in plain if not unicodedata.combining(c) and (c.isalnum() or c in " -_"))
    return re.sub(r"-+", "-", kept.strip().replace(" ", "-"))


def read_chapter(key: str, text: str) -> Chapter:
    """ValueError for a text that does not begin with its title."""
    first, _, rest = text.partition("\n")
    if not first.startswith("# "):
        raise ValueError(f"{key}: no title on the first line")
    intro, *found = _PART.split(rest)
    parts = tuple(Part(found[i], found[i + 1].strip()) for i in range(0, len(found), 2))
    return Chapter(key, first.removeprefix("# "), intro.strip(), parts)


def blocks(text: str) -> tuple[str | Picture, ...]:
    """Texts and the pictures between them, in order."""
    pieces = _PICTURE.split(text)
    found: list[str | Picture] = []
    for i in range(0, len(pieces), 3):
        if pieces[i].strip():
            found.append(pieces[i].strip())
        if i + 2 < len(pieces):
            found.append(Picture(pieces[i + 1], pieces[i + 2]))
    return tuple(found)


def in_app(text: str, ways: Ways, chapter: str) -> str:
    """The text with links that lead where `ways` says, and its headings one level down (the page has the first).

    `chapter`: the one that it stands in, for links to its own parts.
    """

    def changed(found: re.Match[str]) -> str:
        picture, words, target = found.groups()
        if picture:
            return f"![{words}]({ways.icon(target.rpartition('/')[2].removesuffix('.svg'))})"
        if target.startswith(("https://", "mailto:")):
            return found[0]
        href = _href(target, ways, chapter)
        if href is None:
            # An order that cannot be followed is left out; any other words stand without their link.
            return "" if words.startswith(_ORDER) else str(words)
        return f"[{words}]({href})"

    pieces = _CODE.split(text)
    return "".join(
        piece if i % 2 else LINK.sub(changed, _HEADING.sub(r"#\1 \2", piece))
        for i, piece in enumerate(pieces)
    )


def _href(target: str, ways: Ways, chapter: str) -> str | None:
    """None for what is for those who read the project's files: the documentation beside the handbook."""
    if page := _PAGE.match(target):
        return ways.page(page[1])
    if found := _CHAPTER.match(target):
        return ways.chapter(found[1] or chapter, slug(found[2] or ""))
    return None
