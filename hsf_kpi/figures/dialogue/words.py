"""The words of what a manager has written: who and when, a text on one line, a shortened one, counts of verksamheter."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from zoneinfo import ZoneInfo

from hsf_kpi.analysis.handed_in import HandInState
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.dialogue import Written, YearEnd
from hsf_kpi.swedish.dates import date_text, day_words
from hsf_kpi.swedish.words import ORIGIN_WORD, STATUS_SHAPE, YEAR_END_WORD, sentence_start

__all__ = [
    "STATE_WORD",
    "YEAR_END_WORD",
    "day",
    "harmless",
    "one_line",
    "shortened",
    "signed",
    "source_words",
    "units_counted",
    "when",
    "who",
    "year_end_text",
]

_SWEDEN = ZoneInfo("Europe/Stockholm")
_UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
"""Signs that turn the direction of what stands after them, outside the text too (Hebrew and Arabic do without), and those
that no file can hold.
"""
_BREAKS = re.compile(r"[ \t\r\n\v\f\x85\u2028\u2029]+")

STATE_WORD: Mapping[HandInState, str] = {
    HandInState.READY: "klar",
    HandInState.BEGUN: "påbörjad",
    HandInState.NOT_BEGUN: "inte påbörjad",
}


_VERDICTS = "".join((*STATUS_SHAPE.values(), "▲▼↔ "))


def harmless(text: str) -> str:
    """What somebody has typed, as it stands, without the signs that would harm what is around it."""
    return _UNSEEN.sub("", text).strip()


def one_line(text: str) -> str:
    """The same with every line break as a space, and without a sign at its start that a table would take for a verdict."""
    return _BREAKS.sub(" ", harmless(text)).lstrip(_VERDICTS).strip(" \N{NO-BREAK SPACE}")


def shortened(text: str, most: int) -> str:
    """One line of at most `most` signs, cut at a word where there is one to cut at."""
    line = one_line(text)
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    return f"{(cut.rpartition(' ')[0] or cut).rstrip('.,;:')}…"


def who(written: Written | None) -> str:
    """Name or function, as it was shown then."""
    return "" if written is None else one_line(written.name) or one_line(written.by)


def when(written: Written | None) -> str:
    """«14 november 2023», the day in Sweden."""
    return "" if written is None else day_words(written.at.astimezone(_SWEDEN).date())


def day(written: Written | None) -> str:
    """«2023-11-14», for a table."""
    return "" if written is None else date_text(written.at.astimezone(_SWEDEN).date())


def signed(written: Written | None) -> str:
    """«Verksamhetschef, Kirurgkliniken, 14 november 2023»"""
    return ", ".join(part for part in (who(written), when(written)) if part)


def year_end_text(year_end: YearEnd | None) -> str:
    """«Uppnås delvis»; "" without a judgement."""
    return "" if year_end is None else sentence_start(YEAR_END_WORD[year_end])


def units_counted(count: int) -> str:
    """«en verksamhet», «elva verksamheter»"""
    return "en verksamhet" if count == 1 else f"{how_many(count)} verksamheter"


def source_words(what: str, origins: Collection[Origin]) -> str:
    """«Källa: Demodata; uppgifter som verksamheten har lämnat.»"""
    named = [ORIGIN_WORD[origin] for origin in Origin if origin in origins]
    return f"Källa: {'; '.join([*named, what])}."
