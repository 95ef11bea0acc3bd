"""The words of Ekonomiåtgärder: the sentence over each assignment, and its tiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from hsf_kpi.analysis.economy.improvements import ImprovementTotals
from hsf_kpi.analysis.economy.restriktivitet import CostChange, Restriktivitet
from hsf_kpi.analysis.economy.types import Compliance, ComplianceCell, ComplianceRow
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.figures.words_tile import WordsTile
from hsf_kpi.model.ledger import MNKR
from hsf_kpi.model.period import Month
from hsf_kpi.model.register import Effect, Move
from hsf_kpi.swedish.dates import month_name, month_text
from hsf_kpi.swedish.numbers import SPACE, number

HIRED = "hyrpersonal"
TKR = 1_000
EFFECT_WORD: Mapping[Effect, str] = {
    Effect.COST: "lägre kostnad",
    Effect.CAPACITY: "ökad kapacitet",
    Effect.QUALITY: "kvalitet med ekonomisk effekt",
}


def compliance_finding(found: Compliance, names: Mapping[str, str], unit: str) -> str:
    """«Förvaltningen minskade med 5 medarbetare i oktober; tre av elva verksamheter ökade»"""
    month = found.months[-1]
    cell = found.whole.cells[-1]
    money = found.assignment == HIRED
    name = names.get(found.whole.unit, unit)
    if cell.own is None:
        return f"{name} kan inte bedömas för {month_name(month)}: {_start_small(cell.why)}"
    what = _change_words(cell.own, money)
    start = f"{name} {what} i {month_name(month)}"
    judged = found.judged(month)
    if not judged:
        return start
    broke = len(judged) - len(found.complied(month))
    verb = "minskade inte" if money else "ökade"
    if not broke:
        rest = (
            f"alla {how_many(len(judged))} verksamheter följde uppdraget"
            if len(judged) > 1
            else "verksamheten under följde uppdraget"
        )
    else:
        rest = f"{how_many(broke)} av {how_many(len(judged))} verksamheter {verb}"
    return f"{start}; {rest}"


def compliance_tiles(
    found: Compliance, names: Mapping[str, str], moves: Sequence[Move]
) -> tuple[WordsTile, ...]:
    """The whole's month, how many units complied, the longest run of breaches, and the decided moves."""
    month, money = found.months[-1], found.assignment == HIRED
    tiles = [_whole(found, month, money)]
    if found.rows:
        tiles += [_complied(found, month), _longest(found, names)]
    else:
        tiles += [_own_run(found.whole)]
    if not money:
        tiles.append(_moved(moves, names))
    return tuple(tiles)


def _whole(found: Compliance, month: Month, money: bool) -> WordsTile:
    cell = found.whole.cells[-1]
    name = f"{'Hyrkostnad' if money else 'Medarbetare'} i {month_name(month)}"
    if cell.value is None:
        return WordsTile("hela", name, "–", "", (cell.why,))
    value = number(cell.value / MNKR, 1) if money else number(cell.value, 0)
    lines = [cell.why] if cell.own is None else [_against_before(cell, month, money)]
    if found.whole.since is not None and month.number > 1:
        lines.append(f"{_amount(found.whole.since, money, sign=True)} sedan december")
    star = "*" if cell.starred else ""
    return WordsTile("hela", name, f"{value}{star}", "mnkr" if money else "", tuple(lines))


def _against_before(cell: ComplianceCell, month: Month, money: bool) -> str:
    assert cell.change is not None
    before = month_name(month - 1)
    if not cell.change:
        return f"oförändrat sedan {before}"
    word = ("högre" if cell.change > 0 else "lägre") if money else ("fler" if cell.change > 0 else "färre")
    return f"{_amount(abs(cell.change), money)} {word} än i {before}"


