"""Units that are all alike: how often funnel and intervals tell of a difference that there is not (docs/compare.md)."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from hsf_kpi.analysis.compare.counts import Counts
from hsf_kpi.analysis.compare.funnel import funnel
from hsf_kpi.analysis.compare.interval import byar, wilson
from hsf_kpi.analysis.compare.types import FunnelZone
from tests.analysis.compare_samples import a_group, a_rate, a_share

UNITS, DRAWS = 14, 200


@pytest.mark.parametrize(("share", "chance"), [(True, 0.75), (True, 0.065), (False, 0.11)])
def test_pure_chance_is_seldom_told_as_a_difference(share: bool, chance: float) -> None:
    random = np.random.default_rng(2023)
    measure, interval = (a_share(), wilson) if share else (a_rate(), byar)
    outside, far, widened, held = 0, 0, 0, 0
    for _ in range(DRAWS):
        sizes = np.exp(random.uniform(np.log(60), np.log(3000), UNITS)).astype(int)
        found = random.binomial(sizes, chance) if share else random.poisson(sizes * chance)
        counts = {
            f"u{i}": Counts(Fraction(int(n)), Fraction(int(size)))
            for i, (n, size) in enumerate(zip(found, sizes, strict=True))
        }
        drawn = funnel(measure, a_group(list(counts)), counts, own=None, left_out=0, origins=frozenset())
        zones = [point.zone for point in drawn.points]
        outside += UNITS - zones.count(FunnelZone.INSIDE)
        far += zones.count(FunnelZone.OUTSIDE_998)
        widened += drawn.adjusted
        bounds = (interval(float(c.count), float(c.size)) for c in counts.values())
        held += sum(low <= chance <= high for low, high in bounds)
    points = UNITS * DRAWS
    assert 0.03 < outside / points < 0.05
    assert far / points < 0.005
    assert widened / DRAWS < 0.02
    assert 0.94 < held / points < 0.97
