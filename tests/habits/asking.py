"""Who asks for habits, and what they are told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hsf_kpi.access.identity import Identity
from hsf_kpi.access.rights import Rights
from hsf_kpi.model.habit import Visited
from hsf_kpi.model.problems import HsfError
from hsf_kpi.model.scope import Scope
from tests.store.asking import CAT
from tests.store.builders import everyone

PAGES = ("oversikt", "nyckeltal", "budget")
HERE = Visited("nyckeltal", "kirurgi", "belopp")


def rights(scope: Scope | None = None, login: str = "chef", seen_as: str = "") -> Rights:
    return Rights(
        Identity(login, login.capitalize(), (), seen_as), (), everyone(CAT) if scope is None else scope
    )


def told(call: Callable[[], object]) -> str:
    with pytest.raises(HsfError) as caught:
        call()
    return str(caught.value)
