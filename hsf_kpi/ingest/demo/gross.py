"""Growth of the gross cost: what is «now» one year is «then» the next, to the krona."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from hsf_kpi.ingest.demo import shape
from hsf_kpi.ingest.demo.agree import agree
from hsf_kpi.ingest.demo.apportion import Floats, Ints
from hsf_kpi.ingest.demo.block import Block, generator, inherited
from hsf_kpi.ingest.demo.flow import own_weights
from hsf_kpi.ingest.demo.ledger import MNKR, Ledger, block_of, cut, last_year, ledger_of
from hsf_kpi.ingest.demo.ledger_frame import share
from hsf_kpi.ingest.demo.settings import DemoSettings, Gross
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.organisation import Organisation

ROOM = 1.08
"""A unit's gross cost is at least so much over its staff: everybody needs something to work with."""


@dataclass(frozen=True)
class GrossCost:
    """The gross cost of every month, and of the same month last year. cost, then: (units, months) in kronor; `then` is 0
    in the first year.
    """

    measure: Measure
    ledger: Ledger
    cost: Ints
    then: Ints

    @property
    def block(self) -> Block:
        """The cost alone, of all months."""
        return block_of(self.measure, self.ledger, self.cost)

    @property
    def growth(self) -> Block:
        """Now and then for each month from the second year on."""
        return cut(replace(self.block, denominator=self.then[:, :, None]), 12)


def gross_cost(
    measure: Measure,
    organisation: Organisation,
    settings: DemoSettings,
    deviation: Ints | None = None,
    staff: Ints | None = None,
) -> GrossCost:
    """What is «now» one year is «then» the next, to the krona.

    deviation: (units, months), the units' deviation from their own budgets without the provision. A unit that runs over
    its budget costs so much more in the same month, the others so much less: the whole stays what it is.
    staff: (units, months), what a unit's staff cost: its gross cost holds them, and ROOM around them.
    """
    gross = settings.economy.gross
    rng = generator(settings.general.seed, measure.key)
    ledger = ledger_of(measure, gross.weight, organisation, settings)
    months = len(ledger.periods)
    cost = np.where(ledger.present, np.rint(_wanted(gross, ledger, settings, rng)), 0).astype(np.int64)
    least = np.zeros_like(cost) if staff is None else np.ceil(staff * (ROOM + 0.01)).astype(np.int64)
    cost = _shared_anew(cost, ledger, organisation, settings, deviation, least)
    then = np.zeros_like(cost)
    for start in range(12, months, 12):
        end = min(start + 12, months)
        for t in range(start, end):
            then[:, t] = last_year(ledger, cost, organisation, t)
        year = replace(block_of(measure, ledger, cost), denominator=then[:, :, None])
        year = cut(year, start, end)
        anchors = [a for a in gross.anchor if year.periods[0].end <= a.end <= year.periods[-1].end]
        cost[:, start:end] = agree(year, anchors, None, adjust=False, where="economy.toml").numerator[:, :, 0]
    return GrossCost(measure, ledger, cost, then)


def _wanted(gross: Gross, ledger: Ledger, settings: DemoSettings, rng: np.random.Generator) -> Floats:
    """(units, months): level, growth, season and noise, by the units' weights."""
    months = len(ledger.periods)
    profile = settings.general.seasons[gross.season] if gross.season else None
    rate = 1 + shape.level(gross.growth, [p.end for p in ledger.periods]) / 100
    whole = gross.per_month * MNKR * shape.season(profile, ledger.periods, True)
    for t in range(12, months):
        whole[t] = whole[t - 12] * rate[t]
    whole = whole * shape.common_noise(rng, gross.noise, months)
    jump = shape.unit_noise(rng, gross.unit_noise, gross.unit_noise / 4, (len(ledger.units), months, 1))
    return ledger.weights * whole * jump[:, :, 0]


def _shared_anew(
    cost: Ints,
    ledger: Ledger,
    organisation: Organisation,
    settings: DemoSettings,
    deviation: Ints | None,
    least: Ints,
) -> Ints:
    """The same whole in each month, with the units' factors and deviations in who has it, and nobody below `least`
    (as long as the whole holds that).
    """
    factors = settings.economy.gross.units
    if not factors and deviation is None:
        return cost
    own = own_weights(ledger.units, settings.economy.gross.weight, settings)
    months = [p.end for p in ledger.periods]
    plain = inherited(organisation, ledger.units, own, months)
    own = [w * factors.get(u, 1.0) for u, w in zip(ledger.units, own, strict=True)]
    tilted = inherited(organisation, ledger.units, own, months)
    wanted = cost * np.divide(tilted, plain, out=np.ones_like(tilted), where=plain > 0)
    whole = cost.sum(axis=0)
    shares = wanted / np.maximum(wanted.sum(axis=0), 1)
    wanted = shares * whole
    if deviation is not None:
        wanted = wanted - (deviation - shares * deviation.sum(axis=0))
    least = np.where(ledger.present, least, 0)
    least = np.where(least.sum(axis=0) < whole, least, 0)
    over = np.where(ledger.present, np.maximum(wanted - least, 0), 0)
    parts: Ints = least + share(whole - least.sum(axis=0), over.T).T
    return parts
