"""From the folder of definition files to one catalogue: shape first, then meaning, every problem at once."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping
from pathlib import Path

from hsf_kpi.ingest.definitions.files import fingerprint, label, read_text
from hsf_kpi.ingest.definitions.measures import build_measure, check_measures, check_plan
from hsf_kpi.ingest.definitions.organisation import build_organisation, check_organisation
from hsf_kpi.ingest.definitions.ramar import Ram, build_ramar
from hsf_kpi.ingest.definitions.reading import Files, read_files
from hsf_kpi.ingest.definitions.source_errors import (
    build_source_errors,
    check_source_errors,
    no_longer_found,
)
from hsf_kpi.ingest.definitions.targets import build_baselines, build_targets, check_targets
from hsf_kpi.model.catalogue import Catalogue, GoalArea
from hsf_kpi.model.problems import DefinitionError, Problem

KOLADA = "kolada"


def read_catalogue(folder: Path) -> Catalogue:
    """All definitions of the folder. DefinitionError with every problem of every file when any is wrong."""
    files = _read(folder)
    # No problems: so all were read.
    assert files.plan
    assert files.organisation
    assert files.source_errors
    targets, baselines = build_targets(files.targets), build_baselines(files.targets)
    measures = [
        build_measure(read, targets.get(read.key, []), baselines.get(read.key, [])) for read in files.measures
    ]
    # The plan's rows first, in its order; then what stands outside the plan, by key.
    measures.sort(key=lambda m: (m.row is None, m.row or 0, m.key))
    return Catalogue(
        organisation=build_organisation(files.organisation),
        measures={measure.key: measure for measure in measures},
        goal_areas=tuple(GoalArea(a.id, a.name, tuple(a.goals)) for a in files.plan.goal_area),
        source_errors=build_source_errors(files.source_errors),
        fingerprint=fingerprint(folder),
    )


def read_ramar(folder: Path) -> tuple[Ram, ...]:
    """The frames in mnkr, by unit and year. DefinitionError as for the catalogue."""
    files = _read(folder)
    assert files.organisation
    return build_ramar(files.organisation)


def check_source(folder: Path, source: str, text: str) -> list[Problem]:
    """The known errors in `source` that no longer stand in its text. DefinitionError as for the catalogue."""
    files = _read(folder)
    assert files.source_errors
    return no_longer_found(files.source_errors, source, text, label(folder, folder / "source_errors.toml"))


def _read(folder: Path) -> Files:
    files = read_files(folder)
    problems = [*files.problems, *_meaning(folder, files)]
    if problems:
        raise DefinitionError(problems)
    return files


def _meaning(folder: Path, files: Files) -> list[Problem]:
    problems: list[Problem] = []
    units = None
    if files.plan is not None:
        problems += check_plan(files.plan, label(folder, folder / "plan.toml"))
    if files.organisation is not None:
        problems += check_organisation(files.organisation, label(folder, folder / "organisation.toml"))
        units = build_organisation(files.organisation).units
    problems += check_measures(
        files.measures,
        complete=files.measures_complete,
        plan=files.plan,
        units=units,
        series=_known_series(folder),
    )
    problems += check_targets(
        files.targets,
        files.measures,
        measures_complete=files.measures_complete,
        complete=files.targets_complete,
    )
    if files.source_errors is not None:
        problems += check_source_errors(
            files.source_errors, files, label(folder, folder / "source_errors.toml")
        )
    return problems


def _known_series(folder: Path) -> Mapping[str, Collection[str]]:
    """The ids of the published list. One that is missing or unreadable is the published reader's to tell."""
    path = folder / "published" / "kolada_indicators.csv"
    text = read_text(path, path.name) if path.exists() else None
    if not isinstance(text, str):
        return {}
    ids = {row.get("kolada_id") or "" for row in csv.DictReader(io.StringIO(text, newline=None))}
    return {KOLADA: ids}
