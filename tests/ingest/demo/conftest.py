"""The real definitions and the real demo, generated once for all of these tests."""

from __future__ import annotations

import pandas as pd
import pytest

from hsf_kpi import ROOT
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.ingest.demo import DemoSettings, generate, read_settings
from hsf_kpi.model.catalogue import Catalogue


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return read_catalogue(ROOT / "data")


@pytest.fixture(scope="session")
def settings() -> DemoSettings:
    return read_settings(ROOT / "data" / "demo")


@pytest.fixture(scope="session")
def frame(catalogue: Catalogue, settings: DemoSettings) -> pd.DataFrame:
    return generate(catalogue, settings)
