"""The tiles of Intern kontroll: the highest risk, what has been controlled, what the controls have shown, who answers."""

from __future__ import annotations

from collections.abc import Sequence

from hsf_kpi.figures.controls_words import Results, highest
from hsf_kpi.figures.economy.words import listed
from hsf_kpi.figures.phrases import how_many
from hsf_kpi.figures.words_tile import WordsTile
from hsf_kpi.model.control import Risk
from hsf_kpi.model.follow_up import ControlResult
from hsf_kpi.swedish.dates import month_short
from hsf_kpi.swedish.words import inside, sentence_start

FEW = 3
"""So many risks are named; more are counted."""


def control_tiles(risks: Sequence[Risk], results: Results) -> tuple[WordsTile, ...]:
    """Nothing without risks. results: those of other risks are left out."""
    if not risks:
        return ()
    found = [results[risk.id] for risk in risks if risk.id in results]
    major = sum(one.state is ControlResult.MAJOR for one in found)
    minor = sum(one.state is ControlResult.MINOR for one in found)
    without = sum(not risk.responsible for risk in risks)
    latest = max((one.month for one in found), default=None)
    return (
        WordsTile("kontroll-risktal", "Högsta risktal", str(highest(risks)[0].value), lines=(_top(risks),)),
        WordsTile(
            "kontroll-uppfoljda",
            "Uppföljda kontroller",
            f"{len(found)} av {len(risks)}",
            lines=(f"Senast {month_short(latest)}" if latest else "Ingen är uppföljd än",),
        ),
        WordsTile(
            "kontroll-avvikelser",
            "Kontroller med avvikelse",
            f"{major + minor} av {len(found)}" if found else "–",
            lines=(_deviations(major, minor) if found else "Visas när en kontroll är uppföljd",),
        ),
        WordsTile(
            "kontroll-ansvarig",
            "Risker med ansvarig",
            f"{len(risks) - without} av {len(risks)}",
            lines=("Planen anger ingen för de andra" if without else "Planen anger ansvarig för alla",),
        ),
    )


def _top(risks: Sequence[Risk]) -> str:
    """«Hygienrutiner och vårddokumentation», or how many they are."""
    top = highest(risks)
    if len(top) > FEW:
        return f"{how_many(len(top), capital=True)} risker"
    return sentence_start(listed([inside(risk.name) for risk in top]))


def _deviations(major: int, minor: int) -> str:
    """«1 väsentlig, 2 mindre»"""
    if not major and not minor:
        return "Alla uppföljda är utan avvikelse"
    said = ((major, "väsentlig" if major == 1 else "väsentliga"), (minor, "mindre"))
    return ", ".join(f"{count} {word}" for count, word in said if count)
