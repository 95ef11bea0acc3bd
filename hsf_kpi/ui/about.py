"""«Om nyckeltalet»: definition, target in the plan's own words, baseline, reporting, source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate

import streamlit as st

from hsf_kpi.analysis.reasons import next_target
from hsf_kpi.model.catalogue import SourceError
from hsf_kpi.model.measure import Measure
from hsf_kpi.swedish.numbers import difference_text, number
from hsf_kpi.swedish.words import DIRECTION_WORD
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.text import link, plain

_ADDRESS, _LINE = re.compile(r"\]\([^)]*\)"), 75


def about(entry: Entry, measure: Measure) -> None:
    st.markdown("\n\n".join(_told(entry, measure)))


def _told(entry: Entry, measure: Measure) -> list[str]:
    return [f"**{label}.** {text}" for label, text in about_parts(entry, measure) if text]


def about_panel(entry: Entry, measure: Measure) -> None:
    """The same as a part of the page, in two columns about as long: a line across the page is too long to read."""
    told = _told(entry, measure)
    lengths = list(accumulate(_lines(text) for text in told))
    half = next(i for i, length in enumerate(lengths, 1) if length * 2 >= lengths[-1])
    with st.container(border=True, key="om-nyckeltalet"):
        st.subheader("Om nyckeltalet", anchor=False)
        for column, part in zip(st.columns(2, gap="large"), (told[:half], told[half:]), strict=True):
            with column:
                st.markdown("\n\n".join(part))


def _lines(text: str) -> int:
    """About so many lines a paragraph takes, with the room after it; where a link leads is not read."""
    return 2 + len(_ADDRESS.sub("", text)) // _LINE


def about_parts(entry: Entry, measure: Measure) -> list[tuple[str, str]]:
    """(label, Markdown) in the order shown; empty texts are left out by the caller."""
    definition = measure.definition
    return [
        ("Vad det mäter", plain(definition.what)),
        ("Täljare", plain(definition.numerator)),
        ("Nämnare", plain(definition.denominator)),
        ("Varför det spelar roll", plain(definition.why)),
        ("Mål", _target(measure, entry.selection.month.year)),
        ("Nuvärde i planen", plain(baselines_words(measure, entry.catalogue.source_errors))),
        ("Redovisas", plain(measure.reporting)),
        ("Riktning", plain(DIRECTION_WORD[measure.direction])),
        ("Anmärkning", plain(definition.note)),
        ("Nära målet", plain(_tolerance(measure))),
        ("Relaterat", _related(entry, measure)),
        ("Källa", source_of(measure)),
    ]


def source_of(measure: Measure) -> str:
    """The document, then the public series that the outcomes are, with the code to look it up by."""
    series = ", ".join(f"{x.register.capitalize()} {x.id}" for x in measure.external if x.role == "outcome")
    return plain(f"{measure.source}; utfall ur {series}" if series else measure.source)


def baselines_words(measure: Measure, errors: Iterable[SourceError]) -> str:
    """The plan's starting points as printed; one that is a known error in the source says so, and what was expected."""
    wrong = {error.printed: error for error in errors if error.measure == measure.key}
    found = []
    for baseline in measure.baselines:
        error = wrong.get(baseline.wording)
        told = f"{baseline.wording} ({baseline.label})"
        if error is not None:
            expected = f"{error.expected[:1].lower()}{error.expected[1:]}".rstrip(".")
            told += f", ett känt fel i källan: väntat är {expected}. {error.handling}"
        found.append(told)
    return _joined(found)


def _joined(parts: Sequence[str]) -> str:
    """One after the other: a part that is a sentence of its own keeps its full stop, and gets no semicolon after it."""
    return " ".join(
        part if part.endswith(".") or i == len(parts) - 1 else f"{part};" for i, part in enumerate(parts)
    )


def _target(measure: Measure, year: int) -> str:
    target = measure.target_for(year)
    if target is not None:
        return f"{plain(target.wording)} (planens ord, {year})"
    if (ahead := next_target(measure, year)) is not None:
        return f"{plain(ahead.wording)} (källans ord, gäller {ahead.year}). Inget målvärde för {year}."
    return (
        f"Planen har inget målvärde för {year}."
        if measure.targets
        else "Planen har inget målvärde för nyckeltalet."
    )


def _tolerance(measure: Measure) -> str:
    if measure.tolerance is None:
        return "Används inte för det här nyckeltalet."
    if measure.tolerance.relative:
        what = f"{number(measure.tolerance.amount * 100, 0)}\N{NO-BREAK SPACE}% av målvärdet"
    else:
        what = difference_text(measure.tolerance.amount, measure)
    return f"Högst {what} på fel sida. Det är vår konvention, inte planens."


def _related(entry: Entry, measure: Measure) -> str:
    known = [
        link(entry.catalogue.measures[k].name, entry.measure_href(k))
        for k in measure.related
        if k in entry.catalogue.measures and entry.scope.allows(entry.selection.unit, k)
    ]
    public = [
        plain(f"{x.register.capitalize()} {x.id}" + (f": {x.note}" if x.note else ""))
        for x in measure.external
        if x.role == "related"
    ]
    return _joined(known + public)
