"""The report's own words: what its title page, margins and last section say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from hsf_kpi.figures.phrases import how_many
from hsf_kpi.figures.report import EditionMark, Report
from hsf_kpi.figures.shape import unique
from hsf_kpi.model.codes import Origin, Status
from hsf_kpi.swedish.dates import date_text, day_words
from hsf_kpi.swedish.words import ORIGIN_WORD, STATUS_SHAPE, STATUS_WORD, sentence_start

ORIGIN_MEANS: Mapping[Origin, str] = {
    Origin.LOADED: "inläst i HSF nyckeltal ur verksamhetens egna system och filer",
    Origin.PUBLISHED: "publicerat i planer, årsredovisningar och offentlig statistik",
    Origin.DEMO: "påhittade uppgifter som visar hur rapporten ser ut; de säger ingenting om verksamheten",
}
SOURCES = "Källor"
MOST_CODES = 40
"""Signs that the font lacks, told one by one."""
_BETWEEN = re.compile(r"(?<=\.) (?=[A-ZÅÄÖ])|; (?![^(]*\))")
"""Between two sources: a new sentence, or a semicolon that stands in no parenthesis."""
_FOR = re.compile(r"^(Mål och definition|Definition och mål|Mål|Definition): ")
_NONE = ("", "inga utfall")
"""What a figure without values says of its sources."""
_SWEDEN = ZoneInfo("Europe/Stockholm")
_NO_EDITION = "Inte fryst: samma rapport kan få andra värden när uppgifterna rättas"


def cover(report: Report) -> dict[str, list[tuple[str, str]]]:
    """The title page's facts in two groups, «about» the report and «origin» of its figures, as (name, text)."""
    c = report.context
    facts = [
        ("Verksamhet", c.unit),
        ("Tillhör", c.path if c.path != c.unit else ""),
        (
            "Period",
            ", ".join(text for text in (c.period, c.state, replace(c, edition="").edition_words) if text),
        ),
        ("Uppgifter per", day_words(c.known) if c.known else ""),
        ("Organisation", c.organisation),
        ("Rapport", report.name),
        ("Framtagen", day_words(report.made)),
        *(_edition(report.edition) if report.edition else [("Utgåva", _NO_EDITION)]),
    ]
    origins = [
        (sentence_start(ORIGIN_WORD[origin]), sentence_start(ORIGIN_MEANS[origin]))
        for origin in Origin
        if origin in report.origins
    ]
    return {"facts": facts, "origins": origins}


def head(report: Report) -> tuple[str, str]:
    """(title, unit and period) above every page but the first; the unit once."""
    c = report.context
    unit = "" if c.unit in report.title else c.unit
    return report.title, " · ".join(text for text in (unit, f"{c.period} {c.state}".strip()) if text)


def foot(report: Report) -> tuple[str, str]:
    """(edition or day, origins) below every page."""
    mark = (
        f"Utgåva {report.edition.id}" if report.edition else f"Framtagen {date_text(report.made)}, inte fryst"
    )
    return mark, ", ".join(sentence_start(ORIGIN_WORD[o]) for o in Origin if o in report.origins)


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
    sources = _sources(report)
    return [
        (SOURCES, sources or ["Rapporten har inga figurer."]),
        ("Så skiljs värdena åt", _told_apart()),
        *([("Tecken som saknas", [_missing(codes)])] if codes else []),
        *([("Utgåva", [_frozen(report.edition)])] if report.edition else []),
        ("Tillgänglighet", _accessible()),
    ]


def _sources(report: Report) -> list[str]:
    """Each source once, in the order first met, without what it is the source of («Mål och definition: »)."""
    told = (part.figure.source.removeprefix("Källa: ") for part in report.parts())
    named = (_FOR.sub("", one.strip().rstrip(".")) for source in told for one in _BETWEEN.split(source))
    return unique(sentence_start(one) for one in named if one.lower() not in _NONE)


def _edition(mark: EditionMark) -> list[tuple[str, str]]:
    at = mark.at.astimezone(_SWEDEN)
    return [
        ("Utgåva", mark.id),
        ("Fryst", f"{day_words(at.date())} klockan {at:%H:%M} av {mark.by}"),
        ("Uppgifter till och med", f"inläsning {mark.data}"),
        ("Kontrollsumma", " ".join(mark.hash[i : i + 16] for i in range(0, len(mark.hash), 16))),
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
