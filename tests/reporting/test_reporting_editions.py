"""Frozen reports: who may freeze, what others see of one, and what has changed since."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hsf_kpi.access.identity import Identity
from hsf_kpi.as_known import WorkspaceThen
from hsf_kpi.figures.figure import Comment, Figure
from hsf_kpi.figures.report import Part, Report
from hsf_kpi.loading import loading_of
from hsf_kpi.model.event import Event
from hsf_kpi.model.problems import DataError, NotFound, NotPermitted
from hsf_kpi.model.role import Grant
from hsf_kpi.reporting.editions import Opened, freeze, listed, open_edition, since
from hsf_kpi.reporting.order import Said
from hsf_kpi.reporting.seen import HIDDEN, SUMMARY_HIDDEN
from hsf_kpi.reporting.templates import templates_of
from hsf_kpi.settings import read_settings
from hsf_kpi.swedish.dates import day_words
from hsf_kpi.workspace import Workspace
from tests.reporting.report_orders import (
    CLINIC,
    MONTHLY,
    OCTOBER,
    ROOT_UNIT,
    SEPTEMBER,
    ids,
    made,
    rights,
)

VISITS = "vardgaranti.besok"
SECTIONS = ("laget", "budget", "nyckeltal", "avvikelser")
TODAY = day_words(dt.date.today())


@pytest.fixture(scope="module")
def home(demo_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A copy of the demo that may be written to."""
    path = tmp_path_factory.mktemp("editions") / "demo.sqlite3"
    shutil.copyfile(Path(demo_database.removeprefix("sqlite:///")), path)
    opened = Workspace.open(read_settings({"HSF_KPI_DATABASE_URL": f"sqlite:///{path}"}))
    with closing(opened.store):
        yield opened


def monthly(home: Workspace, role: str = "ledning", **changes: Any) -> Report:
    return made(home, role, CLINIC, MONTHLY, sections=SECTIONS, **changes)


def frozen(home: Workspace, role: str = "ledning", **changes: Any) -> Opened:
    return freeze(home, rights(home, role), monthly(home, role, **changes))[0]


def changed(home: Workspace, role: str, opened: Opened) -> Figure:
    return since(home, rights(home, role), opened, templates_of(home).templates)


def test_a_report_is_frozen_once_with_its_mark_in_every_figure(home: Workspace) -> None:
    mine, report = rights(home, "ledning"), monthly(home)
    opened, new = freeze(home, mine, report)
    again, newer = freeze(home, mine, report)
    assert (new, newer) == (True, False)
    assert again.edition == opened.edition
    edition = opened.edition
    assert edition.id.startswith(f"2023-10-{CLINIC}-{edition.hash[:8]}")
    assert (edition.by, edition.by_name, edition.unit) == ("ledning", mine.identity.name, CLINIC)
    assert edition.data == home.store.loads.latest()
    assert opened.whole
    assert opened.report.edition is not None
    assert opened.report.edition.data == edition.data
    assert {part.figure.context.edition for part in opened.report.parts()} == {f"rapport {edition.id}"}
    assert [part.figure.rows for part in opened.report.parts()] == [
        part.figure.rows for part in report.parts()
    ]
    assert opened.report.findings == report.findings
    assert home.store.audit(1)[0][2] == Event.FROZEN
    assert edition in listed(home, mine.scope, CLINIC)


def test_what_is_frozen_is_not_frozen_again(home: Workspace) -> None:
    opened = frozen(home)
    count = len(listed(home, rights(home, "ledning").scope, CLINIC))
    head = rights(home, "verksamhetschef")
    again, new = freeze(home, head, open_edition(home, head, opened.edition.id).report)
    assert (again.edition, new) == (opened.edition, False)
    assert len(listed(home, rights(home, "ledning").scope, CLINIC)) == count


@pytest.mark.parametrize("role", ["hr", "namnd"])
def test_who_may_not_speak_for_the_unit_does_not_freeze(home: Workspace, role: str) -> None:
    unit, month = (ROOT_UNIT, SEPTEMBER) if role == "namnd" else (CLINIC, OCTOBER)
    report = made(home, role, unit, MONTHLY, month, sections=("nyckeltal",))
    with pytest.raises(NotPermitted, match="räcker inte för att frysa"):
        freeze(home, rights(home, role), report)


def test_who_heads_a_clinic_freezes_for_it_and_not_for_the_whole(home: Workspace) -> None:
    head = rights(home, "verksamhetschef")
    assert freeze(home, head, monthly(home, "verksamhetschef"))[0].whole
    with pytest.raises(NotPermitted):
        freeze(home, head, made(home, "verksamhetschef", ROOT_UNIT, MONTHLY, sections=("laget",)))


