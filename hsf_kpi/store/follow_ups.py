"""Follow-ups of what has been promised: every version is kept, with who and when."""

from __future__ import annotations

from sqlalchemy import Engine

from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.follow_up import Entry, FollowUp, Subject
from hsf_kpi.model.period import Month
from hsf_kpi.model.problems import DataError, Problem
from hsf_kpi.model.scope import Scope
from hsf_kpi.store import follow_up_rows as rows
from hsf_kpi.store import follow_up_write as write
from hsf_kpi.store.engine import reading
from hsf_kpi.store.follow_up_checks import demand_followed, entry_problems, follow_up_problems
from hsf_kpi.store.handin_text import clean_entry, clean_follow_up
from hsf_kpi.store.register_rows import MOST_NUMBER
from hsf_kpi.store.versions import Who, changing


class FollowUpStore:
    """Every question takes a scope first: it is seen with the root of the organisation, up to the last month of which the
    scope lets see anything of it. NotPermitted without the root.

    What changes: whether `by` may is asked before, and the log is written after, by the caller. `written` of what is given
    is the version that the person saw, None for none. DataError with every problem; then nothing is written.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def version(self) -> int:
        """Another number after every change."""
        with reading(self._engine) as connection:
            return rows.count_rows(connection)

    def standing(self, scope: Scope, catalogue: Catalogue, through: Month) -> tuple[FollowUp, ...]:
        """Of each subject and key that is still defined, the latest version told for `through` or a month before; in the
        order of the plans.
        """
        last = _last(scope, catalogue, through)
        with reading(self._engine) as connection:
            found = {(one.subject, one.key): one for one in rows.standing_follow_ups(connection, last)}
        keys = ((subject, key) for subject in Subject for key in catalogue.followed(subject))
        return tuple(found[key] for key in keys if key in found)

    def history(
        self, scope: Scope, catalogue: Catalogue, subject: Subject, key: str, through: Month
    ) -> tuple[FollowUp, ...]:
        """Every version told for `through` or a month before, newest first. NotFound for what is not defined."""
        last = _last(scope, catalogue, through)
        demand_followed(catalogue, subject, key)
        with reading(self._engine) as connection:
            return tuple(rows.follow_up_versions(connection, subject, key, last))

    def entries(self, scope: Scope, catalogue: Catalogue, through: Month) -> tuple[Entry, ...]:
        """The latest version of each that is not removed, by activity in the plan's order and number."""
        last = _last(scope, catalogue, through)
        with reading(self._engine) as connection:
            found = [one for one in rows.standing_entries(connection, last) if not one.removed]
        order = {key: place for place, key in enumerate(catalogue.followed(Subject.ACTIVITY))}
        seen = [one for one in found if one.activity in order]
        return tuple(sorted(seen, key=lambda one: (order[one.activity], one.number or 0)))

    def entry_history(
        self, scope: Scope, catalogue: Catalogue, number: int, through: Month
    ) -> tuple[Entry, ...]:
        """Every version told for `through` or a month before, newest first; nothing for an unknown number."""
        last = _last(scope, catalogue, through)
        if not 0 < number <= MOST_NUMBER:
            return ()
        activities = catalogue.followed(Subject.ACTIVITY)
        with reading(self._engine) as connection:
            found = rows.entry_versions(connection, number, last)
        return tuple(one for one in found if one.activity in activities)

    def activity_history(
        self, scope: Scope, catalogue: Catalogue, activity: str, through: Month
    ) -> tuple[Entry, ...]:
        """Every version of all the activity's lines, removed ones as well, of `through` and the months before: by month and
        number, newest first. NotFound for what is not defined.
        """
        last = _last(scope, catalogue, through)
        demand_followed(catalogue, Subject.ACTIVITY, activity)
        with reading(self._engine) as connection:
            return tuple(rows.activity_versions(connection, activity, last))

    def save(self, catalogue: Catalogue, follow_up: FollowUp, by: str, name: str) -> FollowUp:
        """A new version for the month. The follow-up as it then stands."""
        _demand(follow_up_problems(follow_up, catalogue))
        root, who = catalogue.organisation.root, Who.now(by, name)
        with changing(self._engine, *write.FOLLOW_UP) as connection:
            return write.save_follow_up(connection, root, clean_follow_up(follow_up), who)

    def save_entry(self, catalogue: Catalogue, entry: Entry, by: str, name: str) -> Entry:
        """A new line (without number), or a new version of one, told for no earlier month than the one before; `removed`
        withdraws it as it stands. The line as it then stands. NotFound for a number that the activity does not have.
        """
        _demand(entry_problems(entry, catalogue))
        root, who = catalogue.organisation.root, Who.now(by, name)
        with changing(self._engine, *write.ENTRY) as connection:
            return write.save_entry(connection, root, clean_entry(entry), who)


def _last(scope: Scope, catalogue: Catalogue, through: Month) -> Month:
    root = catalogue.organisation.root
    scope.demand(root)
    end = scope.until(root)
    return through if end is None else min(through, end)


def _demand(problems: list[Problem]) -> None:
    if problems:
        raise DataError(problems)
