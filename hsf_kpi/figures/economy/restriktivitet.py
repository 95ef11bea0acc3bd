"""Restriktivitet, the first assignment: what travel, overnight stays and external meetings cost against last year."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction

from hsf_kpi.analysis.economy.restriktivitet import CostChange, Restriktivitet, RestriktivitetLine
from hsf_kpi.figures.captions import caption, sentences
from hsf_kpi.figures.economy.cells import TKR, UNKNOWN, as_sum, over, percent, span, told, with_mnkr
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.phrases import how_many, units_words
from hsf_kpi.model.codes import Origin
from hsf_kpi.swedish.dates import month_short
from hsf_kpi.swedish.numbers import SPACE, number

SUBJECT = "Resor, övernattning och externa möten"
LESS_IS_BETTER = "Minus är lägre kostnad än föregående år, vilket är det som uppdraget begär."


def restriktivitet_table(
    found: Restriktivitet, *, context: Context, origins: Collection[Origin], source: str
) -> Figure:
    """A row for each kind of cost and their sum: the month, then the year to date, each against last year. tkr."""
    latest, own = found.months[-1], over(context, found.months)
    now, before = span(found.months), span([month - 12 for month in found.months])
    parts = [("month", month_short(latest), month_short(latest - 12))]
    if len(found.months) > 1:
        parts.append(("to_date", now, before))
    columns = [Column("title", "Kostnadsslag", Role.LABEL)]
    for key, this, last in parts:
        columns += _columns(key, this, last)
    steps = ("now", "last", "change", "percent")
    shown = ["title", *(f"{key}_{step}_text" for key, _, _ in parts for step in steps)]
    file = ["title", *(f"{key}_{step}" for key, _, _ in parts for step in steps)]
    keys = [key for key, _, _ in parts]
    return Figure(
        kind=FigureKind.TABLE,
        slug="uppdrag-restriktivitet",
        title=fitting(_titles(found, now, before)),
        caption=caption("Restriktivitet, kostnad i tkr", own),
        context=own,
        columns=tuple(columns),
        rows=tuple(_row(line.title, line, keys, line is found.whole) for line in (*found.lines, found.whole)),
        sentence=_sentence(found, own, before),
        source=source,
        origins=frozenset(origins),
        help=sentences(
            LESS_IS_BETTER,
            f"{UNKNOWN} alla har inte bokfört: {', '.join(month_short(month) for month in found.missing)}."
            if found.missing
            else "",
        ),
        empty="" if found.lines else "Kontoplanen har inga kostnadsslag för restriktivitet.",
        options={"shown": ",".join(shown), "file": ",".join(file), "month": latest.iso},
    )


def restriktivitet_units(
    below: Mapping[str, Restriktivitet],
    names: Mapping[str, str],
    *,
    context: Context,
    origins: Collection[Origin],
    source: str,
) -> Figure:
    """All kinds of cost together, a row a unit, over the same months: the largest rise first, the unknown last. tkr."""

    def order(unit: str) -> tuple[bool, int, str]:
        change = below[unit].whole.to_date.change
        return change is None, -(change or 0), names.get(unit, unit)

    ordered = sorted(below, key=order)
    months = below[ordered[0]].months if ordered else ()
    own, now, before = over(context, months), span(months), span([month - 12 for month in months])
    steps = ("now", "last", "change", "percent")
    known = [below[unit].whole.to_date.change for unit in ordered]
    rose = [unit for unit, change in zip(ordered, known, strict=True) if change is not None and change > 0]
    judged = sum(change is not None for change in known)
    return Figure(
        kind=FigureKind.TABLE,
        slug="uppdrag-restriktivitet-verksamheter",
        title=fitting(_unit_titles([names.get(unit, unit) for unit in rose], judged)),
        caption=caption("Resor, övernattning och externa möten, kostnad i tkr per verksamhet", own),
        context=own,
        columns=(Column("title", "Verksamhet", Role.LABEL), *_columns("to_date", now, before)),
        rows=tuple(_row(names.get(unit, unit), below[unit].whole, ["to_date"], False) for unit in ordered),
        sentence=f"Tabell med {units_words(len(ordered))}, {own.unit}. {len(rose)} av {judged} har högre kostnad.",
        source=source,
        origins=frozenset(origins),
        help=sentences(LESS_IS_BETTER, f"{UNKNOWN} alla har inte bokfört." if None in known else ""),
        empty="" if ordered else "Det finns inga verksamheter under den valda.",
        options={
            "shown": ",".join(["title", *(f"to_date_{step}_text" for step in steps)]),
            "file": ",".join(["title", *(f"to_date_{step}" for step in steps)]),
            "month": months[-1].iso if months else "",
        },
    )


def _columns(key: str, this: str, last: str) -> list[Column]:
    return [
        Column(f"{key}_now", f"{this} (kr)", Role.OUTCOME),
        Column(f"{key}_now_text", this, Role.TEXT),
        Column(f"{key}_last", f"{last} (kr)", Role.LAST_YEAR),
        Column(f"{key}_last_text", last, Role.TEXT),
        Column(f"{key}_change", f"Ändring mot {last} (kr)", Role.CHANGE),
        Column(f"{key}_change_text", f"Mot {last}", Role.TEXT),
        Column(f"{key}_percent", f"Ändring mot {last} (procent)", Role.CHANGE),
        Column(f"{key}_percent_text", f"Mot {last}, %", Role.TEXT),
    ]


def _row(title: str, line: RestriktivitetLine, keys: list[str], is_sum: bool) -> tuple[Value, ...]:
    mark = as_sum if is_sum else str
    cells: list[Value] = [title]
    for key in keys:
        cost = line.month if key == "month" else line.to_date
        share = cost.percent
        cells += [cost.now, mark(_tkr(cost.now)), cost.last_year, mark(_tkr(cost.last_year))]
        cells += [cost.change, mark(_tkr(cost.change, sign=True))]
        cells += [None if share is None else float(share), mark(percent(share))]
    return tuple(cells)


def _unit_titles(rose: Sequence[str], judged: int) -> Iterator[str]:
    if not judged:
        yield "Ingen verksamhets kostnader kan jämföras med föregående år"
    elif not rose:
        yield "Ingen verksamhet har högre kostnader än föregående år"
    else:
        if len(rose) == 1:
            yield f"{rose[0]} har högre kostnader än föregående år"
        yield f"{how_many(len(rose), capital=True)} av {how_many(judged)} verksamheter har högre kostnader än föregående år"


def _tkr(kronor: int | None, *, sign: bool = False) -> str:
    return UNKNOWN if kronor is None else told(Fraction(kronor, TKR), 0, sign=sign)


def _titles(found: Restriktivitet, now: str, before: str) -> Iterator[str]:
    cost = found.whole.to_date
    for subject in (SUBJECT, "Restriktiviteten: kostnaderna", "Kostnaderna"):
        if cost.now is None:
            yield f"{subject} kan inte summeras, {now}"
        elif cost.change is None:
            yield (
                f"{subject} kostar {with_mnkr(cost.now)}, {now}"
                if subject == SUBJECT
                else f"{subject} är {with_mnkr(cost.now)}"
            )
        elif not cost.change:
            yield f"{subject} är oförändrade mot {before}"
        else:
            yield _moved(subject, cost, before)


def _moved(subject: str, cost: CostChange, before: str) -> str:
    more = (cost.change or 0) > 0
    share = cost.percent
    if share is None:
        size = with_mnkr(abs(cost.change or 0))
    else:
        size = f"{number(abs(share), 1 if abs(share) < 10 else 0)}{SPACE}%"
    if subject == SUBJECT:
        return f"{subject} kostar {size} {'mer' if more else 'mindre'} än {before}"
    return f"{subject} är {size} {'högre' if more else 'lägre'} än {before}"


def _sentence(found: Restriktivitet, context: Context, before: str) -> str:
    cost = found.whole.to_date
    start = f"Tabell med kostnadsslagen i restriktiviteten, {context.unit}, {context.period}."
    if cost.now is None:
        return f"{start} Summan är inte känd."
    against = "" if cost.last_year is None else f" mot {with_mnkr(cost.last_year)} {before}"
    return f"{start} Tillsammans {with_mnkr(cost.now)}{against}."
