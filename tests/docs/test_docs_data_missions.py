"""The part of docs/data.md on uppdrag.toml, whose example is read."""

from __future__ import annotations

from pathlib import Path

from hsf_kpi.ingest.definitions import read_catalogue
from tests.docs import test_docs_data as docs


def test_the_example_says_what_the_reference_says(tmp_path: Path) -> None:
    for block in docs.blocks(docs.REFERENCE, "toml"):
        docs.put(tmp_path / "data", block)
    plan = read_catalogue(tmp_path / "data").missions
    assert [mission.label for mission in plan.missions] == ["28", "HSN 36.1"]
    assert [(link.mission, link.action, link.time.text) for link in plan.links] == [
        ("28", "P", "2023–2025"),
        ("36.1", "P", "2023–2025"),
    ]
    assert plan.without_action == ()
