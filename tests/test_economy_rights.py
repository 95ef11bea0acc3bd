"""Who may save an improvement activity: nobody who does not see all of what saving writes over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from hsf_kpi.access.identity import Identity
from hsf_kpi.economy import economy_of
from hsf_kpi.model.problems import NotPermitted
from hsf_kpi.model.register import Effect, Improvement, Progress
from hsf_kpi.model.role import Extent, Grant, Permission, Role
from hsf_kpi.store import Store
from hsf_kpi.workspace import Workspace
from tests.store.asking import AS_OF
from tests.store.builders import everyone, m
from tests.store.ledger_builders import delivery, entry, with_accounts

_MAY = frozenset({Permission.SEE, Permission.IMPROVE})
_ROLES = {
    "chef": Role("chef", "Chef", "", Extent.SUBTREE, _MAY),
    "sen": Role("sen", "Sen", "", Extent.SUBTREE, _MAY, released_only=True),
    "blind": Role("blind", "Blind", "", Extent.SUBTREE, _MAY, measures=frozenset({"belopp"})),
}
CAT = replace(with_accounts(), roles=_ROLES)


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    store = Store.create("sqlite://", "demo", CAT, AS_OF)
    store.take(CAT, delivery([entry("kirurgi", f"2023-0{n}", "personal", 5) for n in (1, 2, 3)]))
    store.release(m("2023-02"))
    with closing(store):
        yield Workspace(CAT, store)


def test_a_cut_copy_erases_no_later_month(workspace: Workspace) -> None:
    economy = economy_of(workspace)
    rights = {key: workspace.rights_of(Identity(key, key, (Grant(key, "kirurgi"),))) for key in _ROLES}
    whole = Improvement(
        "kirurgi", "Färre prover", Effect.COST, 1, m("2023-01"), "Chef", Progress.RUNNING,
        realised={m("2023-01"): 1, m("2023-03"): 3},
    )  # fmt: skip
    number = economy.save_improvement(rights["chef"], whole)
    cut = workspace.store.registers.improvement(rights["sen"].scope, CAT, number)
    assert set(cut.realised) == {m("2023-01")}
    for key in ("sen", "blind"):
        with pytest.raises(NotPermitted):
            economy.save_improvement(rights[key], replace(cut, what="Annat"))
        with pytest.raises(NotPermitted):
            economy.save_improvement(rights[key], replace(whole, number=None))
    assert workspace.store.registers.improvement(everyone(CAT), CAT, number).realised == whole.realised
