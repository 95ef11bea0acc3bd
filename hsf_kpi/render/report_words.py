"""What every file of a report says of itself, in the same words: its facts, what origins mean, its sources, its headings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from hsf_kpi.figures.addresses import in_words
from hsf_kpi.figures.report import EditionMark, LeftOut, Report
from hsf_kpi.figures.shape import unique
from hsf_kpi.model.codes import Origin
from hsf_kpi.swedish.dates import day_words, moment_text
from hsf_kpi.swedish.words import ORIGIN_WORD, sentence_start

SUMMARY, LEFT_OUT, ABOUT = "Sammanfattning", "Utelämnat", "Om rapporten"
MEETING, CHECKSUM = "Möte", "Kontrollsumma (SHA-256)"
SOURCES, ORIGINS = "Källor", "Varifrån värdena kommer"
NO_FIGURES = "Rapporten har inga figurer."
ORIGIN_MEANS: Mapping[Origin, str] = {
    Origin.LOADED: "ur verksamhetens egna system och filer",
    Origin.PUBLISHED: "ur planer, årsredovisningar och offentlig statistik",
    Origin.DEMO: "påhittade uppgifter som visar hur rapporten ser ut; de säger ingenting om verksamheten",
}
_NOT_FROZEN = "Inte fryst: samma rapport kan få andra värden när uppgifterna rättas"
_BETWEEN = re.compile(r"(?<=\.) (?=[A-ZÅÄÖ])|; (?![^(]*\))")
"""Between two sources: a new sentence, or a semicolon that stands in no parenthesis."""
_FOR = re.compile(r"^(Mål och definition|Definition och mål|Mål|Definition): ")
_NONE = ("", "inga utfall")
"""What a figure without values says of its sources."""


def facts(report: Report) -> list[tuple[str, str]]:
    """(name, text) of the report as a whole, without what it does not have: unit, period, edition and its mark."""
    c = report.context
    mark = _edition(report.edition) if report.edition else [("Utgåva", _NOT_FROZEN)]
    lines = [
        ("Rapport", report.name),
        (MEETING, report.meeting),
        ("Verksamhet", c.path or c.unit),
        ("Period", period(report)),
        ("Uppgifter per", day_words(c.known) if c.known else ""),
        ("Organisation", c.organisation),
        ("Framtagen", day_words(report.made)),
        *mark,
    ]
    return [(name, text) for name, text in lines if text]


def period(report: Report) -> str:
    """«oktober 2023, preliminärt»; the month's own edition too, where the values are of one."""
    c = report.context
    return ", ".join(text for text in (c.period, c.state, replace(c, edition="").edition_words) if text)


def place(report: Report) -> str:
    """Which unit and period it is of, on one line: «HSF › Akutsjukvård · oktober 2023, preliminärt · uppgifter per …»."""
    c = report.context
    return " · ".join(text for text in (c.path or c.unit, period(report), c.as_known) if text)


def edition_line(report: Report) -> str:
    """«Utgåva 2023-10-hsf-7c1f20ab, fryst 20 november 2023 kl. 09.15»; "" for what is not frozen."""
    mark = report.edition
    return f"Utgåva {mark.id}, fryst {moment_text(mark.at)}" if mark else ""


def origins(report: Report) -> list[tuple[str, str]]:
    """(origin, what it means) of each that the figures have: «Publicerat», «ur planer …»."""
    return [
        (sentence_start(ORIGIN_WORD[origin]), ORIGIN_MEANS[origin])
        for origin in Origin
        if origin in report.origins
    ]


def origin_names(report: Report) -> str:
    """«Publicerat, Demodata»"""
    return ", ".join(name for name, _ in origins(report))


def sources(report: Report) -> tuple[str, ...]:
    """Each source once, in the order first met, without what it is the source of («Mål och definition: »)."""
    told = (in_words(part.figure.source).removeprefix("Källa: ") for part in report.parts())
    named = (_FOR.sub("", one.strip().rstrip(".")) for source in told for one in _BETWEEN.split(source))
    return tuple(unique(sentence_start(one) for one in named if one.lower() not in _NONE))


def left_out_line(one: LeftOut) -> str:
    return f"{one.what}: {one.why}"


def _edition(mark: EditionMark) -> list[tuple[str, str]]:
    return [
        ("Utgåva", mark.id),
        ("Fryst", f"{moment_text(mark.at)} av {mark.by}"),
        ("Uppgifter till och med", f"inläsning {mark.data}"),
        (CHECKSUM, mark.hash),
    ]
