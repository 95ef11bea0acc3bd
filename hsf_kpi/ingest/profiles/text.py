"""A profile as the TOML text that it is saved as."""

from __future__ import annotations

from typing import Any

import tomli_w

from hsf_kpi.model.profile import Column, Decimals, Profile, UnitKey, WideColumn


def profile_text(profile: Profile) -> str:
    """The TOML that `parse_profile` reads back as the same profile (but for `saved` and `version`, which are not in it).

    What is as usual is left out.
    """
    told: dict[str, Any] = {
        "key": profile.key,
        "title": profile.title,
        "system": profile.system,
        "holds": profile.holds.value,
        "about": profile.about,
        "units_by": "" if profile.units_by is UnitKey.ID else profile.units_by.value,
        "decimals": "" if profile.decimals is Decimals.AUTO else profile.decimals.value,
        "sheet": profile.sheet,
        "header_row": profile.header_row,
        "reversed_accounts": sorted(profile.reversed_accounts),
        "column": [_column(column) for column in profile.columns],
        "wide": [_wide(column) for column in profile.wide],
        "units": dict(profile.units),
        "measures": dict(profile.measures),
        "accounts": dict(profile.accounts),
        "skip": {name: list(texts) for name, texts in profile.skip.items()},
    }
    return tomli_w.dumps({name: value for name, value in told.items() if value})


def _column(column: Column) -> dict[str, Any]:
    told: dict[str, Any] = {
        "field": column.field,
        "names": list(column.names),
        "fixed": column.fixed,
        "scale": "" if column.scale == "1" else column.scale,
        "values": dict(column.values),
    }
    kept = {name: value for name, value in told.items() if value}
    return kept if column.required else {**kept, "required": False}


def _wide(column: WideColumn) -> dict[str, Any]:
    told = {"name": column.name, "measure": column.measure, "component": column.component, "sex": column.sex}
    if column.scale != "1":
        told["scale"] = column.scale
    return {name: value for name, value in told.items() if value}
