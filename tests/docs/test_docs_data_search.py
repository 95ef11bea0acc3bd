"""The part of docs/data.md on search.toml, whose example is read."""

from __future__ import annotations

from pathlib import Path

from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.synonym import Synonym
from tests.docs import test_docs_data as docs


def test_the_example_says_what_the_reference_says(tmp_path: Path) -> None:
    for block in docs.blocks(docs.REFERENCE, "toml"):
        docs.put(tmp_path / "data", block)
    assert read_catalogue(tmp_path / "data").synonyms == (
        Synonym(("Sjukskrivning", "Sjuktal"), measures=("sjukfranvaro",)),
        Synonym(("Kirurgi",), units=("kirurgkliniken",)),
        Synonym(("Liggsår",), measures=("trycksar",), pages=("nyckeltal",)),
    )
