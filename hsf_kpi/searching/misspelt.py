"""How many slips of the pen there are between two words: a letter wrong, missing, too many, or two that have changed places.

Optimal string alignment (Damerau–Levenshtein where nothing is changed twice). Of our own, and not a library's, because what
is typed so far is held against the beginning, or any part, of a longer word; a test holds it against a naive one.
"""

from __future__ import annotations


def slips_allowed(word: str) -> int:
    """So many may be wrong in it, by its letters: a number or a code is not spelt."""
    letters = sum(not sign.isdigit() for sign in word)
    if letters < 4:
        return 0
    return 1 if letters < 8 else 2


def slips(typed: str, word: str, most: int, *, whole: bool = True, anywhere: bool = False) -> int:
    """The fewest slips between what is typed and the word; `most` + 1 when there are more. whole: all of the word, else the
    beginning of it that fits best. anywhere: the part of it that fits best, wherever it begins.
    """
    if anywhere:
        whole = False
    elif not whole:
        word = word[: len(typed) + most]
    if len(typed) - len(word) > most or (whole and len(word) - len(typed) > most):
        return most + 1
    far, end = most + 1, len(word)
    before: list[int] = []
    row = [0] * (end + 1) if anywhere else [min(at, far) for at in range(end + 1)]
    for place, letter in enumerate(typed, start=1):
        earlier, before = before, row
        row = [far] * (end + 1)
        row[0] = min(place, far)
        # Further from the diagonal there are more slips than may be, but for what begins anywhere.
        first, last = (1, end) if anywhere else (max(1, place - most), min(end, place + most))
        least = row[0]
        for at in range(first, last + 1):
            found = before[at - 1] + (letter != word[at - 1])
            if before[at] < found:
                found = before[at] + 1
            if row[at - 1] < found:
                found = row[at - 1] + 1
            if at > 1 and place > 1 and letter == word[at - 2] and typed[place - 2] == word[at - 1]:
                found = min(found, earlier[at - 2] + 1)
            row[at] = found
            if found < least:
                least = found
        if least > most and min(before) > most:
            return far
    return min(row[-1] if whole else min(row), far)
