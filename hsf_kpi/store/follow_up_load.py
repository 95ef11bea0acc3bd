"""What a delivery brings of follow-ups and of the register of HoS 2029: only into what is empty."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.dialogue import Written
from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.store.follow_up_checks import entry_problems, follow_up_problems
from hsf_kpi.store.follow_up_rows import next_entry_number
from hsf_kpi.store.follow_up_write import add_entry, add_follow_up
from hsf_kpi.store.handin_rows import lock_unit
from hsf_kpi.store.handin_text import clean_entry, clean_follow_up
from hsf_kpi.store.tables_follow_up import follow_up, follow_up_entry
from hsf_kpi.store.versions import Who

if TYPE_CHECKING:
    from hsf_kpi.store.delivery import Delivery


def take_follow_ups(
    connection: Connection, catalogue: Catalogue, delivery: Delivery, _load_number: int
) -> None:
    """Writes what the delivery has followed up, inside the load's transaction. Several follow-ups of one for the same month
    are versions; every entry is a new line.

    Left out is what the database has something of already, since people may have written it: the follow-up of one for a
    month, the lines of an activity. DataError with every problem, before anything is written.
    """
    if not delivery.follow_ups and not delivery.entries:
        return
    problems = list(_problems(delivery, catalogue))
    if problems:
        raise DataError(problems)
    who = Who.now(delivery.by, delivery.source)
    lock_unit(connection, catalogue.organisation.root)
    _write_follow_ups(connection, delivery, who)
    _write_entries(connection, delivery, who)


def _write_follow_ups(connection: Connection, delivery: Delivery, who: Who) -> None:
    c = follow_up.c
    there = {tuple(row) for row in connection.execute(select(c.subject, c.key, c.month).distinct())}
    versions: Counter[tuple[str, str, int]] = Counter()
    for one in map(clean_follow_up, delivery.follow_ups):
        key = (one.subject.value, one.key, one.month.index)
        if key not in there:
            versions[key] += 1
            add_follow_up(connection, one, _written(one.written, who, versions[key]))


def _write_entries(connection: Connection, delivery: Delivery, who: Who) -> None:
    there = set(connection.execute(select(follow_up_entry.c.activity).distinct()).scalars())
    number = next_entry_number(connection)
    new = [one for one in map(clean_entry, delivery.entries) if one.activity not in there]
    for at, one in enumerate(new):
        add_entry(connection, replace(one, number=number + at), _written(one.written, who, 1))


def _written(given: Written | None, who: Who, version: int) -> Written:
    wrote = Who(given.by, given.name, given.at) if given is not None else who
    return wrote.writes(version)


def _problems(delivery: Delivery, catalogue: Catalogue) -> Iterator[Problem]:
    for one in delivery.follow_ups:
        yield from _at(f"{one.subject.value} {one.key} {one.month}", follow_up_problems(one, catalogue))
    for entry in delivery.entries:
        at = f"{entry.kind.value} om {entry.activity} {entry.month}"
        yield from _at(at, entry_problems(entry, catalogue))


def _at(place: str, found: list[Problem]) -> Iterator[Problem]:
    for problem in found:
        yield replace(problem, where=f"uppföljning, {place}, {problem.where}")
