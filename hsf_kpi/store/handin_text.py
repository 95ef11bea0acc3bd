"""What people have typed, as it is kept: the same words without the signs that nobody can see or no file can hold.

They are taken out and not refused: they come along from other programs, and who pasted them can't find them. Markup is
text like any other.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import Final

from hsf_kpi.model.dialogue import Analysis, OwnForecast, PlannedAction
from hsf_kpi.model.follow_up import Entry, FollowUp

_LINE_ENDS: Final = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNSEEN: Final = re.compile(
    # Control signs, which XML (SVG, PowerPoint, Excel) can't hold; what turns the direction of a line; byte order marks.
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_NONCHARACTERS: Final = re.compile(
    "[\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF))
    + "]"
)
_LINE_END_SPACE: Final = re.compile(r"[^\S\n]+(?=\n)")
_EMPTY_LINES: Final = re.compile(r"\n{3,}")


def plain(text: str) -> str:
    """The text in its lines, without space at its ends and with one empty line in a row at most."""
    kept = text.encode("utf-8", "ignore").decode("utf-8")
    kept = _LINE_ENDS.sub("\n", kept)
    kept = _NONCHARACTERS.sub("", _UNSEEN.sub("", kept)).replace("\t", " ")
    kept = _LINE_END_SPACE.sub("", unicodedata.normalize("NFC", kept))
    return _EMPTY_LINES.sub("\n\n", kept).strip()


def line(text: str) -> str:
    """The text as one line, with one space between its words."""
    return " ".join(plain(text).split())


def clean_analysis(one: Analysis) -> Analysis:
    return replace(one, text=plain(one.text), year_end_reason=plain(one.year_end_reason))


def clean_action(one: PlannedAction) -> PlannedAction:
    return replace(one, what=line(one.what), responsible=line(one.responsible), effect=line(one.effect))


def clean_forecast(one: OwnForecast) -> OwnForecast:
    return replace(one, reason=plain(one.reason))


def clean_follow_up(one: FollowUp) -> FollowUp:
    return replace(one, text=plain(one.text))


def clean_entry(one: Entry) -> Entry:
    return replace(one, text=line(one.text))
