"""What has been said of something that is followed up: its status in words, and every version as a table."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from hsf_kpi.figures.dialogue.words import day, one_line, source_words, who
from hsf_kpi.figures.figure import Column, Context, Figure, FigureKind, Role, Value
from hsf_kpi.figures.findings import fitting
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.figures.shape import slug
from hsf_kpi.model.codes import Origin
from hsf_kpi.model.follow_up import ControlResult, FollowUp, Stage, Subject
from hsf_kpi.swedish.dates import month_short, month_text
from hsf_kpi.swedish.numbers import SPACE
from hsf_kpi.swedish.words import CONTROL_SHAPE, CONTROL_WORD, ORIGIN_WORD, STAGE_SHAPE, STAGE_WORD

SUBJECT_WORD: Mapping[Subject, str] = MappingProxyType(
    {Subject.ACTION: "åtgärden", Subject.ACTIVITY: "aktiviteten", Subject.CONTROL: "kontrollen"}
)
SOURCE = "införda uppföljningar"

NOT_FOLLOWED = "Inte uppföljd"
"""Where nobody has told anything."""


def told_source(origins: Collection[Origin]) -> str:
    """After the documents in a source line: «införda uppföljningar (Demodata)»."""
    named = [ORIGIN_WORD[origin] for origin in Origin if origin in origins]
    return f"{SOURCE} ({', '.join(named)})" if named else SOURCE


def state_word(state: Stage | ControlResult) -> str:
    """«pågår», «utan avvikelse»"""
    return STAGE_WORD[state] if isinstance(state, Stage) else CONTROL_WORD[state]


def state_text(state: Stage | ControlResult) -> str:
    """«◆ pågår»: the shape and the word together, never one without the other."""
    shape = STAGE_SHAPE[state] if isinstance(state, Stage) else CONTROL_SHAPE[state]
    return f"{shape}{SPACE}{state_word(state)}"


def history_figure(
    versions: Sequence[FollowUp],
    subject: Subject,
    key: str,
    name: str,
    *,
    context: Context,
    origins: Collection[Origin] = (),
) -> Figure:
    """A row for each version, as they are given (the newest first). name: as people read it, «A. Etablera …»."""
    own = replace(context, view="", sex="", state="")
    told = len(versions)
    empty = f"Ingen har följt upp {SUBJECT_WORD[subject]} till och med {own.period}."
    return Figure(
        kind=FigureKind.TABLE,
        slug=slug(f"uppfoljning-{subject.value}-{key}"),
        title=_title(versions, subject),
        caption=f"{name.rstrip('.')}. Allt som sagts om {SUBJECT_WORD[subject]}, det senaste först.",
        context=own,
        columns=(
            Column("month", "Gäller", Role.LABEL),
            Column("state", "Resultat" if subject is Subject.CONTROL else "Status", Role.TEXT),
            Column("text", "Anteckning", Role.NOTE),
            Column("who", "Uppföljd av", Role.TEXT),
            Column("when", "Uppföljd", Role.TEXT),
            Column("code", "Statuskod", Role.TEXT),
            Column("version", "Version", Role.COUNT),
        ),
        rows=tuple(_row(one) for one in versions),
        sentence=f"Tabell med {how_many(told)} {'uppföljning' if told == 1 else 'uppföljningar'} av {name}:"
        " månad, status, anteckning, av vem och när."
        if versions
        else empty,
        source=source_words(SOURCE, origins),
        origins=frozenset(origins),
        empty="" if versions else empty,
        options={"shown": "month,state,text,who,when", "file": "month,code,state,text,who,when,version"},
    )


def _row(one: FollowUp) -> tuple[Value, ...]:
    return (
        month_short(one.month),
        state_text(one.state),
        one_line(one.text),
        who(one.written),
        day(one.written),
        one.state.value,
        one.written.version if one.written else None,
    )


def _title(versions: Sequence[FollowUp], subject: Subject) -> str:
    """«Åtgärden är klar, enligt uppföljningen för oktober 2023»"""
    what = SUBJECT_WORD[subject].capitalize()
    if not versions:
        return f"{what} är inte uppföljd än"
    latest = versions[0]
    verb = "" if latest.state is Stage.ONGOING else "visar " if _shows(latest.state) else "är "
    said = f"{what} {verb}{_after(latest.state)}"
    return fitting(iter((f"{said}, enligt uppföljningen för {month_text(latest.month)}", said)))


def _shows(state: Stage | ControlResult) -> bool:
    return isinstance(state, ControlResult) and state is not ControlResult.NOT_DONE


def _after(state: Stage | ControlResult) -> str:
    if state is ControlResult.CLEAN:
        return "ingen avvikelse"
    return f"en {state_word(state)}" if _shows(state) else state_word(state)