def test_an_earlier_days_knowledge_is_not_frozen(home: Workspace) -> None:
    then = WorkspaceThen(home, home.catalogue, home.store, dt.date(2023, 10, 20))
    with pytest.raises(DataError, match="tidigare dag kan inte frysas"):
        freeze(then, rights(home, "ledning"), monthly(home))


def test_data_that_have_come_since_it_was_made_are_told(home: Workspace) -> None:
    report, version = monthly(home), home.version()[0]
    with pytest.raises(DataError, match="har ändrats sedan rapporten sattes ihop"):
        freeze(home, rights(home, "ledning"), report, seen=version - 1)
    assert freeze(home, rights(home, "ledning"), report, seen=version)[0].edition.unit == CLINIC


def test_a_persons_number_is_not_frozen(home: Workspace) -> None:
    report = monthly(home, said=((VISITS, Said("Ring 19121212-1212.")),))
    count = len(listed(home, rights(home, "ledning").scope, CLINIC))
    with pytest.raises(DataError) as error:
        freeze(home, rights(home, "ledning"), report)
    assert "personnummer" in str(error.value)
    assert "1212" not in str(error.value)
    assert len(listed(home, rights(home, "ledning").scope, CLINIC)) == count


def test_who_sees_less_sees_less_of_it_and_is_told(home: Workspace) -> None:
    opened = frozen(home)
    whole = ids(opened.report)
    for role in ("verksamhetschef", "omradeschef", "hr"):
        mine = rights(home, role)
        found = open_edition(home, mine, opened.edition.id)
        assert not found.whole
        assert found.hidden == set(whole) - set(ids(found.report))
        assert found.report.findings == (SUMMARY_HIDDEN,)
        assert not any(section.intro for section in found.report.sections)
        for part in found.report.parts():
            assert all(mine.scope.sees(unit) for unit in part.units)
            assert all(mine.scope.allows(unit, key) for unit in part.units for key in part.measures)
        assert HIDDEN in {left.why for left in found.report.left_out}
        assert found.report.title == opened.report.title
    hr = open_edition(home, rights(home, "hr"), opened.edition.id).report
    assert not next(one for one in hr.sections if one.id == "budget").parts
    assert "nyckeltal.sjukfranvaro" in ids(hr)
    assert "nyckeltal.vardgaranti-besok" not in ids(hr)


def test_a_place_among_others_is_not_told_to_who_would_not_be_told_it(home: Workspace) -> None:
    """How many of them have no name follows from who asks: another's list could name them."""
    places = {"laget.egen-plats", "nyckeltal.sjukfranvaro-plats", "nyckeltal.vardgaranti-atgard-plats"}
    by_leader, by_head = frozen(home), frozen(home, "verksamhetschef")
    assert places <= set(ids(by_leader.report))

    def shown(role: str, opened: Opened) -> set[str]:
        return places & set(ids(open_edition(home, rights(home, role), opened.edition.id).report))

    assert shown("ledning", by_leader) == places
    for role in ("verksamhetschef", "omradeschef"):
        assert not shown(role, by_leader)
    assert shown("verksamhetschef", by_head) == places & set(ids(by_head.report)) != set()
    assert not shown("omradeschef", by_head)
    assert shown("ledning", by_head) == shown("verksamhetschef", by_head), "who sees all is told nothing new"


def test_who_may_see_nothing_of_the_unit_is_told_that_there_is_none(home: Workspace) -> None:
    opened = frozen(home)
    stranger = home.rights_of(Identity("annan", "Annan", (Grant("verksamhetschef", "vuxenpsykiatri"),)))
    told = []
    for mine, name in (
        (stranger, opened.edition.id),
        (rights(home, "namnd"), opened.edition.id),
        (stranger, "2023-10-hsf-00000000"),
    ):
        with pytest.raises(NotFound) as error:
            open_edition(home, mine, name)
        told.append(str(error.value).replace(name, "X"))
    assert len(set(told)) == 1
    with pytest.raises(NotPermitted):
        listed(home, stranger.scope, CLINIC)


@pytest.mark.parametrize("maker", ["ledning", "verksamhetschef"])
@pytest.mark.parametrize("reader", ["ledning", "verksamhetschef", "omradeschef", "hr", "controller"])
def test_nothing_has_changed_as_long_as_nothing_has(home: Workspace, maker: str, reader: str) -> None:
    """Whoever made it and whoever opens it: other rights are no change."""
    opened = frozen(
        home,
        maker,
        said=((VISITS, Said("Många remisser.", "Kvällsmottagning.")),),
        by=rights(home, maker).identity.name,
        when=TODAY,
    )
    found = open_edition(home, rights(home, reader), opened.edition.id)
    told = changed(home, reader, found)
    assert (told.rows, told.title) == ((), "Inget har ändrats sedan utgåvan gjordes")
    assert told.empty


