"""The slides of a report besides its figures: title, summary, headings of sections, what is left out, about the report."""

from __future__ import annotations

from collections.abc import Iterator

from hsf_kpi.figures.phrases import how_many
from hsf_kpi.figures.report import Report, Section
from hsf_kpi.figures.shape import unique
from hsf_kpi.model.codes import Origin
from hsf_kpi.render.powerpoint.deck import Deck
from hsf_kpi.render.powerpoint.edges import foot, head
from hsf_kpi.render.powerpoint.flow import Words, pages, tall, written
from hsf_kpi.render.powerpoint.ink import solid
from hsf_kpi.render.powerpoint.shapes import MARGIN, TEXT_BOX, Box
from hsf_kpi.render.powerpoint.template import TEXT, TITLE
from hsf_kpi.render.powerpoint.text import fitted, lines_of, paragraph, run
from hsf_kpi.render.report_words import (
    ABOUT,
    LEFT_OUT,
    ORIGINS,
    SOURCES,
    SUMMARY,
    edition_line,
    facts,
    left_out_line,
    origin_names,
    origins,
    period,
    place,
    sources,
)
from hsf_kpi.render.theme import DEMO_GROUND, DEMO_TEXT

_TITLE_BOX = Box(72.0, 93.6, 816.0, 151.2)
_TITLE_SIZES = (36.0, 32.0, 28.0, 24.0)
_WIDTH = TEXT_BOX.width - MARGIN
SUMMARY_SIZES = (20.0, 18.0, 16.0)
CONTENTS = "I avsnittet"
_BADGE = Box(72.0, 60.0, 300.0, 26.0)
_BADGE_INK, _BADGE_GROUND = (
    f'<a:srgbClr val="{colour.removeprefix("#")}"/>' for colour in (DEMO_TEXT, DEMO_GROUND)
)


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
    page.notes([("Rubrik", report.title), *facts(report)])


def summary_slides(deck: Deck, report: Report) -> None:
    """The findings as sentences, the most important first: on one slide where a smaller type lets them stand there, else on
    as many as they need. None without findings.
    """
    for size in SUMMARY_SIZES:
        found = [Words(text, size, before=size / 2, point=True) for text in report.findings]
        if len(pages(found, _WIDTH, TEXT_BOX.height)) == 1:
            break
    _texts(deck, report, SUMMARY, found)


def section_slide(deck: Deck, report: Report, section: Section) -> None:
    """Its heading, what is said under it, and what its figures say; where it has none, that too."""
    found = [Words(line, 20.0, before=8.0) for text in section.intro for line in lines_of(text)]
    if not section.parts and not found:
        found = [Words(left_out_line(one), 18.0, before=8.0) for one in section.left_out]
    said = found or [Words("Inga uppgifter för perioden.", 18.0)]
    _texts(deck, report, section.title, [*said, *_contents(section, tall(said, _WIDTH))])


def _contents(section: Section, used: float) -> Iterator[Words]:
    """What the section's figures say besides what stands above them, `used` points of text: as many titles as the slide has
    room for, then how many more there are.
    """
    above = " ".join(section.intro)
    titles = unique(part.figure.title for part in section.parts if part.figure.title not in above)
    heading = Words(CONTENTS, 14.0, bold=True, before=24.0)
    lines = [Words(title, 14.0, before=4.0, point=True) for title in titles]
    room = TEXT_BOX.height - used - tall([heading], _WIDTH)
    kept = len(lines)
    while kept and tall([*lines[:kept], *_more(len(lines) - kept)], _WIDTH) > room:
        kept -= 1
    if kept:
        yield from (heading, *lines[:kept], *_more(len(lines) - kept))


def _more(count: int) -> list[Words]:
    return [Words(f"och {how_many(count)} till", 14.0, before=4.0)] if count else []


def left_out_slides(deck: Deck, report: Report) -> None:
    """What was asked for and is not there, and why; none where nothing is left out."""
    found = [Words(left_out_line(one), 16.0, before=6.0, point=True) for one in unique(report.left_out)]
    _texts(deck, report, LEFT_OUT, found)


def about_slides(deck: Deck, report: Report) -> None:
    """Sources, what each origin means, and the mark of a frozen report."""
    found = [Words(f"{name}: {text}", 14.0, before=4.0) for name, text in facts(report)]
    for heading, size, texts in (
        (ORIGINS, 14.0, [f"{name}: {means}." for name, means in origins(report)]),
        (SOURCES, 12.0, sources(report)),
    ):
        if texts:
            found.append(Words(heading, 14.0, bold=True, before=12.0))
            found += [Words(text, size, before=3.0, point=True) for text in texts]
    _texts(deck, report, ABOUT, found)


def _subtitle(report: Report) -> Iterator[str]:
    c = report.context
    yield c.path or c.unit
    yield ", ".join(text for text in (period(report), c.as_known) if text)
    if report.meeting:
        yield report.meeting
    if report.edition:
        yield edition_line(report)
    if names := origin_names(report):
        yield f"Ursprung: {names}"


def _texts(deck: Deck, report: Report, title: str, found: list[Words]) -> None:
    """Slides of running text under one title; none without text."""
    if not found:
        return
    parts = pages(found, _WIDTH, TEXT_BOX.height)
    edition = f"utgåva {report.edition.id}" if report.edition else ""
    under = " · ".join(text for text in (report.title, place(report), edition) if text)
    for i, texts in enumerate(parts):
        page = deck.page(TEXT)
        head(page, title, part=(i + 1, len(parts)))
        page.placeholder("Text", 'type="body" idx="1"', written(texts))
        foot(page, [under])
