"""The workspace's definitions follow what is loaded into the database, here or by another process."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from hsf_kpi import ROOT
from hsf_kpi.access.identity import Identity
from hsf_kpi.build import bring_up_to_date
from hsf_kpi.cli.main import main
from hsf_kpi.economy import economy_of
from hsf_kpi.ingest.definition_rows import catalogue_with, changed_catalogue, definition_rows
from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.aggregation import FIXED
from hsf_kpi.model.codes import Origin, Sex, Status
from hsf_kpi.model.incoming import Holds
from hsf_kpi.model.observation import Observation
from hsf_kpi.model.period import Month, Window
from hsf_kpi.model.problems import DataError, DefinitionError
from hsf_kpi.model.role import Grant
from hsf_kpi.model.selection import Selection
from hsf_kpi.settings import Settings
from hsf_kpi.store.delivery import Delivery
from hsf_kpi.store.store import Store
from hsf_kpi.workspace import Workspace

JANUARY = Month.parse("2024-01")
EVERYTHING = Identity("ledning", "Ledning", (Grant("ledning"),))
AT_HSF = Selection("hsf", JANUARY)
TARGET = {"measure": "sjukfranvaro", "year": 2024, "kind": "högst", "value": "8", "text": "8 %", "row": 2}
MERGED = (
    {"unit": "ny-klinik", "name": "Nya kliniken", "level": "klinik", "parent": "akutsjukvard", "first": "2024-01",
     "tags": "personal", "row": 2},
    {"unit": "kirurgkliniken", "last": "2023-12", "successor": "ny-klinik", "row": 3},
)  # fmt: skip


def observed(unit: str, month: Month) -> Observation:
    parts = 70 * FIXED, 1000 * FIXED
    return Observation("sjukfranvaro", unit, Window.MONTH, month, Sex.ALL, Origin.LOADED, "", *parts, None)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real database in which all have reported their sjukfrånvaro, 7 %."""
    path = tmp_path_factory.mktemp("followed") / "hsf.sqlite3"
    catalogue = read_catalogue(ROOT / "data")
    units = [u for u in catalogue.organisation.units.values() if "personal" in u.tags]
    months = [JANUARY, JANUARY - 1, JANUARY - 12]
    rows = [observed(u.id, month) for u in units for month in months if u.exists_at(month)]
    # The one that is to end has not reported the latest month.
    rows.remove(observed("kirurgkliniken", JANUARY))
    with closing(Store.create(f"sqlite:///{path}", "real", catalogue, dt.date(2024, 2, 10))) as store:
        store.load(catalogue, "fil", Origin.LOADED, rows)
    return path


@pytest.fixture
def opened(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Path], Workspace]]:
    """Opens workspaces on a copy of the database, as processes of their own would. Their state is asked anew each time."""
    path = shutil.copyfile(built, tmp_path / "hsf.sqlite3")
    monkeypatch.setattr("hsf_kpi.workspace.STATE_SECONDS", -1.0)
    with ExitStack() as stack:

        def open_one(data: Path = ROOT / "data") -> Workspace:
            workspace = Workspace.open(Settings(f"sqlite:///{path}", "real", data, 8501))
            stack.callback(workspace.store.close)
            return workspace

        yield open_one


Opened = Callable[..., Workspace]


def load(workspace: Workspace, holds: Holds, *rows: dict[str, object]) -> int:
    files = definition_rows(holds, rows, workspace.catalogue)
    before = workspace.catalogue
    new = changed_catalogue(workspace.data_dir, before, files)
    delivery = Delivery("fil", Origin.LOADED, (), by="x", definitions=files)
    return workspace.store.definitions.take(new, delivery, before=before.fingerprint)


def undo(workspace: Workspace, number: int) -> None:
    texts = workspace.store.definitions.overlay_without(number)
    before = workspace.catalogue
    after = catalogue_with(workspace.data_dir, before, texts)
    workspace.store.definitions.undo(after, number, "x", before=before.fingerprint)


def status(workspace: Workspace) -> Status:
    return workspace.assessment(workspace.scope_of(EVERYTHING), AT_HSF, "sjukfranvaro").status


