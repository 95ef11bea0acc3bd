"""From what is ordered to the report: every figure made, judged and put in its place; what can't be made is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

from hsf_kpi.access.rights import Rights
from hsf_kpi.composing.ask import ask_of
from hsf_kpi.composing.choices import OVERVIEW
from hsf_kpi.composing.composed import Composed
from hsf_kpi.figures.captions import subject
from hsf_kpi.figures.dialogue.comments import ACTION, ANALYSIS
from hsf_kpi.figures.figure import Comment, Figure
from hsf_kpi.figures.report import LeftOut, Part, Report, Section
from hsf_kpi.figures.shape import slug
from hsf_kpi.model.problems import HsfError, NotFound, NotPermitted, Problem
from hsf_kpi.model.role import Permission
from hsf_kpi.model.scope import Reach
from hsf_kpi.model.template import SectionKind, SectionPlan
from hsf_kpi.render.progress import Progress, unheard
from hsf_kpi.reporting.findings import findings
from hsf_kpi.reporting.order import Order, Said
from hsf_kpi.reporting.recipes import Kitchen, Made, Step, intro, steps, unknown
from hsf_kpi.swedish.dates import month_text
from hsf_kpi.workspace import Workspace

TAKEN_WITH = (Permission.DOWNLOAD_DATA, Permission.DOWNLOAD_PICTURE)
"""A report holds both: its charts carry their values."""
OUTSIDE = "Den som har gjort rapporten får inte ladda ner det."
NOT_SEEN = "Det ingår inte i behörigheten för den som har gjort rapporten."
"""A report is read by others than who made it: nothing in it says «du»."""
EARLIER = "Det som hör hit står redan i ett tidigare avsnitt."
NOTHING = "Det finns inget att visa för verksamheten och månaden."


def compose(
    workspace: Workspace,
    rights: Rights,
    order: Order,
    told: Progress = unheard,
    *,
    to_take: bool = True,
) -> Report:
    """The report for who asks. told: (steps done, steps in all). The same order gives the same report until data change.
    to_take: whether it holds only what may be taken away in a file; else all that may be seen.

    NotFound or NotPermitted where the unit may not be seen, or no section is chosen. What can't be made is left out, and
    told in its section.
    """
    workspace.demand(rights.scope, order.selection)
    plans = order.plans
    if not plans:
        raise NotFound(Problem("Rapporten har inga avsnitt.", "avsnitt", "Välj minst ett avsnitt."))
    kitchen = Kitchen(workspace, rights.scope, order.selection, frozenset(plan.kind for plan in plans))
    planned = [(plan, *_planned(kitchen, plan)) for plan in plans]
    count = sum(len(found) for _, found, _ in planned)
    done, seen, sections, shown = 0, set[str](), [], list[Figure]()
    for plan, found, left_out in planned:
        parts: list[Part] = []
        again = False
        for step in found:
            told(done, count)
            made, left = _made(rights, kitchen, order, step, to_take=to_take)
            for composed in made:
                if _shown(composed.figure, shown):
                    again = True
                    continue
                parts.append(_part(plan, composed, order.selection.unit, step.measure, seen))
            left_out += left
            done += 1
        if not parts and not left_out:
            left_out.append(LeftOut(plan.title, EARLIER if again else NOTHING))
        sections.append(_section(kitchen, plan, tuple(parts), left_out))
    told(count, count)
    return _report(kitchen, order, tuple(sections))


def _shown(figure: Figure, shown: list[Figure]) -> bool:
    """Whether the same figure stands earlier in the report, with all that is said of it here."""
    found = any(
        _drawn(earlier) == _drawn(figure) and set(figure.comments) <= set(earlier.comments)
        for earlier in shown
    )
    shown.append(figure)
    return found


def _drawn(figure: Figure) -> tuple[object, ...]:
    """What is seen of it. Two sections may word the source of the same figure in different ways."""
    return figure.kind, figure.slug, figure.context, figure.columns, figure.rows, figure.marks


def _planned(kitchen: Kitchen, plan: SectionPlan) -> tuple[list[Step], list[LeftOut]]:
    """The steps of the section, and what is known to be left out of it. What a section stands on may itself be outside the
    rights.
    """
    left_out = list(unknown(kitchen, plan))
    try:
        return list(steps(kitchen, plan)), left_out
    except HsfError as error:
        return [], [*left_out, *_left_out(plan.title, error)]


def _made(
    rights: Rights, kitchen: Kitchen, order: Order, step: Step, *, to_take: bool
) -> tuple[list[Composed], list[LeftOut]]:
    try:
        found = list(_each(step.make()))
    except HsfError as error:
        return [], list(_left_out(step.what, error))
    made: list[Composed] = []
    left_out: list[LeftOut] = []
    for composed in found:
        what = subject(composed.figure) or step.what
        if to_take and not _taken(rights, kitchen, composed, step.measure):
            left_out.append(LeftOut(what, OUTSIDE))
        elif composed.figure.empty:
            left_out.append(LeftOut(what, composed.figure.empty))
        else:
            made.append(_with_said(order, composed, step))
    return made, left_out


def _each(made: Made) -> Iterator[Composed]:
    if isinstance(made, Composed):
        yield made
    elif made is not None:
        yield from (one for one in made if one is not None)


def _taken(rights: Rights, kitchen: Kitchen, composed: Composed, measure: str | None) -> bool:
    unit, every = kitchen.selection.unit, kitchen.workspace.catalogue.measures
    return all(composed.may_be_taken(rights, takes, unit, measure, every) for takes in TAKEN_WITH)


def _left_out(what: str, error: HsfError) -> Iterator[LeftOut]:
    if isinstance(error, NotPermitted):
        yield LeftOut(what, NOT_SEEN)
        return
    for problem in error.problems:
        yield LeftOut(what, problem.what)


def _with_said(order: Order, composed: Composed, step: Step) -> Composed:
    """What is written in the report stands instead of what has been handed in of the same kind."""
    said = dict(order.said).get(step.measure or "", Said()) if step.said else Said()
    written = [
        Comment(kind, text, order.by, order.when, here=True)
        for kind, text in ((ANALYSIS, said.analysis), (ACTION, said.action))
        if text
    ]
    if not written:
        return composed
    kinds = {comment.kind for comment in written}
    kept = [comment for comment in composed.figure.comments if comment.kind not in kinds]
    figure = replace(composed.figure, comments=(*written, *kept))
    return replace(composed, figure=figure)


def _part(plan: SectionPlan, composed: Composed, unit: str, measure: str | None, seen: set[str]) -> Part:
    name = f"{plan.id}.{_slug(composed.figure)}"
    number, found = 1, name
    while found in seen:
        number += 1
        found = f"{name}-{number}"
    seen.add(found)
    units = tuple(sorted(composed.tells_of_units(unit)))
    return Part(found, composed.figure, units, composed.tells_of_measures(measure))


def _slug(figure: Figure) -> str:
    return slug(figure.slug) or "figur"


def _section(
    kitchen: Kitchen, plan: SectionPlan, parts: tuple[Part, ...], left_out: list[LeftOut]
) -> Section:
    left = tuple(dict.fromkeys(left_out))
    try:
        # Its sentences may tell of what may not be taken.
        sentences = () if _holds_back(left) else intro(kitchen, plan)
    except HsfError:
        # What the section could not show has been told already.
        sentences = ()
    if not parts and len(whys := {one.why for one in left}) == 1 and len(left) > 1:
        left = (LeftOut(plan.title, whys.pop()),)
    titles = {part.figure.title for part in parts}
    return Section(
        plan.id,
        plan.kind,
        plan.title,
        tuple(_sentence(one) for one in sentences if one not in titles),
        parts,
        left,
    )


def _holds_back(left: Iterable[LeftOut]) -> bool:
    return any(one.why == OUTSIDE for one in left)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _report(kitchen: Kitchen, order: Order, sections: tuple[Section, ...]) -> Report:
    template, chosen = order.template, order.selection
    context = ask_of(kitchen.workspace, kitchen.scope, OVERVIEW, chosen).context()
    return Report(
        template=template.id,
        name=template.name,
        title=f"{template.name} {month_text(chosen.month)}, {context.unit}",
        meeting=template.meeting,
        month=chosen.month.iso,
        context=context,
        findings=tuple(_sentence(one) for one in findings(kitchen, _kinds(sections))),
        sections=sections,
        made=dt.date.today(),
        reaches=tuple(sorted(kitchen.scope.reaches, key=_in_order)),
        selection=chosen,
    )


def _in_order(reach: Reach) -> tuple[object, ...]:
    """The same scope is always told in the same way, so that the same report is the same edition."""
    through = -1 if reach.through is None else reach.through.index
    return sorted(reach.units), reach.measures is None, sorted(reach.measures or ()), through


def _kinds(sections: Iterable[Section]) -> frozenset[SectionKind]:
    """Of the sections that show anything, and hold nothing back: the summary speaks of nothing that the report does not
    show.
    """
    return frozenset(
        SectionKind(section.kind)
        for section in sections
        if section.parts and not _holds_back(section.left_out)
    )
