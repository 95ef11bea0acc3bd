"""Budget and outcome of every unit, month and account: the outcome follows from the four measures, the budget from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from hsf_kpi.ingest.demo.apportion import Floats, Ints
from hsf_kpi.ingest.demo.ledger_cost import (
    BOARD,
    GRANTS,
    HIRED,
    OTHER,
    PROVISION,
    REGION,
    SALES,
    STAFF,
    Costs,
)
from hsf_kpi.ingest.demo.ledger_frame import Frame, share, yearly
from hsf_kpi.ingest.demo.ledger_revenue import grants, ram
from hsf_kpi.ingest.demo.ledger_settings import LedgerSettings
from hsf_kpi.ingest.demo.ledger_trade import Sales
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.ledger import AmountKind

_LEVEL = (1.0,) * 12

Books = Mapping[str, Ints]
"""Account → (units, months) in kronor, without internal amounts."""


@dataclass(frozen=True)
class Given:
    """What the books are made of. deviation: outcome − budget of the result, provision: the provision of each month (≤ 0)
    and the row of the unit that has it.
    """

    deviation: Ints
    provision: Ints
    lead: int
    costs: Costs
    sales: Mapping[AmountKind, Sales]


def budget_result(frame: Frame, given: Given) -> Ints:
    """(units, months): each operating unit's share of the provision by its cost, a deficit; the lead has the provision back.

    Their sum is 0 in every month.
    """
    on = frame.budget.copy()
    on[given.lead] = False
    size = yearly(frame, given.costs.total.astype(float), frame.present & frame.known[None, :])
    weights = np.where(on, size, 0.0)
    results = -share(-given.provision, weights.T).T
    results = np.where(on, results, 0)
    results[given.lead] = -results.sum(axis=0)
    return results


def actual_books(
    frame: Frame, catalogue: Catalogue, settings: LedgerSettings, given: Given, planned: Ints
) -> Books:
    """The outcome. Other revenue is what the result leaves, once the ram, grants and sales are paid."""
    kind, sales = AmountKind.ACTUAL, given.sales[AmountKind.ACTUAL]
    made = {name: given.costs.amounts[:, :, a] for a, name in enumerate(given.costs.accounts)}
    paid = {
        GRANTS: grants(frame, catalogue, settings.grants, kind),
        BOARD: grants(frame, catalogue, settings.board, kind),
        SALES: np.where(frame.actual, sales.outside, 0),
    }
    result = planned + given.deviation
    left = result + given.costs.total + sales.bought - sales.sold - sum(paid.values())
    left = np.where(frame.actual, left, 0)
    need = yearly(frame, left.astype(float), frame.actual)
    paid[REGION] = ram(frame, catalogue, settings, need)
    region = np.where(frame.actual, paid[REGION], 0)
    return made | paid | {REGION: region, OTHER: left - region}


def budget_books(
    frame: Frame,
    catalogue: Catalogue,
    settings: LedgerSettings,
    given: Given,
    planned: Ints,
    actual: Books,
    rng: np.random.Generator,
) -> Books:
    """The budget. Every revenue by twelfths; the costs make the result, shared on accounts as the outcome's, with more
    for those that the unit does not run over.
    """
    kind, sales = AmountKind.BUDGET, given.sales[AmountKind.BUDGET]
    on = frame.budget
    need = yearly(frame, (actual[REGION] + actual[OTHER]).astype(float), frame.actual)
    paid = {
        GRANTS: grants(frame, catalogue, settings.grants, kind),
        BOARD: grants(frame, catalogue, settings.board, kind),
        SALES: np.where(on, sales.outside, 0),
        REGION: np.where(on, ram(frame, catalogue, settings, need), 0),
        OTHER: _other(frame, settings, actual[OTHER], rng),
    }
    cost = np.where(on, sum(paid.values()) + sales.sold - sales.bought - planned, 0)
    provision = np.zeros(frame.shape, dtype=np.int64)
    provision[given.lead] = np.where(on[given.lead], given.provision, 0)
    # The provision is a negative cost beside what the unit's costs are budgeted to.
    parts = share(cost - provision, _cost_weights(frame, settings, given, cost - provision))
    made = {name: parts[:, :, a] for a, name in enumerate(given.costs.accounts)}
    return made | paid | {PROVISION: provision}


def _other(frame: Frame, settings: LedgerSettings, actual: Ints, rng: np.random.Generator) -> Ints:
    """Other revenue: the year's mean by season, over the share of it that came, which is not the same everywhere."""
    met = {int(year): share for year, share in settings.other_met.items()}
    season = np.array([(settings.other_season or _LEVEL)[month.number - 1] for month in frame.months])
    on = frame.actual.astype(float)
    usual = yearly(frame, season * on, frame.actual)
    mean = yearly(frame, actual.astype(float), frame.actual)
    mean = np.divide(mean, usual, out=np.zeros_like(mean), where=usual > 0) * season
    over = np.array([met.get(month.year, 1.0) for month in frame.months])
    own = np.exp(settings.noise * np.clip(rng.normal(0.0, 1.0, (len(frame.units), 1)), -2, 2))
    return np.where(frame.budget, np.rint(mean / over * own), 0).astype(np.int64)


def _cost_weights(frame: Frame, settings: LedgerSettings, given: Given, budget: Ints) -> Floats:
    """(units, months, accounts): the year's mean outcome, less on the accounts that take the units' deviations."""
    costs = given.costs
    actual = frame.actual
    mean = np.stack(
        [yearly(frame, costs.amounts[:, :, a].astype(float), actual) for a in range(len(costs.accounts))],
        axis=2,
    )
    whole = mean.sum(axis=2)
    planned = yearly(frame, budget.astype(float), actual)
    over = np.divide(whole - planned, whole, out=np.zeros_like(whole), where=whole > 0)
    force = np.array([settings.overrun.get(name, 1.0) for name in costs.accounts])
    usual = (mean * force).sum(axis=2) / np.maximum(whole, 1.0)
    ratio = np.divide(over, usual, out=np.zeros_like(over), where=usual > 0)
    tilt = np.clip(1 - ratio[:, :, None] * force[None, None, :], 0.4, 1.6)
    weights: Floats = mean * tilt * _season(frame, costs)
    return weights


def _season(frame: Frame, costs: Costs) -> Floats:
    """(1, months, accounts): staff cost more in summer; what is seen in the outcome of all years, for all units."""
    actual = frame.known
    profile = np.ones((1, len(frame.months), len(costs.accounts)))
    for name in (STAFF, HIRED):
        a = costs.accounts.index(name)
        whole = costs.amounts[:, :, a].sum(axis=0).astype(float)
        numbers = np.array([month.number for month in frame.months])
        of_month = np.array([whole[actual & (numbers == n)].mean() if (actual & (numbers == n)).any() else 0.0
                             for n in range(1, 13)])  # fmt: skip
        if of_month.min() > 0:
            profile[0, :, a] = (of_month / of_month.mean())[numbers - 1]
    return profile