def test_a_new_target_changes_the_verdict_here_and_elsewhere_until_it_is_undone(opened: Opened) -> None:
    mine, other = opened(), opened()
    before = mine.catalogue.fingerprint
    assert {status(mine), status(other)} == {Status.NOT_ASSESSABLE}
    number = load(mine, Holds.TARGETS, TARGET)
    assert [status(mine), status(other)] == [Status.MET, Status.MET]
    assert other.catalogue == mine.catalogue
    stricter = load(other, Holds.TARGETS, {**TARGET, "value": "5"})
    assert [status(mine), status(other)] == [Status.MISSED, Status.MISSED]
    undo(mine, stricter)
    assert [status(other), status(mine)] == [Status.MET, Status.MET]
    undo(other, number)
    assert [status(mine), status(other)] == [Status.NOT_ASSESSABLE] * 2
    assert mine.catalogue.fingerprint == other.catalogue.fingerprint == before
    # One that is opened afterwards has the same.
    load(mine, Holds.TARGETS, TARGET)
    assert opened().catalogue == mine.catalogue


def test_rights_and_trees_follow_a_new_unit(opened: Opened) -> None:
    mine, other = opened(), opened()
    scope = other.scope_of(EVERYTHING)
    assert not scope.sees("ny-klinik")
    assert economy_of(other).seen_with == other.catalogue.ledger_seen_with
    total = other.assessment(scope, AT_HSF, "sjukfranvaro").outcome.value
    load(mine, Holds.UNITS, *MERGED)
    scope = other.scope_of(EVERYTHING)
    assert scope.sees("ny-klinik")
    assert "ny-klinik" in other.units(scope, AT_HSF)
    assert "kirurgkliniken" not in other.units(scope, AT_HSF)
    assert other.assessment(scope, AT_HSF, "sjukfranvaro").outcome.value == total
    [told] = other.reorganisations(scope, "ny-klinik")
    assert told.text == "Kirurgkliniken blir Nya kliniken."


def test_what_is_asked_while_it_changes_is_of_one_version(opened: Opened) -> None:
    """No answer stays that was made with other definitions than those of its version."""
    mine, other = opened(), opened()
    with ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(status, other) for _ in range(6)]
        number = load(mine, Holds.TARGETS, TARGET)
        asked += [pool.submit(status, other) for _ in range(12)]
        assert {one.result() for one in asked} <= {Status.NOT_ASSESSABLE, Status.MET}
        assert status(other) is Status.MET
        undo(mine, number)
        asked = [pool.submit(status, other) for _ in range(6)]
        assert {one.result() for one in asked} == {Status.NOT_ASSESSABLE}


def test_a_folder_that_is_being_changed_waits_for_build(opened: Opened, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    mine, other = opened(), opened(data)
    known = other.catalogue
    plan = data / "plan.toml"
    text = plan.read_text("utf-8")
    plan.write_text("inte toml", "utf-8")
    number = load(mine, Holds.TARGETS, TARGET)
    assert other.catalogue is known
    with pytest.raises(DefinitionError):
        opened(data)
    with pytest.raises(DataError, match="Definitionerna i data/ har ändrats"):
        changed_catalogue(data, known, ())
    plan.write_text(text, "utf-8")
    undo(mine, number)
    load(mine, Holds.TARGETS, TARGET)
    assert other.catalogue.loaded == mine.catalogue.loaded != {}


def test_a_workspace_without_a_folder_keeps_its_definitions(opened: Opened) -> None:
    mine = opened()
    known = mine.catalogue
    held = Workspace(known, mine.store)
    load(mine, Holds.TARGETS, TARGET)
    assert held.catalogue is known
    assert mine.catalogue is not known


def test_build_and_check_count_what_is_loaded(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    settings = Settings(f"sqlite:///{tmp_path / 'hsf.sqlite3'}", "real", data, 8501)
    mine = opened(data)
    load(mine, Holds.TARGETS, TARGET)
    assert bring_up_to_date(settings) == "Databasen är aktuell (verkliga uppgifter)."
    plan = data / "plan.toml"
    plan.write_text(plan.read_text("utf-8") + "\n# ändrad\n", "utf-8")
    monkeypatch.setattr("hsf_kpi.build._deliveries", lambda *_args, **_named: ())
    assert bring_up_to_date(settings) == "Databasen är uppdaterad efter definitionerna."
    assert mine.catalogue.measure("sjukfranvaro").target_for(2024) is not None
    assert mine.catalogue.fingerprint == mine.state().fingerprint
    monkeypatch.setenv("HSF_KPI_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("HSF_KPI_DATA_DIR", str(data))
    capsys.readouterr()
    assert main(["check"]) == 0
    assert capsys.readouterr().out.endswith("Inlästa filer räknas in: targets/2024-andringar.toml.\n")
