"""What every file of a report says of itself: the same words in PowerPoint, Excel and PDF."""

from __future__ import annotations

import datetime as dt
import html
import io
import re
import zipfile
from dataclasses import replace

import pytest

from hsf_kpi.figures.figure import FigureKind
from hsf_kpi.figures.report import EditionMark, Report
from hsf_kpi.model.codes import Origin
from hsf_kpi.render.excel import report_xlsx
from hsf_kpi.render.pdf import report_pdf
from hsf_kpi.render.powerpoint import report_pptx
from hsf_kpi.render.report_words import edition_line, facts, origins, sources
from tests.figures.report_samples import figure, report
from tests.render.pdf.pdf_samples import flat, text_of

MARK = EditionMark(
    "2023-10-hsf-7c1f20ab", "7c1f20ab" * 8, dt.datetime(2023, 11, 20, 23, 30, tzinfo=dt.UTC), "Controller", 14
)
TABLE = figure(kind=FigureKind.TABLE, comments=())
LOADED = replace(
    TABLE,
    title="Inlästa tal",
    source="Källa: Mål: Förvaltningsplan. Inläst (a.xlsx; b.xlsx); demodata.",
    origins=frozenset({Origin.LOADED}),
)


def office(file: bytes) -> str:
    """Every text of the parts, in no order."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")]
    return flat(html.unescape(re.sub(r"<[^>]*>", "", " ".join(parts))))


@pytest.mark.parametrize(
    ("make", "read"),
    [(report_pptx, office), (report_xlsx, office), (report_pdf, lambda file: flat(text_of(file)))],
)
@pytest.mark.parametrize("edition", [MARK, None])
def test_every_file_tells_the_same_facts_origins_and_sources(make, read, edition):
    whole: Report = report(TABLE, LOADED, edition=edition)
    told = read(make(whole)).casefold()
    for words in (
        *(text for _, text in facts(whole)),
        *(text for pair in origins(whole) for text in pair),
        *sources(whole),
    ):
        assert flat(words).casefold() in told, words


def test_the_facts_name_the_edition_or_say_that_there_is_none():
    frozen = dict(facts(report(TABLE, edition=MARK)))
    assert frozen["Utgåva"] == MARK.id
    assert frozen["Fryst"] == "21 november 2023 kl. 00.30 av Controller", "Swedish time"
    assert frozen["Period"] == "oktober 2023, preliminärt"
    assert edition_line(report(TABLE, edition=MARK)).endswith("fryst 21 november 2023 kl. 00.30")
    loose = report(TABLE)
    assert dict(facts(loose))["Utgåva"].startswith("Inte fryst")
    assert edition_line(loose) == ""


def test_sources_are_told_once_and_apart():
    assert sources(report(TABLE, LOADED)) == ("Demodata", "Förvaltningsplan", "Inläst (a.xlsx; b.xlsx)")
    assert sources(report()) == ()
