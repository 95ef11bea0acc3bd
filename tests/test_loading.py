"""Files into a copy of the demo: checked, previewed, loaded, undone; and what rights, editions and others' loads say."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from hsf_kpi.access.identity import Identity
from hsf_kpi.access.rights import Rights
from hsf_kpi.loading import Checked, Loading, loading_of
from hsf_kpi.model.codes import OrgView, Origin, Sex
from hsf_kpi.model.event import Event
from hsf_kpi.model.incoming import FileRefused
from hsf_kpi.model.load import Load
from hsf_kpi.model.period import Month, View, Window
from hsf_kpi.model.problems import DataError, HsfError, NotFound, NotPermitted
from hsf_kpi.model.role import Grant
from hsf_kpi.settings import read_settings
from hsf_kpi.workspace import Workspace

OCTOBER = Month.of(2023, 10)
HEADINGS = "Nyckeltal;Verksamhet;Period;Täljare;Nämnare\r\n"
KEY, KLINIK = "vardgaranti.besok", "kirurgkliniken"
OWN = "observationer"


@pytest.fixture(scope="module")
def workspace(demo_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    path = tmp_path_factory.mktemp("loading") / "demo.sqlite3"
    shutil.copyfile(Path(demo_database.removeprefix("sqlite:///")), path)
    opened = Workspace.open(read_settings({"HSF_KPI_DATABASE_URL": f"sqlite:///{path}"}))
    with closing(opened.store):
        yield opened


@pytest.fixture
def loading(workspace: Workspace) -> Iterator[Loading]:
    """What a test has loaded is undone when it is done."""
    there = workspace.store.loads.latest()
    yield loading_of(workspace)
    for load in workspace.store.loads.all():
        if load.number > there and load.holds and load.profile is not None and load.undoes is None:
            workspace.store.loads.undo(workspace.catalogue, load.number)


def of(workspace: Workspace, role: str = "controller", unit: str | None = "hsf") -> Rights:
    return workspace.rights_of(Identity(f"{role}-{unit}", "Controller", (Grant(role, unit),)))


def file(folder: Path, *rows: str, name: str = "besok.csv", headings: str = HEADINGS) -> Path:
    path = folder / name
    path.write_bytes((headings + "\r\n".join(rows) + "\r\n").encode("cp1252"))
    return path


def checked(loading: Loading, path: Path, rights: Rights | None = None, key: str = OWN) -> Checked:
    return loading.check(rights or of(loading.workspace), path, path.name, key)


def load(loading: Loading, path: Path) -> Load:
    rights = of(loading.workspace)
    return loading.load(rights, checked(loading, path, rights))


def value(
    workspace: Workspace, unit: str = KLINIK, month: Month = OCTOBER
) -> tuple[int | None, Origin | None]:
    scope = of(workspace).scope
    series = workspace.store.unit_series(
        scope, workspace.catalogue, unit, View.MONTH, Sex.ALL, OrgView.TODAY, [KEY]
    )[KEY]
    cell = series.cells[Window.MONTH][month]
    return cell.numerator, cell.origin


def test_a_file_is_loaded_kept_and_undone(loading: Loading, workspace: Workspace, tmp_path: Path) -> None:
    before = value(workspace)
    path = file(tmp_path, f"{KEY};Kirurgkliniken;okt 2023;1 500;1605")
    found = checked(loading, path)
    assert found.loadable
    assert found.preview is not None
    assert value(workspace) == before, "to look changes nothing"
    loaded = load(loading, path)
    assert (loaded.rows, loaded.unit, loaded.first, loaded.last) == (1, KLINIK, OCTOBER, OCTOBER)
    assert loaded.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert value(workspace) == (15_000_000, Origin.LOADED)
    name, parts = loading.file(of(workspace), loaded.number)
    assert (name, b"".join(parts)) == ("besok.csv", path.read_bytes())
    again = checked(loading, path)
    assert again.already == loaded
    with pytest.raises(DataError, match="redan inläst"):
        loading.load(of(workspace), again)
    undone = loading.undo(of(workspace), loaded.number)
    assert not undone.holds
    assert value(workspace) == before
    assert checked(loading, path).already is None, "it can be loaded again"
    assert {what for _, _, what, _ in workspace.store.audit(3)} >= {Event.UNDONE, Event.LOADED}


def test_what_is_wrong_is_told_all_at_once_and_nothing_is_changed(
    loading: Loading, workspace: Workspace, tmp_path: Path
) -> None:
    version, latest = workspace.store.state().data_version, workspace.store.loads.latest()
    path = file(
        tmp_path,
        f"{KEY};kirugkliniken;2023-10;1;2",
        f"{KEY};{KLINIK};2023-13;9;3",
        f"{KEY};{KLINIK};2023-10;-1;2",
        f";{KLINIK};2023-10;1;2",
    )
    found = checked(loading, path)
    assert len(found.faults) >= 4
    assert not found.loadable
    with pytest.raises(FileRefused):
        loading.load(of(workspace), found)
    picture = tmp_path / "bild.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    assert checked(loading, picture).faults
    assert (workspace.store.state().data_version, workspace.store.loads.latest()) == (version, latest)
    assert workspace.store.audit(1)[0][2] == Event.LOAD_REFUSED


def test_a_final_month_is_opened_first(loading: Loading, workspace: Workspace, tmp_path: Path) -> None:
    path = file(tmp_path, f"{KEY};{KLINIK};2023-09;1500;1605", f"{KEY};{KLINIK};2023-10;1500;1605")
    found = checked(loading, path)
    assert found.released == (Month.of(2023, 9),)
    assert not found.loadable
    with pytest.raises(DataError, match=r"frisläppta månader \(september 2023\)"):
        loading.load(of(workspace), found)


def test_others_may_load_between_and_then_it_is_looked_at_again(
    loading: Loading, workspace: Workspace, tmp_path: Path
) -> None:
    mine = checked(loading, file(tmp_path, f"{KEY};{KLINIK};2023-10;1500;1605"))
    load(loading, file(tmp_path, f"{KEY};{KLINIK};2023-10;1400;1605", name="annan.csv"))
    with pytest.raises(DataError, match="har ändrats sedan filen kontrollerades"):
        loading.load(of(workspace), mine)


def test_two_who_load_at_once_do_not_both_load_what_they_saw(
    loading: Loading, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have passed every look at the data before either has written: what they saw is held against it once more."""
    mine = checked(loading, file(tmp_path, f"{KEY};{KLINIK};2023-10;1500;1605"))
    same = checked(loading, file(tmp_path, f"{KEY};{KLINIK};2023-10;1500;1605", name="samma.csv"))
    loaded = loading.load(of(workspace), mine)
    latest = workspace.store.loads.latest()
    monkeypatch.setattr(Loading, "_demand_loadable", lambda *_: None)
    with pytest.raises(DataError, match="har ändrats sedan du såg dem"):
        loading.load(of(workspace), same)
    assert workspace.store.loads.latest() == latest
    seen = workspace.store.state().data_version
    with pytest.raises(DataError, match="har ändrats sedan du såg dem"):
        workspace.store.loads.undo(workspace.catalogue, loaded.number, seen=seen - 1)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/besok.csv", "besok.csv"),
        ("C:\\temp\\besök 📈.csv", "besök 📈.csv"),
        ("a\0b\n\u202ec.csv", "a b  c.csv"),
        ("x" * 300 + ".csv", "x" * 111 + "…" + "xxxx.csv"),
        ("/", "fil"),
    ],
)
def test_a_file_is_called_by_what_can_be_kept_and_told(
    loading: Loading, workspace: Workspace, tmp_path: Path, given: str, kept: str
) -> None:
    path = file(tmp_path, f"{KEY};okänd;2023-10;1500;1605")
    assert loading.check(of(workspace), path, given, OWN).name == kept
    assert workspace.store.audit(1)[0][3] == f"{kept}: 1 fel"


