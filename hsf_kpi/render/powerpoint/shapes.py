"""What stands on a slide, in PresentationML: titles, texts, frames around charts and tables. Sizes in points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hsf_kpi.render.powerpoint.ink import EMU
from hsf_kpi.render.powerpoint.template import HEIGHT, WIDTH
from hsf_kpi.render.powerpoint.text import attribute

_P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
NAMESPACES = f"{_A} {_P} {_R}"
MARGIN = 36.0
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def below(self, used: float) -> Box:
        """What is left under the first `used` points."""
        return replace(self, y=self.y + used, height=self.height - used)

    def grid(self, count: int, gap: float = 14.0) -> list[Box]:
        """Equal boxes from left to right and down."""
        across = 2 if count == 4 else min(count, 3 if count <= 9 else 4)
        down = -(-count // across)
        width = (self.width - gap * (across - 1)) / across
        height = (self.height - gap * (down - 1)) / down
        return [
            Box(self.x + (i % across) * (width + gap), self.y + (i // across) * (height + gap), width, height)
            for i in range(count)
        ]


INNER = WIDTH - 2 * MARGIN
TITLE_BOX = Box(MARGIN, 25.2, INNER, 68.4)
CAPTION_BOX = Box(MARGIN, 96.5, INNER, 20.0)
TEXT_BOX = Box(MARGIN, 112.0, INNER, 372.0)
FOOT_WIDTH = 842.0
FOOT_END = HEIGHT - 14.4


def placeholder(number: int, name: str, kind: str, paragraphs: Sequence[str], box: Box | None = None) -> str:
    """A text of the layout's own. kind: as its layout has it (`type="title"`). box: where it differs from the layout's."""
    place = f"<p:spPr>{_place(box, 'a')}</p:spPr>" if box else "<p:spPr/>"
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr>{place}"
        f"<p:txBody><a:bodyPr/><a:lstStyle/>{''.join(paragraphs) or '<a:p/>'}</p:txBody></p:sp>"
    )


def words(
    number: int, name: str, box: Box, paragraphs: Sequence[str], *, fill: str = "", inset: float = 0.0
) -> str:
    """A box of text that no layout has."""
    edge = round(inset * EMU)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>'
        f'{_place(box, "a")}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill or "<a:noFill/>"}</p:spPr>'
        f'<p:txBody><a:bodyPr wrap="square" lIns="{edge}" tIns="{edge}" rIns="{edge}" bIns="{edge}"/>'
        f"<a:lstStyle/>{''.join(paragraphs) or '<a:p/>'}</p:txBody></p:sp>"
    )


def number_of_slide(number: int) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Bildnummer"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        '<p:nvPr><p:ph type="sldNum" sz="quarter" idx="12"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/>'
        '<a:lstStyle/><a:p><a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum">'
        '<a:rPr lang="sv-SE"/><a:t>‹#›</a:t></a:fld></a:p></p:txBody></p:sp>'
    )


def frame(number: int, name: str, told: str, box: Box, uri: str, inside: str) -> str:
    """A graphic frame. told: its text alternative. inside: the table, or the reference to the chart."""
    return (
        f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{number}" name="{attribute(name)}" descr="{attribute(told)}"/>'
        '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
        f'{_place(box, "p")}<a:graphic><a:graphicData uri="{uri}">{inside}</a:graphicData></a:graphic></p:graphicFrame>'
    )


def _place(box: Box, prefix: str) -> str:
    x, y, width, height = (round(n * EMU) for n in (box.x, box.y, box.width, box.height))
    return f'<{prefix}:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></{prefix}:xfrm>'
