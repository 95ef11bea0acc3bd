"""From the folder of definition files to one catalogue: shape first, then meaning, every problem at once."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypedDict

from hsf_kpi.ingest.definitions.account_plan import build_ledger_accounts, check_ledger_accounts
from hsf_kpi.ingest.definitions.around import Around
from hsf_kpi.ingest.definitions.comparison import build_comparison, check_comparison, check_counted
from hsf_kpi.ingest.definitions.derived import check_derived
from hsf_kpi.ingest.definitions.files import DefinitionFiles
from hsf_kpi.ingest.definitions.levers import build_levers, check_levers
from hsf_kpi.ingest.definitions.measures import build_measure, check_measures, check_plan
from hsf_kpi.ingest.definitions.missions import FILE as MISSIONS
from hsf_kpi.ingest.definitions.missions_shapes import MissionsShape
from hsf_kpi.ingest.definitions.organisation import build_organisation, check_organisation
from hsf_kpi.ingest.definitions.plan_tables import build_plan_table, check_plan_table
from hsf_kpi.ingest.definitions.public_facts import FILE as FACTS
from hsf_kpi.ingest.definitions.public_facts import PublicFacts
from hsf_kpi.ingest.definitions.ramar import Ram, Ramar, build_ramar
from hsf_kpi.ingest.definitions.reading import Files, read_files
from hsf_kpi.ingest.definitions.rebases import build_rebases, check_rebases
from hsf_kpi.ingest.definitions.roles import build_demo_people, build_roles, check_roles
from hsf_kpi.ingest.definitions.sections import SECTIONS
from hsf_kpi.ingest.definitions.shapes import Shape
from hsf_kpi.ingest.definitions.source_errors import (
    build_source_errors,
    check_source_errors,
    no_longer_found,
)
from hsf_kpi.ingest.definitions.targets import build_baselines, build_targets, check_targets
from hsf_kpi.model.account_plan import LedgerAccount
from hsf_kpi.model.catalogue import Catalogue, GoalArea
from hsf_kpi.model.lever import Lever
from hsf_kpi.model.plan_table import PlanTable
from hsf_kpi.model.problems import DefinitionError, Problem

KOLADA = "kolada"


class LedgerPart(TypedDict, total=False):
    ledger_accounts: tuple[LedgerAccount, ...]
    ledger_seen_with: str
    levers: tuple[Lever, ...]


def read_catalogue(folder: Path, overlay: Mapping[str, str] = MappingProxyType({})) -> Catalogue:
    """All definitions of the folder, with those of `overlay` (path below the folder → text) beside them or, where the path
    is the same, in their place. DefinitionError with every problem of every file when any is wrong.
    """
    there = DefinitionFiles(folder, dict(overlay))
    files, sections = _read(there)
    # No problems: so all were read.
    assert files.plan
    assert files.organisation
    assert files.source_errors
    assert files.roles
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
        fingerprint=there.fingerprint(),
        loaded=there.loaded,
        roles=build_roles(files.roles, [measure.key for measure in measures]),
        demo_people=build_demo_people(files.roles),
        plan_tables=_plan_tables(files),
        comparison_groups=() if files.comparison is None else build_comparison(files.comparison[1]),
        rebases=() if files.trend is None else build_rebases(files.trend[1]),
        **_ledger(files),
        **sections,
    )


def read_ramar(folder: Path) -> tuple[Ram, ...]:
    """The frames in mnkr, by unit and year. DefinitionError as for the catalogue."""
    files, _ = _read(DefinitionFiles(folder))
    assert files.organisation
    return build_ramar(files.organisation)


def check_source(folder: Path, source: str, text: str) -> list[Problem]:
    """The known errors in `source` that no longer stand in its text. DefinitionError as for the catalogue."""
    there = DefinitionFiles(folder)
    files, _ = _read(there)
    assert files.source_errors
    return no_longer_found(files.source_errors, source, text, there.label("source_errors.toml"))


def _ledger(files: Files) -> LedgerPart:
    """What the folder economy/ says of the ledger; without its files, what a catalogue has by itself."""
    found: LedgerPart = {}
    if files.account_plan is not None:
        accounts = files.account_plan[1]
        found["ledger_accounts"] = build_ledger_accounts(accounts)
        found["ledger_seen_with"] = accounts.seen_with
    if files.levers is not None:
        found["levers"] = build_levers(files.levers[1])
    return found


def _plan_tables(files: Files) -> tuple[PlanTable, ...]:
    """In the plan's order."""
    ramar = _ramar(files)
    assert ramar
    shapes = sorted((shape for _, shape in files.plan_tables), key=lambda shape: (shape.order, shape.id))
    return tuple(build_plan_table(shape, ramar) for shape in shapes)


def _ramar(files: Files) -> Ramar | None:
    if files.organisation is None:
        return None
    return Ramar.of(build_ramar(files.organisation), {unit.id for unit in files.organisation.unit})


