"""No masked sum can be worked out from what is shown: the judge (a linear programme) on generated organisations."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hsf_kpi.access.suppression import Suppressed
from hsf_kpi.access.suppression_system import System
from tests.store.suppression_cases import KINDS, made, observations, version, world
from tests.suppression_judge import judged

SEEDS = st.integers(0, 2**48)
QUIET = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def size(kind: str, seed: int) -> int:
    """How many observations the judge would get."""
    chance = random.Random(seed)
    return len(observations(chance, KINDS[kind], world(chance)))


def found_out(kind: str, seed: int) -> list[object]:
    chance = random.Random(seed)
    one, where = KINDS[kind], world(chance)
    found = observations(chance, one, where)
    if not found:
        return []
    rows = made(one, where, found)
    return list(judged(one, where.organisation, [version(one, where, found, rows)]))


@QUIET
@given(kind=st.sampled_from(sorted(KINDS)), seed=SEEDS)
def test_no_masked_sum_can_be_worked_out(kind: str, seed: int) -> None:
    assert found_out(kind, seed) == []


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_without_suppression_the_judge_works_them_out(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def primary_only(system: System) -> Suppressed:
        return Suppressed(np.any(system.few & system.exists, axis=0), 0)

    monkeypatch.setattr("hsf_kpi.store.suppressed.suppress", primary_only)
    # The judge's work grows by the square: the smallest organisations first.
    seeds = sorted(range(12), key=lambda seed: size(kind, seed))
    assert any(found_out(kind, seed) for seed in seeds)
