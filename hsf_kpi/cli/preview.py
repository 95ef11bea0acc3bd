"""What a file would change, as lines for a terminal: how many rows, which months, and how the sums move."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from hsf_kpi.cli.loading import rows_text, seen
from hsf_kpi.loading import Checked
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.preview import Preview, TotalMove
from hsf_kpi.swedish.dates import month_text, period_short
from hsf_kpi.swedish.numbers import DASH, number, value_text

MOST_TOTALS: Final = 20


def preview_lines(checked: Checked, catalogue: Catalogue) -> Iterator[str]:
    """The file's name and rows first; nothing but that where there is no preview."""
    contents = checked.incoming.contents if checked.incoming else None
    yield seen(f"{checked.name}, {checked.profile.title}: {rows_text(contents.rows if contents else 0)}.")
    for note in contents.notes if contents else ():
        yield seen(f"  {note}")
    if checked.preview is not None:
        yield from _changes(checked.preview, catalogue)


def _changes(preview: Preview, catalogue: Catalogue) -> Iterator[str]:
    counts = {
        "nya": preview.new,
        "ändrade": preview.changed,
        "oförändrade": preview.same,
        "försvinner": preview.gone,
    }
    yield "  Rader: " + ", ".join(f"{word} {number(count, 0)}" for word, count in counts.items()) + "."
    if preview.months:
        first, last = preview.months[0], preview.months[-1]
        yield f"  Gäller: {month_text(first)}" + (f" till {month_text(last)}." if last != first else ".")
    shown = preview.totals[:MOST_TOTALS]
    if shown:
        yield "  Summor före och efter:"
    for total in shown:
        yield f"    {_total(total, catalogue)}"
    more = preview.more_totals + len(preview.totals) - len(shown)
    if more:
        yield f"    och {number(more, 0)} till."
    for count, one, several in (
        (len(preview.jumps) + preview.more_jumps, "värde ligger", "värden ligger"),
        (len(preview.vanished) + preview.more_vanished, "verksamhet saknas", "verksamheter saknas"),
    ):
        what = "långt från sina månader före" if "värde" in one else "som brukar rapportera"
        if count:
            yield f"  Se upp: {number(count, 0)} {one if count == 1 else several} {what}."


def _total(total: TotalMove, catalogue: Catalogue) -> str:
    kind = f" {total.kind.value}" if total.kind else ""
    name = f"{total.unit} {total.key}{kind} {period_short(total.period)}"
    if total.masked:
        return f"{name}: maskerat"
    text = (
        f"{name}: {_value(total.before, total.key, catalogue)} → {_value(total.after, total.key, catalogue)}"
    )
    if total.share is None:
        return text
    return f"{text} ({number(total.share * 100, 1, sign=True)} %)"


def _value(value: Fraction | None, key: str, catalogue: Catalogue) -> str:
    if value is None:
        return DASH
    measure = catalogue.measures.get(key)
    return number(value, 0) + " kr" if measure is None else value_text(value, measure)