def _complied(found: Compliance, month: Month) -> WordsTile:
    complied, judged = len(found.complied(month)), len(found.judged(month))
    what = (
        "kostnaden minskade eller var noll" if found.assignment == HIRED else "minskade eller var oförändrade"
    )
    lines = [what]
    if len(found.months) > 1:
        before = found.months[-2]
        lines.append(f"{len(found.complied(before))} av {len(found.judged(before))} i {month_name(before)}")
    unknown = len(found.rows) - judged
    if unknown:
        lines.append(f"{how_many(unknown, capital=True)} kan inte bedömas")
    return WordsTile(
        "foljde", "Verksamheter som följde uppdraget", str(complied), f"av {judged}", tuple(lines)
    )


def _longest(found: Compliance, names: Mapping[str, str]) -> WordsTile:
    worst = max(found.rows, key=lambda row: (row.broke_in_row, row.since or 0))
    name = "Flest månader i följd utan att följa"
    if not worst.broke_in_row:
        return WordsTile("flest", name, "0", "", ("Alla bedömda följde uppdraget senast.",))
    same = [row for row in found.rows if row.broke_in_row == worst.broke_in_row]
    lines = [names.get(worst.unit, worst.unit)]
    if len(same) > 1:
        lines.append(f"och {how_many(len(same) - 1)} till")
    return WordsTile("flest", name, str(worst.broke_in_row), _months(worst.broke_in_row), tuple(lines))


def _own_run(row: ComplianceRow) -> WordsTile:
    run, did = (
        (row.in_row, "Månader i följd som följts")
        if row.in_row
        else (row.broke_in_row, "Månader i följd utan att följa")
    )
    lines = ("En månad utan värde avslutar raden.",) if row.ended_unknown else ()
    return WordsTile("i-foljd", did, str(run), _months(run), lines)


def _moved(moves: Sequence[Move], names: Mapping[str, str]) -> WordsTile:
    paid = [move for move in moves if move.financed]
    persons = sum(part.persons for move in paid for part in move.parts if part.persons > 0)
    if not paid:
        return WordsTile(
            "omflyttningar", "Beslutade omflyttningar i år", "0", "", ("Inga är beslutade och finansierade.",)
        )
    latest = paid[0]
    to = [names[part.unit] for part in latest.parts if part.persons > 0 and part.unit in names]
    lines = [f"{how_many(len(paid), capital=True)} beslut, räknas varken upp eller ner"]
    if to:
        lines.append(f"Senast till {' och '.join(to)}, {month_text(latest.month)}")
    return WordsTile("omflyttningar", "Omflyttade i år", str(persons), "medarbetare", tuple(lines))


def restriktivitet_finding(found: Restriktivitet) -> str:
    """«Resor, övernattning och externa möten kostar 1,2 mnkr mer än jan–okt 2022»"""
    change = found.whole.to_date.change
    if change is None:
        return "Restriktiviteten kan inte bedömas: kostnaderna är inte helt bokförda"
    year = found.months[-1].year - 1
    what = "Resor, övernattning och externa möten kostar"
    if not change:
        return f"{what} lika mycket som samma period {year}"
    word = "mer" if change > 0 else "mindre"
    return f"{what} {_amount(Fraction(abs(change)), True)} {word} än samma period {year}"


def restriktivitet_tiles(found: Restriktivitet) -> tuple[WordsTile, ...]:
    """All together, then each account: cost so far, against last year."""
    return tuple(
        _cost_tile(line.account.id if line.account else "totalt", line.title, line.to_date)
        for line in (found.whole, *found.lines)
    )


def _cost_tile(id_: str, name: str, cost: CostChange) -> WordsTile:
    if cost.now is None:
        return WordsTile(id_, name, "–", "", ("Inte helt bokfört.",))
    lines = ["Kan inte jämföras med förra året."] if cost.change is None else [_changed(cost)]
    return WordsTile(id_, name, number(Fraction(cost.now, MNKR), 1), "mnkr", tuple(lines))


def _changed(cost: CostChange) -> str:
    assert cost.change is not None
    word = "högre" if cost.change > 0 else "lägre"
    percent = "" if cost.percent is None else f" ({number(cost.percent, 1, sign=True)}{SPACE}%)"
    return f"{_amount(Fraction(abs(cost.change)), True)} {word} än förra året{percent}"


