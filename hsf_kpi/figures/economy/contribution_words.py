"""The words of a contribution: who makes the deviation, as a sentence that is true of the rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hsf_kpi.analysis.economy.types import Contribution, Yardstick
from hsf_kpi.figures.captions import sentences
from hsf_kpi.figures.economy.contribution_lines import APART, OTHER, Line, apart
from hsf_kpi.figures.economy.shares import Makers
from hsf_kpi.figures.economy.words import OTHERS, listed, mnkr, mnkr_text, shown
from hsf_kpi.figures.figure import Context
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.swedish.words import sentence_start

SINGULAR = "verksamhet"
FEW = 3
"""Rows with another rounding that are named; of more it is only said that there are some."""
TOLD = 16
"""Rows that the text alternative reads out; the table tells them all."""


def titles_of(
    contribution: Contribution, lines: Sequence[Line], found: Makers | None, plural: str
) -> Iterator[str]:
    """«Tre verksamheter står för två tredjedelar av avvikelsen», and what can be said where no few make it."""
    whole = contribution.whole
    own = [line for line in lines if line.unit and line.amount is not None and line.mark != APART]
    last_year = contribution.yardstick is Yardstick.LAST_YEAR
    if whole.amount is None or not whole.complete:
        no_base = whole.actual is not None and whole.against is None
        what = ("Föregående år" if last_year else "Budget") if no_base else "Något utfall"
        yield f"{what} saknas: avvikelsen bedöms inte"
        return
    rest = whole.amount - apart(lines)
    what = _what(contribution, rest)
    if found is not None:
        who = f"{how_many(found.count)} {plural}"
        if found.count == 1:
            who = next(line.name for line in own if line.mark != OTHER)
        # A name may leave no room; a number always does.
        short = f"en {SINGULAR}" if found.count == 1 else who
        part = f"{found.words} {what}"
        if apart(lines):
            left = "det övriga överskottet" if rest > 0 else "den övriga avvikelsen"
            yield f"Utöver underskottsposten gör {who} {part}"
            yield f"{sentence_start(who)} gör {found.words} {left}"
            yield f"{sentence_start(short)} gör {found.words} {left}"
        else:
            yield f"{sentence_start(who)} står för {part}"
            yield f"{sentence_start(short)} står för {part}"
            yield f"{sentence_start(short)} gör {part}"
        return
    most = next((line for line in own if line.mark != OTHER), None)
    if most is not None and most.told is not None:
        side = "bättre" if most.told > 0 else "sämre"
        amount = mnkr_text(abs(most.told))
        than = "föregående år" if last_year else "budget"
        if len(own) == 1:
            yield f"{most.name} är {amount} {side} än {than}"
        elif all(abs(line.amount or 0) <= abs(most.amount or 0) for line in own):
            yield f"{most.name} avviker mest: {amount} {side} än {than}"
            yield f"Störst avvikelse: {amount} {side} än {than}"
        else:
            first = "bäst" if most.told > 0 else "sämst"
            yield f"{most.name} är {first} mot {than}: {amount} {side}"
            yield f"Den verksamhet som är {first} mot {than} är {amount} {side}"
        return
    total = mnkr_text(shown(rest), sign=True)
    if own:
        yield f"Ingen verksamhet avviker åt samma håll som summan, {total}"
    yield f"Avvikelsen är {total}"


def _what(contribution: Contribution, rest: int) -> str:
    if contribution.yardstick is Yardstick.LAST_YEAR:
        return "förbättringen" if rest > 0 else "försämringen"
    return "överskottet mot budget" if rest > 0 else "avvikelsen"


def caption_of(contribution: Contribution, context: Context, against: str) -> str:
    whole = contribution.whole
    total = ""
    if whole.amount is not None:
        star = "" if whole.complete else "*"
        total = f"Summa {mnkr(shown(whole.amount), sign=True)}{star}."
    return sentences(f"Resultat mot {against}, mnkr.", f"{context.unit}, {context.period}.", total)


def help_of(contribution: Contribution, lines: Sequence[Line]) -> str:
    missing = [line.name for line in lines if line.amount is None]
    provision = ""
    if any(line.mark == APART for line in lines):
        provision = (
            "Underskottsposten är budgeterad på Förvaltningsledning och visas för sig; övriga verksamheter hålls mot"
            " sin egen budget."
        )
    return sentences(
        "Minus är sämre."
        if contribution.yardstick is not Yardstick.LAST_YEAR
        else "Minus är sämre än året före.",
        provision,
        f"{OTHERS}: bokfört på nivåer däremellan, utanför behörigheten eller på avslutade verksamheter."
        if any(not line.unit for line in lines)
        else "",
        f"Kan inte jämföras: {', '.join(missing)}." if missing else "",
        "" if contribution.whole.complete else "* Något utfall saknas i perioden, och summan bedöms inte.",
        _moved_words(lines),
    )


def _moved_words(lines: Sequence[Line]) -> str:
    """Which rows are told otherwise than by themselves elsewhere, since the rows as shown make the sum as shown."""
    moved = [
        f"{line.name} är för sig {mnkr(shown(line.amount), sign=True)}"
        for line in lines
        if line.amount is not None and line.told is not None and shown(line.amount) != line.told
    ]
    if not moved:
        return ""
    why = "Beloppen är avrundade så att de summerar"
    return f"{why}: {listed(moved)}." if len(moved) <= FEW else f"{why}."


def sentence_of(contribution: Contribution, lines: Sequence[Line], context: Context, against: str) -> str:
    if not lines:
        return f"Stapeldiagram utan staplar. {context.unit}."
    texts = [f"{line.name} {line.text}" for line in lines]
    more = f"; och {len(texts) - TOLD} till" if len(texts) > TOLD else ""
    return sentences(
        f"Stapeldiagram. Resultat mot {against} i mnkr, {context.unit}, {context.period}, sämst först.",
        f"{'; '.join(texts[:TOLD])}{more}.",
    )
