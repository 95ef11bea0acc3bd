"""Kinds of file, what they are called, and that each is made by its own renderer."""

from __future__ import annotations

import datetime as dt
import importlib
import re
from dataclasses import replace

import pytest

from hsf_kpi.figures.figure import Context
from hsf_kpi.figures.report import EditionMark, Report
from hsf_kpi.model.problems import NotFound
from hsf_kpi.model.role import Permission
from hsf_kpi.reporting.making import MEDIA, file_name, make, medium
from tests.figures.report_samples import report

NOW = dt.datetime(2023, 11, 20, 9, 30, tzinfo=dt.UTC)
MARK = EditionMark("2023-10-hsf-7c1f20ab", "7c1f20ab" + "0" * 56, NOW, "Controller", 3)


def of(context: Context, **changes: object) -> Report:
    return replace(report(), context=context, **changes)  # type: ignore[arg-type]


def test_the_kinds_and_what_they_take() -> None:
    assert {one.id: one.takes for one in MEDIA.values()} == {
        "pptx": Permission.DOWNLOAD_DATA,
        "pdf": Permission.DOWNLOAD_PICTURE,
        "xlsx": Permission.DOWNLOAD_DATA,
    }
    assert all(one.id == one.extension and one.mime.startswith("application/") for one in MEDIA.values())
    assert medium("pdf").name == "PDF"
    for make_it in (lambda: medium("docx"), lambda: make(report(), "docx")):
        with pytest.raises(NotFound) as error:
            make_it()
        assert str(error.value) == "format: Filslaget ”docx” finns inte. Välj pptx, pdf, xlsx."


def test_a_name_says_what_is_inside() -> None:
    plain = report().context
    clinic = replace(plain, unit_id="kirurgkliniken")
    assert file_name(of(clinic), "pptx") == "hsf-nyckeltal_manadsuppfoljning_kirurgkliniken_2023-10.pptx"
    assert file_name(of(clinic, edition=MARK), "pdf") == (
        "hsf-nyckeltal_manadsuppfoljning_kirurgkliniken_2023-10_utgava-7c1f20ab.pdf"
    )
    known = replace(clinic, known=dt.date(2023, 10, 20))
    assert file_name(of(known), "xlsx").endswith("_2023-10_per-2023-10-20.xlsx")


@pytest.mark.parametrize("text", ["../../etc/passwd", "Åtgärd & <mål>\n", "CON", "a\0b", "\u202egpj"])
def test_a_name_is_harmless_whatever_it_is_made_of(text: str) -> None:
    found = file_name(of(replace(report().context, unit_id=text), template=text), text)
    assert re.fullmatch(r"[a-z0-9_-]+\.[a-z0-9-]+", found), found


@pytest.mark.parametrize(
    ("medium_id", "package", "name"),
    [
        ("pptx", "powerpoint", "report_pptx"),
        ("pdf", "pdf", "report_pdf"),
        ("xlsx", "excel", "report_xlsx"),
    ],
)
def test_each_kind_is_made_by_its_own_renderer(
    monkeypatch: pytest.MonkeyPatch, medium_id: str, package: str, name: str
) -> None:
    told: list[tuple[int, int]] = []
    renderer = importlib.import_module(f"hsf_kpi.render.{package}")
    monkeypatch.setattr(renderer, name, lambda one, heard: (heard(1, 1), one.title.encode())[1])
    assert (
        make(report(), medium_id, lambda done, count: told.append((done, count))) == report().title.encode()
    )
    assert told == [(1, 1)]
