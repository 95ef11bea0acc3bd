"""A deck under making: slides with their shapes, charts, notes, and the package that is saved."""

from __future__ import annotations

import datetime as dt
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from pptx import Presentation
from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import OpcPackage
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.parts.chart import ChartPart
from pptx.parts.embeddedpackage import EmbeddedXlsxPart
from pptx.slide import Slide

from hsf_kpi.render.characters import plain
from hsf_kpi.render.native.types import NativeChart
from hsf_kpi.render.office import LANGUAGE, NAME
from hsf_kpi.render.powerpoint import shapes
from hsf_kpi.render.powerpoint.chart import Room, broken_names, chart_xml
from hsf_kpi.render.powerpoint.package import timeless
from hsf_kpi.render.powerpoint.shapes import Box
from hsf_kpi.render.powerpoint.template import template
from hsf_kpi.render.powerpoint.text import lines_of, paragraph, run
from hsf_kpi.render.powerpoint.workbook import sheet_of

LONGEST = 255
"""Signs of a property of the file."""


class Deck:
    """`day`: when it is made, in the properties of the file."""

    def __init__(self, title: str, subject: str, day: dt.date) -> None:
        self.day = day
        self._charts = 0
        self._deck = Presentation(io.BytesIO(template()))
        # The library looks through every part for a free name, each time: with a hundred slides that is most of its time.
        self._deck.part.package.next_partname = _Names(self._deck.part.package).next  # type: ignore[method-assign]
        told = self._deck.core_properties
        told.title, told.subject = plain(title)[:LONGEST], plain(subject)[:LONGEST]
        told.author = told.last_modified_by = NAME
        told.language = LANGUAGE
        told.created = told.modified = dt.datetime(day.year, day.month, day.day)

    def page(self, layout: int) -> Page:
        """A new slide, empty; layout: of `template`."""
        slides = self._deck.slides
        # As the library's own add_slide, without the placeholders that it would copy and we would take away.
        key, slide = slides.part.add_slide(self._deck.slide_layouts[layout])
        slides._sldIdLst.add_sldId(key)
        return Page(self, slide)

    def numbered(self) -> int:
        """The number of the next chart, from 1."""
        self._charts += 1
        return self._charts

    def saved(self) -> bytes:
        """The same bytes for the same slides."""
        packed = io.BytesIO()
        self._deck.save(packed)
        return timeless(packed.getvalue())


class _Names:
    """The next free name of a part: «/ppt/notesSlides/notesSlide%d.xml» → with 1, 2, 3 …, beyond those that are there."""

    def __init__(self, package: OpcPackage) -> None:
        self._taken = {part.partname for part in package.iter_parts()}
        self._latest: Counter[str] = Counter()

    def next(self, tmpl: str) -> PackURI:
        while True:
            self._latest[tmpl] += 1
            name = PackURI(tmpl % self._latest[tmpl])
            if name not in self._taken:
                return name


class Page:
    """One slide; what is put on it is read in that order. Shapes get their numbers here."""

    def __init__(self, deck: Deck, slide: Slide) -> None:
        self._deck = deck
        self._slide = slide
        self._tree = slide.element.cSld.spTree
        self._last = 1

    def placeholder(self, name: str, kind: str, paragraphs: Sequence[str], box: Box | None = None) -> None:
        self._put(shapes.placeholder(self._next(), name, kind, paragraphs, box))

    def words(
        self, name: str, box: Box, paragraphs: Sequence[str], *, fill: str = "", inset: float = 0.0
    ) -> None:
        self._put(shapes.words(self._next(), name, box, paragraphs, fill=fill, inset=inset))

    def table(self, box: Box, told: str, inside: str) -> None:
        """inside: as `table_xml` writes it. told: its text alternative."""
        self._put(shapes.frame(self._next(), "Tabell", told, box, shapes.TABLE, inside))

    def chart(self, chart: NativeChart, box: Box, told: str) -> None:
        """A chart that PowerPoint draws itself, with its numbers in a workbook of its own. told: its text alternative."""
        room = Room(box.width, box.height)
        chart = broken_names(chart, room)
        sheet = sheet_of(chart)
        package = self._slide.part.package
        number = self._deck.numbered()
        part = ChartPart.load(
            PackURI(f"/ppt/charts/chart{number}.xml"),
            CONTENT_TYPE.DML_CHART,
            package,
            chart_xml(chart, sheet, room),
        )
        part.chart_workbook.xlsx_part = EmbeddedXlsxPart(
            PackURI(f"/ppt/embeddings/Microsoft_Excel_Sheet{number}.xlsx"),
            CONTENT_TYPE.SML_SHEET,
            package,
            sheet.xlsx(self._deck.day, chart.value.cell_format),
        )
        key = self._slide.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
        inside = f'<c:chart xmlns:c="{shapes.CHART}" r:id="{key}"/>'
        self._put(shapes.frame(self._next(), chart.title or "Diagram", told, box, shapes.CHART, inside))

    def numbered(self) -> None:
        self._put(shapes.number_of_slide(self._next()))

    def notes(self, lines: Iterable[tuple[str, str]]) -> None:
        """Speaker notes: «Rubrik: …», one a line."""
        place = self._slide.notes_slide.notes_placeholder
        if place is None:
            raise ValueError("the notes master has no place for text")
        body: Any = place.element.txBody
        for old in body.p_lst:
            body.remove(old)
        for name, text in lines:
            head, *rest = lines_of(text) or [""]
            for line in (f"{name}: {head}", *rest):
                body.append(_parsed(paragraph(run(line)), shapes.NAMESPACES))

    def _next(self) -> int:
        self._last += 1
        return self._last

    def _put(self, shape: str) -> None:
        self._tree.append(_parsed(shape, shapes.NAMESPACES))


def _parsed(xml: str, namespaces: str) -> Any:
    """The element, its first tag told of the namespaces."""
    end = min(at for at in (xml.find(" "), xml.find(">")) if at > 0)
    return parse_xml(f"{xml[:end]} {namespaces}{xml[end:]}")
