"""What only the PDF of a report says: its title page, its margins, and how it is read and listened to."""

from __future__ import annotations

from hsf_kpi.figures.phrases import how_many
from hsf_kpi.figures.report import EditionMark, Report
from hsf_kpi.model.codes import Status
from hsf_kpi.render.report_words import (
    CHECKSUM,
    MEETING,
    NO_FIGURES,
    SOURCES,
    facts,
    origin_names,
    origins,
    period,
    sources,
)
from hsf_kpi.swedish.dates import date_text
from hsf_kpi.swedish.words import STATUS_SHAPE, STATUS_WORD, sentence_start

MOST_CODES = 40
"""Signs that the font lacks, told one by one."""


def cover(report: Report) -> dict[str, list[tuple[str, str]]]:
    """The title page in two groups, «facts» of the report and «origins» of its figures, as (name, text)."""
    meant = [(name, sentence_start(means)) for name, means in origins(report)]
    told = [(name, _grouped(text) if name == CHECKSUM else text) for name, text in facts(report)]
    return {"facts": [one for one in told if one[0] != MEETING], "origins": meant}


def _grouped(digits: str) -> str:
    """A checksum, sixteen digits at a time, so that it has places to break."""
    return " ".join(digits[i : i + 16] for i in range(0, len(digits), 16))


def head(report: Report) -> tuple[str, str]:
    """(title, unit and period) above every page but the first; the unit once."""
    c = report.context
    unit = "" if c.unit in report.title else c.unit
    return report.title, " · ".join(text for text in (unit, period(report)) if text)


def foot(report: Report) -> tuple[str, str]:
    """(edition or day, origins) below every page."""
    mark = (
        f"Utgåva {report.edition.id}" if report.edition else f"Framtagen {date_text(report.made)}, inte fryst"
    )
    return mark, origin_names(report)


def left_out_count(report: Report) -> str:
    """«Två delar är utelämnade. Vilka och varför står i sina avsnitt.»; "" where nothing is."""
    count = len(report.left_out)
    if not count:
        return ""
    if count == 1:
        return "En del är utelämnad. Vilken och varför står i sitt avsnitt."
    return f"{how_many(count, capital=True)} delar är utelämnade. Vilka och varför står i sina avsnitt."


def about(report: Report, codes: list[str]) -> list[tuple[str, list[str]]]:
    """(heading, paragraphs) of «Om rapporten». codes: the signs that the font lacks, «U+1F600»."""
    return [
        (SOURCES, list(sources(report)) or [NO_FIGURES]),
        ("Så skiljs värdena åt", _told_apart()),
        *([("Tecken som saknas", [_missing(codes)])] if codes else []),
        *([("Utgåva", [_frozen(report.edition)])] if report.edition else []),
        ("Tillgänglighet", _accessible()),
    ]


def _frozen(mark: EditionMark) -> str:
    return (
        f"Utgåva {mark.id} är fryst: öppnas den igen visar den samma värden, även om uppgifterna har rättats sedan dess. "
        "Kontrollsumman (SHA-256) på första sidan visar att innehållet är oförändrat."
    )


def _told_apart() -> list[str]:
    shapes = " · ".join(f"{STATUS_SHAPE[status]} {STATUS_WORD[status]}" for status in Status)
    return [
        f"Hur ett mål står: {shapes}. Formen och ordet säger samma sak som färgen.",
        "Kan inte bedömas står där utfall, mål eller jämförelse saknas. Det är varken ett gott eller ett dåligt utfall, "
        "och skälet står intill.",
        "Utfall är en heldragen linje, mål en streckad med sitt namn vid linjen. Blå cirkel är bättre och orange fyrkant "
        "sämre än vad slumpen förklarar; grått är det som inte är fyndet.",
        "En linje som bryts saknar värde den månaden. En stjärna vid ett tal betyder att någon del saknas i summan.",
        "Varje figur säger under sig varifrån värdena kommer, och om de är inlästa, publicerade eller Demodata.",
    ]


def _missing(codes: list[str]) -> str:
    named = ", ".join(codes[:MOST_CODES])
    more = len(codes) - MOST_CODES
    rest = f" och {how_many(more)} till" if more > 0 else ""
    return f"□ står för ett tecken som rapportens typsnitt saknar: {named}{rest}."


def _accessible() -> list[str]:
    return [
        "Rapporten är taggad enligt PDF/UA-1: rubriker, tabeller och läsordning kan följas med skärmläsare, och varje "
        "diagram har en text som säger vad det visar. Diagrammens värden står som tabeller i bilagan.",
        "Kan du inte ta del av något i rapporten? Säg till den som har lämnat den till dig eller till den som ansvarar för "
        "HSF nyckeltal i förvaltningen, så får du uppgifterna på ett sätt som fungerar för dig.",
    ]
