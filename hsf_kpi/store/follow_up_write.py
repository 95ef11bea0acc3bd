"""Adding a version of what is followed up, inside a transaction that the caller has begun.

The root of the organisation is locked first: then nobody else follows up, and the version that stands is the latest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from hsf_kpi.model.dialogue import Written
from hsf_kpi.model.follow_up import Entry, EntryKind, FollowUp
from hsf_kpi.model.problems import DataError, NotFound, Problem
from hsf_kpi.store.follow_up_rows import entry_of, follow_up_of, next_entry_number, standing_entries
from hsf_kpi.store.handin_rows import lock_unit
from hsf_kpi.store.register_rows import MOST_NUMBER
from hsf_kpi.store.tables_follow_up import follow_up, follow_up_entry
from hsf_kpi.store.versions import Who, add, again, changed, demand_few, demand_seen, following, newest
from hsf_kpi.swedish.dates import month_text

FOLLOW_UP, ENTRY = ("uppföljningen", "uppföljning"), ("raden", "aktivitet")
"""What somebody else has changed, and where."""


def save_follow_up(connection: Connection, root: str, one: FollowUp, who: Who) -> FollowUp:
    lock_unit(connection, root)
    key = {"subject": one.subject.value, "key": one.key, "month": one.month.index}
    row = newest(connection, follow_up, **key)
    stands = follow_up_of(row) if row is not None else None
    before = stands.written if stands is not None else None
    if stands is not None and again(before, who) and replace(one, written=before) == stands:
        return stands
    demand_seen(before, one.written, *FOLLOW_UP)
    demand_few(connection, follow_up, "Uppföljningen", "uppföljning", key)
    return add_follow_up(connection, one, who.writes(following(before)))


def add_follow_up(connection: Connection, one: FollowUp, written: Written) -> FollowUp:
    values = {"subject": one.subject.value, "key": one.key, "month": one.month.index}
    add(connection, follow_up, written, **values, state=one.state.value, text=one.text)
    return replace(one, written=written)


def save_entry(connection: Connection, root: str, one: Entry, who: Who) -> Entry:
    lock_unit(connection, root)
    if one.number is None:
        if one.removed:
            raise NotFound(no_such_entry())
        there = standing_entries(connection, one.month)
        if (same := _same_entry(there, one, who)) is not None:
            return same
        _demand_only(there, one)
        one = replace(one, number=next_entry_number(connection), written=None)
        before = None
    else:
        stands = _standing_entry(connection, one)
        before = stands.written
        _demand_no_earlier(one, stands)
        if one.removed and stands.removed:
            return stands
        if one.removed:
            one = replace(stands, month=one.month, removed=True, written=one.written)
        if again(before, who) and replace(one, written=before) == stands:
            return stands
    demand_seen(before, one.written, *ENTRY)
    if not one.removed:
        month = {"activity": one.activity, "month": one.month.index}
        demand_few(connection, follow_up_entry, "Aktivitetens rader", "aktivitet", month)
    return add_entry(connection, one, who.writes(following(before)))


def add_entry(connection: Connection, one: Entry, written: Written) -> Entry:
    """`one` with its number."""
    values = {
        "number": one.number,
        "activity": one.activity,
        "kind": one.kind.value,
        "month": one.month.index,
        "text": one.text,
        "due": None if one.due is None else one.due.index,
        "state": None if one.state is None else one.state.value,
        "other": one.other,
        "likelihood": one.likelihood,
        "consequence": one.consequence,
        "removed": one.removed,
    }
    add(connection, follow_up_entry, written, **values)
    return replace(one, written=written)


def no_such_entry() -> Problem:
    return Problem("Raden finns inte.", "aktivitet", "Ladda om sidan, och välj en rad i listan.")


def _same_entry(there: Sequence[Entry], one: Entry, who: Who) -> Entry | None:
    """One that stands with the same words, by the same login."""
    for found in there:
        if replace(one, number=found.number, written=found.written) == found and again(found.written, who):
            return found
    return None


def _demand_only(there: Sequence[Entry], one: Entry) -> None:
    """An activity has one responsible function: who names it where somebody else just has is told, and changes that line."""
    key = (one.activity, EntryKind.RESPONSIBLE)
    if one.kind is EntryKind.RESPONSIBLE and any(
        (found.activity, found.kind) == key and not found.removed for found in there
    ):
        raise changed(*ENTRY)


def _standing_entry(connection: Connection, one: Entry) -> Entry:
    number = one.number or 0
    row = newest(connection, follow_up_entry, number=number) if 0 < number <= MOST_NUMBER else None
    found = entry_of(row) if row is not None else None
    if found is None or (found.activity, found.kind) != (one.activity, one.kind):
        raise NotFound(no_such_entry())
    return found


def _demand_no_earlier(one: Entry, stands: Entry) -> None:
    if one.month < stands.month:
        last = month_text(stands.month)
        raise DataError(
            Problem(
                f"Raden har ändrats för {last}, och kan inte ändras för en månad före den.",
                "månad",
                f"Välj {last} eller en senare månad.",
            )
        )
