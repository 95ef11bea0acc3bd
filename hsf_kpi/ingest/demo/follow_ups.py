"""The demo's follow-ups, as followups.toml gives them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final
from zoneinfo import ZoneInfo

from hsf_kpi.ingest.demo.dialogue import LOGIN
from hsf_kpi.ingest.demo.follow_ups_settings import EntrySettings, FollowUpSettings, FollowUpsSettings
from hsf_kpi.ingest.demo.settings import DemoSettings
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.dialogue import Written
from hsf_kpi.model.follow_up import Entry, FollowUp, Subject
from hsf_kpi.model.problems import Problem

_FILE: Final = "demo/followups.toml"
_AT: Final = dt.time(11, 20)
_SWEDEN: Final = ZoneInfo("Europe/Stockholm")
_NOT_THERE: Final = {
    Subject.ACTION: "Åtgärden ”{}” finns inte.",
    Subject.ACTIVITY: "Aktiviteten ”{}” finns inte.",
    Subject.CONTROL: "Risken ”{}” finns inte.",
}


def follow_ups_of(catalogue: Catalogue, settings: FollowUpsSettings) -> tuple[FollowUp, ...]:
    """In the order of the file; without what is about a plan that there is no definition file of."""
    return tuple(
        FollowUp(one.subject, one.key, one.month, one.state, one.text, _written(one))
        for one in settings.follow_up
        if catalogue.followed(one.subject)
    )


def entries_of(catalogue: Catalogue, settings: FollowUpsSettings) -> tuple[Entry, ...]:
    """As `follow_ups_of`."""
    return tuple(
        Entry(
            activity=one.activity,
            kind=one.kind,
            month=one.month,
            text=one.text,
            due=one.due,
            state=one.state,
            other=one.other,
            likelihood=one.likelihood,
            consequence=one.consequence,
            written=_written(one),
        )
        for one in settings.entry
        if catalogue.followed(Subject.ACTIVITY)
    )


def _written(one: FollowUpSettings | EntrySettings) -> Written:
    return Written(LOGIN, one.name, dt.datetime.combine(one.on, _AT, _SWEDEN), 1)


def follow_ups_problems(catalogue: Catalogue, settings: DemoSettings) -> Iterator[Problem]:
    """What is not there to be followed up, months that are not the demo's, a day after the one that it is looked at."""
    told = settings.follow_ups
    for i, one in enumerate(told.follow_up, 1):
        where = f"{_FILE}, fältet follow_up[{i}]"
        yield from _not_there(catalogue, one.subject, one.key, f"{where}.key")
        yield from _when(one, where, settings)
    for i, entry in enumerate(told.entry, 1):
        where = f"{_FILE}, fältet entry[{i}]"
        for field, key in (("activity", entry.activity), ("other", entry.other)):
            if key:
                yield from _not_there(catalogue, Subject.ACTIVITY, key, f"{where}.{field}")
        yield from _when(entry, where, settings)


def _not_there(catalogue: Catalogue, subject: Subject, key: str, where: str) -> Iterator[Problem]:
    known = catalogue.followed(subject)
    if known and key not in known:
        yield Problem(_NOT_THERE[subject].format(key), where, "Rätta namnet.")


def _when(one: FollowUpSettings | EntrySettings, where: str, settings: DemoSettings) -> Iterator[Problem]:
    general = settings.general
    if not general.first <= one.month <= general.last:
        yield Problem(f"{one.month} är inte en av demons månader.", f"{where}.month", "Rätta månaden.")
    if one.on > general.as_of:
        yield Problem(
            f"{one.on} ligger efter dagen som demon betraktas.", f"{where}.on", "Välj en tidigare dag."
        )
