"""The real definitions and the real demo, generated once for all of these tests."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pytest

from hsf_kpi import ROOT
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.ingest.demo import (
    DemoLedger,
    DemoSettings,
    blocks_of,
    generate,
    generate_ledger,
    read_settings,
)
from hsf_kpi.ingest.demo.block import Block
from hsf_kpi.ingest.demo.table import tidy
from hsf_kpi.model.catalogue import Catalogue
from tests.ingest.demo.derivation import Books, derived_rows


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return read_catalogue(ROOT / "data")


@pytest.fixture(scope="session")
def settings() -> DemoSettings:
    return read_settings(ROOT / "data" / "demo")


@pytest.fixture(scope="session")
def observed(catalogue: Catalogue, settings: DemoSettings) -> pd.DataFrame:
    """The observations that the demo delivers: without the measures that the ledger makes."""
    return generate(catalogue, settings)


@pytest.fixture(scope="session")
def blocks(catalogue: Catalogue, settings: DemoSettings) -> Mapping[str, Block]:
    """What the ledger is built to."""
    return blocks_of(catalogue, settings)


@pytest.fixture(scope="session")
def ledger(catalogue: Catalogue, settings: DemoSettings, blocks: Mapping[str, Block]) -> DemoLedger:
    return generate_ledger(catalogue, settings, blocks)


@pytest.fixture(scope="session")
def books(catalogue: Catalogue, ledger: DemoLedger) -> Books:
    return Books(catalogue, ledger)


@pytest.fixture(scope="session")
def frame(observed: pd.DataFrame, books: Books) -> pd.DataFrame:
    """Everything that the demo tells: the observations, and what follows from the ledger."""
    derived = derived_rows(books, observed)
    texts = ["measure", "unit", "window", "sex"]
    whole = pd.concat(
        [observed.astype(dict.fromkeys(texts, object)), derived.astype(dict.fromkeys(texts, object))]
    )
    return tidy(whole.reset_index(drop=True))
