"""Puts the demo together: every measure that has settings, at its lowest reporting units."""

from __future__ import annotations

import pandas as pd

from hsf_kpi.ingest.demo.block import Block
from hsf_kpi.ingest.demo.check import check
from hsf_kpi.ingest.demo.economy import economy_blocks
from hsf_kpi.ingest.demo.flow import flow_block, without_holes
from hsf_kpi.ingest.demo.ledger_generate import DemoLedger, generate_ledger
from hsf_kpi.ingest.demo.settings import DemoSettings
from hsf_kpi.ingest.demo.survey import survey_values
from hsf_kpi.ingest.demo.table import table
from hsf_kpi.model.catalogue import Catalogue


def generate(catalogue: Catalogue, settings: DemoSettings) -> pd.DataFrame:
    """All demo observations (columns: table.COLUMNS), the same for the same catalogue and settings.

    A measure without settings gets no demo values, nor does one that is derived from the ledger: the store makes those.
    DefinitionError (Swedish, all problems) when the settings name something that the catalogue lacks, or when the values
    for HSF can't be met.
    """
    return _observed(catalogue, settings, blocks_of(catalogue, settings))


def generate_all(catalogue: Catalogue, settings: DemoSettings) -> tuple[pd.DataFrame, DemoLedger]:
    """The observations and the ledger that the derived measures follow from."""
    blocks = blocks_of(catalogue, settings)
    return _observed(catalogue, settings, blocks), generate_ledger(catalogue, settings, blocks)


def blocks_of(catalogue: Catalogue, settings: DemoSettings) -> dict[str, Block]:
    """Key → block of every measure with parts, those that the ledger is built to as well."""
    check(catalogue, settings)
    blocks: dict[str, Block] = {}

    def block(key: str) -> Block:
        if key not in blocks:
            blocks[key] = flow_block(catalogue.measure(key), settings.flow[key], catalogue, settings, block)
        return blocks[key]

    blocks |= economy_blocks(catalogue, settings, block)
    for key in settings.flow:
        block(key)
    return blocks


def _observed(catalogue: Catalogue, settings: DemoSettings, blocks: dict[str, Block]) -> pd.DataFrame:
    order = [key for key, measure in catalogue.measures.items() if key in blocks and measure.derived is None]
    surveys = [
        survey_values(measure, settings.survey[key], catalogue, settings, blocks.__getitem__)
        for key, measure in catalogue.measures.items()
        if key in settings.survey
    ]
    return table([without_holes(blocks[key], settings) for key in order], surveys)
