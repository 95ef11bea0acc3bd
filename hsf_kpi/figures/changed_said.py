"""What is drawn and said beside the values of a figure, in two makings: reference lines and comments that differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from hsf_kpi.figures.changed_cells import CellChange, same
from hsf_kpi.figures.changed_decimals import told_apart
from hsf_kpi.figures.dialogue.words import one_line
from hsf_kpi.figures.economy.cells import UNKNOWN
from hsf_kpi.figures.figure import Comment, Figure, Mark
from hsf_kpi.figures.shape import unique
from hsf_kpi.swedish.dates import date_text
from hsf_kpi.swedish.numbers import number

Item = TypeVar("Item")


def said_changes(then: Figure, now: Figure) -> tuple[CellChange, ...]:
    """Lines and bands by label and where they lie, comments by their text: whoever wrote it, and when."""
    return (*_marks(then, now), *_comments(then.comments, now.comments))


def _marks(then: Figure, now: Figure) -> Iterator[CellChange]:
    decimals = max(then.decimals, now.decimals)
    for before, after in _differing(then.marks, now.marks, _same_mark, _mark_kind):
        labels = [UNKNOWN if mark is None else mark.label for mark in (before, after)]
        if before is None or after is None or before.label != after.label:
            yield CellChange("Linje i figuren", UNKNOWN, labels[0], labels[1])
            continue
        yield CellChange("Linje i figuren", labels[0], *_places(before, after, decimals))


def _mark_kind(mark: Mark) -> str:
    return mark.role


def _same_mark(then: Mark, now: Mark) -> bool:
    told = (then.label, then.at) == (now.label, now.at)
    return told and same(then.low, now.low) and same(then.high, now.high)


def _places(then: Mark, now: Mark, decimals: int) -> tuple[str, str]:
    return told_apart(lambda many: _place(then, many), lambda many: _place(now, many), decimals)


def _place(mark: Mark, decimals: int) -> str:
    """«85 till 90», «−978, 2023-10-20»"""
    bounds = unique(number(bound, decimals) for bound in (mark.low, mark.high) if bound is not None)
    day = "" if mark.at is None else date_text(mark.at)
    return ", ".join(part for part in (" till ".join(bounds), day) if part) or UNKNOWN


def _comments(then: Sequence[Comment], now: Sequence[Comment]) -> Iterator[CellChange]:
    for before, after in _differing(then, now, _same_text, _comment_kind):
        texts = [UNKNOWN if one is None else one_line(one.text) for one in (before, after)]
        kinds = [one.kind for one in (after, before) if one is not None]
        yield CellChange("Kommentar", kinds[0], texts[0], texts[1])


def _comment_kind(comment: Comment) -> str:
    return f"{comment.kind} {comment.period}"


def _same_text(then: Comment, now: Comment) -> bool:
    return then.text == now.text


def _differing(
    then: Iterable[Item],
    now: Iterable[Item],
    same_as: Callable[[Item, Item], bool],
    kind: Callable[[Item], str],
) -> Iterator[tuple[Item | None, Item | None]]:
    """What has no like on the other side, beside one of the same kind there; None where there is none."""
    left, gone = list(now), list[Item]()
    for item in then:
        alike = [
            place for place, other in enumerate(left) if kind(item) == kind(other) and same_as(item, other)
        ]
        if alike:
            del left[alike[0]]
        else:
            gone.append(item)
    for item in gone:
        places = [place for place, other in enumerate(left) if kind(item) == kind(other)]
        yield item, left.pop(places[0]) if places else None
    yield from ((None, item) for item in left)
