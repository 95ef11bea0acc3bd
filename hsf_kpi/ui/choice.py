"""The one place where what is chosen is kept: session state and address bar in step, invalid links told in words.

What lies outside the scope is told in the words for what does not exist, and noted in `Choice.denied` for the log.

The rule (tried in browsers): a parameter that has changed in the address since we last wrote it came from a link, Back
or Forward, and wins; one that is missing was dropped by navigation, and the session's choice is kept. Only a fresh session
takes the defaults.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from streamlit.runtime.state import SessionStateProxy

from hsf_kpi.composing import choices
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import OrgView, Sex
from hsf_kpi.model.organisation import Organisation
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.scope import Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.swedish.dates import day_words
from hsf_kpi.swedish.numbers import number
from hsf_kpi.ui import links

T = TypeVar("T")
State = MutableMapping[str, Any] | SessionStateProxy

CHOICE, SEEN = "hsf_choice", "hsf_seen"
_NAMES = (*links.KEPT, links.MEASURE, *choices.EXTRAS)
FIRST_MEASURE = "hyrpersonal"
"""The nyckeltal shown before one has been chosen, where it may be seen."""


@dataclass(frozen=True)
class Possible:
    """What may be chosen right now: units and measures within the scope, months of which anything may be seen.

    latest: the last month with data, which may lie beyond them. known: the earlier day whose knowledge is shown.
    """

    catalogue: Catalogue
    scope: Scope
    months: tuple[Month, ...]
    default_unit: str
    latest: Month | None = None
    known: dt.date | None = None

    @property
    def organisation(self) -> Organisation:
        return self.catalogue.organisation


@dataclass
class Choice:
    """Raw ids as chosen. `messages` tell what could not be followed; `unit` and `measure` are None where they could not.

    refused: the address names a nyckeltal that could not be followed; it does not become another one.
    denied: what exists but was asked for outside the scope in this run («verksamhet medicinkliniken»).
    """

    unit: str | None
    month: Month
    view: View
    sex: Sex
    org: OrgView
    measure: str | None
    messages: list[str] = field(default_factory=list)
    denied: list[str] = field(default_factory=list)
    refused: bool = False
    extras: dict[str, str] = field(default_factory=dict)
    """The pages' own choices, by name."""
    known: dt.date | None = None
    """The earlier day whose knowledge is shown; None for now."""

    def selection(self) -> Selection | None:
        if self.unit is None:
            return None
        return Selection(self.unit, self.month, self.view, self.sex, self.org)


def arrive_day(params: Mapping[str, str], state: State) -> tuple[dt.date | None, str]:
    """The day whose knowledge is to be shown, and what could not be followed. To be asked before `arrive`, since that day
    decides what else may be chosen. Where the address has the rest of the choice but no day any more, it is now.
    """
    choice, seen = state.get(CHOICE), state.get(SEEN)
    now = choice.known if isinstance(choice, Choice) else None
    written = seen.get(links.AS_KNOWN) if isinstance(seen, dict) else None
    text = params.get(links.AS_KNOWN)
    if text == written:
        return now, ""
    if text is None:
        return (None if links.MONTH in params else now), ""
    if not text.strip():
        return None, ""
    day = links.parse_day(text)
    if day is not None:
        return day, ""
    shown = "det som är känt nu" if now is None else f"uppgifter per {day_words(now)}"
    return now, f"Dagen ”{text}” i länken kan inte läsas. Visar {shown}; skriv den som 2023-11-15."


def arrive(params: Mapping[str, str], state: State, possible: Possible) -> Choice:
    """The choice after this run's address and the session's memory have been weighed. Changes `state`."""
    seen = state.get(SEEN)
    known = seen if isinstance(seen, dict) else {}
    choice = state.get(CHOICE)
    if not isinstance(choice, Choice):
        choice = _default(possible)
    choice.messages, choice.denied = [], []
    if choice.measure is not None or links.MEASURE not in params:
        choice.refused = False
    choice.known = possible.known
    for name in _NAMES:
        if name != links.AS_KNOWN and name in params and params[name] != known.get(name):
            _take(choice, name, params[name], possible)
    _hold_within(choice, possible)
    state[CHOICE] = choice
    # Also where the link can't be followed and nothing is written back: what the person picks next counts.
    state[SEEN] = {**known, **{name: params[name] for name in _NAMES if name in params}}
    return choice


def hold_measure(choice: Choice, possible: Possible) -> str | None:
    """The measure to show at the chosen unit, for a page about one: None, told, where the chosen one may not be seen
    there. Before anything is chosen or asked for, the first that may be seen.
    """
    if choice.unit is None or choice.refused:
        return choice.measure
    if choice.measure is None:
        choice.measure = first_measure(possible, choice.unit)
    elif not possible.scope.allows(choice.unit, choice.measure):
        name, unit = (
            possible.catalogue.measure(choice.measure).name,
            possible.organisation.get(choice.unit).name,
        )
        choice.messages.append(
            f"Nyckeltalet {name} ingår inte i din behörighet för {unit}. Välj ett annat nyckeltal i listan."
        )
        return None
    return choice.measure


