"""The part of docs/data.md on intern_kontroll.toml, whose example is read."""

from __future__ import annotations

from pathlib import Path

from hsf_kpi.ingest.definitions import read_catalogue
from tests.docs import test_docs_data as docs


def test_the_example_says_what_the_reference_says(tmp_path: Path) -> None:
    for block in docs.blocks(docs.REFERENCE, "toml"):
        docs.put(tmp_path / "data", block)
    plan = read_catalogue(tmp_path / "data").controls
    assert [(risk.id, risk.value, risk.unit) for risk in plan.risks] == [
        ("hygien", 12, "nara-vard"),
        ("loneutbetalningar", 6, ""),
    ]
