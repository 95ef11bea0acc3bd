"""What Rapport shows of the report that is being made: template, sections, the summary, and a preview of every section."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import streamlit as st

from hsf_kpi.composing.choices import ALL_SECTIONS, FIRST_TEMPLATE, NO_SECTION, SECTIONS, TEMPLATE
from hsf_kpi.composing.composed import Composed
from hsf_kpi.figures.report import LeftOut, Part, Report
from hsf_kpi.model.template import ReportTemplate
from hsf_kpi.reporting.kept import report_of
from hsf_kpi.reporting.order import Order, unfitting
from hsf_kpi.reporting.templates import templates_of
from hsf_kpi.swedish.dates import day_words
from hsf_kpi.swedish.numbers import number
from hsf_kpi.ui.entry import Entry
from hsf_kpi.ui.figures import show_figure
from hsf_kpi.ui.filterbar import set_extra
from hsf_kpi.ui.report_texts import written
from hsf_kpi.ui.stop import stop
from hsf_kpi.ui.text import plain

_TEMPLATE, _SECTIONS, _SHOWN = "rapport-mall", "rapport-avsnitt", "rapport-visa"
SUMMARY = "sammanfattning"


def choose(entry: Entry) -> Order:
    """Template and sections, kept in the link. Stops the page in words where there is no template."""
    found = templates_of(entry.workspace)
    for problem in found.problems:
        st.warning(plain(str(problem)))
    if not found.templates:
        st.info("Det finns inga rapportmallar. Lägg minst en i mappen data/reports.")
        stop()
    template = _template(entry, found.templates)
    for sentence in unfitting(template, entry.selection, entry.catalogue):
        st.info(plain(f"{sentence} Den går att göra ändå."))
    sections = _sections(entry, template)
    return Order(
        template,
        entry.selection,
        sections,
        written(entry),
        entry.identity.name,
        day_words(dt.date.today()),
    )


def heading(entry: Entry, order: Order, head: st.delta_generator.DeltaGenerator) -> Report:
    """The report, composed, with its first finding over the page. Stops in words where no section is chosen."""
    if not order.plans:
        head.header("Välj minst ett avsnitt", anchor=False)
        stop()
    bar = head.progress(0.0, text="Sätter ihop rapporten")

    def told(done: int, of: int) -> None:
        bar.progress(done / of if of else 0.0, text=f"Sätter ihop rapporten: {done} av {of} delar")

    try:
        report = report_of(entry.workspace, entry.rights, order, told)
    finally:
        bar.empty()
    count = sum(1 for _ in report.parts())
    head.header(plain(f"{report.name}: {_figures(count)} i {_counted(len(order.plans))}"), anchor=False)
    return report


def preview(entry: Entry, report: Report) -> None:
    """The summary, or the section that is picked, as it will be in the files."""
    st.subheader("Förhandsvisning" if report.edition is None else "Rapporten som den frystes", anchor=False)
    titles = {SUMMARY: "Sammanfattning"} | {section.id: section.title for section in report.sections}
    if st.session_state.get(_SHOWN) not in titles:
        st.session_state[_SHOWN] = SUMMARY
    st.pills(
        "Del av rapporten",
        list(titles),
        format_func=lambda key: plain(titles[key]),
        key=_SHOWN,
        required=True,
        label_visibility="collapsed",
    )
    chosen = st.session_state[_SHOWN]
    if chosen == SUMMARY:
        _summary(report)
        return
    section = next(one for one in report.sections if one.id == chosen)
    for sentence in section.intro:
        st.markdown(plain(sentence))
    for part in section.parts:
        show_figure(entry, composed_of(part))
    _left_out(section.left_out)


def _template(entry: Entry, templates: tuple[ReportTemplate, ...]) -> ReportTemplate:
    by_id = {template.id: template for template in templates}
    asked = entry.ask.extra(TEMPLATE)
    if asked not in (FIRST_TEMPLATE, *by_id):
        st.warning("Mallen i länken finns inte. Välj en mall i listan.")
    chosen = asked if asked in by_id else templates[0].id
    if st.session_state.get(_TEMPLATE) != chosen:
        st.session_state[_TEMPLATE] = chosen
    st.selectbox(
        "Mall",
        list(by_id),
        format_func=lambda key: by_id[key].name,
        key=_TEMPLATE,
        on_change=_choose_template,
        width=360,
    )
    template = by_id[chosen]
    st.caption(plain(f"{template.meeting} Källa: {template.source}."))
    return template


def _choose_template() -> None:
    """Another template has other sections: all of them, to begin with."""
    set_extra(TEMPLATE, st.session_state[_TEMPLATE])
    set_extra(SECTIONS, ALL_SECTIONS)


def _sections(entry: Entry, template: ReportTemplate) -> tuple[str, ...]:
    titles = {section.id: section.title for section in template.sections}
    asked = entry.ask.extra(SECTIONS)
    wanted = set(titles) if asked == ALL_SECTIONS else set(asked.split(",")) - {NO_SECTION}
    if unknown := sorted(wanted - set(titles)):
        which = f"Avsnittet {unknown[0]}" if len(unknown) == 1 else f"Avsnitten {', '.join(unknown)}"
        st.warning(plain(f"{which} i länken finns inte i mallen."))
    chosen = [one for one in titles if one in wanted]
    key = f"{_SECTIONS}-{template.id}"
    if st.session_state.get(key) != chosen:
        st.session_state[key] = chosen
    st.pills(
        "Avsnitt",
        list(titles),
        format_func=lambda key: plain(titles[key]),
        selection_mode="multi",
        key=key,
        on_change=_choose_sections,
        args=(key, len(titles)),
    )
    return tuple(chosen)


def _choose_sections(key: str, of: int) -> None:
    chosen = st.session_state[key]
    set_extra(SECTIONS, ALL_SECTIONS if len(chosen) == of else ",".join(chosen) or NO_SECTION)


def _summary(report: Report) -> None:
    with st.container(border=True, key="rapport-sammanfattning"):
        st.subheader(plain(report.title), anchor=False)
        st.markdown("\n".join(f"- {plain(finding)}" for finding in report.findings))
    lines = []
    for section in report.sections:
        lines.append(f"- **{plain(section.title)}** ({_figures(len(section.parts))})")
        for part in section.parts:
            said = f" · {_said(part)}" if part.figure.comments else ""
            lines.append(f"    - {plain(part.figure.title)}{said}")
    with st.expander("Innehåll"):
        st.markdown("\n".join(lines))
    _left_out(report.left_out)


def _left_out(left: tuple[LeftOut, ...]) -> None:
    if left:
        with st.expander(f"Utelämnat ({number(len(left), 0)})"):
            st.markdown("\n".join(f"- **{plain(one.what)}** {plain(one.why)}" for one in left))


def _said(part: Part) -> str:
    count = len(part.figure.comments)
    return "en kommentar" if count == 1 else f"{number(count, 0)} kommentarer"


def _figures(count: int) -> str:
    return {0: "inga figurer", 1: "en figur"}.get(count, f"{number(count, 0)} figurer")


def _counted(count: int) -> str:
    return "ett avsnitt" if count == 1 else f"{number(count, 0)} avsnitt"


def composed_of(part: Part) -> Composed:
    """The part as the figure frame shows it: its own name in the report, since one figure can stand there twice."""
    figure = replace(part.figure, slug=part.id)
    return Composed(figure, named=part.units, keys=part.measures)
