"""The preview of a file as tables: what changes, which totals move, which values stand out, which units are missing."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from hsf_kpi.analysis.incoming.bounds import FACTOR
from hsf_kpi.analysis.incoming.totals import MOVED, is_odd
from hsf_kpi.figures.captions import caption, sentences
from hsf_kpi.figures.economy.cells import told
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.incoming_cells import (
    account_name,
    amounts,
    counted,
    measure_name,
    moved_cell,
    period_cell,
    row_cell,
    total_name,
    unit_name,
)
from hsf_kpi.figures.incoming_words import file_period, what_key
from hsf_kpi.figures.phrases import sex_text
from hsf_kpi.model.catalogue import Catalogue
from hsf_kpi.model.codes import Missing, Origin, Sex
from hsf_kpi.model.incoming import Holds
from hsf_kpi.model.measure import Measure
from hsf_kpi.model.period import Period
from hsf_kpi.model.preview import Bounds, Change, Held, Jump, Preview, TotalMove, Vanished
from hsf_kpi.swedish.dates import month_text, period_text
from hsf_kpi.swedish.numbers import SPACE, decimals_to_tell_apart, number, value_text
from hsf_kpi.swedish.words import MISSING_TEXT

MARK = "◆"
"""To be looked at: neither better nor worse."""
FEW = 3
"""Measures that are named of a unit that is missing; of more the rest are counted."""
_TIMES, _PART = {3: ("tre gånger", "en tredjedel")}[FACTOR]
_SOURCE = "Källa: filen, jämförd med det som är inläst."
_MASKED = MISSING_TEXT[Missing.MASKED]
_NEW = "nytt"


def preview_tables(preview: Preview, catalogue: Catalogue) -> tuple[Figure, ...]:
    """Those that have a row, what is to be looked at first."""
    made = (jumps_table, vanished_table, totals_table, changes_table)
    return tuple(figure for make in made if (figure := make(preview, catalogue)).rows)


def jumps_table(preview: Preview, catalogue: Catalogue) -> Figure:
    """A row for each month that stands out from its own series."""
    limits = any(jump.bounds.held is Held.LIMITS for jump in preview.jumps)
    short = any(jump.bounds.held is Held.MEDIAN for jump in preview.jumps)
    return _figure(
        preview,
        catalogue,
        slug="nya-varden-som-sticker-ut",
        title=counted(len(preview.jumps) + preview.more_jumps, "Ett värde sticker ut", "värden sticker ut"),
        what="Värden utanför det som de tidigare månaderna ger skäl att vänta",
        columns=("Verksamhet", "Nyckeltal", "I filen", "Väntat", "Bedömning", "Period", "Rad"),
        rows=tuple(_jump_row(jump, catalogue) for jump in preview.jumps),
        help=sentences(
            "Väntat är inom styrgränserna för verksamhetens egna tidigare månader, eller så nära den senaste som månader "
            "brukar ligga varandra."
            if limits
            else "",
            f"Serier som är för korta för styrgränser jämförs med sin median: {_PART} av den till {_TIMES} den, "
            "vår konvention."
            if short
            else "",
            _rest(preview.more_jumps, "värde sticker ut mindre", "värden sticker ut mindre"),
        ),
    )


def vanished_table(preview: Preview, catalogue: Catalogue) -> Figure:
    """A row for each unit and period: what it has reported before with the others in the file, and has not now."""
    found: dict[tuple[str, Period], list[Vanished]] = {}
    for one in preview.vanished:
        found.setdefault((one.unit, one.period), []).append(one)
    return _figure(
        preview,
        catalogue,
        slug="verksamheter-som-saknas",
        title=counted(len({unit for unit, _ in found}), "En verksamhet saknas", "verksamheter saknas"),
        what="Verksamheter som brukar finnas i filen och inte gör det",
        columns=("Verksamhet", "Saknar", "Senast", "Period"),
        rows=tuple(_vanished_row(some, catalogue) for some in found.values()),
        help=sentences(
            "Visar verksamheter som har rapporterat tillsammans med filens övriga var och en av de tre månaderna före, "
            "eller samma period året innan.",
            _rest(preview.more_vanished, "saknad uppgift visas inte", "saknade uppgifter visas inte"),
        ),
    )


def totals_table(preview: Preview, catalogue: Catalogue) -> Figure:
    """A row for each total that the load moves, the odd ones first."""
    odd = sum(is_odd(total) for total in preview.totals)
    title = (
        counted(odd, "En summa bör du titta på", "summor bör du titta på")
        if odd
        else "Summorna före och efter"
    )
    ledger = any(total.kind is not None for total in preview.totals)
    return _figure(
        preview,
        catalogue,
        slug="summor-fore-och-efter",
        title=title,
        what="Summor före och efter inläsningen",
        columns=(what_key(preview.holds), "Före", "Efter", "Skillnad", "Bedömning", "Period"),
        rows=tuple(_total_row(total, catalogue) for total in preview.totals),
        help=sentences(
            f"En summa som ändras mer än {number(MOVED * 100, 0)}{SPACE}%, eller hamnar utanför sina styrgränser, bör du "
            "titta på; vår konvention.",
            "Köp och försäljning mellan verksamheterna är med." if ledger else "",
            _rest(preview.more_totals, "summa till ändras", "summor till ändras"),
        ),
    )


def changes_table(preview: Preview, catalogue: Catalogue) -> Figure:
    """A row for each of the largest changes of what was known."""
    measured = preview.holds is Holds.OBSERVATIONS
    by_sex = any(change.sex is not Sex.ALL for change in preview.changes)
    centres = any(change.detail for change in preview.changes)
    headings = ["Verksamhet", what_key(preview.holds), *(["Kostnadsställe"] if centres else [])]
    headings += [*(["Kön"] if by_sex else []), "Före", "Efter", "Skillnad", "Period", "Rad"]
    shown = len(preview.changes)
    title = (
        f"{'Den' if shown == 1 else f'De {number(shown, 0)}'} största av {number(preview.changed, 0)} ändringar"
        if preview.more_changes
        else counted(shown, "En ändring av det som fanns", "ändringar av det som fanns")
    )
    return _figure(
        preview,
        catalogue,
        slug="storsta-andringar",
        title=title,
        what="Rader i filen som säger något annat än det som är inläst",
        columns=tuple(headings),
        rows=tuple(_change_row(change, catalogue, measured, by_sex, centres) for change in preview.changes),
        help="Det som fanns sparas, och kommer tillbaka om inläsningen ångras.",
    )


# Rows


def _jump_row(jump: Jump, catalogue: Catalogue) -> tuple[Value, ...]:
    measure = catalogue.measure(jump.measure)
    over = jump.value > jump.bounds.high
    bound = jump.bounds.high if over else jump.bounds.low
    decimals = decimals_to_tell_apart(jump.value, bound, measure)
    return (
        unit_name(jump.unit, catalogue),
        measure.name,
        value_text(jump.value, measure, decimals=decimals),
        _expected(jump.bounds, measure, decimals),
        f"{MARK} {bounds_words(jump.bounds, over)}",
        month_text(jump.month),
        row_cell(jump.row),
    )


def bounds_words(bounds: Bounds, over: bool) -> str:
    """«över styrgränsen», «mer än tre gånger medianen», «mindre än en tredjedel av medianen»"""
    if bounds.held is Held.LIMITS:
        return "över styrgränsen" if over else "under styrgränsen"
    if over:
        return f"mer än {_TIMES} medianen"
    return f"mindre än {_PART} av medianen"


def _expected(bounds: Bounds, measure: Measure, decimals: int) -> str:
    low = value_text(bounds.low, measure, unit=False, decimals=decimals)
    return f"{low} till {value_text(bounds.high, measure, decimals=decimals)}"


def _vanished_row(some: Sequence[Vanished], catalogue: Catalogue) -> tuple[Value, ...]:
    names = [measure_name(one.measure, catalogue) for one in some]
    more = len(names) - FEW
    listed = ", ".join(names[:FEW]) + (f" och {number(more, 0)} till" if more > 0 else "")
    last = max(one.last for one in some)
    return (
        unit_name(some[0].unit, catalogue),
        f"{MARK} {listed}",
        month_text(last),
        period_text(some[0].period),
    )


def _total_row(total: TotalMove, catalogue: Catalogue) -> tuple[Value, ...]:
    measure = catalogue.measure(total.key) if total.kind is None else None
    name, period = total_name(total, catalogue), period_cell(total.period, measure)
    if total.masked:
        return (name, _MASKED, _MASKED, _MASKED, "", period)
    before, after = amounts(total.before, total.after, measure)
    share = ""
    if total.share is not None and total.difference:
        share = f" ({told(total.share * 100, 1, sign=True)}{SPACE}%)"
    moved = _NEW if total.before is None else moved_cell(total.difference, measure) + share
    return (name, before, after, moved, _verdict(total), period)


def _verdict(total: TotalMove) -> str:
    if total.bounds is not None and total.after is not None:
        return f"{MARK} {bounds_words(total.bounds, total.after > total.bounds.high)}"
    if is_odd(total):
        if total.share is None:
            return f"{MARK} var noll"
        return f"{MARK} mer än {number(MOVED * 100, 0)}{SPACE}% {'högre' if total.share > 0 else 'lägre'}"
    return "" if total.whole else "verksamheter saknas"


def _change_row(
    change: Change, catalogue: Catalogue, measured: bool, by_sex: bool, centres: bool
) -> tuple[Value, ...]:
    measure = catalogue.measure(change.key) if measured else None
    before = after = moved = _MASKED
    if not change.masked:
        before, after = amounts(change.before, change.after, measure, exactly=True)
        both = change.before is not None and change.after is not None
        amount = (change.after or Fraction(0)) - (change.before or Fraction(0))
        moved = moved_cell(amount if both else None, measure, exactly=True)
    return (
        unit_name(change.unit, catalogue),
        account_name(change, catalogue) if measure is None else measure.name,
        *([change.detail] if centres else []),
        *([sex_text(change.sex)] if by_sex else []),
        before,
        after,
        moved,
        period_cell(change.period, measure),
        row_cell(change.row),
    )


def _rest(count: int, one: str, many: str) -> str:
    return f"{number(count, 0)} {one if count == 1 else many}." if count else ""


def _figure(
    preview: Preview,
    catalogue: Catalogue,
    *,
    slug: str,
    title: str,
    what: str,
    columns: tuple[str, ...],
    rows: tuple[tuple[Value, ...], ...],
    help: str,
) -> Figure:
    name, period = unit_name(preview.unit, catalogue), file_period(preview)
    context = Context(preview.unit, name, name, period, "", "", "", "")
    at = columns.index("Period")
    if all(row[at] == period for row in rows):
        # The caption says it, and a phone has no room for it.
        rows = tuple((*row[:at], "", *row[at + 1 :]) for row in rows)
    return Figure(
        kind=FigureKind.TABLE,
        slug=slug,
        title=title,
        caption=caption(what, context),
        context=context,
        columns=tuple(
            Column(f"c{at}", heading, Role.LABEL if at == 0 else Role.TEXT)
            for at, heading in enumerate(columns)
        ),
        rows=rows,
        sentence=f"Tabell med {number(len(rows), 0)} {'rad' if len(rows) == 1 else 'rader'}. {title}.",
        source=_SOURCE,
        origins=frozenset({Origin.LOADED}),
        help=help,
    )