def improvements_finding(found: ImprovementTotals) -> str:
    """«Nio aktiviteter väntas ge 6,4 mnkr till under året; det räcker till 4 % av gapet»"""
    whole = found.whole
    if not whole.activities:
        return "Inga förbättringsarbeten är registrerade här"
    what = "aktivitet" if whole.activities == 1 else "aktiviteter"
    start = f"{how_many(whole.activities, capital=True)} {what} väntas ge {_mnkr(whole.remaining)} till under året"
    if found.covers is not None:
        return f"{start}; det räcker till {number(found.covers, 0)}{SPACE}% av gapet"
    return start


def improvements_tiles(found: ImprovementTotals) -> tuple[WordsTile, ...]:
    """Expected so far, realised, the rest of the year, and the gap that it is held against."""
    whole = found.whole
    realised = WordsTile("realiserat", "Realiserat hittills", "–", "", ("Inget är rapporterat.",))
    if whole.realised is not None:
        said = f"{whole.reported} av {whole.due} månadsvärden är rapporterade"
        share = (
            ""
            if whole.share is None
            else f"{number(whole.share, 0)}{SPACE}% av det väntade i de rapporterade"
        )
        realised = WordsTile(
            "realiserat",
            "Realiserat hittills",
            _bare(whole.realised),
            "mnkr",
            tuple(filter(None, (share, said))),
        )
    gap = WordsTile("gap", "Gapet till målet", "–", "", ("Prognos eller budget saknas.",))
    if found.gap is not None:
        covers = (
            ""
            if found.covers is None
            else f"Återstående väntad effekt räcker till {number(found.covers, 0)}{SPACE}%"
        )
        gap = WordsTile(
            "gap",
            "Gapet till målet",
            _bare(found.gap, sign=True),
            "mnkr",
            tuple(filter(None, (covers, "Lämnad prognos mot −800 eller egen budget"))),
        )
    stopped = f"{how_many(found.stopped, capital=True)} avbrutna räknas inte" if found.stopped else ""
    return (
        WordsTile(
            "vantat",
            "Väntat hittills",
            _bare(whole.expected),
            "mnkr",
            tuple(filter(None, (f"{whole.activities} aktiviteter", stopped))),
        ),
        realised,
        WordsTile(
            "aterstar", "Väntat resten av året", _bare(whole.remaining), "mnkr", tuple(_by_effect(found))
        ),
        gap,
    )


def _by_effect(found: ImprovementTotals) -> list[str]:
    return [
        f"{_mnkr(part.remaining)} {EFFECT_WORD[effect]}"
        for effect, part in found.by_effect.items()
        if part.remaining
    ]


def _change_words(own: Fraction, money: bool) -> str:
    amount = abs(own)
    if money:
        if not own:
            return "hade oförändrad hyrkostnad"
        return f"{'ökade' if own > 0 else 'minskade'} hyrkostnaden med {_amount(amount, True)}"
    if not own:
        return "hade lika många medarbetare"
    return f"{'ökade' if own > 0 else 'minskade'} med {number(amount, 0)} medarbetare"


def _months(count: int) -> str:
    return "månad" if count == 1 else "månader i rad"


def _amount(amount: Fraction, money: bool, *, sign: bool = False) -> str:
    """Persons, or kronor as tkr or mnkr: as fits their size."""
    if not money:
        return number(amount, 0, sign=sign)
    if abs(amount) < MNKR:
        return f"{number(amount / TKR, 0, sign=sign)}{SPACE}tkr"
    return f"{number(amount / MNKR, 1, sign=sign)}{SPACE}mnkr"


def _start_small(why: str) -> str:
    return why[:1].lower() + why[1:]


def _mnkr(amount: int) -> str:
    return f"{_bare(amount)}{SPACE}mnkr"


def _bare(amount: int, *, sign: bool = False) -> str:
    return number(Fraction(amount, MNKR), 1, sign=sign)
