"""The words of Ekonomiåtgärder: the sentence over each assignment, and its tiles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from hsf_kpi.analysis.economy.restriktivitet import CostChange, Restriktivitet
from hsf_kpi.analysis.economy.types import Compliance, ComplianceCell, ComplianceRow, Verdict
from hsf_kpi.figures.economy.improvements_words import EFFECT_WORD, improvements_finding, improvements_tiles
from hsf_kpi.figures.economy.words import listed, mnkr_text
from hsf_kpi.figures.findings import LONGEST_HEADING
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.figures.words_tile import WordsTile
from hsf_kpi.model.ledger import MNKR
from hsf_kpi.model.period import Month
from hsf_kpi.model.register import Move
from hsf_kpi.swedish.dates import month_name, month_text
from hsf_kpi.swedish.numbers import SPACE, number
from hsf_kpi.swedish.words import inside

__all__ = [
    "EFFECT_WORD",
    "compliance_finding",
    "compliance_tiles",
    "improvements_finding",
    "improvements_tiles",
    "restriktivitet_finding",
    "restriktivitet_tiles",
]

HIRED = "hyrpersonal"
"""Characters of the sentence over a page."""
TKR = 1_000


def compliance_finding(found: Compliance, names: Mapping[str, str], unit: str) -> str:
    """«Förvaltningen minskade med 5 medarbetare i oktober; tre av elva verksamheter ökade»: as much as there is room for."""
    month = found.months[-1]
    cell = found.whole.cells[-1]
    money = found.assignment == HIRED
    name = names.get(found.whole.unit, unit)
    if cell.own is None:
        start = f"{name} kan inte bedömas för {month_name(month)}"
        told = [f"{start}: {inside(cell.why)}"] if cell.why else []
        return _fitting(*told, start)
    start = f"{name} {_change_words(cell, cell.own, money)} i {month_name(month)}"
    return _fitting(*(f"{start}; {below}" for below in _below(found, month, money)), start)


def _below(found: Compliance, month: Month, money: bool) -> Iterator[str]:
    """«tre av elva verksamheter ökade», then shorter; nothing where none below can be judged."""
    judged = len(found.judged(month))
    if not judged:
        return
    broke = judged - len(found.complied(month))
    verb = "minskade inte" if money else "ökade"
    did = verb if broke else "följde uppdraget"
    all_judged = judged == len(found.rows)
    if judged == 1:
        yield f"{'verksamheten under' if all_judged else 'den enda bedömda'} {did}"
        return
    who = f"{how_many(broke)} av {how_many(judged)}" if broke else f"alla {how_many(judged)}"
    yield f"{who} {'verksamheter' if all_judged else 'bedömda'} {did}"
    yield f"{who} {'' if all_judged else 'bedömda '}{did if broke else 'följde'}"


def _fitting(*sentences: str) -> str:
    """The first that fits over a page; else the last, cut at a word."""
    last = sentences[-1]
    cut = f"{last[: LONGEST_HEADING - 1].rsplit(' ', 1)[0]}…"
    return next((one for one in sentences if len(one) <= LONGEST_HEADING), cut)


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
        return WordsTile("hela", name, "–", "", (cell.why or "Inget utfall är rapporterat.",))
    value, _, unit = (
        _amount(cell.value, money).rpartition(SPACE) if money else (number(cell.value, 0), "", "")
    )
    lines = [cell.why or "Kan inte bedömas."] if cell.own is None else [_against_before(cell, month, money)]
    if found.whole.since is not None and month.number > 1:
        since = f"{_amount(found.whole.since, money, sign=True)} sedan december {month.year - 1}"
        apart = ", omflyttningar oräknade" if any(one.moved for one in found.whole.cells) else ""
        lines.append(f"{since}{apart}")
    star = "*" if cell.starred else ""
    return WordsTile("hela", name, f"{value}{star}", unit, tuple(lines))


def _against_before(cell: ComplianceCell, month: Month, money: bool) -> str:
    assert cell.change is not None
    before = month_name(month - 1)
    if not cell.change:
        return f"oförändrat sedan {before}"
    word = ("högre" if cell.change > 0 else "lägre") if money else ("fler" if cell.change > 0 else "färre")
    return f"{_amount(abs(cell.change), money)} {word} än i {before}"


def _complied(found: Compliance, month: Month) -> WordsTile:
    complied, judged = len(found.complied(month)), len(found.judged(month))
    name = "Verksamheter som följde uppdraget"
    if not judged:
        return WordsTile("foljde", name, "–", "", (f"Ingen kan bedömas för {month_name(month)}.",))
    money = found.assignment == HIRED
    lines = ["kostnaden minskade eller var noll" if money else "ingen ökning utöver beslutade omflyttningar"]
    if len(found.months) > 1:
        before = found.months[-2]
        lines.append(f"{len(found.complied(before))} av {len(found.judged(before))} i {month_name(before)}")
    unknown = len(found.rows) - judged
    if unknown:
        lines.append(f"{how_many(unknown, capital=True)} kan inte bedömas")
    return WordsTile("foljde", name, str(complied), f"av {judged}", tuple(lines))


def _longest(found: Compliance, names: Mapping[str, str]) -> WordsTile:
    worst = max(found.rows, key=lambda row: (row.broke_in_row, row.since or 0))
    name = "Flest månader i följd utan att följa"
    month = found.months[-1]
    if not found.judged(month):
        return WordsTile("flest", name, "–", "", (f"Ingen kan bedömas för {month_name(month)}.",))
    if not worst.broke_in_row:
        return WordsTile("flest", name, "0", "", (f"Alla bedömda följde uppdraget i {month_name(month)}.",))
    same = [row for row in found.rows if row.broke_in_row == worst.broke_in_row]
    lines = [names.get(worst.unit, worst.unit)]
    if len(same) > 1:
        lines.append(f"och {how_many(len(same) - 1)} till")
    return WordsTile("flest", name, str(worst.broke_in_row), _months(worst.broke_in_row), tuple(lines))


def _own_run(row: ComplianceRow) -> WordsTile:
    if row.cells[-1].verdict is Verdict.UNKNOWN:
        return WordsTile("i-foljd", "Månader i följd som följts", "–", "", ("Kan inte bedömas senast.",))
    run, did = (
        (row.in_row, "Månader i följd som följts")
        if row.in_row
        else (row.broke_in_row, "Månader i följd utan att följa")
    )
    lines = ("En månad utan värde avslutar raden.",) if row.ended_unknown else ()
    return WordsTile("i-foljd", did, str(run), _months(run), lines)


def _moved(moves: Sequence[Move], names: Mapping[str, str]) -> WordsTile:
    """moves: of this year, newest first."""
    paid = [move for move in moves if move.financed]
    persons = sum(part.persons for move in paid for part in move.parts if part.persons > 0)
    if not paid:
        return WordsTile(
            "omflyttningar", "Beslutade omflyttningar i år", "0", "", ("Inga är beslutade och finansierade.",)
        )
    latest = paid[0]
    to = [names[part.unit] for part in latest.parts if part.persons > 0 and part.unit in names]
    decisions = "Ett" if len(paid) == 1 else how_many(len(paid), capital=True)
    lines = [f"{decisions} beslut, räknas varken som ökning eller minskning"]
    if to:
        lines.append(f"Senast till {listed(to)}, {month_text(latest.month)}")
    return WordsTile("omflyttningar", "Omflyttade i år", number(persons, 0), "medarbetare", tuple(lines))


def restriktivitet_finding(found: Restriktivitet) -> str:
    """«Resor, övernattning och externa möten kostar 1,2 mnkr mer än samma period 2022»"""
    cost, year = found.whole.to_date, found.months[-1].year - 1
    if cost.now is None:
        return "Restriktiviteten kan inte bedömas: kostnaderna är inte helt bokförda"
    if cost.change is None:
        return f"Restriktiviteten kan inte jämföras: kostnaderna {year} är inte helt bokförda"
    what = "Resor, övernattning och externa möten kostar"
    if not cost.change:
        return f"{what} lika mycket som samma period {year}"
    word = "mer" if cost.change > 0 else "mindre"
    return f"{what} {_amount(Fraction(abs(cost.change)), True)} {word} än samma period {year}"


def restriktivitet_tiles(found: Restriktivitet) -> tuple[WordsTile, ...]:
    """All together, then each account: cost so far, against last year."""
    return tuple(
        _cost_tile(line.account.id if line.account else "totalt", line.title, line.to_date)
        for line in (found.whole, *found.lines)
    )


def _cost_tile(id_: str, name: str, cost: CostChange) -> WordsTile:
    if cost.now is None:
        return WordsTile(id_, name, "–", "", ("Inte helt bokfört.",))
    line = "Kan inte jämföras med förra året." if cost.change is None else _changed(cost.change, cost.percent)
    value, _, unit = _amount(Fraction(cost.now), True).rpartition(SPACE)
    return WordsTile(id_, name, value, unit, (line,))


def _changed(change: int, percent: Fraction | None) -> str:
    if not change:
        return "Lika mycket som förra året"
    told = "" if percent is None else f" ({number(percent, 1, sign=True)}{SPACE}%)"
    return f"{_amount(Fraction(abs(change)), True)} {'högre' if change > 0 else 'lägre'} än förra året{told}"


def _change_words(cell: ComplianceCell, own: Fraction, money: bool) -> str:
    """What a unit did in a month, decided moves apart."""
    if money:
        if not own:
            return "hade oförändrad hyrkostnad"
        return f"{'ökade' if own > 0 else 'minskade'} hyrkostnaden med {_amount(abs(own), True)}"
    if not own:
        return "ändrades bara av beslutade omflyttningar" if cell.moved else "hade lika många medarbetare"
    apart = " utöver omflyttningar" if cell.moved else ""
    return f"{'ökade' if own > 0 else 'minskade'} med {number(abs(own), 0)} medarbetare{apart}"


def _months(count: int) -> str:
    return "månad" if count == 1 else "månader i rad"


def _amount(amount: Fraction, money: bool, *, sign: bool = False) -> str:
    """Persons, or kronor as kronor, tkr or mnkr: as fits their size."""
    if not money:
        return number(amount, 0, sign=sign)
    if amount and abs(amount) < TKR:
        return f"{number(amount, 0, sign=sign)}{SPACE}kr"
    if abs(amount) < MNKR:
        return f"{number(amount / TKR, 0, sign=sign)}{SPACE}tkr"
    return mnkr_text(amount, sign=sign)
