"""What must follow a figure wherever it goes: title, unit, period, view, filters, source, origin, edition and the day."""

from __future__ import annotations

import datetime as dt

from hsf_kpi.figures.dialogue.comments import byline
from hsf_kpi.figures.dialogue.words import one_line
from hsf_kpi.figures.figure import Comment, Figure
from hsf_kpi.swedish.dates import date_text, day_words
from hsf_kpi.swedish.words import ORIGIN_WORD, UNIT_CAPTION

_OPTIONAL = (
    "Period",
    "Uppgifter per",
    "Utgåva",
    "Vy",
    "Måttenhet",
    "Definition",
    "Förklaring",
    "Inget att visa",
)


def told_lines(figure: Figure, taken: dt.date) -> list[tuple[str, str]]:
    """(name, text) in order, as a file tells them («Rubrik», «Visar», … «Datum uttaget»). `taken`: the day it is made."""
    c = figure.context
    origins = ", ".join(sorted(ORIGIN_WORD[origin] for origin in figure.origins))
    lines = [
        ("Rubrik", figure.title),
        ("Visar", figure.caption),
        ("Verksamhet", c.path or c.unit),
        ("Period", f"{c.period} ({c.state})" if c.state else c.period),
        ("Uppgifter per", day_words(c.known) if c.known else ""),
        ("Utgåva", c.edition_words),
        ("Vy", c.view),
        ("Kön", c.sex),
        ("Organisation", c.organisation),
        ("Måttenhet", UNIT_CAPTION[figure.unit] if figure.unit else ""),
        ("Definition", figure.definition),
        ("Förklaring", figure.help),
        *(comment_line(comment) for comment in figure.comments),
        ("Inget att visa", figure.empty),
        ("Källa", figure.source.removeprefix("Källa: ")),
        ("Ursprung", origins),
        ("Datum uttaget", date_text(taken)),
    ]
    return [(name, text) for name, text in lines if text or name not in _OPTIONAL]


def filter_line(figure: Figure, taken: dt.date) -> str:
    """The same filters on one line, for under a picture: «HSF › Akutsjukvård · jan–okt 2023 · uttaget 2023-11-20»."""
    c = figure.context
    filters = [
        c.path or c.unit,
        f"{c.period} {c.state}".strip(),
        c.view,
        c.sex,
        c.organisation,
        c.as_known,
        c.edition_words,
    ]
    return f"{' · '.join(text for text in filters if text)} · uttaget {date_text(taken)}"


def comment_line(comment: Comment) -> tuple[str, str]:
    """What has been said of the figure, whole and on one line: («Analys», «text (who, when)»)."""
    by = byline(comment)
    return comment.kind, f"{one_line(comment.text)} ({by})" if by else one_line(comment.text)
