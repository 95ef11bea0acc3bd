"""The plan's section 5, amount by amount: what was read off the printed plan against what the data files say."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from hsf_kpi.ingest.definitions import read_ramar
from hsf_kpi.model.account_plan import Side
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.plan_table import Basis, ColumnKind, PlanTable

# As printed, in reading order: one line a row or sum, columns apart by |, nothing where the plan prints nothing.
# Section 5.1.1, the frames of section 5.3 and the growth in 5.4.1 stand in running text.
PRINTED = {
    "beslutad-ram": """
        8 306,5 | 8 710,6 | 8 785,5
        1 334,5 | 1 402,5 | 1 409,3""",
    "rs-anslag": """
        19,4 | 18,4
        3,5  | 3,5
        5,0  | 5,0
        7,0  | 5,8
        4,0  | 0
        1,0  | 1,0
        7,0  | 0
        46,9 | 33,7""",
    "statsbidrag": """
        25,7  | 25,7
        37,5  | 19,7
        10,0  | 10,0
        9,7   | 9,7
        184,7 | 82,2
        2,5   | 2,5
        80,0  | 80,0
        13,0  | 13,0
        9,0   | 2,8
        53,4  | 23,2
        9,0   | 9,0
        434,5 | 277,7""",
    "ram-per-omrade": """
        2 863,0 | 2 686,5
        1 334,5 | 1 256,5
        41,9    | 39,2
        4 381,6 | 4 098,8
        784,6   | 634,8
        590,2   | 553,3
        116,3   | 103,5
        119,1   | 236,2
        110,9   | 105,9
        8 306,5 | 7 799,0""",
    "ramforandringar": """
        414,6 | 325,0 |
        6,8   | 6,8   | 6,7
        22,7  | 72,3  | 68,2
        61,8  |       |
        0,3   |       |
        1,4   |       |
              |       |
        79,2  | 61,4  |
        6,8   | 6,8   | 6,7
        5,0   |       |
        -13,0 |       |
        507,6 | 404,1 | 75,0""",
    "intaktsfinansierade": """
        5,8 | 1,6  | 0,9 | 56,4
        4,5 | 17,3 | 9,6 | 351,9
        7,1 | 26,4 | 7,4 | 302,3
        5,8 | 1,4  | 0   | 25,2
        0,0 | 0,0  | 4,4 | 149,9""",
    "investeringsramar": """
        160,8 | 143,2 | 135
        4,5   |       |""",
    "storre-investeringar": """
        30,2\n16,2\n15,0\n10,0\n6,0\n5,4\n5,0\n4,6\n4,2\n3,8\n3,4\n3,2\n3,0\n2,6\n2,6\n2,4""",
    "hyresrelaterade-investeringar": """
        7,9\n8,4\n36,0\n7,8\n16,5\n18,8""",
    "underskottspost": """
        -600\n+508\n+102\n+45\n-498\n-357\n-800""",
    "bruttokostnadsokning": "6,8",
}
REASON_AND_EFFECT = [
    ("Hjälpmedel (HMC)", "Reinvestering", "Haveririsk", "Tillhandahålla funktionella och säkra hjälpmedel"),
    ("Operationsrobot", "Nyinvestering", "Effektivisera", "Ökad kvalitet, kortare vårdtid"),
    ("Magnetkamera", "Reinvestering", "Haveririsk", "Ny teknik"),
    ("Datortomograf", "Reinvestering", "Haveririsk", "Ersättning av föråldrad utrustning"),
    ("Ambulanser (4 st.)", "Reinvestering", "Haveririsk", "Lägre reparationskostnader"),
]
RENT = [
    ("Jourlaboratorium", "Ombyggnad", "", ""),
    ("Medicinsk dagvård Hus 05. Pl 3", "Ombyggnad", "", "Fortsatt arbete med att minska behov av slutenvård"),
    (
        "Rättspsykiatri Sala",
        "Tillbyggnad",
        "",
        "Lokaler för klass 3 avdelning, och totalt fler klass2-platser. "
        "Ökad hyra finansierad av fler utomlänspatienter.",
    ),
    ("Köping, Vuxenpsykiatri och Barn- och ungdomspsykiatri i VC", "Ombyggnation", "", ""),
    ("Fagersta, vårdplan 3", "Modernisering", "", "Funktionalitet och arbetsmiljö"),
    (
        "Funktionsanpassningar i länet 75% av RV budget",
        "Funktionsanpassningar",
        "",
        "Löpande beställningar under året",
    ),
]


def table(catalogue: Catalogue, key: str) -> PlanTable:
    [found] = [t for t in catalogue.plan_tables if t.id == key]
    return found


def as_printed(amount: Decimal | None) -> str:
    """The digits that the data hold, written as the plan writes them: a dropped zero would show."""
    return "" if amount is None else f"{amount:,}".replace(",", " ").replace(".", ",")


def lines(found: PlanTable) -> list[list[str]]:
    """Rows and sums in the printed order: a sum without a number is a heading, above its own rows."""
    headings = {t.id: t for t in found.totals if not any(t.printed.values())}
    printed = []
    for row in found.rows:
        if row.part_of in headings:
            printed.append(headings.pop(row.part_of).printed)
        printed.append(row.amounts)
    printed += [t.printed for t in found.totals if any(t.printed.values())]
    amounts = [c.id for c in found.columns if c.kind.is_amount]
    return [[as_printed(line[column]) for column in amounts] for line in printed]


def test_the_tables_of_section_5_in_the_plans_order(catalogue: Catalogue) -> None:
    assert [(t.id, t.section) for t in catalogue.plan_tables] == [
        ("beslutad-ram", "5.1.1"),
        ("rs-anslag", "5.1.2"),
        ("statsbidrag", "5.1.3"),
        ("ram-per-omrade", "5.1.4"),
        ("ramforandringar", "5.1.4"),
        ("intaktsfinansierade", "5.2"),
        ("investeringsramar", "5.3"),
        ("storre-investeringar", "5.3"),
        ("hyresrelaterade-investeringar", "5.3"),
        ("underskottspost", "5.4.1"),
        ("bruttokostnadsokning", "5.4.1"),
    ]
    assert {t.id for t in catalogue.plan_tables} == set(PRINTED)
    assert all(
        t.source == f"Förvaltningsplan 2023–2025, avsnitt {t.section}" and t.title
        for t in catalogue.plan_tables
    )


@pytest.mark.parametrize("key", PRINTED)
def test_every_amount_to_the_printed_digit(catalogue: Catalogue, key: str) -> None:
    printed = [[cell.strip() for cell in line.split("|")] for line in PRINTED[key].strip().splitlines()]
    assert lines(table(catalogue, key)) == [[cell.removeprefix("+") for cell in line] for line in printed]


def test_there_are_141_amounts_and_no_blank_is_a_zero(catalogue: Catalogue) -> None:
    cells = [cell for t in catalogue.plan_tables for line in lines(t) for cell in line]
    assert sum(cell != "" for cell in cells) == 141
    assert (cells.count("0"), cells.count("0,0")) == (3, 2)


def test_amounts_are_in_mnkr_or_percent(catalogue: Catalogue) -> None:
    percent = {(t.id, c.id) for t in catalogue.plan_tables for c in t.columns if c.kind is ColumnKind.PERCENT}
    assert percent == {("intaktsfinansierade", "pris-procent"), ("bruttokostnadsokning", "okning")}
    kinds = {c.kind for t in catalogue.plan_tables for c in t.columns}
    assert kinds == {ColumnKind.MNKR, ColumnKind.PERCENT, ColumnKind.TEXT}


def test_investments_with_reason_and_effect(catalogue: Catalogue) -> None:
    told = {
        key: [
            (r.name, r.texts["slag"], r.texts["orsak"], r.texts["effekt"]) for r in table(catalogue, key).rows
        ]
        for key in ("storre-investeringar", "hyresrelaterade-investeringar")
    }
    assert told["storre-investeringar"][:5] == REASON_AND_EFFECT
    assert told["hyresrelaterade-investeringar"] == RENT
    assert all(all(texts) for texts in told["storre-investeringar"])
    assert {(slag, orsak) for _, slag, orsak, _ in told["storre-investeringar"]} == {
        ("Reinvestering", "Haveririsk"),
        ("Nyinvestering", "Effektivisera"),
        ("Nyinvestering", "Förbättrad kvalitet"),
    }


def test_line_breaks_and_hyphens_of_the_extraction_are_gone(catalogue: Catalogue) -> None:
    for t in catalogue.plan_tables:
        for text in (
            t.title,
            *(c.title for c in t.columns),
            *(r.name for r in t.rows),
            *(v for r in t.rows for v in r.texts.values()),
        ):
            assert "\N{HYPHEN}" not in text
            assert "\N{NO-BREAK SPACE}" not in text
            assert text == " ".join(text.split())


# The sums, computed here a second time from what is printed above.


def column(key: str, number: int, which: slice) -> Decimal:
    cells = [line.split("|")[number].strip() for line in PRINTED[key].strip().splitlines()[which]]
    return sum((Decimal(c.replace(" ", "").replace(",", ".")) for c in cells if c), Decimal(0))


@pytest.mark.parametrize(
    ("key", "total", "column_id", "number", "which", "expected"),
    [
        ("rs-anslag", "summa", "regionplanen", 0, slice(-1), "46.9"),
        ("rs-anslag", "summa", "hsf", 1, slice(-1), "33.7"),
        ("statsbidrag", "summa", "regionplanen", 0, slice(-1), "434.5"),
        ("statsbidrag", "summa", "hsf", 1, slice(-1), "277.8"),
        ("ramforandringar", "summa", "2023", 0, slice(6), "507.6"),
        ("ramforandringar", "summa", "2024", 1, slice(6), "404.1"),
        ("ramforandringar", "summa", "2025", 2, slice(6), "74.9"),
        ("ramforandringar", "vardval", "2023", 0, slice(6, -1), "78.0"),
        ("ramforandringar", "vardval", "2024", 1, slice(6, -1), "68.2"),
        ("ramforandringar", "vardval", "2025", 2, slice(6, -1), "6.7"),
        ("underskottspost", "underskottspost", "belopp", 0, slice(-1), "-800"),
    ],
)
def test_sums(
    catalogue: Catalogue, key: str, total: str, column_id: str, number: int, which: slice, expected: str
) -> None:
    computed = table(catalogue, key).computed(total)[column_id]
    assert computed == column(key, number, which) == Decimal(expected)


def test_the_areas_sum_to_the_printed_frame(catalogue: Catalogue) -> None:
    found = table(catalogue, "ram-per-omrade")
    assert found.computed("summa") == {"2023": Decimal("8306.5"), "2022": Decimal("7799.0")}
    assert len(found.counted("summa")) == 6


def test_what_the_plan_prints_no_sum_of_has_none(catalogue: Catalogue) -> None:
    assert [t.id for t in catalogue.plan_tables if t.totals] == [
        "rs-anslag",
        "statsbidrag",
        "ram-per-omrade",
        "ramforandringar",
        "underskottspost",
    ]


def test_every_sum_that_does_not_add_up_is_told(catalogue: Catalogue) -> None:
    told = [
        (t.id, d.total, d.column, d.basis, str(d.stated), str(d.expected), str(d.amount), d.source_errors)
        for t in catalogue.plan_tables
        for d in t.differences()
    ]
    assert told == [
        (
            "statsbidrag",
            "summa",
            "hsf",
            Basis.ROWS,
            "277.7",
            "277.8",
            "-0.1",
            ("riktade-statsbidrag-summa",),
        ),
        ("ramforandringar", "vardval", "2024", Basis.RAM, "68.2", "68.0", "0.2", ("vardval-2024",)),
        ("ramforandringar", "vardval", "2025", Basis.RAM, "6.7", "6.8", "-0.1", ("vardval-2025",)),
        ("ramforandringar", "summa", "2023", Basis.RAM, "507.6", "507.5", "0.1", ("ramforandring-2023",)),
        ("ramforandringar", "summa", "2025", Basis.ROWS, "75.0", "74.9", "0.1", ("ramforandring-2025",)),
        ("ramforandringar", "summa", "2025", Basis.RAM, "75.0", "74.9", "0.1", ("ramforandring-2025",)),
    ]


def test_every_registered_error_of_section_5_has_its_difference(catalogue: Catalogue) -> None:
    registered = {e.id for e in catalogue.source_errors if e.where.startswith("Avsnitt 5.")}
    told = {error for t in catalogue.plan_tables for d in t.differences() for error in d.source_errors}
    assert registered == told


# Against what else the plan says.


def test_ramar_are_written_once(catalogue: Catalogue, data: Path) -> None:
    ramar = {(r.unit, r.part): r.amounts for r in read_ramar(data)}
    rows = {r.id: r.amounts for r in table(catalogue, "ram-per-omrade").rows}
    assert rows["lakemedel"] == {str(y): v for y, v in ramar["medicinsk-stab", "Läkemedel"].items()}
    for name in ("beslutad-ram", "ram-per-omrade"):
        raw = tomllib.loads((data / "economy" / f"{name}.toml").read_text(encoding="utf-8"))
        assert not any("amounts" in row for row in raw["row"])


def test_the_bridge_has_the_rounded_change_of_the_frame(catalogue: Catalogue) -> None:
    [step] = [r for r in table(catalogue, "underskottspost").rows if r.id == "regionersattning"]
    change = table(catalogue, "ramforandringar").computed("summa")["2023"]
    assert change is not None
    assert step.amounts["belopp"] == round(change)


@pytest.mark.parametrize(
    ("key", "row", "column_id", "measure"),
    [
        ("investeringsramar", "planeringsram", "2023", "investeringar"),
        ("bruttokostnadsokning", "bruttokostnad", "okning", "bruttokostnadsutveckling"),
    ],
)
def test_the_targets_repeat_section_5(
    catalogue: Catalogue, key: str, row: str, column_id: str, measure: str
) -> None:
    [found] = [r for r in table(catalogue, key).rows if r.id == row]
    assert [t.high for t in catalogue.measure(measure).targets if t.year == 2023] == [
        found.amounts[column_id]
    ]


def test_rows_name_the_units_that_the_plan_names(catalogue: Catalogue) -> None:
    units = {(t.id, r.unit) for t in catalogue.plan_tables for r in t.rows if r.unit}
    assert {unit for key, unit in units if key == "intaktsfinansierade"} == {
        "fysiologkliniken",
        "laboratoriemedicin",
        "rontgenkliniken",
        "medicinsk-teknik",
        "hjalpmedelscentrum",
    }
    assert ("hyresrelaterade-investeringar", "rattspsykiatri-sala") in units
    assert {unit for _, unit in units} <= set(catalogue.organisation.units)


# The account plan, which is ours.


def test_the_account_plan(catalogue: Catalogue) -> None:
    accounts = catalogue.ledger_accounts
    assert {a.id for a in accounts} >= {
        "regionersattning",
        "statsbidrag",
        "ovriga-intakter",
        "egen-personal",
        "inhyrd-personal",
        "kopt-vard",
        "lakemedel",
        "material",
        "lokaler",
        "resor",
        "ovriga-kostnader",
    }
    assert {a.side for a in accounts} == set(Side)
    assert {a.id for a in accounts if a.side is Side.INVESTMENT} == {"investeringar"}
    assert {a.id for a in accounts if a.restriktivitet} == {"resor", "overnattning", "externa-moten"}
    assert {a.id for a in accounts if a.budget_only} == {"underskottspost"}
    assert {a.group.id for a in accounts if a.budget_only} == {"personal"}
    internal = {a.side for a in accounts if a.may_be_internal}
    assert internal == {Side.REVENUE, Side.COST}, "what one unit sells inside, another buys"
    assert all(a.source.startswith("Egen indelning") and "bild" in a.source for a in accounts)


def test_sides_have_opposite_signs() -> None:
    assert (Side.REVENUE.sign, Side.COST.sign, Side.INVESTMENT.sign) == (1, -1, 0)


def test_the_ledger_is_seen_with_the_result(catalogue: Catalogue) -> None:
    """Who sees the amounts: a measure of the plan's, of every unit with an economy of its own."""
    assert catalogue.ledger_seen_with == "periodresultat"
    assert catalogue.measure(catalogue.ledger_seen_with).measured_at == ("tag:personal",)
