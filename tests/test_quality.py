"""What has come in and what a value is made of, as pages ask for it on the demo data."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from hsf_kpi.analysis.quality import Arrived, late, missing, partial
from hsf_kpi.model.codes import OrgView, Origin, Sex
from hsf_kpi.model.ledger import AmountKind
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.problems import NotFound, NotPermitted
from hsf_kpi.quality import LEDGER, MONTHS_BACK, Quality, quality_of
from hsf_kpi.settings import read_settings
from hsf_kpi.workspace import Workspace
from tests.comparing_asked import HSF, KIR, OCTOBER, scope_of


@pytest.fixture(scope="module")
def workspace(demo_database: str) -> Iterator[Workspace]:
    opened = Workspace.open(read_settings({"HSF_KPI_DATABASE_URL": demo_database}))
    with closing(opened.store):
        yield opened


@pytest.fixture(scope="module")
def quality(workspace: Workspace) -> Quality:
    return quality_of(workspace)


def test_there_is_one_for_a_workspace_and_an_answer_is_made_once(
    workspace: Workspace, quality: Quality
) -> None:
    assert quality_of(workspace) is quality
    sees, other = scope_of(workspace, "ledning"), scope_of(workspace, "hr")
    assert quality.completeness(sees, HSF) is quality.completeness(sees, replace(HSF, view=View.R12))
    assert quality.sources(sees, HSF) is quality.sources(sees, HSF)
    assert quality.completeness(sees, HSF) is not quality.completeness(other, HSF)


def test_what_is_late_and_what_is_incomplete_is_what_the_pages_say(
    workspace: Workspace, quality: Quality
) -> None:
    sees = scope_of(workspace, "ledning")
    covers = quality.completeness(sees, HSF)
    by_key = {cover.key: cover for cover in covers}
    assert len(by_key) == len(covers)
    monthly = replace(HSF, view=View.MONTH)
    for cover in covers:
        if not cover.key:
            assert (cover.name, cover.arrived) == (LEDGER, Arrived.ALL)
            continue
        outcome = workspace.assessment(sees, monthly, cover.key).outcome
        assert outcome.period == cover.period
        if outcome.cell is not None and outcome.cell.complete:
            assert cover.arrived is Arrived.ALL
        elif outcome.cell is not None:
            assert cover.arrived in (Arrived.SOME, Arrived.SOME_LATE)
            assert (cover.reported, cover.expected) == (outcome.cell.reported, outcome.cell.expected)
        else:
            assert cover.arrived.value == {"late": "late", "not_yet_reported": "waited"}.get(
                str(outcome.missing), "never"
            )
    assert by_key["sjukfranvaro"].arrived is Arrived.SOME_LATE
    assert set(late(covers)) <= set(missing(covers))
    assert not set(missing(covers)) & set(partial(covers))


def test_units_and_months_tell_what_the_chosen_one_tells(workspace: Workspace, quality: Quality) -> None:
    sees = scope_of(workspace, "ledning")
    units = dict(quality.by_unit(sees, HSF))
    assert tuple(units) == workspace.children(sees, HSF)
    assert units["akutsjukvard"] == quality.completeness(sees, replace(HSF, unit="akutsjukvard"))
    months = quality.by_month(sees, HSF)
    assert [one.month for one in months] == [OCTOBER - back for back in range(MONTHS_BACK)]
    assert [one.final for one in months] == [workspace.is_final(one.month) for one in months]
    own = {cover.key: cover for cover in quality.completeness(sees, HSF) if cover.period.end == OCTOBER}
    assert {cover.key: cover for cover in months[0].covers} == own
    august = {cover.key for cover in months[2].covers}
    assert "aktiv-forskning" in august, "delår 2 ends with August"
    assert "aktiv-forskning" not in own


def test_a_month_that_may_not_be_seen_is_not_waited_for(workspace: Workspace, quality: Quality) -> None:
    board = scope_of(workspace, "namnd")
    horizon = board.horizon()
    assert horizon is not None
    later = replace(HSF, month=horizon + 1)
    assert not [c for c in quality.completeness(board, later) if c.key and c.period.end > horizon]


def test_what_a_head_sees_stays_within_the_own_unit(workspace: Workspace, quality: Quality) -> None:
    head = scope_of(workspace, "verksamhetschef")
    assert {unit for unit, _ in quality.by_unit(head, replace(HSF, unit="akutsjukvard"))} <= {
        "kirurgkliniken"
    }
    found = quality.contributions(head, replace(HSF, view=View.MONTH), "hyrpersonal")
    assert found is not None
    assert {row.unit for row in found.rows} == {"kirurgkliniken"}
    assert found.outside
    assert found.rest is not None
    assert found.cell.numerator == found.rest.numerator + sum(row.numerator or 0 for row in found.rows)
    for ask in (quality.completeness, quality.by_unit, quality.by_month, quality.sources, quality.corrections,
                quality.ledger_corrections, quality.sex_gaps, quality.two_ways, quality.trade_gaps):  # fmt: skip
        with pytest.raises((NotPermitted, NotFound)):
            ask(head, replace(KIR, unit="medicinkliniken"))
    with pytest.raises(NotPermitted):
        quality.contributions(scope_of(workspace, "hr"), KIR, "vardgaranti.besok")


@pytest.mark.parametrize("view", View)
@pytest.mark.parametrize("org", OrgView)
def test_a_value_on_the_page_is_made_of_its_rows(
    workspace: Workspace, quality: Quality, view: View, org: OrgView
) -> None:
    sees = scope_of(workspace, "ledning")
    selection = replace(HSF, unit="akutsjukvard", view=view, org=org)
    for key in ("sjukfranvaro", "hyrpersonal", "antal-medarbetare", "arsarbetare", "periodresultat"):
        found = quality.contributions(sees, selection, key)
        outcome = workspace.assessment(sees, selection, key).outcome
        assert found is not None
        assert found.cell == outcome.cell
        told = [row.numerator for row in found.rows if row.numerator is not None]
        rest = [part.numerator for part in (found.more, found.rest) if part is not None]
        assert sum(told) + sum(rest) == found.cell.numerator
    assert quality.contributions(sees, replace(selection, sex=Sex.WOMEN), "periodresultat") is None


def test_a_published_value_tells_its_document(workspace: Workspace, quality: Quality) -> None:
    found = quality.contributions(scope_of(workspace, "ledning"), HSF, "fortroende-sjukhus")
    assert found is not None
    [row] = found.rows
    assert (row.came.origin, row.came.source.partition(",")[0]) == (Origin.PUBLISHED, "Kolada U70446")


def test_a_booked_outcome_never_goes_past_the_chosen_month(workspace: Workspace, quality: Quality) -> None:
    sees, months = scope_of(workspace, "ledning"), [Month.of(2023, n) for n in range(1, 13)]
    june = replace(KIR, month=Month.of(2023, 6))
    found = quality.ledger_contributions(sees, june, "egen-personal", AmountKind.ACTUAL, months)
    ledger = workspace.store.ledger.read(sees, workspace.catalogue, ["kirurgkliniken"], june.org)
    assert found is not None
    expected = ledger["kirurgkliniken"].total(AmountKind.ACTUAL, "egen-personal", months[:6])
    assert found.total == expected
    assert {row.month for row in found.rows} <= set(months[:6])
