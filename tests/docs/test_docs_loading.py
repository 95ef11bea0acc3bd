"""docs/loading.md held against the program: the fields and headings of each format, and every example, for real."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from hsf_kpi import ROOT
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.ingest.incoming import incoming
from hsf_kpi.ingest.profiles import read_profiles
from hsf_kpi.model.profile import FIELDS

TEXT = (ROOT / "docs" / "loading.md").read_text(encoding="utf-8")
PROFILES = {profile.key: profile for profile in read_profiles(ROOT / "data")}
FORMATS = re.findall(r"^### [^:\n]+: `([a-z-]+)`$", TEXT, re.M)
TODAY = dt.date(2023, 11, 14)


def section(key: str) -> str:
    [found] = re.findall(rf"^### [^:\n]+: `{key}`\n(.*?)(?=^##)", TEXT, re.M | re.S)
    return str(found)


def test_every_kind_of_figures_has_a_section() -> None:
    assert set(FORMATS) == {key for key, profile in PROFILES.items() if not profile.holds.defines}


@pytest.mark.parametrize("key", FORMATS)
def test_every_field_is_told_with_its_heading_and_whether_it_is_required(key: str) -> None:
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \| (required)? ?\| ", section(key), re.M)
    profile = PROFILES[key]
    assert [(field, heading) for field, heading, _ in rows] == list(FIELDS[profile.holds].items())
    required = {column.field for column in profile.columns if column.required}
    assert {field for field, _, needed in rows if needed} == (
        required - {"region"} if key == "kolada" else required
    )


@pytest.mark.parametrize("key", FORMATS)
def test_every_example_can_be_read(key: str, tmp_path: Path) -> None:
    [example] = re.findall(r"^```csv\n(.*?)^```$", section(key), re.M | re.S)
    path = tmp_path / "fil.csv"
    path.write_text(example, encoding="utf-8")
    found = incoming(path, "fil.csv", PROFILES[key], read_catalogue(ROOT / "data"), today=TODAY)
    assert found.faults == ()
    assert found.contents.rows == len(example.splitlines()) - 1
