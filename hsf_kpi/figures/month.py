"""The words of where a month is: short above every page, a line, a card for each step, and the steps as rows of a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final
from zoneinfo import ZoneInfo

from hsf_kpi.figures.economy.words import listed
from hsf_kpi.figures.words_tile import WordsTile
from hsf_kpi.model.month_step import Books, MonthStage, MonthStep, Reconciliation, SourceIn, Step
from hsf_kpi.model.period import Month, Period, View, Window
from hsf_kpi.swedish.dates import day_words, month_name, month_text, period_text
from hsf_kpi.swedish.numbers import DASH, SPACE, number
from hsf_kpi.swedish.words import sentence_start

_SWEDEN = ZoneInfo("Europe/Stockholm")
DONE, PARTLY, NO_LONGER, NOT_YET = "●", "◆", "■", "○"
STEP_WORD: Final = {Step.RECONCILED: "Avstämd", Step.RELEASED: "Frisläppt", Step.REOPENED: "Öppnad igen"}
_FEW = 3


def header_words(stage: MonthStage) -> str:
    """«slutligt», «slutligt, utgåva 2», «preliminärt, avstämt», «preliminärt, öppnat igen»."""
    if stage.final:
        return "slutligt" + (f", utgåva{SPACE}{stage.edition}" if stage.edition > 1 else "")
    told = ", avstämt" if stage.holds else ", öppnat igen" if stage.reopened is not None else ""
    return f"preliminärt{told}"


def stage_line(stage: MonthStage) -> str:
    """«Oktober 2023: inläst · avstämd 14 november · 12 av 34 har lämnat in · preliminär, ej frisläppt»"""
    ready, expected = stage.handed_in
    told = [
        _loaded(stage),
        _reconciled(stage),
        f"{ready} av {expected} har lämnat in" if expected else "",
        _released(stage),
    ]
    return f"{sentence_start(month_text(stage.month))}: {' · '.join(part for part in told if part)}"


def month_cards(stage: MonthStage) -> tuple[WordsTile, ...]:
    """A card for each of the four steps: a shape and a word, then who did it and when."""
    return _loaded_card(stage), _reconciled_card(stage), _handed_in_card(stage), _released_card(stage)


def history_rows(steps: Sequence[MonthStep]) -> Iterator[dict[str, str]]:
    """Each step as heading → text, as people read it."""
    for step in steps:
        yield {
            "När": moment_words(step.at),
            "Vem": step.name,
            "Steg": STEP_WORD[step.step],
            "Utgåva": str(step.edition),
            "Uppgift": step_words(step),
            "Skäl": step.note,
        }


def step_words(step: MonthStep) -> str:
    """What a step says besides itself: the difference of a reconciliation, how many had handed in at a release."""
    if step.books is not None:
        return f"{sentence_start(view_words(step.month, step.books.view))}: {difference_words(step.books)}"
    if step.handed_in is not None:
        ready, expected = step.handed_in
        return f"{ready} av {expected} hade lämnat in"
    return ""


def difference_words(books: Reconciliation) -> str:
    """«ingen differens», «differens i resultatet −1 200 kronor»; ours minus the ledger's."""
    apart = books.difference
    if apart.nothing:
        return "ingen differens"
    parts = [
        f"{where} {kronor_text(amount, sign=True)}"
        for where, amount in (
            ("i intäkterna", apart.revenue),
            ("i kostnaderna", apart.cost),
            ("i resultatet", apart.result),
        )
        if amount
    ]
    return f"differens {listed(parts)}"


def books_rows(ours: Books, theirs: Books | None) -> Iterator[dict[str, str]]:
    """Ours beside the ledger's, line by line, in kronor. theirs: None where they have not been given."""
    for name, mine, other in (
        ("Intäkter", ours.revenue, None if theirs is None else theirs.revenue),
        ("Kostnader", ours.cost, None if theirs is None else theirs.cost),
        ("Resultat", ours.result, None if theirs is None else theirs.result),
    ):
        yield {
            "Kronor": name,
            "Här": number(mine, 0),
            "Huvudboken": "" if other is None else number(other, 0),
            "Differens": "" if other is None else number(mine - other, 0, sign=True),
        }