def test_a_name_like_a_persons_number_is_refused_and_told_nowhere(
    loading: Loading, workspace: Workspace, tmp_path: Path
) -> None:
    path = file(tmp_path, f"{KEY};{KLINIK};2023-10;1500;1605")
    found = loading.check(of(workspace), path, "lista 19121212-1212.csv", OWN)
    assert "Filens namn" in found.faults[0].what
    assert "1212" not in found.name + workspace.store.audit(1)[0][3]


def test_a_file_that_is_changed_after_the_check_is_not_loaded(
    loading: Loading, workspace: Workspace, tmp_path: Path
) -> None:
    path = file(tmp_path, f"{KEY};{KLINIK};2023-10;1500;1605")
    found, before = checked(loading, path), workspace.store.loads.latest()
    file(tmp_path, f"{KEY};{KLINIK};2023-10;1501;1605")
    with pytest.raises(HsfError):
        loading.load(of(workspace), found)
    path.unlink()
    with pytest.raises(DataError, match="finns inte längre"):
        loading.load(of(workspace), found)
    assert workspace.store.loads.latest() == before


def test_a_controller_of_an_omrade_loads_for_it_alone(
    loading: Loading, workspace: Workspace, tmp_path: Path
) -> None:
    mine = of(workspace, "controller", "akutsjukvard")
    own = checked(loading, file(tmp_path, f"{KEY};{KLINIK};2023-10;1500;1605"), mine)
    assert own.loadable
    outside = checked(
        loading, file(tmp_path, f"{KEY};vuxenpsykiatri;2023-10;1;2", f"{KEY};finns-inte;2023-10;1;2"), mine
    )
    assert {fault.what for fault in outside.faults} == {
        "Verksamheten finns inte eller ingår inte i din behörighet."
    }
    forged = replace(checked(loading, file(tmp_path, f"{KEY};vuxenpsykiatri;2023-10;10;12")))
    with pytest.raises(NotPermitted):
        loading.load(mine, forged)
    whole = checked(loading, file(tmp_path, "x"), mine, "omflyttningar")
    assert "gäller hela" in whole.faults[0].what
    number = load(loading, file(tmp_path, f"{KEY};vuxenpsykiatri;2023-10;10;12", name="oga.csv")).number
    assert number not in {one.number for one in loading.loads(mine)}
    for ask in (loading.undo, loading.file):
        with pytest.raises(NotFound):
            ask(mine, number)


