"""Step one: a file of the wrong shape is told with file, field, what is wrong and what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.model.problems import DefinitionError

HME = "indicators/hme.toml"
ORG = "organisation.toml"
TARGETS = "targets/2023.toml"
AT_HME = "data/indicators/hme.toml"
AT_ORG = "data/organisation.toml"


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            HME,
            'direction = "up"\n',
            "",
            f"{AT_HME}: direction: Fältet saknas. Lägg till fältet i filen.",
        ),
        (
            HME,
            'direction = "up"',
            'direction = "upp"',
            f"{AT_HME}: direction: ”upp” är inget tillåtet värde. Välj ett av: up, down, band, none.",
        ),
        (
            HME,
            'direction = "up"',
            'directon = "up"\ndirection = "up"',
            f"{AT_HME}: directon: Fältet är okänt. Menade du ”direction”?",
        ),
        (
            HME,
            'direction = "up"',
            'qqqqq = 1\ndirection = "up"',
            f"{AT_HME}: qqqqq: Fältet är okänt. Ta bort fältet eller rätta stavningen.",
        ),
        (
            HME,
            'why = "',
            'reason = "x"\nwhy = "',
            f"{AT_HME}: definition.reason: Fältet är okänt. Ta bort fältet eller rätta stavningen.",
        ),
        (
            HME,
            "decimals = 1",
            'decimals = "1"',
            f"{AT_HME}: decimals: Värdet har fel typ: ”1”. Ange ett heltal utan citattecken.",
        ),
        (
            HME,
            "decimals = 1",
            "decimals = 1.0",
            f"{AT_HME}: decimals: Värdet har fel typ: ”1.0”. Ange ett heltal utan citattecken.",
        ),
        (
            HME,
            "decimals = 1",
            "decimals = 9",
            f"{AT_HME}: decimals: ”9” är utanför det tillåtna. Ange högst 4.",
        ),
        (
            HME,
            "due_day = 10",
            "due_day = 0",
            f"{AT_HME}: due_day: ”0” är utanför det tillåtna. Ange minst 1.",
        ),
        (
            HME,
            "by_sex = true",
            'by_sex = "ja"',
            f"{AT_HME}: by_sex: Värdet har fel typ: ”ja”. Ange true eller false.",
        ),
        (
            HME,
            'measured = ["year"]',
            'measured = "year"',
            f"{AT_HME}: measured: Värdet har fel typ: ”year”. Ange en lista inom hakparenteser.",
        ),
        (
            HME,
            'measured = ["year"]',
            'measured = ["month", "quarter"]',
            f"{AT_HME}: measured[2]: ”quarter” är inget tillåtet värde. "
            "Välj ett av: month, ytd, r12, delar1, delar2, year, two_years.",
        ),
        (
            HME,
            'measured = ["year"]',
            "measured = []",
            f"{AT_HME}: measured: Fältet får inte vara tomt. Fyll i fältet.",
        ),
        (
            HME,
            'name = "HME-index"',
            'name = " "',
            f"{AT_HME}: name: Fältet får inte vara tomt. Fyll i fältet.",
        ),
        (
            HME,
            'name = "HME-index"',
            "name = 5",
            f"{AT_HME}: name: Värdet har fel typ: ”5”. Ange text inom citattecken.",
        ),
        (
            HME,
            'goal_area = "medarbetare"',
            'goal_area = "Stolta medarbetare"',
            f"{AT_HME}: goal_area: ”Stolta medarbetare” har fel form. "
            "Använd bara a–z, siffror och bindestreck, till exempel ”nara-vard”.",
        ),
        (
            HME,
            'amount = "0.05"',
            'amount = "0,05"',
            f"{AT_HME}: tolerance.amount: ”0,05” är inget decimaltal. "
            'Skriv talet inom citattecken med decimalpunkt, till exempel "8306.5".',
        ),
        (
            HME,
            'amount = "0.05"',
            "amount = 0.05",
            f"{AT_HME}: tolerance.amount: ”0.05” är inget decimaltal. "
            'Skriv talet inom citattecken med decimalpunkt, till exempel "8306.5".',
        ),
        (
            HME,
            'amount = "0.05"',
            'amount = "0.00005"',
            f"{AT_HME}: tolerance.amount: ”0.00005” har fler än fyra decimaler. Ange högst fyra decimaler.",
        ),
        (
            HME,
            'scale = "1"',
            'scale = "1/0"',
            f"{AT_HME}: scale: ”1/0” är ingen skala. "
            'Skriv ett heltal eller ett bråk inom citattecken, till exempel "100" eller "1/1000000".',
        ),
        (
            HME,
            'scale = "1"',
            "scale = 1",
            f"{AT_HME}: scale: ”1” är ingen skala. "
            'Skriv ett heltal eller ett bråk inom citattecken, till exempel "100" eller "1/1000000".',
        ),
        (
            HME,
            "[tolerance]",
            "[definition.numerator]\n[tolerance]",
            f"{AT_HME}: rad 29, kolumn 22: Filen är inte giltig TOML.",
        ),
        (
            ORG,
            'last = "2022-12"',
            'last = "2022-13"',
            f'{AT_ORG}: unit[halsocenter].last: ”2022-13” är ingen månad. Skriv år och månad som "2023-01".',
        ),
        (
            ORG,
            'last = "2022-12"',
            "last = 2022",
            f'{AT_ORG}: unit[halsocenter].last: ”2022” är ingen månad. Skriv år och månad som "2023-01".',
        ),
        (
            ORG,
            '2022 = "2686.5"',
            '2022 = "2686,5"',
            f"{AT_ORG}: unit[nara-vard].ram.2022: ”2686,5” är inget decimaltal.",
        ),
        (
            ORG,
            '2022 = "2686.5"',
            '22 = "2686.5"',
            f"{AT_ORG}: unit[nara-vard].ram.22: ”22” har fel form.",
        ),
        (
            ORG,
            'id = "kirurgkliniken"\n',
            "",
            f"{AT_ORG}: unit[20].id: Fältet saknas. Lägg till fältet i filen.",
        ),
        (
            TARGETS,
            'kind = "at_least"',
            'kind = "minst"',
            "data/targets/2023.toml: target[screening-mammografi].kind: ”minst” är inget tillåtet värde.",
        ),
        (
            TARGETS,
            'kind = "outcome"',
            'kind = "utfall"',
            "data/targets/2023.toml: baseline[screening-mammografi].kind: ”utfall” är inget tillåtet värde. "
            "Välj ett av: outcome, forecast, derived.",
        ),
        (
            "plan.toml",
            'goals = [\n  "Verka',
            'mal = [\n  "Verka',
            "data/plan.toml: goal_area[nyskapande].goals: Fältet saknas. Lägg till fältet i filen.",
        ),
        (
            "source_errors.toml",
            'printed_value = "622"\n',
            "",
            "data/source_errors.toml: source_error[fortroende-vardcentral-kvinnor].printed_value: "
            "Fältet saknas.",
        ),
    ],
)
def test_a_wrong_field(change, problems, file: str, old: str, new: str, expected: str) -> None:  # type: ignore[no-untyped-def]
    change(file, old, new)
    found = problems()
    assert any(problem.startswith(expected) for problem in found), found


def test_a_syntax_error_is_told_with_its_line(change, problems) -> None:  # type: ignore[no-untyped-def]
    change(HME, 'name = "HME-index"', 'name = "HME-index')
    [problem] = problems()
    assert problem.startswith(f"{AT_HME}: rad 2, kolumn 18: Filen är inte giltig TOML.")


def test_a_file_that_breaks_off(folder: Path, problems) -> None:  # type: ignore[no-untyped-def]
    (folder / HME).write_text('id = "hme"\nmeasured = [', encoding="utf-8")
    [problem] = problems()
    assert problem.startswith(f"{AT_HME}: filens slut: Filen är inte giltig TOML.")


def test_a_file_that_is_not_utf_8(folder: Path, problems) -> None:  # type: ignore[no-untyped-def]
    path = folder / "plan.toml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1", errors="replace"))
    [problem] = problems()
    assert problem.startswith("data/plan.toml: rad 1: Filen är inte sparad som UTF-8.")


def test_a_byte_order_mark_is_no_error(folder: Path) -> None:
    path = folder / "plan.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read_catalogue(folder).goal_areas


@pytest.mark.parametrize("name", ["plan.toml", "organisation.toml", "source_errors.toml"])
def test_a_missing_file(folder: Path, problems, name: str) -> None:  # type: ignore[no-untyped-def]
    (folder / name).unlink()
    assert problems() == [f"data/{name}: Filen saknas. Återställ filen eller skapa den."]


def test_a_file_that_is_a_folder(folder: Path, problems) -> None:  # type: ignore[no-untyped-def]
    (folder / "plan.toml").unlink()
    (folder / "plan.toml").mkdir()
    [problem] = problems()
    assert problem.startswith("data/plan.toml: Filen går inte att läsa.")


@pytest.mark.parametrize("name", ["indicators", "targets"])
def test_a_missing_or_empty_subfolder(folder: Path, problems, name: str) -> None:  # type: ignore[no-untyped-def]
    shutil.rmtree(folder / name)
    expected = f"data/{name}: Mappen saknas eller är tom. Lägg dit minst en fil."
    assert problems() == [expected]
    (folder / name).mkdir()
    assert problems() == [expected]


def test_a_missing_or_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="Mappen med definitioner finns inte"):
        read_catalogue(tmp_path / "nowhere")
    with pytest.raises(DefinitionError, match="Mappen med definitioner är tom"):
        read_catalogue(tmp_path)


def test_parts_are_checked_as_whole_measures(change, problems) -> None:  # type: ignore[no-untyped-def]
    change("indicators/trycksar.toml", "row = 27\n", 'row = "27"\n')
    change("indicators/trycksar.toml", 'direction = "down"\n', "")
    change("indicators/trycksar.toml", "decimals = 1\n", "decimals = 7\n")
    change("indicators/trycksar.toml", 'why = "Trycksår', 'whi = "Trycksår')
    at = "data/indicators/trycksar.toml"
    found = problems()
    assert len(found) == 6
    # A common field is told once, not once for each part; a part's own with the part's name.
    for start in (
        f"{at}: part[kat-1-4].row: Värdet har fel typ",
        f"{at}: part[kat-1-4].direction: Fältet saknas",
        f"{at}: part[kat-2-4].direction: Fältet saknas",
        f"{at}: decimals: ”7” är utanför",
        f"{at}: part[kat-1-4].definition.why: Fältet saknas",
        f"{at}: part[kat-1-4].definition.whi: Fältet är okänt. Menade du ”why”?",
    ):
        assert sum(problem.startswith(start) for problem in found) == 1, (start, found)


def test_a_part_takes_over_the_common_definition(folder: Path, change) -> None:  # type: ignore[no-untyped-def]
    change("indicators/trycksar.toml", "[tolerance]", '[definition]\nnote = "Gemensamt."\n\n[tolerance]')
    path = folder / "indicators/trycksar.toml"
    text = path.read_text(encoding="utf-8")
    own = "Kategori 1 (rodnad"
    line = next(line for line in text.splitlines() if line.startswith(f'note = "{own}'))
    path.write_text(text.replace(line + "\n", ""), encoding="utf-8")
    catalogue = read_catalogue(folder)
    assert catalogue.measure("trycksar.kat-2-4").definition.note == "Gemensamt."
    assert catalogue.measure("trycksar.kat-1-4").definition.note.startswith("Punktprevalens")


@pytest.mark.parametrize("parts", ["part = []", 'part = ["kat-1-4"]', "part = 5"])
def test_parts_of_the_wrong_form(folder: Path, problems, parts: str) -> None:  # type: ignore[no-untyped-def]
    path = folder / "indicators/trycksar.toml"
    head = path.read_text(encoding="utf-8").split("[tolerance]")[0]
    path.write_text(head + parts + "\n", encoding="utf-8")
    assert problems() == [
        "data/indicators/trycksar.toml: part: Delarna har fel form. Skriv varje del som en tabell [[part]]."
    ]


def test_all_problems_of_all_files_are_told_at_once(change, problems, folder: Path) -> None:  # type: ignore[no-untyped-def]
    change(HME, 'direction = "up"\n', "")
    change(HME, "decimals = 1", 'decimals = "x"')
    change("indicators/antibiotika.toml", 'scale = "1000"', 'scale = "tusen"')
    change(ORG, 'last = "2022-12"', 'last = "dec"')
    change(TARGETS, 'low = "80"', 'low = "åttio"')
    change("indicators/korda-mil.toml", 'goal_area = "effektiv"', 'goal_area = "finns-inte"')
    (folder / "source_errors.toml").unlink()
    found = problems()
    assert len(found) == 7
    for start in (
        f"{AT_HME}: direction:",
        f"{AT_HME}: decimals:",
        "data/indicators/antibiotika.toml: scale:",
        f"{AT_ORG}: unit[halsocenter].last:",
        "data/targets/2023.toml: target[screening-mammografi].low:",
        "data/indicators/korda-mil.toml: goal_area: Målområdet ”finns-inte” finns inte.",
        "data/source_errors.toml: Filen saknas.",
    ):
        assert sum(problem.startswith(start) for problem in found) == 1, (start, found)


def test_a_broken_file_gives_no_followers(change, problems) -> None:  # type: ignore[no-untyped-def]
    """What only seems to be missing, because its file can't be read, is not told."""
    change(HME, "decimals = 1", "decimals = 1,")
    [problem] = problems()
    assert problem.startswith(AT_HME)
    change(HME, "decimals = 1,", "decimals = 1")
    change(ORG, "[[unit]]", "[[unit]")
    [problem] = problems()
    assert problem.startswith(AT_ORG)


def test_the_fingerprint_follows_names_and_contents(folder: Path) -> None:
    first = read_catalogue(folder).fingerprint
    assert read_catalogue(folder).fingerprint == first
    assert len(first) == 64
    (folder / ".hidden.toml").write_text("x", encoding="utf-8")
    (folder / "README.md").write_text("x", encoding="utf-8")
    assert read_catalogue(folder).fingerprint == first
    plan = folder / "plan.toml"
    plan.write_bytes(plan.read_bytes() + b"\n")
    second = read_catalogue(folder).fingerprint
    assert second != first
    (folder / "published" / "extra.csv").write_text("a\n", encoding="utf-8")
    third = read_catalogue(folder).fingerprint
    (folder / "published" / "extra.csv").rename(folder / "published" / "other.csv")
    assert len({first, second, third, read_catalogue(folder).fingerprint}) == 4
