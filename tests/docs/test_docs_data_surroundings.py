"""The part of docs/data.md on omvarld.toml, whose example is read."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from hsf_kpi.ingest.definitions import read_catalogue
from tests.docs import test_docs_data as docs


def test_the_example_says_what_the_reference_says(tmp_path: Path) -> None:
    for block in docs.blocks(docs.REFERENCE, "toml"):
        docs.put(tmp_path / "data", block)
    found = read_catalogue(tmp_path / "data").surroundings
    assert [(one.id, one.most) for one in found.figures] == [("U79093", Decimal(100))]
    assert found.plan is not None
    assert found.plan.funding == {2017: Decimal(100), 2018: Decimal(350), 2019: Decimal(550)}
    assert found.plan.areas[0].reading == ("effektiv-vard",)
    assert [part.amount for part in found.plan.decisions[0].parts] == [Decimal(10), Decimal("4.6")]
