"""The part of docs/data.md on hos2029.toml, whose example is read."""

from __future__ import annotations

from pathlib import Path

from hsf_kpi.ingest.definitions import read_catalogue
from tests.docs import test_docs_data as docs


def test_the_example_says_what_the_reference_says(tmp_path: Path) -> None:
    for block in docs.blocks(docs.REFERENCE, "toml"):
        docs.put(tmp_path / "data", block)
    plan = read_catalogue(tmp_path / "data").transformation
    assert [(one.id, one.function, one.unit) for one in plan.activities] == [
        ("digitalisering", "", ""),
        ("nara-vard", "Områdeschef, Nära vård", "nara-vard"),
    ]
    assert [(one.time, one.first.iso, one.last.iso) for one in plan.events] == [
        ("2029", "2029-01", "2029-12")
    ]
    assert plan.last_year == 2029
    assert plan.measure == "sjukfranvaro"
