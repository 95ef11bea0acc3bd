"""What must hold of a follow-up, and of a line in the register of HoS 2029, before it is written. Every problem at once."""

from __future__ import annotations

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.control import HIGHEST
from hsf_kpi.model.dialogue import LONGEST_LINE, LONGEST_TEXT
from hsf_kpi.model.follow_up import STATES, ControlResult, Entry, EntryKind, FollowUp, Stage, Subject
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import NotFound, Problem
from hsf_kpi.store.handin_text import clean_entry, clean_follow_up
from hsf_kpi.store.typed import Found, of_function, of_month, of_text, problems

FIRST_DUE, LAST_DUE = Month.of(2020, 1), Month.of(2040, 12)
"""When a delmål can be due."""

_NAME = {Subject.ACTION: "Åtgärden", Subject.ACTIVITY: "Aktiviteten", Subject.CONTROL: "Risken"}
_WHERE = {Subject.ACTION: "åtgärd", Subject.ACTIVITY: "aktivitet", Subject.CONTROL: "risk"}
_WHY = {
    Stage.LATE: ("Det står inte vad förseningen beror på.", "Skriv varför, och vad som görs åt det."),
    ControlResult.MINOR: ("Det står inte vad avvikelsen är.", "Skriv vad kontrollen visade."),
    ControlResult.MAJOR: ("Det står inte vad avvikelsen är.", "Skriv vad kontrollen visade."),
}
_EMPTY = {
    EntryKind.RESPONSIBLE: ("ansvarig funktion", "Ingen ansvarig är angiven.", "Ange en funktion."),
    EntryKind.MILESTONE: ("delmål", "Det står inte vad delmålet är.", "Skriv vad som ska vara klart."),
    EntryKind.DEPENDENCY: ("beroende", "Det står inte vad beroendet är.", "Skriv vad aktiviteten behöver."),
    EntryKind.RISK: ("risk", "Det står inte vad risken är.", "Skriv vad som kan hända."),
}


def follow_up_problems(one: FollowUp, catalogue: Catalogue) -> list[Problem]:
    """Everything that is wrong with the follow-up."""
    return problems(_of_follow_up(clean_follow_up(one), catalogue))


def entry_problems(one: Entry, catalogue: Catalogue) -> list[Problem]:
    """Everything that is wrong with the line; of a removed one only where it belongs is looked at."""
    return problems(_of_entry(clean_entry(one), catalogue))


def demand_followed(catalogue: Catalogue, subject: Subject, key: str) -> None:
    """NotFound for what is not defined."""
    for what, where, todo in _of_key(catalogue, subject, key):
        raise NotFound(Problem(what, where, todo))


def _of_follow_up(one: FollowUp, catalogue: Catalogue) -> Found:
    yield from of_month(one.month)
    yield from _of_key(catalogue, one.subject, one.key)
    if not isinstance(one.state, STATES[one.subject]):
        control = one.subject is Subject.CONTROL
        yield (
            "Resultatet är inget som en kontroll kan ha." if control else "Statusen finns inte.",
            "resultat" if control else "status",
            "Välj ett i listan.",
        )
    if one.state in _WHY and not one.text:
        what, todo = _WHY[one.state]
        yield what, "anteckning", todo
    yield from of_text(one.text, LONGEST_TEXT, "anteckning")


def _of_key(catalogue: Catalogue, subject: Subject, key: str) -> Found:
    if key not in catalogue.followed(subject):
        where = _WHERE[subject]
        yield f"{_NAME[subject]} ”{key}” finns inte.", where, f"Välj en {where} i listan."


def _of_entry(one: Entry, catalogue: Catalogue) -> Found:
    yield from of_month(one.month)
    yield from _of_key(catalogue, Subject.ACTIVITY, one.activity)
    if one.removed:
        return
    where, empty, todo = _EMPTY[one.kind]
    if not one.text:
        yield empty, where, todo
    yield from of_text(one.text, LONGEST_LINE, where)
    if one.kind is EntryKind.RESPONSIBLE:
        yield from of_function(one.text, where)
    yield from _of_milestone(one)
    yield from _of_dependency(one, catalogue)
    yield from _of_risk(one)


def _of_milestone(one: Entry) -> Found:
    if one.kind is not EntryKind.MILESTONE:
        for given, name in ((one.due, "klart senast"), (one.state, "status")):
            if given is not None:
                yield "Bara delmål har en tid och en status.", name, "Lämna fältet tomt."
        return
    if one.due is None:
        yield "Det står inte när delmålet ska vara klart.", "klart senast", "Välj en månad."
    elif not FIRST_DUE <= one.due <= LAST_DUE:
        span = f"{FIRST_DUE.year}–{LAST_DUE.year}"
        yield f"Delmålet ska vara klart utanför åren {span}.", "klart senast", "Kontrollera året."
    if one.state is None:
        yield "Det står inte hur långt delmålet har kommit.", "status", "Välj ett i listan."


def _of_dependency(one: Entry, catalogue: Catalogue) -> Found:
    where = "beror på"
    if not one.other:
        return
    if one.kind is not EntryKind.DEPENDENCY:
        yield "Bara beroenden pekar på en annan aktivitet.", where, "Lämna fältet tomt."
    elif one.other == one.activity:
        yield "Aktiviteten kan inte bero på sig själv.", where, "Välj en annan aktivitet."
    elif one.other not in catalogue.followed(Subject.ACTIVITY):
        yield f"Aktiviteten ”{one.other}” finns inte.", where, "Välj en aktivitet i listan."


def _of_risk(one: Entry) -> Found:
    for value, name in ((one.likelihood, "sannolikhet"), (one.consequence, "konsekvens")):
        if one.kind is not EntryKind.RISK:
            if value is not None:
                yield "Bara risker värderas.", name, "Lämna fältet tomt."
        elif value is None or not 1 <= value <= HIGHEST:
            yield f"Risken har ingen {name} från 1 till {HIGHEST}.", name, f"Välj 1–{HIGHEST}."
