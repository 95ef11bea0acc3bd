"""The whole preview of a file: read from the database, judged, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

import pytest

from hsf_kpi.ingest.slices import Slice
from hsf_kpi.looking import incoming as looking
from hsf_kpi.looking.incoming import preview_of
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.incoming import Holds
from hsf_kpi.model.observation import Observation
from hsf_kpi.model.period import Month
from hsf_kpi.model.preview import Held, Preview
from hsf_kpi.model.problems import NotPermitted
from hsf_kpi.model.profile import Profile
from hsf_kpi.model.scope import Scope
from hsf_kpi.store import Store
from hsf_kpi.workspace import Workspace
from tests.store.asking import AS_OF, CAT, DEMO
from tests.store.builders import everyone, obs
from tests.store.test_store_preview import slices_of

MONTHS = [Month.of(2022 + n // 12, n % 12 + 1) for n in range(18)]
LEVELS = (50, 53, 49, 51, 50, 54, 48, 52, 51, 49, 50, 53, 52, 48, 51, 50, 49, 52)
NEW = MONTHS[-1] + 1
UNITS = ("kirurgi", "medicin", "primar")


PROFILE = Profile("obs", "Värden", "", Holds.OBSERVATIONS)


@dataclass
class File:
    rows: Sequence[Observation]
    profile: Profile = PROFILE

    def slices(self) -> Iterator[Slice]:
        return slices_of(self.rows, 4)


@pytest.fixture(scope="module")
def workspace() -> Iterator[Workspace]:
    with closing(Store.create("sqlite://", "demo", CAT, AS_OF)) as store:
        live = [
            obs("belopp", unit, month, level)
            for unit in UNITS
            for month, level in zip(MONTHS, LEVELS, strict=True)
        ]
        live += [obs("andel", "kirurgi", month, 30, 90) for month in MONTHS[-4:]]
        store.load(CAT, "a", DEMO, live)
        store.release(MONTHS[-1])
        yield Workspace(CAT, store)


def preview(workspace: Workspace, rows: Sequence[Observation], scope: Scope | None = None) -> Preview:
    return preview_of(workspace, scope or everyone(CAT), File(rows), Origin.DEMO)


def test_a_month_as_usual_has_nothing_to_look_at(workspace: Workspace) -> None:
    found = preview(workspace, [obs("belopp", unit, NEW, 51) for unit in UNITS])
    assert (found.new, found.changed, found.same, found.gone, found.rows) == (3, 0, 0, 0, 3)
    assert (found.jumps, found.vanished, found.judged, found.unjudged) == ((), (), 3, 0)
    assert [(total.unit, total.before, total.after, total.bounds) for total in found.totals] == [
        ("hsf", None, 153, None)
    ]
    assert (found.unit, found.months, found.released) == ("hsf", (NEW,), ())


def test_a_jump_is_told_with_its_row_and_moves_the_total(workspace: Workspace) -> None:
    found = preview(workspace, [obs("belopp", unit, NEW, 510 if unit == "medicin" else 51) for unit in UNITS])
    (jump,) = found.jumps
    assert (jump.unit, jump.value, jump.row, jump.bounds.held) == ("medicin", 510, 3, Held.LIMITS)
    assert found.totals[0].bounds is not None


def test_a_short_series_is_held_against_its_median(workspace: Workspace) -> None:
    found = preview(workspace, [obs("andel", "kirurgi", NEW, 9, 90), obs("andel", "medicin", NEW, 80, 90)])
    (jump,) = found.jumps
    assert (jump.unit, jump.bounds.held, jump.bounds.months) == ("kirurgi", Held.MEDIAN, 4)
    assert (found.judged, found.unjudged) == (1, 1)


def test_a_correction_of_a_final_month_is_told(workspace: Workspace) -> None:
    found = preview(
        workspace, [obs("belopp", "medicin", MONTHS[-1], 400), obs("belopp", "medicin", MONTHS[0], 50)]
    )
    assert (found.changed, found.same, found.replaced) == (1, 1, 2)
    assert found.released == (MONTHS[-1],)
    assert [(total.before, total.after) for total in found.totals] == [(52, 400)]
    assert [jump.unit for jump in found.jumps] == ["medicin"]


def test_a_file_without_a_unit_says_so(workspace: Workspace) -> None:
    found = preview(
        workspace, [obs("belopp", unit, NEW, 500) for unit in UNITS[:2]] + [obs("belopp", "rontgen", NEW, 1)]
    )
    assert [one.unit for one in found.vanished] == ["primar"]
    assert found.totals[0].bounds is None, "the total lacks a unit"


def test_units_some_at_a_time_give_the_same(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [obs("belopp", unit, NEW, 510) for unit in UNITS]
    whole = preview(workspace, rows)
    monkeypatch.setattr(looking, "UNITS_AT_ONCE", 1)
    assert preview(workspace, rows) == whole
    assert len(whole.jumps) == 3


def test_nothing_outside_the_scope(workspace: Workspace) -> None:
    rows = [obs("belopp", unit, NEW, 510) for unit in UNITS]
    with pytest.raises(NotPermitted):
        preview(workspace, rows, Scope.of({"kirurgi", "medicin"}))
    own = preview(workspace, rows[:2], Scope.of({"kirurgi", "medicin"}))
    assert (len(own.jumps), own.totals) == (2, ())


def test_an_empty_file_has_an_empty_preview(workspace: Workspace) -> None:
    found = preview(workspace, [])
    assert (found.rows, found.months, found.unit, found.nothing_new) == (0, (), "", True)