@pytest.mark.parametrize("role", ["ledning", "verksamhetschef", "hr", "namnd", "admin"])
def test_nobody_else_loads(loading: Loading, workspace: Workspace, tmp_path: Path, role: str) -> None:
    mine = of(workspace, role, KLINIK if role == "verksamhetschef" else None)
    path = file(tmp_path, f"{KEY};{KLINIK};2023-10;1500;1605")
    right = checked(loading, path)
    for ask in (
        lambda: checked(loading, path, mine),
        lambda: loading.load(mine, right),
        lambda: loading.loads(mine),
        lambda: loading.undo(mine, 3),
        lambda: loading.profiles(mine),
        lambda: loading.save_profile(mine, ""),
    ):
        with pytest.raises(NotPermitted):
            ask()


def test_what_came_with_the_program_is_not_undone(loading: Loading, workspace: Workspace) -> None:
    with pytest.raises(DataError, match="kom med programmet"):
        loading.undo(of(workspace), 2)
    with pytest.raises(NotFound):
        loading.undo(of(workspace), 999)


PROFILE = """
key = "egen"
title = "Egen"
system = "DUVA"
holds = "observations"

[[column]]
field = "measure"
fixed = "vardgaranti.besok"

[[column]]
field = "unit"
names = ["Enhet"]

[[column]]
field = "period"
names = ["Månad"]

[[column]]
field = "numerator"
names = ["Inom tid"]

[[column]]
field = "denominator"
names = ["Alla"]

[units]
"31 KIR" = "kirurgkliniken"
"""


def test_a_profile_is_saved_used_changed_by_one_at_a_time_and_removed(
    loading: Loading, workspace: Workspace, tmp_path: Path
) -> None:
    mine = of(workspace)
    assert loading.save_profile(mine, PROFILE) == 1
    path = file(tmp_path, "31 KIR;2023-10;1500;1605", headings="Enhet;Månad;Inom tid;Alla\r\n")
    assert checked(loading, path, key="egen").loadable
    with pytest.raises(DataError, match="Någon annan har ändrat källprofilen"):
        loading.save_profile(mine, PROFILE)
    assert loading.save_profile(mine, PROFILE.replace('"Egen"', '"Vår"'), 1) == 2
    profile = loading.profile(mine, "egen")
    assert (profile.title, profile.version, profile.saved) == ("Vår", 2, True)
    with pytest.raises(DataError, match="medföljande profil"):
        loading.save_profile(mine, PROFILE.replace('"egen"', f'"{OWN}"'))
    with pytest.raises(HsfError):
        loading.save_profile(mine, PROFILE.replace("observations", "annat"))
    loading.remove_profile(mine, profile)
    with pytest.raises(NotFound):
        loading.profile(mine, "egen")
    assert loading.save_profile(mine, PROFILE) == 4, "every version is kept"
    loading.remove_profile(mine, loading.profile(mine, "egen"))
