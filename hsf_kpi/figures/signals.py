"""The month's signals as words and as a table: what changed for a reason, how many series that was found among."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from hsf_kpi.analysis.signals.types import MonthSignals, Signal, SignalKind
from hsf_kpi.analysis.spc.types import Refused
from hsf_kpi.figures.captions import sentences
from hsf_kpi.figures.economy.words import listed
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.phrases import how_many, units_words
from hsf_kpi.figures.shape import unique
from hsf_kpi.figures.signal_words import SignalWords, signal_words
from hsf_kpi.model.codes import Origin
from hsf_kpi.swedish.dates import month_name, month_text
from hsf_kpi.swedish.numbers import number
from hsf_kpi.swedish.words import ORIGIN_WORD, STATUS_WORD, UNIT_CAPTION, sentence_start

__all__ = [
    "SignalWords",
    "looked_words",
    "no_change_words",
    "nothing_words",
    "signal_words",
    "signals_finding",
    "signals_table",
]

KIND_WORD: Mapping[SignalKind, str] = {
    SignalKind.CAUSE: "Förändring",
    SignalKind.TARGET: "Målvärde",
    SignalKind.BUDGET: "Budget",
    SignalKind.ASSIGNMENT: "Uppdrag",
    SignalKind.MISSING: "Rapportering",
}
NOTHING = "Inget av det som rapporterats är mer än slump, och inget målvärde har passerats."
"""Where nothing is told, no target was passed even by chance, and there were limits to tell change from chance by."""
NOTHING_BUT_CHANCE = "Inget av det som rapporterats är mer än slump."
NONE_OF_THE_KIND = "Inget av det här slaget är mer än slump den valda månaden."
NO_LIMITS = "Inga serier har styrgränser än, så det går inte att säga vad som är mer än slump."
_WHY: Mapping[Refused, tuple[str, str]] = {
    Refused.SEASONAL_SHORT: ("följer årets månader och är för kort", "följer årets månader och är för korta"),
    Refused.FORECAST: ("är en prognos", "är prognoser"),
    Refused.FEW: ("har för få månader", "har för få månader"),
    Refused.CONSTANT: ("ändras inte alls", "ändras inte alls"),
    Refused.NO_VALUES: ("har inga värden att bedöma", "har inga värden att bedöma"),
}
_OTHER = ("kan inte bedömas så", "kan inte bedömas så")
_MEANING = {"●": "bättre", "■": "sämre", "◆": "varken bättre eller sämre", "○": "saknas"}


def signals_finding(found: MonthSignals, _names: Mapping[str, str], _context: Context) -> str:
    """The page's answer, at most 100 characters: how many changes are real, or what happened where none is."""
    return next(_findings(found))


def looked_words(found: MonthSignals) -> str:
    """How many series were looked through, how many have limits, and why the others have none; what is not told."""
    if not found.series:
        return "Inga serier finns att gå igenom."
    without = sorted(found.refused.items(), key=lambda pair: (-pair[1], pair[0].value))
    why = listed([f"{number(n, 0)} {_WHY.get(r, _OTHER)[n != 1]}" for r, n in without if n])
    chance, left, noise = found.by_chance, found.left_out, found.expected_by_chance
    return sentences(
        f"{_looked(found)}; {number(found.judged, 0)} har styrgränser.",
        f"Av de övriga: {why}." if why else "",
        f"Slumpen ensam ger ungefär {_counted(noise, 'ny förändring', 'nya förändringar')} i månaden bland så många."
        if noise
        else "",
        sentence_start(f"{_counted(chance, 'målvärde')} passerades av slump och räknas inte hit.")
        if chance
        else "",
        sentence_start(f"{_counted(left, 'mindre signal', 'mindre signaler')} visas inte.") if left else "",
    )


def nothing_words(found: MonthSignals) -> str:
    """What stands where there is no signal: never that nothing has happened where that could not be seen."""
    if not found.judged:
        return NO_LIMITS
    return NOTHING_BUT_CHANCE if found.by_chance else NOTHING


