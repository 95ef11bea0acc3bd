"""The sentences and tiles of the four assignments and the register of moves: true for the data, right in grammar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsf_kpi.analysis.economy.improvements import ImprovementTotals, totals
from hsf_kpi.analysis.economy.restriktivitet import restriktivitet
from hsf_kpi.analysis.economy.types import Compliance, Verdict
from hsf_kpi.figures.economy.assignments import (
    compliance_finding,
    compliance_tiles,
    improvements_finding,
    improvements_tiles,
    restriktivitet_finding,
    restriktivitet_tiles,
)
from hsf_kpi.figures.economy.moves import OUTSIDE, moves_table
from hsf_kpi.figures.findings import LONGEST
from hsf_kpi.figures.shape import records
from hsf_kpi.model.ledger import MNKR
from hsf_kpi.model.period import Month
from hsf_kpi.model.register import Effect, Improvement, Move, MovePart, Progress
from tests.analysis.economy.economy_builders import ledger
from tests.figures.assignment_samples import DEMO, NAMES, agency, months, persons
from tests.figures.figure_samples import CONTEXT
from tests.figures.words_rules import HEADING, plain, right, right_tiles, tile

BOTH = "alla två verksamheter följde uppdraget"
NEITHER = "två av två verksamheter minskade inte"
OTHER = {"en": "En klinik", **NAMES}


def finding(found: Compliance, names: Mapping[str, str] = NAMES) -> str:
    said = compliance_finding(found, names, "Verksamheten")
    right(said, HEADING)
    return plain(said)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (persons("-5", ron="1", med="0", ost="-2"), "minskade med 5 medarbetare i januari; en av tre verksamheter ökade"),
        (persons("0", ron="-1", med="0"), f"hade lika många medarbetare i januari; {BOTH}"),
        (persons("2 1", ron="2 1"), "ökade med 1 medarbetare i februari; verksamheten under ökade"),
        (persons("-1", ron="0"), "minskade med 1 medarbetare i januari; verksamheten under följde uppdraget"),
        (persons("-1", ron="1", med="?"), "minskade med 1 medarbetare i januari; den enda bedömda ökade"),
        (persons("-1", ron="0", med="?"), "minskade med 1 medarbetare i januari; den enda bedömda följde uppdraget"),
        (persons("-1", ron="1", med="0", ost="?"), "minskade med 1 medarbetare i januari; en av två bedömda ökade"),
        (persons("-1", ron="?"), "minskade med 1 medarbetare i januari"),
        (persons("-1"), "minskade med 1 medarbetare i januari"),
        (persons("-1 ?"), "kan inte bedömas för februari: inte rapporterat"),
        (persons("-1 -1*"), "kan inte bedömas för februari"),
        (agency("-5", {"ron": "-1", "med": "-4"}), f"minskade hyrkostnaden med 5 tkr i januari; {BOTH}"),
        (agency("2", {"ron": "0", "med": "2"}), f"ökade hyrkostnaden med 2 tkr i januari; {NEITHER}"),
        (agency("0", {}), "hade oförändrad hyrkostnad i januari"),
        (agency("-2", {}, 100), "minskade hyrkostnaden med 200 kr i januari"),
        (agency("30", {}, MNKR), "ökade hyrkostnaden med 30,0 mnkr i januari"),
    ],
)  # fmt: skip
def test_what_the_whole_and_those_below_did(found: Compliance, said: str) -> None:
    assert finding(found) == f"Hela förvaltningen {said}"


def moved(whole: str) -> Compliance:
    """A klinik seen on its own page, some of whose months hold a decided move."""
    row = persons("0 " * len(whole.split()), ron=whole).rows[0]
    return replace(persons("0 " * len(whole.split())), whole=row)


def test_a_decided_move_is_no_change_and_is_told() -> None:
    assert finding(moved("m6")) == "Röntgenkliniken ändrades bara av beslutade omflyttningar i januari"
    row = moved("m6").whole
    grown = replace(row, cells=(replace(row.cells[0], own=Fraction(3), change=Fraction(9)),))
    found = replace(moved("m6"), whole=grown)
    assert finding(found) == "Röntgenkliniken ökade med 3 medarbetare utöver omflyttningar i januari"
    tiles = compliance_tiles(moved("-1 m6"), NAMES, ())
    assert tile(tiles, "hela") == "405 | 6 fler än i januari | −1 sedan december 2022, omflyttningar oräknade"
    assert tile(tiles, "i-foljd") == "2 månader i rad"


def test_a_name_that_leaves_no_room_is_told_without_the_rest() -> None:
    long = "Specialistmottagningen för gemensamma uppdrag inom öppen och sluten vård i länet"
    assert finding(persons("-5", ron="1", med="0"), {"hsf": long}).endswith("…")
    middle = "Specialistmottagningen för gemensamma uppdrag i länet"
    said = finding(persons("-5", ron="1", med="0"), {"hsf": middle})
    assert said == f"{middle} minskade med 5 medarbetare i januari"


def test_the_tiles_of_the_staff() -> None:
    found = persons("-5 2", ron="1 1", med="0 1", ost="-2 ?", val="m4 0")
    paid = Move("1", Month.of(2023, 2), "HSF 1", "Ram", (MovePart("med", -4), MovePart("val", 4)))
    tiles = compliance_tiles(found, NAMES, (paid, replace(paid, financed="")))
    right_tiles(tiles)
    assert tile(tiles, "hela") == "397 | 2 fler än i januari | −3 sedan december 2022"
    assert tile(tiles, "foljde") == (
        "1 av 3 | ingen ökning utöver beslutade omflyttningar | 3 av 4 i januari | En kan inte bedömas"
    )
    assert tile(tiles, "flest") == "2 månader i rad | Röntgenkliniken"
    assert tile(tiles, "omflyttningar") == (
        "4 medarbetare | Ett beslut, räknas varken som ökning eller minskning | Senast till Vårdval, februari 2023"
    )
    assert tile(compliance_tiles(found, NAMES, (paid, paid)), "omflyttningar").startswith(
        "8 medarbetare | Två beslut"
    )
    assert tile(compliance_tiles(found, NAMES, ()), "omflyttningar") == (
        "0 | Inga är beslutade och finansierade."
    )


def test_what_cannot_be_judged_is_no_success() -> None:
    tiles = compliance_tiles(persons("-5 ?", ron="0 ?", med="-1 ?"), NAMES, ())
    assert tile(tiles, "hela") == "– | inte rapporterat"
    assert tile(tiles, "foljde") == "– | Ingen kan bedömas för februari."
    assert tile(tiles, "flest") == "– | Ingen kan bedömas för februari."
    alone = compliance_tiles(persons("-5 ?"), NAMES, ())
    assert tile(alone, "i-foljd") == "– | Kan inte bedömas senast."
    one = compliance_tiles(persons("? 2"), NAMES, ())
    assert next(one for one in one if one.id == "i-foljd").name == "Månader i följd som följts"
    ended = compliance_tiles(persons("-1 -1 ? -1 -2"), NAMES, ())
    assert tile(ended, "i-foljd") == "1 månad | En månad utan värde avslutar raden."


def test_the_tiles_of_hired_staff() -> None:
    tiles = compliance_tiles(agency("-5 2", {"ron": "1 1", "med": "2 2"}), NAMES, ())
    right_tiles(tiles)
    assert [one.id for one in tiles] == ["hela", "foljde", "flest"]
    assert tile(tiles, "hela") == "397 tkr | 2 tkr högre än i januari | −3 tkr sedan december 2022"
    assert tile(tiles, "flest") == "2 månader i rad | Medicinkliniken | och en till"
    assert tile(compliance_tiles(agency("-9", {"ron": "-1"}), NAMES, ()), "flest") == (
        "0 | Alla bedömda följde uppdraget i januari."
    )


changes = st.sampled_from(["-3", "-1", "0", "1", "2", "m4", "m-4", "?", "-1*"])


@st.composite
def staffs(draw: st.DrawFn) -> Compliance:
    count = draw(st.integers(1, 12))
    line = st.lists(changes, min_size=count, max_size=count).map(" ".join)
    units = draw(st.dictionaries(st.sampled_from(sorted(NAMES.keys() - {"hsf"})), line, max_size=4))
    if draw(st.booleans()):
        return persons(draw(line), **units)
    return agency(draw(line).replace("m", ""), {u: text.replace("m", "") for u, text in units.items()})


@settings(max_examples=30, deadline=None)
@given(staffs(), st.sampled_from([NAMES, {}]))
def test_any_compliance_has_words_that_are_true(found: Compliance, names: Mapping[str, str]) -> None:
    said = finding(found, names)
    right_tiles(tiles := compliance_tiles(found, names, ()))
    latest = [row.cells[-1].verdict for row in found.rows]
    broke = latest.count(Verdict.BROKE)
    if "; " in said:
        assert ("följde" in said) == (broke == 0)
        assert set(latest) - {Verdict.UNKNOWN}
    if found.rows and set(latest) != {Verdict.UNKNOWN}:
        judged = len(latest) - latest.count(Verdict.UNKNOWN)
        assert tile(tiles, "foljde").startswith(f"{judged - broke} av {judged} |")


# Restriktivitet


def travel(now: int | None, before: int | None) -> tuple[str, str]:
    """The finding and the tile of all accounts; kronor a month, two months."""
    booked: dict[str, list[int | None]] = {
        "resor": [*(before,) * 12, now, now],
        "regionersattning": [1] * 14,
    }
    if before is None or now is None:
        del booked["regionersattning"]
    found = restriktivitet(ledger(booked, first="2022-01", last="2023-12"), months(2))
    right_tiles(restriktivitet_tiles(found))
    said = restriktivitet_finding(found)
    right(said, HEADING)
    return plain(said), tile(restriktivitet_tiles(found), "totalt")


def test_restriktivitet_against_last_year() -> None:
    what = "Resor, övernattning och externa möten kostar"
    assert travel(1_100_000, 500_000) == (
        f"{what} 1,2 mnkr mer än samma period 2022",
        "2,2 mnkr | 1,2 mnkr högre än förra året (+120,0 %)",
    )
    assert travel(10_000, 15_000) == (
        f"{what} 10 tkr mindre än samma period 2022",
        "20 tkr | 10 tkr lägre än förra året (−33,3 %)",
    )
    assert travel(500, 500) == (
        f"{what} lika mycket som samma period 2022",
        "1 tkr | Lika mycket som förra året",
    )
    assert travel(100, 0) == (
        f"{what} 200 kr mer än samma period 2022",
        "200 kr | 200 kr högre än förra året",
    )
    assert travel(None, 5) == (
        "Restriktiviteten kan inte bedömas: kostnaderna är inte helt bokförda",
        "– | Inte helt bokfört.",
    )
    assert travel(5_000, None) == (
        "Restriktiviteten kan inte jämföras: kostnaderna 2022 är inte helt bokförda",
        "10 tkr | Kan inte jämföras med förra året.",
    )


# Förbättringsarbete


def activity(
    expected: int = 100_000, *, start: int = 1, end: int | None = None, status: Progress = Progress.RUNNING,
    realised: Mapping[int, int] | None = None, effect: Effect = Effect.COST,
) -> Improvement:  # fmt: skip
    return Improvement(
        "ron", "Färre prover", effect, expected, Month.of(2023, start), "Verksamhetschef", status,
        None if end is None else Month.of(2023, end), {Month.of(2023, n): kr for n, kr in (realised or {}).items()},
    )  # fmt: skip


GIVES_02 = "väntas ge 0,2 mnkr till under året"
HALF = activity(MNKR, end=1, realised={1: MNKR // 2})


def improved(*activities: Improvement, through: int = 10, gap: int | None = None) -> ImprovementTotals:
    return totals(activities, months(through), gap)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (improved(), "Inga förbättringsarbeten är registrerade här för 2023"),
        (improved(activity(status=Progress.STOPPED)), "Alla förbättringsarbeten här är avbrutna"),
        (improved(activity(), gap=-5 * MNKR), f"En aktivitet {GIVES_02}; det räcker till 4 % av gapet"),
        (improved(*[activity(MNKR)] * 9), "Nio aktiviteter väntas ge 18,0 mnkr till under året"),
        (improved(activity(MNKR), activity(MNKR), gap=MNKR), "Två aktiviteter väntas ge 4,0 mnkr till under året"),
        (improved(activity(), gap=-100 * MNKR), f"En aktivitet {GIVES_02}; det räcker till mindre än 1 % av gapet"),
        (improved(activity(MNKR), gap=-MNKR), "En aktivitet väntas ge 2,0 mnkr till under året; det räcker till hela gapet"),
        (improved(activity(end=9), gap=-MNKR), "En aktivitet väntas inte ge något mer under året"),
        (improved(activity(MNKR), through=12), "En aktivitet väntades ge 12,0 mnkr under året; inget är rapporterat"),
        (improved(HALF, through=12), "En aktivitet har gett 0,5 mnkr under året, av väntade 1,0 mnkr"),
        (improved(replace(HALF, end=None), through=12), "En aktivitet har gett 0,5 mnkr under året"),
    ],
)  # fmt: skip
def test_what_the_activities_are_to_bring(found: ImprovementTotals, said: str) -> None:
    assert plain(improvements_finding(found)) == said


def test_the_tiles_of_the_activities() -> None:
    one = improvements_tiles(improved(activity(start=10, realised={10: 50_000}), gap=-5 * MNKR))
    assert tile(one, "vantat") == "0,1 mnkr | 1 aktivitet"
    assert tile(one, "realiserat") == (
        "0,1 mnkr | 50 % av det väntade i de rapporterade | 1 av 1 månadsvärde är rapporterat"
    )
    assert tile(one, "aterstar") == "0,2 mnkr | 0,2 mnkr lägre kostnad"
    assert tile(one, "gap") == (
        "−5,0 mnkr | Återstående väntad effekt räcker till 4 % av gapet"
        " | Lämnad prognos mot underskottsposten eller egen budget"
    )
    stopped = activity(status=Progress.STOPPED)
    assert "En avbruten räknas inte" in tile(improvements_tiles(improved(activity(), stopped)), "vantat")
    assert "Två avbrutna räknas inte" in tile(
        improvements_tiles(improved(activity(), stopped, stopped)), "vantat"
    )
    december = improvements_tiles(improved(activity(), through=12))
    assert tile(december, "aterstar") == "0,0 mnkr | Året är slut: inga månader är kvar."
    assert tile(december, "gap") == "– | Prognos eller budget saknas."
    assert tile(december, "realiserat") == "– | Inget är rapporterat."


made = st.builds(
    activity,
    st.integers(1, 40 * MNKR),
    start=st.integers(1, 12),
    status=st.sampled_from(Progress),
    effect=st.sampled_from(Effect),
    realised=st.dictionaries(st.integers(1, 12), st.integers(-MNKR, 40 * MNKR), max_size=3),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(made, max_size=5), st.integers(1, 12), st.none() | st.integers(-900 * MNKR, 9 * MNKR))
def test_any_activities_have_words_that_fit(found: list[Improvement], through: int, gap: int | None) -> None:
    known = improved(*found, through=through, gap=gap)
    said = improvements_finding(known)
    right(said, HEADING)
    right_tiles(improvements_tiles(known))
    assert ("hela gapet" in said) == (
        gap is not None and gap < 0 and through < 12 and known.whole.remaining >= max(-gap, 50_000)
    )


# Omflyttningar


def move(persons_: int = 6, *, financed: str = "Inom ram", to: str = "ost") -> Move:
    parts = (MovePart(to, persons_), MovePart("med", -persons_))
    return Move("1", Month.of(2023, 5), "HSF 2023/1", financed, parts)


@pytest.mark.parametrize(
    ("moves", "said"),
    [
        ((), "Inga omflyttningar är beslutade"),
        ((move(),), "En omflyttning är beslutad och finansierad"),
        ((move(financed=""),), "En omflyttning är beslutad men saknar finansiering"),
        ((move(), move()), "Två omflyttningar är beslutade och finansierade"),
        ((move(), move(financed="")), "En av två beslutade omflyttningar saknar finansiering"),
        ((move(financed=""),) * 13, "13 av 13 beslutade omflyttningar saknar finansiering"),
    ],
)
def test_the_register_of_moves(moves: tuple[Move, ...], said: str) -> None:
    figure = moves_table(moves, OTHER, context=CONTEXT, origins=DEMO)
    right(figure.title, LONGEST)
    right(figure.sentence)
    assert figure.title == said
    assert all(row["net"] == 0 for row in records(figure))
    assert figure.source == "Källa: registret över beslutade omflyttningar (Demodata)."


def test_a_move_to_a_unit_outside_the_scope_names_it_not() -> None:
    figure = moves_table((move(to="", financed=""),), OTHER, context=CONTEXT, origins=())
    row = next(iter(records(figure)))
    assert row["parts"] == f"−6 Medicinkliniken, +6 {OUTSIDE}"
    assert row["financed"] == "saknas, räknas inte"
    assert figure.source == "Källa: registret över beslutade omflyttningar."
