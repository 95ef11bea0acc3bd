"""The log of the months: reconciled, released, opened again. Steps are only added; who may is asked before, by the caller.

`meta.released` is kept in step with the log: the month that it names and all before it are final. A release or a reopening
makes a new data version, so that what is kept anywhere of preliminary and final figures is asked for anew.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, Engine

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.event import Event
from hsf_kpi.model.month_step import MonthStep, Reconciliation, SourceIn, Step
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.model.scope import Scope
from hsf_kpi.store.audit import log
from hsf_kpi.store.engine import reading, writing
from hsf_kpi.store.handin_text import plain
from hsf_kpi.store.loads import LoadStore
from hsf_kpi.store.month_checks import (
    already_reconciled,
    books_problems,
    changed_meanwhile,
    loaded_meanwhile,
    month_problems,
    note_problems,
)
from hsf_kpi.store.month_rows import Who, add_step, edition_of, editions, last_number, read_step, read_steps
from hsf_kpi.store.month_sources import read_counts, sources_in
from hsf_kpi.store.state import StoreState, read_meta, state_of, write_meta
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.swedish.words import sentence_start


class MonthStore:
    """`seen` of what changes is the number of the latest step that the person saw in the whole log; None: whatever stands.
    DataError with every problem, also when a later step stands that the change is about; then nothing is written. What
    stands so already is not written again.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._loads = LoadStore(engine)

    def version(self) -> int:
        """A number that grows with each step: what is kept of the months belongs to one."""
        with reading(self._engine) as connection:
            return last_number(connection)

    def steps(self) -> tuple[MonthStep, ...]:
        """The whole log, newest first. The amounts in it are those of the whole förvaltning."""
        with reading(self._engine) as connection:
            return read_steps(connection)

    def sources(self, scope: Scope, catalogue: Catalogue, month: Month) -> tuple[SourceIn, ...]:
        """What has been loaded of the month, of units that may be seen."""
        with reading(self._engine) as connection:
            counts = read_counts(connection, scope, month)
        loads = {load.number: load for load in self._loads.all()}
        return sources_in(counts, loads, catalogue, month)

    def reconcile(
        self,
        month: Month,
        books: Reconciliation,
        note: str = "",
        *,
        by: str,
        name: str = "",
        seen: int | None = None,
        at: dt.datetime | None = None,
    ) -> MonthStep:
        """Our total against the ledger's own. A difference takes a reason."""
        who, note = _who(by, name, at), plain(note)
        with writing(self._engine) as connection:
            state = _locked(connection)
            why = "" if books.difference.nothing else "Vår summa skiljer sig från huvudbokens."
            todo = "Förklara skillnaden, eller rätta beloppen."
            _demand(
                [
                    *month_problems(month, state),
                    *books_problems(books),
                    *note_problems(note, "förklaring", why_needed=why, todo=todo),
                ]
            )
            stands = last_number(connection, month=month, step=Step.RECONCILED)
            before = read_step(connection, stands) if stands else None
            is_last = stands == last_number(connection, month=month)
            if before is not None and is_last and (before.books, before.note, before.by) == (books, note, by):
                return before
            if seen is not None and before is not None and stands > seen:
                raise already_reconciled(month, before.name)
            edition = edition_of(editions(connection), month, state.released)
            final = state.released is not None and month <= state.released
            edition += not final
            step = add_step(connection, month, Step.RECONCILED, edition, who, note, books=books)
            told = "utan differens" if books.difference.nothing else "differensen är förklarad"
            log(connection, by, Event.RECONCILED, f"{month.iso}, {told}", at)
        return step

    def release(
        self,
        month: Month,
        note: str = "",
        *,
        by: str,
        name: str = "",
        handed_in: tuple[int, int] | None = None,
        seen: int | None = None,
        data_version: int | None = None,
        at: dt.datetime | None = None,
    ) -> int:
        """Makes the months up to and with `month` final: each of them that was not gets a new edition. The edition of the
        month.

        data_version: the one that the person judged by; another one is told. Nothing is done where the month is final.
        """
        who, note = _who(by, name, at), plain(note)
        with writing(self._engine) as connection:
            state = _locked(connection)
            known = editions(connection)
            edition = edition_of(known, month, state.released)
            if state.released is not None and month <= state.released:
                return edition
            _demand([*month_problems(month, state), *note_problems(note, "skäl")])
            _demand_seen(connection, seen)
            if data_version is not None and data_version != state.data_version:
                raise loaded_meanwhile()
            assert state.first is not None, "a month with values lies at or after the first"
            first = state.first if state.released is None else max(state.released + 1, state.first)
            for index in range(first.index, month.index + 1):
                edition = edition_of(known, Month(index), state.released) + 1
                counted = handed_in if index == month.index else None
                add_step(connection, Month(index), Step.RELEASED, edition, who, note, handed_in=counted)
            _move_horizon(connection, state, month)
            since = f", från och med {first.iso}" if first < month else ""
            log(connection, by, Event.RELEASED, f"{month.iso}, utgåva {edition}{since}", at)
        return edition

    def reopen(
        self,
        month: Month,
        note: str,
        *,
        by: str,
        name: str = "",
        seen: int | None = None,
        at: dt.datetime | None = None,
    ) -> None:
        """Makes the month and all released after it preliminary again, whose values of the year so far hold it. It takes a
        reason. Nothing is done where the month is preliminary.
        """
        who, note = _who(by, name, at), plain(note)
        with writing(self._engine) as connection:
            state = _locked(connection)
            if state.released is None or month > state.released:
                _demand(month_problems(month, state))
                _demand_opened(connection, month)
                return
            why = "Det står inte varför månaden öppnas igen."
            reason = note_problems(note, "skäl", why_needed=why, todo="Skriv vad som ska ändras.")
            _demand([*month_problems(month, state), *reason])
            _demand_seen(connection, seen)
            known = editions(connection)
            for index in range(month.index, state.released.index + 1):
                edition = edition_of(known, Month(index), state.released)
                add_step(connection, Month(index), Step.REOPENED, edition, who, note)
            first = state.first
            _move_horizon(connection, state, None if first is None or month <= first else month - 1)
            until = f", till och med {state.released.iso}" if month < state.released else ""
            log(connection, by, Event.REOPENED, f"{month.iso}{until}", at)


def _locked(connection: Connection) -> StoreState:
    """What the database says of itself, with other writers held back (SQLite's are alone anyway). Read once more after the
    lock was got: who waited for it would not find a row that the other one has added.
    """
    read_meta(connection, lock=True)
    return state_of(read_meta(connection))


def _move_horizon(connection: Connection, state: StoreState, released: Month | None) -> None:
    write_meta(
        connection,
        {
            "released": "" if released is None else released.iso,
            "data_version": str(state.data_version + 1),
        },
    )


def _who(by: str, name: str, at: dt.datetime | None) -> Who:
    return Who(by, name or by, at or dt.datetime.now(dt.UTC))


def _demand_seen(connection: Connection, seen: int | None) -> None:
    if seen is not None and seen != last_number(connection):
        raise changed_meanwhile()


def _demand_opened(connection: Connection, month: Month) -> None:
    """DataError for a month that has never been released, and so can't be opened again."""
    if edition_of(editions(connection), month, None) == 0:
        name = sentence_start(month_text(month))
        raise DataError(Problem(f"{name} är inte frisläppt.", "månad", "Det finns inget att öppna igen."))


def _demand(problems: list[Problem]) -> None:
    if problems:
        raise DataError(problems)
