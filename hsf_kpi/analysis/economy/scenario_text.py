"""A what-if scenario as the short text of a link: «hyrpersonal:2@2023-11;egen:1.5@2023-12:Färre prover».

A part for each pull, with a semicolon between: lever, value in the lever's unit, first month. An own line is `egen`, in
mnkr a month (plus is better), with its title last, in which ~ stands before what would be mistaken: ~~ ~s (;) ~k (:) ~a (@).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from hsf_kpi.analysis.economy.types import Pull, Scenario
from hsf_kpi.analysis.economy.whatif import plain_number
from hsf_kpi.model.ledger import MNKR
from hsf_kpi.model.lever import Lever
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.numbers import DASH, MINUS, SPACE
from hsf_kpi.swedish.words import sentence_start

OWN = "egen"
MOST_PULLS = 12
LONGEST, LONGEST_TITLE = 2000, 80
MOST_OWN = 1000
"""mnkr a month, either way."""

_WHERE = "Scenariot"
_NUMBER = re.compile(r"[+-]?[0-9]{1,9}(?:\.[0-9]{1,6})?")
_ESCAPES = {"~": "~~", ";": "~s", ":": "~k", "@": "~a"}
_BACK = {code: mark for mark, code in _ESCAPES.items()}
_ESCAPED = re.compile(r"~[~ska]")


def write_scenario(scenario: Scenario) -> str:
    """The text that `parse_scenario` reads back. ValueError for a value with more than six decimals (of mnkr)."""
    return ";".join(_written(pull) for pull in scenario.pulls)


@dataclass(frozen=True, slots=True)
class Row:
    """A part of the text as it is written, whatever it holds: what a form shows, also of what can't be read."""

    name: str
    value: str
    start: str
    title: str = ""


def rows_of(text: str) -> tuple[Row, ...]:
    """The parts of a text, right or wrong."""
    return tuple(_row(part) for part in text.split(";") if part.strip())


def text_of(rows: Iterable[Row]) -> str:
    """The text that `rows_of` reads back, with each part as it was typed."""
    return ";".join(
        f"{_escaped(row.name)}:{_escaped(row.value)}@{_escaped(row.start)}"
        + (f":{_escaped(row.title)}" if row.title.strip() else "")
        for row in rows
    )


def parse_scenario(text: str, levers: Iterable[Lever], month: Month) -> Scenario:
    """Reads a link's scenario, for somebody who has chosen `month`. DataError with everything that is wrong in it."""
    if len(text) > LONGEST:
        raise DataError(
            Problem(f"Texten är längre än {LONGEST} tecken.", _WHERE, "Korta rubrikerna eller ta bort rader.")
        )
    parts = [part for part in text.split(";") if part.strip()]
    known = {lever.id: lever for lever in levers}
    problems: list[Problem] = []
    if len(parts) > MOST_PULLS:
        problems.append(
            Problem(f"Det är {len(parts)} rader, högst {MOST_PULLS} får finnas.", _WHERE, "Ta bort rader.")
        )
        parts = parts[:MOST_PULLS]
    pulls = [_Part(part, number, known, month, problems).pull() for number, part in enumerate(parts, start=1)]
    if problems:
        raise DataError(problems)
    return Scenario(tuple(pull for pull in pulls if pull is not None))


