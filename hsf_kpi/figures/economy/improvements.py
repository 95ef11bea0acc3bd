"""Förbättringsarbete, the fourth assignment: the register of activities, and what they bring against the gap."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from hsf_kpi.analysis.economy.improvements import EffectSum, ImprovementTotals
from hsf_kpi.figures.captions import caption, sentences
from hsf_kpi.figures.economy.assignments import EFFECT_WORD
from hsf_kpi.figures.economy.cells import TKR, UNKNOWN, as_sum, over, percent, told, with_mnkr
from hsf_kpi.figures.economy.improvements_titles import activities, effect_titles, gap_words, register_titles
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.period import Month
from hsf_kpi.model.register import Improvement, Progress
from hsf_kpi.swedish.dates import month_short
from hsf_kpi.swedish.words import sentence_start

SOURCE = "Källa: registret över förbättringsarbeten."

PROGRESS_WORD: Mapping[Progress, str] = {
    Progress.PLANNED: "planerad",
    Progress.RUNNING: "pågår",
    Progress.DONE: "genomförd",
    Progress.STOPPED: "avbruten",
}


def improvements_register(
    improvements: Sequence[Improvement],
    names: Mapping[str, str],
    *,
    context: Context,
    origins: Collection[Origin],
    source: str = SOURCE,
    months: Sequence[Month] = (),
) -> Figure:
    """The register as a table, in the order given. tkr. months: those that expected and realised are summed over; without
    them realised is all that has been reported.
    """
    own = over(context, months)
    columns = (
        Column("unit", "Verksamhet", Role.LABEL),
        Column("number", "Nr", Role.COUNT),
        Column("what", "Aktivitet", Role.TEXT),
        Column("effect", "Effekt", Role.TEXT),
        Column("status", "Läge", Role.TEXT),
        Column("a_month", "Förväntat per månad (kr)", Role.TARGET_LOW),
        Column("a_month_text", "Förväntat per månad", Role.TEXT),
        Column("expected", "Förväntat hittills (kr)", Role.TARGET_LOW),
        Column("expected_text", "Förväntat hittills", Role.TEXT),
        Column("realised", "Realiserat hittills (kr)", Role.OUTCOME),
        Column("realised_text", "Realiserat hittills", Role.TEXT),
        Column("start", "Från", Role.TEXT),
        Column("end", "Till", Role.TEXT),
        Column("responsible", "Ansvarig", Role.TEXT),
    )
    shown = [
        "unit",
        "what",
        "effect",
        "status",
        "a_month_text",
        *(["expected_text"] if months else []),
        "realised_text",
    ]
    file = [
        "unit",
        "number",
        "what",
        "effect",
        "status",
        "a_month",
        *(["expected"] if months else []),
        "realised",
    ]
    rest = ["start", "end", "responsible"]
    return Figure(
        kind=FigureKind.TABLE,
        slug="uppdrag-forbattringsarbete",
        title=fitting(register_titles(improvements, months)),
        caption=caption("Förbättringsaktiviteter med ekonomisk effekt, tkr", own),
        context=own,
        columns=columns,
        rows=tuple(_activity(one, names, months) for one in improvements),
        sentence=f"Tabell med {activities(len(improvements))}, {own.unit}, {own.period}.",
        source=source,
        origins=frozenset(origins),
        help=sentences(
            f"{UNKNOWN} inget realiserat är rapporterat."
            if any(_realised(o, months) is None for o in improvements)
            else "",
            "Avbrutna aktiviteter räknas inte."
            if any(o.status is Progress.STOPPED for o in improvements)
            else "",
        ),
        empty="" if improvements else "Det finns inga förbättringsaktiviteter registrerade.",
        options={
            "shown": ",".join(shown + rest),
            "file": ",".join(file + rest),
            "month": months[-1].iso if months else "",
        },
    )


def improvements_by_month(
    found: ImprovementTotals,
    *,
    context: Context,
    origins: Collection[Origin],
    source: str = SOURCE,
    names: Mapping[str, str] | None = None,
    gap_to: str = "",
) -> Figure:
    """Expected and realised effect: month by month, then by effect, and in all; by unit too with their `names`. tkr.

    gap_to: what the gap is to, «underskottsposten −800».
    """
    own = over(context, found.months)
    columns = (
        Column("part", "Uppdelning", Role.TEXT),
        Column("name", "Månad, effekt eller verksamhet", Role.LABEL),
        Column("expected", "Förväntat (kr)", Role.TARGET_LOW),
        Column("expected_text", "Förväntat", Role.TEXT),
        Column("realised", "Realiserat (kr)", Role.OUTCOME),
        Column("realised_text", "Realiserat", Role.TEXT),
        Column("share", "Realiserat av förväntat (procent)", Role.CHANGE),
        Column("share_text", "Realiserat av förväntat", Role.TEXT),
        Column("remaining", "Förväntat resten av året (kr)", Role.TARGET_LOW),
        Column("remaining_text", "Förväntat resten av året", Role.TEXT),
        Column("reported", "Rapporterade", Role.COUNT),
        Column("due", "Skulle rapportera", Role.COUNT),
        Column("reported_text", "Rapporterade", Role.TEXT),
    )
    rows: list[tuple[Value, ...]] = [
        _effect_row(
            "månad",
            month_short(m.month),
            m.expected,
            m.realised,
            m.expected_of_reported,
            None,
            m.reported,
            m.due,
        )
        for m in found.by_month
    ]
    rows += [
        _sum_row("effekt", EFFECT_WORD[key], one) for key, one in found.by_effect.items() if one.activities
    ]
    if names is not None:
        rows += [_sum_row("verksamhet", names.get(key, key), one) for key, one in found.by_unit.items()]
    rows.append(_sum_row("alla", "Alla aktiviteter", found.whole, bold=True))
    has = found.whole.activities > 0
    return Figure(
        kind=FigureKind.TABLE,
        slug="uppdrag-forbattringsarbete-effekt",
        title=fitting(effect_titles(found, gap_to)),
        caption=caption("Förväntad och realiserad effekt av förbättringsarbetet, tkr", own),
        context=own,
        columns=columns,
        rows=tuple(rows) if has else (),
        sentence=f"Tabell över effekten av {activities(found.whole.activities)}, {own.unit}, {own.period}.",
        source=source,
        origins=frozenset(origins),
        help=sentences(
            "Realiserat av förväntat räknas på de aktiviteter som har rapporterat.",
            "Alla tre slagen av effekt är räknade i kronor; bara lägre kostnad sänker utfallet direkt.",
            f"{sentence_start(activities(found.stopped))} som har avbrutits räknas inte."
            if found.stopped
            else "",
            f"Gapet{gap_words(gap_to)} är {with_mnkr(found.gap, sign=True)}."
            if found.gap is not None
            else "",
        ),
        empty="" if has else "Det finns inga aktiviteter att summera.",
        options={
            "shown": "name,expected_text,realised_text,share_text,remaining_text,reported_text",
            "file": "part,name,expected,realised,share,remaining,reported,due",
            "month": found.months[-1].iso,
        },
    )


def _activity(one: Improvement, names: Mapping[str, str], months: Sequence[Month]) -> tuple[Value, ...]:
    expected, realised = sum(one.expected_in(month) for month in months), _realised(one, months)
    return (
        names.get(one.unit, one.unit),
        one.number,
        one.what,
        EFFECT_WORD[one.effect],
        PROGRESS_WORD[one.status],
        one.expected,
        _tkr(one.expected),
        expected,
        _tkr(expected),
        realised,
        _tkr(realised),
        month_short(one.start),
        month_short(one.end) if one.end else "",
        one.responsible,
    )


def _realised(one: Improvement, months: Sequence[Month]) -> int | None:
    known = [amount for month, amount in one.realised.items() if not months or month in months]
    return sum(known) if known else None


def _sum_row(part: str, name: str, one: EffectSum, *, bold: bool = False) -> tuple[Value, ...]:
    of_reported, left = one.expected_of_reported, one.remaining
    return _effect_row(
        part, name, one.expected, one.realised, of_reported, left, one.reported, one.due, bold=bold
    )


def _effect_row(
    part: str,
    name: str,
    expected: int,
    realised: int | None,
    of_reported: int,
    remaining: int | None,
    reported: int,
    due: int,
    *,
    bold: bool = False,
) -> tuple[Value, ...]:
    mark = as_sum if bold else str
    share = None if realised is None or of_reported <= 0 else Fraction(realised * 100, of_reported)
    return (
        part,
        name,
        expected,
        mark(_tkr(expected)),
        realised,
        mark(_tkr(realised) + ("*" if realised is not None and reported < due else "")),
        None if share is None else float(share),
        mark(UNKNOWN if share is None else percent(share).removeprefix("+")),
        remaining,
        mark("" if remaining is None else _tkr(remaining)),
        reported,
        due,
        mark(f"{reported} av {due}" if due else UNKNOWN),
    )


def _tkr(kronor: int | None) -> str:
    return UNKNOWN if kronor is None else told(Fraction(kronor, TKR), 0)
