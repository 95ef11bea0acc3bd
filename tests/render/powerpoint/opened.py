"""A deck opened with other means than wrote it: the archive, its XML, and the workbooks inside its charts."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

from lxml import etree
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

NS = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
Element = etree._Element


def texts(element: Element) -> list[str]:
    """Paragraph by paragraph."""
    return ["".join(p.xpath(".//a:t/text()", namespaces=NS)) for p in element.iter(f"{{{NS['a']}}}p")]


@dataclass(frozen=True)
class Chart:
    root: Element
    sheet: Worksheet

    @property
    def series(self) -> list[Element]:
        return self.find("//c:ser")

    def find(self, path: str) -> list[Element]:
        return self.root.xpath(path, namespaces=NS)

    def cached(self, series: Element, kind: str) -> list[float | str | None]:
        """The values that the chart part itself holds, in the order of the cells."""
        (data,) = series.xpath(f"c:{kind}/*/*[c:ptCount]", namespaces=NS)
        found: list[float | str | None] = [None] * int(data.find("c:ptCount", NS).get("val"))
        for point in data.findall("c:pt", NS):
            text = point.find("c:v", NS).text
            found[int(point.get("idx"))] = text if data.tag.endswith("strCache") else float(text)
        return found

    def cells(self, series: Element, kind: str) -> list[object]:
        """What the workbook has where the chart says that the values lie."""
        (place,) = series.xpath(f"c:{kind}/*/c:f/text()", namespaces=NS)
        sheet, _, area = place.partition("!")
        assert sheet == self.sheet.title
        found = self.sheet[area.replace("$", "")]
        return [row[0].value for row in found] if isinstance(found, tuple) else [found.value]


class Opened:
    def __init__(self, packed: bytes) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(packed))
        assert self.archive.testzip() is None
        self.names = self.archive.namelist()

    def xml(self, name: str) -> Element:
        return etree.fromstring(self.archive.read(name))

    def parts(self, folder: str) -> list[str]:
        """«ppt/slides» → its parts in the order of their numbers."""
        found = [n for n in self.names if re.fullmatch(rf"{folder}/\w+?\d+\.xml", n)]
        return sorted(found, key=lambda n: int(re.findall(r"\d+", n)[-1]))

    @property
    def slides(self) -> list[Element]:
        return [self.xml(name) for name in self.parts("ppt/slides")]

    def related(self, name: str, kind: str) -> list[str]:
        folder, _, file = name.rpartition("/")
        links = self.xml(f"{folder}/_rels/{file}.rels")
        return [
            _joined(folder, link.get("Target"))
            for link in links.iter(_RELATION)
            if link.get("Type").endswith(f"/{kind}")
        ]

    def notes(self, slide: int) -> list[str]:
        name = self.parts("ppt/slides")[slide]
        (found,) = self.related(name, "notesSlide")
        (body,) = self.xml(found).xpath("//p:sp[.//p:ph[@type='body']]", namespaces=NS)
        return texts(body)

    @property
    def charts(self) -> list[Chart]:
        return [self.chart(name) for name in self.parts("ppt/charts")]

    def chart(self, name: str) -> Chart:
        (book,) = self.related(name, "package")
        return Chart(self.xml(name), load_workbook(io.BytesIO(self.archive.read(book))).worksheets[0])

    def titles(self) -> list[str]:
        return [" ".join(texts(self.title(slide))) for slide in self.slides]

    def title(self, slide: Element) -> Element:
        (found,) = slide.xpath("//p:sp[.//p:ph[@type='title' or @type='ctrTitle']]", namespaces=NS)
        return found

    def told(self, slide: int) -> list[str]:
        """The text alternatives of the slide's charts and tables."""
        return self.slides[slide].xpath("//p:graphicFrame//p:cNvPr/@descr", namespaces=NS)

    def words(self) -> str:
        """All text on all slides, a paragraph a line."""
        return "\n".join(text for slide in self.slides for text in texts(slide))


def _joined(folder: str, target: str) -> str:
    parts = folder.split("/")
    for step in target.split("/"):
        parts = parts[:-1] if step == ".." else [*parts, step]
    return "/".join(parts)
