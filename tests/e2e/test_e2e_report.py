"""Rapport in a browser: files made, left while they are made, taken; frozen and opened again; and a figure's own files."""

from __future__ import annotations

import io
import re
import zipfile

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import address, open_at
from tests.e2e.test_economy import finding, follow
from tests.e2e.windows import ready

LONG = 30_000
"""Milliseconds for the files to be made on a busy machine."""
NAME = "hsf-nyckeltal_manadsuppfoljning_kirurgkliniken_2023-10"
CARE = "hsf-nyckeltal_vardgaranti-besok_kirurgkliniken_2023-10"
MAKE, ALL = "Gör filerna", "Alla i en ZIP-fil"

pytestmark = pytest.mark.browser


def at(url: str, **more: str) -> str:
    chosen = {
        "roll": "verksamhetschef",
        "enhet": "kirurgkliniken",
        "manad": "2023-10",
        "avsnitt": "laget",
    } | more
    return f"{url}/rapport?" + "&".join(f"{name}={value}" for name, value in chosen.items())


def taken(page: Page, label: str) -> tuple[str, bytes]:
    """The name and the content of the file behind the button."""
    with page.expect_download(timeout=LONG) as download:
        page.get_by_role("button", name=label, exact=True).click()
    return download.value.suggested_filename, download.value.path().read_bytes()


def parts(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        return package.namelist()


def test_files_are_left_while_they_are_made_and_made_and_taken(page: Page, economy_url: str) -> None:
    open_at(page, at(economy_url))
    said = finding(page)
    page.get_by_role("button", name=MAKE).click()
    expect(page.get_by_test_id("stProgress")).to_be_visible()
    follow(page, "Akutsjukvård")
    expect(page.get_by_role("heading", level=2).first).to_have_text(re.compile("^Månadsuppföljning: "))
    page.go_back()
    ready(page)
    expect(page.get_by_role("heading", level=2).first).to_have_text(said)
    expect(page.get_by_test_id("stProgress")).to_have_count(0)
    expect(page.get_by_test_id("stAlert")).to_have_count(0)

    page.get_by_role("button", name=MAKE).click()
    expect(page.get_by_role("button", name=ALL)).to_be_visible(timeout=LONG)
    ready(page)
    found = dict(taken(page, f"Ladda ner {kind}") for kind in ("PowerPoint", "PDF", "Excel"))
    assert list(found) == [f"{NAME}.{kind}" for kind in ("pptx", "pdf", "xlsx")]
    slides = [name for name in parts(found[f"{NAME}.pptx"]) if re.match(r"ppt/slides/slide\d+\.xml", name)]
    assert len(slides) >= 5, "one for each figure, a title and a summary"
    assert any(name.startswith("ppt/charts/chart") for name in parts(found[f"{NAME}.pptx"]))
    assert "xl/workbook.xml" in parts(found[f"{NAME}.xlsx"])
    assert found[f"{NAME}.pdf"].startswith(b"%PDF-")
    with pikepdf.open(io.BytesIO(found[f"{NAME}.pdf"])) as document:
        assert "/StructTreeRoot" in document.Root
        assert len(document.pages) >= 3
    name, everything = taken(page, ALL)
    assert name == f"{NAME}.zip"
    with zipfile.ZipFile(io.BytesIO(everything)) as archive:
        assert {one: archive.read(one) for one in archive.namelist()} == found


def test_a_frozen_report_is_opened_by_its_link_and_is_the_same_after_a_reload(
    page: Page, economy_url: str
) -> None:
    open_at(page, at(economy_url))
    page.get_by_role("button", name="Frys som utgåva").click()
    told = page.get_by_test_id("stAlert").filter(has_text="fryst")
    expect(told).to_be_visible(timeout=LONG)
    edition = told.get_by_role("link").inner_text()
    told.get_by_role("link").click()
    expect(page.get_by_text("SHA-256")).to_be_visible(timeout=LONG)
    ready(page)
    assert f"utgava={edition}" in address(page)
    said = finding(page)
    digest = page.get_by_text(re.compile("SHA-256: [0-9a-f]{64}$")).inner_text()
    assert edition.endswith(digest.rpartition(" ")[2][:8])
    page.reload()
    ready(page)
    assert finding(page) == said == "Månadsuppföljning oktober 2023, Kirurgkliniken"
    expect(page.get_by_text(digest)).to_be_visible()
    page.set_viewport_size({"width": 400, "height": 900})
    ready(page)
    wide = page.evaluate(
        "[document.documentElement, document.querySelector('[data-testid=stMain]')].map(e => e.scrollWidth)"
    )
    assert max(wide) <= 400, "nothing is wider than a phone, not even the hash"
    page.get_by_role("button", name="PDF", exact=True).click()
    page.get_by_role("button", name="PowerPoint", exact=True).click()
    ready(page)
    page.get_by_role("button", name=MAKE).click()
    expect(page.get_by_role("button", name="Ladda ner Excel")).to_be_visible(timeout=LONG)
    ready(page)
    name, content = taken(page, "Ladda ner Excel")
    assert name == f"{NAME}_utgava-{edition[-8:]}.xlsx"
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert any(edition.encode() in book.read(part) for part in book.namelist())


def test_a_figure_is_taken_as_each_kind_of_file(page: Page, economy_url: str) -> None:
    open_at(page, f"{economy_url}/nyckeltal?nyckeltal=vardgaranti.besok&enhet=kirurgkliniken&manad=2023-10")
    page.get_by_role("button", name="Exportera").first.click()
    kinds = {"png": "PNG-bild", "pptx": "PowerPoint", "xlsx": "Excel", "svg": "SVG-bild", "csv": "CSV"}
    found = {}
    for kind, label in kinds.items():
        name, found[kind] = taken(page, label)
        assert name == f"{CARE}.{kind}"
    assert found["png"].startswith(b"\x89PNG\r\n\x1a\n")
    assert found["svg"].startswith(b"<svg")
    assert "ppt/presentation.xml" in parts(found["pptx"])
    assert any(name.startswith("ppt/charts/") for name in parts(found["pptx"]))
    assert "xl/workbook.xml" in parts(found["xlsx"])
    text = found["csv"].decode("utf-8-sig")
    assert found["csv"].startswith(b"\xef\xbb\xbf")
    assert re.search(r"jan–okt 2023;.*;\d+,\d", text)
