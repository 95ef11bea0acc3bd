"""Source profiles from TOML: those that come with the product, and those written in the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from hsf_kpi.ingest.definitions.files import PROFILES, label, parse_toml, read_text
from hsf_kpi.ingest.definitions.words import shape_problems
from hsf_kpi.ingest.profiles.check import profile_problems
from hsf_kpi.ingest.profiles.shapes import ProfileShape
from hsf_kpi.model.problems import DefinitionError, Problem
from hsf_kpi.model.profile import Column, Profile, WideColumn


def read_profiles(folder: Path, saved: Mapping[str, tuple[int, str]] = {}) -> tuple[Profile, ...]:
    """The profiles of data/profiles and the saved ones (key → version, TOML text), by title. A saved one takes the place
    of a shipped one with the same key. DefinitionError with every problem of every profile.
    """
    found: dict[str, Profile] = {}
    problems: list[Problem] = []
    place = folder / PROFILES
    for path in sorted(place.glob("*.toml")) if place.is_dir() else []:
        name = label(folder, path)
        text = read_text(path, name)
        if isinstance(text, Problem):
            problems.append(text)
            continue
        profile = _try(text, name, problems)
        if profile is None:
            continue
        if profile.key != path.stem:
            problems.append(
                Problem(
                    f"Filen heter ”{path.stem}” men key är ”{profile.key}”.",
                    f"{name}: key",
                    "Ge filen och profilen samma namn.",
                )
            )
        found[profile.key] = profile
    for key, (version, text) in saved.items():
        profile = _try(text, f"den sparade profilen ”{key}”", problems)
        if profile is not None:
            found[key] = replace(profile, key=key, saved=True, version=version)
    if problems:
        raise DefinitionError(problems)
    return tuple(sorted(found.values(), key=lambda profile: (profile.saved, profile.title, profile.key)))


def parse_profile(text: str, where: str) -> Profile:
    """One profile. where: how the text is named in what is told. DefinitionError with every problem."""
    raw = parse_toml(text, where)
    if isinstance(raw, Problem):
        raise DefinitionError(raw)
    try:
        shape = ProfileShape.model_validate(raw)
    except ValidationError as error:
        raise DefinitionError(shape_problems(error, where, _named(raw), ProfileShape)) from None
    profile = _built(shape)
    if problems := profile_problems(profile, where):
        raise DefinitionError(problems)
    return profile


def _try(text: str, where: str, problems: list[Problem]) -> Profile | None:
    try:
        return parse_profile(text, where)
    except DefinitionError as error:
        problems.extend(error.problems)
        return None


def _named(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The same with columns that are called by their field in what is told («column[unit].scale»)."""
    columns = raw.get("column")
    if not isinstance(columns, list):
        return dict(raw)
    return {**raw, "column": [{**c, "id": c.get("field")} if isinstance(c, dict) else c for c in columns]}


def _built(shape: ProfileShape) -> Profile:
    return Profile(
        key=shape.key,
        title=shape.title,
        system=shape.system,
        holds=shape.holds,
        about=shape.about,
        columns=tuple(
            Column(c.field, tuple(c.names), c.fixed, dict(c.values), c.scale, c.required)
            for c in shape.column
        ),
        wide=tuple(WideColumn(w.name, w.measure, w.component, w.scale, w.sex or "") for w in shape.wide),
        units_by=shape.units_by,
        units=dict(shape.units),
        measures=dict(shape.measures),
        accounts=dict(shape.accounts),
        reversed_accounts=frozenset(shape.reversed_accounts),
        decimals=shape.decimals,
        sheet=shape.sheet,
        header_row=shape.header_row,
        skip={name: tuple(texts) for name, texts in shape.skip.items()},
    )
