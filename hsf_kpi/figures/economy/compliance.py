"""Who did as an assignment says: units by months, with how many months in a row."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction

from hsf_kpi.analysis.economy.types import Compliance, ComplianceCell, ComplianceRow, Verdict
from hsf_kpi.figures.captions import caption, sentences
from hsf_kpi.figures.economy.cells import TKR, UNKNOWN, as_sum, over, told
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.phrases import how_many, units_words
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.period import Month
from hsf_kpi.swedish.dates import month_name_short, month_text
from hsf_kpi.swedish.numbers import SPACE

HIRED = "hyrpersonal"
GREW, FELL, MOVED, STOOD = "▲", "▼", "↔", "■"
"""Grew (breaks), fell, grew or fell by a decided move, unchanged where it had to fall (breaks)."""

VERDICT_WORD: Mapping[Verdict, str] = {
    Verdict.COMPLIED: "följde uppdraget",
    Verdict.BROKE: "bröt mot uppdraget",
    Verdict.MOVED: "följde uppdraget, beslutad omflyttning",
    Verdict.UNKNOWN: "kan inte bedömas",
}


def compliance_matrix(
    compliance: Compliance,
    names: Mapping[str, str],
    *,
    context: Context,
    origins: Collection[Origin],
    source: str,
) -> Figure:
    """names: unit id → name, the whole's too. Most months in a row with a breach first, the whole last.

    A file gets, month by month, the value, its change, the moves in it, what is judged and the verdict; kronor for
    hyrpersonal.
    """
    money, months = compliance.assignment == HIRED, compliance.months
    rows = worst_rows(compliance, names)
    own = over(context, months, "månad")
    unit = "kr" if money else "personer"
    columns = [
        Column("unit", "Verksamhet", Role.LABEL),
        Column("row_text", "I rad", Role.TEXT),
        Column("broke_in_row", "Månader i rad, bröt", Role.COUNT),
        Column("in_row", "Månader i rad, följde", Role.COUNT),
        Column("since_text", "Sedan dec", Role.TEXT),
        Column("since", f"Sedan december, utan omflyttningar ({unit})", Role.CHANGE),
    ]
    for month in months:
        name, key = month_name_short(month.number), month.iso
        columns += [
            Column(f"{key}_text", name, Role.TEXT),
            Column(f"{key}_value", f"{name}, värde ({unit})", Role.OUTCOME),
            Column(f"{key}_change", f"{name}, ändring ({unit})", Role.CHANGE),
            Column(f"{key}_moved", f"{name}, omflyttade", Role.CHANGE),
            Column(f"{key}_own", f"{name}, egen ändring ({unit})", Role.CHANGE),
            Column(f"{key}_verdict", f"{name}, bedömning", Role.STATUS),
        ]
    parts = ("value", "change", "own", "verdict") if money else ("value", "change", "moved", "own", "verdict")
    shown = ["unit", "row_text", "since_text", *(f"{month.iso}_text" for month in months)]
    file = ["unit", "broke_in_row", "in_row", "since", *(f"{m.iso}_{part}" for m in months for part in parts)]
    what = (
        "Kostnad för hyrpersonal, ändring mot månaden före, tkr"
        if money
        else "Antal medarbetare, ändring mot månaden före"
    )
    return Figure(
        kind=FigureKind.TABLE,
        slug=f"uppdrag-{compliance.assignment}",
        title=fitting(_titles(compliance, names)),
        caption=caption(what, own),
        context=own,
        columns=tuple(columns),
        rows=tuple(_row(row, names, money, row is compliance.whole) for row in (*rows, compliance.whole)),
        sentence=_sentence(compliance, names, own),
        source=source,
        origins=frozenset(origins),
        help=_help(compliance, money),
        empty="" if months else "Det finns inga månader att följa.",
        options={"shown": ",".join(shown), "file": ",".join(file), "month": months[-1].iso if months else ""},
    )


def worst_rows(compliance: Compliance, names: Mapping[str, str]) -> list[ComplianceRow]:
    """The units below: most months in a row with a breach first, then the largest change since December, then by name."""

    def order(row: ComplianceRow) -> tuple[int, bool, Fraction, str]:
        return (
            -row.broke_in_row,
            row.since is None,
            -(row.since or Fraction(0)),
            names.get(row.unit, row.unit),
        )

    return sorted(compliance.rows, key=order)


def change_text(amount: Fraction, money: bool) -> str:
    """«+3»; kronor as tkr. What is not zero does not read as zero."""
    return told(amount / TKR if money else amount, 0, sign=True)


def cell_text(cell: ComplianceCell, money: bool) -> str:
    """«▲ +3», «▼ −2», «0», «↔ +6», «■ 0» (had to fall); «–» not judged, «–*» since it is incomplete."""
    if cell.verdict is Verdict.UNKNOWN or cell.own is None or cell.change is None:
        return f"{UNKNOWN}{_star(cell)}"
    amount = cell.change if cell.verdict is Verdict.MOVED else cell.own
    text = change_text(amount, money)
    if cell.verdict is Verdict.MOVED:
        shape = MOVED
    elif cell.verdict is Verdict.BROKE:
        shape = GREW if amount > 0 else STOOD
    else:
        shape = FELL if amount < 0 else ""
    return f"{shape}{SPACE}{text}{_star(cell)}" if shape else f"{text}{_star(cell)}"


def row_text(row: ComplianceRow) -> str:
    """«bröt 4», «följde 2»; «minst» where a month without a value ended the count; «okänt» where the latest is one."""
    least = f"minst{SPACE}" if row.ended_unknown else ""
    if row.broke_in_row:
        return f"bröt {least}{row.broke_in_row}"
    return f"följde {least}{row.in_row}" if row.in_row else "okänt"


def _star(cell: ComplianceCell) -> str:
    return "*" if cell.starred else ""


def _row(row: ComplianceRow, names: Mapping[str, str], money: bool, whole: bool) -> tuple[Value, ...]:
    mark = as_sum if whole else str
    starred = any(cell.starred for cell in row.cells)
    since = UNKNOWN if row.since is None else change_text(row.since, money) + ("*" if starred else "")
    cells: list[Value] = [
        names.get(row.unit, row.unit),
        mark(row_text(row)),
        row.broke_in_row,
        row.in_row,
        mark(since),
        _number(row.since),
    ]
    for cell in row.cells:
        cells += [
            mark(cell_text(cell, money)),
            _number(cell.value),
            _number(cell.change),
            cell.moved,
            _number(cell.own),
            f"{VERDICT_WORD[cell.verdict]}{f': {cell.why}' if cell.why else ''}",
        ]
    return tuple(cells)


def _number(value: Fraction | None) -> Value:
    return None if value is None else int(value) if value.denominator == 1 else float(value)


def _broke(compliance: Compliance, month: Month) -> list[ComplianceRow]:
    return [r for r in compliance.rows for c in r.cells if c.month == month and c.verdict is Verdict.BROKE]


def _titles(compliance: Compliance, names: Mapping[str, str]) -> Iterator[str]:
    if not compliance.months:
        yield "Det finns inga månader att följa"
        return
    money, latest = compliance.assignment == HIRED, compliance.months[-1]
    when = month_text(latest).removesuffix(f" {latest.year}")
    judged, broke = compliance.judged(latest), _broke(compliance, latest)
    longest = max((row.broke_in_row for row in compliance.rows), default=0)
    if longest > 1:
        units = [row for row in compliance.rows if row.broke_in_row == longest]
        did = "inte sänkt kostnaden på" if money else "ökat"
        run = f"{how_many(longest)} månader{'' if money else ' i följd'}"
        if len(units) == 1:
            yield f"{names.get(units[0].unit, units[0].unit)} har {did} {run}"
        yield f"{how_many(len(units), capital=True)} verksamhet{'er' if len(units) > 1 else ''} har {did} {run}"
    if broke:
        if len(broke) == len(judged) == 1:
            yield f"Verksamheten följde inte uppdraget i {when}"
        yield f"{how_many(len(broke), capital=True)} av {how_many(len(judged))} verksamheter följde inte uppdraget i {when}"
    if len(judged) > 1:
        yield f"Alla {how_many(len(judged))} verksamheter följde uppdraget i {when}"
    if judged:
        yield f"Den verksamhet som kan bedömas följde uppdraget i {when}"
    yield from _whole_titles(compliance, when)


def _whole_titles(compliance: Compliance, when: str) -> Iterator[str]:
    """About the chosen unit itself, where no unit below can be judged."""
    last = compliance.whole.cells[-1].verdict if compliance.whole.cells else Verdict.UNKNOWN
    if last is Verdict.UNKNOWN:
        yield f"Uppdraget kan inte bedömas i {when}"
    else:
        yield f"Verksamheten {'följde inte' if last is Verdict.BROKE else 'följde'} uppdraget i {when}"


def _help(compliance: Compliance, money: bool) -> str:
    cells = [cell for row in (*compliance.rows, compliance.whole) for cell in row.cells]
    shapes = {text[:1] for cell in cells if (text := cell_text(cell, money))}
    grew = f"{GREW} ökning, bryter mot uppdraget"
    signs = [
        *([grew] if GREW in shapes else []),
        *([f"{STOOD} oförändrat fast det skulle minska, bryter mot uppdraget"] if STOOD in shapes else []),
        *([f"{FELL} minskning"] if FELL in shapes else []),
        *([f"{MOVED} beslutad och finansierad omflyttning"] if MOVED in shapes else []),
        *([f"{UNKNOWN} kan inte bedömas: månaden eller den före saknar värde"] if UNKNOWN in shapes else []),
        *(["* alla har inte rapporterat, bedöms inte"] if any(cell.starred for cell in cells) else []),
    ]
    rule = (
        "Kostnaden ska minska varje månad; noll efter noll följer uppdraget."
        if money
        else "Ingen verksamhet ska öka, utom genom en beslutad omflyttning; hela förvaltningen ska minska varje månad."
    )
    ended = any(row.ended_unknown for row in (*compliance.rows, compliance.whole))
    return sentences(
        f"{'; '.join(signs)}." if signs else "",
        "I rad: antal månader till och med den senaste som verksamheten har följt eller brutit mot uppdraget, inom året.",
        "En månad utan värde avslutar raden (minst, okänt)." if ended else "",
        "" if money else "Sedan dec: utan beslutade omflyttningar.",
        rule,
        "Sista raden är hela den valda verksamheten, bedömd för sig.",
    )


def _sentence(compliance: Compliance, names: Mapping[str, str], context: Context) -> str:
    if not compliance.months:
        return f"Tabell utan månader, {context.unit}."
    latest = compliance.months[-1]
    judged = compliance.judged(latest)
    broke = [names.get(row.unit, row.unit) for row in _broke(compliance, latest)]
    who = f" Följde inte: {', '.join(broke)}." if broke else ""
    return (
        f"Tabell med {units_words(len(compliance.rows))} och {how_many(len(compliance.months))} månader, {context.unit}."
        f" {len(compliance.complied(latest))} av {len(judged)} som kan bedömas följde uppdraget i {month_text(latest)}.{who}"
    )
