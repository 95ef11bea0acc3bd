"""Who wants to know more than they may: of a frozen report they see what they could have been shown anyway, and no more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hsf_kpi.access.identity import Identity
from hsf_kpi.access.rights import Rights
from hsf_kpi.figures.report import Report
from hsf_kpi.model.role import Grant
from hsf_kpi.model.template import SectionKind
from hsf_kpi.reporting.compose import compose
from hsf_kpi.reporting.making import MEDIA
from hsf_kpi.reporting.seen import as_seen, common
from hsf_kpi.reporting.taken import may_take_report
from hsf_kpi.workspace import Workspace
from tests.reporting.report_orders import AREA, CLINIC, ROOT_UNIT, ids, made, order, plan, rights, template

LEDNING, HR, BOARD = Grant("ledning"), Grant("hr"), Grant("namnd")
HEAD, OTHER_HEAD = Grant("verksamhetschef", CLINIC), Grant("verksamhetschef", "medicinkliniken")
SECTIONS = template(
    plan(SectionKind.STANDING),
    plan(SectionKind.ROAD),
    plan(SectionKind.SIGNALS),
    plan(SectionKind.MEASURES, "hyrpersonal", "vardgaranti.besok"),
)
OWN_PLACE, DEVIATES, SIGNALS = "laget.egen-plats", "vagen.vem-avviker", "signaler.signaler"
STAFF, VISITS = "nyckeltal.hyrpersonal", "nyckeltal.vardgaranti-besok"


def of(workspace: Workspace, *grants: Grant) -> Rights:
    return workspace.rights_of(Identity("prov", "Prov", grants))


def all_seen(workspace: Workspace, mine: Rights, unit: str) -> Report:
    return compose(workspace, mine, order(workspace, unit, SECTIONS), to_take=False)


@pytest.mark.parametrize(
    ("unit", "maker", "reader", "shown", "hidden"),
    [
        # The second role sees other measures of every unit: that is not to see every unit.
        (CLINIC, (LEDNING,), (HEAD, HR), (STAFF,), (OWN_PLACE,)),
        # The board saw the areas up to another month than the report's.
        (ROOT_UNIT, (HEAD, BOARD), (HEAD, HR), (STAFF, VISITS), (DEVIATES, SIGNALS)),
        # The curve names the units of a reorganisation; the signals tell of units where nothing has happened.
        (AREA, (LEDNING,), (HEAD,), (), (STAFF, VISITS, SIGNALS)),
        (CLINIC, (HEAD, OTHER_HEAD), (HEAD,), (STAFF, VISITS, SIGNALS), (OWN_PLACE,)),
    ],
)
def test_each_figure_of_an_edition_is_what_both_could_have_made_or_not_there(
    workspace: Workspace,
    unit: str,
    maker: tuple[Grant, ...],
    reader: tuple[Grant, ...],
    shown: tuple[str, ...],
    hidden: tuple[str, ...],
) -> None:
    frozen, mine = all_seen(workspace, of(workspace, *maker), unit), of(workspace, *reader)
    opened, without = as_seen(frozen, mine.scope, workspace.catalogue)
    both = replace(mine, scope=common(mine.scope, of(workspace, *maker).scope))
    alike = {part.id: part.figure for part in all_seen(workspace, both, unit).parts()}
    different = [part.id for part in opened.parts() if alike.get(part.id) != part.figure]
    assert not different
    assert set(shown) <= set(ids(opened))
    assert set(hidden) <= without


def test_what_is_followed_up_is_judged_as_the_forvaltnings_own(workspace: Workspace) -> None:
    """Who made it saw the förvaltning without end, but the area that the report is of as far as the board."""
    promised = template(
        plan(SectionKind.MISSIONS), plan(SectionKind.CONTROLS), plan(SectionKind.TRANSFORMATION)
    )
    maker = of(workspace, HEAD, BOARD)
    frozen = compose(workspace, maker, order(workspace, "nara-vard", promised), to_take=False)
    told = [part for part in frozen.parts() if part.figure.context.unit_id == ROOT_UNIT]
    assert told
    assert all(ROOT_UNIT in part.units for part in told)
    opened, _ = as_seen(frozen, of(workspace, BOARD).scope, workspace.catalogue)
    assert not [part.id for part in opened.parts() if part in told]


def test_who_sees_all_that_the_maker_saw_is_shown_all_of_it(workspace: Workspace) -> None:
    for maker, reader in (((HEAD,), (HEAD, HR)), ((HR,), (LEDNING,)), ((HEAD, HR), (LEDNING,))):
        frozen = all_seen(workspace, of(workspace, *maker), CLINIC)
        assert as_seen(frozen, of(workspace, *reader).scope, workspace.catalogue) == (frozen, frozenset())


def test_a_report_without_figures_is_no_file_of_anybody(workspace: Workspace) -> None:
    mine, every = rights(workspace, "ledning"), tuple(workspace.catalogue.measures)
    report = made(workspace, template=SECTIONS)
    bare = replace(report, sections=tuple(replace(one, parts=()) for one in report.sections))
    assert all(may_take_report(mine, report, medium, every) for medium in MEDIA.values())
    assert not any(may_take_report(mine, bare, medium, every) for medium in MEDIA.values())
    assert not any(may_take_report(of(workspace), report, medium, every) for medium in MEDIA.values())
