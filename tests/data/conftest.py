from pathlib import Path

import pytest

from hsf_kpi import ROOT
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.catalogue import Catalogue

DATA = ROOT / "data"


@pytest.fixture(scope="session")
def data() -> Path:
    return DATA


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return read_catalogue(DATA)