def _read(folder: DefinitionFiles) -> tuple[Files, dict[str, Any]]:
    """The files, and the catalogue's fields that the sections make, of those that are there. DefinitionError with every
    problem.
    """
    files = read_files(folder)
    sections = _read_sections(folder, files)
    problems = [*files.problems, *_meaning(folder, files)]
    around = _around(folder, files, sections)
    there = [section for section in SECTIONS if section.file in sections]
    for section in there:
        problems += section.check(sections[section.file], folder.label(section.file), around)
    if problems:
        raise DefinitionError(problems)
    return files, {section.field: section.made(sections[section.file], around) for section in there}


def _read_sections(folder: DefinitionFiles, files: Files) -> dict[str, Shape]:
    """Those that are there and have the right shape. The faults of the others join those of `files`."""
    found = {
        section.file: files.parse(folder.label(section.file), folder.toml(section.file), section.shape)
        for section in SECTIONS
        if folder.has(section.file)
    }
    return {name: shape for name, shape in found.items() if shape is not None}


def _around(folder: DefinitionFiles, files: Files, sections: Mapping[str, Shape]) -> Around:
    units = None if files.organisation is None else build_organisation(files.organisation).units
    missions = sections.get(MISSIONS)
    return Around(
        goal_areas=None if files.plan is None else {area.id for area in files.plan.goal_area},
        units=units,
        measures=_keys(files),
        series=_known_series(folder).get(KOLADA, ()),
        focus_areas={one.id for one in missions.focus_area} if isinstance(missions, MissionsShape) else None,
        facts=PublicFacts(folder.text(FACTS) if folder.has(FACTS) else None, folder.label(FACTS)),
    )


def _meaning(folder: DefinitionFiles, files: Files) -> list[Problem]:
    problems: list[Problem] = []
    units = None
    if files.plan is not None:
        problems += check_plan(files.plan, folder.label("plan.toml"))
    if files.organisation is not None:
        name = folder.label("organisation.toml")
        problems += [_in_changes(p, name, files) for p in check_organisation(files.organisation, name)]
        units = build_organisation(files.organisation).units
    problems += check_measures(
        files.measures,
        complete=files.measures_complete,
        plan=files.plan,
        units=units,
        series=_known_series(folder),
    )
    problems += check_counted(files.measures)
    if files.comparison is not None:
        name, comparison = files.comparison
        problems += check_comparison(comparison, name, units=units)
    if files.trend is not None:
        name, trend = files.trend
        known = {read.key: read.shape for read in files.measures} if files.measures_complete else None
        problems += check_rebases(trend, name, measures=known, units=units)
    problems += check_targets(
        files.targets,
        files.measures,
        measures_complete=files.measures_complete,
        complete=files.targets_complete,
        changes=[name for name, _ in files.target_changes],
    )
    if files.roles is not None:
        problems += check_roles(
            files.roles,
            folder.label("roles.toml"),
            measures=files.measures,
            measures_complete=files.measures_complete,
            units=units,
        )
    if files.source_errors is not None:
        problems += check_source_errors(files.source_errors, files, folder.label("source_errors.toml"))
    return problems + _economy(files)


def _in_changes(problem: Problem, name: str, files: Files) -> Problem:
    """A fault of a unit that a file of changes speaks of is told there."""
    found = re.match(re.escape(name) + r": unit\[([a-z0-9-]+)\]", problem.where)
    file = files.changed_units.get(found[1]) if found else None
    return problem if file is None else replace(problem, where=file + problem.where.removeprefix(name))


def _economy(files: Files) -> list[Problem]:
    known = files.source_errors
    errors = None if known is None else {error.id: error for error in known.source_error}
    ramar = _ramar(files)
    problems = [
        problem
        for name, shape in files.plan_tables
        for problem in check_plan_table(shape, name, ramar=ramar, source_errors=errors)
    ]
    if files.account_plan is not None:
        name, accounts = files.account_plan
        problems += check_ledger_accounts(accounts, name, measures=_keys(files))
    plan = None if files.account_plan is None else files.account_plan[1]
    problems += check_derived(files.measures, complete=files.measures_complete, accounts=plan)
    if files.levers is not None:
        name, levers = files.levers
        problems += check_levers(levers, name, accounts=plan)
    return problems


def _keys(files: Files) -> Collection[str] | None:
    return {read.key for read in files.measures} if files.measures_complete else None


def _known_series(folder: DefinitionFiles) -> Mapping[str, Collection[str]]:
    """The ids of the published list. One that is missing or unreadable is the published reader's to tell."""
    name = "published/kolada_indicators.csv"
    text = folder.text(name) if folder.has(name) else None
    if not isinstance(text, str):
        return {}
    ids = {row.get("kolada_id") or "" for row in csv.DictReader(io.StringIO(text, newline=None))}
    return {KOLADA: ids}
