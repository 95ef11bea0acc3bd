"""The one place where what is chosen is kept: session state and address bar in step, invalid links told in words.

The rule (tried in browsers): a parameter that has changed in the address since we last wrote it came from a link, Back
or Forward, and wins; one that is missing was dropped by navigation, and the session's choice is kept. Only a fresh session
takes the defaults.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from streamlit.runtime.state import SessionStateProxy

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import OrgView, Sex
from hsf_kpi.model.organisation import Organisation
from hsf_kpi.model.period import Month, View
from hsf_kpi.model.scope import Scope
from hsf_kpi.model.selection import Selection
from hsf_kpi.ui import links

T = TypeVar("T")
State = MutableMapping[str, Any] | SessionStateProxy

CHOICE, SEEN = "hsf_choice", "hsf_seen"
FIRST_MEASURE = "hyrpersonal"
"""The nyckeltal shown before one has been chosen."""


@dataclass(frozen=True)
class Possible:
    """What may be chosen right now: units within the scope, months with data, measures of the catalogue."""

    catalogue: Catalogue
    scope: Scope
    months: tuple[Month, ...]
    default_unit: str

    @property
    def organisation(self) -> Organisation:
        return self.catalogue.organisation


@dataclass
class Choice:
    """Raw ids as chosen. `messages` tell what in the link could not be followed. `unit` is None when unknown."""

    unit: str | None
    month: Month
    view: View
    sex: Sex
    org: OrgView
    measure: str | None
    messages: list[str] = field(default_factory=list)

    def selection(self) -> Selection | None:
        if self.unit is None:
            return None
        return Selection(self.unit, self.month, self.view, self.sex, self.org)


def arrive(params: Mapping[str, str], state: State, possible: Possible) -> Choice:
    """The choice after this run's address and the session's memory have been weighed. Changes `state`."""
    seen = state.get(SEEN)
    known = seen if isinstance(seen, dict) else {}
    choice = state.get(CHOICE)
    if not isinstance(choice, Choice):
        choice = _default(possible)
    choice.messages = []
    for name in (*links.KEPT, links.MEASURE):
        if name in params and params[name] != known.get(name):
            _take(choice, name, params[name], possible)
    _hold_within(choice, possible)
    state[CHOICE] = choice
    # Also where the link can't be followed and nothing is written back: what the person picks next counts.
    state[SEEN] = {**known, **{name: params[name] for name in (*links.KEPT, links.MEASURE) if name in params}}
    return choice


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
        if month is None or month not in possible.months:
            _told(choice, f"Månaden ”{text}” finns inte i underlaget", choice.month.iso)
        else:
            choice.month = month
    elif name == links.VIEW:
        choice.view = _code(choice, links.VIEW_CODES, text, "Visningen", choice.view)
    elif name == links.SEX:
        choice.sex = _code(choice, links.SEX_CODES, text, "Valet av kön", choice.sex)
    elif name == links.ORG:
        choice.org = _code(choice, links.ORG_CODES, text, "Valet av organisation", choice.org)
    elif text in possible.catalogue.measures:
        choice.measure = text
    else:
        choice.measure = None
        choice.messages.append(
            f"Länken pekar på nyckeltalet ”{text}”, som inte finns. Välj ett nyckeltal i listan."
        )


def _take_unit(choice: Choice, text: str, possible: Possible) -> None:
    """An unknown unit never becomes another one: nothing is shown until the person has chosen."""
    if text in possible.organisation.units and possible.scope.sees(text):
        choice.unit = text
        return
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


def _told(choice: Choice, what: str, shown: str) -> None:
    choice.messages.append(f"{what}. Visar {shown}.")


def _hold_within(choice: Choice, possible: Possible) -> None:
    """A changed role or newly loaded data may have moved the ground under an old choice."""
    if choice.unit is not None and not possible.scope.sees(choice.unit):
        choice.unit = possible.default_unit
    if choice.month not in possible.months:
        choice.month = possible.months[0]