def first_measure(possible: Possible, unit: str) -> str | None:
    """The first of those that may be seen at the unit; None for none."""
    keys = (FIRST_MEASURE, *(m.key for m in possible.catalogue.plan_rows()), *possible.catalogue.measures)
    return next(
        (k for k in keys if k in possible.catalogue.measures and possible.scope.allows(unit, k)), None
    )


def settle(params: MutableMapping[str, str], state: State, wanted: Mapping[str, str]) -> None:
    """Writes the choice into the address (one history entry per change) and remembers what was written."""
    if {name: params.get(name) for name in wanted} != dict(wanted) or set(params) - set(wanted):
        params.update(wanted)
        for name in set(params) - set(wanted):
            del params[name]
    state[SEEN] = dict(wanted)


def _default(possible: Possible) -> Choice:
    return Choice(possible.default_unit, possible.months[0], View.YTD, Sex.ALL, OrgView.TODAY, None)


def _take(choice: Choice, name: str, text: str, possible: Possible) -> None:
    if name == links.UNIT:
        _take_unit(choice, text, possible)
    elif name == links.MONTH:
        month = links.parse_month(text)
        if month in possible.months:
            choice.month = month
            return
        if (
            month is not None
            and possible.latest is not None
            and possible.months[0] < month <= possible.latest
        ):
            choice.denied.append(f"månad {month.iso}")
        what = "finns inte i underlaget eller ingår inte i din behörighet"
        choice.messages.append(f"Månaden ”{text}” {what}. Visar {choice.month.iso}.")
    elif name == links.VIEW:
        choice.view = _code(choice, links.VIEW_CODES, text, "Visningen", choice.view)
    elif name == links.SEX:
        choice.sex = _code(choice, links.SEX_CODES, text, "Valet av kön", choice.sex)
    elif name == links.ORG:
        choice.org = _code(choice, links.ORG_CODES, text, "Valet av organisation", choice.org)
    elif name in choices.EXTRAS:
        _take_extra(choice, choices.EXTRAS[name], text)
    else:
        _take_measure(choice, text, possible)


def _take_extra(choice: Choice, extra: choices.Extra, text: str) -> None:
    """An empty one is as before anything is chosen; free text that is too long is told, never cut into something else."""
    now = choice.extras.get(extra.name, extra.first)
    if not text.strip():
        choice.extras[extra.name] = extra.first
    elif extra.codes is not None:
        choice.extras[extra.name] = _code(choice, {c: c for c in extra.codes}, text, extra.what, now)
    elif len(text) <= links.LONGEST_TEXT:
        choice.extras[extra.name] = text
    else:
        most = number(links.LONGEST_TEXT, 0)
        choice.messages.append(f"{extra.what} i länken är längre än {most} tecken och har inte lästs.")


def _take_measure(choice: Choice, text: str, possible: Possible) -> None:
    """The unit of the link has been taken before it. Where there is none, what may be seen somewhere is kept."""
    units = possible.scope.units if choice.unit is None else (choice.unit,)
    known = text in possible.catalogue.measures
    if known and any(possible.scope.allows(unit, text) for unit in units):
        choice.measure, choice.refused = text, False
        return
    if known:
        choice.denied.append(f"nyckeltal {text} i {choice.unit or 'okänd verksamhet'}")
    choice.measure, choice.refused = None, True
    choice.messages.append(
        f"Länken pekar på nyckeltalet ”{text}”, som inte finns eller inte ingår i din behörighet här. "
        "Välj ett nyckeltal i listan."
    )


def _take_unit(choice: Choice, text: str, possible: Possible) -> None:
    """An unknown unit never becomes another one: nothing is shown until the person has chosen."""
    known = text in possible.organisation.units
    if known and possible.scope.sees(text):
        choice.unit = text
        return
    if known:
        choice.denied.append(f"verksamhet {text}")
    choice.unit = None
    choice.messages.append(
        f"Länken pekar på verksamheten ”{text}”, som inte finns eller inte ingår i din behörighet. "
        "Välj en verksamhet i listan."
    )


def _code(choice: Choice, codes: Mapping[str, T], text: str, what: str, now: T) -> T:
    if text in codes:
        return codes[text]
    shown = next(code for code, value in codes.items() if value == now)
    choice.messages.append(
        f"{what} ”{text}” i länken finns inte. Visar ”{shown}”; det som finns är {', '.join(codes)}."
    )
    return now


def _hold_within(choice: Choice, possible: Possible) -> None:
    """A changed role or newly loaded data may have moved the ground under an old choice."""
    if choice.unit is not None and not possible.scope.sees(choice.unit):
        choice.unit = possible.default_unit
        choice.messages.append(
            "Det som var valt ingår inte längre i din behörighet. Visar din egen verksamhet."
        )
    if choice.month not in possible.months:
        choice.month = possible.months[0]
