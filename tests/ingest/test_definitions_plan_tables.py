"""data/economy/: what a wrong table or account plan is told, that it may be missing, and what is taken from elsewhere."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hsf_kpi.ingest.definitions import read_catalogue
from hsf_kpi.ingest.definitions.plan_tables import build_plan_table, check_plan_table
from hsf_kpi.ingest.definitions.plan_tables_shapes import PlanTableShape
from hsf_kpi.ingest.definitions.ramar import Ramar

ANSLAG = "rs-anslag"
BIDRAG = "statsbidrag"
RAM = "ram-per-omrade"
BRIDGE = "underskottspost"
CHANGES = "ramforandringar"
REVENUE = "intaktsfinansierade"
ACCOUNTS = "accounts"

SHAPE = [
    (ANSLAG, 'hsf = "18.4"', "hsf = 18.4", "row[hyra-sala].amounts.hsf: ”18.4” är inget decimaltal."),
    (ANSLAG, 'hsf = "18.4"', 'hsf = "18,4"', "row[hyra-sala].amounts.hsf: ”18,4” är inget decimaltal."),
    (ANSLAG, 'hsf = "18.4"', 'hsf = " "', "row[hyra-sala].amounts.hsf: ” ” är inget decimaltal."),
    (
        ANSLAG,
        'hsf = "33.7"',
        'hsf = "33.70001"',
        "total[summa].printed.hsf: ”33.70001” har fler än fyra decimaler.",
    ),
    (
        ANSLAG,
        'kind = "mnkr"',
        'kind = "kronor"',
        "column[regionplanen].kind: ”kronor” är inget tillåtet värde. Välj ett av: mnkr, tkr, percent, text.",
    ),
    (ANSLAG, 'name = "Ökad hyra Sala"\n', "", "row[hyra-sala].name: Fältet saknas."),
    (
        ANSLAG,
        'name = "Ökad hyra Sala"',
        'nam = "Ökad hyra Sala"',
        "row[hyra-sala].nam: Fältet är okänt. Menade du ”name”?",
    ),
    (ANSLAG, "order = 2", 'order = "2"', "order: Värdet har fel typ: ”2”. Ange ett heltal utan citattecken."),
    (ANSLAG, "order = 2", "order = 0", "order: ”0” är utanför det tillåtna. Ange minst 1."),
    (
        ANSLAG,
        'id = "rs-anslag"',
        'id = "anslag"',
        "id: Filen heter ”rs-anslag” men id är ”anslag”. Ge filen och tabellen samma namn.",
    ),
    (ANSLAG, "[[column]]", "[column]", "rad "),
    (
        ACCOUNTS,
        'side = "revenue"',
        'side = "intäkt"',
        "group[ersattning].side: ”intäkt” är inget tillåtet värde. Välj ett av: revenue, cost, investment.",
    ),
    (
        ACCOUNTS,
        "restriktivitet = true",
        'restriktivitet = "ja"',
        "account[resor].restriktivitet: Värdet har fel typ: ”ja”. Ange true eller false.",
    ),
    (ACCOUNTS, 'seen_with = "periodresultat"\n', "", "seen_with: Fältet saknas."),
]

MEANING = [
    (
        ANSLAG,
        ', hsf = "18.4" }',
        " }",
        'row[hyra-sala].amounts.hsf: Kolumnen ”hsf” saknas. Ange värdet, eller "" där',
    ),
    (
        ANSLAG,
        'texts = { kommentar = "Startade november 2022, helårseffekt 2023." }',
        "",
        "row[hyra-sala].texts.kommentar: Kolumnen ”kommentar” saknas.",
    ),
    (
        ANSLAG,
        'hsf = "18.4" }',
        'hsf = "18.4", hfs = "1" }',
        "row[hyra-sala].amounts.hfs: Kolumnen ”hfs” finns inte.",
    ),
    (
        ANSLAG,
        'hsf = "18.4" }',
        'hsf = "18.4", kommentar = "1" }',
        "row[hyra-sala].amounts.kommentar: Kolumnen ”kommentar” hör inte hit.",
    ),
    (ANSLAG, ', hsf = "33.7" }', " }", "total[summa].printed.hsf: Kolumnen ”hsf” saknas."),
    (ANSLAG, 'id = "hsf"', 'id = "regionplanen"', "column[regionplanen].id: Id används flera gånger."),
    (ANSLAG, 'id = "sprututbyte"', 'id = "hyra-sala"', "row[hyra-sala].id: Id används flera gånger."),
    (ANSLAG, 'id = "summa"', 'id = "hyra-sala"', "total[hyra-sala].id: Id används flera gånger."),
    (
        ANSLAG,
        'kind = "text"',
        'kind = "text"\nyear = 2023',
        "column[kommentar].year: En textkolumn har inget år.",
    ),
    (
        REVENUE,
        'unit = "rontgenkliniken"',
        'unit = "rontgen"',
        "row[rontgenkliniken].unit: Verksamheten ”rontgen” finns inte.",
    ),
    (
        CHANGES,
        'part_of = "vardval"',
        'part_of = "vardvalet"',
        "row[vardval-lpik].part_of: ”vardvalet” är ingen annan rad eller summa",
    ),
    (
        CHANGES,
        'part_of = "vardval"',
        'part_of = "vardval-lpik"',
        "row[vardval-lpik].part_of: ”vardval-lpik” är ingen annan rad eller summa",
    ),
    (
        CHANGES,
        'change_of_ram = "hsf"',
        'change_of_ram = "hfs"',
        "total[summa].change_of_ram: Verksamheten ”hfs” finns inte.",
    ),
    (
        CHANGES,
        'change_of_ram = "hsf"',
        'change_of_ram = "nara-vard"',
        "total[summa].change_of_ram: Verksamheten ”nara-vard” har ingen ram för 2024.",
    ),
    (
        ANSLAG,
        'hsf = "33.7" }',
        'hsf = "33.7" }\nchange_of_ram = "hsf"',
        "total[summa].change_of_ram: Ingen kolumn i mnkr har ett år.",
    ),
    (RAM, 'unit = "nara-vard"\n', "", "row[nara-vard].unit: Ramen hör inte till någon verksamhet."),
    (
        RAM,
        'unit = "nara-vard"',
        'unit = "kirurgkliniken"',
        "row[nara-vard].ram: Verksamheten ”kirurgkliniken” har ingen ram för 2023.",
    ),
    (
        RAM,
        'ram_part = "Läkemedel"',
        'ram_part = "Medicin"',
        "row[lakemedel].ram: Posten ”Medicin” hos ”medicinsk-stab” har ingen ram för 2023.",
    ),
    (
        RAM,
        "ram = true\nram_part",
        'amounts = { 2023 = "590.2", 2022 = "553.3" }\nram_part',
        "row[lakemedel].ram_part: Raden namnger en post",
    ),
    (
        RAM,
        "\nram = true",
        '\nram = true\namounts = { 2023 = "1", 2022 = "1" }',
        "row[nara-vard].amounts: Beloppen står både här och i organisation.toml.",
    ),
    (RAM, "year = 2023\n", "", "row[nara-vard].ram: Kolumnen ”2023” kan inte hämtas ur ramen."),
    (RAM, 'kind = "mnkr"', 'kind = "tkr"', "row[nara-vard].ram: Kolumnen ”2023” kan inte hämtas ur ramen."),
    (RAM, 'unit = "hsf"', 'unit = "hfs"', "total[summa].unit: Verksamheten ”hfs” finns inte."),
    (
        ACCOUNTS,
        'id = "statsbidrag"',
        'id = "regionersattning"',
        "account[regionersattning].id: Id används flera gånger.",
    ),
    (ACCOUNTS, 'id = "intakter"', 'id = "ersattning"', "group[ersattning].id: Id används flera gånger."),
    (ACCOUNTS, 'group = "personal"', 'group = "lön"', "account[egen-personal].group: ”lön” har fel form."),
    (
        ACCOUNTS,
        'group = "personal"',
        'group = "lon"',
        "account[egen-personal].group: Gruppen ”lon” finns inte.",
    ),
    (
        ACCOUNTS,
        'group = "resor-och-moten"',
        'group = "intakter"',
        "account[resor].restriktivitet: Restriktivitet gäller kostnader",
    ),
    (
        ACCOUNTS,
        "[[account]]",
        '[[group]]\nid = "tom"\ntitle = "Tom"\nside = "cost"\n\n[[account]]',
        "group[tom]: Gruppen har inga konton.",
    ),
    (
        ACCOUNTS,
        'seen_with = "periodresultat"',
        'seen_with = "resultat"',
        "seen_with: Nyckeltalet ”resultat” finns inte.",
    ),
    *(
        (
            ACCOUNTS,
            'group = "investeringar"',
            f'group = "investeringar"\n{field} = true',
            f"account[investeringar].{field}: En investering ingår inte i resultatet och kan inte ha fältet.",
        )
        for field in ("may_be_internal", "restriktivitet", "budget_only")
    ),
]

SUMS = [
    # A slip in a row, in a printed sum, and in what comes from the organisation.
    (
        ANSLAG,
        'hsf = "18.4"',
        'hsf = "14.8"',
        "total[summa].printed.hsf: Summan är 33.7 men raderna ger 30.1.",
    ),
    (
        BRIDGE,
        'belopp = "-800"',
        'belopp = "-801"',
        "total[underskottspost].printed.belopp: Summan är -801 men raderna ger -800.",
    ),
    (
        CHANGES,
        '2024 = "404.1"',
        '2024 = "404.2"',
        "total[summa].printed.2024: Summan är 404.2 men ramarna ger 404.1.",
    ),
    # A known error that is not named, named wrongly, or no longer there.
    (
        BIDRAG,
        'source_errors = { hsf = ["riktade-statsbidrag-summa"] }\n',
        "",
        "total[summa].printed.hsf: Summan är 277.7 men raderna ger 277.8.",
    ),
    (
        BIDRAG,
        '["riktade-statsbidrag-summa"]',
        '["finns-inte"]',
        "total[summa].source_errors.hsf: Källfelet ”finns-inte” finns inte.",
    ),
    (
        BIDRAG,
        '["riktade-statsbidrag-summa"]',
        '["riktade-statsbidrag-summa", "vardval-2025"]',
        "total[summa].source_errors.hsf: Källfelet ”vardval-2025” svarar inte mot någon skillnad i kolumnen.",
    ),
    (
        BIDRAG,
        'hsf = "277.7"',
        'hsf = "277.8"',
        "total[summa].source_errors.hsf: Källfelet ”riktade-statsbidrag-summa” svarar inte mot någon skillnad i kolumnen.",
    ),
    (
        BIDRAG,
        "{ hsf = [",
        "{ kommentar = [",
        "total[summa].source_errors.kommentar: Kolumnen ”kommentar” hör inte hit.",
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "expected"), [*SHAPE, *MEANING, *SUMS])
def test_what_is_wrong_is_told(change, problems, name: str, old: str, new: str, expected: str) -> None:  # type: ignore[no-untyped-def]
    change(f"economy/{name}.toml", old, new)
    at = f"data/economy/{name}.toml: "
    assert any(problem.startswith(at + expected) for problem in problems()), problems()


def test_a_changed_ram_is_told_where_it_no_longer_sums(change, problems) -> None:  # type: ignore[no-untyped-def]
    change("organisation.toml", '2023 = "2863.0"', '2023 = "2836.0"')
    assert problems() == [
        "data/economy/ram-per-omrade.toml: total[summa].printed.2023: Summan är 8306.5 men raderna ger 8279.5. "
        "Rätta beloppen. Är planen fel: lägg in felet i source_errors.toml och ange dess id i source_errors."
    ]


def test_a_known_error_that_is_taken_out_of_the_register_is_missed(folder: Path, problems) -> None:  # type: ignore[no-untyped-def]
    path = folder / "source_errors.toml"
    head, *entries = path.read_text(encoding="utf-8").split("[[source_error]]")
    kept = [entry for entry in entries if 'id = "vardval-2024"' not in entry]
    assert len(kept) == len(entries) - 1
    path.write_text("[[source_error]]".join([head, *kept]), encoding="utf-8")
    at = "data/economy/ramforandringar.toml: total[vardval]"
    told = problems()
    assert len(told) == 2
    assert told[0].startswith(f"{at}.printed.2024: Summan är 68.2 men ramarna ger 68.0.")
    assert told[1].startswith(f"{at}.source_errors.2024: Källfelet ”vardval-2024” finns inte.")


def test_every_problem_of_every_table_at_once(change, problems) -> None:  # type: ignore[no-untyped-def]
    change(f"economy/{ANSLAG}.toml", 'hsf = "18.4"', 'hsf = "14.8"')
    change(f"economy/{BRIDGE}.toml", 'belopp = "508"', 'belopp = "509"')
    change(f"economy/{ACCOUNTS}.toml", 'group = "personal"', 'group = "lon"')
    assert [problem.partition(": ")[0] for problem in problems()] == [
        f"data/economy/{ANSLAG}.toml",
        f"data/economy/{BRIDGE}.toml",
        f"data/economy/{ACCOUNTS}.toml",
    ]


def test_nothing_is_looked_up_in_files_that_could_not_be_read(change, problems) -> None:  # type: ignore[no-untyped-def]
    change("organisation.toml", "[[unit]]", "[[unit]")
    change("source_errors.toml", "[[source_error]]", "[[source_error]")
    change("indicators/periodresultat.toml", "row = 41", "row = ")
    assert not any(problem.startswith("data/economy/") for problem in problems())


def test_the_folder_may_be_missing(folder: Path) -> None:
    shutil.rmtree(folder / "economy")
    catalogue = read_catalogue(folder)
    assert (catalogue.plan_tables, catalogue.ledger_accounts) == ((), ())


def test_tables_without_an_account_plan_and_the_other_way_round(folder: Path) -> None:
    kept = {path.name: path.read_bytes() for path in (folder / "economy").iterdir()}
    (folder / "economy" / "accounts.toml").unlink()
    catalogue = read_catalogue(folder)
    beside = {"accounts.toml", "levers.toml"}
    assert (len(catalogue.plan_tables), catalogue.ledger_accounts) == (len(set(kept) - beside), ())
    shutil.rmtree(folder / "economy")
    (folder / "economy").mkdir()
    (folder / "economy" / "accounts.toml").write_bytes(kept["accounts.toml"])
    catalogue = read_catalogue(folder)
    assert catalogue.plan_tables == ()
    assert catalogue.ledger_accounts


def test_a_file_that_is_not_utf_8_is_told(folder: Path, problems) -> None:  # type: ignore[no-untyped-def]
    path = folder / "economy" / f"{ANSLAG}.toml"
    path.write_bytes(path.read_text(encoding="utf-8").encode("latin-1", "replace"))
    assert problems()[0].startswith(f"data/economy/{ANSLAG}.toml: rad 1: Filen är inte sparad som UTF-8.")


def test_a_change_in_a_table_changes_the_fingerprint(folder: Path, change) -> None:  # type: ignore[no-untyped-def]
    before = read_catalogue(folder).fingerprint
    change(f"economy/{ANSLAG}.toml", "Ny verksamhet.", "En ny verksamhet.")
    assert read_catalogue(folder).fingerprint != before


def test_rows_that_are_parts_of_each_other_are_told_once(change, problems) -> None:  # type: ignore[no-untyped-def]
    change(
        f"economy/{BRIDGE}.toml", 'name = "Övriga intäkter"', 'name = "Övriga intäkter"\npart_of = "personal"'
    )
    change(f"economy/{BRIDGE}.toml", 'id = "personal"', 'id = "personal"\npart_of = "ovriga-intakter"')
    assert problems() == [
        f"data/economy/{BRIDGE}.toml: row[ovriga-intakter].part_of: Raderna är delar av varandra: "
        "ovriga-intakter → personal → ovriga-intakter. Ta bort part_of för någon av dem."
    ]


def test_only_columns_in_mnkr_are_held_against_the_ram(folder: Path, change) -> None:  # type: ignore[no-untyped-def]
    change(f"economy/{CHANGES}.toml", '2024"\nkind = "mnkr"', '2024"\nkind = "tkr"')
    change(f"economy/{CHANGES}.toml", '2024 = ["vardval-2024"], ', "")
    [table] = [t for t in read_catalogue(folder).plan_tables if t.id == CHANGES]
    assert [set(total.by_ram) for total in table.totals] == [{"2023", "2025"}, {"2023", "2025"}]


# From text to table, for any amounts.

amounts = st.none() | st.decimals(-(10**6), 10**6, places=1)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(amounts, min_size=1, max_size=8), st.decimals(-(10**6), 10**6, places=1))
def test_amounts_come_through_as_written_and_only_a_right_sum_is_accepted(
    read: list[Decimal | None], printed: Decimal
) -> None:
    def written(amount: Decimal | None) -> str:
        return "" if amount is None else format(amount, "f")

    shape = PlanTableShape.model_validate(
        {
            "id": "t",
            "title": "T",
            "order": 1,
            "section": "5",
            "source": "Planen",
            "column": [{"id": "a", "title": "A", "kind": "mnkr"}],
            "row": [{"id": f"r{n}", "name": "R", "amounts": {"a": written(a)}} for n, a in enumerate(read)],
            "total": [{"id": "summa", "name": "Summa", "printed": {"a": written(printed)}}],
        }
    )
    none = Ramar.of([], ())
    table = build_plan_table(shape, none)
    assert [written(row.amounts["a"]) for row in table.rows] == [written(a) for a in read]
    known = [a for a in read if a is not None]
    assert table.computed("summa")["a"] == (sum(known) if known else None)
    problems = check_plan_table(shape, "t.toml", ramar=none, source_errors={})
    assert len(problems) == len(table.differences()) == int(bool(known) and sum(known) != printed)