def source_rows(sources: Sequence[SourceIn], names: dict[str, str]) -> Iterator[dict[str, str]]:
    """names: unit → its name."""
    for one in sources:
        yield {
            "Källa": one.load.profile or one.load.source,
            "Senaste inläsning": moment_words(one.load.at),
            "Av": one.load.by,
            "Rader i månaden": number(one.rows, 0),
            "Saknar något från månaden före": _few([names[unit] for unit in one.missing]) or DASH,
        }


def release_words(stage: MonthStage) -> tuple[str, ...]:
    """What is told before a release is confirmed, a sentence each."""
    found = [f"{sentence_start(months_text(stage.releases))} blir {_final(len(stage.releases))}."]
    missing, expected = stage.not_handed_in, stage.handed_in[1]
    if missing:
        found.append(f"{missing} av {expected} chefer har inte lämnat in, och kan inte göra det efteråt.")
    if stage.unreconciled:
        verb = "är inte avstämda" if len(stage.unreconciled) > 1 else "är inte avstämd"
        found.append(f"{sentence_start(months_text(stage.unreconciled))} {verb} mot huvudboken.")
    return tuple(found)


def reopen_words(stage: MonthStage, later: Month | None) -> str:
    """What opening again means. later: the last released month."""
    months = [stage.month]
    if later is not None and later > stage.month:
        months = [Month(index) for index in range(stage.month.index, later.index + 1)]
    verb = "blir preliminära" if len(months) > 1 else "blir preliminär"
    return (
        f"{sentence_start(months_text(months))} {verb}, och nämnden ser inte längre"
        f" {'dem' if len(months) > 1 else 'den'}. Nästa frisläppande blir en ny utgåva."
    )


def months_text(months: Sequence[Month]) -> str:
    """«oktober 2023», «augusti, september och oktober 2023», «januari 2019 till oktober 2023»; of a row without gaps."""
    if len(months) == 1:
        return month_text(months[0])
    if len(months) <= _FEW and months[0].year == months[-1].year:
        return listed([*(month_name(month) for month in months[:-1]), month_text(months[-1])])
    whole = months[-1].index - months[0].index + 1 == len(months)
    if whole:
        return f"{month_text(months[0])} till {month_text(months[-1])}"
    return f"{len(months)} av månaderna {month_text(months[0])} till {month_text(months[-1])}"


def view_words(month: Month, view: View) -> str:
    """«oktober 2023», «jan–okt 2023»"""
    return period_text(Period(month, Window(view.value)))


def kronor_text(amount: int, *, sign: bool = False) -> str:
    return f"{number(amount, 0, sign=sign)}{SPACE}kronor"


def moment_words(at: dt.datetime) -> str:
    """«2023-11-14 09:05», Swedish time."""
    return at.astimezone(_SWEDEN).strftime("%Y-%m-%d %H:%M")


def _day(at: dt.datetime, month: Month) -> str:
    """«14 november», with its year where that is another than the month's."""
    words = day_words(at.astimezone(_SWEDEN).date())
    return words.removesuffix(f" {month.year}")


def _loaded(stage: MonthStage) -> str:
    if not stage.loaded:
        return "inte inläst"
    if stage.ours is not None and not stage.ours.complete:
        return f"inläst, {stage.ours.reported} av {stage.ours.expected} har bokfört"
    return "inläst"


def _reconciled(stage: MonthStage) -> str:
    if stage.reconciled is None:
        return "inte avstämd"
    if stage.stale:
        return "avstämningen gäller inte längre"
    return f"avstämd {_day(stage.reconciled.at, stage.month)}"


