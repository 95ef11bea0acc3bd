"""What must hold of every sentence and tile that a person reads, whatever the data."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hsf_kpi.figures.words_tile import WordsTile

HEADING = 100
"""Signs of the sentence over a page."""
_ONE_OF_MANY = re.compile(
    r"(?i)\b(?:1|en|ett)\s(?:månader|aktiviteter|verksamheter|omflyttningar|kostnadsställen|konton|avbrutna|åtgärder"
    r"|månadsvärden)\b"
)
_WRONG = re.compile(
    r"[−+-]0(?:,0+)?(?![\d,])|\b[Ee]n av en\b|lika många än|\b[Ee]n beslut\b|None|\bnan\b|  |\.\.|\( ?\)|Fraction"
)
AMOUNT = "([−+]?[\\d\N{NO-BREAK SPACE}]+(?:,\\d)?)\N{NO-BREAK SPACE}mnkr"
"""A pattern for an amount as it is told."""
_DOT = re.compile(r"\d\.\d")


def plain(text: object) -> str:
    return str(text).replace("\N{NO-BREAK SPACE}", " ")


def right(text: str, longest: int | None = None) -> None:
    """No zero with a sign, no plural of one, decimal comma, short enough, no stray space."""
    said = plain(text)
    assert longest is None or len(text) <= longest, f"{len(text)}: {text}"
    assert said == said.strip()
    for rule in (_ONE_OF_MANY, _WRONG, _DOT):
        assert not rule.search(said), text


def right_tiles(tiles: Iterable[WordsTile]) -> None:
    found = list(tiles)
    assert len({one.id for one in found}) == len(found), "a tile's id is its key on the page"
    for one in found:
        assert one.name
        assert one.value
        assert len(one.lines) <= 3, one
        assert all(one.lines), one
        for text in (one.name, one.value, one.unit, *one.lines):
            right(text)


def tile(tiles: Iterable[WordsTile], id_: str) -> str:
    """«−861,0 mnkr | 194,3 mnkr sämre än vägen till −800 | …»"""
    one = next(one for one in tiles if one.id == id_)
    return plain(" | ".join([f"{one.value} {one.unit}".strip(), *one.lines]))
