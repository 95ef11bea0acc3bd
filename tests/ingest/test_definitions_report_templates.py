"""The report templates as files: what they hold, and what one that is wrong is told, which never stops the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.ingest.definitions.report_templates import read_templates, template_files
from hsf_kpi.model.period import View
from hsf_kpi.model.template import MeantFor, ReportTemplate, SectionKind, SectionPlan

MEASURES = frozenset({"sjukfranvaro", "vardgaranti.besok"})
GOOD = """
id = "prov"
order = 2
name = "Prov"
meeting = "Ett möte."
source = "Planen"
meant_for = "omrade"
months = [4, 8]
view = "r12"

[[section]]
id = "laget"
kind = "laget"
title = "Läget"

[[section]]
id = "matt"
kind = "nyckeltal"
title = "Mått"
measures = ["sjukfranvaro", "vardgaranti.besok"]
"""


def put(folder: Path, text: str = GOOD, name: str = "prov") -> None:
    path = folder / "reports" / f"{name}.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")


def told(folder: Path) -> list[str]:
    return [str(problem) for problem in read_templates(folder, MEASURES).problems]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


def test_a_file_becomes_a_template(data: Path) -> None:
    put(data)
    found = read_templates(data, MEASURES)
    assert found.problems == ()
    assert found.templates == (
        ReportTemplate(
            "prov",
            "Prov",
            "Ett möte.",
            "Planen",
            MeantFor.AREA,
            (4, 8),
            View.R12,
            (
                SectionPlan("laget", SectionKind.STANDING, "Läget"),
                SectionPlan("matt", SectionKind.MEASURES, "Mått", ("sjukfranvaro", "vardgaranti.besok")),
            ),
            "data/reports/prov.toml",
        ),
    )


def test_they_stand_in_their_order_and_then_by_name(data: Path) -> None:
    for name, order in (("a", 3), ("c", 1), ("b", 1)):
        put(data, GOOD.replace('"prov"', f'"{name}"').replace("order = 2", f"order = {order}"), name)
    assert [one.id for one in read_templates(data, MEASURES).templates] == ["b", "c", "a"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('name = "Prov"\n', "", "name: Fältet saknas. Lägg till fältet i filen."),
        (
            '"omrade"',
            '"klinik"',
            "meant_for: ”klinik” är inget tillåtet värde. Välj ett av: forvaltning, omrade, under, alla.",
        ),
        ("[4, 8]", "[4, 13]", "months[2]: ”13” är utanför det tillåtna. Ange högst 12."),
        ("order = 2", "order = 0", "order: ”0” är utanför det tillåtna. Ange minst 1."),
        ('"r12"', '"kvartal"', "view: ”kvartal” är inget tillåtet värde. Välj ett av: month, ytd, r12."),
        (
            'title = "Läget"',
            'titel = "Läget"',
            "section[laget].title: Fältet saknas. Lägg till fältet i filen.",
        ),
        (
            'title = "Läget"',
            'title = "Läget"\ntitel = "Läget"',
            "section[laget].titel: Fältet är okänt. Menade du ”title”?",
        ),
        (
            'id = "matt"',
            'id = "laget"',
            "section[laget].id: Id används flera gånger. Ge varje rad ett eget id.",
        ),
        (
            'id = "prov"',
            'id = "annat"',
            "id: Filen heter ”prov” men id är ”annat”. Ge filen och mallen samma namn.",
        ),
        (
            'measures = ["sjukfranvaro", "vardgaranti.besok"]',
            "measures = []",
            "section[matt].measures: Avsnittet namnger inga nyckeltal. Ange minst ett nyckeltal.",
        ),
        (
            'title = "Läget"',
            'title = "Läget"\nmeasures = ["sjukfranvaro"]',
            "section[laget].measures: Avsnitt av slaget ”laget” har egna figurer."
            " Ta bort fältet, eller välj ett av slagen nyckeltal, jamforelse.",
        ),
    ],
)
def test_one_that_is_wrong_is_told_and_the_others_are_used(
    data: Path, old: str, new: str, expected: str
) -> None:
    put(data, GOOD.replace('"prov"', '"hel"'), "hel")
    assert old in GOOD
    put(data, GOOD.replace(old, new, 1))
    found = read_templates(data, MEASURES)
    assert [one.id for one in found.templates] == ["hel"]
    assert f"data/reports/prov.toml: {expected}" in told(data)


def test_a_kind_that_there_is_not_is_told_with_all_that_there_are(data: Path) -> None:
    put(data, GOOD.replace('kind = "laget"', 'kind = "vader"'))
    (problem,) = told(data)
    assert "section[laget].kind: ”vader” är inget tillåtet värde." in problem
    assert all(kind.value in problem for kind in SectionKind)


def test_no_sections_are_told(data: Path) -> None:
    put(data, GOOD.partition("[[section]]")[0] + "section = []\n")
    assert told(data) == ["data/reports/prov.toml: section: Fältet får inte vara tomt. Fyll i fältet."]


def test_an_unknown_measure_is_told_and_the_template_used_all_the_same(data: Path) -> None:
    put(data, GOOD.replace('"sjukfranvaro"', '"solsken"'))
    found = read_templates(data, MEASURES)
    assert [str(one) for one in found.problems] == [
        "data/reports/prov.toml: section[matt].measures: Nyckeltalet ”solsken” finns inte."
        " Rätta nyckeln, eller ta bort den. Resten av rapporten görs ändå."
    ]
    assert found.templates[0].sections[1].measures == ("solsken", "vardgaranti.besok")


def test_what_is_no_toml_or_no_text_is_told(data: Path) -> None:
    put(data, 'id = "prov')
    assert told(data) == [
        "data/reports/prov.toml: filens slut: Filen är inte giltig TOML."
        " Kontrollera citattecken, hakparenteser och likhetstecken på raden."
    ]
    (data / "reports" / "prov.toml").write_bytes(b"\xff")
    assert "inte sparad som UTF-8" in told(data)[0]


def test_only_files_that_are_there_to_be_read_are(data: Path) -> None:
    assert template_files(data) == []
    put(data)
    put(data, "", ".prov")
    (data / "reports" / "prov.toml~").write_text("")
    (data / "reports" / "README.md").write_text("")
    assert [path.name for path in template_files(data)] == ["prov.toml"]


def test_a_broken_template_stops_no_definitions(folder: Path) -> None:
    before = read_catalogue(folder).fingerprint
    put(folder, "trasig")
    assert read_catalogue(folder).fingerprint == before, (
        "how a report is arranged is nothing that is measured"
    )
