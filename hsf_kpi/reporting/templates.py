"""The report templates as they stand on disk just now: a region changes them without starting anything anew."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from hsf_kpi.ingest.definitions.report_templates import ReportTemplates, read_templates, template_files
from hsf_kpi.model.problems import NotFound, Problem
from hsf_kpi.model.template import ReportTemplate
from hsf_kpi.workspace import Workspace

Stamp = tuple[tuple[str, int, int], ...]


def templates_of(workspace: Workspace) -> ReportTemplates:
    """Those that can be used, in order, and what is wrong in the files."""
    folder = workspace.home.data_dir
    return _read(folder, _stamp(folder), frozenset(workspace.catalogue.measures))


def template_of(workspace: Workspace, template_id: str) -> ReportTemplate:
    """NotFound, in words, for one that there is not."""
    found = templates_of(workspace).templates
    for template in found:
        if template.id == template_id:
            return template
    there = ", ".join(template.id for template in found) or "inga"
    raise NotFound(Problem(f"Rapportmallen ”{template_id}” finns inte.", "mall", f"De som finns: {there}."))


def _stamp(folder: Path) -> Stamp:
    """Changes when a file does, or goes."""
    return tuple(_of_file(path) for path in template_files(folder))


def _of_file(path: Path) -> tuple[str, int, int]:
    try:
        stat = path.stat()
    except OSError:
        # Gone since it was listed, or a link to nowhere: what is wrong with it is told by who reads it.
        return path.name, 0, 0
    return path.name, stat.st_mtime_ns, stat.st_size


@lru_cache(maxsize=8)
def _read(folder: Path, _files: Stamp, measures: frozenset[str]) -> ReportTemplates:
    return read_templates(folder, measures)
