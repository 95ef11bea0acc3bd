"""A series cut into phases at its rebases: which points share limits, and which of them the limits come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hsf_kpi.model.period import Month
from hsf_kpi.model.rebase import Rebase
from hsf_kpi.swedish.dates import month_text


@dataclass(frozen=True, slots=True)
class Span:
    """Indices from `first` to `last`, and those that the limits come from (both included). At least one has a value.

    rebase: what the span begins with, or what gives the first one its base period.
    """

    first: int
    last: int
    base: tuple[int, int]
    rebase: Rebase | None = None


def spans(
    months: Sequence[Month], values: Sequence[int | None], rebases: Sequence[Rebase]
) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    """The phases in time order, and what must be told of rebases that are not used (Swedish sentences).

    At least one value is needed. Of rebases of the same month the first given counts. A step change at the first value,
    or before it, changes nothing and is not used; a base period that begins there gives the first phase its limits.
    """
    known = [index for index, value in enumerate(values) if value is not None]
    starts: dict[int, Rebase | None] = {0: None}
    notes = []
    for rebase in sorted(rebases, key=lambda one: one.first):
        at = rebase.first.index - months[0].index
        if at > known[-1]:
            notes.append(_note(rebase, "serien har inget värde den månaden eller senare"))
        elif at > known[0]:
            starts.setdefault(at, rebase)
        elif rebase.last is not None and rebase.last >= months[known[0]]:
            starts[0] = rebase
        else:
            notes.append(_note(rebase, "serien har inget värde före den månaden"))
    cuts: list[tuple[int, Rebase | None]] = []
    for at, own in reversed(starts.items()):
        end = cuts[-1][0] if cuts else len(months)
        if any(at <= index < end for index in known):
            cuts.append((at, own))
        else:
            # Not the first: that one has the first value.
            assert own is not None
            notes.append(_note(own, "serien har inget värde mellan den och nästa omräkning"))
    cuts.reverse()
    ends = [at - 1 for at, _ in cuts[1:]] + [len(months) - 1]
    found = (
        Span(at, end, _base(at, end, own, months[0]), own) for (at, own), end in zip(cuts, ends, strict=True)
    )
    return tuple(found), tuple(notes)


def _base(first: int, last: int, rebase: Rebase | None, start: Month) -> tuple[int, int]:
    if rebase is None or rebase.last is None:
        return first, last
    return first, min(last, rebase.last.index - start.index)


def _note(rebase: Rebase, why: str) -> str:
    return f"Omräkningen av styrgränserna från {month_text(rebase.first)} används inte: {why}."