class _Part:
    """One pull as it is written. What is wrong is added to `problems`."""

    def __init__(
        self, text: str, number: int, levers: Mapping[str, Lever], month: Month, problems: list[Problem]
    ) -> None:
        self.levers, self.month, self.problems = levers, month, problems
        self.where = f"{_WHERE}, rad {number}"
        row = _row(text)
        self.name, self.value, self.start, self.title = row.name, row.value, row.start, row.title

    def pull(self) -> Pull | None:
        """None when something is wrong."""
        before = len(self.problems)
        lever = self.levers.get(self.name)
        if lever is None and self.name != OWN:
            names = ", ".join([*self.levers, OWN])
            self._tell(f"Åtgärden ”{_short(self.name)}” finns inte.", f"Välj en av {names}.")
        value = self._value(lever)
        start = self._start()
        title = self._title(lever)
        if value is None or start is None or len(self.problems) > before:
            return None
        if lever is None:
            return Pull(None, value * MNKR, start, title)
        return Pull(lever.id, value, start)

    def _value(self, lever: Lever | None) -> Fraction | None:
        text = self.value.replace(",", ".").replace(MINUS, "-")
        if not _NUMBER.fullmatch(text):
            what = f"”{_short(self.value)}” är inget tal." if text else "Talet saknas."
            self._tell(what, "Skriv till exempel 2 eller −1,5.")
            return None
        value = Fraction(text)
        low, high = (lever.least, lever.most) if lever else (Fraction(-MOST_OWN), Fraction(MOST_OWN))
        if (lever is not None or self.name == OWN) and not low <= value <= high:
            unit = lever.unit if lever else "mnkr"
            self._tell(
                f"{plain_number(value)}{SPACE}{unit} är utanför {_range(low, high)}{SPACE}{unit}.",
                "Ange ett värde inom gränserna.",
            )
        return value

    def _start(self) -> Month | None:
        try:
            start = Month.parse(self.start)
        except ValueError:
            self._tell(f"”{_short(self.start)}” är ingen månad.", "Skriv månaden som 2023-11.")
            return None
        if not self.month < start <= Month.of(self.month.year, 12):
            left = 12 - self.month.number
            self._tell(
                f"{sentence_start(month_text(start))} är inte kvar av {self.month.year}.",
                f"Välj en månad efter {month_text(self.month)}."
                if left
                else "Välj en tidigare månad i menyn.",
            )
        return start

    def _title(self, lever: Lever | None) -> str:
        title = self.title
        if len(title) > LONGEST_TITLE:
            self._tell(f"Rubriken är längre än {LONGEST_TITLE} tecken.", "Korta den.")
        if not title.isprintable():
            self._tell("Rubriken har tecken som inte kan visas.", "Skriv om den.")
        if title and lever is not None:
            self._tell(f"{lever.title} har redan en rubrik.", "Ta bort texten efter månaden.")
        return title

    def _tell(self, what: str, todo: str) -> None:
        self.problems.append(Problem(what, self.where, todo))


def _written(pull: Pull) -> str:
    if pull.lever is not None:
        return f"{pull.lever}:{_decimal(pull.value)}@{pull.start.iso}"
    title = _escaped(pull.title)
    return f"{OWN}:{_decimal(pull.value / MNKR)}@{pull.start.iso}{':' if title else ''}{title}"


def _row(part: str) -> Row:
    # What is typed keeps its marks escaped, so the first of each stands where it means something.
    name, _, rest = part.partition(":")
    value, _, rest = rest.partition("@")
    start, _, title = rest.partition(":")
    name, value, start, title = (
        _ESCAPED.sub(lambda found: _BACK[found[0]], text.strip()) for text in (name, value, start, title)
    )
    return Row(name, value, start, title)


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(mark, mark) for mark in text.strip())


def _decimal(value: Fraction) -> str:
    """«2», «-12.5»: exactly the value, without zeros last."""
    millionths = value * 10**6
    if millionths.denominator != 1:
        raise ValueError(f"more than six decimals: {value}")
    whole, rest = divmod(abs(millionths.numerator), 10**6)
    decimals = f"{rest:06d}".rstrip("0")
    return f"{'-' if value < 0 else ''}{whole}{'.' if decimals else ''}{decimals}"


def _range(low: Fraction, high: Fraction) -> str:
    """«0–100», «−500 till 0»: a word where a minus would meet the dash."""
    between = " till " if low < 0 or high < 0 else DASH
    return f"{plain_number(low)}{between}{plain_number(high)}"


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:30]}…"