def _released(stage: MonthStage) -> str:
    if stage.final:
        edition = f", utgåva{SPACE}{stage.edition}" if stage.edition > 1 else ""
        when = f" {_day(stage.released.at, stage.month)}" if stage.released is not None else ""
        return f"frisläppt{when}{edition}"
    if stage.reopened is not None:
        return f"öppnad igen {_day(stage.reopened.at, stage.month)}, preliminär"
    return "preliminär, ej frisläppt"


def _loaded_card(stage: MonthStage) -> WordsTile:
    latest = max((one.load for one in stage.sources if one.rows), key=lambda load: load.number, default=None)
    lines = [] if latest is None else [f"Senast {_day(latest.at, stage.month)}, {latest.by}"]
    ours = stage.ours
    whole = ours is None or ours.complete
    if ours is not None:
        booked = f"{ours.reported} av {ours.expected} verksamheter har bokfört"
        lines.append(booked if ours.expected else "Huvudboken har utfall")
    else:
        lines.append("Huvudboken har inget utfall")
    missing = len({unit for one in stage.sources for unit in one.missing})
    if missing:
        units = "verksamhet" if missing == 1 else "verksamheter"
        lines.append(f"{missing} {units} saknar något från månaden före")
    shape = NOT_YET if not stage.loaded else DONE if whole and not missing else PARTLY
    word = "Inte inläst" if not stage.loaded else "Inläst" if shape == DONE else "Till en del"
    return WordsTile("manad-inlast", "1. Inläst", f"{shape} {word}", "", tuple(lines))


def _reconciled_card(stage: MonthStage) -> WordsTile:
    id_, name, step = "manad-avstamd", "2. Avstämd", stage.reconciled
    if step is None:
        return WordsTile(id_, name, f"{NOT_YET} Inte avstämd", "", ("Mot huvudbokens egen rapport.",))
    lines = [_who(step, stage.month)]
    if step.books is not None:
        lines.append(sentence_start(difference_words(step.books)))
    if stage.stale:
        lines.append("Vår summa är en annan nu. Stäm av på nytt.")
        return WordsTile(id_, name, f"{NO_LONGER} Gäller inte", "", tuple(lines))
    explained = step.books is not None and not step.books.difference.nothing
    value = f"{PARTLY} Med differens" if explained else f"{DONE} Avstämd"
    return WordsTile(id_, name, value, "", tuple(lines))


def _handed_in_card(stage: MonthStage) -> WordsTile:
    id_, name = "manad-inlamnad", "3. Inlämnad"
    ready, expected = stage.handed_in
    if not expected:
        return WordsTile(id_, name, DASH, "", ("Inga verksamheter att vänta på.",))
    shape = DONE if ready == expected else PARTLY if ready else NOT_YET
    return WordsTile(id_, name, f"{shape} {ready} av {expected}", "", ("Verksamheter klara för dialog.",))


def _released_card(stage: MonthStage) -> WordsTile:
    id_, name = "manad-frislappt", "4. Frisläppt"
    if stage.final:
        who = (_who(stage.released, stage.month),) if stage.released is not None else ()
        return WordsTile(id_, name, f"{DONE} Utgåva{SPACE}{max(stage.edition, 1)}", "", who)
    if stage.reopened is not None:
        lines = (_who(stage.reopened, stage.month), "Nämnden ser den inte.")
        return WordsTile(id_, name, f"{NO_LONGER} Öppnad igen", "", lines)
    return WordsTile(id_, name, f"{NOT_YET} Preliminär", "", ("Nämnden ser den inte än.",))


def _who(step: MonthStep, month: Month) -> str:
    return f"{step.name}, {_day(step.at, month)}"


def _final(count: int) -> str:
    return "slutlig" if count == 1 else "slutliga"


def _few(names: Sequence[str]) -> str:
    if len(names) <= _FEW:
        return listed(names)
    return f"{', '.join(names[:_FEW])} och {len(names) - _FEW} till"