def looked_short(found: MonthSignals) -> str:
    """The same in one sentence, where there is little room."""
    return f"{_looked(found)}." if found.series else "Inga serier finns att gå igenom."


def _looked(found: MonthSignals) -> str:
    series = f"{number(found.series, 0)} {'serie' if found.series == 1 else 'serier'}"
    gone = "genomgången" if found.series == 1 else "genomgångna"
    return f"{series} i {units_words(found.units)} är {gone}"


def signals_table(
    found: MonthSignals, names: Mapping[str, str], *, context: Context, only: SignalKind | None = None
) -> Figure:
    """A row for each signal, the weightiest first. A file gets the figures behind each as numbers.

    only: the rows of one kind; the title is the whole month's all the same.
    """
    title = fitting(_findings(found))
    if only is not None:
        found = replace(found, signals=tuple(signal for signal in found.signals if signal.kind is only))
    told = [(signal, signal_words(signal, names, context)) for signal in found.signals]
    period = month_text(found.month) if found.month is not None else context.period
    own = replace(context, period=period, view="")
    origins = frozenset[Origin]().union(*(signal.origins for signal in found.signals))
    return Figure(
        kind=FigureKind.TABLE,
        slug="signaler",
        title=title,
        caption=f"Månadens signaler. {own.unit} och verksamheterna under, {period}.",
        context=own,
        columns=(
            Column("what", "Vad som hänt", Role.LABEL),
            Column("unit", "Verksamhet", Role.TEXT),
            Column("kind", "Slag", Role.TEXT),
            Column("better", "Innebörd", Role.STATUS),
            Column("detail", "Underlag", Role.NOTE),
            Column("also", "Gäller också", Role.NOTE),
            Column("value", "Värde", Role.OUTCOME),
            Column("mean", "Medel", Role.MEAN),
            Column("low", "Undre styrgräns", Role.LIMIT_LOW),
            Column("high", "Övre styrgräns", Role.LIMIT_HIGH),
            Column("measured", "Måttenhet", Role.TEXT),
            Column("target", "Mål", Role.TEXT),
            Column("before", "Status månaden före", Role.STATUS),
            Column("now", "Status", Role.STATUS),
            Column("amount", "Belopp (kr) eller personer", Role.CHANGE),
            Column("share", "Andel av budgeterad kostnad (%)", Role.CHANGE),
            Column("in_a_row", "Månader i rad före", Role.COUNT),
        ),
        rows=tuple(_row(signal, words, names, context) for signal, words in told),
        sentence=_sentence(found, told, own),
        source=_source(found, origins),
        origins=origins,
        help=sentences(
            "Verklig förändring: en punkt utanför styrgränserna eller ett mönster som slump sällan ger, nytt i månaden.",
            "Ordningen är vår konvention: slag, sämre före bättre, hur högt i organisationen, hur långt från det vanliga.",
            looked_words(found),
        ),
        empty="" if told else nothing_words(found) if only is None else NONE_OF_THE_KIND,
        options={
            "shown": "what,unit,kind,better,detail",
            "file": "what,unit,kind,better,detail,also,value,mean,low,high,measured,target,before,now,amount,share,in_a_row",
            "month": found.month.iso if found.month is not None else "",
        },
    )


def _findings(found: MonthSignals) -> Iterator[str]:
    """The richest wording first; the later ones are shorter."""
    month = f"i {month_name(found.month)}" if found.month is not None else "den valda månaden"
    causes = Counter(signal.better for signal in found.signals if signal.kind is SignalKind.CAUSE)
    causes.update(found.left_causes)
    worse, better, neither = causes[False], causes[True], causes[None]
    parts = [
        _real(count, singular, plural, first=not i)
        for i, (count, singular, plural) in enumerate(
            [
                one
                for one in (
                    (worse, "försämring", "försämringar"),
                    (better, "förbättring", "förbättringar"),
                    (neither, "annan förändring" if worse or better else "förändring",
                     "andra förändringar" if worse or better else "förändringar"),
                )
                if one[0]
            ]
        )
    ]  # fmt: skip
    if parts:
        yield f"{listed(parts)} {month}"
        total = worse + better + neither
        yield f"{_real(total, 'förändring', 'förändringar', first=True)} {month}"
        return
    nothing = no_change_words(found, month)
    if passed := _passed(found):
        yield f"{nothing}, men {passed}"
    yield nothing


