"""The words of a trajectory: its finding, what is shown, how to read it, and what it cannot know."""

from __future__ import annotations

from collections.abc import Iterator

from hsf_kpi.analysis.economy.types import (
    NoForecast,
    StatisticalForecast,
    TargetPath,
    Trajectory,
    Yardstick,
)
from hsf_kpi.figures.captions import sentences
from hsf_kpi.figures.economy.landing import Landing
from hsf_kpi.figures.economy.words import (
    PHASING,
    estimate_decimals,
    goal_words,
    listed,
    mnkr,
    mnkr_text,
    shown,
)
from hsf_kpi.figures.figure import Context
from hsf_kpi.figures.findings import fitting
from hsf_kpi.swedish.dates import date_text, month_name
from hsf_kpi.swedish.numbers import DASH, SPACE
from hsf_kpi.swedish.words import sentence_start

PERCENT80 = f"80{SPACE}%"
UNKNOWABLE = (
    "Statistiken känner inte till semesterlöneskuld, retroaktiv lön, nya statsbidrag och bokslutsposter,"
    " och den bygger på få år, varav några under pandemin."
)


def paths_of(t: Trajectory) -> dict[str, TargetPath]:
    """«target»: the dashed line, without the provision's help or the own budget; «budget»: with the provision."""
    provision, budget = (next((p for p in t.targets if p.yardstick is y), None)
                         for y in (Yardstick.PROVISION, Yardstick.BUDGET))  # fmt: skip
    if provision is None:
        return {} if budget is None else {"target": budget}
    return {"target": provision} if budget is None else {"target": provision, "budget": budget}


def carries_provision(paths: dict[str, TargetPath]) -> bool:
    """Whether the unit is the one that the provision is budgeted on: with it the budget is no balance, but a surplus."""
    return "budget" in paths and paths["budget"].year_end != 0


def held_words(t: Trajectory, yardstick: Yardstick, own_budget: bool) -> str:
    """What the landing is held against: «underskottsposten −800», «budgeten», «egen budget»."""
    path = t.target(yardstick)
    if path is None:
        return ""
    if carries_provision(paths_of(t)):
        return f"budgeten {'utan' if path.yardstick is Yardstick.PROVISION else 'med'} underskottspost"
    if own_budget:
        return "den egna budgeten"
    if path.yardstick is Yardstick.PROVISION:
        return f"underskottsposten {goal_words(path.year_end)}"
    return "budgeten"


def title_of(t: Trajectory, yardstick: Yardstick, landing: Landing | None, own_budget: bool) -> str:
    return fitting(_titles(t, yardstick, landing, own_budget))


def _titles(t: Trajectory, yardstick: Yardstick, landing: Landing | None, own_budget: bool) -> Iterator[str]:
    last = _last_word(t)
    if yardstick is Yardstick.LAST_YEAR and t.judged and t.last_year_to_date is not None:
        assert t.to_date is not None
        moved = shown(t.to_date - t.last_year_to_date)
        than = f"samma period {t.year - 1}"
        if not moved:
            yield f"Resultatet är lika stort som {than}"
        yield f"Resultatet är {mnkr_text(abs(moved))} {'bättre' if moved > 0 else 'sämre'} än {than}"
    held = held_words(t, yardstick, own_budget)
    if landing is not None:
        yield from _landing_titles(t, landing, held)
    if t.to_date is None:
        yield f"Inget utfall är bokfört för {t.year} till och med {month_name(t.month)}"
    elif not t.judged:
        yield f"Resultatet {last} är ofullständigt och bedöms inte"
    elif (path := t.target(yardstick)) is None:
        missing = "förra årets utfall" if yardstick is Yardstick.LAST_YEAR else "budget"
        yield f"Resultatet är {mnkr_text(t.to_date)} {last}; {missing} saknas"
        yield f"Resultatet är {mnkr_text(t.to_date)}; {missing} saknas"
    else:
        moved = shown(t.to_date - path.accumulated[t.month.number - 1])
        is_road = held.startswith("underskottsposten")
        road = f"vägen till {goal_words(path.year_end)}" if is_road else held
        if not moved:
            yield f"Resultatet {last} följer {road}"
        yield f"Resultatet är {mnkr_text(abs(moved))} {'bättre' if moved > 0 else 'sämre'} än {road}"


def _landing_titles(t: Trajectory, landing: Landing, held: str) -> Iterator[str]:
    statistical = landing.name == "statistisk prognos"
    who = "Den statistiska prognosen" if statistical else "Prognosen"
    ended = landing.name == "utfall"
    amount = mnkr_text(landing.amount, landing.decimals)
    if landing.gap is None:
        missing = "" if t.targets else "; budget saknas"
        yield f"Årets resultat blev {amount}{missing}" if ended else f"{who} landar på {amount}{missing}"
    elif landing.gap == 0:
        yield f"Årets resultat blev precis {held}" if ended else f"{who} landar på {held}"
    elif ended:
        yield f"Årets resultat blev {landing.words} {held}"
    else:
        yield f"{who} landar {landing.words} {held}"


def _last_word(t: Trajectory) -> str:
    return "i januari" if t.month.number == 1 else f"januari{DASH}{month_name(t.month)}"


