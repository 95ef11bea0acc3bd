"""«Om nyckeltalet»: what the plan prints is shown as printed, and a known misprint is told as one."""

from __future__ import annotations

from pathlib import Path

from hsf_kpi.ingest.definitions.catalogue import read_catalogue
from hsf_kpi.ui.about import baselines_words, source_of
from hsf_kpi.ui.text import plain

DATA = Path(__file__).parents[2] / "data"


def test_a_misprinted_baseline_is_told_as_one() -> None:
    catalogue = read_catalogue(DATA)
    measure = catalogue.measure("fortroende-vardcentral")
    (error,) = (one for one in catalogue.source_errors if one.measure == measure.key)
    told = baselines_words(measure, catalogue.source_errors)
    assert f"{error.printed} (Nuvärde 2021), ett känt fel i källan: väntat är en andel" in told
    assert error.handling in told
    assert ".;" not in told
    others = catalogue.measure("sjukfranvaro")
    assert "känt fel" not in baselines_words(others, catalogue.source_errors)


def test_the_code_of_a_public_series_stands_with_the_source() -> None:
    catalogue = read_catalogue(DATA)
    assert source_of(catalogue.measure("fortroende-vardcentral")).endswith("; utfall ur Kolada U71458")
    assert source_of(catalogue.measure("sjukfranvaro")) == plain(catalogue.measure("sjukfranvaro").source)