def test_who_only_looks_is_told_of_changes_too(home: Workspace) -> None:
    """What may not be taken away is still there."""
    opened = frozen(home)
    person = next(one for one in home.catalogue.demo_people if one.id == "ledning")
    looking = home.rights_of(Identity("admin", "Ada", person.grants, "Förvaltningsledning"))
    found = open_edition(home, looking, opened.edition.id)
    assert found.whole
    assert not since(home, looking, found, templates_of(home).templates).rows


def test_without_its_template_it_is_as_it_was_and_can_not_be_compared(home: Workspace) -> None:
    opened = frozen(home)
    others = [one for one in templates_of(home).templates if one.id != MONTHLY]
    with pytest.raises(NotFound, match="Mallen som utgåvan gjordes efter finns inte längre"):
        since(home, rights(home, "ledning"), opened, others)
    bare = replace(opened, report=replace(opened.report, selection=None))
    with pytest.raises(NotFound):
        changed(home, "ledning", bare)


def test_what_is_written_in_the_report_is_no_change_and_what_was_handed_in_is_one(home: Workspace) -> None:
    name = rights(home, "ledning").identity.name
    opened = frozen(home, said=((VISITS, Said("Skrivet här.")),), by=name, when=TODAY)
    figure = next(p.figure for p in opened.report.parts() if p.id == "avvikelser.vardgaranti-besok")
    assert figure.comments[0] == Comment("Analys", "Skrivet här.", name, TODAY, here=True)
    assert not any("Skrivet här." in str(row) for row in changed(home, "ledning", opened).rows)
    # The same words as somebody has handed them in: they are not there now, and that is told.
    handed_in = _with_comment(opened, replace(figure.comments[0], here=False))
    assert any("Skrivet här." in str(row) for row in changed(home, "ledning", handed_in).rows)


def _with_comment(opened: Opened, comment: Comment) -> Opened:
    """The edition with that comment instead of what was written in it."""

    def part(one: Part) -> Part:
        if not any(said.here for said in one.figure.comments):
            return one
        return replace(one, figure=replace(one.figure, comments=(comment, *one.figure.comments[1:])))

    sections = tuple(replace(s, parts=tuple(map(part, s.parts))) for s in opened.report.sections)
    return replace(opened, report=replace(opened.report, sections=sections))


def correct(home: Workspace, folder: Path) -> int:
    """October's first visits of the klinik, corrected by a file."""
    path = folder / "rattelse.csv"
    path.write_bytes(
        b"Nyckeltal;Verksamhet;Period;T\xe4ljare;N\xe4mnare\r\nvardgaranti.besok;Kirurgkliniken;okt 2023;1500;1605\r\n"
    )
    loading, controller = loading_of(home), rights(home, "controller")
    return loading.load(controller, loading.check(controller, path, path.name, "observationer")).number


def test_after_a_correction_it_is_as_it_was_and_what_has_changed_is_listed(
    home: Workspace, tmp_path: Path
) -> None:
    before, report = frozen(home), monthly(home)
    number = correct(home, tmp_path)
    home._state = None  # it is asked for once a second
    try:
        with pytest.raises(DataError, match="har ändrats"):
            freeze(home, rights(home, "ledning"), report, seen=home.version()[0] - 1)
        after = open_edition(home, rights(home, "ledning"), before.edition.id)
        assert after == before
        assert [p.figure.rows for p in monthly(home).parts()] != [p.figure.rows for p in report.parts()]
        told = changed(home, "ledning", after)
        assert told.rows
        assert "värden har ändrats sedan utgåvan gjordes" in told.title
        assert any("Vårdgaranti" in str(row[0]) for row in told.rows)
        curve = [row for row in told.rows if "oktober 2023" in str(row[1]).lower() or "okt" in str(row[1])]
        assert curve, told.rows
        hr = changed(home, "hr", open_edition(home, rights(home, "hr"), before.edition.id))
        assert not hr.rows, "nothing that they see has changed"
        newer = frozen(home)
        assert newer.edition.id != before.edition.id
        assert (before.edition.data, newer.edition.data) == (number - 1, number)
        assert not changed(home, "ledning", newer).rows
    finally:
        home.store.loads.undo(home.catalogue, number)
        home._state = None
