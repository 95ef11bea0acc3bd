"""Problems told to people: what is wrong, where, and what to do. Always in Swedish."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `what` and `todo` are Swedish sentences; `where` names file and field, or the like."""

    what: str
    where: str = ""
    todo: str = ""

    def __str__(self) -> str:
        where = f"{self.where}: " if self.where else ""
        todo = f" {self.todo}" if self.todo else ""
        return f"{where}{self.what}{todo}"


class HsfError(Exception):
    """Base of every error that a person may meet. Carries all its problems at once."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class DefinitionError(HsfError):
    """A definition file in data/ is wrong (shape or meaning)."""


class NotFound(HsfError):
    """A name in a link or command does not exist, or may not be seen. The two are told in the same words."""


class NotPermitted(NotFound):
    """The scope does not reach what was asked for. Same words as for the unknown, so that nothing is given away."""


class StoreError(HsfError):
    """The database is empty, unreachable, of another version or of the wrong kind."""


class DataError(HsfError):
    """Observations that can't be loaded."""


class RenderError(HsfError):
    """A file can't be made of what it should hold."""
