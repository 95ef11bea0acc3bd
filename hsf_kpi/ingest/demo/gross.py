"""Growth of the gross cost: what is «now» one year is «then» the next, to the krona."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from hsf_kpi.ingest.demo import shape
from hsf_kpi.ingest.demo.agree import agree
from hsf_kpi.ingest.demo.block import Block, generator
from hsf_kpi.ingest.demo.ledger import MNKR, block_of, cut, last_year, ledger_of
from hsf_kpi.ingest.demo.settings import DemoSettings
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.organisation import Organisation


def growth_block(measure: Measure, organisation: Organisation, settings: DemoSettings) -> Block:
    """Now and then for each month from the second year on; what is «now» one year is «then» the next,
    to the krona."""
    gross = settings.economy.gross
    rng = generator(settings.general.seed, measure.key)
    ledger = ledger_of(measure, gross.weight, organisation, settings)
    months = len(ledger.periods)
    profile = settings.general.seasons[gross.season] if gross.season else None
    rate = 1 + shape.level(gross.growth, [p.end for p in ledger.periods]) / 100
    whole = gross.per_month * MNKR * shape.season(profile, ledger.periods, True)
    for t in range(12, months):
        whole[t] = whole[t - 12] * rate[t]
    whole = whole * shape.common_noise(rng, gross.noise, months)
    jump = shape.unit_noise(rng, gross.unit_noise, gross.unit_noise / 4, (len(ledger.units), months, 1))[
        :, :, 0
    ]
    cost = np.where(ledger.present, np.rint(ledger.weights * whole * jump), 0).astype(np.int64)
    then = np.zeros_like(cost)
    for start in range(12, months, 12):
        end = min(start + 12, months)
        for t in range(start, end):
            then[:, t] = last_year(ledger, cost, organisation, t)
        year = replace(block_of(measure, ledger, cost), denominator=then[:, :, None])
        year = cut(year, start, end)
        anchors = [a for a in gross.anchor if year.periods[0].end <= a.end <= year.periods[-1].end]
        cost[:, start:end] = agree(year, anchors, None, adjust=False, where="economy.toml").numerator[:, :, 0]
    return cut(replace(block_of(measure, ledger, cost), denominator=then[:, :, None]), 12)
