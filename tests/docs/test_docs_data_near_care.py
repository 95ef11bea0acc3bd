"""The part of docs/data.md on nara_vard.toml, whose example is read."""

from __future__ import annotations

import re
import textwrap
from fractions import Fraction
from pathlib import Path

from hsf_kpi.ingest.definitions import read_catalogue
from tests.docs import test_docs_data as docs


def indented(heading: str) -> str:
    """The example that is set in below a heading."""
    [found] = re.findall(r"(?:^    .+\n)+", docs.section(heading), re.M)
    return textwrap.dedent(found)


def test_the_examples_say_what_the_reference_says(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    for block in docs.blocks(docs.REFERENCE, "toml"):
        docs.put(folder, block)
    file = folder / "nara_vard.toml"
    file.write_text(f"{file.read_text('utf-8')}\n{indented('`[[population]]`')}", encoding="utf-8")
    (folder / "published").mkdir()
    facts = folder / "published" / "public_facts.csv"
    facts.write_text(indented("`published/*.csv`"), encoding="utf-8")
    care = read_catalogue(folder).near_care
    assert [(one.age, one.percent, one.until) for one in care.forecasts] == [("85-åringar", 74, 2034)]
    assert [(part.first, part.last) for part in care.history] == [(2018, 2019), (2023, None)]
    [share] = care.populations
    assert (share.own.values, share.national.values) == ({2024: Fraction("6.9")}, {2024: Fraction("6.1")})
    assert share.own.sources == ("SCB BE0101, https://www.scb.se/",)
