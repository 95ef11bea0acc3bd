"""`figure`: a page's figures as files, with the names and the rights of the export menu."""

from __future__ import annotations

import csv
import io
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from hsf_kpi.cli.main import main
from hsf_kpi.model.event import Event
from hsf_kpi.render.files import FILES
from hsf_kpi.store import Store
from tests.people import HEAD, LEADER

OCTOBER = ("--through", "2023-10")
BESOK = "hsf-nyckeltal_vardgaranti-besok_medicinkliniken_2023-10"
CARE = ("--page", "nyckeltal", "--indicator", "vardgaranti.besok", "--unit", "medicinkliniken", *OCTOBER)
ROAD = ("--page", "vagen", "--unit", "kirurgkliniken", *OCTOBER, "--format", "csv")

pytestmark = pytest.mark.usefixtures("url")


def figure(out: Path, *options: str, code: int = 0) -> list[str]:
    """What is in the folder after it."""
    assert main(["figure", "--out", str(out), *options]) == code
    return sorted(path.name for path in out.iterdir()) if out.exists() else []


def test_every_format_is_made_with_a_name_that_says_what_is_in_it(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = figure(tmp_path, *CARE, "--only", "vardgaranti-besok", "--formats", ",".join(FILES))
    assert found == sorted(f"{BESOK}.{kind}" for kind in FILES)
    told = capsys.readouterr()
    assert told.out.splitlines() == [str(tmp_path / f"{BESOK}.{kind}") for kind in FILES]
    assert told.err == ""
    made = {path.suffix: path.read_bytes() for path in tmp_path.iterdir()}
    assert made[".png"].startswith(b"\x89PNG\r\n")
    assert made[".svg"].decode("utf-8").startswith("<svg")
    rows = list(csv.reader(io.StringIO(made[".csv"].decode("utf-8-sig")), delimiter=";"))
    assert made[".csv"].startswith(b"\xef\xbb\xbf")
    assert rows[0][0] == "Rubrik"
    assert max(map(len, rows)) > 3
    for kind, part in ((".pptx", "ppt/charts/"), (".xlsx", "xl/charts/")):
        with zipfile.ZipFile(io.BytesIO(made[kind])) as package:
            assert any(name.startswith(part) for name in package.namelist()), "a chart of its own, no picture"
    with closing(Store.open(url)) as store:
        log = store.audit_log.entries(what=(Event.EXPORTED,))
    assert [(entry.who, entry.detail) for entry in reversed(log)] == [
        ("kommandoraden", f"{BESOK}.{kind}") for kind in FILES
    ]


def test_without_one_named_it_is_every_figure_of_the_page_as_pictures(tmp_path: Path) -> None:
    assert figure(tmp_path, "--page", "oversikt", "--unit", "medicinkliniken", *OCTOBER) == [
        "hsf-nyckeltal_maluppfyllelse_medicinkliniken_2023-10.png"
    ]


def test_the_pages_own_choices_are_those_of_its_link(tmp_path: Path) -> None:
    first = figure(tmp_path / "a", *ROAD)
    assert "hsf-nyckeltal_vagen_kirurgkliniken_2023-10.csv" in first
    assert "hsf-nyckeltal_bro-utfall-fjol_kirurgkliniken.csv" in first
    chosen = figure(tmp_path / "b", *ROAD, "--choice", "brygga=prognos", "--choice", "mot=fjol")
    assert "hsf-nyckeltal_bro-utfall-fjol_kirurgkliniken.csv" not in chosen
    path = "hsf-nyckeltal_vagen_kirurgkliniken_2023-10.csv"
    assert (tmp_path / "a" / path).read_bytes() != (tmp_path / "b" / path).read_bytes()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ((*ROAD, "--choice", "farg=blå"), "farg: Sidan ”vagen” har inget val ”farg”. Den har mot, "),
        ((*ROAD, "--choice", "mot=hej"), "mot: Valet av jämförelse ”hej” finns inte. Välj underskott, budget, fjol."),
        ((*ROAD, "--choice", "mot"), "--choice: ”mot” är inget val. Skriv till exempel mot=budget."),
        ((*ROAD, "--only", "hej"), "--only: sidan har ingen figur ”hej”. Välj bland vagen, "),
        ((*ROAD, "--formats", "png,gif"), "--formats: okänt format: ”gif”. Välj bland png, pptx, xlsx, svg, csv."),
        ((*ROAD, "--unit", "hej"), "”hej” finns inte"),
        ((*ROAD, "--through", "2031-01"), "2031-01 finns inte"),
        ((*ROAD, "--page", "rapport"), "okänt val: 'rapport'"),
        ((*CARE, "--indicator", ""), "--indicator: sidan är om ett nyckeltal. Ange vilket."),
        ((*CARE, "--indicator", "hej"), "”hej” finns inte"),
        ((*ROAD, "--for", "ingen"), "--for: Kontot ”ingen” finns inte eller är avstängt."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_nothing_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], told: str
) -> None:
    assert figure(tmp_path / "out", *options, code=2) == []
    captured = capsys.readouterr()
    assert told in captured.err
    assert captured.out == ""
    assert not (tmp_path / "out").exists()


def test_an_account_gets_what_it_may(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert figure(tmp_path, *CARE, "--for", HEAD, code=2) == []
    hidden = capsys.readouterr().err
    assert "”medicinkliniken” finns inte eller ingår inte i din behörighet" in hidden
    assert figure(tmp_path, *CARE, "--for", LEADER, "--only", "vardgaranti-besok", "--format", "csv")


def test_a_full_disk_is_told_for_each_and_leaves_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert figure(tmp_path, *CARE, "--only", "vardgaranti-besok", "--formats", "csv,svg", code=2) == []
    told = capsys.readouterr()
    assert [line.split(": ")[0] for line in told.err.splitlines()] == [f"{BESOK}.csv", f"{BESOK}.svg"]
    assert told.out == ""
