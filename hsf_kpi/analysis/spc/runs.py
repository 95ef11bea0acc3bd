"""Each rule counted point by point: how long its pattern is at a point, plus on the high side, minus on the low.

deviations: values minus what they are expected to be, None for a gap, which ends every pattern. half: the distance from
the mean to a limit on the same scale, above zero.
"""

from __future__ import annotations

from collections.abc import Sequence

Deviations = Sequence[int | None]


def on_one_side(deviations: Deviations) -> list[int]:
    """Points in a row on one side of the mean, up to and with each. A point exactly on the mean is on no side."""
    return _in_a_row(deviations, 0)


def outside(deviations: Deviations, half: int) -> list[int]:
    """Points in a row outside one limit. A point exactly on a limit is not outside."""
    return _in_a_row(deviations, half)


def monotone(deviations: Deviations) -> list[int]:
    """Points in a row that rise or fall, the first included, so that two are the fewest. Equal neighbours end the row."""
    found = []
    run = 0
    before: int | None = None
    for value in deviations:
        if value is None or before is None or value == before:
            run = 0
        elif value > before:
            run = run + 1 if run > 0 else 2
        else:
            run = run - 1 if run < 0 else -2
        before = value
        found.append(run)
    return found


def beyond(deviations: Deviations, half: int) -> list[int]:
    """1 or −1 for a point more than two thirds of the way to the limit on its side; exactly there is 0."""
    third = 2 * half
    return [
        0 if value is None or -third <= 3 * value <= third else (1 if value > 0 else -1)
        for value in deviations
    ]


def _in_a_row(deviations: Deviations, least: int) -> list[int]:
    found = []
    run = 0
    for value in deviations:
        if value is None or -least <= value <= least:
            run = 0
        elif value > 0:
            run = run + 1 if run > 0 else 1
        else:
            run = run - 1 if run < 0 else -1
        found.append(run)
    return found
