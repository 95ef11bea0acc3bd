"""Every kind of file that a figure is taken away as, for the export menu and the command line alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hsf_kpi.figures.figure import Figure
from hsf_kpi.model.role import Permission


@dataclass(frozen=True, slots=True)
class FileKind:
    """label: in the export menu. takes: the permission without which it is not handed out. make: the file's bytes."""

    extension: str
    label: str
    mime: str
    takes: Permission
    make: Callable[[Figure], bytes]


# The libraries of the office formats are large, and most visits take no file: they are read when one is made.


def _png(figure: Figure) -> bytes:
    from hsf_kpi.render.image import png

    return png(figure)


def _svg(figure: Figure) -> bytes:
    from hsf_kpi.render.image import svg

    return svg(figure).encode("utf-8")


def _pptx(figure: Figure) -> bytes:
    from hsf_kpi.render.powerpoint import pptx

    return pptx(figure)


def _xlsx(figure: Figure) -> bytes:
    from hsf_kpi.render.excel import xlsx

    return xlsx(figure)


def _csv(figure: Figure) -> bytes:
    from hsf_kpi.render.csv import csv

    return csv(figure)


OFFICE = "application/vnd.openxmlformats-officedocument"
FILES: Mapping[str, FileKind] = {
    kind.extension: kind
    for kind in (
        FileKind("png", "PNG-bild", "image/png", Permission.DOWNLOAD_PICTURE, _png),
        FileKind(
            "pptx",
            "PowerPoint",
            f"{OFFICE}.presentationml.presentation",
            Permission.DOWNLOAD_DATA,
            _pptx,
        ),
        FileKind("xlsx", "Excel", f"{OFFICE}.spreadsheetml.sheet", Permission.DOWNLOAD_DATA, _xlsx),
        FileKind("svg", "SVG-bild", "image/svg+xml", Permission.DOWNLOAD_PICTURE, _svg),
        FileKind("csv", "CSV", "text/csv", Permission.DOWNLOAD_DATA, _csv),
    )
}
"""The common ones first. PowerPoint holds the values in its chart, so it takes what Excel takes."""
