"""From a report to a file: which kinds there are, what they are called, and who makes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hsf_kpi.figures.report import Report
from hsf_kpi.figures.shape import slug
from hsf_kpi.model.problems import NotFound, Problem
from hsf_kpi.model.role import Permission
from hsf_kpi.render.files import FILES
from hsf_kpi.render.progress import Progress, unheard


@dataclass(frozen=True, slots=True)
class Medium:
    """A kind of file, by its extension. takes: the permission without which it is not handed out."""

    id: str
    name: str
    mime: str
    takes: Permission

    @property
    def extension(self) -> str:
        return self.id


def _as_figure(extension: str) -> Medium:
    """Called, sent and permitted as the file of one figure."""
    kind = FILES[extension]
    return Medium(extension, kind.label, kind.mime, kind.takes)


PDF = Medium("pdf", "PDF", "application/pdf", Permission.DOWNLOAD_PICTURE)
MEDIA: Mapping[str, Medium] = {one.id: one for one in (_as_figure("pptx"), PDF, _as_figure("xlsx"))}


def medium(medium_id: str) -> Medium:
    found = MEDIA.get(medium_id)
    if found is None:
        raise NotFound(Problem(f"Filslaget ”{medium_id}” finns inte.", "format", f"Välj {', '.join(MEDIA)}."))
    return found


def make(report: Report, medium_id: str, told: Progress = unheard) -> bytes:
    """The file, made here and now. told: figures done. RenderError when it can't be made; the same report gives the same
    bytes.
    """
    return _maker(medium(medium_id).id)(report, told)


def file_name(report: Report, extension: str) -> str:
    """«hsf-nyckeltal_manadsuppfoljning_kirurgkliniken_2023-10_utgava-7c1f20ab.pptx»: only a–z, 0–9, -, _ and the dot."""
    context = report.context
    parts = (
        "hsf-nyckeltal",
        slug(report.template),
        slug(context.unit_id),
        report.month,
        f"per-{context.known.isoformat()}" if context.known else "",
        f"utgava-{report.edition.hash[:8]}" if report.edition else "",
    )
    return f"{'_'.join(part for part in parts if part)}.{slug(extension)}"


def _maker(medium_id: str) -> Callable[[Report, Progress], bytes]:
    """Read when it is asked for: the libraries of the office formats are large, and most visits make no file."""
    if medium_id == "pptx":
        from hsf_kpi.render.powerpoint import report_pptx

        return report_pptx
    if medium_id == "pdf":
        from hsf_kpi.render.pdf import report_pdf

        return report_pdf
    from hsf_kpi.render.excel import report_xlsx

    return report_xlsx