def no_change_words(found: MonthSignals, month: str) -> str:
    """«Inga nya verkliga förändringar i oktober», where there are limits to see them by. month: with its preposition."""
    return (
        f"Inga nya verkliga förändringar {month}"
        if found.judged
        else f"Förändringar kan inte bedömas {month}"
    )


def _real(count: int, singular: str, plural: str, *, first: bool) -> str:
    """«Fyra verkliga försämringar»; what follows the first: «en förbättring»."""
    real = ("verklig " if count == 1 else "verkliga ") if first else ""
    return f"{how_many(count, capital=first)} {real}{singular if count == 1 else plural}"


def _passed(found: MonthSignals) -> str:
    targets = Counter(signal.better for signal in found.signals if signal.kind is SignalKind.TARGET)
    met, missed = targets[True], targets[False]
    parts = [
        *([f"{_counted(missed, 'målvärde')} nås inte längre"] if missed else []),
        *([f"{_counted(met, 'målvärde')} nås nu"] if met else []),
    ]
    return listed(parts)


def _counted(count: int, singular: str, plural: str = "") -> str:
    one = f"ett {singular}" if singular == "målvärde" else f"en {singular}"
    return one if count == 1 else f"{how_many(count)} {plural or singular + 'n'}"


def _row(signal: Signal, words: SignalWords, names: Mapping[str, str], context: Context) -> tuple[Value, ...]:
    latest = signal.process.latest if signal.process else None
    now, before = signal.now, signal.before
    judged = (now.judged or now.outcome) if now else None
    value = judged.value if judged else latest.value if latest else None
    limits = (latest.mean, latest.low, latest.high) if latest and now is None else (None, None, None)
    return (
        words.happening,
        names.get(signal.unit, context.unit if signal.unit == context.unit_id else signal.unit),
        KIND_WORD[signal.kind],
        f"{words.shape} {_MEANING[words.shape]}",
        words.detail,
        ", ".join(names.get(unit, unit) for unit in signal.also),
        None if value is None else float(value),
        *(None if limit is None else float(limit) for limit in limits),
        UNIT_CAPTION[signal.measure.unit_of_measure] if signal.measure and value is not None else "",
        now.target.wording if now and now.target else "",
        STATUS_WORD[before.status] if before else "",
        STATUS_WORD[now.status] if now else "",
        signal.amount,
        None if signal.share is None else signal.share * 100,
        signal.in_a_row if signal.kind is SignalKind.ASSIGNMENT else None,
    )


def _sentence(found: MonthSignals, told: list[tuple[Signal, SignalWords]], context: Context) -> str:
    if not told:
        return f"Tabell utan rader, {context.unit}, {context.period}."
    first = "; ".join(words.headline for _, words in told[:3])
    return (
        f"Tabell med {number(len(told), 0)} {'signal' if len(told) == 1 else 'signaler'}, {context.unit},"
        f" {context.period}. Först: {first}."
    )


def _source(found: MonthSignals, origins: frozenset[Origin]) -> str:
    where = ", ".join(ORIGIN_WORD[origin] for origin in Origin if origin in origins) or "inga utfall"
    documents = unique(signal.measure.source for signal in found.signals if signal.measure)
    return sentences(
        f"Källa: {where}; varje värdes egen källa står vid nyckeltalet.",
        f"Mål och definition: {'; '.join(documents)}." if documents else "",
    )
