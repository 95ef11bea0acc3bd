"""The part of docs/data.md on demo/followups.toml, whose example is read."""

from __future__ import annotations

from pathlib import Path

from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.ingest.demo import follow_ups_of, read_settings
from hsf_kpi.model.follow_up import Stage
from tests.docs import test_docs_data as docs


def test_the_example_says_what_the_reference_says(tmp_path: Path) -> None:
    for block in docs.blocks(docs.REFERENCE, "toml"):
        docs.put(tmp_path / "data", block)
    catalogue = read_catalogue(tmp_path / "data")
    told = follow_ups_of(catalogue, read_settings(tmp_path / "data" / "demo").follow_ups)
    assert [(one.key, one.month.iso, one.state) for one in told] == [
        ("P", "2023-08", Stage.ONGOING),
        ("P", "2023-10", Stage.LATE),
    ]
