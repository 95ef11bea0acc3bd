"""The slides of a report besides its figures: title, summary, headings of sections, what is left out, about the report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from hsf_kpi.figures.report import Report, Section
from hsf_kpi.figures.shape import unique
from hsf_kpi.model.codes import Origin
from hsf_kpi.render.powerpoint.deck import Deck
from hsf_kpi.render.powerpoint.edges import foot, head
from hsf_kpi.render.powerpoint.flow import Words, pages, written
from hsf_kpi.render.powerpoint.ink import solid
from hsf_kpi.render.powerpoint.shapes import MARGIN, TEXT_BOX, Box
from hsf_kpi.render.powerpoint.template import TEXT, TITLE
from hsf_kpi.render.powerpoint.text import fitted, lines_of, paragraph, run
from hsf_kpi.swedish.dates import date_text, day_words
from hsf_kpi.swedish.words import ORIGIN_WORD, sentence_start

SUMMARY, LEFT_OUT, ABOUT = "Sammanfattning", "Utelämnat", "Om rapporten"
_SWEDEN = ZoneInfo("Europe/Stockholm")
_TITLE_BOX = Box(72.0, 93.6, 816.0, 151.2)
_TITLE_SIZES = (36.0, 32.0, 28.0, 24.0)
_BADGE = Box(72.0, 60.0, 300.0, 26.0)
_BADGE_INK, _BADGE_GROUND = '<a:srgbClr val="6B5200"/>', '<a:srgbClr val="FBF2CC"/>'
"""The only place of yellow: what says that figures are of demo."""
_MEANS = {
    Origin.LOADED: "ur filer som regionen har läst in",
    Origin.PUBLISHED: "ur publicerade källor, som planen och nationell statistik",
    Origin.DEMO: "påhittade värden som visar hur rapporten ser ut, inga verkliga uppgifter",
}


def title_slide(deck: Deck, report: Report) -> None:
    """Name, unit, period, state, meeting, edition, origin."""
    page = deck.page(TITLE)
    text, size = fitted(report.title, _TITLE_BOX.width, _TITLE_BOX.height, _TITLE_SIZES, bold=True)
    page.placeholder("Rubrik", 'type="ctrTitle"', [paragraph(run(text, size=size))])
    lines = [paragraph(run(line)) for line in _subtitle(report)]
    page.placeholder("Underrubrik", 'type="subTitle" idx="1"', lines)
    if Origin.DEMO in report.origins:
        badge = paragraph(run("Innehåller Demodata", size=14.0, bold=True, colour=_BADGE_INK))
        page.words("Ursprung", _BADGE, [badge], fill=solid(_BADGE_GROUND), inset=4.0)
    page.notes([("Rubrik", report.title), *_facts(report)])


def summary_slides(deck: Deck, report: Report) -> None:
    """The findings as sentences, the most important first; as many slides as they need. None without findings."""
    found = [Words(text, 20.0, before=10.0, point=True) for text in report.findings]
    _texts(deck, report, SUMMARY, found)


def section_slide(deck: Deck, report: Report, section: Section) -> None:
    """Its heading and what is said under it; where it has no figures, that too."""
    found = [Words(line, 18.0, before=8.0) for text in section.intro for line in lines_of(text)]
    if not section.parts and not found:
        found = [Words(f"{one.what}: {one.why}", 18.0, before=8.0) for one in section.left_out]
    _texts(deck, report, section.title, found or [Words("Inga uppgifter för perioden.", 18.0)])


def left_out_slides(deck: Deck, report: Report) -> None:
    """What was asked for and is not there, and why; none where nothing is left out."""
    found = [Words(f"{one.what}: {one.why}", 16.0, before=6.0, point=True) for one in unique(report.left_out)]
    _texts(deck, report, LEFT_OUT, found)


def about_slides(deck: Deck, report: Report) -> None:
    """Sources, what each origin means, and the mark of a frozen report."""
    found = [Words(f"{name}: {text}", 14.0, before=4.0) for name, text in _facts(report)]
    found.append(Words("Ursprung", 14.0, bold=True, before=12.0))
    found += [
        Words(f"{sentence_start(ORIGIN_WORD[origin])}: {_MEANS[origin]}.", 14.0, before=3.0, point=True)
        for origin in Origin
        if origin in report.origins
    ]
    sources = unique(part.figure.source.removeprefix("Källa: ") for part in report.parts())
    if any(sources):
        found.append(Words("Källor", 14.0, bold=True, before=12.0))
        found += [Words(source, 12.0, before=3.0, point=True) for source in sources if source]
    _texts(deck, report, ABOUT, found)


def _subtitle(report: Report) -> Iterator[str]:
    c = report.context
    yield c.path or c.unit
    yield ", ".join(part for part in (c.period, c.state, c.as_known) if part)
    if report.meeting:
        yield report.meeting
    if report.edition:
        yield f"Utgåva {report.edition.id}, fryst {_moment(report.edition.at)}"
    origins = ", ".join(sorted(ORIGIN_WORD[origin] for origin in report.origins))
    if origins:
        yield f"Ursprung: {origins}"


def _facts(report: Report) -> list[tuple[str, str]]:
    """(name, text) of the report as a whole."""
    c = report.context
    lines = [
        ("Rapport", report.name),
        ("Möte", report.meeting),
        ("Verksamhet", c.path or c.unit),
        ("Period", f"{c.period} ({c.state})" if c.state else c.period),
        ("Uppgifter per", day_words(c.known) if c.known else ""),
        ("Framtagen", date_text(report.made)),
    ]
    if report.edition:
        lines += [
            ("Utgåva", report.edition.id),
            ("Fryst", f"{_moment(report.edition.at)} av {report.edition.by}"),
            ("Dataversion", str(report.edition.data)),
            ("Kontrollsumma (SHA-256)", report.edition.hash),
        ]
    else:
        lines.append(("Utgåva", "inte fryst: siffrorna kan ändras när uppgifter rättas"))
    return [(name, text) for name, text in lines if text]


def _moment(at: dt.datetime) -> str:
    """«20 november 2023 kl. 09.15», in Sweden."""
    there = at.astimezone(_SWEDEN)
    return f"{day_words(there.date())} kl. {there:%H.%M}"


def _texts(deck: Deck, report: Report, title: str, found: list[Words]) -> None:
    """Slides of running text under one title; none without text."""
    if not found:
        return
    parts = pages(found, TEXT_BOX.width - MARGIN, TEXT_BOX.height)
    c = report.context
    under = " · ".join(
        part for part in (c.path or c.unit, f"{c.period} {c.state}".strip(), c.edition_words) if part
    )
    for i, texts in enumerate(parts):
        page = deck.page(TEXT)
        head(page, title, part=(i + 1, len(parts)))
        page.placeholder("Text", 'type="body" idx="1"', written(texts))
        foot(page, [f"{report.title} · {under}"])