def caption_of(t: Trajectory, context: Context, own_budget: bool) -> str:
    """«Ackumulerat resultat 2023, mnkr. Förvaltningen, jan–okt 2023. Underskottsposten fördelad linjärt.»"""
    path = t.targets[0] if t.targets else None
    what = "Egen budget" if own_budget else "Underskottsposten" if len(t.targets) > 1 else "Budgeten"
    phasing = "" if path is None else f"{what} fördelad {PHASING[path.phasing]}."
    return sentences(f"Ackumulerat resultat {t.year}, mnkr.", f"{context.unit}, {context.period}.", phasing)


def help_of(t: Trajectory, paths: dict[str, TargetPath], undated: str) -> str:
    why = next((path.why_even for path in paths.values() if path.why_even), "")
    return sentences(
        _submitted_help(t),
        *_statistical_help(t),
        _stop(sentence_start(why)),
        _missing_help(t),
        f"{undated}: står vid sidan av tidsaxeln och ingår inte i någon beräkning." if undated else "",
    )


def _submitted_help(t: Trajectory) -> str:
    if (latest := t.latest) is None:
        return "Ingen prognos är lämnad för året."
    abbreviated = latest.author[1:2].isupper()
    author = latest.author if abbreviated else latest.author[:1].lower() + latest.author[1:]
    who = f" av {author}" if author else ""
    part = ""
    if latest.units < latest.expected:
        part = (f" * Prognosen summerar {latest.units} av {latest.expected} verksamheter"
                " och hålls därför inte mot målet.")  # fmt: skip
    return f"Romb: lämnad prognos för helåret vid sitt datum, senast {date_text(latest.made)}{who}.{part}"


def _statistical_help(t: Trajectory) -> Iterator[str]:
    found = t.statistical
    if isinstance(found, NoForecast):
        yield f"Ingen statistisk prognos: {found.why[:1].lower()}{_stop(found.why[1:])}" if found.why else ""
        return
    if not found.middle:
        return
    low, high = found.low80[-1], found.high80[-1]
    places = estimate_decimals([low, high, found.landing])
    yield (
        f"Prickad linje och grått fält: statistisk prognos {mnkr_text(found.landing, places)} med 50 och {PERCENT80}"
        f" prognosintervall ({PERCENT80}: {mnkr(low, places)} till {mnkr(high, places)})."
    )
    yield _stop(f"Metod: {found.method}") if found.method else ""
    yield _backtest_help(found)
    yield UNKNOWABLE


def _backtest_help(found: StatisticalForecast) -> str:
    """«Prognosfel tidigare år (2021–2022): i snitt 62 mnkr; 27 av 30 utfall föll inom 80 %.»"""
    tried = found.backtest
    if tried is None or not tried.years:
        return ""
    years = str(tried.years[0])
    if len(tried.years) > 1:
        years = f"{years}{DASH}{tried.years[-1]}"
    error = mnkr_text(tried.error, estimate_decimals([tried.error]) if tried.error < 20_000_000 else 0)
    inside = (
        f"; {tried.covered} av {tried.tried} utfall föll inom {PERCENT80}-intervallet" if tried.tried else ""
    )
    return f"Prognosfel tidigare år ({years}): i snitt {error}{inside}."


def _missing_help(t: Trajectory) -> str:
    gaps = listed([month_name(month) for month in t.gaps])
    if gaps:
        return f"* Utfall saknas för {gaps}: summan är av det som är känt och hålls inte mot någon linje."
    partial = listed([month_name(month) for month in t.partial])
    return f"* Någon verksamhet saknas i {partial}: summan hålls inte mot någon linje." if partial else ""


def sentence_of(t: Trajectory, landing: Landing | None, context: Context, own_budget: bool) -> str:
    """What a sighted reader takes in."""
    start = f"Linjediagram. Ackumulerat resultat {t.year} i mnkr, {context.unit}."
    star = "" if t.judged else "*"
    course = ""
    if t.to_date is not None:
        course = f"Från 0 vid årets början till {mnkr_text(t.to_date)}{star} i {month_name(t.month)}."
    lines = [
        f"{sentence_start(held_words(t, path.yardstick, own_budget))} är"
        f" {mnkr_text(path.accumulated[t.month.number - 1], 1)} i {month_name(t.month)} och"
        f" {goal_words(path.year_end)} vid årets slut."
        for path in t.targets
    ]
    lands = ""
    if landing is not None and landing.name != "utfall":
        lands = (
            f"{sentence_start(landing.name)}: {mnkr_text(landing.amount, landing.decimals)} vid årets slut."
        )
    fan = ""
    if isinstance(t.statistical, StatisticalForecast) and t.statistical.middle:
        low, high = t.statistical.low80[-1], t.statistical.high80[-1]
        places = estimate_decimals([low, high])
        fan = f"Statistisk prognos med {PERCENT80} intervall: {mnkr(low, places)} till {mnkr_text(high, places)}."
    return sentences(start, course, *lines, lands, fan, _missing_help(t))


def _stop(text: str) -> str:
    return text if not text or text.endswith(".") else f"{text}."
